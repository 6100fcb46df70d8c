"""The leaf that a row in a table of scores holds."""

import re
from decimal import Decimal

from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.row_points import number_in
from hengji.extracting.tables.score_columns import Columns
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern


def item_of(
    grid: Grid,
    row: int,
    columns: Columns,
    name: str,
    path: tuple[str, ...],
    points: Decimal | None,
    score: Decimal | None,
    absent: tuple[str, str] | None,
) -> ScoredItem:
    """The leaf of a row, with all that its columns say of it."""
    target = grid.text(row, columns.get("target"))
    if columns.get("target") is not None:
        target = _with_parts(grid, row, columns)
    actual = grid.text(row, columns.get("actual"))
    planned = _PLANNED.fullmatch(actual) if not target else None
    if planned is not None:
        actual, target = planned["done"], planned["plan"]
    gone = absent is not None and not score
    weighted, hundred = number_in(grid, row, columns.get("weighted")), None
    if columns.get("score") is None and weighted is not None:
        score, weighted, hundred = weighted, None, number_in(grid, row, columns.get("hundred"))
    return ScoredItem(
        name=name,
        path=path,
        points=points,
        claimed=None if gone else score,
        span=grid.row_span(row),
        quote=grid.row_span(row),
        body=grid.row_span(row),
        not_applicable=gone,
        reason=absent[0] if absent and gone else "",
        receiver=absent[1] if absent and gone else "",
        weighted=weighted,
        hundred=hundred,
        weight=_weight(grid, row, columns),
        target=target,
        actual=actual,
        remark=grid.text(row, columns.get("remark")),
        rule=grid.text(row, columns.get("rule")),
        meaning=grid.text(row, columns.get("meaning")),
        has_remark=columns.get("remark") is not None,
        table=True,
    )


# What was done and what was planned in one cell: 「225人，计划250人」.
_PLANNED = pattern(
    r"(?:完成|实际)?(?P<done>\d[\d,.]*万?[\u4e00-\u9fff%]{1,4})[,;(](?:年初|年度|全年)?(?:计划|目标)(?:为|值)?(?P<plan>[≥≤]?\d[\d,.]*万?[\u4e00-\u9fff%]{1,4})\)?[。;]?"
)


def _weight(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    """The weight of a row that prints a weighted score."""
    column = columns.get("weight")
    if column is None or columns.get("weighted") is None:
        return None
    if column == columns.get("points") and columns.get("hundred") is None:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%?", grid.text(row, column))
    return Decimal(match[1]) if match else None


def _with_parts(grid: Grid, row: int, columns: Columns) -> str:
    """The target; where operator, number and unit stand in cells of their own they are put together."""
    start = columns.of["target"]
    adjusted = columns.get("adjusted")
    if adjusted is not None and re.match(r"[≥≤=><]*\d", grid.text(row, adjusted)):
        sign = next(
            (t for c in range(max(start - 2, 0), start + 1) if (t := grid.text(row, c)) in ("≥", "≤", "=", ">", "<")),
            "",
        )
        return f"{sign}{grid.text(row, adjusted)}"
    head = grid.text(columns.row, start)
    stop = min((c for k, c in columns.of.items() if c > start and k != "unit"), default=start + 1)
    texts: list[str] = []
    for column in range(max(start - 1, 0), min(stop, start + 4)):
        text = grid.text(row, column)
        operator = re.fullmatch(r"[≥≤=><]|[><]=|定性|定量|不[高低大小少超多][于过]", text)
        if (
            column == start
            or (operator and column < start)
            or (
                column > start
                and len(text) <= 6
                and [text] != texts[-1:]
                and grid.text(columns.row, column) in ("", head, "单位", "计量单位", "度量单位")
            )
        ):
            texts.append(text)
    return "".join(dict.fromkeys(texts))
