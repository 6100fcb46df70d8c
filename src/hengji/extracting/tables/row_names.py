"""The name of a row in a table of scores, the number in front of it and the levels above it."""

from collections.abc import Iterator

from hengji.extracting.list_numbers import NOT_A_MONTH, OPENS_NAME
from hengji.extracting.tables.cell_names import plain_name
from hengji.extracting.tables.grid import Grid, cell_number, is_empty
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

TOTAL_NAME = pattern(
    r"(?:总分|合计|总计|(?:基础|基本)分(?:合计|小计|总计)?|自评总分|基础得分|最终得分|总得分|得分合计|合计得分|综合得分|(?:加权|综合|评价)(?:总分|总得分|得分合计)|加权(?:合计|得分)|总分值|总评分|分数合计)(?:数)?(?:\(.{0,14}\))?[::]?"
)
_GROUP_NAME = pattern(r"小计|合计")
_STYLE = pattern(
    r"(?P<big>[一二三四五六七八九十]{1,3}、)|(?P<round>\([一二三四五六七八九十]{1,3}\))|(?P<small>\d{1,2}[.、]"
    + OPENS_NAME
    + r")"
    r"|(?P<rounded>\(\d{1,2}\))|(?P<ring>[①-⑳])|(?P<dotted>\d{1,2}(?:\.\d{1,2})+" + NOT_A_MONTH + ")"
)


def number_style(name: str) -> str:
    """The form of the number in front of a name; empty where there is none."""
    match = _STYLE.match(name)
    if match is None:
        return ""
    return f"dotted{match[0].count('.')}" if match.lastgroup == "dotted" else str(match.lastgroup)


def name_column_of(grid: Grid, row: int, columns: Columns) -> int | None:
    """The deepest name column that holds words in this row and begins in it."""
    wanted = [columns.of[key] for key in ("level3", "name", "level2", "level1") if key in columns.of]
    for column in wanted:
        text = grid.text(row, column)
        if text and not is_empty(text) and cell_number(text) is None:
            return column
    return None


def path_of(grid: Grid, row: int, name_column: int, columns: Columns) -> tuple[str, ...]:
    """The names of the levels above the name of a row, from the top."""
    names: list[str] = []
    for key in ("level1", "level2", "name"):
        column = columns.of.get(key)
        if column is None or column >= name_column:
            continue
        text = grid.text(row, column) or _above(grid, row, column, columns.row)
        level = _LEVEL_POINTS.sub("", plain_name(text))
        if text and not is_empty(text) and level not in names and cell_number(text) is None:
            names.append(level)
    own = plain_name(grid.text(row, name_column))
    return tuple(name for name in names if name != own)


def heads_of(grid: Grid, row: int, name_column: int, columns: Columns) -> Iterator[str]:
    """The words of every column in front of the name of a row, whether or not its header tells a level."""
    for column in range(name_column):
        yield plain_name(grid.text(row, column) or _above(grid, row, column, columns.row))


_LEVEL_POINTS = pattern(r"(?<=[\u4e00-\u9fff]{2})\(?\d{1,3}(?:\.\d+)?(?:分|%)?\)?$")  # 「过程40分」


def _above(grid: Grid, row: int, column: int, header: int) -> str:
    """The last words above an empty cell of a level column: files that lose merging leave it blank."""
    for upper in range(row - 1, header, -1):
        text = grid.text(upper, column)
        if text:
            return "" if TOTAL_NAME.fullmatch(text) else text
    return ""


def is_sum(grid: Grid, row: int) -> bool:
    """Whether a row is one of sums: of a group or of the whole."""
    first = next((text for text in grid.row(row) if text), "")
    return bool(TOTAL_NAME.fullmatch(first) or _GROUP_NAME.search(first))
