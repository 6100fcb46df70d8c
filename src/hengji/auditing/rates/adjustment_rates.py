"""R11: what was added to the first budget, told as a share of it and worked out over the budget with it: 「追加1309.40万元，调整率20.36%」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.ledger import WHOLE
from hengji.auditing.numbers import in_unit, number, percent_fits, places
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_RATE = pattern(
    r"(?:(?:调整|追加|变动|调增)(?:率|比例|幅度)|占(?:全部)?年初(?:部门)?预算[^,。;\d]{0,6}|较年初预算(?:增加|增长|调增))(?:为|是|达|约)*\s?$"
)
_OTHERWISE = pattern(r"[÷/占除以](?:调整后|全年|最终|调整)")
_LEAD = 24  # characters before a rate that say of what it is


def adjusted_over_the_later(case: Case) -> Iterator[Finding]:
    """R11: over the budget as it was afterwards a share of the first budget comes out too small."""
    first = {e.amount for e in case.ledger if (e.line, e.stage, e.year) == (WHOLE, "年初", case.year)}
    if len(first) != 1:
        return
    base = next(iter(first))
    for rate in case.told_rates:
        lead = max(rate.sentence.start, rate.span.start - _LEAD)
        if len(rate.value.partition(".")[2]) != _DECIMALS or _RATE.search(case.flat, lead, rate.span.start) is None:
            continue
        if _OTHERWISE.search(case.text(rate.sentence)) is not None:
            continue
        added = _added(case, rate)
        top = in_unit(added, "万元") if added is not None else Fraction(0)
        if added is None or not 0 < top < base or not _makes(rate, top, base + top) or _makes(rate, top, base):
            continue
        shown = number(top / base * 100, places(rate.value))
        message = f"写{rate.value}%，按{added.value}{added.unit} ÷ 年初预算{number(base, 6)}万元计算是{shown}%，用的是调整后的预算"
        yield case.finding(
            "R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%", also=(added.span,)
        )


_DECIMALS = 2


def _added(case: Case, rate: Quantity) -> Quantity | None:
    """The last amount before a rate in its sentence."""
    told = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span < rate.span and dimension(q.unit) == "money"]
    return told[-1] if told else None


def _makes(rate: Quantity, top: Fraction, bottom: Fraction) -> bool:
    return percent_fits(Fraction(rate.number), places(rate.value), top, bottom)
