"""R11: a rate and the two counts that are told for it in words, in the bracket behind it or in a cell of its row: 「98.95%（146批次合格143批次）」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import places
from hengji.auditing.rates.pairs import TWO, WHOLE
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_BRACKETED = pattern(r"(?<![\d.])(?P<rate>\d{1,3}\.\d{1,2})%\s?\((?P<said>[^()÷/%\t\n]{4,60})\)")
_RATE = pattern(r"(?P<rate>\d{1,3}\.\d{1,2})\s?%")
_COUNT = pattern(
    r"(?<![\d.,第])(?P<n>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)\s?(?P<unit>批次|人次|份|户|人|名|件|个|项|次|处|家|台|套|宗|起|卷|本|辆|亩|吨|公里|座|条)"
)
_OTHERWISE = pattern(r"增长|下降|提高|减少|上年|去年|同比|其中|目标|\d%")
_YEARS = pattern(r"20\d\d(?=年)")


def _two_years(said: str) -> bool:
    """Whether two counts are those of two years, which make no share: 「下降率9.09%（2022年22起，2023年20起）」."""
    return len(set(_YEARS.findall(said))) > 1


_NEAR = Fraction(
    1, 20
)  # of the larger: beyond it the counts are of something else, unless one slip makes the one of the other
_LEAST = 20  # of fewer any two counts make some rate


def rates_counted_beside(case: Case) -> Iterator[Finding]:
    """A rate that is not the share of the only two counts beside it, by a slip or by little."""
    for match in _BRACKETED.finditer(case.flat) if "%" in case.flat else ():
        yield from _held(case, match["rate"], match["said"], Span(match.start("rate"), match.end("rate") + 1), _NEAR)
    for grid in case.grids:
        for row in range(grid.rows):
            texts = grid.row(row)
            rates = [(column, m) for column, text in enumerate(texts) if (m := _RATE.fullmatch(text)) is not None]
            if len({m["rate"] for _, m in rates}) == 1:
                column, told = rates[0]
                for said in dict.fromkeys(texts[column + 1 :]):
                    yield from _held(case, told["rate"], re.sub(r"\s", "", said), grid.span(row, column), Fraction(0))


def _held(case: Case, rate: str, said: str, span: Span, near: Fraction) -> Iterator[Finding]:
    counts = [(m["n"], m["unit"]) for m in _COUNT.finditer(said)]
    if len(counts) != TWO or counts[0][1] != counts[1][1] or _OTHERWISE.search(said) or _two_years(said):
        return
    part, whole = sorted(Fraction(n.replace(",", "")) for n, _ in counts)
    share, told = part / whole * WHOLE, Fraction(rate)
    decimals = places(rate)
    if whole < _LEAST or share == WHOLE or abs(share - told) <= Fraction(1, 10**decimals):
        return
    if mistaken(told, share, decimals, near):
        right = fixed(share, max(decimals, TWO))
        unit = counts[0][1]
        message = f"写{rate}%，按{part}{unit} ÷ {whole}{unit}计算是{right}%"
        yield case.finding("R11", span, message, stated=f"{rate}%", recomputed=f"{right}%")
