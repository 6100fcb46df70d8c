"""R17: a control rate written out as a division of other people or other posts than the report tells of."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.vacancies import whole_of_staff
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_CONTROL = pattern(r"(?:在职|在编|财政供养|供养|人员)[\u4e00-\u9fff]{0,4}控制")
_DIVIDED = pattern(r"(?<![\d.])(?P<people>\d{1,4})\s?[人名]?\s?[÷/]\s?(?P<posts>\d{1,4})\s?[人名]?(?![\d.%]|\s?万?元)")
_NEAR = 4  # the part of the whole by which the other number may be off


def written_control(case: Case) -> Iterator[Finding]:
    """R17: 「59÷66×100%=89.39%」, where 59 are in post and 62 posts are granted.

    Silent where the report tells of the other number of people or posts too, and where a leaf divides more than once.
    """
    whole = whole_of_staff(case)
    for item in case.found.items if whole else ():
        if _CONTROL.search(item.name) is None:
            continue
        divisions = list(_DIVIDED.finditer(case.flat, item.body.start, item.body.end))
        if len(divisions) != 1:  # last year's beside this year's, or one for each unit
            continue
        match, (posts, people) = divisions[0], whole[0]
        span = Span(match.start(), match.end())
        told_people, told_posts = Decimal(match["people"]), Decimal(match["posts"])
        if told_people == people and _is_other(case, span, told_posts, posts):
            message = f"控制率按编制{told_posts}名计算，另一处写核定编制{posts}名"
            yield case.finding("R17", span, message, stated=str(told_posts), recomputed=str(posts), item=item.name)
        elif told_posts == posts and _is_other(case, span, told_people, people):
            message = f"控制率按{told_people}人计算，另一处写年末在编{people}人"
            yield case.finding("R17", span, message, stated=str(told_people), recomputed=str(people), item=item.name)


def _is_other(case: Case, division: Span, told: Decimal, right: Decimal) -> bool:
    """Whether a number is near the right one, and no other words tell it of people or posts."""
    if told == right or abs(told - right) * _NEAR > right:
        return False
    elsewhere = (q for q in case.found.quantities if q.unit in ("人", "名", "个") and q.number == told)
    return all(division.start <= q.span.start < division.end for q in elsewhere)
