"""Shares told in rough words, each as the values that it leaves open: 「近三成」, 「过半」, 「三分之一」, 「不到一半」, 「翻一番」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_DIGIT = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_LEAD = r"(?P<bound>超过?|逾|突破|达到?|高达|不足|不到|未到|低于|将?近|接近|约|大约)?了?"
_ROUGH = pattern(
    rf"{_LEAD}(?:(?P<tenths>[一两二三四五六七八九])成(?P<half>[一二三四五六七八九半])?(?![立为功员果效本套长就人分绩年])"
    r"|(?P<of>[二三四五六七八九十])分之(?P<part>[一二两三四五六七八九])(?!\d)|(?P<halves>半数|一半|过半|[对大]半|(?<=[超逾近])半(?![年月径成]))"
    r"|(?P<times>(?:翻了?(?:一番|番|两番)|(?<=增长)一倍|(?<=增加)一倍|(?<=[近约了])一倍|一倍)(?!多|以上)))(?P<behind>以上|多|左右|有余)?"
)
HINT = pattern("成|分之|半|倍|番")
_AT_LEAST, _AT_MOST, _CLOSE_TO = (
    ("超", "超过", "逾", "突破", "高达"),
    ("不足", "不到", "未到", "低于"),
    ("近", "将近", "接近"),
)
_HALF, _ONE = Fraction(1, 2), Fraction(1)
_LOOSE, _BELOW, _HAIR = Fraction(6, 100), Fraction(7, 100), Fraction(1, 200)
_OF_DOUBLE = Fraction(15, 100)
_MOST = Fraction(100)


@dataclass(frozen=True, slots=True)
class Rough:
    """A rough word, where it stands, and the least and the most that it may mean, as a share of one."""

    words: str
    span: Span
    least: Fraction
    most: Fraction
    of_growth: bool = False

    def fits(self, share: Fraction) -> bool:
        """Whether a share may be told so."""
        return self.least <= share <= self.most


def rough_words(text: str, start: int, end: int) -> Iterator[Rough]:
    """The rough words of a passage."""
    for match in _ROUGH.finditer(text, start, end) if HINT.search(text, start, end) else ():
        told = _told(match)
        least, most = _open(match, told, _OF_DOUBLE if match["times"] else _LOOSE)
        yield Rough(match[0], Span(*match.span()), least, most, bool(match["times"]))


def _told(match: re.Match[str]) -> Fraction:
    if match["tenths"]:
        half = {None: 0, "半": 5}.get(match["half"], _DIGIT.get(match["half"] or "", 0))
        return Fraction(_DIGIT[match["tenths"]] * 10 + half, 100)
    if match["of"]:
        return Fraction(_DIGIT[match["part"]], _DIGIT[match["of"]])
    return (_ONE * 3 if "两番" in match["times"] else _ONE) if match["times"] else _HALF


def _open(match: re.Match[str], told: Fraction, loose: Fraction) -> tuple[Fraction, Fraction]:
    if match["bound"] in _AT_LEAST or match["behind"] in ("以上", "多", "有余") or match["halves"] in ("过半", "大半"):
        return told - _HAIR, _MOST
    if match["bound"] in _AT_MOST:
        return -_MOST, told + _HAIR
    if match["bound"] in _CLOSE_TO:
        return told - _BELOW - (loose - _LOOSE), told + _HAIR * 2
    return told - loose, told + loose
