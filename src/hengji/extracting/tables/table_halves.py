"""The two halves of a form that sets two leaves beside each other."""

from dataclasses import replace

from hengji.extracting.tables.grid import Grid, row_spans_of
from hengji.extracting.tables.header_words import header_kind

_NARROWEST = 3  # columns of half a table


def halves(grid: Grid) -> tuple[Grid, ...]:
    """The two tables of a form that sets two leaves beside each other, under the same headers twice; none for any other table."""
    width = grid.columns // 2
    if grid.columns % 2 or width < _NARROWEST:
        return ()
    twice = any(
        line[:width] == line[width:] and all(line) and "score" in {header_kind(text) for text in line}
        for line in grid.lines
    )
    return (_part(grid, 0, width), _part(grid, width, width)) if twice else ()


def _part(grid: Grid, first: int, width: int) -> Grid:
    """Some of a table's columns."""
    inside = {(r, c - first): (r, c) for r, c in grid.cells if first <= c < first + width}
    cells = {key: grid.cells[old] for key, old in inside.items()}
    return replace(
        grid,
        cells=cells,
        row_spans=row_spans_of(cells),
        texts={key: grid.texts[old] for key, old in inside.items()},
        columns=width,
        lines=tuple(line[first : first + width] for line in grid.lines),
    )
