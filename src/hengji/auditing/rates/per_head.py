"""R11, R12: what is spent for one, against what is spent in all and for how many."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.likely import mistaken
from hengji.auditing.numbers import in_unit, number, places
from hengji.auditing.rates.for_one import ForOne, counted, counts_in, is_near, told_for_one
from hengji.auditing.rates.pairs import share_words
from hengji.auditing.slips import digits_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_EVERY = pattern(r"每[月天日季年]|月均|日均|/[月天日]|标准|收入|产值|GDP|增长|增加|提高|面积")
_FAR = 3  # times: what is further is of other figures
_TELLING = 3  # digits of an amount that is right but for its unit
_POWERS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_BEFORE = 8  # amounts and counts before such an amount that are tried
_STANDARD = pattern(r"标准|补助|补贴|单价|按")
_NO_SUBJECT = pattern(r"每|平均|均|投资|成本|费用|造价|支出|约|为|是|年|月|完成|实际|计划|目标")


def per_head(case: Case) -> Iterator[Finding]:
    """「培训费184.80万元，培训2,310人次，人均880元」 is 800元; 「742.31万元…7座…平均每座106.04元」 is 106.04万元."""
    for each in told_for_one(case):
        if each.told.about == "目标" and not each.monthly:
            continue
        money, counts = _near(case, each)
        if any(_fits(each, a, b) for a in money for b in counts):
            continue
        finding = _slipped(case, each, money, counts) or _wrong(case, each, money, counts)
        if finding is not None:
            yield finding


def _near(case: Case, each: ForOne) -> tuple[list[Quantity], list[Quantity]]:
    """The amounts and the counts of the paragraph; what is told for one is none of the amounts."""
    paragraph = _place(case, each.told.span.start)
    single = {other.told.span for other in told_for_one(case)}
    inside = [
        q
        for q in case.found.quantities
        if paragraph.start <= q.span.start < paragraph.end and not q.table and q.number and q.span not in single
    ]
    behind = each.told.sentence.end
    counts = [q for q in inside if counts_in(case, q, each.units) and q.span.start < behind]
    money = [
        q
        for q in inside
        if dimension(q.unit) == "money" and q not in counts and q.span.start < behind and not _compared(case, each, q)
    ]
    return money[-_BEFORE:], counts[-_BEFORE:]


def _place(case: Case, position: int) -> Span:
    """The paragraph of a position, in a table its cell."""
    if not case.in_table(position):
        return case.paragraph(position)
    start = max(case.flat.rfind(mark, 0, position) for mark in "\t\n") + 1
    ends = [end for mark in "\t\n" if (end := case.flat.find(mark, position)) >= 0]
    return Span(start, min(ends, default=len(case.flat)))


def _compared(case: Case, each: ForOne, amount: Quantity) -> bool:
    """Whether an amount behind one for one of many is what that is held against, and so another one for one: 「每公里386.00万元，低于概算402.00万元」."""
    if not each.told.span < amount.span or amount.sentence != each.told.sentence:
        return False
    between = case.flat[each.told.span.end : amount.span.start]
    return _HELD_AGAINST.match(between) is not None


_HELD_AGAINST = pattern(
    r"[,(、;]?\s?(?:均|都|分别)?(?:比|较|低于|高于|少于|超过|未超|不超|没有超|超出|控制在|在|与|等于|接近|[上去]年|20\d\d年|概算|限价|预算|定额|标准|目标|计划)[^。;\d]*(?:20\d\d年[^。;\d]*)?$"
)


def _fits(each: ForOne, amount: Quantity, count: Quantity) -> bool:
    return any(is_near(_share(amount, count) / times, each.told) for times in _times(each))


def _times(each: ForOne) -> tuple[int, ...]:
    return (1, 12) if each.monthly else (1,)


def _share(amount: Quantity, count: Quantity) -> Fraction:
    return in_unit(amount, "元") / counted(count)


def _slipped(case: Case, each: ForOne, money: list[Quantity], counts: list[Quantity]) -> Finding | None:
    """R12: one amount and one count of the same sentence, or of the same thing, whose share has these digits at another place."""
    told = each.told
    short = len(digits_of(told.value).strip("0")) < _TELLING
    for count in reversed(counts):
        amounts = [q for q in money if q.sentence in (told.sentence, count.sentence)]
        for amount in [*amounts, *(() if short else _elsewhere(case, each, count))]:
            apart = not (amount.sentence == count.sentence == told.sentence)
            power = next((p for p in _POWERS for n in _times(each) if _same(_share(amount, count) / n * p, told)), None)
            if power is None or (apart and (short or in_unit(told, "元") < _LEAST)):
                continue
            total = _by_its_unit(told, amount, power)
            if total is None:
                total = amount.span > told.span and _of_a_standard(case, each)
            odd = amount if total else told
            right = in_unit(odd, "元") * (power if total else 1 / power)
            unit = "元" if right < _IN_LARGE else "万元"
            shown = f"{number(right if unit == '元' else right / _IN_LARGE)}{unit}"
            message = (
                f"{each.words}{told.value}{told.unit}，{count.value}{count.unit}{_unit_behind(each, count)}，共{amount.value}{amount.unit}："
                f"单位或小数点有误，“{odd.value}{odd.unit}”应为{shown}"
            )
            return case.finding("R12", odd.span, message, stated=f"{odd.value}{odd.unit}", recomputed=shown)
    return None


def _unit_behind(each: ForOne, count: Quantity) -> str:
    return "" if count.unit.endswith(each.units) else each.units[0]


def _by_its_unit(told: Quantity, amount: Quantity, power: Fraction) -> bool | None:
    """Whether of the two only the amount in all (else only the one for one) can have lost or gained a 万; None where either can."""
    units = {_IN_LARGE: ("万元", "元"), Fraction(1, _IN_LARGE): ("元", "万元")}.get(power)
    if units is None or (told.unit == units[0]) == (amount.unit == units[1]):
        return None
    return amount.unit == units[1]


def _same(share: Fraction, told: Quantity) -> bool:
    stated = in_unit(told, "元")
    return abs(share - stated) * _CLOSE <= stated


def _of_a_standard(case: Case, each: ForOne) -> bool:
    """Whether an amount for one is a standard that is paid by, so that a wrong total is the slip."""
    lead = case.flat[max(each.told.sentence.start, each.start - _TITLE) : each.start]
    return each.monthly or _STANDARD.search(lead + each.words) is not None


_CLOSE = 400  # a share that is nearer than one in so many has the digits that are told
_TITLE = 8
_LEAST = Fraction(1)
_IN_LARGE = 10_000


def _elsewhere(case: Case, each: ForOne, count: Quantity) -> list[Quantity]:
    """The amounts of the whole report, of its tables too, that are told of the same thing: by the words before, of its count or its leaf."""
    lead = case.flat[max(each.told.sentence.start, each.start - _SUBJECT) : each.start]
    subject = re.split(r"[,;:、。\d]", lead)[-1]
    leaf = case.item_at(each.start)
    own = [q for q in case.found.quantities if q.number and q.name and dimension(q.unit) == "money"]
    for words in (subject, _MONEY_ITSELF.sub("", each.what), count.name, leaf.name if leaf is not None else ""):
        name = _NO_SUBJECT.sub("", words)
        named = [q for q in own if q.span != each.told.span and share_words(name, q.name)]
        if named:
            return named
    return []


_MONEY_ITSELF = pattern(r"公用经费|人员经费|经费|资金|补助|补贴|标准|金额|单价|造价|价格")
_SUBJECT = 14  # characters before 「每座」 that say of what it is


def _wrong(case: Case, each: ForOne, money: list[Quantity], counts: list[Quantity]) -> Finding | None:
    """R11: the one amount and the one count that stand before it make another share."""
    told = each.told
    stated = in_unit(told, "元")
    own = [q for q in money if q.sentence == told.sentence and q.span < told.span]
    own = [q for q in own if _in_its_bracket(case, q, told)] or own
    count = _count(told, [q for q in counts if q.span < told.span])
    if len(own) != 1 or count is None or {own[0].year, count.year} != {told.year}:
        return None
    if _EVERY.search(case.flat, min(own[0].sentence.start, count.sentence.start), told.span.start):
        return None
    share = _share(own[0], count)
    if not stated / _FAR < share < stated * _FAR or _of_another(case, each, share):
        return None
    if count.sentence != told.sentence and not mistaken(stated, share, places(told.value), _BY_LITTLE):
        return None  # many of another sentence are these only where one slip or a little makes them so
    shown = number(share)
    message = f"写{each.words}{told.value}{told.unit}，按{own[0].value}{own[0].unit} ÷ {count.value}{count.unit}计算是{shown}元"
    return case.finding("R11", told.span, message, stated=f"{told.value}{told.unit}", recomputed=f"{shown}元")


_BY_LITTLE = Fraction(1, 10)  # of the larger


def _in_its_bracket(case: Case, amount: Quantity, told: Quantity) -> bool:
    """Whether what is told for one stands in the bracket right behind an amount: 「运行费6.40万元（3辆，车均2.13万元）」."""
    return _OPENED.fullmatch(case.flat, amount.span.end, told.span.start) is not None


_OPENED = pattern(r"\s?\([^()。;]*")


def _of_another(case: Case, each: ForOne, share: Fraction) -> bool:
    """Whether the two figures make another amount for one of the same sentence: 「平均每件469元，上年为每件455元」."""
    return any(
        other.told.sentence == each.told.sentence and other is not each and is_near(share, other.told)
        for other in told_for_one(case)
    )


def _count(told: Quantity, counts: list[Quantity]) -> Quantity | None:
    """The one count of the sentence, else the first of the last sentence before it that counts: its parts follow it."""
    own = [q for q in counts if q.sentence == told.sentence]
    if own or not counts:
        return own[0] if len(own) == 1 else None
    return next(q for q in counts if q.sentence == counts[-1].sentence)
