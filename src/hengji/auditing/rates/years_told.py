"""The two figures between which a change from a named year is told, by a series of years or by the change told beside it."""

from collections.abc import Sequence

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, in_unit, ratio_fits
from hengji.model.extraction import Quantity, Span
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NAMED = pattern(
    r"(?<![\u4e00-\u9fff\d])(?:(?P<now>20\d\d)年)?(?:同?比|较|与)(?P<past>20\d\d)年(?:度|同期)?(?:相比)?[,]?$"
)
_NEXT_YEAR = pattern(r"[,、;]\s?20\d\d年(?:度)?(?:决算数?|支出|实际|为)?\s?")
_LEAD = 16  # characters before a change that name its years


def between_years(case: Case, told: Quantity, start: int) -> tuple[Quantity, Quantity] | None:
    """This year's figure and the named year's, where the change has no subject of its own and no two figures of its paragraph give it."""
    match = _NAMED.search(case.flat, max(told.sentence.start, start - _LEAD), start)
    if match is None or (match["now"] or str(case.year)) != str(case.year):
        return None
    place, past = case.paragraph(start), int(match["past"])
    figures = [q for q in _before(case, place, start) if q.number and q.about != "目标" and q.unit != "%"]
    if past >= case.year or any(_gives(told, a, b) for a in figures for b in figures if a is not b):
        return None
    return _in_series(case, figures, past) or _beside(case, told, figures, past)


def _before(case: Case, place: Span, end: int) -> Sequence[Quantity]:
    return [q for q in case.found.quantities if place.start <= q.span.start < end and not q.table]


def _gives(told: Quantity, now: Quantity, past: Quantity) -> bool:
    if dimension(now.unit) != dimension(past.unit):
        return False
    unit = common_unit((now, past))
    a, b = in_unit(now, unit), in_unit(past, unit)
    return bool(b) and ratio_fits(told, abs(a - b), b)


def _in_series(case: Case, figures: Sequence[Quantity], past: int) -> tuple[Quantity, Quantity] | None:
    """The one series of three years of the paragraph: 「2022年31.60万元、2023年28.90万元、2024年27.35万元」."""
    runs: list[list[Quantity]] = []
    for before, each in zip((None, *figures), figures, strict=False):
        goes_on = before is not None and before.unit == each.unit and before.year + 1 == each.year
        if goes_on and _NEXT_YEAR.fullmatch(case.flat, runs[-1][-1].span.end, each.span.start):
            runs[-1].append(each)
        else:
            runs.append([each])
    series = [run for run in runs if len(run) > _FEW]
    if len(series) != 1:
        return None
    by_year = {q.year: q for q in series[0]}
    return (by_year[case.year], by_year[past]) if {case.year, past} <= by_year.keys() else None


_FEW = 2


def _beside(case: Case, told: Quantity, figures: Sequence[Quantity], past: int) -> tuple[Quantity, Quantity] | None:
    """The change right beside, from another year, is between two figures of one name; the named year's of that name is the past."""
    for other in case.by_sentence.get(told.sentence, ()):
        match = _NAMED_BESIDE.search(case.flat, max(other.sentence.start, other.span.start - _LEAD), other.span.start)
        if other is told or other.unit != "%" or match is None or int(match["past"]) in (past, case.year):
            continue
        for now in (q for q in figures if q.year == case.year):
            olds = [q for q in figures if q.year == int(match["past"]) and q.name and _gives(other, now, q)]
            named = [q for q in figures if olds and q.year == past and _alike(q, olds[0])]
            if len(olds) == 1 and len(named) == 1:
                return now, named[0]
    return None


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one name, stage and unit."""
    same = one.name.endswith(other.name) or (len(one.name) > 1 and other.name.endswith(one.name))
    return same and one.unit == other.unit and one.about == other.about


_NAMED_BESIDE = pattern(
    r"(?:比|较|与)(?P<past>20\d\d)年(?:度|同期)?(?:相比)?(?:下降|减少|降低|增长|增加|上升)(?:了|约)?\s?$"
)
