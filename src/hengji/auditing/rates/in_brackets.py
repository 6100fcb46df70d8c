"""R11: a rate against the division that stands in the bracket behind it: 「完好率100%（11/12）」, 「92.40%（实际233.50万元÷预算250.00万元）」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import places
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"[\u4e00-\u9fff]{0,4}"
_DIVIDED = pattern(
    rf"(?<![\d.])(?P<rate>(?P<r>\d{{1,3}}(?:\.\d+)?)%)\s?\([^\d()÷/%]{{0,8}}(?P<a>{_NUMBER})\s?(?P<u>{_UNIT})\s?[÷/]\s?[^\d()÷/%]{{0,8}}?(?P<b>{_NUMBER})\s?(?P<v>{_UNIT})\)"
)
_NO_SHARE = pattern("增长|下降|提高|减少|增幅|降幅|上升|变动|偏离|结余|未|目标|不低于|不超过|[≥≤<>]")
_LEAD = 16  # characters before the rate
_WHOLE = 100


def divided_in_brackets(case: Case) -> Iterator[Finding]:
    """A rate that is not its own division, of two figures of one unit."""
    for match in _DIVIDED.finditer(case.flat):
        a, b = (Fraction(match[part].replace(",", "")) for part in "ab")
        clause = re.split(r"[,;。\t\n]", case.flat[max(0, match.start() - _LEAD) : match.start()])[-1]
        if not a * b or (match["u"] != match["v"] and match["u"] and match["v"]) or _NO_SHARE.search(clause):
            continue
        told, share = Fraction(match["r"]), a * _WHOLE / b
        step = Fraction(1, 10 ** places(match["r"]))
        if share > 2 * _WHOLE or any(abs(told - right) <= step for right in (share, _WHOLE - share, share - _WHOLE)):
            continue
        right = fixed(share, max(places(match["r"]), 2))
        message = f"写{match['rate']}，按{match['a']}{match['u']} ÷ {match['b']}{match['v']}计算是{right}%"
        span = Span(*match.span("rate"))
        yield case.finding("R11", span, message, stated=match["rate"], recomputed=f"{right}%")
