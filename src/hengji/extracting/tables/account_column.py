"""The column of a table of scores that argues for them, under words that no header is known by: 「计分依据」, 「计算过程与依据」."""

from dataclasses import replace

from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

_TOLD = "remark"  # a table that has one tells its account there
_WORDY = 8  # characters by which a cell argues, and names nothing
_RULE = pattern(r"得满分|每[^,。;]{1,16}扣|不得分|[×*]\s?(?:分值|权重)|(?:分值|权重)\s?[×*]")
_PAPER = pattern(r"佐证|证明|支撑|附件|来源|责任|[科股]室|单位")  # what these columns list is no account


def with_account(grid: Grid, columns: Columns, head: int) -> Columns:
    """The columns with that of the account, where the header names none and one column only has words in most of its rows."""
    if _TOLD in columns.of or columns.plain or "score" not in columns.of:
        return columns
    taken = set(columns.of.values())
    free = [
        column
        for column in range(grid.columns)
        if column not in taken and _unknown(grid.text(head, column)) and _argues(grid, column, head)
    ]
    return replace(columns, of=columns.of | {"remark": free[0]}) if len(free) == 1 else columns


def _unknown(header: str) -> bool:
    return bool(header) and not header_kind(header) and _PAPER.search(header) is None


def _argues(grid: Grid, column: int, head: int) -> bool:
    """Whether most cells of a column are told in words of their own, and few of them are rules."""
    cells = [
        grid.text(row, column)
        for row in range(head + 1, grid.rows)
        if (cell := grid.cells.get((row, column))) is not None and cell.row == row and len(grid.distinct(row)) > 1
    ]
    wordy = [text for text in cells if len(text) >= _WORDY]
    ruled = sum(1 for text in wordy if _RULE.search(text))
    return len(wordy) * 2 > len(cells) and ruled * 3 < len(wordy)
