"""The figures of a leaf's facts with the part that each has: planned, done, of last year; and the pairs that they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations

from hengji.auditing.rescoring.scoring_rule import UNIT
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, dimension, factor

_FIGURE = pattern(
    rf"(?<![\d.A-Za-z第〔])(?<!\d,)(?<!\w-)(?P<n>\d[\d,]*(?:\.\d+)?)(?P<w>[万亿](?!元))?(?P<u>个百分点|百分点|%|‰|(?:亿|百万|千|万)?元|{UNIT}|[\u4e00-\u9fff])?"
)
_NO_MEASURE = ("年", "月", "日", "季", "号", "期末", "版")
_PLAN = r"计划|目标|任务|应|预算|核定|编制|限额|承诺|合同价|概算|批复|标准|要求|下达|额度|基准|控制数|指标|需|规定|申报|总数|共有|约定"
_DONE = r"完成|实际|实|已|决算|支出|支付|建成|新增|办结|收缴|达到?|使用|执行|结案|到位|参训|参保|合格|满意|其中|有效|按期|按时|及时"
_LAST = r"上年度?|去年|上一年|年初(?=[结余存])|上期"
_THIS = r"本年度?|今年|当年|本期|现|年末|期末"
_PARTS = pattern(rf"(?P<last>{_LAST})|(?P<this>{_THIS})|(?P<year>20\d\d)年|(?P<plan>{_PLAN})|(?P<done>{_DONE})")
_CHANGED = pattern(
    r"(?P<down>下降|减少|降低|降幅|压减|回落|少|低|减)(?:了|为|幅度|率)?$|(?P<up>增长|上升|提高|增加|增幅|上涨|超支|超出|超过?|高出|高|多)(?:率|了|为|幅度|支|预算|编)*$|(?P<off>低于|高于|相差|差|缺口|缺)[^,;。]{0,8}$"
)
_AIMED = pattern(
    r"(?:目标|标准|要求|基准|计划|指标)(?:值|数)?(?:为|是|:|≥|不低于|应达到?)*\(?$|[≥≤]$|不低于$|不超过$|不高于$"
)
_AIMED_RISE = pattern(
    r"(?:目标|计划|要求)(?:值|为|是)*(?:增长|增幅|下降|降幅|提高|增加|减少|降低)(?:率|幅度)?(?:为|达到?)?$"
)
_AIM_BEHIND = pattern(r"^的?\)?(?:目标|标准|基准|要求)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: ``part`` is plan, done, last, this or nothing; ``change`` is -1 or 1 where it tells how something changed, 0 else."""

    value: Fraction
    unit: str
    part: str
    change: int
    lead: str
    at: int
    gap: bool = False


@dataclass(frozen=True)
class Measures:
    """The figures that the facts of a leaf tell."""

    text: str
    figures: tuple[Figure, ...]

    @cached_property
    def rates(self) -> tuple[Figure, ...]:
        """The rates that were reached."""
        return tuple(
            f
            for f in self.figures
            if f.unit == "%" and f.part not in ("aim", "last") and not f.change and (not f.gap or _OWN.search(f.lead))
        )

    @cached_property
    def aims(self) -> tuple[Figure, ...]:
        """The rates that were aimed at."""
        return tuple(f for f in self.figures if f.unit == "%" and f.part == "aim")

    @cached_property
    def amounts(self) -> tuple[Figure, ...]:
        """The counts and amounts that are no rates and no changes."""
        return tuple(f for f in self.figures if f.unit not in ("%", "个百分点", "分") and not f.gap)

    @cached_property
    def scores(self) -> tuple[Figure, ...]:
        """The figures in points: of a mean, of a survey."""
        return tuple(f for f in self.figures if f.unit == "分")

    def pairs(self) -> Iterator[tuple[Figure, Figure]]:
        """Every two amounts of one unit, the part before the whole; more than the whole only where it is told as done."""
        return ((a, b) for a, b in permutations(self.amounts, 2) if a.unit == b.unit and b.value and _is_part(a, b))


def measures(text: str, year: int) -> Measures:
    """The figures of a text in one spelling."""
    return Measures(text, tuple(_figures(text, year)))


def _figures(text: str, year: int) -> Iterator[Figure]:
    last = 0
    for match in _FIGURE.finditer(text):
        unit = match["u"] or ""
        begins = max(text.rfind(mark, 0, match.start()) for mark in ",;。|(") + 1
        if unit in _NO_MEASURE or (unit == "季" and text[match.end() : match.end() + 1] == "度"):
            continue
        lead = text[max(begins, last) : match.start()]
        last = match.end()
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not unit and not match["w"] and not re.search(r"[÷/]", beside):
            continue
        value = Fraction(match["n"].replace(",", ""))
        value *= {"万": 10_000, "亿": 100_000_000}.get(match["w"] or "", 1)
        if dimension(unit) == "money":
            value, unit = value * (factor(unit, "元") or 1), "元"
        unit = "个百分点" if "百分点" in unit else canonical_unit(unit)
        after = text[match.end() : match.end() + 8]
        yield Figure(
            value,
            unit,
            _part(lead, after, unit, year),
            _change(lead, unit),
            lead,
            match.start(),
            unit != "%" and _gap(lead),
        )


def _part(lead: str, after: str, unit: str, year: int) -> str:
    found = list(_PARTS.finditer(lead))
    years = [m for m in found if m["last"] or m["this"] or m["year"]]
    if years and not (years[-1]["last"] and re.search(r"[较比]$", lead[: years[-1].start()])):
        told = years[-1]
        if told["last"] or (told["year"] and int(told["year"]) == year - 1):
            return "last"
        if told["year"] and int(told["year"]) < year - 1:
            return "earlier"
        this = "this"
    else:
        this = ""
    if unit in ("%", "个百分点"):
        return "aim" if _AIMED.search(lead) or _AIMED_RISE.search(lead) or _AIM_BEHIND.match(after) else this
    parts = [m for m in found if m["plan"] or m["done"]]
    if parts:
        return "plan" if parts[-1]["plan"] else "done"
    return this


def _change(lead: str, unit: str) -> int:
    match = _CHANGED.search(lead) if unit in ("%", "个百分点") else None
    if match is None or _OWN.search(lead):
        return 0
    return 1 if match["up"] else -1 if match["down"] else 2


_OWN = pattern(r"目标|实际|计划|应|达到?")  # a rise that was aimed at, or reached, is a measure of its own
_GAP = pattern(
    r"(?:低于|高于|相差|差|缺口|缺|少|超(?:出|支|过|编)?|超额|多|漏|欠|未|不足|减少|增加|下降|上升|结余|追加|短)(?:了|[\u4e00-\u9fff]{0,4})$"
)


def _gap(lead: str) -> bool:
    """Whether a figure tells how much something differs, not how much it is."""
    return _GAP.search(lead[-6:]) is not None


def _is_part(one: Figure, other: Figure) -> bool:
    if one.part != other.part and "plan" in (one.part, other.part):
        return other.part == "plan" or (one.value < other.value and other.part != "done")
    return one.value < other.value
