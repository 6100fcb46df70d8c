"""R11: the rate of a row whose two counts running text tells: 「高血压患者规范管理率 65.33%」, and 「高血压患者在管2412人，其中规范管理1528人」."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number, percent_fits, places
from hengji.auditing.slips import slip
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RATE = pattern(r"(?P<n>\d{1,3}\.\d{1,2})\s?%")
_GROWN = pattern(r"由[^,。;]{0,8}$")
_GREW = pattern(r"(?:增至|增加到|增长到|升至|上升到|提高到|降至|下降到|减少到|减至)(?:了)?$")
_OF_GROWTH = pattern(r"(?:增长|增加|上升|提高|下降|减少|降低|增|降)(?:率|幅度?)$")
_PARTS = pattern(r"[,、;]?(?:其中|有)?(?P<what>[\u4e00-\u9fff\"]{1,10})$")
_NO_COUNT = ("%", "‰", "年", "月", "日", "分", "元", "万元", "")
_LEAD = 12  # characters before the whole that may name what it is of
_NAME = 4  # characters of a name without 率
_MOST = Fraction(3, 4)  # of the characters of a name


def rates_of_text(case: Case) -> Iterator[Finding]:
    """The bare rates of rows against the only two counts of running text that bear the name; a slip of the pen away; silent where any such pair makes the rate."""
    rows = [(item, m["n"]) for item in case.found.items if (m := _bare_rate(item)) is not None]
    counts = list(_pairs(case)) if rows else []
    for item, rate in rows:
        named = [(a, b) for a, b in counts if _bears(case, item, a, b) and f"{rate}%" not in case.text(a.sentence)]
        made = [(a, b, _made(item, a, b)) for a, b in named]
        if not made or any(percent_fits(Fraction(rate), places(rate), value, 100) for _, _, value in made):
            continue
        a, b, value = made[0]
        at = case.flat.find(f"{rate}%", item.quote.start, item.quote.end)
        shown = number(value, places(rate))
        alike = slip(rate, f"{shown}.0" if "." not in shown else shown) or sorted(rate) == sorted(shown)
        if len({v for _, _, v in made}) == 1 and at >= 0 and alike:
            message = f"“{item.name}”写{rate}%，按正文的{a.value}{a.unit}、{b.value}{b.unit}计算是{number(value)}%"
            span, ends = Span(at, at + len(rate) + 1), (a.span, b.span)
            yield case.finding(
                "R11", span, message, stated=f"{rate}%", recomputed=f"{number(value)}%", item=item.name, also=ends
            )


def _bare_rate(item: ScoredItem) -> re.Match[str] | None:
    return _RATE.fullmatch(item.actual.strip()) if item.table and not item.doubtful else None


def _pairs(case: Case) -> Iterator[tuple[Quantity, Quantity]]:
    """Two counts of one unit right behind each other in a sentence of running text."""
    for figures in case.by_sentence.values():
        for a, b in pairwise(q for q in figures if not q.table):
            if a.unit == b.unit and a.unit not in _NO_COUNT and a.number and b.number:
                yield a, b


def _bears(case: Case, item: ScoredItem, a: Quantity, b: Quantity) -> bool:
    """Whether the words around two counts are those of a leaf's name."""
    start = max(a.sentence.start, a.span.start - _LEAD)
    lead, between = case.flat[start : a.span.start], case.flat[a.span.end : b.span.start]
    if _OF_GROWTH.search(item.name):
        core = _OF_GROWTH.sub("", item.name)
        return bool(_GREW.search(between)) and _share(core, case.flat[a.sentence.start : a.span.start]) >= _MOST
    told = _PARTS.fullmatch(between)
    core = item.name.removesuffix("率").removesuffix("比例")
    if told is None or b.number >= a.number or len(core) < _NAME or core == item.name:
        return False
    return core[-2:] in told["what"] and _share(core, lead + told["what"]) >= _MOST


def _share(core: str, text: str) -> Fraction:
    return Fraction(sum(each in text for each in core), len(core))


def _made(item: ScoredItem, a: Quantity, b: Quantity) -> Fraction:
    """The rate that two counts make, in per cent."""
    top, whole = exact(b.number), exact(a.number)
    if _OF_GROWTH.search(item.name):
        return abs(top - whole) / whole * 100
    return top / whole * 100
