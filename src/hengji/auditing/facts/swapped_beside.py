"""R08: a figure of three digits and more right beside its noun, told elsewhere of the same noun with two digits changed.

Whatever the sentence does with it, aims at it, asks so many or pays it later: 「在校学生2430人」, and 「保障2340名学生完成学业」;
「结转64.02万元，为工程质保金」, and 「2025年9月支付质保金62.04万元」.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.auditing.facts.backing import made_of_others
from hengji.auditing.slips import digits_of, swapped
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_BEFORE = pattern(r"(?P<noun>[\u4e00-\u9fff]{2,12})(?:共|为|有|约|计)?\s?$")
_BEHIND = pattern(r"\s?的?(?P<noun>[\u4e00-\u9fff]{2,6})")
_NO_NOUN = pattern(
    r"(?:完成|实际|支出|计划|目标|全年|共计|合计|累计|人员|工作|项目|资金|预算|其中|发放|培训|参加|服务|群众|经费|补助|收回)$"
)
_DIGITS, _OF_MONEY = 3, 4
_PEOPLE = ("人", "名")
_LEAD = 14


@dataclass(frozen=True, slots=True)
class _Beside:
    """A figure and the noun beside it, which stands before it or behind."""

    quantity: Quantity
    noun: str


def swapped_beside_noun(case: Case) -> Iterator[Finding]:
    """R08: the two values are the only ones of their unit beside that noun."""
    told: dict[str, list[_Beside]] = {}
    for each in _all(case):
        told.setdefault("人" if each.quantity.unit in _PEOPLE else each.quantity.unit, []).append(each)
    given: set[Span] = set()
    for group in told.values():
        for one, other in itertools.combinations(group, 2):
            a, b = one.quantity, other.quantity
            alike = swapped(a.value, b.value) and not (a.table and b.table) and given.isdisjoint({a.span, b.span})
            if not alike or not (
                _of_one_noun(one.noun, other.noun) or _told_in_it(case, one, other) or _told_in_it(case, other, one)
            ):
                continue
            values = {
                e.quantity.number for e in group if _of_one_noun(e.noun, one.noun) and _of_one_noun(e.noun, other.noun)
            }
            if len(values) > 2 or case.paragraph(a.span.start) == case.paragraph(b.span.start):
                continue
            odd, right = _odd_first(case, a, b)
            given.update((a.span, b.span))
            yield _finding(case, odd, right)


def _finding(case: Case, odd: Quantity, right: Quantity) -> Finding:
    message = f"这里写{odd.value}{odd.unit}，另一处写{right.value}{right.unit}，两个数字前后颠倒"
    return case.finding("R08", odd.span, message, stated=odd.value, recomputed=right.value, also=(right.span,))


def _all(case: Case) -> Iterator[_Beside]:
    for quantity in case.found.quantities:
        if quantity.year < case.year:
            continue
        least = _OF_MONEY if dimension(quantity.unit) == "money" else _DIGITS
        if (
            dimension(quantity.unit) == "ratio"
            or quantity.unit in ("亿元", "个百分点")
            or (quantity.unit == "个" and "." in quantity.value)
        ):
            continue
        if len(digits_of(quantity.value).rstrip("0")) < least:
            continue
        before = _BEFORE.search(
            case.flat, max(quantity.sentence.start, quantity.span.start - _LEAD), quantity.span.start
        )
        behind = _BEHIND.match(case.flat, quantity.span.end)
        if before is not None and not _NO_NOUN.search(before["noun"]):
            yield _Beside(quantity, before["noun"])
        if behind is not None:
            yield _Beside(quantity, f">{behind['noun']}")


def _of_one_noun(one: str, other: str) -> bool:
    """Whether a noun before a figure ends as one before another, or as one behind another begins."""
    if one[0] == ">" == other[0]:
        return one[1:3] == other[1:3] and one[:4] == other[:4]
    if one[0] == ">" or other[0] == ">":
        behind, before = sorted((one, other), key=lambda noun: noun[0] != ">")
        return before.endswith(behind[1:3])
    return one[-3:] == other[-3:] and len(one) >= 3


def _told_in_it(case: Case, one: _Beside, other: _Beside) -> bool:
    """Whether the sentence of one of two amounts of four digits tells the noun before the other: 「结转64.02万元，为质保金」."""
    noun, money = one.noun[-3:], dimension(one.quantity.unit) == "money"
    return money and one.noun[0] != ">" and len(noun) == 3 and noun in case.text(other.quantity.sentence)


def _odd_first(case: Case, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Of two the one that is written less often and makes nothing; else the later."""

    def backed(q: Quantity) -> tuple[int, bool, int]:
        often = len(re.findall(rf"(?<![\d.,]){re.escape(q.value)}(?![\d.]*\d)", case.flat))
        return often, made_of_others(case, q), -q.span.start

    right, odd = sorted((one, other), key=backed, reverse=True)
    return odd, right
