"""Which of two figures the figures beside them speak for."""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import in_unit, places, ratio_fits
from hengji.auditing.slips import slip
from hengji.model.extraction import Quantity
from hengji.model.numerals import read_decimal
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


def tells_too(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the figures beside one make another's value of it: a movement (「1月9874人，新纳入1126人、退出1372人，12月末9628人」), or a column's total."""
    if not one.table:
        beside = case.by_sentence.get(one.sentence, ())
        run = [q.number for q in beside if q.unit == one.unit and q.span > one.span and not q.table]
        moved = run[: run.index(other.number)] if other.number in run else []
        ways = itertools.product((1, -1), repeat=len(moved) if len(moved) <= _MOST else 0)
        return bool(moved) and any(
            one.number + sum(s * n for s, n in zip(signs, moved, strict=False)) == other.number for signs in ways
        )
    for grid in case.grids:
        if grid.block.start <= one.span.start < grid.block.end:
            at = next(((r, c) for (r, c), cell in grid.cells.items() if cell.start <= one.span.start < cell.end), None)
            column = [grid.text(row, at[1]) for row in range(grid.rows) if row != at[0]] if at is not None else []
            told = [number for text in column if (number := read_decimal(text)) is not None]
            return other.number in told and one.number == sum(told)
    return False


def of_heads(case: Case, amount: Quantity) -> bool:
    """Whether an amount is what a count of its sentence makes with an amount for one: 「3204人、64.08万元，人均200元」."""
    beside = case.by_sentence.get(amount.sentence, ())
    counts = [q.number for q in beside if q.unit in _HEADS and q.number]
    prices = [in_unit(q, "元") for q in beside if q.unit == "元"]
    written = Fraction(1, 10 ** places(amount.value)) / 2
    stated = in_unit(amount, "万元")
    return any(
        abs(Fraction(n) * price / _TEN_THOUSAND - stated) <= written for n, price in itertools.product(counts, prices)
    )


_HEADS = ("人", "名", "人次", "户")
_TEN_THOUSAND = 10_000


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
    few digits, and recur by chance: of them only those of one unit that stand side by side in a sentence are told together.
    """
    if is_share(case, one, other):
        return True
    if dimension(one.unit) != "money":
        return told_together(case, one, other) or all(stands(case, quantity) for quantity in (one, other))
    both, slipped = {one.number, other.number}, slip(one.value, other.value) != ""
    if any(both <= numbers for (_, close), numbers in _numbers(case).items() if close or not slipped):
        return True
    return all(stands(case, quantity) for quantity in (one, other))


def is_share(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether a rate beside one of two values, told to the hundredth, is what they make: 「报装2317件。网上报装2137件，占92.23%」."""
    rates = (
        q
        for place in {one.sentence, other.sentence}
        for q in case.by_sentence.get(place, ())
        if q.unit == "%" and len(q.value.partition(".")[2]) == _FEW
    )
    return one.unit == other.unit and any(_makes(rate, one.number, other.number) for rate in rates)


def told_together(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether any sentence tells both values one right after the other, in their unit: 「目标120座，完成102座」."""
    both = {one.number, other.number}
    return any(
        both == {a.number, b.number}
        for mention in _mentions(case).get((one.number, one.unit), ())
        for a, b in itertools.pairwise(q for q in case.by_sentence.get(mention.sentence, ()) if q.unit == one.unit)
    )


def stands(case: Case, quantity: Quantity) -> bool:
    """Whether a value is proved by the figures beside it, wherever it is told: in a sentence or a column, or as the gap of two told before it."""
    return _stands(case, quantity.number, quantity.unit)


@once
def _stands(case: Case, number: Decimal, unit: str) -> bool:
    mentions = _mentions(case).get((number, unit), ())
    return any(in_a_sum(case, q) or _in_column_sum(case, q) or _is_gap(case, q) for q in mentions)


@once
def _mentions(case: Case) -> dict[tuple[Decimal, str], list[Quantity]]:
    found: dict[tuple[Decimal, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        found.setdefault((quantity.number, quantity.unit), []).append(quantity)
    return found


def _in_column_sum(case: Case, quantity: Quantity) -> bool:
    """Whether a cell is one of a run of its column that makes another cell of it, or is what such a run makes."""
    at = quantity.span.start
    for grid in case.grids if case.in_table(at) else ():
        if grid.block.start <= at < grid.block.end:
            column = next((c for (_, c), cell in grid.cells.items() if cell.start <= at < cell.end), None)
            cells = [grid.text(row, column) for row in range(grid.rows)] if column is not None else []
            values = [number for text in cells if (number := read_decimal(text))]
            return any(quantity.number in {total, *run} for run, total in _runs(values[:_ROWS]))
    return False


def _is_gap(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is the difference of two that its paragraph tells before it."""
    if dimension(quantity.unit) != "money":
        return False
    start = case.paragraph(quantity.span.start).start
    told = [
        q.number
        for q in case.found.quantities
        if start <= q.span.start < quantity.span.start and q.unit == quantity.unit
    ]
    return any(abs(a - b) == quantity.number for a, b in itertools.combinations(told[-_LISTED:], 2))


_ROWS = 30


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
