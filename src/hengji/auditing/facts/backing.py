"""Which of two figures the figures beside them speak for."""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import ratio_fits
from hengji.auditing.slips import slip
from hengji.model.extraction import Quantity
from hengji.model.units import dimension

NO_COUNT = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "")
_FEW = 2
_LISTED = 12  # amounts of a list
_MOST = 8  # figures of a sentence that may make up one of them


def made_of_others(case: Case, quantity: Quantity) -> bool:
    """Whether a count is the sum of those told right behind it, or makes a rate of its sentence, told to the hundredth, with one of them."""
    beside = case.by_sentence.get(quantity.sentence, ())
    own = quantity.number
    counts = [q for q in beside if q is not quantity and q.unit not in NO_COUNT and q.number]
    behind = [q.number for q in counts if q.span > quantity.span and q.unit == quantity.unit][:_MOST]
    if own in list(itertools.accumulate(behind))[1:]:
        return True
    rates = [q for q in beside if q.unit == "%" and len(q.value.partition(".")[2]) == _FEW]
    return any(_makes(rate, own, count.number) for rate in rates for count in counts)


def made_there(case: Case, odd: Quantity, right: Decimal) -> bool:
    """Whether another value in place of an amount makes a sum or a rate with the figures of its own sentence, or the sum of those its paragraph lists behind it."""
    beside = case.by_sentence.get(odd.sentence, ())
    others = [q.number for q in beside if q.unit == odd.unit and q.number not in (odd.number, right)][:_MOST]
    if any(a + b == right or abs(a - b) == right for a, b in itertools.combinations(others, 2)):
        return True
    rates = [q for q in beside if q.unit == "%" and len(q.value.partition(".")[2]) == _FEW]
    if any(
        _makes(rate, right, each) and not _makes(rate, odd.number, each) for rate in rates for each in others if each
    ):
        return True
    end = case.paragraph(odd.span.start).end
    listed = [q.number for q in case.found.quantities if q.unit == odd.unit and odd.span.end <= q.span.start < end]
    return right in list(itertools.accumulate(listed[:_LISTED]))[1:]


def made_in_paragraph(case: Case, rate: Quantity) -> bool:
    """Whether two figures of one kind that its paragraph tells before a rate make it, to the hundredth."""
    start = case.paragraph(rate.span.start).start
    told = [q for q in case.found.quantities if start <= q.span.start < rate.span.start and q.unit not in NO_COUNT]
    pairs = itertools.combinations([q for q in told if q.number][-_LISTED:], 2)
    return any(_makes(rate, a.number, b.number) for a, b in pairs if a.unit == b.unit)


def adds_up(case: Case, quantity: Quantity) -> bool:
    """Whether an amount and two others of its sentence make a sum, so that it is right where it stands."""
    own = quantity.number
    beside = [q.number for q in case.by_sentence.get(quantity.sentence, ()) if q.unit == quantity.unit]
    others = [number for number in beside if number not in (own, 0)][:_MOST]
    return any(own in (a + b, abs(a - b)) for a, b in itertools.combinations(others, 2))


def two_things(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether two values of one name are of two things: one passage tells both, or each makes a sum with the figures beside it.

    One slip of the pen may part two sentences of a paragraph; within a sentence or a table nobody contradicts himself. Counts are
    few digits, and recur by chance.
    """
    if dimension(one.unit) != "money":
        return False
    both, slipped = {one.number, other.number}, slip(one.value, other.value) != ""
    if any(both <= numbers for (_, close), numbers in _numbers(case).items() if close or not slipped):
        return True
    return all(in_a_sum(case, quantity) for quantity in (one, other))


@once
def _numbers(case: Case) -> dict[tuple[int, bool], set[Decimal]]:
    """The figures of each table and sentence, and of each paragraph, by where it begins and whether it is one of the former."""
    starts = [block.start for block in case.found.document.blocks if block.cells]
    found: dict[tuple[int, bool], set[Decimal]] = {}
    for quantity in case.found.quantities:
        at = quantity.span.start
        own = starts[bisect_right(starts, at) - 1] if case.in_table(at) else quantity.sentence.start
        for key in ((own, True), (case.paragraph(at).start, False)):
            found.setdefault(key, set()).add(quantity.number)
    return found


def in_a_sum(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is one of a run of its sentence that makes another figure of it, or is what such a run makes."""
    values = [q.number for q in case.by_sentence.get(quantity.sentence, ()) if q.unit == quantity.unit and q.number]
    return any(quantity.number in {total, *run} for run, total in _runs(values[:_LISTED]))


def _runs(values: Sequence[Decimal]) -> Iterator[tuple[Sequence[Decimal], Decimal]]:
    """Every run of figures side by side that makes another one of them, and what it makes."""
    for first, last in itertools.combinations(range(len(values) + 1), 2):
        run, total = values[first:last], sum(values[first:last], Decimal(0))
        if len(run) >= _FEW and total in (*values[:first], *values[last:]):
            yield run, total


def _makes(rate: Quantity, one: Decimal, other: Decimal) -> bool:
    return ratio_fits(rate, Fraction(min(one, other)), Fraction(max(one, other)))
