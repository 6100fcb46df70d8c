"""R06 of tables with a column of coefficients: the score of a row is its points times its coefficient."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.extracting.tables.header_words import header_kind
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal, round_half_up
from hengji.model.patterns import pattern

_COEFFICIENT = pattern(r"(?:得分|计分|完成|评分|达成|实现|指标)?系数(?:\(.{1,4}\))?")
_LITTLE = Fraction(11, 1000)
_HUNDRED = 100
_MOST = 3  # rows of heads
_SAID = pattern(r"[扣加减调并]\s?\d")


def points_times_coefficient(case: Case) -> Iterator[Finding]:
    """R06: 「权重8 | 得分系数85% | 得分7.2」 in a table whose other rows are points × coefficient."""
    for grid in case.grids:
        columns: tuple[int, int, int] | None = None
        kept, odd = 0, []
        for row in range(grid.rows):
            texts = grid.row(row)
            if row < _MOST and (heads := _columns(texts)) is not None:
                columns = heads
                continue
            told = _told(texts, columns) if columns is not None else None
            if told is None:
                continue
            points, share, score = told
            expected = points * share
            if abs(expected - score) <= _LITTLE or any(Fraction(round_half_up(expected, n)) == score for n in (0, 1)):
                kept += 1
            elif not _SAID.search("".join(texts)):
                odd.append((row, told))
        for row, (points, share, score) in odd if kept >= len(odd) else ():
            right = number(points * share)
            message = f"分值{number(points)}分，系数{number(share)}，应得{right}分，得分写{number(score)}分"
            yield case.finding("R06", grid.row_span(row), message, stated=number(score), recomputed=right)


def _columns(texts: Sequence[str]) -> tuple[int, int, int] | None:
    """Where the points, the coefficients and the scores of a table stand, by a row of heads."""
    kinds = {header_kind(text): column for column, text in reversed(list(enumerate(texts)))}
    share = next((column for column, text in enumerate(texts) if _COEFFICIENT.fullmatch(text.strip())), None)
    points = kinds.get("points", kinds.get("weight"))
    if share is None or points is None or "score" not in kinds or kinds["score"] == share:
        return None
    return points, share, kinds["score"]


def _told(texts: Sequence[str], columns: tuple[int, int, int]) -> tuple[Fraction, Fraction, Fraction] | None:
    """The points, the share of them and the score of a row; None where it has not all three."""
    if max(columns) >= len(texts):
        return None
    values = [read_decimal(texts[column].rstrip("%")) for column in columns]
    points, share, score = (Fraction(value) if value is not None else None for value in values)
    if not points or share is None or score is None or not 0 <= share <= _HUNDRED or score > points:
        return None
    return points, share / _HUNDRED if share > 1 or "%" in texts[columns[1]] else share, score
