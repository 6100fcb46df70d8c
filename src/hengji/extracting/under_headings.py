"""Rows of a table without columns of levels, that stand under the heading of their group: 「（三）产出指标（35分）」 over a table of its leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.narrative import path_of
from hengji.extracting.outline import Outline
from hengji.model.extraction import ScoredGroup, ScoredItem

_FEW = 2  # rows under a heading that make a table of its leaves


def under_headings(
    items: tuple[ScoredItem, ...], groups: Sequence[ScoredGroup], tree: Outline
) -> tuple[ScoredItem, ...]:
    """The items, rows having their heading for their section and its name before their path where no running text tells leaves of it.

    Rows with levels of their own are taken for leaves of a heading only where their points make its.
    """
    worth = {g.section: g.points for g in groups if g.section is not None and g.points is not None}
    places = [_section_of(item, worth, tree) for item in items]
    rows: dict[int, list[ScoredItem]] = {}
    for item, place in zip(items, places, strict=True):
        if place is not None:
            rows.setdefault(place, []).append(item)
    whole = {place for place, leaves in rows.items() if _is_table_of(leaves, worth[place])}
    return tuple(
        replace(
            item, path=(*path_of(tree.sections[place], tree), tree.sections[place].title, *item.path), section=place
        )
        if place is not None and place in whole
        else item
        for item, place in zip(items, places, strict=True)
    )


def _is_table_of(leaves: Sequence[ScoredItem], worth: Decimal | None) -> bool:
    """Whether the leaves under a heading are rows of a table, without levels or of its points."""
    if len(leaves) < _FEW or not all(item.table for item in leaves):
        return False
    made = sum((item.points or Decimal(0) for item in leaves), Decimal(0))
    return made == worth or not any(item.path for item in leaves)


def _section_of(item: ScoredItem, told: Mapping[int, object], tree: Outline) -> int | None:
    """The innermost of these sections that an item stands in."""
    inside = (i for i in told if tree.sections[i].body.start <= item.span.start < tree.sections[i].body.end)
    return max(inside, default=None)
