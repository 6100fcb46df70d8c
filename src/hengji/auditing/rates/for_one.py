"""Amounts that are told for one of many: 「人均880元」, 「每亩补助1,000元」, 「每座106.04万元」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import exact, in_unit, places
from hengji.model.extraction import Quantity
from hengji.model.units import dimension

_FOR_ONE = re.compile(
    r"(?P<words>(?P<kind>人|户|亩|生|件|场|次|辆|车|村|家|床|栋|台|座|处)均|(?:平均)?(?:每(?:一)?|(?<![工订报清名账])单(?=[座台套辆公亩]))(?P<one>人次?|户|亩|名|场|件|次|期|座|公里|处|台|套|辆|家|村|个|平方公里|平方米|立方米|吨|张|床|册|棵|株|头|例|所|栋|间|条|盏))"
    r"(?P<what>[\u4e00-\u9fff]{0,9})(?:约|为|是|达|合|仅)*\s?$"
)
_BEHIND = re.compile(
    r"\s?/\s?(?P<one>人次?|户|亩|名|场|件|次|期|座|公里|处|台|套|辆|家|村|个|平方公里|平方米|立方米|吨|张|床|所)"
)
_LEAD = 18  # characters before a figure in which 「人均」 stands
_UNITS = {
    "人": ("人", "名", "人次"), "名": ("人", "名", "人次"), "人次": ("人次", "人", "名"), "生": ("人", "名"), "车": ("辆", "台"),
    "次": ("次", "人次"), "床": ("张", "床"), "村": ("个", "村"), "家": ("家", "户"), "个": ("个",),
}  # fmt: skip
_OF_A_MONTH = re.compile(r"每(?:人|名|户)?每?月|月均|/月|/人[·/]?月|按月")
_TEN_THOUSAND = 10_000


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


_HINT = re.compile("[均每单]|元/")


def _all(case: Case) -> Iterator[ForOne]:
    for told in case.found.quantities:
        if told.table or dimension(told.unit) != "money" or not told.number or told.vague:
            continue
        start = max(told.sentence.start, told.span.start - _LEAD)
        match = _FOR_ONE.search(case.flat, start, told.span.start) or _BEHIND.match(case.flat, told.span.end)
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


def counts_in(quantity: Quantity, units: tuple[str, ...]) -> bool:
    """Whether a figure counts in one of these units, or in ten thousands of them."""
    return quantity.unit.removeprefix("万") in units


NO_COUNTS = ("money", "ratio")  # dimensions of figures that count nothing


def counted(quantity: Quantity) -> Fraction:
    """How many a figure counts: 「5.9万人」 are 59,000."""
    many = quantity.unit.startswith("万") and dimension(quantity.unit) != "money"
    return exact(quantity.number) * (_TEN_THOUSAND if many else 1)


def is_near(share: Fraction, told: Quantity, *, exactly: bool = False) -> bool:
    """Whether a share is what is told, within a hundredth (unless it must be so ``exactly``) or the last digit that is written."""
    stated = in_unit(told, "元")
    digit = stated / Fraction(told.number) / Fraction(10) ** places(told.value)
    return bool(abs(share - stated) <= (digit if exactly else max(stated * _CLOSE, digit)))


_CLOSE = Fraction(1, 100)  # what is nearer is rounding
