"""R18: longer than a leaf with full marks says that anything took: 「暂存不超48小时」, 「有两批次存放72小时才转运」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import ALLOWED, RULE, Admission, clause_around, is_of_another_year
from hengji.auditing.problems.contradicting import special_of, spoken_of
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_UNIT = r"(?P<unit>小时|天|个?工作日|日|分钟|个月)"
_LIMIT = pattern(
    rf"(?:不超过?|未超过?|没有超过|均在|都在|控制在|不多于|不长于|≤)\s?(?P<n>\d{{1,3}}(?:\.\d+)?)\s?{_UNIT}(?:以?之?内)?"
)
_LONGER = pattern(
    rf"(?P<n>\d{{1,3}}(?:\.\d+)?)\s?{_UNIT}(?:多|之久)?(?:后)?(?:才|以上|未|仍|没)|(?:超过|长达|最长|拖了|达到?)(?:了)?\s?(?P<m>\d{{1,3}}(?:\.\d+)?)\s?(?P<v>小时|天|个?工作日|日|分钟|个月)"
)


def limits_passed(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """The clauses of the problems that tell of longer than a leaf's own limit, of the same things."""
    limits = [(item, match) for item in full for match in _LIMIT.finditer(case.flat, item.body.start, item.body.end)]
    for zone in zones if limits else ():
        for match in _LONGER.finditer(case.flat, zone.start, zone.end):
            start, end = clause_around(case.flat, match.start(), match.end())
            text = case.flat[start:end]
            if RULE.search(text) or ALLOWED.search(text) or is_of_another_year(case, text, text):
                continue
            length, unit = Decimal(match["n"] or match["m"]), match["unit"] or match["v"]
            meant = [
                (item, own)
                for item, own in limits
                if own["unit"] == unit and length > Decimal(own["n"]) and _of_the_same(case, item, text)
            ]
            if len(meant) == 1:
                item, own = meant[0]
                yield Admission(Span(start, end), item, Span(own.start(), own.end()), sure=True)


def _of_the_same(case: Case, item: ScoredItem, text: str) -> bool:
    """Whether a clause has words of a leaf that are no general ones."""
    shared = spoken_of(text) & spoken_of(f"{item.name} {case.text(item.body)}")
    return bool(special_of(shared))
