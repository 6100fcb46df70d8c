"""形式审核: the page of the points, the ticks, and the two ways on: pass, or return with reasons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import FORMAL
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.people.sight import sees
from hengji.web.reviews.formal import Desk, Line, draft, lines, reasons
from hengji.web.states.moves import Blocked, take

_MOST = 500
_WORDS = {"yes": True, "no": False, "": None}
_WAYS = (Act.RECEIVE, Act.PASS, Act.REJECT)


@asks(Act.READ)
def formal(request: Request, row: FilingRow) -> HttpResponse:
    """The points with what the system tells and what was ticked."""
    return render(request, "reviews/formal.html", _page(request, row))


def _page(request: Request, row: FilingRow, problem: str = "", opinion: str | None = None) -> dict[str, object]:
    desk = Desk(Folder.open(row))
    told = sees(request.user, row, FORMAL)
    found = [line if told else Line(line.point, line.told) for line in lines(desk)]
    page = frame(
        request,
        "formal",
        desk.folder,
        lines=found,
        files=desk.files,
        ticked=sum(line.passed is not None for line in found),
        failing=sum(line.fails for line in found),
        told=told,
        opinion=draft(found) if opinion is None else opinion,
        reasons=reasons(),
        problem=problem,
        may_check=bool(may(request.user, Act.CHECK_FORM, row)),
        may_receive=bool(may(request.user, Act.RECEIVE, row)),
        may_pass=bool(may(request.user, Act.PASS, row)),
    )
    return page | {"moves": (), "why_not": ""}  # the moves are on the page itself, and nobody fills here


@asks(Act.CHECK_FORM)
@require_POST
def tick(request: Request, row: FilingRow) -> HttpResponse:
    """Keeps what was ticked; ``auto`` takes over what the system tells for points that nobody has ticked."""
    found = lines(Desk(Folder.open(row)))
    if request.POST.get("auto"):
        changes = [
            _change(line, line.told.passed, "" if line.told.passed else line.told.words)
            for line in found
            if line.passed is None and line.told.passed is not None
        ]
    else:
        changes = [change for line in found if (change := _asked(request, line)) is not None]
    bridge.save(row.pk, request.user, changes, act=Act.CHECK_FORM.value)
    messages.success(request, "已保存形式审核的结论。")
    return redirect("formal", row.pk)


def _asked(request: Request, line: Line) -> Change | None:
    """What the form says of a point; None where it says nothing of it."""
    key = line.point.key
    word = request.POST.get(f"passed-{key}")
    if word is None or word not in _WORDS:
        return None
    note = request.POST.get(f"note-{key}", "").strip()[:_MOST]
    version = request.POST.get(f"version-{key}", "0")
    if _WORDS[word] is None and not note and not line.version:
        return None
    if not (version.isascii() and version.isdigit() and len(version) < 10):  # noqa: PLR2004 - no revision is longer
        raise HengjiError("页面已过期，请刷新后再保存")
    return _change(line, _WORDS[word], note, int(version))


def _change(line: Line, passed: bool | None, note: str, version: int | None = None) -> Change:  # noqa: FBT001 - 三态
    data = {"passed": passed, "note": note}
    return Change(FORMAL, (line.point.key,), data, line.version if version is None else version)


@asks(Act.CHECK_FORM)
@require_POST
def move_on(request: Request, row: FilingRow) -> HttpResponse:
    """受理, 通过形式审核, or 退回单位 with the reasons as they were edited."""
    act = request.POST.get("act", "")
    if act not in _WAYS:
        raise HengjiError("请选择受理、通过或退回")
    opinion = request.POST.get("opinion", "").strip()[:2000]
    try:
        moved = take(row.pk, request.user, Act(act), opinion if act == Act.REJECT else "")
    except Blocked as blocked:
        page = _page(request, row, str(blocked), opinion if act == Act.REJECT else None)
        return render(request, "reviews/formal.html", page, status=422)
    messages.success(request, f"已办理，现在处于“{moved.step_word}”。")
    return redirect("formal" if act == Act.RECEIVE else "workbench", *([row.pk] if act == Act.RECEIVE else []))
