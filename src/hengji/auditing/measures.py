"""What a figure measures and how much of it, whatever unit it was written in: 「6.2万平方米」 are 62,000平方米, 「2.36万人」 23,600人."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.numbers import exact
from hengji.model.extraction import Quantity
from hengji.model.units import canonical_unit, dimension, factor

# The units of each measure by their factor to the first one.
_MEASURES: tuple[dict[str, Fraction], ...] = (
    {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10_000), "平方公里": Fraction(10**6), "平方千米": Fraction(10**6)},
    {"米": Fraction(1), "公里": Fraction(1000), "千米": Fraction(1000), "里": Fraction(500), "华里": Fraction(500)},
    {"吨": Fraction(1), "公斤": Fraction(1, 1000), "千克": Fraction(1, 1000), "斤": Fraction(1, 2000)},
    {"立方米": Fraction(1), "方": Fraction(1), "升": Fraction(1, 1000)},
    {"千瓦时": Fraction(1), "度": Fraction(1), "兆瓦时": Fraction(1000)},
)  # fmt: skip
_KIND = {unit: next(iter(units)) for units in _MEASURES for unit in units}
_FACTOR = {unit: factor for units in _MEASURES for unit, factor in units.items()}
_MANY = {"万": 10_000, "亿": 100_000_000}
_NO_MEASURES = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "时", "倍", "")
MONEY, AREA = "元", "平方米"
MEASURES = {MONEY, *(next(iter(units)) for units in _MEASURES)}  # those of several units


def plain_unit(unit: str) -> str:
    """A unit without its ten thousands: 「万人次」 counts in 人次."""
    return canonical_unit(unit[1:] if unit[:1] in _MANY and len(unit) > 1 else unit)


def measured(quantity: Quantity) -> tuple[str, Fraction] | None:
    """What a figure measures, named by the first unit of its measure, and how many of that unit; None of rates, points and dates, and of ten thousands of nothing."""
    return _measured(quantity.number, quantity.unit)


@lru_cache(maxsize=2048)  # every check asks for the same figures of a document
def _measured(figure: Decimal, told: str) -> tuple[str, Fraction] | None:
    if told in _MANY:
        return None
    if dimension(told) == "money":
        return MONEY, exact(figure) * (factor(told, MONEY) or 1)
    unit = plain_unit(told)
    if unit in _NO_MEASURES:
        return None
    return _KIND.get(unit, unit), exact(figure) * _MANY.get(told[0], 1) * _FACTOR.get(unit, 1)
