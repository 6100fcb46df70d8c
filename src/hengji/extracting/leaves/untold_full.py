"""Leaves of which no score is told because nothing was taken off: the total proves that they have all their points."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengji.model.extraction import ScoredItem, Totals

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
