"""Rows that lost the cell of a group above them, set right."""

import re
from dataclasses import replace

from hengji.extracting.grid import Grid, cell_number, row_spans_of
from hengji.extracting.score_columns import Columns

_VALUE = re.compile(r"[≥≤<>=]?\d.*|\W*")


def set_right(grid: Grid, header: int, columns: Columns) -> Grid:
    """The grid with the rows that lost the cell of a group above them, and so stand one or two columns to the left, set right.

    A row is moved only where its end is empty, its score is missing and points, score and name then stand in their columns.
    """
    name, points, score = (columns.get(key) for key in ("level3", "points", "score"))
    if name is None or points is None or score is None or name == 0:
        return grid
    shifts: dict[int, int] = {}
    for row in range(header + 1, grid.rows):
        if cell_number(grid.text(row, score)) is not None and not _VALUE.fullmatch(grid.text(row, name)):
            continue
        for shift in range(1, name + 1):
            ends = all(not grid.text(row, grid.columns - back) for back in range(1, shift + 1))
            ends = ends or shifts.get(row - 1) == shift  # as the row above it, whatever stands at its end
            worth, got = (cell_number(grid.text(row, column - shift)) for column in (points, score))
            if ends and None not in (worth, got) and not _VALUE.fullmatch(grid.text(row, name - shift)):
                shifts[row] = shift
                break
    if not shifts:
        return grid
    cells = {(r, c + shifts.get(r, 0)): cell for (r, c), cell in grid.cells.items()}
    texts = {(r, c + shifts.get(r, 0)): text for (r, c), text in grid.texts.items()}
    within = {key: cell for key, cell in cells.items() if key[1] < grid.columns}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    return replace(grid, cells=within, texts=texts, lines=lines, row_spans=row_spans_of(within))
