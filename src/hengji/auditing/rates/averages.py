"""R11, R12: so many a month, a quarter or a day, against how many in the whole year: 「全年巡查1,248次，平均每月124次」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_OF_THE_YEAR = pattern(
    r"(?:全年|年内|20\d\d\s?年度?)[^,。;\d]{0,14}?(?P<whole>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[万亿]?[\u4e00-\u9fff]{1,3}?)[,(]\s?(?:平均)?(?:(?P<month>每(?:个)?月|月均|每月平均)|每(?:个)?季度?|季均)(?:平均|约|达|为)?[^,。;\d]{0,4}?(?P<one>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)(?![\u4e00-\u9fff]?以上|左右)"
)
_MONTHS, _QUARTERS = 12, 4


def averages_hold(case: Case) -> Iterator[Finding]:
    """R11: an average of a month or a quarter that the whole year does not give, however it was rounded."""
    for match in _OF_THE_YEAR.finditer(case.flat):
        whole, one = read_decimal(match["whole"]), read_decimal(match["one"])
        parts = _MONTHS if match["month"] else _QUARTERS
        if whole is None or one is None or "个月" in case.flat[max(0, match.start() - 30) : match.end() + 10]:
            continue
        right = Fraction(whole) / parts
        decimals = len(match["one"].partition(".")[2])
        if abs(right - Fraction(one)) < Fraction(1, 10**decimals):  # rounded up, down or to the nearest
            continue
        shown = number(right, max(1, decimals))
        message = f"全年{match['whole']}{match['unit']}，平均每{'月' if match['month'] else '季度'}是{shown}{match['unit']}，这里写{match['one']}{match['unit']}"
        yield case.finding("R11", Span(*match.span("one")), message, stated=match["one"], recomputed=shown)


_N = r"\d[\d,]*(?:\.\d+)?"
_A_DAY = pattern(
    rf"(?:全年|年内|累计|20\d\d\s?年度?)[^,。;\d\n]{{0,18}}?(?P<whole>{_N})\s?(?P<wm>[万亿]?)(?P<unit>[\u4e00-\u9fff]{{1,4}}?)[,(、;]\s?"
    rf"(?:平均)?(?:日均|每[日天]|每日平均)(?:平均|约|达|为)?[^,。;\d\n]{{0,6}}?(?P<one>{_N})\s?(?P<om>[万亿]?)(?P=unit)(?![\u4e00-\u9fff]?以上|左右|的)"
)
_MANY = {"": 1, "万": 10_000, "亿": 100_000_000}
_POWERS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_FEWEST, _MOST = 240, 366  # days on which something may be done in a year
_YEAR, _CLOSE = 365, 100  # days; one in so many is rounding


def daily_averages(case: Case) -> Iterator[Finding]:
    """R12: 「全年清运8.76万吨，日均24吨」 is 240吨: the digits of the year's over its days, a power of ten apart."""
    for match in _A_DAY.finditer(case.flat):
        whole, one = read_decimal(match["whole"]), read_decimal(match["one"])
        if not whole or not one:
            continue
        told = Fraction(one) * _MANY[match["om"]]
        days = Fraction(whole) * _MANY[match["wm"]] / told
        right = Fraction(whole) * _MANY[match["wm"]] / _YEAR
        if _FEWEST <= days <= _MOST or not any(abs(days * p - _YEAR) * _CLOSE <= _YEAR for p in _POWERS):
            continue
        unit = match["om"] + match["unit"]
        shown = number(right / _MANY[match["om"]], 2)
        message = (
            f"全年{match['whole']}{match['wm']}{match['unit']}，平均每天是{shown}{unit}，这里写{match['one']}{unit}"
        )
        span = Span(match.start("one"), match.end())
        yield case.finding("R12", span, message, stated=match["one"], recomputed=shown)
