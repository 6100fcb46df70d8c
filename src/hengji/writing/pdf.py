"""自评报告.pdf: PDF/A-2b from the same blocks as the docx, with the project's own fonts."""

from pathlib import Path

from hengji.files import written_whole
from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.writing.report import compose_report
from hengji.writing.typesetting import report_pdf


def write_report_pdf(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, path: Path, *, library: Path | None = None
) -> None:
    """Writes the report to ``path``, whole or not at all; the same input gives the same bytes.

    ``library`` is the user's own library folder, whose outlines come first. Raises HengjiError where a reference leads
    nowhere or the file cannot be written.
    """
    made = report_pdf(compose_report(filing, system, scorecard, library))
    with written_whole(path) as temporary:
        temporary.write_bytes(made)
