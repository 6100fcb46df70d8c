"""Tables that give a leaf's score in the column of its grade: 「优｜良｜中｜差」, a number in one of them, or a tick where the header says what it is worth."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.tables.grid import Grid, cell_number, is_empty
from hengji.model.document import Cell

_GRADE = re.compile(
    r"(?:优秀?|良好?|中等?|一般|合格|及格|基本合格|较?差|不合格|不及格|好|较好|[ABCD]级?)(?:\((?P<rate>\d{1,3})%\))?"
)
_TICK = re.compile(r"[√✓✔☑●■]")
_FEWEST = 3  # columns of grades
_HEADS = 4  # rows in which a header may stand
_HUNDRED = Decimal(100)


def with_graded_scores(grid: Grid, kind: Callable[[str], str]) -> Grid:
    """The table with one column of scores more, where columns of grades hold them; ``kind`` tells what a header's words name."""
    for row in range(min(_HEADS, grid.rows)):
        texts = grid.row(row)
        grades = [column for column, text in enumerate(texts) if _GRADE.fullmatch(text)]
        if len(grades) < _FEWEST:
            continue
        kinds = [kind(text) for text in texts]
        if "score" in kinds or "points" not in kinds:
            return grid
        told = dict(_scores(grid, row, grades, kinds.index("points")))
        return _with_column(grid, row, told) if len(told) >= _FEWEST else grid
    return grid


def _scores(grid: Grid, head: int, grades: list[int], worth: int) -> Iterator[tuple[int, Cell]]:
    """The rows below a header that have one number, or one tick of a known worth, in the columns of grades."""
    for row in range(head + 1, grid.rows):
        marked = [column for column in grades if not is_empty(grid.text(row, column))]
        if len(marked) != 1:
            continue
        column, text = marked[0], grid.text(row, marked[0])
        cell, points = grid.cells[row, column], cell_number(grid.text(row, worth))
        rate = _GRADE.fullmatch(grid.text(head, column))
        if cell.columns > 1:
            continue
        if cell_number(text) is not None:
            yield row, cell
        elif _TICK.fullmatch(text) and rate is not None and rate["rate"] and points is not None:
            yield row, replace(cell, text=f"{(points * Decimal(rate['rate']) / _HUNDRED).normalize():f}")


def _with_column(grid: Grid, head: int, scores: dict[int, Cell]) -> Grid:
    cells, texts = dict(grid.cells), dict(grid.texts)
    last = grid.columns
    for row in range(grid.rows):
        if row <= head:
            cells[row, last] = replace(grid.cells[row, last - 1], text="得分", column=last, columns=1)
            texts[row, last] = "得分"
        elif row in scores:
            cells[row, last] = replace(scores[row], column=last)
            texts[row, last] = scores[row].text.strip()
    lines = tuple((*line, texts.get((row, last), "")) for row, line in enumerate(grid.lines))
    return replace(grid, cells=cells, texts=texts, columns=last + 1, lines=lines)
