"""R07: a table without a total, against the whole that is told over it."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, exact, in_unit, number
from hengji.auditing.slips import digits_of, slip
from hengji.auditing.sums.column_sums import figures_of, is_rate, is_total, of_which
from hengji.extracting.tables.grid import Grid
from hengji.library.ties import load_ties
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_FEW = 2
_SHORT_OF, _SHORT_OF_COUNT = 50, 10  # a sum that misses its whole by less than one in so many was meant to make it
_TELLING = 3  # digits from which one slip is no chance
_LEAD = 100  # characters before a table that say of what it is
_TELLS = pattern(r"\d|支出|资金|经费")  # what a line over a table must have to tell or name a whole
_SOME_ROWS = pattern(r"主要|重点|部分|前[三五十]|其中|等|超过|以上|调剂|变动|例如|典型")


def tables_make_wholes(case: Case) -> Iterator[Finding]:
    """The rows of a table that miss by one slip the amount or the count that the line over it tells, or names."""
    for grid in case.grids:
        start = grid.block.start
        lead_start = case.flat.rfind("\n", max(0, start - _LEAD), start - 1) + 1
        lead = case.flat[lead_start:start]
        if not _TELLS.search(lead) or _SOME_ROWS.search(lead) or any(is_total(grid, row) for row in range(grid.rows)):
            continue
        sums, last = _sums(case, grid)
        if not sums:
            continue
        for quantity in (*_named(case, lead), *_told(case, lead_start, start)):
            stated = in_unit(quantity, common_unit((quantity,)))
            fitting = {c: total for c, total in sums.items() if _same_thing(grid, c, quantity)}
            near = [total for total in fitting.values() if _near(quantity, stated, total)]
            if stated not in sums.values() and len(near) == 1:
                right, gap = number(near[0], 6), number(abs(stated - near[0]), 6)
                unit = common_unit((quantity,))
                told = f"“{quantity.name}”写{quantity.value}{quantity.unit}"
                message = f"表中各行相加是{right}{unit}，{told}，相差{gap}{unit}"
                yield case.finding(
                    "R07", grid.row_span(last), message, stated=quantity.value, recomputed=right, also=(quantity.span,)
                )
                break


def _sums(case: Case, grid: Grid) -> tuple[Mapping[int, Fraction], int]:
    """What the rows make in each column that all of them fill, and the last row."""
    rows = {row: f for row in range(grid.rows) if (f := figures_of(case, grid, row)) and not of_which(grid, row)}
    if len(rows) <= _FEW:
        return {}, 0
    last = max(rows)
    full = [c for c in range(grid.columns) if all(c in f for f in rows.values()) and not is_rate(grid, last, c)]
    return {c: sum((f[c] for f in rows.values()), Fraction(0)) for c in full}, last


def _named(case: Case, lead: str) -> Iterator[Quantity]:
    """The wholes that the words over a table name, each told with one value."""
    for item, names in load_ties().titles.items():
        if any(name in lead for name in names):
            told = {q.number: q for q in case.quantities(item)}
            if len(told) == 1:
                yield from told.values()


def _told(case: Case, start: int, end: int) -> Iterator[Quantity]:
    """The figures of the line over a table."""
    for quantity in case.found.quantities:
        if start <= quantity.span.start < end and not quantity.table and quantity.about != "目标":
            yield quantity


def _same_thing(grid: Grid, column: int, quantity: Quantity) -> bool:
    """Whether a column is of what a figure counts: money, or a header that names it or its unit."""
    header = "".join(grid.text(row, column) for row in range(min(grid.rows, _FEW)))
    if dimension(quantity.unit) == "money":
        return not re.search(r"[数量人次个户份件场]\)?$", grid.text(0, column))
    return quantity.unit in header or any(quantity.name[k : k + _FEW] in header for k in range(len(quantity.name) - 1))


def _near(quantity: Quantity, stated: Fraction, total: Fraction) -> bool:
    decimals = len(quantity.value.partition(".")[2])
    meant = slip(fixed(stated, decimals), fixed(total, decimals)) != "" and len(digits_of(quantity.value)) >= _TELLING
    short = _SHORT_OF if dimension(quantity.unit) == "money" else _SHORT_OF_COUNT
    return abs(total - stated) * short < stated and meant and exact(quantity.number) > 0
