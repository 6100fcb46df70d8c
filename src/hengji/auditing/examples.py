"""The catalogue's examples: short texts that stand for a report, on which a check must fire or stay quiet."""

from dataclasses import replace

from hengji.auditing.audit import Audit, References, audit
from hengji.extracting.extract import as_self_evaluation
from hengji.library.check_texts import Example
from hengji.model.extraction import DocumentKind, Extraction
from hengji.model.finding import Finding
from hengji.reading.text import read_text


def audit_of(example: Example) -> Audit:
    """What all checks find in an example, read as a department's self-evaluation of its year."""
    against = replace(_read(example.against, example.year), kind=DocumentKind.ACCOUNTS) if example.against else None
    previous = _read(example.previous, example.year - 1) if example.previous else None
    return audit(_read(example.text, example.year), References(against=against, previous=previous))


def _read(text: str, year: int) -> Extraction:
    return as_self_evaluation(read_text("示例.txt", text.encode()), year)


def fires(example: Example, code: str) -> bool:
    """Whether the check fires on an example, at its words where it names them: at either end of a contradiction."""
    outcome = audit_of(example)
    return any(_fits(outcome, example, finding) for finding in outcome.findings if finding.code == code)


def _fits(outcome: Audit, example: Example, finding: Finding) -> bool:
    words = " ".join(example.quote.replace("|", "\t").split())
    text = outcome.found.document.text
    start = text.find(example.quote)
    if not words or finding.start is None or finding.end is None:
        return True
    if start < 0:  # cells that the reader put into a table
        quote = " ".join(finding.quote.split())
        return words in quote or quote in words
    places = ((finding.start, finding.end), *((place.start, place.end) for place in finding.also))
    return any(low < start + len(example.quote) and high > start for low, high in places)
