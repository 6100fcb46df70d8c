"""Tables of scores without a header: every row says itself what it is."""

import re
from decimal import Decimal

from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_POINTS_CELL = pattern(r"(?:满分|分值|权重|应得分?|标准分|指标分值)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,2})?)分?")
_SCORE_CELL = pattern(r"(?:本项|实际|单位)?(?:自评|实)?(?:得分|得|计|评分)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,4})?)分?")
_NAME_CELL = pattern(r"(?:\d{1,2}[.、]|[(]\d{1,2}[)])?(?P<name>(?:12\d{3})?[\u4e00-\u9fff\"“”、()]{3,24})")
_HUNDRED = Decimal(100)


def read_headless(grid: Grid, found: TableScores) -> bool:
    """A table without a header whose rows all say name, points and score themselves: 「预算执行率｜满分10分｜…｜得9.5分」."""
    name = next((column for column in range(min(grid.columns, 2)) if _all(grid, column, _NAME_CELL)), None)
    worth = _column(grid, name, _POINTS_CELL)
    score = _column(grid, worth, _SCORE_CELL)
    if name is None or worth is None or score is None:
        return False
    told = [_leaf(grid, row, name, worth, score) for row in range(grid.rows)]
    worded = all("分" in grid.text(row, column) for row in range(grid.rows) for column in (worth, score))
    if not told or not (worded or sum((i.points or Decimal(0) for i in told), Decimal(0)) == _HUNDRED):
        return False
    found.items.extend(told)
    found.tables.add(grid.block.start)
    return True


def _column(grid: Grid, before: int | None, form: re.Pattern[str]) -> int | None:
    """The first column behind another all of whose cells have a form."""
    if before is None:
        return None
    return next((column for column in range(before + 1, grid.columns) if _all(grid, column, form)), None)


def _all(grid: Grid, column: int, form: re.Pattern[str]) -> bool:
    return all(form.fullmatch(grid.text(row, column)) for row in range(grid.rows))


def _leaf(grid: Grid, row: int, name: int, worth: int, score: int) -> ScoredItem:
    named, points = _NAME_CELL.fullmatch(grid.text(row, name)), _POINTS_CELL.fullmatch(grid.text(row, worth))
    got, span = _SCORE_CELL.fullmatch(grid.text(row, score)), grid.row_span(row)
    assert named is not None
    assert points is not None
    assert got is not None
    facts = ";".join(text for c, text in enumerate(grid.row(row)) if text and c > name and c not in (worth, score))
    rule = facts if "比例" in facts else ""
    number, claim = Decimal(points["n"]), Decimal(got["n"])
    return ScoredItem(named["name"], (), number, claim, span, span, span, actual=facts, rule=rule, table=True)
