"""R06 by the indicator system: what it gives for the figures of the report, against the score that is claimed."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding
from hengji.model.scorecard import Standing


def rescored(case: Case) -> Iterator[Finding]:
    """R06: the score computed from the report's own figures is the claimed one."""
    if case.known is not None and case.known.exact:
        for leaf in case.known.scorecard.leaves:
            claimed = _claim_of(case, leaf.id)
            if (
                leaf.standing is not Standing.COMPUTED
                or leaf.score is None
                or claimed is None
                or claimed.claimed is None
            ):
                continue
            computed = leaf.score
            if leaf.moved_in:
                continue  # whether moved points were taken is R34's matter
            if computed != Fraction(claimed.claimed):
                yield case.finding(
                    "R06",
                    case.leaf_span(claimed),
                    f"“{claimed.name}”自评{number(claimed.claimed)}分，按报告自己的数计算是{number(computed)}分",
                    stated=number(claimed.claimed),
                    recomputed=number(computed),
                    item=claimed.name,
                )


def _claim_of(case: Case, leaf: str) -> ScoredItem | None:
    names = [name for name, known in case.leaf_ids.items() if known == leaf]
    return next((item for item in case.found.items if item.name in names), None)
