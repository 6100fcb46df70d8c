"""R11: a column of percentages that one amount told elsewhere gives, row by row: 「时点 | 累计支出 | 累计执行率」."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.auditing.rates.column_rates import is_ratio, row_figures
from hengji.auditing.slips import slip
from hengji.extracting.tables.grid import Grid
from hengji.model.finding import Finding
from hengji.model.numerals import fixed

_TAUGHT = 3  # rows that the one whole must give
_MOST_ROWS = 60
_HUNDRED = 100


def rates_of_one_whole(case: Case) -> Iterator[Finding]:
    """The one row whose percentage is a slip of the pen away from what the whole of all other rows gives."""
    for grid in case.grids:
        rated = [row for row in range(min(grid.rows, _MOST_ROWS)) if any(text[-1:] == "%" for text in grid.row(row))]
        rows = [(row, *row_figures(grid, row)) for row in (rated if len(rated) > _TAUGHT else ())]
        for column in sorted({c for _, rates, _ in rows for c in rates}):
            for amounts in sorted({c for _, _, figures in rows for c in figures}):
                both = [
                    (row, rates[column], f[amounts]) for row, rates, f in rows if column in rates and f.get(amounts)
                ]
                yield from _odd_rate(case, grid, column, both)


def _odd_rate(case: Case, grid: Grid, column: int, rows: Sequence[tuple[int, str, Fraction]]) -> Iterator[Finding]:
    taught = {rate for _, rate, _ in rows if places(rate)}
    if len(rows) <= _TAUGHT or len(taught) < _TAUGHT:
        return
    for whole in sorted(case.amounts):
        off = (each for each in rows if not whole or not is_ratio(*each[1:], whole))
        wrong = list(islice(off, 2))  # one is a slip, two are rows of another whole
        if len(wrong) != 1:
            continue
        row, rate, part = wrong[0]
        right = part / whole * _HUNDRED
        if slip(rate, fixed(right, places(rate))):
            shown = number(right)
            message = f"写{rate}%，按这一行的{number(part, 6)} ÷ {number(whole, 6)}计算是{shown}%，其他各行都按{number(whole, 6)}计算"
            yield case.finding("R11", grid.span(row, column), message, stated=f"{rate}%", recomputed=f"{shown}%")
            return
