"""Leaves whose points stand in one place and whose scores in another, put together; and sums of leaves that look like leaves."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_FEWEST = 3  # leaves that show that points and scores stand apart
_HUNDRED = Decimal(100)

Items = tuple[ScoredItem, ...]


def joined(items: Items) -> Items:
    """The items with one for each name that has points without a score once, and a score without points once."""
    worth = _once(
        item for item in items if item.points is not None and item.claimed is None and not item.not_applicable
    )
    got = _once(item for item in items if item.points is None and item.claimed is not None)
    names = worth.keys() & got.keys()
    if len(names) < _FEWEST:
        return items
    told: list[ScoredItem] = []
    for item in items:
        own = worth[item.name] if item.name in names else item
        if item.name not in names:
            told.append(item)
        elif item.points is None:
            told.append(replace(item, points=own.points, path=item.path or own.path, rule=item.rule or own.rule))
    return tuple(told)


_OF_A_GROUP = pattern(r"(?:类)?(?:指标|情况|方面)+$")


def named_as_tabled(written: Items, tabled: Items) -> Items:
    """The leaves of running text with the name of the table's one leaf where a chapter only names its group: 「（四）满意度（10分）」."""
    known = {item.name for item in tabled}
    alone: dict[str, list[ScoredItem]] = {}
    for item in tabled:
        for above in {_OF_A_GROUP.sub("", each) for each in item.path}:
            alone.setdefault(above, []).append(item)

    def row_of(item: ScoredItem) -> ScoredItem | None:
        rows = alone.get(_OF_A_GROUP.sub("", item.name), ()) if item.name not in known else ()
        return rows[0] if len(rows) == 1 and rows[0].points == item.points is not None else None

    rows = {item.span.start: row for item in written if (row := row_of(item)) is not None}
    return tuple(
        replace(item, name=row.name, path=(*item.path, item.name)) if (row := rows.get(item.span.start)) else item
        for item in written
    )


def makes_hundred(items: Items) -> bool:
    """Whether the points make a hundred, with or without those of leaves that are not assessed."""
    own, other = (
        sum((i.points or Decimal(0) for i in items if i.not_applicable is gone), Decimal(0)) for gone in (False, True)
    )
    return _HUNDRED in (own, own + other)


def scored_as_tabled(written: Items, tabled: Items) -> Items:
    """The leaves of running text, with the score of their row where the text told none."""
    rows = {(row.name, row.points): row.claimed for row in tabled}
    return tuple(
        replace(item, claimed=rows.get((item.name, item.points)))
        if item.claimed is None and not item.not_applicable
        else item
        for item in written
    )


def _once(items: Iterable[ScoredItem]) -> dict[str, ScoredItem]:
    """The items by name, without those whose name comes twice."""
    found: dict[str, ScoredItem] = {}
    twice: set[str] = set()
    for item in items:
        if item.name in found:
            twice.add(item.name)
        found.setdefault(item.name, item)
    return {name: item for name, item in found.items() if name not in twice}


def sums_among(items: Items) -> Items:
    """The items that open or end the others, or stand in front of their own, and only sum them up: as many points and as much score."""
    points = [item.points or Decimal(0) for item in items]
    if sum(points, Decimal(0)) != 2 * _HUNDRED:
        return _heads_of_levels(items)
    for order in (1, -1):
        taken, some = Decimal(0), 0
        for worth in points[::order]:
            taken, some = taken + worth, some + 1
            if taken >= _HUNDRED:
                break
        heads = items[:some] if order == 1 else items[-some:]
        rest = items[some:] if order == 1 else items[:-some]
        if taken == _HUNDRED and len(heads) < len(rest) and (_fits(heads, rest) or _in_a_sentence(heads)):
            return heads
    return _heads_of_blocks(items)


def _fits(heads: Items, rest: Items) -> bool:
    """Whether the scores of heads can be what the others make, some of which may have none."""
    least = _score(rest)
    open_points = sum((item.points or Decimal(0) for item in rest if item.claimed is None), Decimal(0))
    return least <= _score(heads) <= least + open_points


def _in_a_sentence(items: Items) -> bool:
    """Whether several stand right behind each other, as parts of a total are told: 「决策20分得19.5分，过程30分得29分」."""
    ends = [max(item.span.end, item.quote.end) for item in items]
    gaps = [after.span.start - end for end, after in zip(ends, items[1:], strict=False)]
    return bool(gaps) and all(0 <= gap <= _BESIDE for gap in gaps) and not any(item.table for item in items)


_BESIDE = 4  # characters


def _heads_of_blocks(items: Items) -> Items:
    """The items that each make the points and the score of those behind them, down to the next such; nothing where one is left over."""
    heads: list[ScoredItem] = []
    at = 0
    while at < len(items):
        head, taken, end = items[at], Decimal(0), at + 1
        while end < len(items) and taken < (head.points or Decimal(0)):
            taken += items[end].points or Decimal(0)
            end += 1
        if taken != head.points or end - at <= _FEWEST - 1 or _score(items[at + 1 : end]) != head.claimed:
            return ()
        heads.append(head)
        at = end
    return tuple(heads)


def _heads_of_levels(items: Items) -> Items:
    """The items named as levels that the leaves right behind them make, without which all make a hundred; not one of a single leaf."""
    heads: list[ScoredItem] = []
    for at, head in enumerate(items):
        taken, end = Decimal(0), at + 1
        while end < len(items) and taken < (head.points or Decimal(0)):
            taken += items[end].points or Decimal(0)
            end += 1
        if _LEVEL.fullmatch(head.name) and taken == head.points and end - at >= _FEWEST:
            heads.append(head)
    rest = sum((item.points or Decimal(0) for item in items if item not in heads), Decimal(0))
    return tuple(heads) if heads and rest == _HUNDRED else ()


def below_sums(items: Items, heads: Items) -> Items:
    """The items without the heads that sum them up; those right behind a head that have no path but its own stand under its name."""
    found: list[ScoredItem] = []
    head, left = items[0], Decimal(0)
    for item in items:
        if item in heads:
            head, left = item, item.points or Decimal(0)
            continue
        under = 0 < (item.points or Decimal(0)) <= left
        left = left - (item.points or Decimal(0)) if under else Decimal(0)
        beside = under and item.path in ((), head.path)
        found.append(replace(item, path=(*head.path, head.name)) if beside else item)
    return tuple(found)


_LEVEL = pattern(r"(?:投入|过程|决策|产出|效益|效果|管理|满意度|成本|履职)(?:类|方面)?(?:指标)?")


def _score(items: Items) -> Decimal:
    return sum((item.claimed or Decimal(0) for item in items), Decimal(0))
