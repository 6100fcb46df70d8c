"""R19: problems that tell the points of every loss but one, and that one the largest."""

from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.problems.clauses import problem_texts
from hengji.auditing.problems.contradicting import names_alone
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_POINTS = pattern(r"(?:[扣失丢减]|影响[^,。;]{0,20}得分)\s?(?P<n>\d+(?:\.\d+)?)\s?分")
_OTHERS = 2  # losses told with their points: fewer are no account of them


def left_unaccounted(case: Case, item: ScoredItem) -> bool:
    """Whether the problems tell with their points what all other leaves lost, and have no word of this one, which lost as much as any."""
    losses = _losses(case)
    own = losses.get(id(item))
    others = [loss for each, loss in losses.items() if each != id(item)]
    told = _told_points(case)
    if own is None or len(others) < _OTHERS or own in told or own < max(others) or sum(losses.values()) in told:
        return False
    text = "".join(text for _, text in problem_texts(case))
    return all(loss in told for loss in others) and not any(
        pair in text for pair in names_alone(case).get(item.name, ())
    )


@once
def _losses(case: Case) -> dict[int, Decimal]:
    """What each leaf lost, by its identity."""
    return {
        id(item): item.points - item.claimed
        for item in case.found.items
        if item.points is not None and item.claimed is not None and item.claimed < item.points
    }


@once
def _told_points(case: Case) -> frozenset[Decimal]:
    return frozenset(Decimal(m["n"]) for _, text in problem_texts(case) for m in _POINTS.finditer(text))
