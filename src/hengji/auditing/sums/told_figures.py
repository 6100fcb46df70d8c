"""The figures of each paragraph of running text, each with the words of its own clause before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import in_unit, places
from hengji.auditing.rates.for_one import NO_COUNTS, counted, is_near
from hengji.auditing.slips import slip
from hengji.model.extraction import Quantity
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension, factor

_NO_SUMMANDS = ("%", "‰", "个百分点", "分", "年", "月", "日", "天")
_LEAD = 32  # characters before a figure, in its own clause, that say what it is
BOUND = pattern(r"\s?(?:\(含\)|及)?(?:以上|以下|以内)")  # 「100万元以上项目8个」
_CLAUSE = pattern(r"[,;、。:\n]|\((?!境)|(?<!境)\)")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, the words of its clause before it, and its value in the unit that its kind is compared in."""

    quantity: Quantity
    lead: str
    value: Decimal
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
    place = -1
    for quantity in case.found.quantities:
        if quantity.table or quantity.unit in _NO_SUMMANDS or BOUND.match(case.flat, quantity.span.end):
            continue
        if is_average(case, quantity):
            continue
        start = max(quantity.sentence.start, quantity.span.start - _LEAD)
        if before is not None:
            start = max(start, min(before.span.end, quantity.span.start))
        lead = _CLAUSE.split(case.flat[start : quantity.span.start])[-1].strip()
        if before is None or before.sentence != quantity.sentence:
            here = case.paragraph(quantity.span.start).start
            goes_on = here not in passages and passages and _goes_on(case, here)
            place = place if goes_on else here
        passages.setdefault(place, []).append(_told(quantity, lead))
        before = quantity
    return tuple(passages.values())


_AVERAGE = pattern(
    r"平均(?:为|约|是|达|仅)?\s?$|(?<![已都全皆])均(?:为|约|是|达|仅)?\s?$|单价(?:为|约)?\s?$|每(?!年)[\u4e00-\u9fff]{1,3}\s?$"
)


def is_average(case: Case, quantity: Quantity) -> bool:
    """Whether a figure is told for one of many, so that no list adds it up: 「车均2.03万元」, 「设备与安装费平均4.20万元」."""
    start = max(quantity.sentence.start, quantity.span.start - _SAID)
    said = _AVERAGE.search(case.flat, start, quantity.span.start) is not None
    return said or (dimension(quantity.unit) == "money" and _is_share(case, quantity))


def _is_share(case: Case, quantity: Quantity) -> bool:
    """Whether the amount and the count right before a figure make it: 「运行费8.31万元，保有车辆2辆，单车4.16万元」."""
    told = case.by_sentence.get(quantity.sentence, ())
    before = [q for q in told if q.span < quantity.span][-_TWO:]
    if (
        len(before) < _TWO
        or not quantity.number
        or dimension(before[0].unit) != "money"
        or dimension(before[1].unit) in NO_COUNTS
    ):
        return False
    many = counted(before[1])
    return many > 1 and is_near(in_unit(before[0], "元") / many, quantity, exactly=True)


_TWO = 2


_SAID = 6  # characters before a figure


def _goes_on(case: Case, start: int) -> bool:
    """Whether a paragraph splits what the one before told: 「其中……」, or a bracket behind a line that was broken off."""
    if case.flat.startswith("其中", start):
        return True
    behind = case.flat[max(0, start - _LEAD) : start].rstrip()
    return _BRACKET.match(case.flat, start) is not None and behind[-1:] not in tuple("。;:!?")


_BRACKET = pattern(r"\((?![一二三四五六七八九十\d]+\))[^()\n]{2,12}\d")


def _told(quantity: Quantity, lead: str) -> Told:
    kind = dimension(quantity.unit)
    scale = factor(quantity.unit, "万元") if kind == "money" else None
    value = quantity.number * scale.numerator / scale.denominator if scale is not None else quantity.number
    return Told(quantity, lead, value, kind)


def slipped(written: Decimal, meant: Decimal, told: Iterable[Told]) -> bool:
    """Whether one slip of the pen makes one value of the other, both written with as many decimals as these figures."""
    decimals = max(places(each.quantity.value) for each in told)
    return slip(fixed(Fraction(written), decimals), fixed(Fraction(meant), decimals)) != ""


def one_slip(whole: Told, parts: Sequence[Told], total: Decimal) -> bool:
    """Whether one slip of the pen, in the whole or in a part, makes the list right."""
    every, off = (whole, *parts), total - whole.value
    return slipped(whole.value, total, every) or any(
        part.value > off and slipped(part.value, part.value - off, every) for part in parts
    )


def due_and_done(parts: Sequence[Told]) -> bool:
    """Whether two figures are one thing, due and done: 「应发1,344人次，按时发放1,344人次」."""
    one, other = parts[0], parts[-1]
    shared = any(character in other.lead for character in _DUE.sub("", one.lead[-_CLOSE:]))
    return len(parts) == _TWO and one.value == other.value and _DUE.search(one.lead) is not None and shared


_DUE = pattern(r"(?<![适效响反对供])应|计划|需|拟")
_TWO, _CLOSE = 2, 3  # figures; characters right in front of one
