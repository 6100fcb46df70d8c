"""自评报告.docx in the layout of an official document, the same bytes for the same input."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from hengji.files import written_whole
from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.writing.blocks import Chart, Report
from hengji.writing.docx_body import body_xml
from hengji.writing.docx_styles import empty_document
from hengji.writing.report import compose_report
from hengji.writing.typesetting import chart_png

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = Mm(156)


def write_report_docx(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, path: Path, *, library: Path | None = None
) -> None:
    """Writes the report to ``path``, whole or not at all; the same input gives the same bytes.

    ``library`` is the user's own library folder, whose outlines come first. Raises HengjiError where a reference leads
    nowhere or the file cannot be written.
    """
    made = report_docx(compose_report(filing, system, scorecard, library))
    with written_whole(path) as temporary:
        temporary.write_bytes(made)


def report_docx(report: Report) -> bytes:
    """The report as a Word document."""
    document = Document(BytesIO(empty_document()))
    _properties(document, report)
    pictures: list[Chart] = []

    def picture(chart: Chart) -> str:
        pictures.append(chart)
        return _drawing(document, chart, len(pictures))

    body = document.element.body
    blocks = body_xml(report.blocks, picture)
    for element in parse_xml(f"<w:body {nsdecls('w', 'wp', 'a', 'pic', 'r')}>{blocks}</w:body>"):
        body.insert(len(body) - 1, element)  # the section's properties stay last
    found = BytesIO()
    document.save(found)
    return _undated(found.getvalue())


def _properties(document: WordDocument, report: Report) -> None:
    when = datetime(report.dated.year, report.dated.month, report.dated.day)  # noqa: DTZ001 - the file format has no zone
    core = document.core_properties
    core.title, core.author, core.last_modified_by = report.title, report.author, report.author
    core.language, core.comments, core.keywords = "zh-CN", "", ""
    core.created = core.modified = when
    core.revision = 1


def _drawing(document: WordDocument, chart: Chart, number: int) -> str:
    """The chart's picture as an inline drawing with the chart in words for readers who do not see it."""
    inline = document.part.new_pic_inline(BytesIO(chart_png(chart)), width=_TEXT_WIDTH)
    described = inline.docPr
    described.set("id", str(number))
    described.set("name", chart.caption)
    described.set("descr", chart.spoken)
    return f"<w:drawing>{inline.xml}</w:drawing>"


def _undated(package: bytes) -> bytes:
    """The same package with every part at the one date that a zip file can begin with."""
    found = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return found.getvalue()
