"""Rows and tables that only sum up others: they are groups, not leaves."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.extracting.table_scores import TableScores
from hengji.model.extraction import ScoredGroup, ScoredItem

_TWICE = Decimal(200)  # the points of the leaves and of their heads


def summaries(parts: list[list[ScoredItem]]) -> Iterator[list[ScoredItem]]:
    """The tables with a row a group: whose points and scores are the sums of the rows of the others, in their order."""
    for part in parts:
        others = [item for other in parts if other is not part for item in other]
        if len(part) > 1 and len(others) > len(part) and _sums_up(part, others):
            yield part
            return


def _sums_up(heads: list[ScoredItem], leaves: list[ScoredItem]) -> bool:
    """Whether each head has the points of the leaves that follow it and most have their score, and none is left over."""
    rest, wrong = list(leaves), 0
    for head in heads:
        points, score, taken = Decimal(0), Decimal(0), 0
        while rest and head.points is not None and points < head.points:
            item, taken = rest.pop(0), taken + 1
            points, score = points + (item.points or 0), score + (item.claimed or 0)
        if points != head.points or not taken:
            return False
        wrong += score != head.claimed
    return not rest and wrong * 3 <= len(heads)


def nest(found: TableScores, first: int) -> None:
    """Puts the rows of a table that only sum up the rows under them among the groups: by their numbers, or by their points."""
    items = found.items[first:]
    heads = _heads_by_mark(items, [found.marks.get(item.span.start, "") for item in items]) or _heads_by_sum(items)
    for at in heads:
        item = items[at]
        found.groups.append(ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True))
    if heads:
        found.items[first:] = [item for at, item in enumerate(items) if at not in heads]


def _heads_by_mark(items: list[ScoredItem], styles: list[str]) -> set[int]:
    """The rows that are followed by rows numbered in a deeper form; at least half of them are the sum of those."""
    order = list(dict.fromkeys(styles))
    ranks = [order.index(style) for style in styles]
    heads = [at for at in range(len(items) - 1) if ranks[at + 1] > ranks[at]]
    if not heads or any(items[at].path for at in heads):
        return set()
    right = 0
    for at in heads:
        end = next((n for n in range(at + 1, len(items)) if ranks[n] <= ranks[at]), len(items))
        inner = [items[n].points or Decimal(0) for n in range(at + 1, end) if n not in heads]
        right += sum(inner, Decimal(0)) == items[at].points
    return set(heads) if right * 2 >= len(heads) else set()


def _heads_by_sum(items: list[ScoredItem]) -> set[int]:
    """The rows of a table of two levels without numbers: each is the sum of the rows up to the next, over the whole table."""
    points = [item.points for item in items]
    known = [worth for worth in points if worth is not None]
    if len(known) < len(points) or sum(known, Decimal(0)) != _TWICE or any(item.path for item in items):
        return set()
    heads: set[int] = set()
    at = 0
    while at < len(known):
        end, left = at + 1, known[at]
        while end < len(known) and left > 0:
            left -= known[end]
            end += 1
        if left != 0:
            return set()
        heads.add(at)
        at = end
    return heads
