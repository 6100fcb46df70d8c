"""报告: what will be signed, as text on the page and as files."""

import tempfile
from io import BytesIO
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from hengji.model.problem import HengjiError, Problem
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.printing import Piece, pieces
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.workbook import write_workbook
from hengji.writing import compose_report, write_report_docx, write_report_pdf, write_scorecard_xlsx

_NAMES = {"docx": "自评报告.docx", "pdf": "自评报告.pdf", "xlsx": "评分表.xlsx"}


@asks(Act.READ)
def report(request: Request, row: FilingRow) -> HttpResponse:
    """The report as it will read, with what is still to be written marked."""
    folder = Folder.open(row)
    problems: tuple[Problem, ...] = ()
    found: list[Piece] = []
    try:
        found = pieces(compose_report(folder.filing, folder.system, folder.card))
    except HengjiError as error:
        problems = error.problems
    todo = sum(piece.todo for piece in found)
    context = frame(request, "report", folder, pieces=found, problems=problems, todo=todo, own_primary=True)
    return render(request, "filings/report.html", context)


@asks(Act.DOWNLOAD)
def report_file(request: Request, row: FilingRow, form: str) -> HttpResponseBase:
    """The report as docx or PDF, the scorecard as xlsx."""
    del request
    if form not in _NAMES:
        raise Http404
    folder = Folder.open(row)
    writers = {"docx": write_report_docx, "pdf": write_report_pdf, "xlsx": write_scorecard_xlsx}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / _NAMES[form]
        writers[form](folder.filing, folder.system, folder.card, path)
        return _sent(path, f"{folder.filing.department}{row.year}{_NAMES[form]}")


@asks(Act.DOWNLOAD)
def workbook(request: Request, row: FilingRow) -> HttpResponseBase:
    """The filing as the workbook it can be filled in with Excel and imported again."""
    del request
    folder = Folder.open(row)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "填报.xlsx"
        write_workbook(folder.filing, folder.system, path)
        return _sent(path, f"{folder.filing.department}{row.year}填报工作簿.xlsx")


def _sent(path: Path, name: str) -> FileResponse:
    """The file, read before its folder goes."""
    return FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=name)
