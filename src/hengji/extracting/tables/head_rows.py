"""Rows and tables that only sum up others: they are groups, not leaves."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import ScoredGroup, ScoredItem, Span

_HUNDRED = Decimal(100)  # the points of all leaves


def summaries(parts: list[list[ScoredItem]]) -> Iterator[list[ScoredItem]]:
    """The tables with a row a group: whose points and scores are the sums of the rows of the others, in their order."""
    for part in parts:
        others = [item for other in parts if other is not part for item in other]
        if len(part) > 1 and len(others) > len(part) and sums_up(part, others):
            yield part
            return


def sums_up(heads: Sequence[ScoredItem], leaves: Sequence[ScoredItem]) -> bool:
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
    if _are_leaves(heads, items):
        found.items[first:] = [items[at] for at in sorted(heads)]
        return
    for at, end in sorted(heads.items()):
        item, cover = items[at], Span(items[at].span.start, items[end - 1].span.end)
        found.groups.append(ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True, cover=cover))
    if heads:
        found.items[first:] = [item for at, item in enumerate(items) if at not in heads]


def _are_leaves(heads: Collection[int], items: list[ScoredItem]) -> bool:
    """Whether the rows that sum up others are the leaves: what is under each is named as what is under the others, 「其中：制度、执行」."""
    names = Counter(item.name for at, item in enumerate(items) if at not in heads)
    alone = {items[at].name for at in heads}
    return len(alone) == len(heads) >= _FEWEST and all(count * 2 > len(heads) for count in names.values())


_FEWEST = 4  # leaves


def without_parts(items: list[ScoredItem]) -> list[ScoredItem]:
    """The rows of a table without those that come again and again without a score among others that have one: parts of leaves."""
    open_rows = Counter(item.name for item in items if item.claimed is None and not item.not_applicable)
    if not open_rows or open_rows.total() * 2 > len(items):
        return items
    return [item for item in items if item.claimed is not None or item.not_applicable or open_rows[item.name] == 1]


def _heads_by_mark(items: list[ScoredItem], styles: list[str]) -> dict[int, int]:
    """The rows that are followed by rows numbered in a deeper form, and where those end; at least half of them are the sum of those."""
    order = list(dict.fromkeys(styles))
    ranks = [order.index(style) for style in styles]
    heads = [at for at in range(len(items) - 1) if ranks[at + 1] > ranks[at]]
    if not heads or any(items[at].path for at in heads):
        return {}
    ends = {at: next((n for n in range(at + 1, len(items)) if ranks[n] <= ranks[at]), len(items)) for at in heads}
    right = 0
    for at, end in ends.items():
        inner = [items[n].points or Decimal(0) for n in range(at + 1, end) if n not in ends]
        right += sum(inner, Decimal(0)) == items[at].points
    return ends if right * 2 >= len(heads) else {}


def _heads_by_sum(items: list[ScoredItem]) -> dict[int, int]:
    """The rows of a table of several levels without numbers, and where those under them end: each is their sum, over the whole table."""
    points = [item.points for item in items]
    known = [worth for worth in points if worth is not None]
    levels, rest = divmod(sum(known, Decimal(0)), _HUNDRED)
    if len(known) < len(points) or rest or not 2 <= levels <= _DEEPEST or any(item.path for item in items):
        return {}
    heads: dict[int, int] = {}
    at = 0
    while at < len(known):
        end = _end_of(known, at, int(levels), heads)
        if end is None:
            return {}
        at = end
    return heads


_DEEPEST = 4  # levels of indicators


def _end_of(points: list[Decimal], at: int, levels: int, heads: dict[int, int]) -> int | None:
    """Where the rows under a row end, whose points they have together, ``levels`` deep; puts what sums up others among the heads."""
    if levels == 1:
        return at + 1
    left, end = points[at], at + 1
    while end < len(points) and left > 0:
        left -= points[end]
        inner = _end_of(points, end, levels - 1, heads)
        if inner is None:
            return None
        end = inner
    heads[at] = end
    return end if left == 0 else None
