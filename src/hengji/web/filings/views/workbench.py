"""工作台: what is due, how far it is, what is doubtful, who has it, and the next thing to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.model.finding import SEVERITY_CN, Severity
from hengji.model.problem import HengjiError
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, whole_rows
from hengji.web.filings.views.findings import place_of
from hengji.web.frame import Button, buttons, frame, returned
from hengji.web.gate import Request, general
from hengji.web.jobs import queue
from hengji.web.notices.desk import desk
from hengji.web.notices.models import Reminder
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.people.permissions import ROLES
from hengji.web.people.sight import opened, seen
from hengji.web.scores.models import Summary
from hengji.web.scores.refresh import shown
from hengji.web.states import machine
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry

_RECENT, _TODO, _MOST = 10, 30, 300


@dataclass(frozen=True, slots=True)
class Line:
    """One filing on the workbench; ``trouble`` says why it cannot be opened, where it cannot; ``holder`` who has it."""

    row: FilingRow
    folder: Folder | None
    acts: tuple[Button, ...]
    days: int | None
    holder: str
    trouble: str = ""

    @property
    def word(self) -> str:
        """The one word of its state."""
        return machine.word(self.row)

    @property
    def subword(self) -> str:
        """What more there is to say about it."""
        return machine.subword(self.row)

    @property
    def next(self) -> Button:
        """The way on: to filling, to the move that waits for this viewer, or to look at it."""
        first = next((act for act in self.acts if act.primary and self.row.step != Step.FILLING), None)
        if first is not None:
            return first
        return self.page

    @property
    def page(self) -> Button:
        """The page on which the department has something to do now, else the filing to look at."""
        name, page = "查看", "filing"
        if self.row.step == Step.FILLING and self.folder:
            name = "继续填报"
        elif self.row.step == Step.OPINION and not self.row.answered:
            name, page = "逐项答复意见", "opinion"
        elif self.row.step == Step.FINAL and self.row.rectification == machine.OPEN:
            name, page = "填写整改情况", "rectify_filing"
        return Button(name, reverse(page, args=[self.row.pk]), primary=True)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: how grave, in words, and where."""

    line: Line
    severity: Severity
    word: str
    text: str
    address: str


@general()
def workbench(request: Request) -> HttpResponse:
    """The filings of the department, the most urgent first; the bureau has a desk of its own.

    What is to be done asks again every minute.
    """
    user = request.user
    if Role(user.role) not in OF_DEPARTMENT:
        return desk(request)
    rows = list(whole_rows().filter(department_id=user.department_id or 0).order_by("-year", "deadline", "pk")[:_MOST])
    latest = max((row.year for row in rows), default=0)
    present = [row for row in rows if row.year == latest or row.step == Step.FILLING]
    lines = [_line(request, row) for row in present]
    todo = [each for line in lines for each in _todo(line)][:_TODO]
    if request.htmx and request.headers.get("HX-Target") == "todo":  # type: ignore[attr-defined]
        return render(request, "filings/_todo.html", {"todo": todo})
    here = {row.pk for row in present}
    context = frame(
        request,
        "workbench",
        lines=lines,
        recent=_recent(user, rows),
        reminders=Reminder.objects.filter(filing__in=rows, read_at=None),
        of_department=True,
        todo=todo,
        earlier=_earlier(user, [row for row in rows if row.pk not in here]),
        primary=lines[0].next if lines else None,
        jobs=queue.recent(user),
    )
    return render(request, "filings/workbench.html", context)


def _recent(user: User, rows: list[FilingRow]) -> list[Entry]:
    """What others changed last."""
    entries = Entry.objects.filter(seen(user), filing__in=[row.pk for row in rows]).exclude(who=user.pk)
    return list(entries.order_by("-pk").select_related("filing__department")[:_RECENT])


def _earlier(user: User, rows: list[FilingRow]) -> list[tuple[FilingRow, str, str]]:
    """Earlier years: the filing, its furthest score and grade."""
    sums = {each.filing_id: each for each in Summary.objects.filter(filing__in=rows)}
    found = []
    for row in rows:
        own = sums.get(row.pk)
        judged = (own.final, own.reviewed) if own and opened(user, row) else ()
        scores = (*judged, own.claimed) if own else ()
        found.append((row, shown(next((each for each in scores if each is not None), None)), own.grade if own else ""))
    return found


def _line(request: Request, row: FilingRow) -> Line:
    until = row.due or row.deadline
    days = (until - date.today()).days if until else None
    acts = buttons(request, row)
    holder = _holder(row)
    try:
        folder = Folder.lately(row)
        assert folder.found is not None
    except HengjiError as error:
        return Line(row, None, acts, days, holder, str(error))
    return Line(row, folder, acts, days, holder)


def _holder(row: FilingRow) -> str:
    """Who has it: the roles that can take the next step."""
    moves = machine.moves_from(row)
    next_one = next((move for move in moves if move.primary), moves[0] if moves else None)
    return "、".join(role.label for role in ROLES[next_one.act]) if next_one is not None else ""


def _todo(line: Line) -> Iterator[Todo]:
    """What is to be done about a filing: why it came back, then its findings, the gravest first."""
    row, folder = line.row, line.folder
    if row.step != Step.FILLING:
        return
    if row.returned:
        back = returned(row)
        if back is not None:
            address = reverse("filing", args=[row.pk])
            yield Todo(line, Severity.ERROR, "退回", f"{back.name}退回：{back.why}", address)
    if folder is None:
        return
    for found in folder.found:
        if not found.waived and found.finding.severity is not Severity.STYLE:
            word = SEVERITY_CN[found.finding.severity]
            yield Todo(line, found.finding.severity, word, found.finding.message, place_of(folder, found))
