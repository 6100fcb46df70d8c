"""Which row of a sum that does not hold is the wrong one: the only one whose figure the report tells nowhere else."""

from collections.abc import Mapping
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import in_unit, places
from hengji.extracting.tables.grid import Grid
from hengji.model.units import dimension

_FEW = 2
_DIGITS = 3  # of a figure told elsewhere: fewer recur by chance


def told_nowhere_else(
    case: Case, grid: Grid, lines: Mapping[int, Mapping[int, Fraction]], row: int, column: int, gap: Fraction
) -> int:
    """The one row whose figure stands in no other place of the report, where a slip mends it and all the others stand in one.

    lines has the figures of the whole's row and those of its parts; the gap is what the whole has more than its parts. Else the
    whole's row.
    """
    rows = [each for each, figures in lines.items() if column in figures]
    if _elsewhere(case, grid, row, column, lines[row][column]):
        own = [
            r for r in rows if r != row and (m := lines[r][column] + gap) and _told_beside(grid, lines, r, column, m)
        ]
        own = own or [r for r in rows if r != row and _copied(lines[r], column, gap)]
        if len(own) == 1:
            return own[0]
    alone = [each for each in rows if not _elsewhere(case, grid, each, column, lines[each][column])]
    if len(alone) != 1 or len(rows) <= _FEW:
        return row
    told = lines[alone[0]][column]
    mended = told - gap if alone[0] == row else told + gap
    return alone[0] if mistaken(told, mended, places(grid.text(alone[0], column))) else row


def _told_beside(
    grid: Grid, lines: Mapping[int, Mapping[int, Fraction]], row: int, column: int, meant: Fraction
) -> bool:
    """Whether the row itself tells in another column what a slip of the figure would be right: 66.00 spent of 60.00."""
    slipped = mistaken(lines[row][column], meant, places(grid.text(row, column)))
    return slipped and any(c != column and value == meant for c, value in lines[row].items())


def _copied(figures: Mapping[int, Fraction], column: int, gap: Fraction) -> bool:
    """Whether a row tells in one column what it tells in another, and set right would be no more than the largest of it: 60.00 budget, 80.00 adjusted, 60.00 spent."""
    others = [value for each, value in figures.items() if each != column]
    return gap > 0 and figures[column] in others and figures[column] + gap <= max(others)


def _elsewhere(case: Case, grid: Grid, row: int, column: int, told: Fraction) -> bool:
    block = grid.block
    if not told or sum(character.isdigit() for character in grid.text(row, column)) < _DIGITS:
        return False
    return any(
        not block.start <= q.span.start < block.end
        and told in ((in_unit(q, "万元"), in_unit(q, "元")) if dimension(q.unit) == "money" else (Fraction(q.number),))
        for q in case.found.quantities
    )
