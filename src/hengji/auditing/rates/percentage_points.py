"""R11: 「由52.4%提高到56.1%，提高4.7个百分点」: percentage points against the two rates that they lie between."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number, places
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_POINTS = "个百分点"
_RISE = "提高|上升|增加|增长|提升|升高|上涨|上扬|高|升|多"
_FALL = "下降|降低|减少|回落|下滑|压减|缩小|低|降|少"
_CHANGE = pattern(rf"(?:(?P<up>{_RISE})|(?P<down>{_FALL}))(?:了|出|约|近|幅度?为?|达)*\s?$")
_FROM = pattern(r"(?:由|从|自)[^,。;%]{0,14}$")
_TO = pattern(
    rf"\s?(?:[^,。;%\d]{{0,4}})(?:{_RISE}|{_FALL}|变|调整)[\u4e00-\u9fff]{{0,2}}[到至为](?:20\d\d年(?:末|底)?的?)?\s?"
)
_NEXT = pattern(
    rf"\s?[,(、]?\s?(?:同比|[比较](?:上年|去年|20\d\d年|年初)(?:同期)?|净|共)?(?:{_RISE}|{_FALL})(?:了|幅度?为?)*(?:约|近)?\s?"
)
_VERSUS = pattern(
    r"\s?[,(、]?\s?(?:同?比|较|与)?(?:上年|去年|上一年|20\d\d年|年初|同期)[^,。;%\d]{0,10}\s?"
    r"|[,(、]?(?:比|较)(?:(?:年初|年度)?(?:目标|计划|标准|任务|要求|指标)值?)?的?"
)  # 「93.97%，比上年的89.6%」
_BESIDE = pattern(rf"\s?(?:的|[,、])?\s?(?:相比)?(?:{_RISE}|{_FALL})(?:了|出)?(?:约|近)?\s?")


def points_between(case: Case) -> Iterator[Finding]:
    """A difference in percentage points that two rates right before it do not make, or make the other way."""
    told_in = case.found.quantities if _POINTS in case.flat else ()
    rates = [q for q in told_in if q.unit == _POINTS or (q.unit == "%" and not _aimed_at(case, q))]
    for one, other, told in zip(rates, rates[1:], rates[2:], strict=False):
        if told.unit != _POINTS or one.unit != "%" or other.unit != "%" or told.table != one.table:
            continue
        ends = _ends(case, one, other, told)
        if ends is None:
            continue
        past, now = ends
        lead = case.flat[other.span.end : told.span.start]
        way = _CHANGE.search(lead)
        gap = exact(now.number) - exact(past.number)
        falls = way is not None and way["down"] is not None
        if way is None or (_agrees(told, gap, one, other) and (not gap or (gap < 0) == falls)):
            continue
        shown = number(abs(gap), max(places(one.value), places(other.value)))
        meant = "下降" if gap < 0 else "提高"
        message = f"写{way[0].strip()}{told.value}个百分点，由{past.value}%到{now.value}%是{meant}{shown}个百分点"
        yield case.finding("R11", told.span, message, stated=f"{told.value}个百分点", recomputed=f"{shown}个百分点")


_AIM = pattern(r"(?:目标|任务|计划|指标|标准|要求)(?:值|数)?(?:为|是|的|:)?\s?$")


def _aimed_at(case: Case, rate: Quantity) -> bool:
    """Whether a rate is what was aimed at, between which and another year's nothing changes: 「88.07%，目标85%，比2022年的85.60%提高…」."""
    lead = max(rate.sentence.start, rate.span.start - _LEAD)
    return rate.about == "目标" or _AIM.search(case.flat, lead, rate.span.start) is not None


def _ends(case: Case, one: Quantity, other: Quantity, told: Quantity) -> tuple[Quantity, Quantity] | None:
    """The earlier and the later rate that a change is told between."""
    if not one.sentence == other.sentence == told.sentence:
        return None
    if _TO.fullmatch(case.flat, one.span.end, other.span.start):
        opened = _FROM.search(case.flat, max(one.sentence.start, one.span.start - _LEAD), one.span.start)
        return (one, other) if opened and _NEXT.fullmatch(case.flat, other.span.end, told.span.start) else None
    between = _VERSUS.fullmatch(case.flat, one.span.end, other.span.start)
    if between is not None and not _later(case, one, between[0]):
        return (other, one) if _BESIDE.fullmatch(case.flat, other.span.end, told.span.start) else None
    return None


def _later(case: Case, one: Quantity, between: str) -> bool:
    """Whether the second rate is of a later year than the first: 「2023年为96.40%，2024年为97.86%」."""
    years = [_YEARS.findall(text) for text in (case.flat[one.sentence.start : one.span.start], between)]
    return bool(years[0] and years[1]) and years[0][-1] < years[1][-1]


_YEARS = pattern(r"20\d\d(?=年)")
_LEAD = 16  # characters before a rate in which 「由」 stands


def _agrees(told: Quantity, gap: Fraction, one: Quantity, other: Quantity) -> bool:
    loose = sum((Fraction(1, 2 * 10 ** places(q.value)) for q in (told, one, other)), Fraction(0))
    exactly = places(told.value) >= max(places(one.value), places(other.value))
    return abs(abs(gap) - exact(told.number)) <= (
        0 if exactly and len({places(q.value) for q in (one, other)}) == 1 else loose
    )
