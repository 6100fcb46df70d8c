"""Numbers as people and spreadsheets write them, read exactly; and exact numbers as documents print them."""

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache

from hengji.model.patterns import pattern

_NUMBER = pattern(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
# A number below a thousand in Chinese numerals, to stand in a pattern.
CHINESE = r"(?:一百|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])(?:点[零〇一二三四五六七八九]{1,4})?"
_MOST_PLACES = 6
_MEANT_DIGITS = 12  # nobody types more; what has more went through a binary float
# A float's noise: so many digits were meant, and the rest is smaller than this share of the number.
_NOISE = ((5, Decimal("1e-6")), (_MEANT_DIGITS, Decimal("1e-13")))


@lru_cache(maxsize=2048)  # the cells of a table are read by every check of tables
def read_decimal(text: str) -> Decimal | None:
    """The decimal a text states, or None when it is not one plain number.

    Full-width digits, thousands separators (half- or full-width) and surrounding blanks are accepted; a unit or a
    percent sign is not, the caller takes those off first. 「12,34」 is no number.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",")
    plain = plain.strip()
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None


_CHINESE_DIGITS = {digit: str(n) for n, digit in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_CHINESE = pattern(
    r"(?=[^点])(?:(?P<hundred>[一二两三四五六七八九])百)?零?(?:(?P<ten>[一二三四五六七八九])?(?P<tens>十))?(?P<one>[零〇一二两三四五六七八九])?(?:点(?P<rest>[零〇一二三四五六七八九]{1,4}))?"
)


def read_chinese(text: str) -> Decimal | None:
    """The number below a thousand that digits or Chinese numerals state: 「96.5」, 「九十五点七」, 「一百」; None for anything else."""
    if text[:1].isdigit():
        return read_decimal(text)
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    hundred, ten, one = (_CHINESE_DIGITS[match[name] or "零"] for name in ("hundred", "ten", "one"))
    if match["tens"] and not match["ten"]:
        ten = "1"
    rest = "".join(_CHINESE_DIGITS[each] for each in match["rest"] or "")
    return Decimal(f"{int(hundred + ten + one)}.{rest}".rstrip("."))


def without_noise(number: Decimal) -> Decimal:
    """The decimal a person meant behind a binary float: 0.0900000762939453 is 0.09, 912.9699999999999 is 912.97.

    A number with at most twelve significant digits is returned as it is.
    """
    if len(number.as_tuple().digits) <= _MEANT_DIGITS:
        return number
    for most_digits, noise in _NOISE:
        for digits in range(1, most_digits + 1):
            meant = significant(number, digits)
            if abs(meant - number) < abs(number) * noise:
                return meant
    return number


def significant(number: Decimal, digits: int) -> Decimal:
    """The number rounded half-up to so many significant digits, without trailing zeros."""
    with localcontext() as context:
        context.prec = digits
        context.rounding = ROUND_HALF_UP
        rounded = +number
    exponent = rounded.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number
    return rounded.quantize(Decimal(1)) if exponent > 0 else rounded.normalize()


def round_half_up(number: Fraction, places: int = 2) -> Fraction:
    """A number rounded half away from zero to so many places, still exact."""
    return Fraction(_units(number, places), 10**places)


def _units(number: Fraction, places: int) -> int:
    """The same as a whole number of its last place."""
    numerator, denominator = number.numerator, number.denominator
    scale: int = 10**places
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return units if numerator >= 0 else -units


def fixed(number: Fraction, places: int = 2) -> str:
    """A number as documents print it, with exactly so many places: 5 is 「5.00」."""
    units = _units(number, places)
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain(number: Fraction, places: int = 2) -> str:
    """A number without trailing zeros, rounded to so many places at most: 5.00 is 「5」, 3.50 is 「3.5」."""
    if number.denominator == 1:
        return str(number.numerator)
    text = fixed(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Fraction, places: int = 2) -> str:
    """A ratio as a percentage: 23/30 is 「76.67%」, 1 is 「100%」; 0.99999 is 「99.999%」, since it is not 100%."""
    hundredfold = ratio * 100
    text = plain(hundredfold, places)
    while "." not in text and hundredfold.denominator != 1 and places < _MOST_PLACES:
        places += 1
        text = plain(hundredfold, places)
    return text + "%"


def fraction(number: Decimal | int | str | Fraction) -> Fraction:
    """An exact fraction of a decimal; a float is refused, since it has lost what was stated."""
    if isinstance(number, float):
        raise TypeError("a figure of record is never a binary float")
    return Fraction(number)
