"""R12: amounts in 元 that the standard and the numbers beside them make in 万元."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number
from hengji.auditing.rates.for_one import NO_COUNTS, counted
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TEN_THOUSAND = 10_000


def made_of_its_factors(case: Case) -> Iterator[Finding]:
    """R12: 「11460人，每生每天5元，按200天，共支出1146.00元」: two or three figures of its sentence make just ten thousand times as much."""
    for quantity in case.found.quantities:
        if quantity.unit != "元" or quantity.table or "." not in quantity.value or not quantity.number:
            continue
        before = [q for q in case.by_sentence.get(quantity.sentence, ()) if q.span < quantity.span and q.number > 1]
        prices = [q for q in before if q.unit == "元"]
        counts = [q for q in before if dimension(q.unit) not in NO_COUNTS]
        meant = exact(quantity.number) * _TEN_THOUSAND
        lead = case.flat[quantity.sentence.start : quantity.span.start]
        spells = [Fraction(match["n"]) for match in _SPELLS.finditer(lead)]
        made = (
            exact(price.number) * counted(one) * times
            for price in prices
            for one, *others in _ways(counts)
            for times in (Fraction(1), *map(counted, others), *spells)
        )
        if prices and any(product == meant for product in made):
            message = (
                f"按前面的标准和数量计算是{number(meant / _TEN_THOUSAND, 6)}万元，这里写{quantity.value}元，漏写了“万”"
            )
            stated, right = f"{quantity.value}元", f"{quantity.value}万元"
            yield case.finding("R12", quantity.span, message, stated=stated, recomputed=right)


_SPELLS = pattern(r"(?<![\d.])(?P<n>[1-9]\d{0,2})\s?(?:天|日|个月|周|学期|次)")  # for how long, or how often


def _ways(counts: list[Quantity]) -> Iterator[list[Quantity]]:
    """Each count first, with those that may be multiplied with it behind it."""
    return ([one, *(other for other in counts if other is not one)] for one in counts)
