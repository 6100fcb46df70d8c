"""Whether the leaves that were read add up with what the document prints: where nothing does, a leaf was not read, or one too many."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Section, Totals

_HUNDRED = Decimal(100)
_FEW = 3  # leaves: fewer are no scored tree
_OPEN = 5  # one leaf in so many may stand without a score
_EXECUTION = "预算执行率"


def reconciles(
    items: tuple[ScoredItem, ...],
    groups: tuple[ScoredGroup, ...],
    extras: tuple[Extra, ...],
    totals: Totals,
    sections: tuple[Section, ...],
) -> bool:
    """Whether the leaves can be taken for all leaves of the document.

    Points that make 100, scores that make a printed total, or groups that all hold what they print: any of them vouches for the
    leaves, since a fault of the document itself seldom touches all three. Repeated names and many leaves without a score speak against.
    """
    if len(items) < _FEW or _repeats(items) or _many_open(items):
        return False
    if any(item.doubtful for item in items):
        return False
    points = [item.points for item in items]
    if all(each is None for each in points):
        return True  # a document that prints no points
    return _hundred(items) or _scores_make(items, extras, totals) or _groups_hold(items, groups, sections)


def _repeats(items: tuple[ScoredItem, ...]) -> bool:
    """Whether running text seems to hold one leaf twice."""
    told = Counter((item.path, item.name) for item in items if not item.table)
    return any(count > 1 for count in told.values())


def _many_open(items: tuple[ScoredItem, ...]) -> bool:
    open_ones = sum(1 for item in items if item.claimed is None and not item.not_applicable)
    return open_ones > 1 and open_ones * _OPEN > len(items)


def _sum(numbers: Iterable[Decimal | None]) -> Decimal:
    return sum((number for number in numbers if number is not None), Decimal(0))


def _hundred(items: tuple[ScoredItem, ...]) -> bool:
    whole = _sum(item.points for item in items)
    without = _sum(item.points for item in items if item.name != _EXECUTION)
    return any(each and each % _HUNDRED == 0 for each in (whole, without))


def _scores_make(items: tuple[ScoredItem, ...], extras: tuple[Extra, ...], totals: Totals) -> bool:
    scores = _sum(
        item.weighted if item.weighted is not None else item.claimed for item in items if not item.not_applicable
    )
    beside = _sum(-extra.claimed if extra.deduction and extra.claimed else extra.claimed for extra in extras)
    printed = [each.value for each in (*totals.all_claimed, *((totals.base,) if totals.base else ()))]
    return any(Decimal(each) in (scores, scores + beside) for each in printed if each.replace(".", "", 1).isdigit())


def _groups_hold(items: tuple[ScoredItem, ...], groups: tuple[ScoredGroup, ...], sections: tuple[Section, ...]) -> bool:
    """Whether every group with points holds leaves of as many points, and every leaf stands in a group."""
    valued = [group for group in groups if group.points is not None]
    held = [[item for item in items if _holds(group, item, sections)] for group in valued]
    everywhere = {id(item) for within in held for item in within}
    return (
        bool(valued)
        and len(everywhere) == len(items)
        and all(_sum(item.points for item in within) == g.points for g, within in zip(valued, held, strict=True))
    )


def _holds(group: ScoredGroup, item: ScoredItem, sections: tuple[Section, ...]) -> bool:
    if group.table or item.table:
        return group.name in item.path
    at = item.section
    while at is not None:
        if at == group.section:
            return True
        at = sections[at].parent
    return False
