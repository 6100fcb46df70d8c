"""R11: divisions and changes that are written out: 「480 ÷ 500 = 96%」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, percent_fits, places
from hengji.auditing.rates.pairs import TWO, WHOLE
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

DERIVED = pattern(
    r"(?P<a>\d(?<![\d.)].)[\d,]*(?:\.\d+)?)\s?(?:[\u4e00-\u9fff]{0,3}?)\s?[/÷]\s?(?P<of>[\u4e00-\u9fff\"]{0,8}?)(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?:[\u4e00-\u9fff]{0,3}?)\s?(?:[×x*]\s?100%?)?\s?=\s?(?P<rate>\d{1,4}(?:\.\d+)?)\s?%"
)
_MAKES_RATE = pattern(r"=\s?\d{1,4}(?:\.\d+)?\s?%")  # how each of them ends
_CAPPED = pattern(r"目标|计划|任务|应")  # what is done beyond these is often told as 100 %
_BRACKETED = pattern(
    r"(?P<rate>\d{1,3}\.\d+)\s?%\s?\((?:应|共|抽[查检样]|发放|收回|计划|总)[\u4e00-\u9fff]{0,10}?(?P<b>\d[\d,]*)\s?(?P<u>[\u4e00-\u9fff]{1,2})[,;、]\s?(?:其中)?"
    r"(?:已|实际?|完成|合格|满意|按[期时]|及时|达标)[\u4e00-\u9fff]{0,10}?(?P<a>\d[\d,]*)\s?(?P=u)\)"
)


def bracketed_rates(case: Case) -> Iterator[Finding]:
    """A rate of a cell with what was due and what was done behind it: 「92.50%（应公示160家，已公示148家）」."""
    for match in _BRACKETED.finditer(case.flat) if "%(" in case.flat else ():
        top, bottom = (Fraction(match[key].replace(",", "")) for key in ("a", "b"))
        rate, decimals = Fraction(match["rate"]), len(match["rate"].partition(".")[2])
        if not case.in_table(match.start()) or not bottom:
            continue
        if any(percent_fits(rate, decimals, each, bottom) for each in (top, bottom - top)):
            continue
        shown = number(top / bottom * 100, max(TWO, decimals))
        message = f"写{match['rate']}%，按{match['a']} ÷ {match['b']}计算是{shown}%"
        span = Span(match.start(), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


def derived_rates(case: Case) -> Iterator[Finding]:
    """A rate written out as a division: 「86.40/90.00=96.00%」."""
    for match in DERIVED.finditer(case.flat) if _MAKES_RATE.search(case.flat) else ():
        top, bottom, rate = (Fraction(match[key].replace(",", "")) for key in ("a", "b", "rate"))
        step = Fraction(1, 10 ** len(match["rate"].partition(".")[2]))
        value = top / bottom * 100 if bottom else None
        if value is not None and (abs(value - rate) <= step / 2 or 0 <= value - rate < step):
            continue
        if value is not None and value > rate == WHOLE and _CAPPED.search(match["of"]):
            continue
        shown = f"{number(value)}%" if value is not None else "得不出来"
        message = f"写{match['rate']}%，按{match['a']} ÷ {match['b']}计算是{shown}"
        yield case.finding(
            "R11", Span(match.start("rate"), match.end()), message, stated=f"{match['rate']}%", recomputed=shown
        )


_SUMMED = pattern(
    r"\((?P<parts>\d[\d,]*(?:\.\d+)?(?:\s?\+\s?\d[\d,]*(?:\.\d+)?){1,9})\)\s?[/÷]\s?(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?:[×x*]\s?100%?)?\s?=\s?(?P<rate>\d{1,4}(?:\.\d+)?)\s?%"
)


def summed_rates(case: Case) -> Iterator[Finding]:
    """A rate written out as the division of a sum: 「（428.90+112.46+164.38）÷1042.66=67.69%」."""
    for match in _SUMMED.finditer(case.flat) if _MAKES_RATE.search(case.flat) else ():
        top = sum((Fraction(each.replace(",", "")) for each in re.findall(r"\d[\d,.]*", match["parts"])), Fraction(0))
        bottom = Fraction(match["b"].replace(",", ""))
        if bottom and not percent_fits(Fraction(match["rate"]), places(match["rate"]), top, bottom):
            shown = number(top / bottom * 100)
            message = f"写{match['rate']}%，按({match['parts']}) ÷ {match['b']}计算是{shown}%"
            span = Span(match.end("b"), match.end())
            yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


_PLAIN = r"\d[\d,]*(?:\.\d+)?"
_EXPLAINED = pattern(
    rf"(?P<rate>\d{{1,3}}\.\d+)\s?%(?:[,:;]\s?(?:即|系|按)?|\((?:即|按)?(?:[\u4e00-\u9fff]{{2,4}}?(?=[\d.,]+\s?[\u4e00-\u9fff]{{1,3}}\s?÷))?|,?即|=)\s?(?P<a>{_PLAIN})\s?(?P<u>[\u4e00-\u9fff]{{1,3}}?)"
    rf"\s?(?P<over>比|除以|[÷/])(?P<of>[\u4e00-\u9fff]{{0,8}}?)(?P<b>{_PLAIN})\s?(?P=u)(?=[,。;)\t\n]|$)"
)


def explained_rates(case: Case) -> Iterator[Finding]:
    """A rate with its division behind it: 「基本支出占43.32%，即1307.19万元比3163.25万元」, 「占比28.34%（248.10万元/860.40万元）」."""
    for match in _EXPLAINED.finditer(case.flat) if "%" in case.flat else ():
        told = match["over"] != "比" or "即" in match[0]
        top, bottom = (Fraction(match[key].replace(",", "")) for key in ("a", "b"))
        rate, decimals = Fraction(match["rate"]), places(match["rate"])
        if not told or not bottom or not top:
            continue
        made = (top / bottom, bottom / top, abs(top - bottom) / bottom)
        if any(abs(each * 100 - rate) < Fraction(1, 10**decimals) for each in made):
            continue
        shown = number(top / bottom * 100, max(TWO, decimals))
        message = f"写{match['rate']}%，按{match['a']} ÷ {match['b']}计算是{shown}%"
        span = Span(match.start("rate"), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")


_CHANGE = pattern(
    r"\((?P<a>\d[\d,]*(?:\.\d+)?)\s?[-−–—]\s?(?P<b>\d[\d,]*(?:\.\d+)?)\)\s?[/÷]\s?(?P<c>\d[\d,]*(?:\.\d+)?)\s?(?:[×x*]\s?100%?)?\s?=\s?[-−–—]?(?P<rate>\d{1,4}(?:\.\d+)?)\s?%"
)


def derived_changes(case: Case) -> Iterator[Finding]:
    """A change written out: 「（18.00-19.50）÷19.50=-7.69%」."""
    for match in _CHANGE.finditer(case.flat) if "÷" in case.flat or "/" in case.flat else ():
        one, other, bottom, rate = (Fraction(match[key].replace(",", "")) for key in ("a", "b", "c", "rate"))
        if bottom and not percent_fits(rate, places(match["rate"]), abs(one - other), bottom):
            shown = number(abs(one - other) / bottom * 100)
            message = f"写{match['rate']}%，按({match['a']} − {match['b']}) ÷ {match['c']}计算是{shown}%"
            span = Span(match.start("rate"), match.end())
            yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")
