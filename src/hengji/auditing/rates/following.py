"""R11: a rate that is only wrong by an amount that another finding says is wrong itself."""

from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, percent_fits, places
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_UNIT = r"(?:[万亿]?[\u4e00-\u9fff]{1,2})?"
_DIVISION = pattern(rf"按(?:这一行的|表中)?(?P<a>\d[\d.,]*){_UNIT} ÷ (?P<b>\d[\d.,]*){_UNIT}计算")
_NUMBER = pattern(rf"(?P<n>\d[\d.,]*){_UNIT}")


def follows_from(rate: Finding, other: Finding) -> bool:
    """Whether a rate was divided by a sum that an R07 recomputes, and is right by what that is, or by an amount whose unit an R12 doubts."""
    match = _DIVISION.search(rate.message)
    stated = _number(other.stated)
    if match is None or stated is None:
        return False
    a, b = (read_decimal(match[key]) for key in ("a", "b"))
    if stated not in (a, b):
        return False
    return other.code == "R12" or (other.code == "R07" and _fits(rate, a, b, stated, _number(other.recomputed)))


def _fits(rate: Finding, a: Decimal | None, b: Decimal | None, stated: Decimal, right: Decimal | None) -> bool:
    told = read_decimal(rate.stated.removesuffix("%"))
    top, bottom = (right, b) if stated == a else (a, right)
    if told is None or top is None or not bottom:
        return False
    return percent_fits(exact(told), places(rate.stated.removesuffix("%")), exact(top), exact(bottom))


def _number(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text)
    return read_decimal(match["n"]) if match is not None else None


def scored_by_right_rate(case: Case, score: Finding, rate: Finding) -> bool:
    """Whether a score is what an R11 recomputes for the rate of its row: 「95.51%｜20｜19.03」, where 95.15% is right and makes 19.03."""
    right = _number(rate.recomputed.removesuffix("%")) if rate.recomputed.endswith("%") else None
    if right is None or score.start is None or rate.start is None:
        return False
    lines = {case.flat.rfind("\n", 0, each.start) for each in (score, rate) if each.start is not None}
    items = [item for item in case.found.items if item.name == score.item and item.points and item.claimed is not None]
    return len(lines) == 1 and any(
        abs(exact(item.points) * exact(right) / 100 - exact(item.claimed)) <= _CENT
        for item in items
        if item.points is not None and item.claimed is not None
    )


_CENT = Fraction(1, 100)
