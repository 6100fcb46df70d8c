"""How a report may round its scores."""

from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

LITTLE = Fraction(11, 1000)  # points by which a score may be off: rounded twice to hundredths
_FEW = 3  # leaves: fewer may be whole by chance


@once
def places_of_scores(case: Case) -> tuple[int, ...]:
    """To how many places a report may round its scores: to whole points only where all of them are whole, to tenths unless it tells hundredths and no tenths."""
    claims = [item.claimed for item in case.found.items if item.claimed is not None]
    totals = [Decimal(total.value) for total in case.found.totals.all_claimed]
    whole = len(claims) > _FEW and all(score == int(score) for score in (*claims, *totals))
    told = {len(f"{score.normalize():f}".partition(".")[2]) for score in claims}
    return (0, 1) if whole else () if 1 not in told and max(told, default=0) > 1 else (1,)


def rounded(case: Case, rule: str, score: Fraction) -> set[Fraction]:
    """The scores that a report may print for a score: to the places that its rule names, or to those of its scores; half points are never rounded."""
    said = _PLACES.search(rule)
    places = (_NAMED[said["n"]],) if said is not None else places_of_scores(case)
    return {round_half_up(score, each) for each in places if each or (score * 2).denominator != 1}


_PLACES = pattern(r"保留(?:小数点后)?(?P<n>[一二两三123])位(?:小数)?")
_NAMED = {"一": 1, "1": 1, "二": 2, "两": 2, "2": 2, "三": 3, "3": 3}
