"""What explains that parts do not make their whole: a difference that is told, a part that is told elsewhere, a shorter list."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import common_unit, in_unit
from hengji.auditing.slips import SWAPPED, slip
from hengji.model.extraction import Quantity
from hengji.model.units import dimension, factor


def mended(case: Case, stated: Fraction, parts: list[Quantity], unit: str) -> bool:
    """Whether a part is told elsewhere with two digits the other way round and then makes the sum right.

    Then that part is told twice (R08), and the sum is not wrong; as little where one is written in 元 and meant in 万元 (R12).
    """
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    if unit == "万元" and any(_unit_left_out(part, stated - total) for part in parts):
        return True
    told = _by_item(case)
    return any(
        in_unit(q, unit) == in_unit(part, unit) + stated - total and slip(q.value, part.value) == SWAPPED
        for part in parts
        if part.item
        for q in told.get((part.item, part.year), ())
    )


_TEN_THOUSAND = 10_000


def _unit_left_out(part: Quantity, gap: Fraction) -> bool:
    """Whether an amount in 元 fills a gap in 万元 once it is read in 万元; or one that fills a column in 万元 once it is read in 元."""
    if part.unit == "万元" and part.number >= _TEN_THOUSAND:
        return abs(Fraction(part.number) * Fraction(_TEN_THOUSAND - 1, _TEN_THOUSAND) + gap) < _LEAST_GAP
    return part.unit == "元" and Fraction(part.number) - in_unit(part, "万元") == gap


@once
def _by_item(case: Case) -> dict[tuple[str, int], list[Quantity]]:
    """The figures of each data item and year that say another value."""
    found: dict[tuple[str, int], dict[str, Quantity]] = {}
    for quantity in case.found.quantities:
        if quantity.item:
            found.setdefault((quantity.item, quantity.year), {}).setdefault(quantity.value, quantity)
    return {key: list(values.values()) for key, values in found.items()}


def some_run_fits(whole: Quantity, after: list[Quantity]) -> bool:
    """Whether some of the figures that follow, side by side, make the whole: 上年结转 may be a part, and two lists may be told of it."""
    unit = common_unit((whole,))
    stated = in_unit(whole, unit)
    values = [in_unit(quantity, unit) for quantity in after]
    for first in range(len(values) - 1):
        total = values[first]
        for value in values[first + 1 :]:
            total += value
            if total >= stated:
                break
        if total == stated:
            return True
    return bool(values) and values[0] == stated


def of_another_whole(case: Case, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a figure told before the parts in their paragraph is what they make, alone or with the whole as the first of them."""
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) for part in parts):
        return False
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    first = min(part.span.start for part in parts)
    made = {total, total + in_unit(whole, unit)} if whole.span.start < first else {total}
    place = case.paragraph(first).start
    return any(
        q.span != whole.span and dimension(q.unit) == dimension(whole.unit) and in_unit(q, unit) in made
        for q in case.found.quantities
        if place <= q.span.start < first and not q.table and q.number
    )


_LEAST_GAP = Fraction(1, 20)  # 万元: what is less is a slip of rounding, whatever else the text states


def told_gap(case: Case, figures: Iterable[Quantity], gap: Fraction, unit: str, *, near_by: bool = False) -> bool:
    """Whether the document itself states the difference: what was carried over, added, or is counted elsewhere.

    Two figures that a third explains do not contradict each other. Amounts may be told anywhere (``near_by``: only in the
    paragraphs of the figures); counts of people, which are small, only beside the figures they explain.
    """
    listed = tuple(figures)
    of_money = dimension(unit) == "money"
    money = of_money and not near_by
    if unit == "%" or (of_money and (gap < _LEAST_GAP or gap * (factor(unit, "万元") or 1) not in case.amounts)):
        return False
    near = {case.paragraph(q.span.start) for q in listed}
    for other in case.found.quantities:
        if dimension(other.unit) != dimension(unit) or other.about == "目标" or other.span in {q.span for q in listed}:
            continue
        if in_unit(other, unit) == gap and (money or case.paragraph(other.span.start) in near):
            return True
    return False
