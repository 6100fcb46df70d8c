"""Comparing stated figures: two agree when the intervals that their rounding leaves open overlap (as Calculations 1.1 does)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengji.model.extraction import Quantity
from hengji.model.numerals import plain
from hengji.model.units import dimension, factor

_MONEY = "万元"


def places(stated: str) -> int:
    """How many decimals a figure was written with."""
    return len(stated.partition(".")[2])


@lru_cache(maxsize=2048)  # every check asks for the same figures of a document
def exact(figure: Decimal) -> Fraction:
    """A figure as a fraction."""
    return Fraction(figure)


def in_unit(quantity: Quantity, unit: str) -> Fraction:
    """The figure in another unit of its dimension. Raises ValueError where the two do not measure the same."""
    return exact(quantity.number) if quantity.unit == unit else _in_unit(quantity.number, quantity.unit, unit)


@lru_cache(maxsize=2048)
def _in_unit(figure: Decimal, unit: str, into: str) -> Fraction:
    scale = factor(unit, into)
    if scale is None:
        raise ValueError(f"{unit} {into}")
    return exact(figure) * scale


def slack(quantity: Quantity, unit: str) -> Fraction:
    """Half of the last digit written, in another unit; counts of people and things are exact."""
    return _slack(places(quantity.value), quantity.unit, unit)


@lru_cache(maxsize=256)
def _slack(decimals: int, unit: str, into: str) -> Fraction:
    if dimension(unit) not in ("money", "ratio", "area") and not (unit.startswith(("万", "亿")) and decimals):
        return Fraction(0)
    return Fraction(1, 2 * 10**decimals) * (factor(unit, into) or 1)


def common_unit(quantities: Iterable[Quantity]) -> str:
    """The unit to compare in: 万元 for money, else the first one's."""
    units = [quantity.unit for quantity in quantities]
    return _MONEY if units and dimension(units[0]) == "money" else units[0] if units else ""


def differ(left: Quantity, right: Quantity) -> bool:
    """Whether two mentions of one quantity cannot both be roundings of it."""
    if left.unit == right.unit and places(left.value) == places(right.value):
        return left.number != right.number
    unit = common_unit((left, right))
    gap = abs(in_unit(left, unit) - in_unit(right, unit))
    open_gap = slack(left, unit) + slack(right, unit)
    return gap > open_gap


def number(value: Fraction | Decimal, most: int = 2) -> str:
    """A figure as a message prints it."""
    return plain(Fraction(value), most)


def ratio_fits(
    stated: Quantity, numerator: Fraction | int, denominator: Fraction | int, loose: Fraction = Fraction(0)
) -> bool:
    """Whether a stated percentage is the rounding of a ratio; ``loose`` is what the parts' own rounding leaves open."""
    return percent_fits(exact(stated.number), places(stated.value), numerator, denominator, loose)


def percent_fits(
    stated: Fraction,
    decimals: int,
    numerator: Fraction | int,
    denominator: Fraction | int,
    loose: Fraction = Fraction(0),
) -> bool:
    """The same of a percentage written with so many decimals."""
    if denominator == 0:
        return False
    # How far the ratio lies above what is stated, as ``gap / whole`` in whole numbers: this is asked of every pair of figures.
    scale, across = stated.denominator, numerator.denominator * denominator.numerator
    below = across * scale
    gap = 100 * numerator.numerator * denominator.denominator * scale - stated.numerator * across
    gap, whole = (gap, below) if below > 0 else (-gap, -below)
    steps = gap * 10**decimals
    # Half a step is rounding; cutting off instead of rounding is common and no error of arithmetic.
    if 2 * abs(steps) <= whole or 0 <= steps < whole:
        return True
    # abs(gap) / whole <= 1 / halves + loose, without a division
    halves = 2 * 10**decimals
    open_gap = loose.denominator + halves * loose.numerator
    return bool(loose) and abs(gap) * halves * loose.denominator <= whole * open_gap
