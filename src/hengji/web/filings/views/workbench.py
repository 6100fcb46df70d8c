"""工作台: what is due, how far it is, what is doubtful, and the next thing to do."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.model.problem import HengjiError
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import Button, buttons, frame
from hengji.web.gate import Request, general
from hengji.web.jobs import queue
from hengji.web.notices.desk import desk
from hengji.web.notices.models import Reminder
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.states import machine
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry

_RECENT = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One filing on the workbench; ``trouble`` says why it cannot be opened, where it cannot."""

    row: FilingRow
    folder: Folder | None
    acts: tuple[Button, ...]
    days: int | None
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
        name = "继续填报" if self.row.step == Step.FILLING and self.folder else "查看"
        return Button(name, reverse("filing", args=[self.row.pk]), primary=True)


@general()
def workbench(request: Request) -> HttpResponse:
    """The filings of the department, the most urgent first; the bureau has a desk of its own."""
    user = request.user
    if Role(user.role) not in OF_DEPARTMENT:
        return desk(request)
    filings = FilingRow.objects.select_related("department__region", "system")
    filings = filings.filter(department_id=user.department_id or 0)
    of_department = True
    lines = [_line(request, row, opened=True) for row in filings.order_by("-year", "deadline", "pk")[:300]]
    recent = Entry.objects.filter(filing__in=[line.row.pk for line in lines]).order_by("-pk")
    recent = recent.select_related("filing__department")[:_RECENT]
    reminders = Reminder.objects.filter(filing__in=[line.row.pk for line in lines], read_at=None)
    todo = [(line, found) for line in lines if line.folder for found in line.folder.found if not found.waived]
    context = frame(
        request,
        "workbench",
        lines=lines,
        recent=recent,
        reminders=reminders,
        of_department=of_department,
        todo=todo[:30],
        primary=lines[0].next if lines and of_department else None,
        jobs=queue.recent(user),
    )
    return render(request, "filings/workbench.html", context)


def _line(request: Request, row: FilingRow, *, opened: bool) -> Line:
    days = (row.deadline - date.today()).days if row.deadline else None
    acts = buttons(request, row)
    if not opened:
        return Line(row, None, acts, days)
    try:
        folder = Folder.open(row)
        assert folder.card
    except HengjiError as error:
        return Line(row, None, acts, days, str(error))
    return Line(row, folder, acts, days)
