"""R13: one day told twice, the second time in another year."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from re import Match

from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = pattern(r"(?P<year>20\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")
_CLOSING = frozenset(
    {("12", "31"), ("1", "1"), ("6", "30"), ("9", "30"), ("3", "31"), ("11", "30")}
)  # told of every year
_YEARLY = pattern(
    "批复|公开|公布|公示|预算|决算|上年|去年|同期|报送|填报|印发|《|〔|起|至|会议|周年"
)  # what has its day every year
_AROUND = 28  # characters before a day and behind it that say what was done on it
_BETWEEN = "。\n"


def day_in_two_years(case: Case) -> Iterator[Finding]:
    """R13: 「改造工程于2022年11月20日完工」 where the table says that it was finished on 20 November 2023."""
    days: dict[tuple[str, str], list[Match[str]]] = defaultdict(list)
    for match in _DAY.finditer(case.flat):
        days[match["month"].lstrip("0"), match["day"].lstrip("0")].append(match)
    for day, told in days.items():
        own = [match for match in told if int(match["year"]) == case.year]
        others = [match for match in told if abs(int(match["year"]) - case.year) == 1]
        if day in _CLOSING or not own:
            continue
        for one, other in product(own, others):
            if _same_act(_around(case, one), _around(case, other)):
                message = f"同一件事，这里写{other[0]}，另一处写{one[0]}，年份不一"
                places = Span(other.start(), other.end()), Span(one.start(), one.end())
                yield case.finding(
                    "R13", places[0], message, stated=other["year"], recomputed=one["year"], also=places[1:]
                )
                break


def _around(case: Case, day: Match[str]) -> str:
    before = case.flat[max(0, day.start() - _AROUND) : day.start()]
    behind = case.flat[day.end() : day.end() + _AROUND]
    for mark in _BETWEEN:
        before, behind = before.rpartition(mark)[2], behind.partition(mark)[0]
    return f"{before},{behind}"


def _same_act(one: str, other: str) -> bool:
    return not _YEARLY.search(one + other) and bool(pairs_of(one) & pairs_of(other))
