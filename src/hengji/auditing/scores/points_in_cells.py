"""R01 read off the cells of a score table: the points in the cell of a level against those of its rows, and the total of a column of points."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import HUNDRED
from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_LEVEL = pattern(r"(?P<name>[\u4e00-\u9fff]{2,12})\s?\((?P<n>\d{1,2}(?:\.\d)?)\s?分?\)")
_SUM_ROW = pattern(r"合计|总计|总分")
_LEVELS, _BY_LITTLE = 3, Decimal(5)


def points_in_cells(case: Case) -> Iterator[Finding]:
    """R01: of the levels that make 100 one has rows of other points; a total above 100 over leaves of 100."""
    for grid in case.grids:
        yield from _of_levels(case, grid)
    if case.certainty.points and not case.found.extras and "加分" not in case.flat:
        for grid in case.grids:
            yield from _of_total(case, grid)


def _of_levels(case: Case, grid: Grid) -> Iterator[Finding]:
    kinds = [header_kind(text) for text in grid.row(0)] if grid.rows > _LEVELS else []
    if kinds.count("points") != 1:
        return
    column = kinds.index("points")
    made: dict[str, Decimal] = {}
    first: dict[str, int] = {}
    for row in range(1, grid.rows):
        points, cell = read_decimal(grid.text(row, column)), grid.text(row, 0)
        if _SUM_ROW.fullmatch(cell):
            continue
        if points is None or _LEVEL.fullmatch(cell) is None:
            return
        made[cell] = made.get(cell, Decimal(0)) + points
        first.setdefault(cell, row)
    told = {cell: Decimal(match["n"]) for cell in made if (match := _LEVEL.fullmatch(cell)) is not None}
    wrong = [cell for cell in made if made[cell] != told[cell]]
    if len(made) < _LEVELS or sum(told.values()) != HUNDRED or len(wrong) != 1:
        return
    (cell,) = wrong
    match = _LEVEL.fullmatch(cell)
    if match is None or abs(made[cell] - told[cell]) > _BY_LITTLE:
        return
    message = f"“{match['name']}”写{match['n']}分，所列各项分值之和是{number(made[cell])}分"
    at = case.flat.find(f"{match['name']}{match['n']}分")
    span = Span(at, at + len(match["name"]) + len(match["n"]) + 1) if at >= 0 else grid.span(first[cell], 0)
    yield case.finding(
        "R01",
        span,
        message,
        stated=match["n"],
        recomputed=number(made[cell]),
        also=(grid.span(first[cell], 0),) if at >= 0 else (),
    )


def _of_total(case: Case, grid: Grid) -> Iterator[Finding]:
    worth = sum((item.points or Decimal(0) for item in case.found.items), Decimal(0))
    begins, ends = grid.span(0, 0).start, grid.span(grid.rows - 1, 0).end
    scored = any(begins <= item.span.start < ends for item in case.found.items)  # not a table of fees or households
    for row in range(1, grid.rows):
        if worth != HUNDRED or not scored or _SUM_ROW.fullmatch(grid.text(row, 0)) is None:
            continue
        numbers = [(c, n) for c in range(1, len(grid.row(row))) if (n := read_decimal(grid.text(row, c))) is not None]
        if len(numbers) == 2 and HUNDRED < numbers[0][1] <= 2 * HUNDRED and numbers[1][1] <= numbers[0][1]:
            column, total = numbers[0]
            scores = numbers[1][1] * 2 > HUNDRED
            if scores:
                message = f"合计写{number(total)}分，各项指标分值之和是100分"
                yield case.finding("R01", grid.span(row, column), message, stated=number(total), recomputed="100")
