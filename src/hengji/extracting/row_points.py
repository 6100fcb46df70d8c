"""Points and score of a row in a table of scores."""

import re
from decimal import Decimal

from hengji.extracting.grid import Grid, cell_number, is_empty
from hengji.extracting.score_cells import named_points, pair_in, score_in
from hengji.extracting.score_columns import Columns


def worth_of(grid: Grid, row: int, columns: Columns) -> tuple[Decimal | None, Decimal | None]:
    """Points and score of a row, from the columns of either or of both."""
    pair = pair_in(grid.text(row, columns.get("both")))
    if pair is not None:
        return pair
    points = _points(grid, row, columns)
    if columns.get("score") is None and columns.get("weighted") is None and columns.get("lost") is not None:
        return points, _less(points, grid.text(row, columns.get("lost")))
    return points, score_in(grid.text(row, columns.get("score")), points)


def _less(points: Decimal | None, lost: str) -> Decimal | None:
    """What is left of the points where a table has a column of points taken off only."""
    if points is None or is_empty(lost) or lost in ("无", "不扣分", "未扣分"):
        return points
    number = cell_number(lost.lstrip("-－—"))
    return points - number if number is not None else score_in(lost, points)


def named_worth(
    grid: Grid, row: int, name_column: int, columns: Columns, score: Decimal | None
) -> tuple[str, Decimal | None, Decimal | None]:
    """Name, points and score of a row whose points stand in the cell of its name."""
    text = grid.text(row, name_column)
    bare = re.search("分值|满分|权重", grid.text(columns.row, name_column)) is not None
    told = named_points(text, bare=bare)
    if told is None:
        return text, None, score
    return told.name, told.points, score_in(grid.text(row, columns.get("score")), told.points)


_IN_HEADER = re.compile(r"\((\d{1,3}(?:\.\d+)?)分[^()]*\)")


def _points(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    column = columns.get("points")
    if column is None:
        return _header_points(grid, columns)
    return percent_or_number(grid.text(row, column))


def percent_or_number(text: str) -> Decimal | None:
    """A number of points, printed with or without a percent sign."""
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", text)
    return Decimal(percent[1]) if percent else cell_number(text)


def _header_points(grid: Grid, columns: Columns) -> Decimal | None:
    """Points that the header of the score gives for the whole column: 「得分（10分）」."""
    column = columns.get("score")
    match = _IN_HEADER.search(grid.text(columns.row, column)) if column is not None else None
    return Decimal(match[1]) if match and "rate" in columns.of else None


def number_in(grid: Grid, row: int, column: int | None) -> Decimal | None:
    """The number in a cell of a row; nothing without such a column."""
    return cell_number(grid.text(row, column)) if column is not None else None
