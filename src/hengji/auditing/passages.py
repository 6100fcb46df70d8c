"""The figures of each paragraph of running text, each with the words of its own clause before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import common_unit, in_unit
from hengji.model.extraction import Quantity
from hengji.model.units import dimension

_NO_SUMMANDS = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")
_LEAD = 32  # characters before a figure, in its own clause, that say what it is
_BOUND = re.compile(r"\s?(?:\(含\)|及)?(?:以上|以下|以内)")  # 「100万元以上项目8个」
_CLAUSE = re.compile(r"[,;、。:\n]|\((?!境)|(?<!境)\)")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, the words of its clause before it, and its value in the unit that its kind is compared in."""

    quantity: Quantity
    lead: str
    value: Fraction
    kind: str  # what it measures

    @property
    def shown(self) -> str:
        """As it stands."""
        return f"{self.quantity.value}{self.quantity.unit}"


@once
def told_passages(case: Case) -> tuple[Sequence[Told], ...]:
    """The paragraphs with figures that can be added; rates and scores are none."""
    passages: dict[int, list[Told]] = {}
    before: Quantity | None = None
    for quantity in case.found.quantities:
        if quantity.table or quantity.unit in _NO_SUMMANDS or _BOUND.match(case.flat, quantity.span.end):
            continue
        start = max(quantity.sentence.start, quantity.span.start - _LEAD)
        if before is not None:
            start = max(start, min(before.span.end, quantity.span.start))
        lead = _CLAUSE.split(case.flat[start : quantity.span.start])[-1].strip()
        value = in_unit(quantity, common_unit((quantity,)))
        told = Told(quantity, lead, value, dimension(quantity.unit))
        place = case.paragraph(quantity.span.start).start
        if place not in passages and case.flat.startswith("其中", place) and passages:
            place = next(reversed(passages))  # 「其中」 at the head of a paragraph splits what the one before told
        passages.setdefault(place, []).append(told)
        before = quantity
    return tuple(passages.values())
