"""Rows that lost the cell of a group above them, set right under the header of their table."""

import re
from dataclasses import replace

from hengji.extracting.cell_names import pair_in, parted
from hengji.extracting.grid import Grid, cell_number, row_spans_of
from hengji.extracting.score_columns import DASH, NOT_ASSESSED, Columns, header_at, is_sum, number_in

_VALUE = re.compile(r"(?!1[12]\d{1,3}(?:热线|平台|政务|便民|接|出警|急救|指挥))[≥≤<>=]?\d.*|\W*")


def set_right(grid: Grid, header: int, columns: Columns) -> Grid:
    """The grid with the rows that lost the cell of a group above them, and so stand one or two columns to the left, set right.

    A row is moved only where its end is empty, it does not fit where it stands, and fits better further to the right.
    """
    shifts: dict[int, int] = {}
    for row in range(header + 1, grid.rows):
        shift = _shift(grid, row, columns)
        if shift:
            shifts[row] = shift
    if not shifts:
        return grid
    cells = {(r, c + shifts.get(r, 0)): cell for (r, c), cell in grid.cells.items()}
    texts = {(r, c + shifts.get(r, 0)): text for (r, c), text in grid.texts.items()}
    within = {key: cell for key, cell in cells.items() if key[1] < grid.columns}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    return replace(grid, cells=within, texts=texts, lines=lines, row_spans=row_spans_of(within))


def _shift(grid: Grid, row: int, columns: Columns) -> int:
    """How many columns a row stands too far to the left."""
    name = next((columns.of[key] for key in ("level3", "name", "level2") if key in columns.of), None)
    if not name or ("score" not in columns.of and "lost" not in columns.of) or _fit(grid, row, columns, 0) == _FITS:
        return 0
    texts = grid.row(row)
    free = next((back for back, text in enumerate(reversed(texts)) if text), len(texts))
    shifts = range(min(name, free) + 1)
    return max(shifts, key=lambda shift: (_fit(grid, row, columns, shift), -shift), default=0)


_FITS = 3


def fits(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether name, points and score of a row stand in their columns."""
    return _fit(grid, row, columns, 0) == _FITS


def _fit(grid: Grid, row: int, columns: Columns, shift: int) -> int:
    """How many of name, points and score stand in their columns when a row is moved to the right."""

    def text(*keys: str) -> str:
        column = next((columns.of[key] for key in keys if key in columns.of), None)
        return grid.text(row, column - shift) if column is not None and column >= shift else ""

    named, score = text("level3", "name", "level2"), text("score", "lost")
    carries = columns.get("points") is None and parted(named, bare=True)[1] is not None
    fits = int(bool(named) and not _VALUE.fullmatch(named))
    fits += int(cell_number(text("points")) is not None or carries or pair_in(score) is not None)
    return fits + int(
        cell_number(score) is not None
        or pair_in(score) is not None
        or bool(DASH.fullmatch(score) or NOT_ASSESSED.fullmatch(score))
    )


def _stands(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row is a leaf's, as it stands or moved, or one of a group that has points and a score."""
    if _fit(grid, row, columns, _shift(grid, row, columns)) == _FITS:
        return True
    return None not in (number_in(grid, row, columns.get("points")), number_in(grid, row, columns.get("score")))


def stands_right(grid: Grid) -> bool:
    """Whether a table has a header and nearly all rows below fit it, moved to the right where they lost a group's cell."""
    for row in range(grid.rows):
        header = header_at(grid, row)
        if header is not None:
            columns, last = header
            rows = [below for below in range(last + 1, grid.rows) if not is_sum(grid, below)]
            right = [row for row in rows if _stands(grid, row, columns)]
            return len(rows) > 1 and len(right) * 5 >= len(rows) * 4
    return False
