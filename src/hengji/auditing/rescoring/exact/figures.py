"""The one figure of a leaf in a unit, the days that something came late and the pieces that are short; None where none is told, or one that could be another."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from hengji.auditing.rescoring.leaf_facts import Facts
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.model.patterns import pattern

_UNSURE = pattern(r"约|近|超|不到|不足|左右|上年|同比|增|减|降")


_OF_MANY = pattern(r"(?P<n>\d{1,6}(?:\.\d+)?)(?P<u>‰|/(?:10|1|百|千|十)?万)")


def amount_in_unit(unit: str, facts: Facts) -> Fraction | None:
    """The only figure of a leaf in a unit."""
    if unit.startswith("/") or unit == "‰":
        told = {Fraction(m["n"]) for m in _OF_MANY.finditer(facts.text) if m["u"] == unit}
        return told.pop() if len(told) == 1 else None
    if facts.actual is not None and facts.actual.unit == unit:
        return facts.actual.number
    mixed = {_minutes(match) for match in _MIXED.finditer(facts.text)} if unit == "分钟" else set[Fraction]()
    if mixed:
        return mixed.pop() if len(mixed) == 1 else None
    own = [f for f in facts.figures if f.unit == unit]
    if (
        len({f.number for f in own}) != 1
        or own[0].aimed
        or own[0].short
        or own[0].beyond
        or _UNSURE.search(own[0].lead)
    ):
        return None
    return own[0].number


# 「6分40秒」
_MIXED = pattern(r"(?<![\d.:])(?P<m>\d{1,3})分钟?(?P<s>\d{1,2})秒")


def _minutes(match: re.Match[str]) -> Fraction:
    return Fraction(match["m"]) + Fraction(match["s"]) / 60


_DATE = pattern(r"(?:(?P<y>20\d\d)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_DUE_BEHIND = pattern(r"(?:之|以)?前|内|截止")
_DUE_BEFORE = pattern(
    r"(?:不晚于|应于|应在|须于|要求于|限于|合同约定|约定|计划于|计划|目标|期限为?|时限为?)[^,。;\d]{0,6}$"
)


def days_late(facts: Facts, target: str, actual: str, year: int) -> Fraction | None:
    """By how many days something came late: by the dates of its target and its result, or as the leaf tells it."""
    told = {f.number for f in facts.figures if f.unit in ("天", "日") and _LATE_BY.search(f.lead)}
    dates = _dates_late(target, actual, facts.text, year)
    if told:
        return told.pop() if len(told) == 1 and (dates is None or dates in told) else None
    return dates


_LATE_BY = pattern(r"(?:晚|迟|逾期|超期|延期|推迟|延迟|滞后|拖延|拖后|延后)了?(?:约定|规定)?(?:时间)?$")


def _dates_late(target: str, actual: str, text: str, year: int) -> Fraction | None:
    due, done = list(_days(target, year)), list(_days(actual, year))
    if not (due and done):
        found = [(m, _day(m, year)) for m in _DATE.finditer(text)]
        is_due = [
            _DUE_BEHIND.match(text, m.end()) is not None
            or _DUE_BEFORE.search(text[max(0, m.start() - 12) : m.start()]) is not None
            for m, _ in found
        ]
        due = [day for (_, day), aimed in zip(found, is_due, strict=True) if aimed]
        done = [day for (_, day), aimed in zip(found, is_due, strict=True) if not aimed]
    if len(due) != 1 or len(done) != 1 or due[0] is None or done[0] is None or done[0] < due[0]:
        return None
    return Fraction((done[0] - due[0]).days)


def _days(text: str, year: int) -> Iterator[date | None]:
    return (_day(match, year) for match in _DATE.finditer(text))


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(int(match["y"] or year), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


_OF_GOAL = pattern(r"(?:完成|达到|占|为)?(?:年度|年初)?(?:目标|任务|计划|指标)(?:数|值|任务)?的$")


def pieces_short(unit: str, facts: Facts) -> Fraction | None:
    """How many of what was planned are wanting: told, or by plan and result, or by the result and its share of the plan."""
    gaps: set[Fraction] = set()
    pair = planned_and_done(facts)
    if pair is not None and pair[0].unit == pair[1].unit == unit:
        gaps.add(pair[0].number - pair[1].number)
    gaps |= {f.number for f in facts.figures if f.short and f.unit == unit}
    shares = [f for f in facts.figures if f.unit == "%" and _OF_GOAL.search(f.lead)]
    done = [f for f in facts.figures if f.unit == unit and not f.aimed and not f.short]
    if not gaps and len(shares) == 1 and len({f.number for f in done}) == 1:
        plan = done[0].number * 100 / shares[0].number if shares[0].number else Fraction(0)
        if plan.denominator == 1:
            gaps.add(plan - done[0].number)
    return gaps.pop() if len(gaps) == 1 and min(gaps) >= 0 else None
