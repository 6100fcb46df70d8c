"""Rows at the border of two groups of a table, as the groups' points prove it: a page's end parts a row from the name of its group."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hengji.model.extraction import ScoredGroup, ScoredItem, Span

_ZERO = Decimal(0)


def at_borders(
    items: Sequence[ScoredItem], groups: Sequence[ScoredGroup]
) -> tuple[list[ScoredItem], list[ScoredGroup]]:
    """The same with the last rows of a group given to the next one, or its first rows back, where both then make their points."""
    rows, held = list(items), list(groups)
    for depth in sorted({group.depth for group in held if group.cover is not None}):
        level = [n for n, group in enumerate(held) if group.depth == depth and group.cover is not None and group.points]
        level.sort(key=lambda n: held[n].cover or held[n].span)
        for upper, lower in pairwise(level):
            _settle(rows, held, upper, lower)
    return rows, held


def _settle(rows: list[ScoredItem], held: list[ScoredGroup], upper: int, lower: int) -> None:
    """Moves the border between two groups to where both make their points, if it is the only such place."""
    above, below = held[upper], held[lower]
    if above.cover is None or below.cover is None or above.cover.end > below.cover.start:
        return
    whole = Span(above.cover.start, below.cover.end)
    inside = [n for n, row in enumerate(rows) if row.table and whole.start <= row.span.start < whole.end]
    points = [rows[n].points for n in inside]
    first = sum(1 for n in inside if rows[n].span.start < below.cover.start)
    if None in points or _sum(points[:first]) == above.points or _sum(points[first:]) == below.points:
        return
    if _sum(points) != (above.points or _ZERO) + (below.points or _ZERO):
        return
    cuts = [cut for cut in range(1, len(inside)) if _sum(points[:cut]) == above.points]
    if len(cuts) != 1:
        return
    at = rows[inside[cuts[0]]].span.start
    held[upper] = replace(above, cover=Span(above.cover.start, at))
    held[lower] = replace(below, cover=Span(at, below.cover.end))
    for place, n in enumerate(inside):
        old, new = (above, below) if place >= cuts[0] else (below, above)
        if old.name in rows[n].path:
            path = tuple(new.name if name == old.name else name for name in rows[n].path)
            rows[n] = replace(rows[n], path=path)


def _sum(points: Sequence[Decimal | None]) -> Decimal:
    return sum((each for each in points if each is not None), _ZERO)
