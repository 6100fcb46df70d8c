"""Leaves of which no score is told because nothing was taken off: the total proves that they have all their points."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengji.extracting.outline import Outline
from hengji.model.extraction import ScoredGroup, ScoredItem, Totals

_HUNDRED = Decimal(100)
_FEWEST = 4  # leaves
_TWO = 2  # of them without a score


def with_untold_full(items: tuple[ScoredItem, ...], found: Totals) -> tuple[ScoredItem, ...]:
    """The items with all points for those without a score, where points make 100 and the total is then what is printed.

    All others must have lost some: where a score is told of leaves that lost nothing, too, one without a score was forgotten.
    """
    silent = [item for item in items if item.claimed is None]
    if len(silent) < _TWO or len(items) < _FEWEST or any(item.table or item.points is None for item in items):
        return items
    if any(item.not_applicable for item in silent) or not all(_lost(item) for item in items if item not in silent):
        return items
    points = sum((item.points or Decimal(0) for item in items), Decimal(0))
    made = sum((item.claimed if item.claimed is not None else item.points or Decimal(0) for item in items), Decimal(0))
    if len(silent) == len(items) or points != _HUNDRED or made not in _printed(found):
        return items
    return tuple(replace(item, claimed=item.points) if item in silent else item for item in items)


def with_full_groups(
    items: tuple[ScoredItem, ...], groups: tuple[ScoredGroup, ...], tree: Outline
) -> tuple[ScoredItem, ...]:
    """The items with all points for those without a score whose group's points they make, and then its score as well.

    Here, too, all others of the group must have lost some.
    """
    for group in groups:
        if group.section is None or group.points is None or group.claimed is None:
            continue
        inside = tree.within(group.section)
        own = [item for item in items if item.section in inside]
        silent = [item for item in own if item.claimed is None and item.points is not None and not item.not_applicable]
        if not silent or not all(_lost(item) for item in own if item not in silent):
            continue
        made = _sum(item.claimed if item.claimed is not None else item.points for item in own)
        if (_sum(item.points for item in own), made) == (group.points, group.claimed):
            items = tuple(replace(item, claimed=item.points) if item in silent else item for item in items)
    return items


def _sum(figures: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in figures if each is not None), Decimal(0))


def _lost(item: ScoredItem) -> bool:
    return item.claimed is not None and item.points is not None and item.claimed < item.points


def _printed(found: Totals) -> set[Decimal]:
    printed: set[Decimal] = set()
    for stated in (*found.all_claimed, *((found.base,) if found.base else ())):
        try:
            printed.add(Decimal(stated.value))
        except InvalidOperation:
            continue
    return printed
