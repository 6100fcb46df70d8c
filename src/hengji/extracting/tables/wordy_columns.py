"""The columns of a table of scores that are told in words: which holds the rules, which what was done.

Their headers have no fixed words (「指标说明｜评分标准｜自评依据｜扣分理由」, 「扣分规则｜2022年完成值」), so the cells below them decide
where the header does not.
"""

from dataclasses import replace

from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.score_columns import Columns
from hengji.model.patterns import pattern

_TOLD = "remark"  # a table that has one tells its account there
_DONE, _RULES = "actual", "rule"
_WORDY = 8  # characters by which a cell argues, and names nothing
_FEWEST = 3  # rules by which a column is known as theirs
_RULE = pattern(
    r"满分|每[^,。;]{1,16}扣|不得分|全得|[×*]\s?(?:分值|权重|\d+(?:\.\d+)?\s?分)|(?:分值|权重)\s?[×*]"
    r"|(?:[≥≤]|以上|以下|达到|达标|超过|不超|低于|及格|完成|齐全|按时|按期)[^,。;]{0,14}?\d+(?:\.\d+)?\s?分(?!点)"
    r"|按[^,。;]{0,12}(?:计分|得分|赋分|扣分|给分)|各\s?\d+(?:\.\d+)?\s?分|扣完为止|[一1](?:项|处|次|笔|个|起)扣"
)
_PAPER = pattern(  # what these columns list is no account; 「佐证事实」 is
    r"(?:佐证|证明|支撑)(?:性)?(?:材料|资料|文件|目录|编号|清单|附件|件|依据)?$|附件|来源|责任|[科股]室|单位"
)


def with_account(grid: Grid, columns: Columns, head: int) -> Columns:
    """The columns with those of the rules and of the account where the header does not say which these are."""
    if columns.plain or "score" not in columns.of:
        return columns
    columns = _with_meanings(grid, _with_rules(grid, columns, head), head)
    if _TOLD in columns.of and _DONE in columns.of:
        return columns
    free = _free(grid, columns, head)
    kind = _DONE if _TOLD in columns.of else _TOLD
    return replace(columns, of=columns.of | {kind: free[0]}) if len(free) == 1 else columns


def _free(grid: Grid, columns: Columns, head: int) -> list[int]:
    """The columns that argue under words that no header is known by."""
    taken = set(columns.of.values())
    return [
        column
        for column in range(grid.columns)
        if column not in taken and _unknown(grid.text(head, column)) and _argues(grid, column, head)
    ]


def _with_rules(grid: Grid, columns: Columns, head: int) -> Columns:
    """The columns with that of the rules: the one with most of them, where the header's own holds hardly any."""
    own = columns.get(_RULES)
    if own is not None and _ruled(grid, own, head) * 3 >= len(_told(grid, own, head)):
        return columns
    others = {c for key, c in columns.of.items() if key not in (_TOLD, _RULES)}
    best = max((c for c in range(grid.columns) if c not in others), key=lambda c: _ruled(grid, c, head), default=None)
    if best is None or best == own:
        return columns
    rules = _ruled(grid, best, head)
    named = rules > 0 and header_kind(grid.text(head, best)) == _RULES  # 「指标说明｜评分标准」
    if not named and (rules < _FEWEST or rules * 2 < len(_told(grid, best, head))):
        return columns
    kept = {key: c for key, c in columns.of.items() if c != best}
    if best == columns.get(_TOLD) and _DONE not in kept and not _free(grid, columns, head):
        return columns  # it tells the facts with the rule that they fall under
    return replace(columns, of=kept | {_RULES: best})


def _with_meanings(grid: Grid, columns: Columns, head: int) -> Columns:
    """The columns with that of what the indicators mean, beside that of the rules: 「指标说明｜评分标准」."""
    taken = set(columns.of.values())
    named = (c for c in range(grid.columns) if c not in taken and header_kind(grid.text(head, c)) == _RULES)
    meaning = next(named, None) if _RULES in columns.of else None
    return columns if meaning is None else replace(columns, of=columns.of | {"meaning": meaning})


def _unknown(header: str) -> bool:
    """Whether a header says nothing of its column, and does not promise papers."""
    return bool(header) and not header_kind(header) and _PAPER.search(header) is None


def _argues(grid: Grid, column: int, head: int) -> bool:
    """Whether most cells of a column are told in words of their own, and few of them are rules."""
    cells = _told(grid, column, head)
    wordy = [text for text in cells if len(text) >= _WORDY]
    return len(wordy) * 2 > len(cells) and sum(1 for text in wordy if _RULE.search(text)) * 3 < len(wordy)


def _ruled(grid: Grid, column: int, head: int) -> int:
    """How many cells of a column are rules."""
    return sum(1 for text in _told(grid, column, head) if _RULE.search(text))


def _told(grid: Grid, column: int, head: int) -> list[str]:
    """The cells of a column in the rows of leaves."""
    return [
        grid.text(row, column)
        for row in range(head + 1, grid.rows)
        if (cell := grid.cells.get((row, column))) is not None and cell.row == row and len(grid.distinct(row)) > 1
    ]
