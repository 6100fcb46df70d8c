"""A score table pasted column by column: all names, then all points, then all scores, one cell a line."""

import itertools
from collections.abc import Callable, Iterator, Sequence

from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.bare_rows import Row, leaf_of
from hengji.extracting.tables.line_tokens import Token
from hengji.model.extraction import Span

_FEWEST = 4  # leaves
_MOST_BETWEEN = 1  # headers between two columns


def column_rows(lines: Sequence[Token], is_figure: Callable[[str], bool]) -> Iterator[list[Row]]:
    """The rows of such columns, where two of figures are equally long and as many lines in front of them are names."""
    runs: list[tuple[bool, list[Token]]] = [
        (figures, list(run)) for figures, run in itertools.groupby(lines, lambda line: is_figure(line.text))
    ]
    for at in range(1, len(runs) - 2):
        figures, points = runs[at]
        between, scores = runs[at + 1][1], runs[at + 2][1]
        if not figures or len(points) != len(scores) or len(points) < _FEWEST or len(between) > _MOST_BETWEEN:
            continue
        for headers in (1, 0):
            names = runs[at - 1][1][-len(points) - headers : -headers or None]
            if len(names) == len(points) and all(is_name(leaf_of(name.text)) for name in names):
                yield [
                    Row(cells, 1, len(cells) - 1, Span(cells[0].span.start, cells[0].span.end))
                    for cells in zip(names, points, scores, strict=True)
                ]
                break
