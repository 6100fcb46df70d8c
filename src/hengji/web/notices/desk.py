"""工作台 of the bureau: what is mine and what is late, before anything else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.web.filings.models import FilingRow
from hengji.web.frame import Button, frame
from hengji.web.gate import Request
from hengji.web.jobs import queue
from hengji.web.notices.board import Line, Stop, lines, strip
from hengji.web.notices.terms import SOON
from hengji.web.people.acts import Act
from hengji.web.people.models import Role, User
from hengji.web.people.permissions import may
from hengji.web.states.machine import DONE, OPEN, Step


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of work: its title, and the filings that wait for it."""

    title: str
    lines: tuple[Line, ...]

    @property
    def mending(self) -> bool:
        """Whether the work is on the page of problems, whatever else may be done to the filing."""
        return self.title == _MENDING


_MENDING = "整改待验收"
_HEAPS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("逾期", lambda line: line.late),
    ("待受理和形式审核", lambda line: line.row.step == Step.FORMAL),
    ("待我复核", lambda line: line.row.step == Step.REVIEW and line.row.second != OPEN),
    ("待我复审", lambda line: line.row.step == Step.REVIEW and line.row.second == OPEN),
    ("申诉和答复待办", lambda line: line.row.step == Step.OPINION and (line.row.answered or _soon(line))),
    ("公开到期", lambda line: line.row.step == Step.FINAL and line.row.publication != DONE and _soon(line)),
    (_MENDING, lambda line: line.row.rectification == OPEN),
)
_OF_FIRM = ("待我复核",)


def _soon(line: Line) -> bool:
    return line.left is not None and line.left <= SOON


def desk(request: Request) -> HttpResponse:
    """The workbench of 财政, 第三方 and 审计: heaps of work of the latest years, then the strip of states."""
    user = request.user
    firm = Role(user.role) is Role.FIRM
    rows = FilingRow.objects.select_related("department", "summary")
    if firm:
        rows = rows.filter(assignments__user=user)
    else:
        rows = rows.filter(department__region_id=user.region_id or 0).exclude(step=Step.ARCHIVED)
    found = lines(user, rows.order_by("-year", "department_id")[:1000])
    wanted = [(title, test) for title, test in _HEAPS if not firm or title in _OF_FIRM]
    heaps = [Heap(title, tuple(line for line in found if test(line))) for title, test in wanted]
    if firm:
        others = tuple(line for line in found if line.row.step != Step.REVIEW)
        heaps.append(Heap("其余分配给我的", others))
    by_year = sorted(found, key=lambda line: -line.row.year)
    ended = {} if firm else _archived(user)
    years = [
        (year, [_with(stop, ended.get(year, 0)) for stop in strip(part)])
        for year, part in groupby(by_year, key=lambda line: line.row.year)
    ]
    mine = [line for heap in heaps if not heap.mending for line in heap.lines if line.act]
    context = frame(
        request,
        "workbench",
        next=_next(mine[0]) if mine else None,
        jobs=queue.recent(user),
        heaps=[heap for heap in heaps if heap.lines],
        years=[] if firm else years,
        whole=len(found),
        may_board=bool(may(user, Act.BOARD)),
        notices=reverse("notices") if may(user, Act.NOTICE) else "",
    )
    return render(request, "notices/desk.html", context)


def _archived(user: User) -> dict[int, int]:
    """How many filings of each year are archived: they are work no more, and are counted."""
    rows = FilingRow.objects.filter(department__region_id=user.region_id or 0, step=Step.ARCHIVED)
    return dict(rows.order_by().values_list("year").annotate(Count("pk")))


def _with(stop: Stop, archived: int) -> Stop:
    return replace(stop, number=archived) if stop.key == Step.ARCHIVED else stop


def _next(line: Line) -> Button:
    """The most urgent act, named with its department."""
    assert line.task is not None
    name, address = line.task
    return Button(f"{name}：{line.row.department.name}", address, primary=True)
