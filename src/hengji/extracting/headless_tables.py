"""Tables of scores without a header: every row says itself what it is."""

import re
from decimal import Decimal

from hengji.extracting.grid import Grid
from hengji.extracting.table_scores import TableScores
from hengji.model.extraction import ScoredItem

_POINTS_CELL = re.compile(r"(?:满分|分值|权重|应得分?|标准分|指标分值)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,2})?)分?")
_SCORE_CELL = re.compile(r"(?:本项|实际|单位)?(?:自评|实)?(?:得分|得|计|评分)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,4})?)分?")
_NAME_CELL = re.compile(r"(?:\d{1,2}[.、]|[(]\d{1,2}[)])?(?P<name>[\u4e00-\u9fff\"“”、()]{3,24})")
_HUNDRED = Decimal(100)


def read_headless(grid: Grid, found: TableScores) -> bool:
    """A table without a header whose rows all say name, points and score themselves: 「预算执行率｜满分10分｜得9.5分｜…」."""
    told: list[ScoredItem] = []
    for row in range(grid.rows):
        name, points, score = (_NAME_CELL, _POINTS_CELL, _SCORE_CELL)
        cells = [form.fullmatch(grid.text(row, column)) for column, form in enumerate((name, points, score))]
        if grid.columns < len(cells) or any(cell is None for cell in cells):
            return False
        named, worth, got = (cell for cell in cells if cell is not None)
        span = grid.row_span(row)
        number = Decimal(worth["n"])
        facts = ";".join(text for text in grid.row(row)[3:] if text)
        rule = facts if "比例" in facts else ""
        told.append(
            ScoredItem(
                named["name"], (), number, Decimal(got["n"]), span, span, span, actual=facts, rule=rule, table=True
            )
        )
    worded = all("分" in grid.text(row, column) for row in range(grid.rows) for column in (1, 2))
    if not told or not (worded or sum((i.points or Decimal(0) for i in told), Decimal(0)) == _HUNDRED):
        return False
    found.items.extend(told)
    found.tables.add(grid.block.start)
    return True
