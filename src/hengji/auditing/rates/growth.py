"""R11: growth rates against the two years that they compare."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import common_unit, in_unit, number, places, ratio_fits
from hengji.auditing.rates.pairs import TWO, fits_rate, is_of_less, share_words
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension


def growth_holds(case: Case, quantity: Quantity) -> Iterator[Finding]:
    """A growth rate against the two years told before it."""
    near = [
        q
        for q in case.by_sentence.get(quantity.sentence, ())
        if q.unit not in ("%", "‰", "个百分点") and q.about != "目标"
    ]
    before = [q for q in near if q.span.end <= quantity.span.start]
    pairs = [(a, b) for a in near for b in near if a is not b and dimension(a.unit) == dimension(b.unit)]
    two = _two_years(before) or _two_years([q for q in before if q.about != "预算"])
    of_now = two is not None and _of_the_later(quantity, *two)
    if not pairs or (not of_now and any(fits_rate(quantity, a, b) for a, b in pairs)):
        return
    if case.flat[quantity.span.start - 1] in "到至" or two is None:
        return  # 「提高到70%」 is no change but what it came to
    if any(_grown(quantity, a, b, sign) for a, b in pairs for sign in (1, -1)):
        return
    if any(q is not quantity and q.unit == "%" and fits_rate(q, *two) for q in case.by_sentence[quantity.sentence]):
        return  # the change is told beside it
    now, past = two
    sign = _change_in(case, past)
    if not _is_between(case, quantity, now, past):
        return
    paragraph = case.paragraph(quantity.span.start)
    others = (q for q in case.found.quantities if paragraph.start <= q.span.start < quantity.span.start)
    if not of_now and any(
        dimension(q.unit) == dimension(one.unit) and fits_rate(quantity, q, one)
        for q in others
        for one in two
        if q not in two and one.number
    ):
        return  # the sentence before tells what it is reckoned from
    unit = common_unit((now, past))
    was = in_unit(now, unit) - sign * in_unit(past, unit) if sign else in_unit(past, unit)
    if was <= 0:
        return
    value = (in_unit(past, unit) if sign else abs(in_unit(now, unit) - was)) / was * 100
    if is_of_less(case, quantity, value):
        return
    shown = number(value, max(TWO, places(quantity.value)))
    before_it = f"{number(was, 6)}{unit}" if sign else f"{past.value}{past.unit}"
    yield case.finding(
        "R11",
        quantity.span,
        f"写{quantity.value}%，由{before_it}到{now.value}{now.unit}是{shown}%",
        stated=f"{quantity.value}%",
        recomputed=f"{shown}%",
    )


def _two_years(before: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """This year's and the past figure, where just these two of one thing stand before a change."""
    if len(before) != TWO or before[0].year == before[1].year or dimension(before[0].unit) != dimension(before[1].unit):
        return None
    one, other = before
    named = bool(one.name and other.name) and not _OF_BEFORE.fullmatch(other.name)
    if named and one.item != other.item and not share_words(one.name, other.name):
        return None
    now, past = (one, other) if one.year > other.year else (other, one)
    return (now, past) if past.number else None


_OF_BEFORE = pattern(r"相?[比较](?:上年|去年|20\d\d年)(?:度|同期)?的?")  # the same thing, a year before
_MORE = pattern(r"(?:增加|增长|多支出|上升)了?$")
_LESS = pattern(r"(?:减少|下降|少支出|降低|压减)了?$")


def _change_in(case: Case, figure: Quantity) -> int:
    """The sign of a figure that is itself the change: 「28.50万元，较上年增加6.15万元，增长29.52%」; 0 where it is a year's value."""
    start = max(0, figure.span.start - 6)
    if _MORE.search(case.flat, start, figure.span.start):
        return 1
    return -1 if _LESS.search(case.flat, start, figure.span.start) else 0


_A_YEAR = pattern(r"20\d\d(?=年|[、至到\-—~])")


def _is_between(case: Case, rate: Quantity, now: Quantity, past: Quantity) -> bool:
    """Whether the words between two figures and a change name no third year: 「2021年3.75万元、2022年3.12万元，2023年降幅7.69%」 is of 2023."""
    words = case.flat[max(now.span.end, past.span.end) : rate.span.start]
    named = {int(year) for year in _A_YEAR.findall(words)}
    return named <= {now.year, past.year}


def _of_the_later(rate: Quantity, now: Quantity, past: Quantity) -> bool:
    """Whether a change was reckoned over the later figure, and so is no change of the earlier one."""
    unit = common_unit((now, past))
    a, b = in_unit(now, unit), in_unit(past, unit)
    return bool(a and b) and ratio_fits(rate, abs(a - b), a) and not ratio_fits(rate, abs(a - b), b, Fraction(1, 100))


def _grown(rate: Quantity, change: Quantity, now: Quantity, sign: int) -> bool:
    """「支出110万元，比上年增加10万元，增长10%」: the change over what it was."""
    unit = common_unit((change, now))
    past = in_unit(now, unit) - sign * in_unit(change, unit)
    return past > 0 and ratio_fits(rate, in_unit(change, unit), past)


_FROM = pattern(
    r"(?P<of>[\u4e00-\u9fff\"]{2,10}?)(?:同比|相?[比较])(?:上年|去年|20\d\d\s?年)度?(?:同期)?的?[\u4e00-\u9fff]{0,4}\Z"
)
_STEP = pattern(r",?(?:同比)?(?P<way>增长|增加|上升|下降|减少|降低)了?\Z")
_WHOLE_POINTS = 10  # a rate that is right but for its whole points was mistyped, or carried over wrongly


def grown_from_elsewhere(case: Case) -> Iterator[Finding]:
    """R11: 「新收案件比2022年的3,902件增长11.84%」, where the paragraph has 「新收4,286件」: off by a slip, and the figure bears the subject's name."""
    for rate in case.told_rates:
        if not rate.number or places(rate.value) < TWO:
            continue
        own = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= rate.span.start]
        past = own[-1] if own else None
        if past is None or not past.number or past.unit in _NO_COUNTS:
            continue
        step = _STEP.fullmatch(case.flat, past.span.end, rate.span.start)
        start = own[-2].span.end if len(own) > 1 else past.sentence.start
        told = _FROM.search(case.flat, start, past.span.start)
        if step is None or told is None:
            continue
        place = case.paragraph(rate.span.start)
        alike = [
            q
            for q in case.found.quantities
            if q.unit == past.unit and q.span != past.span and q.year == case.year and q.about != "目标"
        ]
        sign = 1 if step["way"] in ("增长", "增加", "上升") else -1
        was = Fraction(past.number)
        if any(fits_rate(rate, q, past) for q in alike):
            continue
        named = [
            q for q in alike if place.start <= q.span.start < told.start("of") + 1 and share_words(told["of"], q.name)
        ]
        values = {Fraction(q.number): q for q in named}
        made = {value: sign * (value - was) / was * 100 for value in values}
        near = [value for value, each in made.items() if each > 0 and _mistyped(rate, each)]
        if len(near) != 1:
            continue
        now, shown = values[near[0]], number(made[near[0]], places(rate.value))
        message = f"写{rate.value}%，由{past.value}{past.unit}到{now.value}{now.unit}是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%", also=(now.span,))


_NO_COUNTS = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")


def _mistyped(rate: Quantity, value: Fraction) -> bool:
    """Whether one slip makes a rate of what it should be, or only its whole points differ."""
    meant, decimals = Fraction(fixed(value, places(rate.value))), places(rate.value)
    off = abs(Fraction(rate.number) - meant)
    return bool(off) and (
        mistaken(Fraction(rate.number), meant, decimals) or (off.denominator == 1 and off < _WHOLE_POINTS)
    )
