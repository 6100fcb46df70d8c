"""R08: the row of a project's form that sums up its money, against what the text tells of the same budget or spending."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import WHOLE, Entry
from hengji.auditing.numbers import exact, number
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.auditing.sums.column_sums import figures_of
from hengji.extracting.tables.grid import Grid
from hengji.library.lines import stage_of_header
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_SUMMED = pattern(r"(?:年度|全年|项目)*资金总额[::]?(?:\(.{0,6}\))?")
_LATER = ("全年", "调整")
_DIGITS, _MANY = 3, 5  # of an amount two digits of which changed places, or one of which is another


def funds_row(case: Case) -> Iterator[Finding]:
    """R08: 「年度资金总额 796.00 812.00 771.40」, and 「全年预算812.00万元，实际支出774.10万元」."""
    for grid in case.grids:
        rows = [row for row in range(1, grid.rows) if any(_SUMMED.fullmatch(text) for text in grid.row(row))]
        if len(rows) == 1:
            yield from _of_row(case, grid, rows[0])


def _of_row(case: Case, grid: Grid, row: int) -> Iterator[Finding]:
    figures = figures_of(case, grid, row)
    known = set(figures.values())
    for column, amount in figures.items():
        stage = _stage(grid, row, column)
        if not stage:
            continue
        told = [e for e in case.ledger if _is_told(e, case.year, stage)]
        if len({e.amount for e in told}) != 1 or told[0].amount in known or not _one_slip(told[0].amount, amount):
            continue
        span, one = grid.span(row, column), told[0]
        odd, right = (
            (one.span, amount) if _proved(grid, row, amount, figures) or not _twice(case, one) else (span, one.amount)
        )
        wrong = one.amount if odd == one.span else amount
        message = f"“{grid.text(row - 1, column)}”这里写{number(wrong, 6)}万元，另一处是{number(right, 6)}万元；同一份报告只用一个数"
        also: tuple[Span, ...] = (span if odd == one.span else one.span,)
        yield case.finding("R08", odd, message, stated=number(wrong, 6), recomputed=number(right, 6), also=also)


def _stage(grid: Grid, row: int, column: int) -> str:
    """What the header above a cell says of it."""
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return next((stage for text in above if (stage := stage_of_header(text))), "")


def _is_told(entry: Entry, year: int, stage: str) -> bool:
    """Whether an amount of the text is the whole of the same stage."""
    same = entry.stage == stage or (entry.stage in _LATER and stage in _LATER)
    return entry.line == WHOLE and entry.year == year and same and not entry.table and bool(entry.amount)


def _one_slip(one: Fraction, other: Fraction) -> bool:
    a, b = fixed(one, 2), fixed(other, 2)
    kind, digits = slip(a, b), len(digits_of(a).strip("0"))
    return (kind == SWAPPED and digits >= _DIGITS) or (kind == REPLACED and digits >= _MANY)


_RATE = pattern(r"(?P<n>\d{2,3}(?:\.\d+)?)\s?%")


def _proved(grid: Grid, row: int, amount: Fraction, figures: dict[int, Fraction]) -> bool:
    """Whether the rate of its own row is what an amount is of another one of the row."""
    rates = [match["n"] for text in grid.row(row) if (match := _RATE.fullmatch(text)) is not None]
    return any(
        base and abs(amount / base * 100 - Fraction(rate)) * 200 <= 1
        for rate in rates
        for base in figures.values()
        if base != amount
    )


def _twice(case: Case, entry: Entry) -> bool:
    """Whether the text tells an amount more than once."""
    return sum(1 for q in case.found.quantities if q.unit == "万元" and exact(q.number) == entry.amount) > 1
