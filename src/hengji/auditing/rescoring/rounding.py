"""How a report may round its scores."""

from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once

LITTLE = Fraction(11, 1000)  # points by which a score may be off: rounded twice to hundredths
_FEW = 3  # leaves: fewer may be whole by chance


@once
def places_of_scores(case: Case) -> tuple[int, ...]:
    """To how many places a report may round its scores: to whole points only where all of them are whole."""
    claims = [item.claimed for item in case.found.items if item.claimed is not None]
    totals = [Decimal(total.value) for total in case.found.totals.all_claimed]
    whole = len(claims) > _FEW and all(score == int(score) for score in (*claims, *totals))
    return (0, 1) if whole else (1,)
