"""Rows that score by a coefficient, of tables and of lines set apart by strokes: 「预算执行率／10／100%／97.00%／0.97／9.70」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.rescoring.sheet import compact
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import Span
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

COEFFICIENT = pattern(r"(?:得分|计分|完成|评分|达成|实现|指标)?系数(?:\(.{1,4}\))?")
_STROKE = "／"
_FEWEST = 4  # cells of a line, and lines of a table
_HUNDRED = 100
_HEADS = 3  # rows


@dataclass(frozen=True, slots=True)
class CoefficientRow:
    """A row with its points, its share of them and its score, and what it aimed at and reached where columns tell that."""

    name: str
    points: Fraction
    share: Fraction
    score: Fraction
    target: str
    actual: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Columns:
    points: int
    share: int
    score: int
    target: int | None
    actual: int | None


def lines_with_coefficients(case: Case) -> Iterator[list[CoefficientRow]]:
    """The rows of each list of lines that strokes set apart and whose heads, told before them, name a coefficient."""
    columns: _Columns | None = None
    rows: list[CoefficientRow] = []
    for match in _LINE.finditer(case.found.document.text) if _STROKE in case.found.document.text else ():
        cells = [cell.strip() for cell in match[0].split(_STROKE)]
        heads = _columns(
            [compact(_BEHIND_HEAD.sub("", cell)) for cell in _TOLD_BEFORE.sub("", match[0]).split(_STROKE)]
        )
        if heads is not None:
            columns = heads
        elif columns is not None and (row := _row(cells, columns, Span(*match.span()))) is not None:
            rows.append(row)
    if len(rows) >= _FEWEST:
        yield rows


_LINE = pattern(rf"[^\n{_STROKE}]*(?:{_STROKE}[^\n{_STROKE}]*){{3,}}")
_TOLD_BEFORE, _BEHIND_HEAD = pattern(r"^.*[:：]"), pattern(r"[（(].*$|。.*$")


def rows_with_coefficients(case: Case) -> Iterator[list[CoefficientRow]]:
    """The rows of each table with a column of coefficients."""
    for grid in case.grids:
        columns: _Columns | None = None
        rows: list[CoefficientRow] = []
        for row in range(grid.rows):
            texts = grid.row(row)
            heads = _columns(texts) if row < _HEADS else None
            if heads is not None:
                columns = heads
            elif columns is not None and (told := _row(texts, columns, grid.row_span(row))) is not None:
                rows.append(told)
        if rows:
            yield rows


def _columns(texts: Sequence[str]) -> _Columns | None:
    """Where the points, the coefficients and the scores stand, by a row of heads."""
    kinds = {header_kind(text): column for column, text in reversed(list(enumerate(texts)))}
    share = next((column for column, text in enumerate(texts) if COEFFICIENT.fullmatch(text.strip())), None)
    points, score = kinds.get("points", kinds.get("weight")), kinds.get("score")
    if share is None or points is None or score is None or score == share:
        return None
    named = {word: column for column, text in enumerate(texts) for word in ("目标", "实际") if text.startswith(word)}
    return _Columns(
        points, share, score, kinds.get("target", named.get("目标")), kinds.get("actual", named.get("实际"))
    )


def _row(texts: Sequence[str], columns: _Columns, span: Span) -> CoefficientRow | None:
    """A row of figures; None where it has not all three."""
    if max(columns.points, columns.share, columns.score) >= len(texts):
        return None
    values = [
        read_decimal(re.sub("%$", "", texts[at].strip())) for at in (columns.points, columns.share, columns.score)
    ]
    points, share, score = (Fraction(value) if value is not None else None for value in values)
    if not points or share is None or score is None or not 0 <= share <= _HUNDRED or score > points:
        return None
    share = share / _HUNDRED if share > 1 or "%" in texts[columns.share] else share
    target, actual = (
        texts[at] if at is not None and at < len(texts) else "" for at in (columns.target, columns.actual)
    )
    return CoefficientRow(texts[_name(texts, columns.points)], points, share, score, target, actual, span)


def _name(texts: Sequence[str], points: int) -> int:
    """The column of the name: the last one with words before the points."""
    return max((at for at in range(points) if not texts[at].strip().isdigit()), default=0)
