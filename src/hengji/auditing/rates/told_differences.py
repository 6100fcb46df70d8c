"""R11: a rate told right behind the difference that it is of: 「13.95万元…12.74万元…减少1.21万元，下降7.86%」.

That two amounts of the paragraph differ by the very amount that is told says between which figures the change is, wherever
they stand; over the larger of them what fell or was saved is reckoned, over the smaller what grew.
"""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, in_unit, number, percent_fits, places, slack
from hengji.auditing.slips import digits_of
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_LESS = "减少|下降|降低|压减|压缩|节约|节省|结余|节余|少支出"
_MORE = "增加|增长|上升|提高|多支出"
_CHANGED = pattern(rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))(?:了|额|资金)?(?:为|约)?\s?$")
_RATE = pattern(
    r"\s?[,、(]\s?(?:同比)?(?:(?P<less>下降|降低|降幅|减幅|减少|压减率|节约率|节省率|结余率|节余率|节支率|下浮率)|(?P<more>增长|增幅|上升|提高|增加))"
    r"(?:率|幅度)?(?:为|达到?|了)?\s?"
)
_LEAD = 6  # characters before a difference that say which way it is
_TELLING = 3  # digits of a difference that two amounts do not make by chance
_BACK = 12  # figures before it that it may be between
_NO_FIGURES = ("%", "‰", "个百分点", "分", "年", "月", "日")
_MOST_OFF = Fraction(1, 2)  # of the larger: by more nobody errs


def of_the_difference(case: Case) -> Iterator[Finding]:
    """A percentage that the difference right before it does not make over the figure that it was reckoned from."""
    for sentence, figures in case.by_sentence.items():
        for gap, rate in itertools.pairwise(figures):
            if rate.unit != "%" or rate.table or gap.unit in _NO_FIGURES or not rate.number:
                continue
            match = _RATE.fullmatch(case.flat, gap.span.end, rate.span.start)
            way = _CHANGED.search(case.flat, max(sentence.start, gap.span.start - _LEAD), gap.span.start)
            if match is None or way is None or bool(way["less"]) != bool(match["less"]):
                continue
            finding = _held(case, gap, rate, falls=match["less"] is not None)
            if finding is not None:
                yield finding


def _held(case: Case, gap: Quantity, rate: Quantity, *, falls: bool) -> Finding | None:
    if len(digits_of(gap.value).lstrip("0")) < _TELLING:
        return None
    pairs = _between(_before(case, gap), gap)
    wrong = {(less if falls else more).span for less, more in pairs}  # over these a change is never reckoned
    alike = (q for q in case.found.quantities if q.number and dimension(q.unit) == dimension(gap.unit))
    if not pairs or any(_makes(gap, rate, q) for q in alike if q.span not in wrong):
        return None
    bases = {in_unit(more if falls else less, gap.unit): (less, more) for less, more in pairs}
    if len(bases) != 1:
        return None
    base, (less, more) = next(iter(bases.items()))
    made = in_unit(gap, gap.unit) / base * 100
    if abs(made - Fraction(rate.number)) > _MOST_OFF * max(made, Fraction(rate.number)):
        return None
    shown = number(made, max(2, places(rate.value)))
    told = f"{gap.value}{gap.unit}"
    message = f"写{rate.value}%，{more.value}{more.unit}与{less.value}{less.unit}相差{told}，{told} ÷ {number(base, 6)}{gap.unit} = {shown}%"
    return case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


def _before(case: Case, gap: Quantity) -> list[Quantity]:
    """The figures of its kind that its paragraph tells before a difference."""
    place = case.paragraph(gap.span.start)
    told = [
        q for q in case.found.quantities if place.start <= q.span.start < gap.span.start and q.number and not q.table
    ]
    return [q for q in told if dimension(q.unit) == dimension(gap.unit)][-_BACK:]


def _between(figures: Sequence[Quantity], gap: Quantity) -> list[tuple[Quantity, Quantity]]:
    """The pairs, the lesser first, that differ by just as much."""
    unit = common_unit((*figures, gap)) if figures else gap.unit
    pairs = (sorted(pair, key=lambda q: in_unit(q, unit)) for pair in itertools.combinations(figures, 2))
    return [(a, b) for a, b in pairs if in_unit(b, unit) - in_unit(a, unit) == in_unit(gap, unit)]


def _makes(gap: Quantity, rate: Quantity, base: Quantity) -> bool:
    whole = in_unit(base, gap.unit)
    loose = slack(gap, gap.unit) / whole * 100
    off = abs(in_unit(gap, gap.unit) / whole * 100 - Fraction(rate.number))
    return percent_fits(Fraction(rate.number), places(rate.value), in_unit(gap, gap.unit), whole) or off <= loose
