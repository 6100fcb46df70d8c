"""How far a mistaken figure is from the right one: nearly always by one slip of the pen, else by little.

Two figures that are far from each other, and that no slip makes of each other, are as a rule of two things. Checks that
infer from words that two figures are one say nothing of such a pair; how near it must be is each check's own.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.auditing.case import Case, Check
from hengji.auditing.numbers import places
from hengji.auditing.slips import slip
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

BY_LITTLE = Fraction(1, 25)  # of the larger: how near a sum that words only suggest must be, where no slip explains it
_FIGURE = pattern(r"-?\d[\d,]*(?:\.\d+)?")


def likely(check: Check, code: str, near: Fraction) -> Check:
    """The same check without its findings of a code whose two values differ by more than ``near`` of the larger, and by no slip."""

    def checked(case: Case) -> Iterator[Finding]:
        return (each for each in check(case) if each.code != code or not unlike(each, near))

    return checked


def unlike(finding: Finding, near: Fraction) -> bool:
    """Whether the two values of a finding are further from each other than ``near`` of the larger, and no slip makes one of the other."""
    stated, meant = _FIGURE.match(finding.stated), _FIGURE.match(finding.recomputed)
    if stated is None or meant is None or not Fraction(meant[0].replace(",", "")):
        return False  # what there should be none of is off by all of it
    written = stated[0].replace(",", "")
    return not mistaken(Fraction(written), Fraction(meant[0].replace(",", "")), places(written), near)


def mistaken(stated: Fraction, meant: Fraction, decimals: int, near: Fraction = Fraction(0)) -> bool:
    """Whether one slip makes one figure of the other, written with so many decimals, or they differ by so little of the larger.

    Digits in another order are a slip too: 15.68 for 16.85.
    """
    if abs(stated - meant) <= near * max(abs(stated), abs(meant)):
        return True
    written, right = fixed(stated, decimals), fixed(meant, decimals)
    return bool(slip(written, right)) or (sorted(written) == sorted(right) and len(written) > _FEW)


_FEW = 2


def sum_mistaken(stated: Fraction, parts: Iterable[Fraction], decimals: int, near: Fraction) -> bool:
    """Whether one slip, of a whole or of one of its parts, makes a sum right, or the sum is off by so little of the larger."""
    summands = tuple(parts)
    off = sum(summands, Fraction(0)) - stated
    return mistaken(stated, stated + off, decimals, near) or any(
        part > off and mistaken(part, part - off, decimals) for part in summands
    )
