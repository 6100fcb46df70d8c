"""A table of scores without names, whose rows bear the numbers or codes that a table before gives to its leaves."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hengji.extracting.tables.grid import Grid, cell_number, squeezed
from hengji.model.document import Cell
from hengji.model.patterns import pattern

Kind = Callable[[str], str]
_KEY = pattern(r"(?:指标)?(?:序号|编号|代码|编码)")
_NAMED = {"level3", "name", "level2"}
_SCORED = {"score", "weighted", "both", "lost"}
_WORTH = {"points", "weight"}
_FEWEST = 4  # leaves


@dataclass(frozen=True, slots=True)
class Leaves:
    """The names and points of a table that scores nothing, by the keys of their rows."""

    of: dict[str, tuple[Cell, Cell]]


def leaves_of(grid: Grid, kind: Kind) -> Leaves | None:
    """The leaves of a table with keys, names and points and without scores; None for any other."""
    head, kinds = _head(grid, kind)
    if head is None or _SCORED.intersection(kinds) or not _NAMED.intersection(kinds):
        return None
    name = next(kinds.index(each) for each in ("level3", "name", "level2") if each in kinds)
    worth = next((kinds.index(each) for each in ("points", "weight") if each in kinds), None)
    key = _key_column(grid, head)
    if worth is None or key is None:
        return None
    found: dict[str, tuple[Cell, Cell]] = {}
    for row in range(head + 1, grid.rows):
        text = grid.text(row, key)
        points = grid.cells.get((row, worth))
        if text and points is not None and cell_number(grid.text(row, worth).rstrip("%")) is not None:
            if text in found:
                return None  # counted anew in every group
            found[text] = (grid.cells[row, name], points)
    return Leaves(found) if len(found) >= _FEWEST else None


def with_leaves(grid: Grid, leaves: Leaves, kind: Kind) -> Grid:
    """The table with columns of names and points, where all of its scored rows bear a key of those leaves and no name."""
    head, kinds = _head(grid, kind)
    if head is None or not _SCORED.intersection(kinds) or {*_NAMED, *_WORTH, "level1"}.intersection(kinds):
        return grid
    key = _key_column(grid, head)
    if key is None:
        return grid
    rows = [row for row in range(head + 1, grid.rows) if grid.text(row, key) in leaves.of]
    if len(rows) < _FEWEST or len(rows) != len({grid.text(row, key) for row in rows}):
        return grid
    cells, texts, width = dict(grid.cells), dict(grid.texts), grid.columns
    for row in range(grid.rows):
        told = leaves.of.get(grid.text(row, key), ()) if row in rows else ()
        labels = ("指标名称", "分值") if row == head else ()
        for column, text in enumerate((*labels, *(cell.text for cell in told)), width):
            cells[row, column] = replace(grid.cells[row, key], text=text, column=column, columns=1, rows=1, row=row)
            texts[row, column] = squeezed(text)
    lines = tuple((*line, *(texts.get((row, width + n), "") for n in range(2))) for row, line in enumerate(grid.lines))
    return replace(grid, cells=cells, texts=texts, columns=width + 2, lines=lines)


def _head(grid: Grid, kind: Kind) -> tuple[int | None, list[str]]:
    """The first row that has a header's words, and what its columns are; only where one of them holds keys."""
    for row, line in enumerate(grid.lines[:2]):
        if any(_KEY.fullmatch(text) for text in line):
            return row, [kind(text) for text in line]
    return None, []


def _key_column(grid: Grid, head: int) -> int | None:
    return next((column for column, text in enumerate(grid.row(head)) if _KEY.fullmatch(text)), None)
