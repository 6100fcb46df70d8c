"""修改记录: the history of a filing, and whether it is unaltered."""

import json
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.dossier.verify import Checked
from hengji.dossier.verify import verify as check_dossier
from hengji.model.problem import HengjiError
from hengji.web.filings.books import words
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import TABLE_OF
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, everybody
from hengji.web.jobs import queue
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.people.permissions import may
from hengji.web.people.sight import opened, seen
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify as verified
from hengji.web.uploads import MOST_BYTES

_PAGE = 100
_SHOWN = 200  # entries of a dossier on the page
_AT_ONCE = BoundedSemaphore(2)  # dossiers that strangers have verified at a time


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words."""

    entry: Entry
    act: str
    what: str
    before: str
    after: str


_MORE = {"import": "导入", "upload": "上传佐证"}


def told(entry: Entry) -> Told:
    """What an entry says, as a person reads it."""
    table = TABLE_OF[entry.table]
    place = " ".join(str(part) for part in json.loads(entry.place) if part != "")
    before, after = (words(entry.table, json.loads(text)) if text else "" for text in (entry.before, entry.after))
    return Told(entry, act_word(entry.act), f"{table.word} {place}".strip(), before, after)


def act_word(act: str) -> str:
    """What an entry's act is called; one that this version does not know stays as it is."""
    if act == Act.FILL:
        return "修改"
    return _MORE.get(act) or (ACT_CN[Act(act)] if act in set(Act) else act)


@asks(Act.READ)
def history(request: Request, row: FilingRow) -> HttpResponse:
    """Every change, the newest first."""
    folder = Folder.lately(row)
    entries = Entry.objects.filter(seen(request.user), filing=row).order_by("-number")
    page = Paginator(entries, _PAGE).get_page(request.GET.get("page"))
    allowed = bool(may(request.user, Act.DOSSIER, row))
    context = frame(
        request, "history", folder, page=page, entries=list(page), may_dossier=allowed, opened=opened(request.user, row)
    )
    return render(request, "trail/history.html", context)


@asks(Act.READ)
def verify(request: Request, row: FilingRow) -> HttpResponse:
    """Recomputes the chain and compares every row and file with it."""
    context = frame(request, "history", Folder.lately(row), result=verified(row))
    return render(request, "trail/verify.html", context)


@asks(Act.DOSSIER)
def dossier(request: Request, row: FilingRow) -> HttpResponse:
    """What a dossier holds, and its export."""
    own = Role(request.user.role) in OF_DEPARTMENT
    context = frame(request, "history", Folder.open(row), own=own, opened=opened(request.user, row))
    return render(request, "trail/dossier.html", context)


@asks(Act.DOSSIER)
@require_POST
def export(request: Request, row: FilingRow) -> HttpResponse:
    """Starts the export. The job is its asker's: a dossier holds what others may not see yet, or less than they may."""
    job = queue.once("dossier", request.user, None, {"filing": row.pk, "by": request.user.pk})
    return redirect("job", job.pk)


@everybody
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """档案验证 for anybody: the result in one sentence, then the chain. The file is not kept."""
    result, problem = None, ""
    if request.method == "POST":
        try:
            result = _checked(request)
        except HengjiError as error:
            problem = str(error)
    context: dict[str, object] = {
        "result": result,
        "problem": problem,
        "most": MOST_BYTES // 1024 // 1024,
        "here": "check",
    }
    if result is not None:
        context["entries"] = [{**each, "word": act_word(each["act"])} for each in result.records]
    return render(request, "trail/check.html", context, status=422 if problem else 200)


def _checked(request: HttpRequest) -> Checked:
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"档案超过{MOST_BYTES // 1024 // 1024} MB，请在电脑上运行 hengji verify 档案.zip 校验")
    upload = request.FILES.get("file")
    if not isinstance(upload, TemporaryUploadedFile):
        raise HengjiError("请先选择档案文件")
    if not _AT_ONCE.acquire(blocking=False):
        raise HengjiError("正在校验别的档案，请稍后再试")
    try:
        return check_dossier(Path(upload.temporary_file_path()), keep=_SHOWN)
    finally:
        _AT_ONCE.release()
