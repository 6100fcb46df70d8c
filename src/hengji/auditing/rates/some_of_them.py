"""R11: a whole, some of it, and right behind the rate that bears the name of what those did: 「培训1260人次，其中1071人次取得证书，取证率88.50%」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, percent_fits, places
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_UNIT = r"(?P<unit>人次|批次|户次|场次|家次|件次|[\u4e00-\u9fff])"
_TOLD = pattern(
    rf"(?<![\d.,第])(?P<whole>[1-9]\d[\d,]*)\s?{_UNIT}[^,。;%\d\t\n]{{0,8}}[,、]\s?(?:其中|有)(?P<ahead>[\u4e00-\u9fff]{{0,6}}?)(?P<some>\d[\d,]*)\s?(?P=unit)"
    r"(?P<what>[\u4e00-\u9fff]{2,10})[,、]\s?(?P<name>[\u4e00-\u9fff]{1,8})率(?:为|达到?|是)?\s?(?P<rate>\d{1,3}(?:\.\d{1,2})?)\s?%"
)
_MOST = Fraction(3, 10)  # by how much of itself a rate may be off: further off it is of something else


def some_of_them(case: Case) -> Iterator[Finding]:
    """The rate that is not what the some are of the whole, where the rate's name has characters of what they did."""
    for match in _TOLD.finditer(case.flat) if "率" in case.flat else ():
        whole, some = (Fraction(match[part].replace(",", "")) for part in ("whole", "some"))
        rate, decimals = Fraction(match["rate"]), places(match["rate"])
        if not 0 < some < whole or not set(match["name"]) & set(match["what"] + match["ahead"]):
            continue
        right = some / whole * 100
        if percent_fits(rate, decimals, some, whole) or abs(rate - right) > _MOST * right:
            continue
        shown = number(right, max(2, decimals))
        message = (
            f"写{match['rate']}%，按{match['some']}{match['unit']} ÷ {match['whole']}{match['unit']}计算是{shown}%"
        )
        span = Span(match.start("rate"), match.end())
        yield case.finding("R11", span, message, stated=f"{match['rate']}%", recomputed=f"{shown}%")
