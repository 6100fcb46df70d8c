"""R07 in tables whose rows are numbered by levels: the rows of a level make the row they stand under."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import BY_LITTLE, sum_mistaken
from hengji.auditing.numbers import number, places
from hengji.auditing.sums.column_sums import figures_of, is_rate, is_total, of_which, unread
from hengji.auditing.sums.odd_cells import odd_cell
from hengji.auditing.sums.told_nowhere_else import told_nowhere_else
from hengji.extracting.tables.grid import Grid
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LEVELS = tuple(
    pattern(form)
    for form in (
        r"[一二三四五六七八九十]{1,3}[、.]",
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,2}[、.．](?!\d)",
        r"[(（]\d{1,2}[)）]",
    )
)
_FEW = 2


def levels_add_up(case: Case) -> Iterator[Finding]:
    """A row that the rows of the level under it do not make, where other rows of the same column are made so."""
    for grid in case.grids:
        levels = [_level(grid, row) for row in range(grid.rows)]
        under = {row: found for row in range(grid.rows) if len(found := _under(case, grid, levels, row)) >= _FEW}
        for column in range(grid.columns) if len(under) >= _FEW else ():
            yield from _of_column(case, grid, under, column)


def _level(grid: Grid, row: int) -> int:
    """How deep a row is numbered; 0 where it is not, or is a total."""
    if is_total(grid, row) or of_which(grid, row):
        return 0
    name = grid.text(row, 0)
    return next((depth for depth, form in enumerate(_LEVELS, start=1) if form.match(name)), 0)


def _under(case: Case, grid: Grid, levels: list[int], row: int) -> tuple[int, ...]:
    """The rows of the first level under a row, up to the next of its own level; none where a row among them is not numbered."""
    own, found, depth = levels[row], list[int](), 0
    for below in range(row + 1, grid.rows) if own else ():
        level = levels[below]
        if of_which(grid, below):
            continue
        if not level or level <= own:
            return tuple(found) if level or is_total(grid, below) or not figures_of(case, grid, below) else ()
        depth = depth or level
        if level < depth:
            return ()
        if level == depth:
            found.append(below)
    return tuple(found)


def _of_column(case: Case, grid: Grid, under: dict[int, tuple[int, ...]], column: int) -> Iterator[Finding]:
    wrong: list[tuple[int, Fraction, Fraction]] = []
    right = 0
    for row, rows in under.items():
        lines = [figures_of(case, grid, each) for each in (row, *rows)]
        if is_rate(grid, row, column) or any(unread(grid, each, column) for each in (row, *rows)):
            return
        if column not in lines[0] or sum(column in line for line in lines[1:]) < _FEW:
            continue
        parts = [line[column] for line in lines[1:] if column in line]
        told, made = lines[0][column], sum(parts, Fraction(0))
        if told == made:
            right += 1
        elif sum_mistaken(told, parts, places(grid.text(row, column)), BY_LITTLE):
            wrong.append((row, told, made))
        else:
            return  # the levels of this table are no parts
    if len(wrong) != 1 or not right:
        return
    row, told, made = wrong[0]
    message = f"这一行写{number(told, 6)}，下级各行相加是{number(made, 6)}，相差{number(abs(told - made), 6)}"
    figures = {each: figures_of(case, grid, each) for each in (row, *under[row])}
    at = odd_cell(grid, figures, row, column, told - made)
    at = at if at is not None else told_nowhere_else(case, grid, figures, row, column, told - made)
    yield case.finding("R07", grid.span(at, column), message, stated=number(told, 6), recomputed=number(made, 6))
