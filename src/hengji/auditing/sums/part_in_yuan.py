"""R12: one part of a table's column in yuan where its total and the others are in 万元: 「446.40」, 「186000.00」, total 「507.60」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.sums.column_sums import figures_of, is_total, parts_above
from hengji.model.finding import Finding

_YUAN = 10_000  # in one 万元


def part_in_yuan(case: Case) -> Iterator[Finding]:
    """The part that makes the total with the others once it is divided by ten thousand."""
    for grid in case.grids:
        for row in range(grid.rows):
            rows = parts_above(case, grid, row) if is_total(grid, row) else {}
            for column, total in figures_of(case, grid, row).items():
                parts = {each: figures[column] for each, figures in rows.items() if column in figures}
                large = [each for each, part in parts.items() if part > total > 0]
                if len(large) != 1 or len(parts) == 1:
                    continue
                told = parts[large[0]]
                if sum(parts.values(), Fraction(0)) - told + told / _YUAN == total:
                    stated, meant = number(told, 6), number(told / _YUAN, 6)
                    message = (
                        f"这里写{stated}，合计{number(total, 6)}与其他各行要求的是{meant}，可能是把元写进了万元的栏"
                    )
                    span = grid.span(large[0], column)
                    yield case.finding("R12", span, message, stated=stated, recomputed=meant)
