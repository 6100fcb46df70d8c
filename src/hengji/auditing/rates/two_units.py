"""R12: one figure told twice in the bracket behind it, a power of ten apart: 「惠及1.26万人（126000人）」, 「12.6公里（1260米）」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_TWICE = pattern(
    rf"(?<![\d.])(?P<a>{_N})\s?(?P<am>[万亿]?)(?P<unit>[\u4e00-\u9fff]{{1,4}})\((?:即|合|共|折合)?(?P<b>{_N})\s?(?P<bm>[万亿]?)(?P=unit)\)"
)
_MANY = {"": 1, "万": 10_000, "亿": 100_000_000}
_POWERS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def told_in_two_units(case: Case) -> Iterator[Finding]:
    """R12: the same digits of the same unit, one with 万 and one without, that are not the same number."""
    for match in _TWICE.finditer(case.flat):
        a, b = read_decimal(match["a"]), read_decimal(match["b"])
        if not a or not b or match["am"] == match["bm"]:
            continue
        one, other = Fraction(a) * _MANY[match["am"]], Fraction(b) * _MANY[match["bm"]]
        if one == other or other / one not in _POWERS:
            continue
        shown = number(one / _MANY[match["bm"]])
        unit = match["bm"] + match["unit"]
        message = f"{match['a']}{match['am']}{match['unit']}是{shown}{unit}，括号里写{match['b']}{unit}"
        span = Span(match.start("b"), match.end() - 1)
        yield case.finding("R12", span, message, stated=match["b"], recomputed=shown)
