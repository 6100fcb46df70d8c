"""工作台: what is due, how far it is, what is doubtful, and the next thing to do."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from hengji.model.problem import HengjiError
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import Button, buttons, frame
from hengji.web.gate import Request, general
from hengji.web.jobs import queue
from hengji.web.people.models import OF_DEPARTMENT, Role
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


@general()
def workbench(request: Request) -> HttpResponse:
    """The filings in reach of this person, the most urgent first."""
    user = request.user
    filings = FilingRow.objects.select_related("department__region", "system")
    role = Role(user.role)
    if role in OF_DEPARTMENT:
        filings = filings.filter(department_id=user.department_id or 0)
    elif role is Role.FIRM:
        filings = filings.filter(assignments__user=user)
    else:
        filings = filings.filter(department__region_id=user.region_id or 0)
    of_department = role in OF_DEPARTMENT
    lines = [_line(request, row, opened=of_department) for row in filings.order_by("-year", "deadline", "pk")[:300]]
    recent = Entry.objects.filter(filing__in=[line.row.pk for line in lines]).order_by("-pk")
    recent = recent.select_related("filing__department")[:_RECENT] if of_department else Entry.objects.none()
    todo = [(line, found) for line in lines if line.folder for found in line.folder.found if not found.waived]
    context = frame(
        request,
        "workbench",
        lines=lines,
        recent=recent,
        of_department=of_department,
        todo=todo[:30],
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
