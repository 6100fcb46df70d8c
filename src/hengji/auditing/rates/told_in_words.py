"""R11: shares that are told one after another, in words or as a bound, and so many for each, against the counts beside them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.auditing.rates.rough_words import HINT, Rough, rough_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_SHARES = pattern(
    r"(?:占比|比重|比例|占[^,。;\d]{0,12}?)(?:依次)?分别(?:为|是|占)?\s?(?P<list>\d{1,2}(?:\.\d+)?%(?:[、,和及与]\s?\d{1,2}(?:\.\d+)?%){1,5})"
)
_HUNDRED, _NEAR = Fraction(100), Fraction(5)


def shares_of_a_whole(case: Case) -> Iterator[Finding]:
    """「两类支出占比分别为71.16%和29.84%」: parts that nearly make the whole were meant to."""
    for match in _SHARES.finditer(case.flat) if "分别" in case.flat and "占" in case.flat else ():
        texts = re.findall(r"\d+(?:\.\d+)?", match["list"])
        made = sum((Fraction(text) for text in texts), Fraction(0))
        rounding = Fraction(len(texts), 2 * 10 ** min(places(text) for text in texts))
        if rounding < abs(made - _HUNDRED) <= _NEAR:
            message = f"各部分占比之和是{number(made)}%，不是100%"
            yield case.finding("R11", Span(*match.span()), message, stated=f"{number(made)}%", recomputed="100%")


_BOUND = pattern(r"(?:(?P<least>超过|逾|高于)|不足|不到|低于)\s?(?P<n>\d{1,2}(?:\.\d+)?)%")
_ALL = Fraction(1)
_COUNT = pattern(
    r"(?<![\d.年月第])(?P<n>\d[\d,]*)\s?(?P<u>[个座人名户件家所村处项条场次台套辆份批](?!百分|工作日|月|年))"
)
_TOLD = pattern(r"合格|达标|完成|通过|中[,]?(?:有)?|其中|已|占|共有?|总[数共]|全[县市区镇局]")
_AIMED = pattern(r"目标|计划|要求|应|不低于|力争|指标值|标准|得分|扣|同比|增长|下降|提高|上年|较|(?<!占)比(?!例|重)")


def parts_in_words(case: Case) -> Iterator[Finding]:
    """「24个村中12个已通水，占三分之二」, 「50人中45人持证，达到九成五」, 「12座中9座完成，占比超过80%」."""
    for span, text in case.running_with(HINT, _BOUND):
        found = [each for each in _shares(text) if not each.of_growth]
        counts = [(m["u"], Fraction(m["n"].replace(",", ""))) for m in _COUNT.finditer(text)]
        if len(found) != 1 or len(counts) != len(("whole", "part")) or _AIMED.search(text) or not _TOLD.search(text):
            continue
        (one, a), (other, b) = counts
        if one != other or not a or not b or a == b or (case.item_at(span.start) is None and case.aimed_at(span.start)):
            continue
        share, told = min(a, b) / max(a, b), found[0]
        if not told.fits(share):
            message = f"{number(min(a, b))} ÷ {number(max(a, b))}是{number(share * 100)}%，这里写{told.words}"
            at = Span(span.start + told.span.start, span.start + told.span.end)
            yield case.finding("R11", at, message, stated=told.words, recomputed=f"{number(share * 100)}%")


def _shares(text: str) -> Iterator[Rough]:
    """The shares told in rough words, and percentages told as a bound of a part."""
    yield from rough_words(text, 0, len(text))
    for match in _BOUND.finditer(text) if "占" in text else ():
        bound = Fraction(match["n"]) / 100
        least, most = (bound, _ALL) if match["least"] else (Fraction(0), bound)
        yield Rough(match[0], Span(*match.span()), least, most)


_EACH = pattern(
    rf"(?<!人)(?P<u>[场期班次村校所站镇])均(?:约)?(?:[\u4e00-\u9fff]{{0,4}})?\s?(?P<n>{_N})\s?(?P<of>[人名户件份亩次])"
)


def so_many_each(case: Case) -> Iterator[Finding]:
    """「培训8场480人，场均80人」."""
    for match in _EACH.finditer(case.flat) if "均" in case.flat else ():
        sentence = case.sentence(match.start())
        text = case.flat[sentence.start : match.start()]
        counts = re.findall(rf"(?<![\d.])({_N})\s?{match['u']}", text)
        wholes = re.findall(rf"(?<![\d.])({_N})\s?(万?){match['of']}", text)
        if len(counts) != 1 or len(wholes) != 1 or case.in_table(match.start()) or _AIMED.search(text):
            continue
        count, whole, told = (read_decimal(n) for n in (counts[0], wholes[0][0], match["n"]))
        if not count or not whole or told is None:
            continue
        right = Fraction(whole) * (10_000 if wholes[0][1] else 1) / Fraction(count)
        if abs(right - Fraction(told)) * 10 ** places(match["n"]) > 1:
            message = f"{number(right * Fraction(count))} ÷ {counts[0]}是{number(right)}{match['of']}，这里写{match['n']}{match['of']}"
            yield case.finding("R11", Span(*match.span()), message, stated=match["n"], recomputed=number(right))
