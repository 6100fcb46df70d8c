"""What all pages share (框架): navigation of the role, the eight steps, counts, and what the viewer may do."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import STATE
from hengji.web.gate import Request
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.people.permissions import ROLES, may
from hengji.web.states import machine
from hengji.web.states.machine import Step
from hengji.web.trail.models import Entry


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation; ``count`` stands beside it where somebody must act."""

    key: str
    name: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of the navigation that open together under one word."""

    name: str
    ways: tuple[Way, ...]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One move the viewer may take now; signing has a page of its own."""

    name: str
    address: str
    primary: bool


_OF_FILING = (
    ("data", "填报", "filing"),
    ("evidence", "佐证材料", "evidence"),
    ("findings", "核查发现", "findings"),
    ("report", "报告", "report"),
    ("sign", "签批", "sign"),
    ("opinions", "意见与整改", "opinion"),
    ("history", "修改记录", "history"),
)
# Moves with a page of their own.
_PAGES = {Act.SIGN: "sign", Act.PASS: "formal", Act.REJECT: "formal"}
_HEAD_FIRST = ("sign", "report", "opinions", "data", "evidence", "findings", "history")
_NOT_FILLED = ("reviews", "opinions", "rectify")  # pages on which nobody expects to fill in
_OF_DEPARTMENT_ONLY = ("sign", "opinions")
_BEFORE_REVIEW = (Step.FILLING, Step.SIGNING, Step.FORMAL)


# What the bureau does with a filing that has come to 复核: key, word, the name of the address, and the act.
_JUDGED = (
    ("reviews", "复核", "review", Act.REVIEWS),
    ("opinions", "意见与申诉", "opinion", Act.OPINIONS),
    ("rectify", "整改", "rectify_filing", Act.OPINIONS),
)
_GROUPS = {
    "下达与进度": ("notices", "board", "intake"),
    "复核与意见": ("reviews", "alike", "opinions", "rectify", "samples", "assignments"),
    "结果": ("stats", "uses", "publications"),
    "管理": ("systems", "people"),
}
# The bureau's entries: key, word, the name of the address, and the act that shows it.
_GENERAL: tuple[tuple[str, str, str, Act], ...] = (
    ("notices", "通知下达", "notices", Act.NOTICE),
    ("board", "进度", "board_now", Act.BOARD),
    ("intake", "收件", "intake", Act.INTAKE),
    ("audits", "读报告", "audits", Act.FILL),
    ("reviews", "复核", "reviews", Act.REVIEWS),
    ("alike", "同类问题", "alike_now", Act.ALIKE),
    ("opinions", "意见与申诉", "opinions", Act.BOARD),
    ("rectify", "整改", "rectify", Act.BOARD),
    ("samples", "抽样", "samples", Act.SAMPLES),
    ("assignments", "分配", "assignments", Act.ASSIGN),
    ("stats", "统计", "stats_now", Act.STATISTICS),
    ("uses", "结果应用", "uses_now", Act.STATISTICS),
    ("publications", "公开", "publications_now", Act.BOARD),
    ("systems", "指标体系", "systems", Act.BOARD),
    ("people", "人员与任务", "people", Act.PEOPLE),
)


def navigation(request: Request, here: str, folder: Folder | None) -> tuple[Way | Group, ...]:
    """The entries of this role: the bureau's in groups; a department's with those of the filing that is open."""
    entries = [Way("workbench", "工作台", reverse("workbench"))]
    entries += [Way(key, name, reverse(page)) for key, name, page, act in _GENERAL if may(request.user, act)]
    if Role(request.user.role) in OF_DEPARTMENT:
        return (*entries, *(of_filing(request, folder) if folder is not None else ()))
    return _grouped(entries, here)


def _grouped(entries: list[Way], here: str) -> tuple[Way | Group, ...]:
    """The entries under the words of their groups; one that would stand alone there stands by itself."""
    group_of = {key: name for name, keys in _GROUPS.items() for key in keys}
    found: list[Way | Group] = []
    for name, part in groupby(entries, key=lambda entry: group_of.get(entry.key, "")):
        ways = tuple(part)
        if not name or len(ways) == 1:
            found += ways
        else:
            found.append(Group(name, ways, any(way.key == here for way in ways)))
    return tuple(found)


def of_filing(request: Request, folder: Folder) -> tuple[Way, ...]:
    """The entries of the filing that is open, for this role."""
    role = Role(request.user.role)
    entries: list[Way] = []
    doubts = sum(number for severity, _, number in folder.counts if severity in ("error", "warning"))
    counts = {"findings": doubts, "evidence": len(folder.filing.evidence)}
    known: tuple[tuple[str, str, str], ...] = _OF_FILING
    if role is Role.HEAD:
        known = tuple(sorted(_OF_FILING, key=lambda entry: _HEAD_FIRST.index(entry[0])))
    for key, name, page in known:
        if key not in _OF_DEPARTMENT_ONLY or role in OF_DEPARTMENT:
            entries.append(Way(key, name, reverse(page, args=[folder.row.pk]), counts.get(key, 0)))
    if role not in OF_DEPARTMENT and folder.row.step not in _BEFORE_REVIEW:
        entries += [
            Way(key, name, reverse(page, args=[folder.row.pk]))
            for key, name, page, act in _JUDGED
            if role in ROLES[act]
        ]
    return tuple(entries)


def buttons(request: Request, row: FilingRow) -> tuple[Button, ...]:
    """The moves that lead on from here for this viewer, the one to take next first."""
    found = []
    for move in machine.moves_from(row):
        if may(request.user, move.act, row):
            own = _PAGES.get(move.act)
            page = reverse(own, args=[row.pk]) if own else reverse("move", args=[row.pk, move.act])
            found.append(Button(ACT_CN[move.act], page, move.primary))
    return tuple(sorted(found, key=lambda button: not button.primary))


def returned(row: FilingRow) -> Entry | None:
    """Who sent the filing back, when and why."""
    back = Entry.objects.filter(filing=row, table=STATE.name).exclude(why="").exclude(act=Act.SEND)
    return back.order_by("-number").first()


def frame(request: Request, here: str, folder: Folder | None = None, **more: object) -> dict[str, object]:
    """The context of a page: the frame, and what the page itself brings."""
    context: dict[str, object] = {"here": here, "nav": navigation(request, here, folder), **more}
    if folder is not None:
        if Role(request.user.role) not in OF_DEPARTMENT:
            context["nav_filing"] = of_filing(request, folder)
        row = folder.row
        context |= {
            "folder": folder,
            "filing": row,
            "stages": machine.line(row),
            "word": machine.word(row),
            "subword": machine.subword(row),
            "moves": buttons(request, row),
            "writable": bool(may(request.user, Act.FILL, row)),
            "days": (row.deadline - date.today()).days if row.deadline and row.step == Step.FILLING else None,
        }
        if row.returned:
            context["returned"] = returned(row)
        if not context["writable"] and Role(request.user.role) in ROLES[Act.FILL] and here not in _NOT_FILLED:
            context["why_not"] = may(request.user, Act.FILL, row).reason
    return context
