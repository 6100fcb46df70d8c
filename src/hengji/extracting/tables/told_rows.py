"""Rows of a table without a header, whose cells say themselves what they are: 「预算执行率 | 10分 | 9.6分」."""

from collections.abc import Iterable, Iterator, Sequence

from hengji.extracting.flat import flat
from hengji.extracting.leaves.leaf_names import name_of
from hengji.extracting.leaves.told_leaves import Inline, inline_scores
from hengji.extracting.tables.grid import Grid
from hengji.model.document import Document
from hengji.model.extraction import ScoredItem, Span


def told_rows(document: Document, grids: Iterable[Grid]) -> Iterator[ScoredItem]:
    """The leaf of each row that tells exactly one, with points and score."""
    for grid in grids:
        told = [(row, leaf) for row in range(grid.rows) if (leaf := _leaf(document, grid.row_span(row))) is not None]
        column = _name_column(grid, [row for row, _ in told])
        for row, leaf in told:
            span = grid.row_span(row)
            name, own = leaf.name, Span(span.start + leaf.start, span.start + leaf.named)
            if column is not None:
                name, own = _named(grid, row, column), grid.span(row, column)
            yield ScoredItem(name, (), leaf.points, leaf.claim, own, span, span, table=True)


def _leaf(document: Document, span: Span) -> Inline | None:
    """The only leaf of a row, where it has a score."""
    leaves = inline_scores(flat(document.text[span.start : span.end]).replace("\t", "|"))
    return leaves[0] if len(leaves) == 1 and leaves[0].claim is not None else None


def _named(grid: Grid, row: int, column: int) -> str:
    text = grid.text(row, column)
    told = name_of(text, 0, len(text))
    return told[0] if told is not None else ""


def _name_column(grid: Grid, rows: Sequence[int]) -> int | None:
    """The column whose words are all names and all different; the first of several, since facts may be worded as names."""
    for column in range(grid.columns):
        names = [_named(grid, row, column) for row in rows]
        if len(names) > 1 and all(names) and len(set(names)) == len(names):
            return column
    return None
