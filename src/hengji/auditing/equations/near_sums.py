"""R07 by digits alone: figures side by side that miss a sum by one slip of the pen and make no other.

「采购计划260.00万元，货物类180.00万元、服务类87.00万元」, 「年初7380.20万元，追加1032.16万元，全年8422.36万元」: two parts suffice,
and no word need say that they are parts. That three amounts of four digits miss a sum by a single slip does not come about by chance.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product

from hengji.auditing.case import Case
from hengji.auditing.equations.figure import Figure, by_sentence
from hengji.auditing.numbers import number, places
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.auditing.sums.told_figures import BOUND
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_LEAST, _MOST = 3, 14  # figures of a sentence
_DIGITS = 4  # of the figure that slipped, without zeros at its end
_FOR_ONE = pattern(r"(?:每|[人户车单场次件]均|单价|平均)[^,。;、\d]{0,10}$")
_LEAD = 14
_MOVED = 6  # figures side by side that are tried with plus and minus


def sums_one_slip_off(case: Case) -> Iterator[Finding]:
    """R07: a figure that is the sum of those beside it but for one slip, where none of them makes another sum."""
    for told in by_sentence(case).values():
        by_unit: dict[str, list[Figure]] = {}
        for figure in told:
            if dimension(figure.unit) == "money" and figure.number and not is_for_one(case, figure):
                by_unit.setdefault(figure.unit, []).append(figure)
        for listed in by_unit.values():
            if _LEAST <= len(listed) <= _MOST:
                yield from _of_list(case, listed)


def is_for_one(case: Case, figure: Figure) -> bool:
    """Whether an amount is told for each of many, or as a bound: 「100万元以上」."""
    start = max(figure.sentence.start, figure.span.start - _LEAD)
    alone = _FOR_ONE.search(case.flat, start, figure.span.start) is not None
    return alone or BOUND.match(case.flat, figure.shown.end) is not None


def _of_list(case: Case, listed: Sequence[Figure]) -> Iterator[Finding]:
    """The first broken sum of figures of one unit."""
    right = _in_sums([figure.number for figure in listed])
    for first, last in combinations(range(len(listed) + 1), 2):
        run = listed[first:last]
        if len(run) < _LEAST or not right.isdisjoint(range(first, last)) or _is_cut_out(case, listed, first, last):
            continue
        if any(_COMPARED.search(case.flat, a.span.end, b.span.start) for a, b in pairwise(run)):
            continue
        for whole, parts in ((run[0], run[1:]), (run[-1], run[:-1])):
            if any(_is_change(case, part) for part in parts):
                continue
            total = sum((part.number for part in parts), Decimal(0))
            if _is_slip(whole, total) or any(_is_slip(p, whole.number - total + p.number) for p in parts):
                yield sum_finding(case, whole, parts)
                return


def _is_change(case: Case, figure: Figure) -> bool:
    """Whether an amount is by how much something rose or fell, which is no part beside what it changed: 「比上年的11.03万元减少1.17万元」."""
    return (
        _CHANGED.search(case.flat, max(figure.sentence.start, figure.shown.start - _LEAD), figure.shown.start)
        is not None
    )


_CHANGED = pattern(r"(?:减少|增加|下降|降低|压减|压缩|增长|上升|节约|节省|超出|高出|[多少]出?)(?:了|约)?\s?$")


def _is_cut_out(case: Case, listed: Sequence[Figure], first: int, last: int) -> bool:
    """Whether a run is a piece of a longer list, joined to the figure before or behind it, or a list of equals without a whole."""
    ends = [at for at in (first, last) if 0 < at < len(listed)]
    if any(_listed(case, listed[at - 1], listed[at]) for at in ends):
        return True
    between = (case.flat[listed[at - 1].span.end : listed[at].span.start] for at in range(first + 1, last))
    return all(_EQUALS.fullmatch(text) for text in between)


def _listed(case: Case, one: Figure, other: Figure) -> bool:
    """Whether only a mark and a name stand between two figures, and the name is that of no whole."""
    return _LISTED.fullmatch(case.flat, one.span.end, other.span.start) is not None


_LISTED = pattern(r"[^,。;()]{0,4}(?:、|,(?!其中|实际|全年|年末|支出|决算|预算|调整|合计|共|结[余转]))[^,。;()]*")
_COMPARED = pattern("低于|高于|少于|多于|超过|不足|未超|不超")  # 「减少1.17万元，也低于预算数15.20万元」
_EQUALS = pattern(r"[^,。;()]{0,4}、[^,。;()计]*")


def _in_sums(values: Sequence[Decimal]) -> set[int]:
    """Which figures are part of a sum that holds: of a run and a figure beyond it, of any two, or of a movement with plus and minus."""
    right: set[int] = set()
    for first, last in combinations(range(len(values) + 1), 2):
        total = sum(values[first:last], Decimal(0))
        for at, value in enumerate(values):
            if last - first > 1 and not first <= at < last and value == total:
                right |= {*range(first, last), at}
        if _LEAST <= last - first <= _MOVED and _moves(values[first:last]):
            right |= set(range(first, last))
    for one, other in combinations(range(len(values)), 2):
        right |= {
            each
            for at, value in enumerate(values)
            if at not in (one, other) and value == values[one] + values[other]
            for each in (one, other, at)
        }
    return right


def _moves(values: Sequence[Decimal]) -> bool:
    """Whether figures side by side make nothing, some of them added and some taken off."""
    head, *rest = values
    return any(
        head + sum((sign * value for sign, value in zip(signs, rest, strict=True)), Decimal(0)) == 0
        for signs in product((1, -1), repeat=len(rest))
    )


def _is_slip(figure: Figure, meant: Decimal) -> bool:
    """Whether a figure is another of as many decimals but for one digit, or for two that changed places."""
    decimals = places(figure.value)
    if meant <= 0 or len(digits_of(figure.value).rstrip("0")) < _DIGITS:
        return False
    written = fixed(Fraction(meant), decimals)
    return Decimal(written) == meant and slip(figure.value, written) in (SWAPPED, REPLACED)


def sum_finding(case: Case, whole: Figure, parts: Sequence[Figure]) -> Finding:
    """The finding of parts that do not make their whole."""
    total = sum((part.number for part in parts), Decimal(0))
    terms = " + ".join(part.value for part in parts)
    gap = abs(whole.number - total)
    made = fixed(Fraction(total), max(places(f.value) for f in (*parts, whole)))
    message = f"{terms} = {made}，合计写{whole.value}{whole.unit}，相差{number(gap)}{whole.unit}"
    shown = [figure.shown for figure in (*parts, whole)]
    span = Span(min(each.start for each in shown), max(each.end for each in shown))
    return case.finding("R07", span, message, stated=whole.value, recomputed=made)
