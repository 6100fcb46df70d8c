"""R11: what is spent for one, against what is spent in all and for how many."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number, places
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.units import dimension

_FOR_ONE = re.compile(
    r"(?P<one>人均|户均|亩均|生均|件均|场均|次均|平均每(?:人次?|户|亩|名|场|件|次|期))(?:费用|成本|支出|花费|补助|补贴|救助|发放|减免|培训成本|培训费用?)?(?:约|为|是|达|合|仅)*\s?$"
)
_COUNTS = {"人": ("人", "名", "人次"), "户": ("户",), "亩": ("亩",), "生": ("人", "名"), "件": ("件",), "场": ("场",), "次": ("次", "人次"), "期": ("期",), "名": ("人", "名", "人次")}  # fmt: skip
_LEAD = 14  # characters before a figure in which 「人均」 stands
_EVERY = re.compile(r"每[月天日季]|月均|日均|/[月天日]|标准|收入|产值|GDP|增长|增加|提高|面积")
_CLOSE = Fraction(1, 100)  # what is nearer is rounding
_FAR = 3  # times: what is further is of other figures


def per_head(case: Case) -> Iterator[Finding]:
    """「培训费184.80万元，培训2,310人次，人均880元」 is 800元: the one amount and the one count that stand before it."""
    for told in case.found.quantities if "均" in case.flat else ():
        if told.table or dimension(told.unit) != "money" or told.about == "目标" or not told.number or told.vague:
            continue
        match = _FOR_ONE.search(case.flat, max(told.sentence.start, told.span.start - _LEAD), told.span.start)
        if match is None:
            continue
        paragraph = case.paragraph(told.span.start)
        before = [
            q
            for q in case.found.quantities
            if paragraph.start <= q.span.start < match.start() and not q.table and q.about != "目标" and q.number
        ]
        units = _COUNTS[match["one"].removeprefix("平均每")[0]]
        money = [q for q in before if dimension(q.unit) == "money"]
        counts = [q for q in before if q.unit in units]
        stated = in_unit(told, "元")
        if not money or not counts or any(_near(_share(a, b), told) for a in money for b in counts):
            continue
        own = [q for q in money if q.sentence == told.sentence]
        count = _count(told, counts)
        if len(own) != 1 or count is None:
            continue
        if _EVERY.search(case.flat, min(own[0].sentence.start, count.sentence.start), told.span.start):
            continue
        share = _share(own[0], count)
        if stated / _FAR < share < stated * _FAR:
            shown = number(share)
            message = f"写{match['one']}{told.value}{told.unit}，按{own[0].value}{own[0].unit} ÷ {count.value}{count.unit}计算是{shown}元"
            yield case.finding("R11", told.span, message, stated=f"{told.value}{told.unit}", recomputed=f"{shown}元")


def _count(told: Quantity, counts: list[Quantity]) -> Quantity | None:
    """The one count of the sentence, else the first of the last sentence before it that counts: its parts follow it."""
    own = [q for q in counts if q.sentence == told.sentence]
    if own:
        return own[0] if len(own) == 1 else None
    return next(q for q in counts if q.sentence == counts[-1].sentence)


def _share(amount: Quantity, count: Quantity) -> Fraction:
    return in_unit(amount, "元") / Fraction(count.number)


def _near(share: Fraction, told: Quantity) -> bool:
    """Whether a share is what is told, within a hundredth or the last digit that is written."""
    stated = in_unit(told, "元")
    digit = stated / Fraction(told.number) / Fraction(10) ** places(told.value)
    return bool(abs(share - stated) <= max(stated * _CLOSE, digit))
