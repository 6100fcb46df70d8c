"""Targets as the national tables write them: ≥50个, ≤90万元, =100%, 定性."""

import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, dimension, factor

AT_LEAST, AT_MOST, EQUAL, QUALITATIVE = "≥", "≤", "=", "定性"
_OPERATORS = {
    "≥": AT_LEAST, "≧": AT_LEAST, ">=": AT_LEAST, ">": AT_LEAST, "不低于": AT_LEAST, "不少于": AT_LEAST,
    "≤": AT_MOST, "≦": AT_MOST, "<=": AT_MOST, "<": AT_MOST, "不高于": AT_MOST, "不超过": AT_MOST,
    "=": EQUAL, "═": EQUAL, "等于": EQUAL, "": "",
    "定性": QUALITATIVE,
}  # fmt: skip
_RATIO = dimension("%")
_AMOUNT = pattern(
    r"(?P<operator>>=|<=|[≥≧≤≦><=═]|不低于|不少于|不高于|不超过|等于)?\s*"
    r"(?P<number>[+-]?[\d,]*\.?\d+)\s*(?P<unit>[^\d.,]*)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """One target: what is compared how, or 定性; ``number`` is None for a qualitative one."""

    operator: str
    number: Fraction | None = None
    unit: str = ""


def read_operator(text: str) -> str | None:
    """The operator a cell states, 「」 when it states none, None when it is none that is known."""
    return _OPERATORS.get(unicodedata.normalize("NFKC", text).strip())


def read_target(operator: str, text: str, unit: str = "") -> Target | None:
    """The target of a row: operator and unit from their own cells, or from the text (「≥50个」).

    A text without a number is a qualitative target; None means that the text has a number and cannot be read.
    """
    stated = read_operator(operator)
    if stated == QUALITATIVE:
        return Target(QUALITATIVE)
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        return None if any(c.isdigit() for c in plain) or stated is None else Target(QUALITATIVE)
    number = read_decimal(match["number"])
    if number is None or stated is None:
        return None
    own = _OPERATORS[match["operator"] or ""]
    if own and stated and own != stated:
        return None
    found = canonical_unit(match["unit"].strip() or unit)
    return Target(own or stated or AT_LEAST, Fraction(number), found)


def read_actual(text: str, target: Target) -> Fraction | None:
    """What was achieved, in the target's unit; 「≥90%」 counts as 90 %. None when it cannot be read.

    Where only one of the two states a unit the other is taken to mean it as long as nothing can be meant otherwise: 52 of
    50个 and 52个 of 50, but neither 0.92 of 90% (92 % or 0.92 %?) nor 80万元 of 90 (元 or 万元?).
    """
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    number = read_decimal(match["number"]) if match else None
    if match is None or number is None or target.number is None:
        return None
    actual, stated = Fraction(number), canonical_unit(match["unit"].strip())
    if stated == target.unit:
        return actual
    if not stated:
        return None if dimension(target.unit) == _RATIO and _maybe_ratio(actual, target.number) else actual
    if not target.unit and dimension(stated) == stated:
        return actual
    if not target.unit and (dimension(stated) != _RATIO or not _maybe_ratio(target.number, actual)):
        return None
    scale = factor(stated, target.unit)
    return None if scale is None else actual * scale


def _maybe_ratio(bare: Fraction, percentage: Fraction) -> bool:
    """Whether a number without a unit beside a percentage is a ratio: 0.92 beside 90%."""
    return 0 < bare <= 1 < percentage


def completion(target: Target, actual: Fraction) -> Fraction:
    """How far a quantitative target is met: 1 is met, less is the share reached.

    ≥: actual ÷ target. ≤: target ÷ actual (1 when nothing was used). =: the smaller of the two, so that a deviation to
    either side costs. A target of 0 is met or not: there is nothing to take a share of.
    """
    wanted = target.number
    assert wanted is not None
    if target.operator == AT_LEAST:
        if wanted <= 0:
            return Fraction(1 if actual >= wanted else 0)
        return max(Fraction(0), actual / wanted)
    if target.operator == AT_MOST:
        if actual <= wanted:
            return Fraction(1)
        return max(Fraction(0), wanted / actual)
    if wanted <= 0 or actual <= 0:
        return Fraction(1 if actual == wanted else 0)
    return min(actual / wanted, wanted / actual)
