"""R11 by digits alone: a rate that two figures beside it make but for one slip of the pen, and no two figures of its paragraph make."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from hengji.auditing.case import Case
from hengji.auditing.equations.equation import equations
from hengji.auditing.equations.figure import Figure, around, by_sentence, figures
from hengji.auditing.facts.backing import NO_COUNT
from hengji.auditing.numbers import percent_fits, places
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_DECIMALS = 2
_DIGITS = 3  # of the two figures
_BEFORE, _BEHIND = 3, 2  # figures before and behind a rate that may make it


def rates_one_slip_off(case: Case) -> Iterator[Finding]:
    """R11: 「合计13.72万元，预算16.00万元，控制率85.77%」 (85.75%), 「较上年7.25万元减少0.40万元，下降5.25%」 (5.52%)."""
    told = [figure for figure in figures(case) if figure.unit == "%"]
    often = [figure.value for figure in told]
    for rate in told:
        if places(rate.value) != _DECIMALS or rate.value.endswith("00") or rate.aim or often.count(rate.value) > 1:
            continue
        if _OF_OTHERS.search(case.flat, rate.sentence.start, rate.span.start) is not None:
            continue
        if equations(rate, rate.number, around(case, rate)) or equations(rate, rate.number, _row(case, rate)):
            continue
        near = _near(case, rate)
        made = None if _nearly_made(rate, near) else _made(rate, near) or _made_of_slipped(rate, near)
        if made is not None:
            meant, one, base = made
            how = f"{one.value}{one.unit}与{base.value}{base.unit}算得{meant}%"
            yield case.finding(
                "R11", rate.shown, f"写{rate.value}%，按旁边的{how}", stated=rate.value, recomputed=meant
            )


def _row(case: Case, rate: Figure) -> Sequence[Figure]:
    return by_sentence(case)[rate.sentence]


def _near(case: Case, rate: Figure) -> list[Figure]:
    """The figures of its sentence that stand next to a rate."""
    told = [figure for figure in _row(case, rate) if figure.number and figure.unit not in NO_COUNT]
    before = [figure for figure in told if figure.span < rate.span][-_BEFORE:]
    return before + [figure for figure in told if figure.span > rate.span][:_BEHIND]


def _nearly_made(rate: Figure, near: Sequence[Figure]) -> bool:
    """Whether two figures of one unit make a rate but for one in its last place: 「99.21%（1256份中合格1246份）」."""
    pairs = (pair for pair in permutations(near, 2) if pair[0].unit == pair[1].unit)
    made = (fixed(Fraction(one.number) / Fraction(base.number) * 100, _DECIMALS) for one, base in pairs)
    return any(_is_rounding(rate.value, each) for each in made)


def _made(rate: Figure, near: Sequence[Figure]) -> tuple[str, Figure, Figure] | None:
    """What two figures of one unit make that is one slip off the rate, its first digit left as it is, and which they are."""
    pairs = list(permutations(near, 2))
    if any(_is_gap_of(rate, one, base) for one, base in pairs if one.unit == base.unit):
        return None
    for one, base in pairs:
        if one.unit != base.unit or min(len(digits_of(figure.value)) for figure in (one, base)) < _DIGITS:
            continue
        for part in (one.number, abs(one.number - base.number)):
            meant = fixed(Fraction(part) / Fraction(base.number) * 100, _DECIMALS)
            if _is_slip(rate.value, meant):
                return meant, one, base
    return None


def _made_of_slipped(rate: Figure, near: Sequence[Figure]) -> tuple[str, Figure, Figure] | None:
    """What two figures of one unit make where one slip of one of them makes the rate what it is: 「支出43.24万元，未超45.30万元的预算，控制率96.09%」."""
    stated = Fraction(rate.number) / 100
    for one, base in permutations(near, 2):
        if one.unit != base.unit or abs(near.index(one) - near.index(base)) != 1 or not stated:
            continue
        made = fixed(Fraction(one.number) / Fraction(base.number) * 100, _DECIMALS)
        if _is_rounding(rate.value, made):
            continue
        for figure, meant in ((base, Fraction(one.number) / stated), (one, stated * Fraction(base.number))):
            written = fixed(meant, places(figure.value))
            kept, top = Fraction(written), figure is one
            fits = percent_fits(
                stated * 100, _DECIMALS, kept if top else Fraction(one.number), Fraction(base.number) if top else kept
            )
            if len(digits_of(figure.value)) > _DIGITS and fits and _is_slip(figure.value, written):
                return made, one, base
    return None


def _is_slip(value: str, meant: str) -> bool:
    """Whether a value is another but for one slip that left its first digit as it is; one more in the last place is rounding."""
    return not _is_rounding(value, meant) and meant[0] == value[0] and slip(value, meant) in (SWAPPED, REPLACED)


def _is_rounding(value: str, meant: str) -> bool:
    """Whether two values are one apart in the last place at most, as where shares were made to add up to a hundred."""
    return abs(Decimal(value) - Decimal(meant)).scaleb(places(value)) <= 1


def _is_gap_of(rate: Figure, gap: Figure, now: Figure) -> bool:
    """Whether a rate is a change told by its amount and what came of it: 「支出1571.40万元，增加41.15万元，增长2.69%」."""
    stated, change, after = Fraction(rate.number), Fraction(gap.number), Fraction(now.number)
    return any(percent_fits(stated, _DECIMALS, change, base) for base in (after - change, after + change))


_FRESH = 16  # characters from a part to its rate
_RATED = pattern(r"(?:率|占比|比[例重]|进度|满意度|占[^,。;\d]{0,14})(?:为|是|达到?|约)*:?\s?$")
_ANY, _FEWEST = 60, 8  # wholes that are tried for a swap, and for one digit that is another


def rates_of_a_whole_elsewhere(case: Case) -> Iterator[Finding]:
    """R11: 「演出58场，占47.67%」 (45.67%, of the 127 told elsewhere), 「结转22.38万元，结转结余率4.04%」: one slip off what one whole makes of the part before it."""
    told = [figure for figure in figures(case) if figure.unit == "%"]
    often = [figure.value for figure in told]
    for rate in told:
        if places(rate.value) != _DECIMALS or rate.value.endswith("00") or rate.aim or often.count(rate.value) > 1:
            continue
        lead = max(rate.sentence.start, rate.span.start - _FRESH)
        if _RATED.search(case.flat, lead, rate.span.start) is None:
            continue
        if _OF_OTHERS.search(case.flat, rate.sentence.start, rate.span.start) is not None:
            continue
        part = next((f for f in reversed(_near(case, rate)) if f.span < rate.span), None)
        if part is None or rate.span.start - part.shown.end > _FRESH or len(digits_of(part.value)) < _DECIMALS:
            continue
        found = _of_one_whole(case, rate, part)
        if found is not None:
            meant, whole = found
            message = f"写{rate.value}%，按{part.value}{part.unit} ÷ {whole.value}{whole.unit}计算是{meant}%"
            also = (whole.shown,)
            yield case.finding("R11", rate.shown, message, stated=rate.value, recomputed=meant, also=also)


def _of_one_whole(case: Case, rate: Figure, part: Figure) -> tuple[str, Figure] | None:
    """What the one whole of a document that makes nearly a rate makes, where no two of its figures make the rate itself."""
    own = [figure for figure in figures(case) if figure.unit == part.unit and figure.number]
    tops = [part, *(figure for figure in (*around(case, rate), *_row(case, rate)) if figure.unit == part.unit)]
    wholes = {figure.number: figure for figure in reversed(own) if figure.number > part.number}
    tabled = (q.number for q in case.found.quantities if q.table and q.unit == part.unit and q.number)
    bases = {*(figure.number for figure in own), *tabled}
    if rate.number >= 100 or any(_close(rate, top.number, base) for top in tops for base in bases):
        return None
    if equations(rate, rate.number, around(case, rate)):
        return None
    made = [(fixed(Fraction(part.number) / Fraction(base) * 100, _DECIMALS), whole) for base, whole in wholes.items()]
    kinds = (SWAPPED, REPLACED) if len(wholes) <= _FEWEST else (SWAPPED,) if len(wholes) <= _ANY else ()
    near = [(meant, whole) for meant, whole in made if slip(rate.value, meant) in kinds and _is_slip(rate.value, meant)]
    return near[0] if len(near) == 1 else None


def _close(rate: Figure, top: Decimal, base: Decimal) -> bool:
    """Whether two figures make a rate, as a share or as what is left of one, but for rounding."""
    share, stated = Fraction(top) / Fraction(base) * 100, Fraction(rate.number)
    return any(abs(each - stated) <= _ROUNDED for each in (share, abs(100 - share)))


_ROUNDED = Fraction(1, 100)
# Rates told in turn, or of the year before, are made of other figures than those beside them.
_OF_OTHERS = pattern(r"依次|分别|(?:上年|去年|上一年)[^,。;\d]{0,8}$")
