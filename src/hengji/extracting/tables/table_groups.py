"""Groups whose points a table prints beside their names."""

import itertools
from decimal import Decimal

from hengji.extracting.tables.cell_names import plain_name
from hengji.extracting.tables.grid import Grid, cell_number, squeezed
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.row_names import TOTAL_NAME, name_column_of
from hengji.extracting.tables.row_points import percent_or_number, points_of_row
from hengji.extracting.tables.score_cells import NamedPoints, named_points
from hengji.extracting.tables.score_columns import Columns
from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import ScoredGroup, Span
from hengji.model.patterns import pattern

_SUM_NAME = pattern(r"小计|合计")
_NO_GROUP = pattern(r"[满得总计]分|合计|[扣≥≤]|得分|加分|[。;]")
_LONGEST = 20  # characters of a group's name


def _with_points(text: str) -> NamedPoints | None:
    """Name and points of a group's cell: 「产出指标（50分）」, 「（24分）数字化与利用」, 「医保管理产出（43%）」."""
    if len(text) > _LONGEST * 2 or (not text.endswith((")", "分", "]")) and not text.startswith("(")):
        return None
    told = named_points(text)
    if told is None or _NO_GROUP.search(told.name) or not 2 <= len(told.name) <= _LONGEST or "(" in told.name:
        return None
    return told


def named_groups(grid: Grid, row: int, name_column: int, columns: Columns, found: TableScores) -> None:
    """A group whose cell prints its points: 「产出指标（50分）」, told once."""
    for key in ("level1", "level2"):
        column = columns.of.get(key)
        cell = grid.cells.get((row, column)) if column is not None else None
        if cell is None or cell.rows > 1:
            continue
        told = _with_points(grid.text(row, column)) if column is not None and column < name_column else None
        if told is None or any(g.name == told.name and g.table for g in found.groups):
            continue
        depth = 0 if key == "level1" else 1
        found.groups.append(ScoredGroup(told.name, told.points, None, grid.span(row, column or 0), depth, table=True))


def groups_beside_points(grid: Grid, row: int, name_column: int, columns: Columns, found: TableScores) -> None:
    """A group whose points stand in a column of their own beside its name, told once."""
    for depth, key in enumerate(("level1", "level2")):
        column = columns.of.get(key)
        if column is None or column + 1 >= name_column or column + 1 == columns.of.get("points"):
            continue
        cell, name = grid.cells.get((row, column)), plain_name(grid.text(row, column))
        points = percent_or_number(grid.text(row, column + 1))
        if (
            cell is None
            or cell.row != row
            or not name
            or points is None
            or _with_points(grid.text(row, column)) is not None
        ):
            continue
        if header_kind(grid.text(columns.row, column + 1)) in ("points", "weight") and not any(
            g.name == name and g.table for g in found.groups
        ):
            cover = Span(grid.row_span(row).start, grid.row_span(row + cell.rows - 1).end) if cell.rows > 1 else None
            scored = column + 2 < name_column and header_kind(grid.text(columns.row, column + 2)) == "score"
            claim = cell_number(grid.text(row, column + 2)) if scored else None
            span = Span(cell.start, grid.span(row, column + (2 if scored else 1)).end)
            found.groups.append(ScoredGroup(name, points, claim, span, depth, table=True, cover=cover))


def spanning_groups(grid: Grid, found: TableScores) -> None:
    """A group whose merged cell prints its points and reaches over the rows it holds: 「绩效指标（90分）」."""
    for cell in grid.block.cells:
        told = _with_points(squeezed(cell.text))
        alone = told is not None and _is_alone(grid, cell.row)
        if told is not None and (cell.rows > 1 or alone):
            last = grid.row_span(_last_row(grid, cell.row) if alone else cell.row + cell.rows - 1)
            cover = Span(grid.row_span(cell.row).start, last.end)
            span = Span(cell.start, cell.end)
            found.groups.append(ScoredGroup(told.name, told.points, None, span, cell.column, table=True, cover=cover))


def _last_row(grid: Grid, row: int) -> int:
    """The last row under a line that stands over the whole width: before the next such line or the total."""
    for below in range(row + 1, grid.rows):
        first = next((text for text in grid.row(below) if text), "")
        if _is_alone(grid, below) or TOTAL_NAME.fullmatch(first):
            return below - 1
    return grid.rows - 1


def _is_alone(grid: Grid, row: int) -> bool:
    """Whether one cell is all that a row holds."""
    return sum(1 for cell in grid.distinct(row) if cell.text.strip()) == 1


def is_group(grid: Grid, row: int, name_column: int, columns: Columns, name: str) -> bool:
    """A row of a group: named so, its name reaches from a level column over the leaf's, or the deeper rows below make its points."""
    if _SUM_NAME.search(name) or _is_numbered_over(grid, row, columns):
        return True
    deepest = next((columns.of[key] for key in ("level3", "name") if key in columns.of), None)
    if deepest is None or name_column >= deepest or grid.text(row, deepest):
        return False
    cell = grid.cells.get((row, name_column))
    if cell is not None and cell.columns > 1 and cell.rows == 1 and grid.text(row + 1, deepest):
        return True
    return _is_made_below(grid, row, name_column, columns, deepest)


_NUMBER = pattern(r"[A-Z]?\d{1,2}(?:[.-]\d{1,2})*|[A-Z]")


def _is_numbered_over(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether the rows below go on with a row's number and have its points together: 4, and then 4.1 to 4.3."""
    points, number = points_of_row(grid, row, columns), grid.text(row, 0).strip()
    if points is None or not _NUMBER.fullmatch(number):
        return False
    below = itertools.takewhile(
        lambda each: grid.text(each, 0).strip().startswith((f"{number}.", f"{number}-")), range(row + 1, grid.rows)
    )
    parts = [points_of_row(grid, each, columns) or Decimal(0) for each in below]
    return bool(parts) and sum(parts, Decimal(0)) == points


def _is_made_below(grid: Grid, row: int, name_column: int, columns: Columns, deepest: int) -> bool:
    """Whether the rows below, down to the next of its level, have the points of a row together."""
    points, made = points_of_row(grid, row, columns), Decimal(0)
    if points is None:
        return False
    for below in range(row + 1, grid.rows):
        column = name_column_of(grid, below, columns)
        if made >= points or column is None or column <= name_column:
            break
        if column == deepest:
            made += points_of_row(grid, below, columns) or Decimal(0)
    return made == points
