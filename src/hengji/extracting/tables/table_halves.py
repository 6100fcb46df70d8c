"""The two halves of a form that sets two leaves beside each other."""

from dataclasses import replace

from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.cell_names import plain_name
from hengji.extracting.tables.grid import Grid, cell_number, row_spans_of
from hengji.extracting.tables.header_words import header_kind

_NARROWEST = 3  # columns of half a table
_NAMED = {"level3", "name", "level2"}
_WORDS = {*_NAMED, "level1"}  # what the name of a group may be taken for
_NAME = "指标名称"


def halves(grid: Grid) -> tuple[Grid, ...]:
    """The two tables of a form that sets two leaves beside each other, under the same kinds of columns twice; none for any other table.

    An empty column may part them, and the columns of names may be headed by the names of two groups.
    """
    if grid.columns < 2 * _NARROWEST:
        return ()
    for row, line in enumerate(grid.lines):
        kinds = [header_kind(text) for text in line]
        if kinds.count("score") != 2:
            continue
        width = grid.columns // 2
        begins = grid.columns - width
        if begins > width and any(other[width] for other in grid.lines[row:]):
            return ()
        left, right = ([("" if kind in _WORDS else kind) for kind in half] for half in (kinds[:width], kinds[begins:]))
        if left != right or width < _NARROWEST or not all((*line[:width], *line[begins:])):
            return ()
        parts = (_part(grid, 0, width), _part(grid, begins, width))
        if line[:width] == line[begins:]:
            return parts
        named = [_named(part, row) for part in parts]
        return tuple(part for part in named if part is not None) if None not in named else ()
    return ()


def _named(part: Grid, head: int) -> Grid | None:
    """Half a table with a word for its column of names, where its header has a group's name there; nothing where no column holds names."""
    line = part.lines[head]
    kinds = [header_kind(text) for text in line]
    if _NAMED.intersection(kinds):
        return part
    if "points" not in kinds and "weight" not in kinds:
        return None
    rows = [row for row in range(head + 1, part.rows) if any(cell_number(text) is not None for text in part.lines[row])]
    for column, kind in enumerate(kinds):
        names = [plain_name(part.text(row, column)) for row in rows]
        if kind in ("", "level1") and names and all(is_name(name) for name in names) and len(set(names)) == len(names):
            texts = dict(part.texts) | {(head, column): _NAME}
            lines = tuple(
                (*own[:column], _NAME, *own[column + 1 :]) if n == head else own for n, own in enumerate(part.lines)
            )
            return replace(part, texts=texts, lines=lines)
    return None


def _part(grid: Grid, first: int, width: int) -> Grid:
    """Some of a table's columns."""
    inside = {(r, c - first): (r, c) for r, c in grid.cells if first <= c < first + width}
    cells = {key: grid.cells[old] for key, old in inside.items()}
    return replace(
        grid,
        cells=cells,
        row_spans=row_spans_of(cells),
        texts={key: grid.texts[old] for key, old in inside.items()},
        columns=width,
        lines=tuple(line[first : first + width] for line in grid.lines),
    )
