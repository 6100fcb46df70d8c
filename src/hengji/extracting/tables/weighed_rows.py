"""Rows whose scores are out of a hundred each and count by their weights: 「预算执行率｜15%｜95」, where the total is the sum of both."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengji.model.extraction import ScoredItem, Totals

_HUNDRED = Decimal(100)
_FEWEST = 4  # leaves
_TWICE = 2


def weighed(items: tuple[ScoredItem, ...], found: Totals) -> tuple[ScoredItem, ...]:
    """The items with the points that their weights are and the scores that count, where a printed total is what these make; else as they are."""
    rows = [item for item in items if item.table]
    if len(rows) < _FEWEST or len(rows) < len(items) or not _out_of_a_hundred(rows):
        return items
    whole = sum((row.points or Decimal(0) for row in rows), Decimal(0))
    if whole not in (_HUNDRED, 1):
        return items
    scale = _HUNDRED / whole
    turned = tuple(_turned(row, scale) for row in rows)
    made = sum((row.claimed or Decimal(0) for row in turned), Decimal(0))
    return turned if any(_rounds_to(made, value) for value in _printed(found)) else items


def _out_of_a_hundred(rows: Iterable[ScoredItem]) -> bool:
    """Whether every row has a weight and a score, and most scores are far beyond the points that the weights would be."""
    told = [(row.points, row.claimed) for row in rows if not row.not_applicable]
    if any(points is None or claimed is None or claimed > _HUNDRED for points, claimed in told):
        return False
    far = sum(1 for points, claimed in told if (claimed or 0) > _TWICE * (points or 0))
    return far * _TWICE > len(told)


def _turned(row: ScoredItem, scale: Decimal) -> ScoredItem:
    if row.points is None or row.claimed is None:
        return row
    points = row.points * scale
    claimed = points * row.claimed / _HUNDRED
    return replace(row, points=points.normalize(), claimed=claimed.normalize(), hundred=row.claimed)


def _printed(found: Totals) -> Iterable[Decimal]:
    for stated in (*found.all_claimed, *((found.base,) if found.base else ())):
        try:
            yield Decimal(stated.value)
        except InvalidOperation:
            continue


def _rounds_to(made: Decimal, printed: Decimal) -> bool:
    """Whether a sum is a printed total, up to one unit of its last digit."""
    return abs(made - printed) <= Decimal(1).scaleb(int(printed.as_tuple().exponent)) and printed != _HUNDRED
