"""Whether a claim is a score as a report may round it."""

from collections.abc import Iterable
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.rescoring.rounding import LITTLE
from hengji.model.numerals import round_half_up


def agrees(case: Case, claimed: Fraction, scores: Iterable[Fraction]) -> bool:
    """Whether a claim is one of the scores, rounded as the report may round."""
    near = Fraction(1, 2) if _in_whole_points(case) else Fraction(0)
    return any(
        abs(score - claimed) <= LITTLE or Fraction(round_half_up(score, 1)) == claimed or abs(score - claimed) < near
        for score in scores
    )


@once
def _in_whole_points(case: Case) -> bool:
    """Whether a report gives whole points alone, so that it may have rounded to them."""
    claims = [item.claimed for item in case.found.items if item.claimed is not None]
    return bool(claims) and all(claim % 1 == 0 for claim in claims)
