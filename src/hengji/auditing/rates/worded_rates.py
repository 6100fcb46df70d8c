"""R11: rates that are written out in words, against the two numbers before them: 「百分之九十七点八」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_WORDS = pattern(r"百分之(?P<whole>[一二三四五六七八九十百零]{1,6})(?:点(?P<part>[零〇一二三四五六七八九]{1,3}))?")
_RATED = pattern(r"(?:率|占[^,。;]{0,12}|比例|比重|完成(?:目标|计划)?的?)[^,。;\d]{0,6}$")
_N = pattern(r"(?<![\d.\-年月第])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<u>[\u4e00-\u9fff]{0,3})")
_NOT_A_COUNT = ("年", "月", "日", "号", "条", "点", "季度")
_AIMED = pattern(r"目标|不低于|不少于|力争|增长|下降|提高|上升|同比|上年|较|比20|降低|达标线|每")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_NEAR = 10  # points by which a rate may be off: more is of other numbers
_HUNDRED = Fraction(100)


def worded_rates(case: Case) -> Iterator[Finding]:
    """「全年预算8560.00，支出8215.20，预算执行率为百分之九十七点八」, which is 95.97%."""
    for match in _WORDS.finditer(case.flat) if "百分之" in case.flat else ():
        sentence = case.sentence(match.start())
        before = case.flat[sentence.start : match.start()]
        told = [m for m in _N.finditer(before) if not m["u"].startswith(_NOT_A_COUNT)]
        rate = _value(match["whole"], match["part"] or "")
        if len(told) < len(("whole", "part")) or rate is None or not _RATED.search(before):
            continue
        pair = told[-2:]
        if pair[0]["u"][:1] != pair[1]["u"][:1] or _AIMED.search(before[pair[0].start() :]):
            continue
        one, other = (Fraction(m["n"].replace(",", "")) for m in pair)
        if not one or not other or any(_fits(rate, match["part"] or "", *two) for two in ((one, other), (other, one))):
            continue
        right = min(one, other) / max(one, other) * 100
        if rate > _HUNDRED or abs(right - rate) > _NEAR:
            continue
        top, bottom = sorted(pair, key=lambda m: Fraction(m["n"].replace(",", "")))
        shown = number(right)
        message = f"写“{match[0]}”，按{top['n']} ÷ {bottom['n']}计算是{shown}%"
        yield case.finding("R11", Span(*match.span()), message, stated=match[0], recomputed=f"{shown}%")


def _fits(rate: Fraction, part: str, top: Fraction, bottom: Fraction) -> bool:
    return abs(top / bottom * 100 - rate) <= Fraction(1, 10 ** len(part))


def _value(whole: str, part: str) -> Fraction | None:
    """「九十七」 and 「八」 as 97.8; None where the words are no number up to a hundred."""
    if whole in ("百", "一百"):
        return _HUNDRED
    tens, ten, ones = whole.rpartition("十")
    if "百" in whole or len(tens) > 1 or len(ones) > 1 or not all(c in _DIGITS for c in tens + ones):
        return None
    value = (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    value += _DIGITS[ones] if ones else 0
    return Fraction(value) + (Fraction(int("".join(str(_DIGITS[c]) for c in part)), 10 ** len(part)) if part else 0)
