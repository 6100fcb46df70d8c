"""R11: a rate that no slip of the pen explains is held only against two figures that stand right beside it.

A clerk who writes 98.42 % for 96.42 % has mistyped a digit, wherever the two figures stand that show it. A rate that
is off by anything else is as a rule of something that the figures found for it do not count; it is told only where it
follows its own two figures.
"""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case, Check
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import common_unit, in_unit, percent_fits, places
from hengji.auditing.rates.pairs import TWO, without_parts
from hengji.auditing.slips import digits_of, swapped
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_RATE = pattern(r"(?P<n>\d+(?:\.\d+)?)%")
_OUT_OF_PROPORTION = Fraction(1, 2)  # of the larger of the two: over the right counts nobody errs by more
_OF_A_SHARE = Fraction(3, 10)  # the same over a whole told elsewhere
_WILD = 20  # times: one figure was for one of many, the other of all
_IN_A_CELL = Fraction(1, 20)  # the same where a column, not a sentence, says what it is made of
_SHARE = pattern(r"占[^,。;\d]{0,14}$")
_NO_PARTS = ("%", "‰", "个百分点", "分", "年", "月", "日")
_WHOLE = 100  # per cent
_TOLD = 60  # characters before a rate in which the later of its two figures stands
_BRACKET = pattern(r"\s?\([^()]{4,60}\)")
_INSIDE = pattern(r"\([^()]*\)")


def unless_far(check: Check) -> Check:
    """The same check without the rates that are off by more than a slip and do not stand beside their figures."""

    def checked(case: Case) -> Iterator[Finding]:
        return (finding for finding in check(case) if not _far(case, finding))

    return checked


def _far(case: Case, finding: Finding) -> bool:
    stated, meant = _RATE.fullmatch(finding.stated), _RATE.fullmatch(finding.recomputed)
    if finding.code != "R11" or finding.start is None or stated is None or meant is None:
        return False
    one, other = Fraction(stated["n"]), Fraction(meant["n"])
    if one == other:
        return True
    upside_down = percent_fits(one, places(stated["n"]), _WHOLE, other)
    # of two digits one slip makes a fifth of all there are, unless they changed places
    telling = len(digits_of(stated["n"])) > TWO or swapped(stated["n"], fixed(other, places(stated["n"])))
    if (
        upside_down
        or _of_the_later(one, other, places(stated["n"]))
        or (telling and mistaken(one, other, places(stated["n"])))
    ):
        return False
    if max(one, other) > _WILD * min(one, other) > 0:
        return True
    gap = abs(one - other) / max(one, other)
    at = Span(finding.start, finding.end or finding.start)
    in_column = case.in_table(at.start) and gap <= _IN_A_CELL
    return not (in_column or _stand_beside(case, at, meant["n"], gap))


def _of_the_later(stated: Fraction, meant: Fraction, decimals: int) -> bool:
    """Whether a change was reckoned over the later year: 44.15 fell by 12.53 % to 38.62, and the difference over 38.62 is 14.32 %."""
    bases = (_WHOLE - meant, _WHOLE + meant)
    return decimals >= TWO and any(b > 0 and abs(meant * _WHOLE / b - stated) <= _ROUNDED for b in bases)


_ROUNDED = Fraction(1, 100)


def _stand_beside(case: Case, rate: Span, meant: str, gap: Fraction) -> bool:
    """Whether the last two figures before a rate, or the two in the bracket behind it, make what it should be.

    Only a budget and what was spent of it, told in amounts, show a rate to be wrong that is far from theirs.
    """
    start = max(case.flat.rfind(end, 0, rate.start) for end in "。\n\t") + 1
    told = [q for q in case.found.quantities if start <= q.span.start and q.sentence.start <= rate.start]
    behind = _BRACKET.match(case.flat, rate.end)
    if behind is not None and _make(_within(told, Span(*behind.span())), meant):
        return True
    before = [q for q in told if q.span.end <= rate.start and q.unit != "分"]
    inside = [Span(*each.span()) for each in _INSIDE.finditer(case.flat, start, rate.start)]
    open_ = [q for q in before if not any(b.start < q.span.start < b.end for b in inside)]
    counts = _counts(open_, rate)
    figures = [q for q in without_parts(counts) if q.number]
    if len(figures) == 1 or _without_difference(figures) != figures:
        figures = [q for q in without_parts(_without_difference(counts)) if q.number]
    if len(figures) == 1 and not case.in_table(rate.start):
        figures = [*_last_before(case, start, figures[0]), *figures]
    if not figures or rate.start - figures[-1].span.end > _TOLD:
        return False
    if gap > _OUT_OF_PROPORTION and dimension(figures[-1].unit) != "money":
        return False
    if _SHARE.search(case.flat, max(0, rate.start - 20), rate.start):
        return gap <= _OF_A_SHARE and any(_make((figures[-1], other), meant) for other in case.found.quantities)
    between = figures[-TWO:][0].span.end
    if any(q.unit == "%" and "." in q.value and q.span.start > between for q in before):
        return False  # one of several rates, of which the first is of these figures
    return _make(figures[-TWO:], meant)


def _without_difference(figures: list[Quantity]) -> list[Quantity]:
    """Figures without a last one that only says by how much the two before it differ: 「由412起降至358起，减少54起，下降…」."""
    if len(figures) <= TWO or dimension(figures[-TWO - 1].unit) != dimension(figures[-1].unit):
        return figures
    unit = common_unit(figures[-TWO - 1 :])
    was, now, change = (in_unit(q, unit) for q in figures[-TWO - 1 :])
    return figures[:-1] if change and abs(was - now) == change else figures


def _last_before(case: Case, start: int, figure: Quantity) -> list[Quantity]:
    """The last figure of a kind that the paragraph tells before a sentence: 「…全年预算3,000.00万元。全年支出2,910.00万元，预算执行率…」."""
    place = case.paragraph(start).start
    told = [
        q
        for q in case.found.quantities
        if place <= q.span.start < start and dimension(q.unit) == dimension(figure.unit)
    ]
    return told[-1:]


def _within(told: Sequence[Quantity], place: Span) -> list[Quantity]:
    return [q for q in told if place.start <= q.span.start < place.end and q.unit not in _NO_PARTS]


def _counts(told: Sequence[Quantity], within: Span) -> list[Quantity]:
    """The figures that a rate can be made of up to the end of a place, and those of one kind only: of the last one's."""
    found = [q for q in told if q.span.end <= within.end and q.unit not in _NO_PARTS]
    return [q for q in found if found and dimension(q.unit) == dimension(found[-1].unit)]


def _make(figures: Sequence[Quantity], meant: str) -> bool:
    """Whether two figures make a rate, as a ratio or as a change, either way round."""
    if len(figures) != TWO or dimension(figures[0].unit) != dimension(figures[1].unit):
        return False
    unit = common_unit(figures)
    one, other = (in_unit(q, unit) for q in figures)
    return any(
        bottom and percent_fits(Fraction(meant), places(meant), top, bottom)
        for a, b in itertools.permutations((one, other))
        for top, bottom in ((a, b), (abs(a - b), b))
    )
