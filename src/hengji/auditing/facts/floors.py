"""Planned numbers that are the least of what is aimed at."""

from hengji.auditing.case import Case
from hengji.auditing.facts.fact import Fact
from hengji.model.patterns import pattern


def above_a_floor(case: Case, one: Fact, other: Fact) -> bool:
    """Whether the lower of two planned numbers is the least of what is aimed at, and the higher a plan: 「18项以上」, 「年度计划20项」."""
    floors = [
        _LEAST.match(case.flat, fact.span.end)
        or _AT_LEAST.search(case.flat, fact.span.start - _BEFORE, fact.span.start)
        for fact in sorted((one, other), key=lambda fact: fact.value)
    ]
    return floors[0] is not None and floors[1] is None


_LEAST, _AT_LEAST = pattern(r"[\u4e00-\u9fff]{0,2}以上"), pattern(r"(?:≥|不少于|不低于)\s?\Z")
_BEFORE = 3  # characters that such a word takes before a number
