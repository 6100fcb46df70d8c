"""Rows that lost the cell of a group above them, and so stand too far to the left, set right under the header of their table."""

from dataclasses import replace

from hengji.extracting.leaves.absences import ABSENT_CELL
from hengji.extracting.list_numbers import NAME_LED
from hengji.extracting.tables.grid import Grid, row_spans_of
from hengji.extracting.tables.row_names import is_sum
from hengji.extracting.tables.row_points import percent_or_number
from hengji.extracting.tables.score_cells import named_points, pair_in, score_in
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

_VALUE = pattern(rf"[≥≤<>=]?(?!{NAME_LED})\d.*|\W*")
_DASH = pattern(r"[—－/\\-]+")
_LEVEL = pattern(
    r"(?:[A-D]|[一二三四][、.])?(?:部门)?(?:投入|过程|产出|效果|效益|管理|决策|履职|满意度)(?:指标|管理|情况|效果|效能)?"
)


def set_right(grid: Grid, header: int, columns: Columns) -> Grid:
    """The grid with such rows moved to the right.

    A row is moved only where nothing that it holds is lost, it does not fit where it stands, and points and score then stand in
    their columns behind words.
    """
    if columns.plain or "budget" in columns.of:
        return grid
    shifts: dict[int, int] = {}
    for row in range(header + 1, grid.rows):
        shift = 0 if is_sum(grid, row) else _shift(grid, row, columns, shifts.get(row - 1, 0))
        if shift:
            shifts[row] = shift
    if not shifts:
        return grid
    cells = {(r, c + shifts.get(r, 0)): cell for (r, c), cell in grid.cells.items()}
    texts = {(r, c + shifts.get(r, 0)): text for (r, c), text in grid.texts.items()}
    within = {key: cell for key, cell in cells.items() if key[1] < grid.columns}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    return replace(grid, cells=within, texts=texts, lines=lines, row_spans=row_spans_of(within))


def _shift(grid: Grid, row: int, columns: Columns, above: int) -> int:
    """How many columns a row stands too far to the left."""
    first = grid.cells.get((row, 0))
    if first is None or first.row != row or first.columns > 1 or _stands(grid, row, columns):
        return 0
    most = min(
        (columns.of[key] for key in ("points", "both", "score", "weighted", "lost") if key in columns.of), default=0
    )
    for shift in range(1, most):
        ends = all(not grid.text(row, grid.columns - back) for back in range(1, shift + 1))
        if (ends or shift == above) and fits(grid, row, columns, shift):
            return shift
    return 0


def _stands(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row need not be moved: it fits, or has words and points where they belong and begins with a level."""
    if fits(grid, row, columns) or not grid.text(row, 0) or _is_value(grid.text(row, 0)):
        return True
    points = columns.get("points")
    return (
        points is not None
        and percent_or_number(grid.text(row, points)) is not None
        and bool(_LEVEL.fullmatch(grid.text(row, 0)))
    )


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None and named_points(text, bare=True) is None


def fits(grid: Grid, row: int, columns: Columns, shift: int = 0) -> bool:
    """Whether name, points and score of a row stand in their columns when it is moved to the right."""

    def text(*keys: str) -> str:
        column = next((columns.of[key] for key in keys if key in columns.of), None)
        return grid.text(row, column - shift) if column is not None and column >= shift else ""

    name = text("level3", "name", "level2", "level1")
    if (not name and shift == 0) or _is_value(name or grid.text(row, 0)):
        return False
    if "both" in columns.of:
        return pair_in(text("both")) is not None
    told, worth = named_points(name, bare=True), text("moved", "points")
    points = percent_or_number(worth) if "points" in columns.of else told.points if told else None
    if points is None or (worth.endswith("%") and columns.get("weight") != columns.get("points")):
        return False
    if not {"score", "weighted"} & columns.of.keys():
        return True
    score = text("score") or text("weighted")
    return score_in(score, points) is not None or bool(
        ABSENT_CELL.fullmatch(score) or (score and _DASH.fullmatch(score))
    )
