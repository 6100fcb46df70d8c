"""Scores in tables: columns told by their headers, never by position; rows of leaves, groups, execution and total."""

from collections.abc import Iterable, Mapping

from hengji.extracting.grid import Grid
from hengji.extracting.head_rows import nest, summaries
from hengji.extracting.header_words import header_kind
from hengji.extracting.headless_tables import read_headless
from hengji.extracting.score_columns import Columns, header_of
from hengji.extracting.score_rows import read_row
from hengji.extracting.shifted_rows import set_right
from hengji.extracting.table_groups import spanning_groups
from hengji.extracting.table_halves import halves
from hengji.extracting.table_scores import TableScores
from hengji.extracting.total_rows import read_outside
from hengji.extracting.upright import upright
from hengji.model.document import Cell
from hengji.model.extraction import ScoredGroup, ScoredItem


def score_tables(grids: Iterable[Grid], titles: Mapping[int, Cell] | None = None) -> TableScores:
    """The scores of every table that has a column of points or of scores; ``titles`` are the lines above tables, by where these begin."""
    found = TableScores()
    parts: list[list[ScoredItem]] = []
    for grid in grids:
        known = len(found.items)
        _read(upright(grid, header_kind, (titles or {}).get(grid.block.start)), found)
        parts.append(found.items[known:])
    for summary in summaries(parts):
        found.items = [item for item in found.items if item not in summary]
        found.groups.extend(ScoredGroup(i.name, i.points, i.claimed, i.span, 0, table=True) for i in summary)
    return found


def _read(grid: Grid, found: TableScores) -> None:
    if read_headless(grid, found):
        return
    both = halves(grid)
    if both:
        for half in both:
            _read(half, found)
        return
    before = len(found.items)
    _read_rows(grid, found)
    nest(found, before)


def _read_rows(grid: Grid, found: TableScores) -> None:
    columns: Columns | None = None
    skip = -1
    spanning_groups(grid, found)
    for row in range(grid.rows):
        if row <= skip:
            continue
        header = header_of(grid, row)
        if header is not None:
            columns, skip = header
            grid = set_right(grid, skip, columns)
            found.tables.add(grid.block.start)
            continue
        if columns is None:
            read_outside(grid, row, found)
            continue
        read_row(grid, row, columns, found)
