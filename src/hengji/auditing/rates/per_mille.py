"""R11 of rates in ‰ that were written with %."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, in_unit, number, places, ratio_fits
from hengji.auditing.rates.pairs import TWO, are_kin
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.units import dimension

_NO_PARTS = ("ratio",)


def told_per_mille(case: Case) -> Iterator[Finding]:
    """「受害面积96亩，森林面积240.00万亩，受害率0.04%」: the only two figures before a rate, one of them its own, make it in ‰."""
    for rate in case.told_rates:
        if rate.unit != "%" or not rate.name.endswith("率") or not rate.number or rate.about == "目标":
            continue
        before = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span < rate.span and q.number and dimension(q.unit) not in _NO_PARTS
        ]
        if len(before) != TWO or not _in_mille(rate, *before):
            continue
        part, whole = sorted(before, key=lambda q: in_unit(q, common_unit(before)))
        if not are_kin(rate, part):
            continue
        unit = common_unit(before)
        shown = number(in_unit(part, unit) / in_unit(whole, unit) * 100, max(TWO, places(rate.value) + 1))
        yield case.finding(
            "R11",
            rate.span,
            f"写{rate.value}%，按{part.value}{part.unit} ÷ {whole.value}{whole.unit}计算是{rate.value}‰（{shown}%），千分号写成了百分号",
            stated=f"{rate.value}%",
            recomputed=f"{rate.value}‰",
        )


def _in_mille(rate: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether the smaller of two figures of one kind over the greater one gives a rate in ‰ to its last digit, and not in %."""
    if dimension(one.unit) != dimension(other.unit) or (dimension(one.unit) == "count" and one.unit != other.unit):
        return False
    unit = common_unit((one, other))
    part, whole = sorted((in_unit(one, unit), in_unit(other, unit)))
    return part > 0 and ratio_fits(rate, part * 10, whole) and not ratio_fits(rate, part, whole)
