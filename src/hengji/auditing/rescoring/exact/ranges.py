"""A range of figures as rules tell it: 「达到90%未到95%」, 「99%及以上、不到99.5%」, 「[90%,95%)」, 「90%≤执行率<95%」."""

import re
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.scoring_rule import UNIT
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit

NUMBER = r"\d{1,6}(?:\.\d+)?"
UNITS = rf"(?:%|‰|/(?:10|1|百|千|十)?万|个百分点|万|{UNIT})(?:/[\u4e00-\u9fff]{{1,4}}(?=[以及\(得计,;。的]|$))?"
_UP = r"≥|>=|不低于|不少于|不小于|大于等于|大于或等于|高于或等于|达到|达"
_OVER = r"超过|超出|高于|大于|>"
_DOWN = r"≤|<=|不超过|不超出|不高于|不大于|不多于|小于等于|小于或等于|低于或等于|控制在|未超过|没有超过|没超过"
_UNDER = r"未达到?|未到|没有?达到|达不到|不达|不到|不足|不满|低于|少于|小于|<"
_END = r"(?P<{0}c>\((?:不含|含)(?:本数)?\))?(?P<{0}p>(?:及|或)以上|以上|(?:及|或)以下|以下|以内|之内)?(?P<{0}d>\((?:不含|含)(?:本数)?\))?"


def _bound(name: str) -> str:
    end = _END.format(name)
    op = rf"(?P<{name}op>{_DOWN}|{_UNDER}|{_UP}|{_OVER})?"
    return rf"{op}(?:每[\u4e00-\u9fff]{{1,3}})?(?P<{name}n>{NUMBER})(?P<{name}u>{UNITS})?{end}"


_JOIN = r"(?:[,、]?(?:且|并且?|但|而)?(?:又|仍|尚)?|[,、]?(?:至|到|-{1,2}|和|与))"
RANGE = (
    rf"(?:(?P<lb>[\[(])(?P<bl>{NUMBER})%?,(?P<bh>{NUMBER})%?(?P<rb>[\])])"
    rf"|(?P<cl>{NUMBER})%?(?P<lt><|≤)[\u4e00-\u9fffA-Za-z]{{0,10}}(?P<rt><|≤)(?P<ch>{NUMBER})%"
    rf"|(?:在|介于)?{_bound('x')}(?:{_JOIN}{_bound('y')})?(?:之间|区间内?|范围内?)?)"
)


@dataclass(frozen=True, slots=True)
class Range:
    """The figures between two bounds; whether a bound itself is among them is None where that is not said."""

    low: Fraction | None
    high: Fraction | None
    with_low: bool | None
    with_high: bool | None
    unit: str

    def holds(self, value: Fraction) -> bool | None:
        """Whether a figure lies in the range; None for one on a bound of which that is not said."""
        answers = (
            True if self.low is None or value > self.low else self.with_low if value == self.low else False,
            True if self.high is None or value < self.high else self.with_high if value == self.high else False,
        )
        return False if False in answers else None if None in answers else True


@dataclass(frozen=True, slots=True)
class Side:
    """A bound: whether it is a lower one, and whether it belongs to the range itself; None where no word says so."""

    number: Fraction
    up: bool | None = None
    inside: bool | None = None


def range_of(match: re.Match[str]) -> Range | None:
    """The range that a match of ``RANGE`` tells; None where its words do not make one."""
    if match["lb"]:
        return _ordered(
            Side(Fraction(match["bl"]), inside=match["lb"] == "["),
            Side(Fraction(match["bh"]), inside=match["rb"] == "]"),
        )
    if match["cl"]:
        return _ordered(
            Side(Fraction(match["cl"]), inside=match["lt"] == "≤"),
            Side(Fraction(match["ch"]), inside=match["rt"] == "≤"),
        )
    unit = _unit(match["yu"] or match["xu"] or "")
    first = _side(match, "x")
    if match["yn"] is None:
        if first.up is None:
            return Range(first.number, first.number, True, True, unit)
        if first.up:
            return Range(first.number, None, first.inside, None, unit)
        return Range(None, first.number, None, first.inside, unit)
    if match["xu"] and match["yu"] and _unit(match["xu"]) != _unit(match["yu"]):
        return None
    second = _side(match, "y")
    if first.up is not None and first.up == second.up:
        return None
    upward = first.up if first.up is not None else not second.up
    return _ordered(first, second, unit) if upward else _ordered(second, first, unit)


def _ordered(low: Side, high: Side, unit: str = "%") -> Range | None:
    return Range(low.number, high.number, low.inside, high.inside, unit) if low.number < high.number else None


def _side(match: re.Match[str], name: str) -> Side:
    op, post, number = match[f"{name}op"], match[f"{name}p"], Fraction(match[f"{name}n"])
    said = _said(match, name)
    if post:
        inside = True if post[0] in "及或" else None
        return Side(number, post.endswith("上"), inside if said is None else said)
    for words, up, inside in _SIDES if op else ():
        if words.fullmatch(op):
            return Side(number, up, inside if said is None else said)
    return Side(number, None, said)


def _said(match: re.Match[str], name: str) -> bool | None:
    told = match[f"{name}c"] or match[f"{name}d"]
    return None if told is None else "不含" not in told


_SIDES = (
    (pattern(_UP), True, True),
    (pattern(_OVER), True, False),
    (pattern(_DOWN), False, True),
    (pattern(_UNDER), False, False),
)


def _unit(words: str) -> str:
    if words in ("个百分点", ""):
        return "%"
    if words.startswith("/"):
        return words
    own, bar, each = words.partition("/")
    return f"{canonical_unit(own)}{bar}{each}"
