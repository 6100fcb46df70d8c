"""工作台: what is due, how far it is, what is doubtful, who has it, and the next thing to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
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
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.people.permissions import ROLES
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
    """The filings in reach of this person, the most urgent first; what is to be done asks again every minute."""
    user = request.user
    role = Role(user.role)
    of_department = role in OF_DEPARTMENT
    rows = list(_in_reach(user, role).order_by("-year", "deadline", "pk")[:_MOST])
    latest = max((row.year for row in rows), default=0)
    present = [row for row in rows if not of_department or row.year == latest or row.step == Step.FILLING]
    lines = [_line(request, row, opened=of_department) for row in present]
    todo = [each for line in lines for each in _todo(line)][:_TODO] if of_department else []
    if request.htmx and request.headers.get("HX-Target") == "todo":  # type: ignore[attr-defined]
        return render(request, "filings/_todo.html", {"todo": todo})
    here = {row.pk for row in present}
    context = frame(
        request,
        "workbench",
        lines=lines,
        recent=_recent(user, rows) if of_department else (),
        of_department=of_department,
        todo=todo,
        earlier=_earlier([row for row in rows if row.pk not in here]),
        jobs=queue.recent(user),
    )
    return render(request, "filings/workbench.html", context)


def _in_reach(user: User, role: Role) -> "QuerySet[FilingRow]":
    filings = whole_rows()
    if role in OF_DEPARTMENT:
        return filings.filter(department_id=user.department_id or 0)
    if role is Role.FIRM:
        return filings.filter(assignments__user=user)
    return filings.filter(department__region_id=user.region_id or 0)


def _recent(user: User, rows: list[FilingRow]) -> list[Entry]:
    """What others changed last."""
    entries = Entry.objects.filter(filing__in=[row.pk for row in rows]).exclude(who=user.pk)
    return list(entries.order_by("-pk").select_related("filing__department")[:_RECENT])


def _earlier(rows: list[FilingRow]) -> list[tuple[FilingRow, str, str]]:
    """Earlier years: the filing, its furthest score and grade."""
    sums = {each.filing_id: each for each in Summary.objects.filter(filing__in=rows)}
    found = []
    for row in rows:
        own = sums.get(row.pk)
        scores = (own.final, own.reviewed, own.claimed) if own else ()
        found.append((row, shown(next((each for each in scores if each is not None), None)), own.grade if own else ""))
    return found


def _line(request: Request, row: FilingRow, *, opened: bool) -> Line:
    until = row.due or row.deadline
    days = (until - date.today()).days if until else None
    acts = buttons(request, row)
    holder = _holder(row)
    if not opened:
        return Line(row, None, acts, days, holder)
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
