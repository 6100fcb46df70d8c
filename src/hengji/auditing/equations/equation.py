"""Which equations a value makes with the figures beside it: a sum, a part, a gap, a share, a change."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.equations.figure import RATES, Figure
from hengji.auditing.facts.backing import NO_COUNT
from hengji.auditing.numbers import exact, percent_fits, places
from hengji.auditing.slips import digits_of

Equation = tuple[str, str, str]  # what kind, and the two figures (or ends of a run) that make it
_MOST = 14  # figures beside one that are tried
_RATE_DIGITS = 3  # of a rate: fewer are made by chance


def equations(figure: Figure, value: Decimal, others: Sequence[Figure]) -> set[Equation]:
    """The equations that a value in the place of a figure makes with others."""
    if figure.unit in RATES:
        return set(_as_rate(figure, value, others)) if is_precise(figure) else set()
    same = [other.number for other in others if other.number and other.unit in (figure.unit, "")][:_MOST]
    return {*_in_sums(value, same), *_in_movement(figure, value, others), *_in_rates(value, same, others)}


def is_precise(rate: Figure) -> bool:
    """Whether a rate is told with enough digits that no two figures make it by chance."""
    return rate.unit in RATES and places(rate.value) > 0 and len(digits_of(rate.value)) >= _RATE_DIGITS


def _as_rate(rate: Figure, value: Decimal, others: Sequence[Figure]) -> Iterator[Equation]:
    """The pairs of figures of one unit whose share or change a rate is."""
    by_unit: dict[str, list[Decimal]] = {}
    for other in others:
        if other.number and (other.unit == "" or other.unit not in NO_COUNT):
            by_unit.setdefault(other.unit, []).append(other.number)
    for numbers in by_unit.values():
        for one, base in itertools.permutations(dict.fromkeys(numbers[:_MOST]), 2):
            for kind in _rates(exact(value), places(rate.value), one, base):
                yield kind, str(one), str(base)


def _in_rates(value: Decimal, same: Sequence[Decimal], others: Sequence[Figure]) -> Iterator[Equation]:
    """The rates that a value makes with another figure of its unit, as share or change, either way round."""
    for rate in others:
        if is_precise(rate):
            for other in dict.fromkeys(number for number in same if number != value):
                for one, base in ((value, other), (other, value)):
                    for kind in _rates(exact(rate.number), places(rate.value), one, base):
                        yield kind, rate.value, str(other)


def _rates(stated: Fraction, decimals: int, one: Decimal, base: Decimal) -> Iterator[str]:
    """Whether a rate is the share that one figure is of another, or the change from the other to it."""
    if base and percent_fits(stated, decimals, exact(one), exact(base)):
        yield "share"
    if base and percent_fits(stated, decimals, exact(abs(one - base)), exact(base)):
        yield "change"


def _in_sums(value: Decimal, same: Sequence[Decimal]) -> Iterator[Equation]:
    """The sums and differences of two, and of runs of figures side by side, that a value is or is part of."""
    for one, other in itertools.combinations(same, 2):
        if value in (one + other, abs(one - other)):
            yield "two", str(one), str(other)
    for first, last in itertools.combinations(range(len(same) + 1), 2):
        run = sum(same[first:last], Decimal(0))
        if last - first > _TWO and run == value:
            yield "run", str(first), str(last)
        if last - first >= _TWO and run + value in (*same[:first], *same[last:]):
            yield "part", str(first), str(last)


_TWO = 2


def _in_movement(figure: Figure, value: Decimal, others: Sequence[Figure]) -> Iterator[Equation]:
    """What was there, came, went and remained (「年初3214.60万元，新增218.45万元，报废96.30万元，年末3336.75万元」), side by side."""
    near = [other for other in others if other.unit == figure.unit and other.number]
    before = [other.number for other in near if other.span < figure.span][-_THREE:]
    behind = [other.number for other in near if other.span > figure.span][:_THREE]
    for first in range(len(before) + 1):
        window = (*before[first:], *behind[: _THREE - len(before) + first])
        if len(window) == _THREE:
            one, two, three = window
            if value in (one + two - three, one + three - two, two + three - one):
                yield "movement", str(one), str(three)


_THREE = 3
