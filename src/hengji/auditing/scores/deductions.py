"""R03: points that the report says are taken off besides, and a total that is all that the leaves give: 「另因逾期扣减1.00分。总分96.26分」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.totals import plausible_totals
from hengji.auditing.scores.tree import HUNDRED
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_BESIDES = pattern(
    r"(?:^|[,;])(?:同时|并)?(?:另外?|此外|除此之外)[^。;]{0,60}?(?:扣减|减扣|扣除|倒扣|再扣|核减|扣)\s?(?P<n>\d(?:\.\d+)?)\s?分"
)
_BY_RULE = pattern(r"每|最[高多]|上限|不超过|可扣|如|若|的,?扣|已在|已从|已经")


def deduction_taken(case: Case) -> Iterator[Finding]:
    """A total that is the sum of the leaves, beside points that were to be taken off it."""
    total, items = plausible_totals(case).claimed, case.found.items
    whole = sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    if (
        total is None
        or case.found.extras
        or Decimal(total.value) != whole
        or whole == HUNDRED
        or not case.certainty.tree
    ):
        return
    lost = {item.points - item.claimed for item in items if item.points is not None and item.claimed is not None}
    for sentence, text in case.running_with(_BESIDES):
        match = _BESIDES.search(text) if case.item_at(sentence.start) is None else None
        if match is None or _BY_RULE.search(match[0]) or Decimal(match["n"]) in {*lost, HUNDRED - whole}:
            continue  # a rule, or what a leaf lost
        right = whole - Decimal(match["n"])
        message = f"各项自评得分之和是{number(whole)}分，另扣减{match['n']}分，应为{number(right)}分，这里没有减"
        yield case.finding("R03", total.span, message, stated=total.value, recomputed=number(right), also=(sentence,))
        return
