"""One row in a table of scores under a known header: a total, a leaf, a group, a bonus, or more of the leaf above."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.bonus_rows import read_bonus
from hengji.extracting.tables.cell_names import path_in, plain_name
from hengji.extracting.tables.grid import Grid, is_empty
from hengji.extracting.tables.level_words import LEVEL
from hengji.extracting.tables.row_absences import absent_words
from hengji.extracting.tables.row_items import item_of
from hengji.extracting.tables.row_names import TOTAL_NAME, heads_of, name_column_of, number_style, path_of
from hengji.extracting.tables.row_points import name_of_row, worth_of
from hengji.extracting.tables.score_cells import score_in
from hengji.extracting.tables.score_columns import Columns
from hengji.extracting.tables.table_groups import groups_beside_points, is_group, named_groups
from hengji.extracting.tables.table_scores import TableScores
from hengji.extracting.tables.total_rows import read_total
from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Span
from hengji.model.patterns import pattern

_NOTE = pattern(r"注\d?[:：]?|说明:|备注:|填表说明")
_BONUS_GROUP = pattern(
    r"(?:加分|加减分|附加分?|奖励(?:加分|分)|减分|扣分|扣减分|倒扣分?)(?:项目?|指标|因素|事项)?(?:\(.*)?"
)
_PLACEHOLDER = pattern(r"(?:指标\d+[:]?|[…\.]+|无|/|—|-)?")


def read_row(grid: Grid, row: int, columns: Columns, found: TableScores) -> None:
    """Reads one row under a header into what was found."""
    first = next((text for text in grid.row(row) if text), "")
    if TOTAL_NAME.fullmatch(first) and columns.get("budget") is None:
        read_total(grid, row, columns, found)
        return
    if _is_index(grid.row(row)):
        return
    points, score = worth_of(grid, row, columns)
    if _SUBTOTAL.fullmatch(first) and score is not None:  # its group's name may stand beside it
        found.groups.append(ScoredGroup("小计", points, score, grid.row_span(row), 0, table=True))
        return
    if columns.get("budget") is not None or columns.get("spent") is not None:
        if "level1" not in columns.of and (points is not None or score is not None):
            _execution(grid, row, columns, points, score, found)
            return
        if "level1" not in columns.of:
            return
    name_column = name_column_of(grid, row, columns)
    if name_column is None:
        return
    if TOTAL_NAME.fullmatch(grid.text(row, name_column)):
        read_total(grid, row, columns, found)
    elif _continues(grid, row, name_column, columns):
        _go_on(grid, row, columns, score, found)
    else:
        _named_row(grid, row, name_column, columns, (points, score), found)


_SUBTOTAL = pattern(r"(?:本类|本部分|分类|分项)?小计")
_LESS = ("减", "扣", "倒")


_INDEX = pattern(r"[甲乙丙丁戊己庚辛\d]|1\d")


def _is_index(texts: Sequence[str]) -> bool:
    """Whether a row counts the columns: 「甲｜乙｜1｜2｜3」."""
    if len(texts[0]) > 2 or not all(_INDEX.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in texts if text.isdigit()]
    begins = numbers[0] if numbers else 0
    return numbers == list(range(begins, begins + len(numbers)))


def _named_row(
    grid: Grid,
    row: int,
    name_column: int,
    columns: Columns,
    worth: tuple[Decimal | None, Decimal | None],
    found: TableScores,
) -> None:
    """A row with a name of its own: a bonus, a group or a leaf, or one that says nothing."""
    (name, own), (points, score) = name_of_row(grid, row, name_column, columns), worth
    if points is None and own is not None:
        points, score = own.points, score_in(grid.text(row, columns.get("score")), own.points)
    absent = absent_words(grid, row, columns, points) if not columns.plain else None
    named_groups(grid, row, name_column, columns, found)
    groups_beside_points(grid, row, name_column, columns, found)
    if read_bonus(name, points, score, grid.row_span(row), found):
        return
    unscored = points is None and score is None and absent is None
    cell = grid.cells.get((row, name_column))
    if unscored and cell is not None and cell.row < row:
        _lengthen(grid, row, columns, found)
        return
    if unscored and (_is_broken_off(grid, row, name_column, columns, found) or _wraps(grid, row, name_column, found)):
        _join(grid, row, name_column, found)
        return
    if points is None and score is None and _NOTE.match(name):
        return
    told = columns.plain and _states(grid, row, name_column, columns) and not _PLACEHOLDER.fullmatch(name)
    if (unscored and not told) or _names_no_leaf(grid, row, name_column, columns, name, (points, score)):
        return
    path = path_of(grid, row, name_column, columns)
    found.marks[grid.row_span(row).start] = number_style(grid.text(row, name_column))
    name = plain_name(name)
    if columns.joined:
        *above, name = path_in(name)
        path = (*path, *above)
    elif own is not None and score is None and len(grid.distinct(row)) == 1 and grid.columns > 1:
        return  # a group over the whole width, told by its points
    bonus = next((head for head in heads_of(grid, row, name_column, columns) if _BONUS_GROUP.fullmatch(head)), None)
    if bonus is not None:
        if score:
            span = grid.row_span(row)
            found.extras.append(Extra(name, abs(score), span, span, score < 0 or bonus.startswith(_LESS)))
        return
    if is_group(grid, row, name_column, columns, name):
        found.groups.append(ScoredGroup(name, points, score, grid.row_span(row), len(path), table=True))
        return
    found.items.append(item_of(grid, row, columns, name, path, points, score, absent))


def _names_no_leaf(
    grid: Grid,
    row: int,
    name_column: int,
    columns: Columns,
    name: str,
    worth: tuple[Decimal | None, Decimal | None],
) -> bool:
    """Whether a row has only a placeholder for a name, or a dash beside a kind of indicators: 「经济效益指标 | — | — | — | 不适用」."""
    if worth[1]:
        return False
    leaf = grid.text(row, columns.get("level3"))
    dashed = name_column != columns.get("level3") and bool(leaf) and is_empty(leaf)
    return _PLACEHOLDER.fullmatch(name) is not None or (dashed and not worth[0])


def _continues(grid: Grid, row: int, name_column: int, columns: Columns) -> bool:
    """Whether a row only goes on with the leaf above it: name and points are merged from there, or blank."""

    def above(column: int | None) -> bool:
        cell = grid.cells.get((row, column)) if column is not None else None
        return cell is None or cell.row < row

    deepest = next((columns.of[key] for key in ("level3", "name", "level2") if key in columns.of), None)
    cell = grid.cells.get((row, name_column))
    if cell is None or name_column != deepest or cell.row == row or not above(columns.get("points")):
        return False
    return above(columns.get("score")) or columns.get("points") is not None


def _go_on(grid: Grid, row: int, columns: Columns, score: Decimal | None, found: TableScores) -> None:
    """Puts the rule and the score of such a row to those of its leaf."""
    if not found.items:
        return
    item = found.items[-1]
    cell = grid.cells.get((row, columns.of["score"])) if "score" in columns.of else None
    if cell is not None and cell.row == row and score is not None:
        item = replace(item, claimed=(item.claimed or Decimal(0)) + score)
    rule = grid.text(row, columns.get("rule"))
    rules = ";".join(dict.fromkeys(text for text in (item.rule, rule) if text))
    end = max(item.span.end, grid.row_span(row).end)
    whole = Span(item.span.start, end)
    found.items[-1] = replace(item, rule=rules, span=whole, quote=whole, body=whole)


_CHAPTER = pattern(r"[一二三四五六七八九十]{1,2}、")
_ENDED = pattern(r".*[。;!]")


def _is_broken_off(grid: Grid, row: int, name_column: int, columns: Columns, found: TableScores) -> bool:
    """Whether a row holds the second half of the one above, which a page broke off: name and remark go on, nothing else is there."""
    item = found.items[-1] if found.items else None
    if item is None or columns.plain or item.span != grid.row_span(row - 1) or "points" not in columns.of:
        return False
    told = [column for column in range(grid.columns) if grid.text(row, column)]
    above = [grid.text(row - 1, column) for column in told]
    goes_on = all(text and not _ENDED.fullmatch(text) for text in above) and len(told) > 1
    text = grid.text(row, name_column)
    return goes_on and name_column == told[0] and not _CHAPTER.match(text) and is_name(item.name + text)


def _wraps(grid: Grid, row: int, name_column: int, found: TableScores) -> bool:
    """Whether a row holds only the rest of the name above, in a table whose names are all broken at one width: 「群众文化活动」, 「场次」."""
    item = found.items[-1] if found.items else None
    if item is None or item.span != grid.row_span(row - 1) or not _alone(grid, row, name_column):
        return False
    texts = (grid.text(row, name_column), grid.text(row - 1, name_column))
    if any(LEVEL.fullmatch(text) and text != _SATISFACTION for text in texts):
        return False
    rests = [each for each in range(1, grid.rows) if _alone(grid, each, name_column)]
    above = [len(grid.text(each - 1, name_column)) for each in rests]
    width = above[rests.index(row)]
    longest = max(len(grid.text(each, name_column)) for each in range(rests[0] - 1, grid.rows))
    name = item.name + grid.text(row, name_column)
    return width >= _NARROWEST and above.count(width) >= _WRAPPED and longest <= width + 1 and is_name(name)


def _alone(grid: Grid, row: int, column: int) -> bool:
    """Whether a row has words of its own in one column only, under a name."""
    own = [at for at in range(grid.columns) if grid.text(row, at) and grid.cells[row, at].row == row]
    return own == [column] and bool(grid.text(row - 1, column)) and not _PLACEHOLDER.fullmatch(grid.text(row, column))


_SATISFACTION = "满意度"  # ends names
_WRAPPED = 3  # names broken at one width
_NARROWEST = 5  # characters of a column of names


def _join(grid: Grid, row: int, name_column: int, found: TableScores) -> None:
    """Puts the second half of a row to its first."""
    item = found.items[-1]
    whole = Span(item.span.start, grid.row_span(row).end)
    name = item.name + grid.text(row, name_column)
    found.items[-1] = replace(item, name=name, span=whole, quote=whole, body=whole)


def _lengthen(grid: Grid, row: int, columns: Columns, found: TableScores) -> None:
    """Puts what was done, or the remark, that a page broke off to the row above."""
    item = found.items[-1] if found.items else None
    if item is None or item.span != grid.row_span(row - 1):
        return
    whole = Span(item.span.start, max(item.span.end, grid.row_span(row).end))
    actual, remark = (grid.text(row, columns.get(key)) for key in ("actual", "remark"))
    found.items[-1] = replace(
        item, actual=item.actual + actual, remark=item.remark + remark, span=whole, quote=whole, body=whole
    )


def _states(grid: Grid, row: int, name_column: int, columns: Columns) -> bool:
    """Whether a row of a form without points says what was achieved, in a cell of its own."""
    column = columns.of["actual"]
    told, name = grid.text(row, column), grid.text(row, name_column)
    return bool(told) and told != name and not name.endswith("。")


_FUNDS = pattern(r"(?:年度|项目|部门)?(?:预算|支出)?资金(?:总额|合计|总计)[::]?")
_EXECUTED = pattern(r"[\u4e00-\u9fff]{2,6}执行")


def _own_name(grid: Grid, row: int, columns: Columns) -> str:
    """What a row of the money calls its leaf: 「预算执行 | 7105.60 | 9786.40 | …」; the usual name where it names the money."""
    column = columns.get("budget") or columns.get("spent") or 0
    names = (name for name in (plain_name(text) for text in grid.row(row)[:column]) if _EXECUTED.fullmatch(name))
    return next(names, "预算执行率")


def _execution(
    grid: Grid, row: int, columns: Columns, points: Decimal | None, score: Decimal | None, found: TableScores
) -> None:
    """The row that scores budget execution; the rows of its sources carry no score."""
    if any(item.of_execution and item.span.start >= grid.block.start for item in found.items):
        return
    whole = any(TOTAL_NAME.fullmatch(text) or _FUNDS.fullmatch(text) for text in grid.row(row)[:2])
    rate = _PER_CENT.fullmatch(grid.text(row, columns.get("rate")))
    if points is None and rate is not None and score is not None and abs(Decimal(rate[1]) / _TEN - score) < _ROUNDED:
        points = _TEN  # the national form's, which its row does not print: its score is that of ten
    if score is None or (points is None and not whole):
        return
    found.items.append(
        ScoredItem(
            name=_own_name(grid, row, columns),
            path=(),
            points=points,
            claimed=score,
            span=grid.row_span(row),
            quote=grid.row_span(row),
            body=grid.row_span(row),
            actual=grid.text(row, columns.get("rate")),
            remark=grid.text(row, columns.get("remark")),
            table=True,
        )
    )


_PER_CENT = pattern(r"(\d{1,3}(?:\.\d+)?)%")
_TEN = Decimal(10)
_ROUNDED = Decimal("0.06")
