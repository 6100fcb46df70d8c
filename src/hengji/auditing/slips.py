"""Slips of the pen: by what one mistake a written number comes from the number that was meant."""

from fractions import Fraction
from functools import lru_cache

from hengji.auditing.numbers import places
from hengji.model.extraction import Quantity
from hengji.model.numerals import fixed

SWAPPED = "两个数字前后颠倒"
REPLACED = "写错一位数字"
SHIFTED = "小数点错位"
LOST = "多写或漏写一位数字"


@lru_cache(maxsize=2048)  # the same figures are held against each other by many checks
def digits_of(value: str) -> str:
    """The digits of a figure as written."""
    return "".join(filter(str.isdigit, value))


def swapped(written: str, meant: str) -> bool:
    """Whether two digits changed places, next to each other or with one between."""
    a, b = written.replace(",", ""), meant.replace(",", "")
    if len(a) != len(b):
        return False
    odd = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(odd) != _TWO or not (a[odd[0]] + a[odd[1]]).isdigit():
        return False
    near = len(digits_of(a[odd[0] : odd[1] + 1])) <= _APART
    return near and a[odd[0]] == b[odd[1]] and a[odd[1]] == b[odd[0]]


_TWO = 2
_APART = 3  # digits from the first to the second of two that changed places


def slip(written: str, meant: str) -> str:
    """The one slip that makes ``written`` of ``meant``, in words; nothing where it takes more than one."""
    a, b = written.replace(",", ""), meant.replace(",", "")
    if a == b:
        return ""
    if swapped(a, b):
        return SWAPPED
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        return REPLACED
    whole, cut = digits_of(a).strip("0"), digits_of(b).strip("0")
    if whole and whole == cut:
        return SHIFTED
    longer, shorter = sorted((digits_of(a), digits_of(b)), key=len, reverse=True)
    if len(longer) == len(shorter) + 1 and len(shorter) > _TWO:
        left_out = (longer[:n] + longer[n + 1 :] for n in range(len(longer)))
        return LOST if any(each == shorter for each in left_out) else ""
    return ""


def evened(one: str, other: str) -> tuple[str, str]:
    """Two figures written with as many decimals: 「96.80」 and 「98.6」 as 96.80 and 98.60."""
    most = max(places(one), places(other))
    first, second = (
        f"{value}{'' if '.' in value or not most else '.'}{'0' * (most - places(value))}" for value in (one, other)
    )
    return first, second


def slipped_rate(rate: Quantity, numerator: Fraction, denominator: Fraction) -> str:
    """The one slip by which a stated percentage comes from a ratio rounded to as many decimals, or nothing.

    A digit too many or too few is left out: of a percentage's three or four digits it would explain too much.
    """
    if denominator == 0 or numerator <= 0:
        return ""
    value = numerator / denominator * 100
    kind = slip(rate.value, fixed(value, places(rate.value)))
    if not kind and any(fixed(value * power, places(rate.value)) == rate.value for power in (10, Fraction(1, 10))):
        return SHIFTED  # and rounded where it then stood: 8.45% for 84.46%
    return "" if kind == LOST else kind
