"""R08: what was spent of a line of money, told twice and one slip apart, by the ledger that knows what a paragraph speaks of."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.facts.amounts import one_value
from hengji.auditing.facts.backing import adds_up
from hengji.auditing.facts.swapped import swapped_digits
from hengji.auditing.ledger import SPENT, Entry
from hengji.auditing.numbers import number
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.numerals import fixed

_LINES = ("三公经费", "公用经费", "人员经费", "政府采购", "基本支出", "项目支出")
_DIGITS, _MANY = 3, 5  # of an amount two digits of which changed places, or one of which is another
_FEW = 2


def lines_told_twice(case: Case) -> Iterator[Finding]:
    """R08: 「“三公”经费决算51.34万元，其中……」, and 「本年实际支出53.14万元」 where the indicator speaks of it."""
    told: dict[str, list[Entry]] = {}
    for entry in case.ledger:
        if entry.stage == SPENT and entry.year == case.year and entry.line in _LINES and entry.amount:
            told.setdefault(entry.line, []).append(entry)
    figures = {q.span: q for q in case.found.quantities}
    for line, entries in told.items():
        amounts = {entry.amount: entry for entry in reversed(entries)}
        if len(amounts) != _FEW:
            continue
        one, other = sorted(amounts.values(), key=lambda e: (e.table, e.span.start))
        if one.place == other.place or not _one_slip(one, other):
            continue
        right = [_adds_up(case, figures.get(entry.span)) for entry in (one, other)]
        if right == [True, True] or _found_by_name(case, one, other):
            continue
        odd, meant = (one, other) if right == [False, True] else (other, one)
        message = f"{line.removesuffix('支出')}支出这里是{odd.shown}，另一处是{meant.shown}；同一份报告只用一个数"
        stated, meant_as = number(odd.amount, 6), number(meant.amount, 6)
        yield case.finding("R08", odd.span, message, stated=stated, recomputed=meant_as, also=(meant.span,))


def _one_slip(one: Entry, other: Entry) -> bool:
    a, b = (fixed(entry.amount, _FEW) for entry in (one, other))
    kind, digits = slip(a, b), len(digits_of(a).strip("0"))
    return (kind == SWAPPED and digits >= _DIGITS) or (kind == REPLACED and digits >= _MANY)


def _found_by_name(case: Case, one: Entry, other: Entry) -> bool:
    """Whether the checks that go by names find the two already."""
    ends = {one.span.start, other.span.start}
    return any(
        {finding.start, *(place.start for place in finding.also)} & ends
        for check in (swapped_digits, one_value)
        for finding in check(case)
        if finding.code == "R08"
    )


def _adds_up(case: Case, quantity: Quantity | None) -> bool:
    return quantity is not None and adds_up(case, quantity)
