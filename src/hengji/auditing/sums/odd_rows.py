"""Which row of a sum that does not hold is the wrong one: by what else its row tells, or by what the report tells elsewhere."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import in_unit, places
from hengji.extracting.tables.grid import Grid
from hengji.model.numerals import read_decimal
from hengji.model.units import dimension

_FEW = 2
_DIGITS = 3  # of a figure told elsewhere: fewer recur by chance
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of a whole and the rows of its parts in one column, with the figures of each, and by how much the whole is more."""

    grid: Grid
    row: int
    parts: Sequence[int]
    column: int
    lines: Mapping[int, Mapping[int, Fraction]]
    gap: Fraction

    def mended(self, row: int) -> Fraction:
        """What a row would have to tell for the sum to hold."""
        told = self.lines[row][self.column]
        return told - self.gap if row == self.row else told + self.gap


def odd_row(case: Case, held: Sum) -> int:
    """The one row that its own figures show to be wrong, or the one figure that is told nowhere else; else that of the whole."""
    rows = [row for row in (held.row, *held.parts) if held.column in held.lines.get(row, {})]
    by_its_row = [row for row in rows if _fits_mended(held, row, rows)]
    if by_its_row:
        return by_its_row[0] if len(by_its_row) == 1 else held.row
    return _told_nowhere_else(case, held, rows)


def _fits_mended(held: Sum, row: int, rows: Sequence[int]) -> bool:
    """Whether another figure in its place would fit what the other columns of a row tell, as all the other rows fit, and it does not."""
    return _share_fits(held, row) or any(
        all(_apart(held, each, a, b, mended=each == row) for each in rows if {a, b} <= held.lines[each].keys())
        and not _apart(held, row, a, b, mended=False)
        and sum({a, b} <= held.lines[each].keys() for each in rows) > _FEW
        for a, b in itertools.permutations(sorted(held.lines[row].keys() - {held.column}), _FEW)
    )


def _apart(held: Sum, row: int, a: int, b: int, *, mended: bool) -> bool:
    """Whether a row's figure, as told or mended, is what two of its others are apart, or make."""
    line = held.lines[row]
    own = held.mended(row) if mended else line[held.column]
    return own in (line[a] - line[b], line[a] + line[b])


def _share_fits(held: Sum, row: int) -> bool:
    """Whether a rate of the row, to the hundredth, is the share of the whole that the mended figure has, and not that of the figure told."""
    whole = held.lines[held.row][held.column]
    if row == held.row or not whole:
        return False
    for rate in _rates(held.grid.row(row)):
        wrong, right = (
            abs(part / whole * _HUNDRED - rate) for part in (held.lines[row][held.column], held.mended(row))
        )
        if wrong > Fraction(1, _HUNDRED) >= right:
            return True
    return False


def _rates(texts: Sequence[str]) -> Iterator[Fraction]:
    for text in texts:
        number = read_decimal(text.removesuffix("%")) if text.endswith("%") else None
        if number is not None:
            yield Fraction(number)


def _told_nowhere_else(case: Case, held: Sum, rows: Sequence[int]) -> int:
    """The one row whose figure stands in no other place of the report, where a slip mends it and all the others stand in one."""
    alone = [row for row in rows if not _elsewhere(case, held, row)]
    if len(alone) != 1 or len(rows) <= _FEW:
        return held.row
    row = alone[0]
    told = held.lines[row][held.column]
    return row if mistaken(told, held.mended(row), places(held.grid.text(row, held.column))) else held.row


def _elsewhere(case: Case, held: Sum, row: int) -> bool:
    block, told = held.grid.block, held.lines[row][held.column]
    if not told or len([c for c in held.grid.text(row, held.column) if c.isdigit()]) < _DIGITS:
        return False
    return any(
        not block.start <= q.span.start < block.end
        and told in ((in_unit(q, "万元"), in_unit(q, "元")) if dimension(q.unit) == "money" else (Fraction(q.number),))
        for q in case.found.quantities
    )
