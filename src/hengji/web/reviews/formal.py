"""形式审核: the points, what the system can tell about each, and the reasons for which a filing is sent back.

The points and their words are data (formal.yaml). What the system tells is an aid: a person ticks each point.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import yaml

from hengji.model.patterns import pattern
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.tables import COVER, EVIDENCE
from hengji.web.intake.accepting import kept_of
from hengji.web.intake.keeping import Kept
from hengji.web.intake.matching import Names
from hengji.web.intake.models import Part, Received, State
from hengji.web.people.acts import Act
from hengji.web.reviews.models import FormalRow
from hengji.web.states.models import Snapshot

_SEALED = pattern("签章|盖章|签字|公章|签批")
_DATE = pattern(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_DATE_LABELS = ("填报日期", "填报时间", "填表日期", "编制日期", "报告日期")
_UNIT_LABELS = ("部门名称", "单位名称", "填报单位")
_CHAPTERS = ("R20", "R30")  # checks that say which chapters are empty or missing
_NAMED = 5  # things that a sentence names one by one


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its key, its name, what is asked, and the reason where it is not met."""

    key: str
    name: str
    asks: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the system tells about a point: met, not met, or a person must look (None); and the words."""

    passed: bool | None
    words: str


@cache
def _data() -> dict[str, list[dict[str, str]]]:
    text = (Path(__file__).parent / "formal.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, str]]] = yaml.safe_load(text)
    return found


@cache
def points() -> tuple[Point, ...]:
    """The points in their order."""
    return tuple(Point(**each) for each in _data()["points"])


@cache
def reasons() -> tuple[str, ...]:
    """Further reasons, ready to be put in."""
    return tuple(str(each) for each in _data()["reasons"])


@dataclass(frozen=True)
class Desk:
    """What the formal check looks at: the filing, and the files that came with it."""

    folder: Folder
    today: date = field(default_factory=date.today)

    @cached_property
    def files(self) -> list[Received]:
        """The files of the filing, and those of its department that could not be read."""
        return list(Received.objects.filter(filing=self.folder.row, state=State.CONFIRMED).order_by("pk"))

    @cached_property
    def report(self) -> Kept | None:
        """The audit of the report that was sent as a file, the latest where there are several."""
        reports = [file for file in self.files if file.part == Part.REPORT and file.read]
        return kept_of(reports[-1]) if reports else None

    @cached_property
    def cover(self) -> Mapping[str, str]:
        """The printed labels of the filing's cover."""
        return {str(place[0]): str(row.says["text"]) for place, row in self.folder.rows.of(COVER).items()}


def _listed(texts: Sequence[str]) -> str:
    return "、".join(texts[:_NAMED]) + (f"等 {len(texts)} 处" if len(texts) > _NAMED else "")


def _sections(desk: Desk) -> Told:
    bare = [found.finding.item for found in desk.folder.found if found.finding.code == "R20" and not found.waived]
    said = [f"“{chapter}”没有写" for chapter in bare]
    if desk.report is not None:
        said += [finding.message.rstrip("。") for finding in desk.report.findings if finding.code in _CHAPTERS]
    return Told(False, _listed(said)) if said else Told(True, "必写的章节都有内容")


def _scores(desk: Desk) -> Told:
    missing = [leaf.id for leaf in desk.folder.card.leaves if leaf.standing.value == "missing"]
    if missing:
        return Told(False, f"{_listed(missing)} 没有得分")
    return Told(True, f"{len(desk.folder.card.leaves)} 项都有得分或不考核的理由")


def _signature(desk: Desk) -> Told:
    signed = Snapshot.objects.filter(filing=desk.folder.row, act=Act.SIGN.value).select_related("by").first()
    taken = Snapshot.objects.filter(filing=desk.folder.row, act=Act.TAKE_IN.value).first()
    if signed is not None and (taken is None or taken.pk < signed.pk):
        return Told(True, f"{signed.by.shown if signed.by else '负责人'} {signed.at:%Y-%m-%d} 在系统签批")
    named = [
        str(row.says["title"])
        for row in desk.folder.rows.of(EVIDENCE).values()
        if _SEALED.search(str(row.says["title"]))
    ]
    if named:
        return Told(None, f"清单里有“{named[0]}”，请打开看看")
    return Told(None, "财政局代收，没有系统签批，请看原件的签字盖章页")


def _attachments(desk: Desk) -> Told:
    lines = sorted(desk.folder.rows.of(EVIDENCE).items(), key=lambda each: int(str(each[0][0])))
    empty = [f"第 {place[0]} 项“{row.says['title']}”没有文件" for place, row in lines if not row.says["sha256"]]
    bare = [found.finding.leaf for found in desk.folder.found if found.finding.code == "R21" and not found.waived]
    said = [*empty, *([f"{_listed(bare)} 满分而没有佐证"] if bare else [])]
    return Told(False, "；".join(said[:_NAMED])) if said else Told(True, f"{len(lines)} 份材料，满分的都有佐证")


def _readable(desk: Desk) -> Told:
    bad = [f"“{file.short}”{file.error}" for file in desk.files if file.error]
    for row in desk.folder.rows.of(EVIDENCE).values():
        sha = str(row.says["sha256"])
        if sha and not files.path_of(sha).exists():
            bad.append(f"“{row.says['file']}”在文件夹里找不到")
    unread = list(desk.report.found.document.unread) if desk.report is not None else []
    if bad:
        return Told(False, _listed(bad))
    return Told(None, _listed(unread)) if unread else Told(True, "文件都在，读过的都能打开")


def _identity(desk: Desk) -> Told:
    row = desk.folder.row
    names = Names(row.department.region.name, {row.department_id: row.department.name})
    said = []
    for label in _UNIT_LABELS:
        unit = desk.cover.get(label, "")
        if unit and not names.same(unit):
            said.append(f"封面写“{unit}”")
    for file in desk.files:
        if file.part not in (Part.REPORT, Part.TABLE):
            continue
        if file.unit and not names.same(file.unit):
            said.append(f"“{file.short}”写“{file.unit}”")
        if file.year and file.year != row.year:
            said.append(f"“{file.short}”写 {file.year} 年度")
    return Told(False, _listed(said)) if said else Told(True, f"{row.department}，{row.year} 年度")


def _dated(desk: Desk) -> Told:
    year = desk.folder.row.year
    text = next((desk.cover[label] for label in _DATE_LABELS if label in desk.cover), "")
    match = _DATE.search(text)
    given = tuple(int(part) for part in match.groups()) if match else desk.report.found.dated if desk.report else None
    if given is None:
        return Told(False, f"写的是“{text}”，看不出日期" if text else "没有写日期")
    try:
        day = date(*given)
    except ValueError:
        return Told(False, f"“{text}”不是一个日期")
    if day <= date(year, 12, 31):
        return Told(False, f"{day:%Y-%m-%d} 还在评价年度里")
    return Told(False, f"{day:%Y-%m-%d} 在今天以后") if day > desk.today else Told(True, f"{day:%Y-%m-%d}")


_CHECKS: dict[str, Callable[[Desk], Told]] = {
    "sections": _sections,
    "scores": _scores,
    "signature": _signature,
    "attachments": _attachments,
    "readable": _readable,
    "identity": _identity,
    "date": _dated,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One point as the page shows it: what the system tells, and what a person ticked (None: not yet)."""

    point: Point
    told: Told
    passed: bool | None = None
    note: str = ""
    version: int = 0

    @property
    def fails(self) -> bool:
        """Whether it speaks for sending back: ticked so, or told so and nobody has ticked."""
        return self.passed is False or (self.passed is None and self.told.passed is False)

    @property
    def reason(self) -> str:
        """The reason to send back, with what was found or noted."""
        return self.point.reason.format(detail=self.note or self.told.words)


def lines(desk: Desk) -> list[Line]:
    """Every point with what is told and ticked."""
    ticked = {row.point: row for row in FormalRow.objects.filter(filing=desk.folder.row)}
    found = []
    for point in points():
        row = ticked.get(point.key)
        told = _CHECKS[point.key](desk)
        found.append(Line(point, told) if row is None else Line(point, told, row.passed, row.note, row.version))
    return found


def draft(found: Sequence[Line]) -> str:
    """The opinion with which the filing would be sent back, one reason a line, to be edited."""
    wanting = [line.reason for line in found if line.fails]
    if len(wanting) < 2:  # noqa: PLR2004 - one reason needs no number
        return "".join(wanting)
    return "\n".join(f"{number}. {reason}" for number, reason in enumerate(wanting, start=1))
