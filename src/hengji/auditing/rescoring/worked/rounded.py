"""Whether a claim is a score as a report may round it."""

from collections.abc import Iterable
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.model.numerals import round_half_up

_LITTLE = Fraction(11, 1000)


def agrees(case: Case, claimed: Fraction, scores: Iterable[Fraction]) -> bool:
    """Whether a claim is one of the scores, rounded as the report may round."""
    return any(
        abs(score - claimed) <= _LITTLE or any(Fraction(round_half_up(score, n)) == claimed for n in _places(case))
        for score in scores
    )


@once
def _places(case: Case) -> tuple[int, ...]:
    """To how many places a report may round: to whole points where none of its scores has more than a half."""
    claims = [item.claimed for item in case.found.items if item.claimed is not None]
    return (0, 1) if claims and all(claim * 2 % 1 == 0 for claim in claims) else (1,)
