"""The catalogue's examples: short texts that stand for a report, on which a check must fire or stay quiet."""

from hengji.auditing.audit import References, audit
from hengji.extracting.extract import as_self_evaluation
from hengji.library.check_texts import Example
from hengji.model.extraction import Extraction
from hengji.model.finding import Finding
from hengji.reading.text import read_text


def findings_of(example: Example) -> tuple[Finding, ...]:
    """What all checks find in an example, read as a department's self-evaluation of its year."""
    against = _read(example.against, example.year) if example.against else None
    previous = _read(example.previous, example.year - 1) if example.previous else None
    return audit(_read(example.text, example.year), References(against=against, previous=previous)).findings


def _read(text: str, year: int) -> Extraction:
    return as_self_evaluation(read_text("示例.txt", text.encode()), year)


def fires(example: Example, code: str) -> bool:
    """Whether the check fires on an example, at its words where it names them."""
    return any(_fits(example, finding) for finding in findings_of(example) if finding.code == code)


def _fits(example: Example, finding: Finding) -> bool:
    if not example.quote:
        return True
    start = example.text.find(example.quote)
    return finding.start is not None and finding.start < start + len(example.quote) and (finding.end or 0) > start
