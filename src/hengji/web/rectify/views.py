"""整改: every problem with who mends it until when, and the letters that ask in writing."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.bridge import Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.saving import version_of
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.people.permissions import may
from hengji.web.people.sight import SENT, opened
from hengji.web.rectify import letters, problems
from hengji.web.rectify.carrying import open_of_last_year
from hengji.web.rectify.models import LetterRow, ProblemRow
from hengji.web.reviews.proofs import proofs
from hengji.web.reviews.views.queue import reachable
from hengji.web.reviews.views.sending import sent_letter
from hengji.web.states.machine import OPEN, Step
from hengji.web.uploads import MOST_BYTES

_PAGE = 200


@general(Act.OPINIONS)
def rectify(request: Request) -> HttpResponse:
    """All problems in reach; those open since an earlier year first, then by term."""
    shown = request.GET.get("show", "open")
    filings = FilingRow.objects.filter(reachable(request.user))
    if Role(request.user.role) in OF_DEPARTMENT:
        filings = filings.filter(step__in=SENT)
    rows = ProblemRow.objects.filter(filing__in=filings).select_related("filing__department")
    wanted = {"open": ~Q(state=problems.ACCEPTED), "done": Q(state=problems.DONE)}.get(shown, Q())
    rows = rows.filter(wanted).order_by("since", "due", "filing_id", "number")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    today = date.today().isoformat()
    lines = [
        (row, problems.WORDS.get(row.state, ""), row.since < row.filing.year, bool(row.due) and row.due < today)
        for row in page
    ]
    return render(request, "rectify/rectify.html", frame(request, "rectify", page=page, lines=lines, show=shown))


@asks(Act.OPINIONS)
def rectify_filing(request: Request, row: FilingRow) -> HttpResponse:
    """The problems and letters of one filing."""
    return render(request, "rectify/filing.html", _context(request, row))


def _context(
    request: Request, row: FilingRow, place: str = "", problem: str = "", typed: dict[str, str] | None = None
) -> dict[str, object]:
    of_department = Role(request.user.role) in OF_DEPARTMENT
    shown = opened(request.user, row)
    found = list(ProblemRow.objects.filter(filing=row).order_by("since", "number")) if shown else []
    sent = LetterRow.objects.filter(filing=row).order_by("number")
    today = date.today().isoformat()
    return frame(
        request,
        "opinions" if of_department else "rectify",
        Folder.open(row),
        problems=[
            (each, problems.WORDS.get(each.state, ""), proofs(each.evidence), bool(each.due) and each.due < today)
            for each in found
        ],
        left=sum(each.state != problems.ACCEPTED for each in found),
        waiting=sum(each.state == problems.DONE for each in found),
        letters=[(each, proofs(each.evidence)) for each in sent],
        last_year=[each for each in open_of_last_year(row) if each.text not in {one.text for one in found}],
        shown=shown,
        place=place,
        problem=problem,
        typed=typed or {},
        usual_due=problems.usual_due(row),
        may_add=bool(may(request.user, Act.PROBLEM, row)),
        may_mend=bool(may(request.user, Act.MEND, row)) and row.rectification == OPEN,
        may_accept=bool(may(request.user, Act.ACCEPT, row)),
        may_ask=bool(may(request.user, Act.ASK, row)) and row.step != Step.FORMAL,
        may_explain=bool(may(request.user, Act.EXPLAIN, row)),
        may_demand=bool(may(request.user, Act.DEMAND, row)),
        may_rectify=bool(may(request.user, Act.RECTIFY, row)),
        rectifying=row.rectification == OPEN,
        most=MOST_BYTES // 1024 // 1024,
    )


_TYPED = ("text", "leaf", "owner", "due", "measure", "note", "title", "answer", "source")


def _after(request: Request, row: FilingRow, place: str, act: Callable[[], str]) -> HttpResponse:
    """Does it and goes back; what cannot be kept stays typed at its place with one sentence."""
    problem, status = "", 422
    try:
        said = act()
    except HengjiError as error:
        problem = f"{error}。"
    except Conflict as conflict:
        problem, status = f"{conflict.clashes[0].who}刚改过这一项；看过现在的内容以后再保存一次，就改用你的。", 409
    else:
        if said:
            messages.success(request, said)
        return redirect("rectify_filing", row.pk)
    typed = {name: request.POST.get(name, "")[:8000] for name in _TYPED}
    return render(request, "rectify/filing.html", _context(request, row, place, problem, typed), status=status)


def _within(request: Request) -> None:
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")


@asks(Act.PROBLEM)
@require_POST
def problem_add(request: Request, row: FilingRow) -> HttpResponse:
    """A new problem, or one for each deduction that has none yet."""

    def act() -> str:
        if request.POST.get("act") == "deductions":
            return f"已从扣分列出 {problems.add_from_deductions(row, request.user)} 个问题。"
        given = {name: request.POST.get(name, "") for name in ("source", "leaf", "owner", "due")}
        number = problems.add(row, request.user, request.POST.get("text", ""), given)
        return f"已列出第 {number} 个问题。"

    return _after(request, row, "add", act)


@asks(Act.PROBLEM)
@require_POST
def problem_remove(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """Takes a problem back."""

    def act() -> str:
        problems.remove(row, request.user, number, version_of(request))
        return "已撤销。"

    return _after(request, row, f"p{number}", act)


@asks(Act.MEND)
@require_POST
def problem_mend(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """Measure, owner and proof of one problem; kept, or put forward."""

    def act() -> str:
        _within(request)
        done = request.POST.get("act") == "done"
        given = {name: request.POST.get(name, "") for name in ("measure", "owner")}
        sent = request.FILES.getlist("files")
        problems.mend(row, request.user, number, version_of(request), sent, done=done, **given)
        return "已报送这个问题的整改情况。" if done else "已保存，还没有报送。"

    return _after(request, row, f"p{number}", act)


@asks(Act.MEND)
@require_POST
def rectify_report(request: Request, row: FilingRow) -> HttpResponse:
    """报送整改: everything that is written goes to the bureau."""
    return _after(request, row, "report", lambda: f"已报送 {problems.report(row, request.user)} 个问题的整改情况。")


@asks(Act.ACCEPT)
@require_POST
def problem_accept(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """验收 of one problem, or back with a reason."""

    def act() -> str:
        accepted = request.POST.get("act") == "accept"
        note = request.POST.get("note", "")
        problems.judge(row, request.user, number, version_of(request), note, accepted=accepted)
        return "已验收。" if accepted else "已退回单位继续整改。"

    return _after(request, row, f"p{number}", act)


@asks(Act.ASK)
@require_POST
def letter_add(request: Request, row: FilingRow) -> HttpResponse:
    """A letter of inquiry."""

    def act() -> str:
        given = [request.POST.get(name, "") for name in ("title", "text", "due")]
        return f"已发出第 {problems.send_letter(row, request.user, *given)} 份问询函。"

    return _after(request, row, "letter", act)


@asks(Act.EXPLAIN)
@require_POST
def letter_answer(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """The department's answer."""

    def act() -> str:
        _within(request)
        sent = request.FILES.getlist("files")
        problems.answer_letter(row, request.user, number, version_of(request), request.POST.get("answer", ""), sent)
        return "已答复。"

    return _after(request, row, f"l{number}", act)


@asks(Act.ASK)
@require_POST
def letter_close(request: Request, row: FilingRow, number: int) -> HttpResponse:
    """Nothing more to ask."""

    def act() -> str:
        problems.close_letter(row, request.user, number, version_of(request))
        return "已办结。"

    return _after(request, row, f"l{number}", act)


@asks(Act.OPINIONS)
def letter_file(request: Request, row: FilingRow, number: int, form: str) -> HttpResponseBase:  # noqa: ARG001 - the gate asked
    """A letter as docx or PDF."""
    found = LetterRow.objects.filter(filing=row, number=number).first()
    if found is None or form not in ("docx", "pdf"):
        raise Http404
    return sent_letter(letters.inquiry(row, found), f"{row.department.name}{row.year}年度问询函{number}", form)


@asks(Act.OPINIONS)
def rectify_file(request: Request, row: FilingRow, form: str) -> HttpResponseBase:
    """The list of problems as an official notice."""
    rows = list(ProblemRow.objects.filter(filing=row).order_by("since", "number"))
    hidden = not opened(request.user, row)
    if form not in ("docx", "pdf") or not rows or hidden:
        raise Http404
    made = letters.demand(row, rows, localdate(row.changed_at))
    return sent_letter(made, f"{row.department.name}{row.year}年度整改通知", form)
