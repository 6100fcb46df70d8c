"""公开稿: the report for everybody's eyes, in which nobody is named and no evidence is listed."""

from dataclasses import replace

from hengji.auditing.masking import Persons, masked_cover, persons_in
from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.writing.blocks import Block, Cover, Report, Run, text_of
from hengji.writing.characters import changed
from hengji.writing.report import compose_report


def names_in(filing: Filing) -> Persons:
    """The persons that a filing names, on its cover or beside their office in a text."""
    texts = [text for paragraphs in filing.narrative.values() for text in paragraphs]
    texts += [cell for register in filing.registers.values() for row in register.rows for cell in row.cells.values()]
    return persons_in(filing.cover, texts)


def compose_masked_report(filing: Filing, system: IndicatorSystem, scorecard: Scorecard) -> Report:
    """The report with names and numbers of persons covered and without its list of evidence."""
    names = names_in(filing)
    report = compose_report(replace(filing, evidence=()), system, scorecard)
    return replace(report, blocks=tuple(_masked(block, names) for block in report.blocks))


def _masked(block: Block, names: Persons) -> Block:
    if isinstance(block, Cover):
        rows = [(label, masked_cover(label, text_of(runs), names)) for label, runs in block.rows]
        return Cover(tuple((label, (Run(text),) if text else ()) for label, text in rows))
    return changed(block, names.cover)
