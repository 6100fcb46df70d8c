"""R12: so many a day against how many in the whole year, a power of ten apart: 「全年清运8.76万吨，日均24吨」 is 240吨."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

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
    """R12: what one day makes, whose digits are those of the year's over its days, at another place."""
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
