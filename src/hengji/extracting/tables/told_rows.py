"""Rows of a table without a header, whose cells say themselves what they are: 「预算执行率 | 10分 | 9.6分」."""

from collections.abc import Iterable, Iterator

from hengji.extracting.flat import flat
from hengji.extracting.leaves.told_leaves import inline_scores
from hengji.extracting.tables.grid import Grid
from hengji.model.document import Document
from hengji.model.extraction import ScoredItem, Span


def told_rows(document: Document, grids: Iterable[Grid]) -> Iterator[ScoredItem]:
    """The leaf of each row that tells exactly one, with points and score."""
    for grid in grids:
        for row in range(grid.rows):
            span = grid.row_span(row)
            leaves = inline_scores(flat(document.text[span.start : span.end]).replace("\t", "|"))
            if len(leaves) == 1 and leaves[0].claim is not None:
                leaf = leaves[0]
                name = Span(span.start + leaf.start, span.start + leaf.named)
                yield ScoredItem(leaf.name, (), leaf.points, leaf.claim, name, span, span, table=True)
