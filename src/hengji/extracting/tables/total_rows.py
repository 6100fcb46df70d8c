"""Totals and grades in tables of scores, and on the cover of a form."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.extracting.tables.grid import Grid, cell_number, squeezed
from hengji.extracting.tables.row_points import number_in, worth_of
from hengji.extracting.tables.score_columns import Columns
from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import Span, Stated
from hengji.model.patterns import pattern

_GRADE = pattern(
    r"(?:(?:自评|评价|综合|绩效)?(?:等级|等次|结论|评级)[:为]?)?\"?(?P<g>优秀|优|良好|良|中等?|差|合格|不合格)\"?(?:[(;,。].*)?"
)
_LABEL_MARKS = pattern(r"[\s:：]")
_TOTAL_LABEL = pattern(r"(?:自评|综合|评价|总)(?:总)?(?:得分|分|评分|总分)(?:\(分\)|（分）)?")
_GRADE_LABEL = pattern(r"(?:自评|评价|绩效)?(?:等级|等次|结论|评级)")


def read_outside(grid: Grid, row: int, found: TableScores) -> None:
    """Rows before any header: a total or a grade on the cover of a form (「自评得分」 | 「96.5」)."""
    cells = grid.distinct(row)
    for cell, after in itertools.pairwise(cells):
        label = _LABEL_MARKS.sub("", cell.text)
        if _TOTAL_LABEL.fullmatch(label):
            number = cell_number(re.sub(r"\s", "", after.text))
            if number is not None:
                found.totals.append(Stated(str(number), Span(after.start, after.end)))
        graded = _GRADE.fullmatch(squeezed(after.text)) if _GRADE_LABEL.fullmatch(label) else None
        if graded is not None:
            found.grades.append(Stated(graded["g"], Span(after.start, after.end)))


def read_total(grid: Grid, row: int, columns: Columns, found: TableScores) -> None:
    """Puts the total, the points and the grade of a row of totals to what was found."""
    column = columns.get("weighted") if columns.get("weighted") is not None else columns.get("score")
    number = number_in(grid, row, column)
    points, got = worth_of(grid, row, columns)
    if number is None and got is not None and (columns.get("both") is not None or columns.get("score") is None):
        number, column = got, next(columns.of[key] for key in ("both", "lost", "points") if key in columns.of)
    numbers = list(_numbers(grid, row))
    if number is None and numbers:
        number, column = numbers[-1]
    if number is not None and column is not None:
        first = next((text for text in grid.row(row) if text), "")
        (found.bases if first.startswith(("基础", "基本")) else found.totals).append(
            Stated(str(number), grid.span(row, column))
        )
    if points is not None and len(numbers) > 1:
        found.points_total.append(Stated(str(points), grid.span(row, columns.of["points"])))
    for cell in grid.distinct(row):
        graded = _GRADE.fullmatch(squeezed(cell.text))
        if graded is not None:
            found.grades.append(Stated(graded["g"], Span(cell.start, cell.end)))


def _numbers(grid: Grid, row: int) -> Iterator[tuple[Decimal, int]]:
    for cell in grid.distinct(row):
        number = cell_number(re.sub(r"\s", "", cell.text))
        if number is not None:
            yield number, cell.column
