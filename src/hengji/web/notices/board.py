"""进度看板: who is where, who is late, and what is to be done; 200 departments of a year in a handful of queries."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hengji.web.charts import Chart, Kind, Series
from hengji.web.filings.models import FilingRow
from hengji.web.notices.terms import days_left, overdue, term
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.models import Role, User
from hengji.web.people.permissions import ROLES
from hengji.web.scores.models import Summary
from hengji.web.states.machine import NOT_NEEDED, OPEN, STEP_CN, Step, moves_from, subword, word

LATE = "late"
# Work that is done on a page of its own, before the move that ends it.
_PLACES = {
    Act.PASS: ("形式审核", "formal"),
    Act.HAND_UP: ("复核", "review"),
    Act.APPROVE: ("复审", "second"),
    Act.OPINE: ("送出意见", "opinion"),
    Act.SETTLE: ("答复申诉、定稿", "opinion"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One filing on the board."""

    row: FilingRow
    summary: Summary | None
    word: str
    progress: str
    ends: date | None
    left: int | None
    late: bool
    act: Act | None

    @property
    def task(self) -> tuple[str, str] | None:
        """What the viewer is to do, in words, and the page on which it is done."""
        if self.act is None:
            return None
        if self.act in _PLACES:
            name, page = _PLACES[self.act]
            return name, reverse(page, args=[self.row.pk])
        return ACT_CN[self.act], reverse("move", args=[self.row.pk, self.act])

    @property
    def reviewed(self) -> int | None:
        """The reviewed score in hundredths, once the first reader is through: before, it holds claims nobody judged."""
        at_first = self.row.step == Step.REVIEW and self.row.second == NOT_NEEDED
        return None if self.summary is None or at_first else self.summary.reviewed

    @property
    def gap(self) -> int | None:
        """Self minus review in hundredths, on the final scores of both."""
        if self.summary is None or self.summary.claimed is None or self.reviewed is None:
            return None
        return self.summary.claimed - self.reviewed


@dataclass(frozen=True, slots=True)
class Stop:
    """One state of the strip, with how many stand there."""

    key: str
    name: str
    number: int


def filings_of(user: User, year: int) -> QuerySet[FilingRow]:
    """The filings of the viewer's region in a year, with what the board shows of each."""
    rows = FilingRow.objects.filter(department__region_id=user.region_id or 0, year=year)
    return rows.select_related("department", "summary").order_by("department_id")


def lines(user: User, rows: Iterable[FilingRow]) -> list[Line]:
    """A line for each filing, overdue first, then by days left."""
    today = date.today()
    found = [_line(user, row, today) for row in rows]
    return sorted(found, key=_urgency)


def _line(user: User, row: FilingRow, today: date) -> Line:
    summary = getattr(row, "summary", None)
    return Line(
        row=row,
        summary=summary,
        word=word(row),
        progress=subword(row) or _filled(row, summary),
        ends=term(row),
        left=days_left(row, today),
        late=overdue(row),
        act=_mine(user, row),
    )


def _filled(row: FilingRow, summary: Summary | None) -> str:
    if row.step != Step.FILLING or summary is None or not summary.leaves:
        return ""
    return f"{summary.settled}/{summary.leaves} 项有得分"


def _mine(user: User, row: FilingRow) -> Act | None:
    """The move that waits for this viewer; reading a review is work without a move."""
    role = Role(user.role)
    mine = [move for move in moves_from(row) if move.primary and role in ROLES[move.act]]
    waits = row.step == Step.OPINION and not row.answered and (row.due is None or row.due >= date.today())
    return mine[0].act if mine and not waits else None


def _urgency(line: Line) -> tuple[bool, int, int]:
    return (not line.late, line.left if line.left is not None else 10_000, line.row.department_id)


def strip(found: Iterable[Line]) -> list[Stop]:
    """The states with how many stand there; 逾期 first, 退回 and the parallel end told apart."""
    listed = list(found)
    at = Counter(line.row.step for line in listed)
    back = sum(line.word == "退回" for line in listed)
    stops = [Stop(LATE, "逾期", sum(line.late for line in listed))]
    for step in Step:
        number = at[step.value] - (back if step is Step.FILLING else 0)
        stops.append(Stop(step.value, STEP_CN[step], number))
    stops.insert(2, Stop("returned", "退回", back))
    mending = sum(line.row.rectification == OPEN for line in listed)
    return [*stops, Stop("mending", "整改中", mending)]


def states_chart(year: int, stops: Iterable[Stop]) -> Chart:
    """How many departments stand at each state, as columns with their table."""
    shown = [stop for stop in stops if stop.key != LATE or stop.number]
    return Chart(
        id="states",
        title=f"{year}年度各状态的单位数",
        kind=Kind.BARS,
        head="状态",
        labels=tuple(stop.name for stop in shown),
        series=(Series("单位数", tuple(stop.number for stop in shown)),),
        unit="个",
        places=0,
        download=f"{reverse('board', args=[year])}?form=csv",
    )


# The columns of the board: the order they ask for (or none), the heading, and whether figures stand below it.
COLUMNS = (
    ("name", "单位", False),
    ("", "类别", False),
    ("state", "状态", False),
    ("", "进展", False),
    ("", "本步截止", False),
    ("left", "剩余（天）", True),
    ("claimed", "○ 自评", True),
    ("computed", "◇ 系统", True),
    ("reviewed", "● 复核", True),
    ("gap", "自评−复核", True),
    ("errors", "错误", True),
    ("doubts", "疑点", True),
    ("", "该我做", False),
)
_FILTERS: dict[str, Callable[[Line], bool]] = {
    LATE: lambda line: line.late,
    "returned": lambda line: line.word == "退回",
    "mending": lambda line: line.row.rectification == OPEN,
    Step.FILLING.value: lambda line: line.row.step == Step.FILLING and line.word != "退回",
}


def kept(found: Iterable[Line], at: str, kind: str, words: str) -> list[Line]:
    """The lines of one state, one kind of department, with these words in the name."""
    wanted = _FILTERS.get(at) or _at(at)
    return [
        line
        for line in found
        if wanted(line)
        and (not kind or line.row.department.kind == kind)
        and (not words or words in line.row.department.name)
    ]


def _at(step: str) -> Callable[[Line], bool]:
    return lambda line: not step or line.row.step == step


def _descending(field: str) -> Callable[[Line], int]:
    """Orders by a figure of the summary, the largest first, what has none last."""

    def key(line: Line) -> int:
        number = getattr(line.summary, field, None)
        return _LAST if number is None else -number

    return key


def _gap(line: Line) -> int:
    return _LAST if line.gap is None else -line.gap


_LAST = 1_000_000
_ORDERS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: line.row.department.name,
    "state": lambda line: list(Step).index(Step(line.row.step)),
    "gap": _gap,
    "reviewed": lambda line: _LAST if line.reviewed is None else -line.reviewed,
    **{field: _descending(field) for field in ("claimed", "computed", "errors", "doubts")},
}


def ordered(found: list[Line], by: str) -> list[Line]:
    """The lines in the order asked for; the most urgent first where none is."""
    return sorted(found, key=_ORDERS.get(by, _urgency))
