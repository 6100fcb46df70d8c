"""R11: a rate that is right for the sum that should be written, and so follows from what an R07 tells."""

from hengji.auditing.numbers import exact, percent_fits, places
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_DIVISION = pattern(r"按(?:这一行的|表中)?(?P<a>\d[\d.,]*) ÷ (?P<b>\d[\d.,]*)计算")


def rate_of_the_right_sum(rate: Finding, summed: Finding) -> bool:
    """Whether a rate is wrong only by a sum that an R07 says is wrong, and right by what that recomputed."""
    match = _DIVISION.search(rate.message)
    right, stated = read_decimal(summed.recomputed), read_decimal(summed.stated)
    told = read_decimal(rate.stated.removesuffix("%"))
    if match is None or not right or stated is None or told is None:
        return False
    a, b = (read_decimal(match[key]) for key in ("a", "b"))
    if a is None or not b or stated not in (a, b):
        return False
    top, bottom = (right, b) if stated == a else (a, right)
    return percent_fits(exact(told), places(rate.stated.removesuffix("%")), exact(top), exact(bottom))
