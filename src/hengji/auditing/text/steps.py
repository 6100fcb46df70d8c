"""R13: two steps of one matter on days in the wrong order: 「9月20日通过竣工验收，10月12日完工」."""

import re
from collections.abc import Iterator
from itertools import pairwise

from hengji.auditing.case import Case
from hengji.library.steps import Steps, load_steps
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DAY = pattern(
    r"(?<![\d.])(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日|(?P<part>份|初|底|末|[上中下]旬)?(?!\s?\d))(?!前|之前|以前|后|起|[至到—~-]|、\d)"
)
_CLAUSE = pattern(r"[,，。;、(（\n]")
_LONGEST = 14  # characters between a day and what was done on it
_BEFORE = 8  # characters before a day that say that it was only planned, or of which year it is
_PLANNED = pattern("次年|翌年|计划|拟|应|要求|约定|合同工期|原定|预计|不晚于|目标")
_COUNTED = pattern(r"\d")  # so many of them: the others may be of another day
_OF_ONE_MATTER = pattern(r"[,，]\s?[于在至到]?\s?$")  # no other subject between: 「合同6月签订，11月8日通过验收」
_Done = tuple[tuple[int, int, int], int, re.Match[str]]  # the day, the step's place in its order, where it stands


def steps_in_order(case: Case) -> Iterator[Finding]:
    """A later step told on an earlier day than the step before it, the two next to each other in one sentence."""
    for steps in load_steps() if len(case.found.years) else ():
        for sentence, text in case.running_with(steps.any):
            if steps.any.search(text) is None or steps.unless.search(text):
                continue
            done = _done(steps, text, case.year or 0)
            several = len({each[1] for each in done}) < len(done)
            for one, other in pairwise(done):
                if several and not _OF_ONE_MATTER.search(text, 0, other[2].start()):
                    continue
                (first, last) = (one, other) if one[1] < other[1] else (other, one)
                if first[1] < last[1] and _earlier(last[0], first[0]):
                    start = sentence.start + last[2].start()
                    told, before = last[2][0], first[2][0]
                    message = f"“{steps.names[last[1]]}”写{told}，早于“{steps.names[first[1]]}”的{before}，顺序颠倒"
                    also = (Span(sentence.start + first[2].start(), sentence.start + first[2].end()),)
                    yield case.finding("R13", Span(start, start + len(told)), message, stated=told, also=also)


def _done(steps: Steps, text: str, year: int) -> list[_Done]:
    """The steps told right behind a day, each with it; a day of no step of this order parts those around it."""
    found: list[_Done] = []
    for match in _DAY.finditer(text):
        year = int(match["y"] or year)
        clause = _CLAUSE.split(text[match.end() : match.end() + _LONGEST])[0]
        told = [n for n, form in enumerate(steps.forms) if form.search(clause)]
        if (
            len(told) == 1
            and not _COUNTED.search(clause)
            and _PLANNED.search(text[max(0, match.start() - _BEFORE) : match.start()]) is None
        ):
            found.append(((year, int(match["m"]), int(match["d"] or 0)), told[0], match))
    return found


def _earlier(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether one day is before another; where one is only a month, whether its month is."""
    return one < other if one[2] and other[2] else one[:2] < other[:2]
