"""导入: a file is read, what it would change is shown, and only a confirmation keeps it."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError, Problem
from hengji.web.filings import books, bridge
from hengji.web.filings.bridge import Conflict
from hengji.web.filings.files import plain_name
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act

_SHOWN = 300


def _frame(request: Request, row: FilingRow, **more: object) -> dict[str, object]:
    return frame(request, "data", Folder.open(row), kinds=books.KINDS, reports=books.REPORTS, **more)


@asks(Act.FILL)
def imports(request: Request, row: FilingRow) -> HttpResponse:
    """What may be imported."""
    return render(request, "filings/imports.html", _frame(request, row))


@asks(Act.FILL)
@require_POST
def preview(request: Request, row: FilingRow) -> HttpResponse:
    """Reads an upload and shows what it would add, change and take away."""
    folder = Folder.open(row)
    kind = request.POST.get("kind", "")
    upload = request.FILES.get("file")
    context: dict[str, object] = {"kind": kind}
    name = plain_name(upload.name or "")[:120] if upload else ""
    token = ""
    try:
        token = _kept(upload, kind)
        incoming = books.read(books.path_of(token), kind, folder.filing, folder.system)
    except HengjiError as error:
        problems = _by_name(error.problems, token, name)
        return render(request, "filings/imports.html", _frame(request, row, kind=kind, problems=problems), status=422)
    found = books.proposals(folder.rows, incoming.filing)
    context |= {
        "token": token,
        "revision": row.revision,
        "name": name,
        "notices": _by_name(incoming.notices, token, name),
        "found": found[:_SHOWN],
        "more": max(0, len(found) - _SHOWN),
        "summary": books.summary(found),
    }
    return render(request, "filings/import_preview.html", frame(request, "data", folder, **context))


def _by_name(problems: Sequence[Problem], token: str, name: str) -> tuple[Problem, ...]:
    """What a reader says about a file, by the name that its author knows it by."""
    if not token:
        return tuple(problems)
    said = ((each.where.replace(token, name), each.message.replace(token, name)) for each in problems)
    return tuple(replace(each, where=where, message=text) for each, (where, text) in zip(problems, said, strict=True))


def _kept(upload: "UploadedFile[bytes] | None", kind: str) -> str:
    if upload is None or kind not in books.KINDS:
        raise HengjiError("请选择文件和种类")
    return books.keep(upload.chunks(), upload.name or "")


@asks(Act.FILL)
@require_POST
def confirm(request: Request, row: FilingRow) -> HttpResponse:
    """Keeps what the preview showed, unless the filing has changed since."""
    kind = request.POST.get("kind", "")
    if kind not in books.KINDS:
        raise HengjiError("没有这种导入")
    if request.POST.get("revision") != str(row.revision):
        raise HengjiError("预览以后填报又有修改，请重新上传预览一次")
    folder = Folder.open(row)
    path = books.path_of(request.POST.get("token", ""))
    incoming = books.read(path, kind, folder.filing, folder.system)
    found = books.proposals(folder.rows, incoming.filing)
    try:
        bridge.save(row.pk, request.user, [each.change for each in found], f"导入{books.KINDS[kind]}", "import")
    except Conflict:
        raise HengjiError("预览以后填报又有修改，请重新上传预览一次") from None
    path.unlink(missing_ok=True)
    return redirect("score", row.pk)
