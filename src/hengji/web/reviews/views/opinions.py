"""意见与申诉: what is still open between bureau and department, until when; the opinion as a document."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.bridge import Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.saving import version_of
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.notices.terms import days_left
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.people.permissions import may
from hengji.web.people.sight import SENT, opened, told_decisions
from hengji.web.reviews import opinions as acts
from hengji.web.reviews.letters import opinion_letter
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.overview import Line, Overview
from hengji.web.reviews.proofs import Proof, proofs
from hengji.web.reviews.subjects import subject_id
from hengji.web.reviews.views.queue import reachable
from hengji.web.reviews.views.sending import sent_letter
from hengji.web.states.machine import DONE, Step
from hengji.web.uploads import MOST_BYTES

_MOST = 400


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the matrix: the subject with its scores, and what was said about it."""

    line: Line
    row: OpinionRow | None
    drafted: str  # the bureau's words where none are kept yet
    problem: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether somebody must still act on it."""
        if self.row is None or not self.row.answer:
            return True
        return self.row.answer == acts.OBJECT and not self.row.decision

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The department's files."""
        return proofs(self.row.evidence) if self.row is not None else ()

    @property
    def text(self) -> str:
        """The bureau's opinion."""
        return self.row.opinion if self.row is not None and self.row.opinion else self.drafted

    @property
    def version(self) -> int:
        """The row's version; 0 while there is none."""
        return self.row.version if self.row is not None else 0

    @property
    def answer_word(self) -> str:
        """The department's answer in a word."""
        return {acts.ACCEPT: "接受", acts.OBJECT: "申诉"}.get(self.row.answer, "") if self.row else ""

    @property
    def decision_word(self) -> str:
        """The bureau's decision in a word."""
        return {acts.KEEP: "维持", acts.CHANGE: "调整"}.get(self.row.decision, "") if self.row else ""


def matters(overview: Overview) -> list[Matter]:
    """The lines of the matrix, open ones first."""
    rows = overview.opinions
    lines = [line for line in overview.lines if line.subject.id in rows or (line.judged and line.lost)]
    found = [
        Matter(line, rows.get(line.subject.id), acts.text_of(line) if line.judged and line.lost else "")
        for line in lines
    ]
    return sorted(found, key=lambda matter: not matter.open)


@general(Act.OPINIONS)
def opinions(request: Request) -> HttpResponse:
    """The filings at 意见与申诉, and those settled this year; what is open in each."""
    rows = FilingRow.objects.filter(reachable(request.user), step__in=SENT)
    rows = rows.select_related("department", "summary").order_by("-year", "department_id")[:_MOST]
    listed = list(rows)
    said = OpinionRow.objects.filter(filing__in=[row.pk for row in listed])
    by_filing: dict[int, list[OpinionRow]] = {}
    for each in said:
        by_filing.setdefault(each.filing_id, []).append(each)
    lines = [
        (
            row,
            getattr(row, "summary", None),
            len(own := by_filing.get(row.pk, [])),
            sum(each.answer == acts.OBJECT for each in own),
            sum(each.answer == acts.OBJECT and not each.decision for each in own),
            days_left(row) if row.step == Step.OPINION else None,
        )
        for row in listed
    ]
    lines.sort(key=lambda line: (line[0].step != Step.OPINION, line[5] if line[5] is not None else 10_000))
    context = frame(request, "opinions", lines=lines, at=sum(line[0].step == Step.OPINION for line in lines))
    return render(request, "reviews/opinions.html", context)


@asks(Act.OPINIONS)
def opinion(request: Request, row: FilingRow) -> HttpResponse:
    """The matrix of one filing."""
    return render(request, "reviews/opinion.html", _context(request, row))


def _context(
    request: Request, row: FilingRow, leaf: str = "", problem: str = "", typed: dict[str, str] | None = None
) -> dict[str, object]:
    folder = Folder.open(row)
    overview = Overview(folder)
    if not told_decisions(request.user, row):
        for each in overview.opinions.values():  # in memory only
            each.decision = each.why = each.final = ""
    of_department = Role(request.user.role) in OF_DEPARTMENT
    shown = opened(request.user, row)
    found = matters(overview) if shown else []
    if leaf:
        found = [
            Matter(each.line, each.row, each.drafted, problem, typed or {}) if each.line.subject.id == leaf else each
            for each in found
        ]
    final = row.step in (Step.FINAL, Step.ARCHIVED)
    why_closed = acts.closed_to_department(row) if row.step == Step.OPINION else ""
    return frame(
        request,
        "opinions",
        folder,
        overview=overview,
        matters=[each for each in found if each.open or each.problem],
        closed=[each for each in found if not each.open and not each.problem],
        open_number=sum(each.open for each in found),
        shown=shown,
        final=final,
        left=days_left(row) if row.step == Step.OPINION else None,
        why_closed=why_closed,
        may_draft=bool(may(request.user, Act.OPINE, row)) and row.second == DONE,
        may_answer=bool(may(request.user, Act.ANSWER, row)) and not why_closed,
        may_decide=bool(may(request.user, Act.DECIDE, row)) and (row.answered or acts.over(row)),
        wanting=_wanting(request, row),
        most=MOST_BYTES // 1024 // 1024,
        of_department=of_department,
    )


def _wanting(request: Request, row: FilingRow) -> str:
    """What keeps the viewer's next move from being taken."""
    if may(request.user, Act.REPLY, row):
        return acts.wanting_reply(row)
    return acts.wanting_settlement(row) if may(request.user, Act.SETTLE, row) else ""


def _after(request: Request, row: FilingRow, leaf: str, act: Callable[[], object]) -> HttpResponse:
    """Does it, and answers with the page or the matrix; what cannot be kept stays in its row with one sentence."""
    try:
        act()
    except HengjiError as error:
        return _again(request, row, leaf, f"{error}。", 422)
    except Conflict as conflict:
        who = conflict.clashes[0].who
        return _again(
            request, row, leaf, f"{who}刚改过这一项，上面已是现在的内容；看过以后再保存一次，就改用你的。", 409
        )
    if request.htmx:  # type: ignore[attr-defined]
        row.refresh_from_db()
        return render(request, "reviews/_matrix.html", _context(request, row))
    return redirect(f"{reverse('opinion', args=[row.pk])}#o-{leaf}")


def _again(request: Request, row: FilingRow, leaf: str, problem: str, status: int) -> HttpResponse:
    typed = {
        name: request.POST.get(name, "")[:2000] for name in ("answer", "reason", "decision", "why", "final", "text")
    }
    context = _context(request, row, leaf, problem, typed)
    name = "reviews/_matrix.html" if request.htmx else "reviews/opinion.html"  # type: ignore[attr-defined]
    return render(request, name, context, status=status)


def _line(row: FilingRow, slug: str) -> Line:
    line = Overview(Folder.open(row)).line(subject_id(slug))
    if line is None:
        raise Http404
    return line


@asks(Act.OPINE)
@require_POST
def opinion_draft(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """The bureau's own words for an opinion before it is sent."""
    text, version = request.POST.get("text", ""), version_of(request)
    name = _line(row, leaf).subject.id
    return _after(request, row, name, lambda: acts.draft(row, request.user, name, text, version))


@asks(Act.ANSWER)
@require_POST
def opinion_answer(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """接受 or 申诉 with reason and files."""
    name = _line(row, leaf).subject.id
    said, reason, version = request.POST.get("answer", ""), request.POST.get("reason", ""), version_of(request)
    too_large = bool(request.META.get("HENGJI_TOO_LARGE"))

    def act() -> None:
        if too_large:
            raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")
        acts.answer(row, request.user, name, said, reason, request.FILES.getlist("files"), version)

    return _after(request, row, name, act)


@asks(Act.ANSWER)
@require_POST
def opinion_accept_rest(request: Request, row: FilingRow) -> HttpResponse:
    """其余全部接受."""
    number = acts.accept_rest(row, request.user)
    messages.success(request, f"已接受其余 {number} 项意见，还没有送出。")
    return redirect("opinion", row.pk)


@asks(Act.DECIDE)
@require_POST
def opinion_decide(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    """维持 or 调整, with the reason."""
    line = _line(row, leaf)
    given = {name: request.POST.get(name, "") for name in ("decision", "why", "final")}
    version = version_of(request)

    def act() -> None:
        acts.decide(row, request.user, line, given["decision"], given["why"], given["final"], version)

    return _after(request, row, line.subject.id, act)


@asks(Act.OPINIONS)
def opinion_file(request: Request, row: FilingRow, form: str) -> HttpResponseBase:
    """The opinion from the record, as docx or PDF."""
    if form not in ("docx", "pdf") or not opened(request.user, row):
        raise Http404
    overview = Overview(Folder.open(row))
    letter = opinion_letter(overview, matters(overview))
    return sent_letter(letter, f"{row.department.name}{row.year}年度复核意见", form)
