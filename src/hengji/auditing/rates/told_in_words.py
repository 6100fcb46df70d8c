"""R11: shares that are told one after another, in words or as a bound, and so many for each, against the counts beside them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
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


_DIGIT = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_TENTHS = pattern(
    r"(?P<bound>超过?|逾|不足|近|接近|约|不到|达到?)?(?P<n>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])?(?P<behind>以上|多|左右)?(?![立为功员果效本套长就人分绩年])"
)
_PART = pattern(
    r"(?P<bound>超过?|逾|不足|近|接近|约|不到)?(?P<b>[二三四五六七八九十])分之(?P<n>[一二两三四五六七八九])(?P<behind>以上|多|左右)?(?!\d)"
)
_BOUND = pattern(r"(?P<bound>超过|逾|高于|不足|不到|低于)\s?(?P<n>\d{1,2}(?:\.\d+)?)%(?P<behind>)")
_COUNT = pattern(
    r"(?<![\d.年月第])(?P<n>\d[\d,]*)\s?(?P<u>[个座人名户件家所村处项条场次台套辆份批](?!百分|工作日|月|年))"
)
_TOLD = pattern(r"合格|达标|完成|通过|中[,]?(?:有)?|其中|已|占|共有?|总[数共]|全[县市区镇局]")
_LOWER, _UPPER = ("超", "超过", "逾", "高于"), ("不足", "近", "接近", "不到", "低于")
_AIMED = pattern(r"目标|计划|要求|应|不低于|力争|指标值|标准|得分|扣|同比|增长|下降|提高|上年|较|(?<!占)比(?!例|重)")


def parts_in_words(case: Case) -> Iterator[Finding]:
    """「24个村中12个已通水，占三分之二」, 「50人中45人持证，达到九成五」, 「12座中9座完成，占比超过80%」."""
    for span, text in case.running_with(_TENTHS, _PART, _BOUND):
        if "成" not in text and "分之" not in text and "%" not in text:
            continue
        found = [
            m
            for form in (_TENTHS, _PART, _BOUND)
            for m in form.finditer(text)
            if form.pattern != _BOUND.pattern or "占" in text
        ]
        counts = [(m["u"], Fraction(m["n"].replace(",", ""))) for m in _COUNT.finditer(text)]
        if len(found) != 1 or len(counts) != len(("whole", "part")) or _AIMED.search(text) or not _TOLD.search(text):
            continue
        (one, a), (other, b) = counts
        if one != other or not a or not b or a == b or (case.item_at(span.start) is None and case.aimed_at(span.start)):
            continue
        part, match = min(a, b) / max(a, b), found[0]
        told, loose = _value(match)
        if not _fits(match, part, told, loose):
            message = f"{number(min(a, b))} ÷ {number(max(a, b))}是{number(part * 100)}%，这里写{match[0]}"
            at = Span(span.start + match.start(), span.start + match.end())
            yield case.finding("R11", at, message, stated=match[0], recomputed=f"{number(part * 100)}%")


def _value(match: re.Match[str]) -> tuple[Fraction, Fraction]:
    """The share that is told, and how far off it the counts may be."""
    groups = match.groupdict()
    if groups.get("b"):
        return Fraction(_DIGIT[groups["n"]], _DIGIT[groups["b"]]), Fraction(6, 100)
    if "%" in match[0]:
        return Fraction(groups["n"]) / 100, Fraction(0)
    half = groups.get("half")
    tenths = Fraction(_DIGIT[groups["n"]], 10)
    if half:
        return tenths + (Fraction(5, 100) if half == "半" else Fraction(_DIGIT[half], 100)), Fraction(2, 100)
    return tenths, Fraction(6, 100)


def _fits(match: re.Match[str], part: Fraction, told: Fraction, loose: Fraction) -> bool:
    if match["bound"] in _LOWER or match["behind"] in ("以上", "多"):
        return part >= told - loose / 12
    if match["bound"] in ("近", "接近"):
        return told - loose * 2 <= part <= told + loose / 2
    if match["bound"] in _UPPER:
        return part <= told
    return abs(part - told) <= loose


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
