"""Two values of which a table shows that they are of two of its things: they stand below each other, or its figures make both."""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.facts.fact import Fact
from hengji.auditing.numbers import ratio_fits
from hengji.auditing.slips import digits_of
from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Quantity
from hengji.model.numerals import read_decimal

_DIGITS = 3  # of a number: fewer recur by chance
_HUNDREDTHS = 2


def of_two_rows(case: Case, one: Fact, other: Fact) -> bool:
    """Whether two facts are of two rows: both values stand in one column, or each is a rate that the figures of its own place make."""
    a, b = one.quantity, other.quantity
    if _below_each_other(case, a, b) or _below_each_other(case, b, a):
        return True
    return one.unit == "%" and all(_made_beside(case, rate) for rate in (a, b))


def _below_each_other(case: Case, cell: Quantity, told: Quantity) -> bool:
    """Whether another row of the column of a cell tells the other value: as that cell, or for a number told in words."""
    place = _place(case, cell) if cell.table else None
    if place is None:
        return False
    grid, row, column = place
    below = [each for each in range(grid.rows) if each != row and _tells(grid.text(each, column), told)]
    if told.table:
        return any(grid.span(each, column).start <= told.span.start < grid.span(each, column).end for each in below)
    return bool(below) and len(digits_of(told.value)) >= _DIGITS


def _tells(text: str, told: Quantity) -> bool:
    return read_decimal(text.removesuffix(told.unit)) == read_decimal(told.value)


def _place(case: Case, cell: Quantity) -> tuple[Grid, int, int] | None:
    """The table that a figure stands in, and where."""
    at = cell.span.start
    for grid in case.grids if case.in_table(at) else ():
        if grid.block.start <= at < grid.block.end:
            return next(((grid, r, c) for (r, c), each in grid.cells.items() if each.start <= at < each.end), None)
    return None


def _made_beside(case: Case, rate: Quantity) -> bool:
    """Whether two figures of a rate's own row or sentence make it, to the hundredth."""
    if len(rate.value.partition(".")[2]) != _HUNDREDTHS:
        return False
    beside = {Fraction(number) for number in _figures_beside(case, rate)}
    return any(ratio_fits(rate, low, high) for low, high in itertools.combinations(sorted(beside), 2))


def _figures_beside(case: Case, rate: Quantity) -> Iterator[Fraction]:
    place = _place(case, rate) if rate.table else None
    if place is None:
        yield from (Fraction(q.number) for q in case.by_sentence.get(rate.sentence, ()) if q.unit != "%" and q.number)
        return
    for text in place[0].row(place[1]):
        number = read_decimal(text)
        if number is not None and number > 0:
            yield Fraction(number)
