"""Points and score of a row in a table of scores."""

import re
from decimal import Decimal

from hengji.extracting.flat import flat
from hengji.extracting.leaves.scored import claim_in
from hengji.extracting.tables.cell_names import without_meaning, without_order
from hengji.extracting.tables.grid import Grid, cell_number, is_empty
from hengji.extracting.tables.row_names import name_column_of
from hengji.extracting.tables.score_cells import NamedPoints, named_points, pair_in, score_in
from hengji.extracting.tables.score_columns import Columns
from hengji.model.numerals import CHINESE, read_chinese
from hengji.model.patterns import pattern


def worth_of(grid: Grid, row: int, columns: Columns) -> tuple[Decimal | None, Decimal | None]:
    """Points and score of a row, from the columns of either or of both."""
    both = columns.get("both")
    pair = pair_in(words_of(grid, row, both), columns.first) if both is not None else None
    if pair is not None:
        return pair
    points = points_of_row(grid, row, columns)
    if points is None and not columns.carried and "points" not in columns.of:
        points = _header_points(grid, row, columns)
    told = columns.get("told")
    if told is not None and points is not None:
        score = told_score(grid, row, told, points)
        if score is None and "lost" in columns.of:
            return points, _less(points, grid.text(row, told))
        return points, score
    if columns.get("score") is None and columns.get("weighted") is None and columns.get("lost") is not None:
        return points, _less(points, grid.text(row, columns.get("lost")))
    text = grid.text(row, columns.get("score"))
    if text.endswith("%") and grid.text(row, columns.get("points")).endswith("%"):
        return points, percent_or_number(text)  # both told in per cent of the whole
    return points, score_in(text, points)


def _less(points: Decimal | None, lost: str) -> Decimal | None:
    """What is left of the points where a table has a column of points taken off only."""
    if points is None or is_empty(lost) or lost in ("无", "不扣分", "未扣分"):
        return points
    number = cell_number(lost.lstrip("-－—"))
    return points - number if number is not None else score_in(lost, points)


def name_of_row(grid: Grid, row: int, name_column: int, columns: Columns) -> tuple[str, NamedPoints | None]:
    """The name of a row without what its cell carries besides, and that name with its points where they stand in its cell."""
    text = grid.text(row, name_column)
    if columns.explained:
        text = re.sub(r"\s", "", without_meaning(words_of(grid, row, name_column))).split(":")[0]
    told = None
    if columns.get("points") is None:
        headed = re.search("分值|满分|权重|标准分", grid.text(columns.row, name_column)) is not None
        told = named_points(text, bare=headed or columns.carried)
    name = told.name if told is not None else text
    if columns.ordered:
        name = without_order(name)
    return name, told


_IN_HEADER = pattern(r"\((?:满分|分值|标准分|权重)?(?:为|:)?(\d{1,3}(?:\.\d+)?)分?(?:满分)?[^()\d]*\)")


def points_of_row(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    """The points of a row: of their column (as they are after some were moved), or of its name."""
    moved = columns.get("moved")
    number = percent_or_number(grid.text(row, moved)) if moved is not None else None
    if number:
        return number
    column = columns.get("points")
    if column is not None:
        return percent_or_number(grid.text(row, column))
    named = name_column_of(grid, row, columns) if columns.carried else None
    told = named_points(grid.text(row, named), bare=True) if named is not None else None
    return told.points if told is not None else None


def told_score(grid: Grid, row: int, column: int, points: Decimal) -> Decimal | None:
    """The score that the words of a cell tell; 「4.5分。有1份资料……」 begins with it."""
    text = words_of(grid, row, column).strip()
    for form in (_LEADING.match, _BOXED.match, _CLOSING.search):
        alone = form(text)
        if alone is not None and Decimal(alone["n"]) <= points:
            return Decimal(alone["n"])
    told = claim_in(text, points) if "分" in text else None
    return told.number if told is not None else None


_LEADING = pattern(r"(?:得分|自评得分|自评|得)?\s?:?\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)(?:\s?分[。,;\s]|[。;])")
_BOXED = pattern(r"[【〔]\s?(?:得|自评)?(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?分?\s?[】〕]")  # 「【4.5】……」
_CLOSING = pattern(r"(?:^|[。;,\s])(?:自评|实际)?得分\s?[:为]\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)$")  # 「……\n得分：4.5」


def words_of(grid: Grid, row: int, column: int) -> str:
    """The words of a cell in one spelling, its lines apart."""
    cell = grid.cells.get((row, column))
    return flat(cell.text) if cell is not None else ""


def percent_or_number(text: str) -> Decimal | None:
    """A number of points, printed with or without a percent sign."""
    told = _WORDED.fullmatch(text) if text.endswith(("%", "分", "值")) else None
    return read_chinese(told["n"]) if told else cell_number(text)


_WORDED = pattern(rf"(?:满分|分值|权重|标准分|应得)?[:为]?(?P<n>\d{{1,3}}(?:\.\d+)?|{CHINESE})(?:%|分(?:值)?)")


def _header_points(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    """Points that the header prints: 「得分（每项5分）」, or of budget execution 「得分（10分）」, 「预算执行情况（10分）」 beside it."""
    column = columns.get("score")
    each = _OF_EACH.search(grid.text(columns.row, column)) if column is not None else None
    if each is not None:
        return Decimal(each["n"])
    if column is None or "rate" not in columns.of or number_in(grid, row, column) is None:
        return None  # one row of the money is scored: the others have a dash
    match = _IN_HEADER.search(grid.text(columns.row, column))
    if match is not None and Decimal(match[1]) < _WHOLE:
        return Decimal(match[1])
    beside = (_EXECUTION.fullmatch(text) for at in (columns.row, row) for text in grid.row(at)[:1])
    return next((Decimal(told["n"]) for told in beside if told is not None), None)


_WHOLE = 100
_OF_EACH = pattern(r"\((?:满分|分值)?每[项个条](?:指标)?(?:满分|分值)?(?:为|:)?(?P<n>\d{1,2}(?:\.\d+)?)分?\)")
_EXECUTION = pattern(r"[^()]{0,8}(?:执行|资金)[^()]{0,6}\((?:满分|分值)?:?(?P<n>\d{1,3}(?:\.\d+)?)分?\)")


def number_in(grid: Grid, row: int, column: int | None) -> Decimal | None:
    """The number in a cell of a row; nothing without such a column."""
    return cell_number(grid.text(row, column)) if column is not None else None
