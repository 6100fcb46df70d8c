"""Tables that tell a leaf in two rows, its points above its score: 「甲｜分值｜5」, 「｜得分｜4.5」."""

from collections.abc import Callable
from dataclasses import replace

from hengji.extracting.tables.grid import Grid, cell_number, row_spans_of
from hengji.model.document import Cell

_FEWEST = 3  # leaves
_LEVELS = 3  # columns of names


def with_one_row_a_leaf(grid: Grid, kind: Callable[[str], str]) -> Grid:
    """The table with a row a leaf and a column each for points and scores; ``kind`` tells what a header's words name."""
    for column in range(1, grid.columns - 1):
        kinds = [kind(grid.text(row, column)) for row in range(grid.rows)]
        pairs = [
            row
            for row in range(grid.rows - 1)
            if kinds[row] in ("points", "weight") and kinds[row + 1] == "score" and _same_leaf(grid, row, column)
        ]
        if len(pairs) >= _FEWEST:
            return _laid_out(grid, column, pairs)
    return grid


def _same_leaf(grid: Grid, row: int, column: int) -> bool:
    """Whether two rows have the name of one leaf in front, and a number each."""
    name, below = grid.text(row, column - 1), grid.text(row + 1, column - 1)
    numbers = (cell_number(grid.text(each, column + 1)) for each in (row, row + 1))
    return bool(name) and below in ("", name) and None not in numbers


def _laid_out(grid: Grid, column: int, pairs: list[int]) -> Grid:
    heads = ("一级指标", "二级指标", "三级指标")[-column:] if column <= _LEVELS else ()
    if not heads:
        return grid
    model = grid.cells[pairs[0], column]
    labels = [*heads, "分值", "得分"]
    cells: dict[tuple[int, int], Cell] = {
        (0, at): replace(model, text=text, row=0, column=at, rows=1, columns=1) for at, text in enumerate(labels)
    }
    for row, pair in enumerate(pairs, 1):
        own = [grid.cells.get((pair, at)) for at in range(column)]
        told = [*own, grid.cells.get((pair, column + 1)), grid.cells.get((pair + 1, column + 1))]
        for at, cell in enumerate(told):
            if cell is not None:
                cells[row, at] = replace(cell, row=row, column=at, rows=1, columns=1)
    texts = {place: "".join(cell.text.split()) for place, cell in cells.items()}
    width = len(labels)
    lines = tuple(tuple(texts.get((row, at), "") for at in range(width)) for row in range(len(pairs) + 1))
    return Grid(grid.block, cells, texts, len(pairs) + 1, width, lines, row_spans_of(cells))
