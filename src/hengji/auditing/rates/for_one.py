"""Amounts that are told for one of many: 「人均880元」, 「每亩补助1,000元」, 「每座106.04万元」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import exact, in_unit, places
from hengji.model.extraction import Quantity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_FOR_ONE = pattern(
    r"(?P<words>(?P<kind>人|户|亩|生|件|场|次|辆|车|村|家|床|栋|台|座|处|批|页|例|吨|套|期|卷|册|校|班)均|(?:平均)?(?:每(?:一)?|(?<![工订报清名账])单(?=[座台套辆公亩]))(?P<one>人次?|户|亩|名|场|件|次|期|座|公里|处|台|套|辆|家|村|个|平方公里|平方米|立方米|吨|张|床|册|棵|株|头|例|所|栋|间|条|盏|批次?|页|卷|块|桶|份|课时|样品))"
    r"(?P<what>[\u4e00-\u9fff]{0,9})(?:约|为|是|达|合|仅)*\s?$"
)
_BEHIND = pattern(
    r"\s?/\s?(?P<one>人次?|户|亩|名|场|件|次|期|座|公里|处|台|套|辆|家|村|个|平方公里|平方米|立方米|吨|张|床|所)"
)
_LEAD = 18  # characters before a figure in which 「人均」 stands
_UNITS = {
    "人": ("人", "名", "人次"), "名": ("人", "名", "人次"), "人次": ("人次", "人", "名"), "生": ("人", "名"), "车": ("辆", "台"),
    "次": ("次", "人次"), "床": ("张", "床"), "村": ("个", "村"), "家": ("家", "户"), "个": ("个",), "批": ("批次", "批"),
    "批次": ("批次", "批"), "校": ("所", "家"), "班": ("个", "期"), "样品": ("份", "个", "批次"),
}  # fmt: skip
_OF_A_MONTH = pattern(r"每(?:人|名|户)?每?月|月均|/月|/人[·/]?月|按月")
_MANY = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class ForOne:
    """An amount for one of many: the words that say so, the units that count the many, and whether it is paid monthly."""

    told: Quantity
    words: str
    what: str  # what stands between 「每座」 and the amount
    units: tuple[str, ...]
    start: int
    monthly: bool


@once
def told_for_one(case: Case) -> tuple[ForOne, ...]:
    """All such amounts of running text, in reading order."""
    return tuple(_all(case)) if _HINT.search(case.flat) else ()


_HINT = pattern("[均每单]|元/")


def _all(case: Case) -> Iterator[ForOne]:
    for told in case.found.quantities:
        if told.table or dimension(told.unit) != "money" or not told.number or told.vague:
            continue
        start = max(told.sentence.start, told.span.start - _LEAD)
        match = (
            _FOR_ONE.search(case.flat, start, told.span.start)
            or _BEHIND.match(case.flat, told.span.end)
            or _of_what_is_counted(case, told, start)
        )
        if match is None:
            continue
        groups = match.groupdict()
        one = groups["one"] or groups.get("kind") or ""
        words = case.flat[start : told.span.start + _LEAD // 2]
        at = match.start() if "kind" in groups else told.span.start
        monthly = _OF_A_MONTH.search(words) is not None
        yield ForOne(
            told, groups.get("words") or match[0], groups.get("what") or "", _UNITS.get(one, (one,)), at, monthly
        )


def _of_what_is_counted(case: Case, told: Quantity, start: int) -> re.Match[str] | None:
    """「每口投资4.80万元」, 「按单场3420元」: whatever the sentence counts in, another amount of which the many may make."""
    match = _BY_ITS_UNIT.search(case.flat, start, told.span.start)
    figures = case.by_sentence.get(told.sentence, ()) if match is not None else ()
    if match is None or not any(counts_in(case, q, (match["one"],)) for q in figures):
        return None
    return match


_BY_ITS_UNIT = pattern(
    r"(?P<words>(?:平均)?(?:每一?|单)(?P<one>[\u4e00-\u9fff]{1,2}?)"
    r"(?P<what>(?:[\u4e00-\u9fff]{0,3}(?:投资|成本|费用|造价|价格?|经费|支出|投入|补助|补贴))?)(?:约|为|是|达|合|仅)*\s?)$"
)


def counts_in(case: Case, quantity: Quantity, units: tuple[str, ...]) -> bool:
    """Whether a figure counts in one of these units, or in ten thousands of them: 「24.6万页」 bears its unit behind."""
    unit = quantity.unit.lstrip("万亿")
    return unit in units or (not unit and case.flat.startswith(units, quantity.span.end))


NO_COUNTS = ("money", "ratio")  # dimensions of figures that count nothing


def counted(quantity: Quantity) -> Fraction:
    """How many a figure counts: 「5.9万人」 are 59,000."""
    money = dimension(quantity.unit) == "money" and quantity.unit not in _MANY
    return exact(quantity.number) * (1 if money else _MANY.get(quantity.unit[:1], 1))


def is_near(share: Fraction, told: Quantity, *, exactly: bool = False) -> bool:
    """Whether a share is what is told, within a hundredth (unless it must be so ``exactly``) or the last digit that is written."""
    stated = in_unit(told, "元")
    digit = stated / Fraction(told.number) / Fraction(10) ** places(told.value)
    return bool(abs(share - stated) <= (digit if exactly else max(stated * _CLOSE, digit)))


_CLOSE = Fraction(1, 100)  # what is nearer is rounding
