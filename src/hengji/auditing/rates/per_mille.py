"""R11 of rates in ‰ that were written with %."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number, places, ratio_fits
from hengji.auditing.rates.for_one import counted
from hengji.auditing.rates.pairs import TWO, are_kin
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.units import dimension


def told_per_mille(case: Case) -> Iterator[Finding]:
    """「受害面积96亩，森林面积240.00万亩，受害率0.04%」: the only two figures before a rate, one of them its own, make it in ‰."""
    for rate in case.told_rates:
        if rate.unit != "%" or not rate.name.endswith("率") or not rate.number or rate.about == "目标":
            continue
        before = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span < rate.span and q.number and dimension(q.unit) != "ratio"
        ]
        if len(before) != TWO or not _in_mille(rate, *before):
            continue
        part, whole = sorted(before, key=_size)
        if not are_kin(rate, part):
            continue
        shown = number(_size(part) / _size(whole) * 100, max(TWO, places(rate.value) + 1))
        yield case.finding(
            "R11",
            rate.span,
            f"写{rate.value}%，按{part.value}{part.unit} ÷ {whole.value}{whole.unit}计算是{rate.value}‰（{shown}%），千分号写成了百分号",
            stated=f"{rate.value}%",
            recomputed=f"{rate.value}‰",
        )


def _size(figure: Quantity) -> Fraction:
    return in_unit(figure, "元") if dimension(figure.unit) == "money" else counted(figure)


def _in_mille(rate: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether the smaller of two figures of one kind over the greater one gives a rate in ‰ to its last digit, and not in %."""
    if dimension(one.unit.removeprefix("万")) != dimension(other.unit.removeprefix("万")) and dimension(
        one.unit
    ) != dimension(other.unit):
        return False
    part, whole = sorted((_size(one), _size(other)))
    return part > 0 and ratio_fits(rate, part * 10, whole) and not ratio_fits(rate, part, whole)
