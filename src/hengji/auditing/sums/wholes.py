"""R07: the wholes of the ledger against their parts, in the paragraph or table that tells both, else in the document."""

import itertools
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.backing import in_a_sum
from hengji.auditing.ledger import SPENT, WHOLE, Entry
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.slips import SWAPPED, slip
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.units import dimension

_MADE_OF = (
    (WHOLE, ("基本支出", "项目支出")),
    (WHOLE, ("人员经费", "公用经费", "项目支出")),
    ("基本支出", ("人员经费", "公用经费")),
)
_LEAST = Fraction(5, 100)  # 万元: what is less is a slip of rounding
_NEAR = 10  # a gap of less than one in so many: parts further off belong to another whole
_MOST = 4  # amounts of one line in one place that are tried


def wholes_hold(case: Case) -> Iterator[Finding]:
    """Spending or a budget that its basic and project parts, or its staff and office parts, do not make."""
    told: set[tuple[str, str, Fraction]] = set()
    for finding, key in itertools.chain(_in_places(case), _in_document(case)):
        if key not in told:
            told.add(key)
            yield finding


_Key = tuple[str, str, Fraction]


def _in_places(case: Case) -> Iterator[tuple[Finding, _Key]]:
    groups: dict[tuple[int, str, int], list[Entry]] = {}
    for entry in case.ledger:
        if entry.stage:
            groups.setdefault((entry.place, entry.stage, entry.year), []).append(entry)
    for group in groups.values():
        lines = {entry.line for entry in group}
        for whole, parts in _MADE_OF:
            if whole not in lines or not lines.issuperset(parts):
                continue
            yield from _held(case, _amounts(group, whole), [_amounts(group, part) for part in parts])


def _in_document(case: Case) -> Iterator[tuple[Finding, _Key]]:
    """The same where whole and parts stand apart, each with one amount in the whole document."""
    own = [entry for entry in case.ledger if entry.year == case.year and not entry.table]
    for stage in dict.fromkeys(entry.stage for entry in own if entry.stage):
        staged = [entry for entry in own if entry.stage == stage]
        lines = {entry.line for entry in staged}
        for whole, parts in _MADE_OF:
            if whole not in lines or not lines.issuperset(parts):
                continue
            wholes, told = _amounts(staged, whole), [_amounts(staged, part) for part in parts]
            together = {entry.place for each in told for entry in each}
            if len(wholes) == 1 and all(len(each) == 1 for each in told) and len(together) == 1:
                yield from _held(case, wholes, told)


def _amounts(entries: Iterable[Entry], line: str) -> list[Entry]:
    """The entries of a line, the first of each amount."""
    found: dict[Fraction, Entry] = {}
    for entry in entries:
        if entry.line == line:
            found.setdefault(entry.amount, entry)
    return list(found.values())[:_MOST]


def _held(case: Case, wholes: list[Entry], parts: list[list[Entry]]) -> Iterator[tuple[Finding, _Key]]:
    """A finding where none of the wholes is what the parts make, and one of them is meant to be."""
    if not wholes or not all(parts):
        return
    sums = [(sum((e.amount for e in each), Fraction(0)), each) for each in itertools.product(*parts)]
    if any(abs(total - whole.amount) < _LEAST for total, _ in sums for whole in wholes):
        return
    if any(_told_right_elsewhere(case, whole, each) for _, each in sums for whole in wholes):
        return  # one part is told twice, and differently: that is R08's
    gap, whole, total, each = min(
        ((abs(total - whole.amount), whole, total, each) for total, each in sums for whole in wholes),
        key=lambda found: found[0],
    )
    if _of_another(case, whole, each) or _listed_with_more(case, whole, each) or _rest_told(case, each[0], gap):
        return
    meant = slip(fixed(whole.amount), fixed(total)) != ""
    if gap * _NEAR > whole.amount or (not meant and (_explained(case, gap) or _of_a_stage_before(case, each, total))):
        return
    listed = " + ".join(number(entry.amount, 6) for entry in each)
    odd = _the_odd_part(case, whole, each, total)
    apart = odd is not None or each[0].place != whole.place
    span = odd.span if odd is not None else Span(each[0].span.start, each[-1].span.end) if apart else whole.span
    name = whole.line if whole.line != WHOLE else "支出合计" if whole.stage == SPENT else "预算合计"
    message = f"{name}写{number(whole.amount, 6)}万元，各部分之和是{listed} = {number(total, 6)}万元，相差{number(gap, 6)}万元"
    stated, right = number(whole.amount, 6), number(total, 6)
    yield (
        case.finding("R07", span, message, stated=stated, recomputed=right, also=(whole.span,) if apart else ()),
        (whole.line, whole.stage, whole.amount),
    )


def _the_odd_part(case: Case, whole: Entry, parts: Iterable[Entry], total: Fraction) -> Entry | None:
    """The one part that a slip puts wrong, told once, where the whole is told again: 2762.60 of 1502.60 and 「1206.00」."""
    slipped = [p for p in parts if p.amount and slip(fixed(p.amount), fixed(p.amount + whole.amount - total))]
    if len(slipped) != 1 or slip(fixed(whole.amount), fixed(total)) == SWAPPED:
        return None
    times = [
        len(re.findall(rf"(?<![\d.]){fixed(e.amount, 2)}(?!\d)", case.flat.replace(",", "")))
        for e in (whole, slipped[0])
    ]
    return slipped[0] if times[0] > 1 == times[1] else None


def _of_another(case: Case, whole: Entry, parts: Iterable[Entry]) -> bool:
    """Whether the parts make, with figures of their own sentence, a sum that the whole, told elsewhere, has no part in."""
    places = {case.sentence(part.span.start) for part in parts}
    if any(part.table for part in parts) or case.sentence(whole.span.start) in places:
        return False
    spans = {part.span for part in parts}
    return all(in_a_sum(case, q) for place in places for q in case.by_sentence.get(place, ()) if q.span in spans)


def _of_a_stage_before(case: Case, parts: Iterable[Entry], total: Fraction) -> bool:
    """Whether their paragraph tells before them another whole that they make: 「年初预算802.00万元，全年预算860.40万元；基本支出年初…」."""
    first = next(iter(parts))
    return any(
        entry.line == WHOLE and entry.place == first.place and entry.span < first.span and entry.amount == total
        for entry in case.ledger
    )


def _listed_with_more(case: Case, whole: Entry, parts: Iterable[Entry]) -> bool:
    """Whether the list that the parts stand in goes on with others and then makes the whole."""
    first = next(iter(parts))
    if first.table:
        return False
    figures = [q for q in case.by_sentence.get(case.sentence(first.span.start), ()) if dimension(q.unit) == "money"]
    total = Fraction(0)
    for quantity in (q for q in figures if q.span >= first.span):
        total += in_unit(quantity, "万元")
        if abs(total - whole.amount) < _LEAST:
            return True
    return False


def _rest_told(case: Case, part: Entry, gap: Fraction) -> bool:
    """Whether the paragraph of the parts tells the difference: 「其余20.00万元为抚恤金」."""
    if part.table or gap not in case.amounts:
        return False
    place = case.paragraph(part.span.start)
    return any(
        dimension(q.unit) == "money" and in_unit(q, "万元") == gap
        for q in case.found.quantities
        if place.start <= q.span.start < place.end
    )


def _told_right_elsewhere(case: Case, whole: Entry, parts: Iterable[Entry]) -> bool:
    """Whether another amount told of one of the parts makes the whole."""
    listed = tuple(parts)
    total = sum((entry.amount for entry in listed), Fraction(0))
    wanted = {entry.line: entry.amount + whole.amount - total for entry in listed}
    told = _told_of(case)
    return any(
        abs(amount - meant) < _LEAST
        for line, meant in wanted.items()
        for amount in told.get((line, whole.stage, whole.year), ())
    )


@once
def _told_of(case: Case) -> dict[tuple[str, str, int], set[Fraction]]:
    """The amounts of each line by stage and year."""
    found: dict[tuple[str, str, int], set[Fraction]] = {}
    for entry in case.ledger:
        found.setdefault((entry.line, entry.stage, entry.year), set()).add(entry.amount)
    return found


def _explained(case: Case, gap: Fraction) -> bool:
    """Whether the document states the difference: what was carried over, added, or counted elsewhere."""
    return gap in case.amounts
