"""Scores in tables: columns told by their headers, never by position; rows of leaves, groups, execution and total."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hengji.extracting.tables.graded_columns import Said, with_graded_scores
from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.head_rows import nest, summaries, without_parts
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.headless_tables import read_headless
from hengji.extracting.tables.keyed_tables import Leaves, leaves_of, with_leaves
from hengji.extracting.tables.paired_rows import with_one_row_a_leaf
from hengji.extracting.tables.proved_columns import proved
from hengji.extracting.tables.row_names import is_sum
from hengji.extracting.tables.score_columns import Columns, header_of
from hengji.extracting.tables.score_rows import read_row
from hengji.extracting.tables.shifted_rows import fits, set_right
from hengji.extracting.tables.table_groups import spanning_groups
from hengji.extracting.tables.table_halves import halves
from hengji.extracting.tables.table_scores import TableScores
from hengji.extracting.tables.total_rows import read_outside
from hengji.extracting.tables.unknown_headers import with_proved_header
from hengji.extracting.tables.upright import upright
from hengji.extracting.tables.wordy_columns import with_account
from hengji.model.document import Cell
from hengji.model.extraction import ScoredGroup, ScoredItem


def score_tables(
    grids: Iterable[Grid], titles: Mapping[int, Cell] | None = None, said: Said | None = None
) -> TableScores:
    """The scores of every table that has a column of points or of scores.

    ``titles`` are the lines above tables, by where these begin; ``said`` gives the document's words and totals, where a table needs them.
    """
    found = TableScores()
    parts: list[list[ScoredItem]] = []
    last: Headed | None = None
    leaves: Leaves | None = None
    for grid in grids:
        known = len(found.items)
        laid = upright(grid, header_kind, (titles or {}).get(grid.block.start))
        laid = with_graded_scores(with_one_row_a_leaf(laid, header_kind), header_kind, said)
        laid = with_proved_header(laid, header_kind, said)
        whole = with_leaves(laid, leaves, header_kind) if leaves is not None else laid
        leaves = leaves_of(laid, header_kind) or leaves
        last = _read(whole, found, last)
        if whole is not laid:
            known = _completed(found, known)
        parts.append(found.items[known:])
    for summary in summaries(parts):
        found.items = [item for item in found.items if item not in summary]
        found.groups.extend(ScoredGroup(i.name, i.points, i.claimed, i.span, 0, table=True) for i in summary)
    return found


def _completed(found: TableScores, first: int) -> int:
    """Takes the leaves that a table scores by their numbers out of the table before, whose groups and rules they keep; where they begin now."""
    unscored = {item.name: item for item in found.items[:first] if item.claimed is None and not item.not_applicable}
    scored = [
        replace(item, path=old.path, rule=old.rule) if (old := unscored.get(item.name)) is not None else item
        for item in found.items[first:]
    ]
    names = {item.name for item in scored}
    kept = [item for item in found.items[:first] if item.name not in names or item.name not in unscored]
    found.items = [*kept, *scored]
    return len(kept)


Headed = tuple[Columns, int]  # the columns of the last header, and how many columns its table has


def _read(grid: Grid, found: TableScores, last: Headed | None) -> Headed | None:
    """Reads a table, under the header of the one before where it only goes on with that; its header for the next."""
    if read_headless(grid, found):
        return None
    both = halves(grid)
    if both:
        for half in both:
            _read(half, found, None)
        return None
    before = len(found.items)
    further = _further(grid, last) if last is not None else None
    if last is not None and further is not None:
        grid, columns = further, _read_rows(further, found, last[0])
        found.tables.add(grid.block.start)
    else:
        columns = _read_rows(grid, found, None)
    nest(found, before)
    found.items[before:] = without_parts(found.items[before:])
    return (columns, grid.columns) if columns is not None else None


def _further(grid: Grid, last: Headed) -> Grid | None:
    """A table without a header whose rows all stand under the header of the one before, its rows set right; else nothing."""
    columns, width = last
    if grid.columns > width or columns.plain or {"budget", "spent"} & columns.of.keys():
        return None
    lines = tuple((*line, *[""] * (width - grid.columns)) for line in grid.lines)
    wide = set_right(replace(grid, columns=width, lines=lines), -1, columns)
    rows = [row for row in range(grid.rows) if not is_sum(wide, row) and len(wide.distinct(row)) > 1]
    return wide if rows and all(fits(wide, row, columns) for row in rows) else None


def _read_rows(grid: Grid, found: TableScores, columns: Columns | None) -> Columns | None:
    """Reads the rows of a table under its own headers, or under those given; the last header."""
    skip = -1
    found.bonus = None
    spanning_groups(grid, found)
    for row in range(grid.rows):
        if row <= skip:
            continue
        header = header_of(grid, row)
        if header is not None:
            right = set_right(grid, header[1], header[0])
            told = proved(right, *header)
            if not told.weak or "told" in told.of:
                columns, skip, grid = with_account(right, told, header[1]), header[1], right
                found.tables.add(grid.block.start)
                continue
        if columns is None:
            read_outside(grid, row, found)
            continue
        read_row(grid, row, columns, found)
    return columns
