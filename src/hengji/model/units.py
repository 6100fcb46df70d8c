"""Units of measure and their exact conversion."""

from fractions import Fraction
from functools import lru_cache

from hengji.model.patterns import pattern

# Each dimension's units by their factor to the first one. A unit that is not here stands alone with factor 1.
_DIMENSIONS: dict[str, dict[str, Fraction]] = {
    "money": {
        "元": Fraction(1),
        "千元": Fraction(1000),
        "万元": Fraction(10_000),
        "百万元": Fraction(1_000_000),
        "亿元": Fraction(100_000_000),
    },
    "ratio": {"": Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000)},
    "area": {"平方米": Fraction(1), "㎡": Fraction(1), "m²": Fraction(1)},
}
_ALIASES = {
    "％": "%",
    "百分比": "%",
    "百分点": "%",
    "万": "万元",
    "亿": "亿元",
    "人民币元": "元",
    "千分比": "‰",
    "名": "人",
}
_OTHER_NAME = pattern(r"(?<=\w)[（(][\u4e00-\u9fff]{1,2}[)）]$")  # 「件（套）」 counts what 「件」 counts
_ONE = Fraction(1)
_BY_UNIT = {unit: (dimension, factor) for dimension, units in _DIMENSIONS.items() for unit, factor in units.items()}


@lru_cache(maxsize=512)  # asked of every figure, of few units
def canonical_unit(unit: str) -> str:
    """The one spelling of a unit that the project uses (「％」 is 「%」, 「万」 is 「万元」, 「件（套）」 is 「件」)."""
    unit = _OTHER_NAME.sub("", unit.strip())
    return _ALIASES.get(unit, unit)


@lru_cache(maxsize=512)  # asked of every figure, of few units
def dimension(unit: str) -> str:
    """What a unit measures: money, ratio, area, or the unit itself when it stands alone (人, 个, 件)."""
    known = _BY_UNIT.get(unit)
    if known is not None:
        return known[0]
    unit = canonical_unit(unit)
    return _BY_UNIT.get(unit, (unit, _ONE))[0]


@lru_cache(maxsize=512)
def factor(unit: str, into: str) -> Fraction | None:
    """By what a number in ``unit`` is multiplied to stand in ``into``; None when the two do not measure the same."""
    if unit == into:
        return _ONE
    unit, into = canonical_unit(unit), canonical_unit(into)
    if unit == into:
        return _ONE
    if dimension(unit) != dimension(into):
        return None
    return _BY_UNIT[unit][1] / _BY_UNIT[into][1]
