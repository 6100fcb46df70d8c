"""Which cell of a column that misses its total is the wrong one: the cell that what the rows' own figures make convicts."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from hengji.extracting.tables.grid import Grid
from hengji.model.patterns import pattern

_PERCENT = pattern(r"(\d{1,3}(?:\.\d+)?)%")
_TAUGHT = 2  # rows that must show by their figures what binds a row
_MOST_COLUMNS = 12
_FEW = 2

Figures = Mapping[int, Fraction]
Bond = Callable[[int, Figures], bool | None]  # whether a row's figures keep it; None where they do not tell


def odd_cell(grid: Grid, lines: Mapping[int, Figures], row: int, column: int, gap: Fraction) -> int | None:
    """The one row, a part's or the total's, whose cell breaks what binds the other rows and would keep it without the gap.

    lines has the figures of the total's row and those of its parts; the gap is what the total has more than its parts.
    """
    if grid.columns > _MOST_COLUMNS:
        return None
    mended = {
        each: {**figures, column: figures[column] + (-gap if each == row else gap)}
        for each, figures in lines.items()
        if column in figures
    }
    for bond in _bonds(grid, lines, row, column):
        kept = {each: bond(each, lines[each]) for each in mended}
        broken = [each for each, keeps in kept.items() if keeps is False]
        taught = sum(1 for keeps in kept.values() if keeps)
        if len(broken) == 1 and taught >= _TAUGHT and bond(broken[0], mended[broken[0]]):
            return broken[0]
    return None


def _bonds(grid: Grid, lines: Mapping[int, Figures], row: int, column: int) -> Iterator[Bond]:
    others = sorted({c for figures in lines.values() for c in figures} - {column})
    percents = sorted({c for each in lines for c in range(grid.columns) if _PERCENT.fullmatch(grid.text(each, c))})
    whole = lines[row][column]
    for rate in percents:
        yield partial(_is_share, grid, rate, column, whole)
        for other in others:
            yield partial(_is_rate, grid, rate, column, other)
            yield partial(_is_rate, grid, rate, other, column)
    for signs in _sums(others, column):
        yield partial(_balanced, signs)


def _is_share(grid: Grid, rate: int, column: int, whole: Fraction, row: int, figures: Figures) -> bool | None:
    return _tells(grid.text(row, rate), figures.get(column), whole)


def _is_rate(grid: Grid, rate: int, part: int, whole: int, row: int, figures: Figures) -> bool | None:
    return _tells(grid.text(row, rate), figures.get(part), figures.get(whole))


def _tells(text: str, part: Fraction | None, whole: Fraction | None) -> bool | None:
    """Whether a cell tells what one figure is of another."""
    rate = _PERCENT.fullmatch(text)
    if rate is None or part is None or not whole:
        return None
    return abs(part / whole * 100 - Fraction(rate[1])) <= Fraction(1, 10 ** len(rate[1].partition(".")[2]))


def _sums(others: Sequence[int], column: int) -> Iterator[Mapping[int, int]]:
    """Columns, with their signs, that may make nothing together with one: two or three others, or a run of them and its whole."""
    for count in (_FEW, _FEW + 1):
        for chosen in itertools.combinations(others, count):
            for signs in itertools.product((1, -1), repeat=count):
                yield {column: 1, **dict(zip(chosen, signs, strict=True))}
    columns = sorted((*others, column))
    for first, last in itertools.combinations(range(len(columns) + 1), _FEW):
        run = columns[first:last]
        for whole in columns if len(run) > _FEW + 1 else ():
            if whole not in run and column in (whole, *run):
                yield {whole: -1, **dict.fromkeys(run, 1)}


def _balanced(signs: Mapping[int, int], _: int, figures: Figures) -> bool | None:
    """Whether a row's figures cancel out; rows with fewer than three of them teach nothing."""
    told = sum(1 for c in signs if figures.get(c))
    if told <= _FEW:
        return None
    return sum((sign * figures.get(c, Fraction(0)) for c, sign in signs.items()), Fraction(0)) == 0
