"""R12: so many for each, how many, and all of them, a power of ten apart whatever their units: 「26处……减速带1,560公里，平均每处60米」."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.measures import MONEY, measured, plain_unit
from hengji.auditing.numbers import number
from hengji.auditing.rates.for_one import ForOne, counted, told_for_one
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_EACH = pattern(r"(?:每|(?<!总)单)(?:一|个)?(?P<one>[\u4e00-\u9fff]{1,4}?)[\u4e00-\u9fff]{0,6}?(?:约|为|是|达)?\s?$")
_AVERAGE = pattern(r"(?P<one>[户亩件场次辆车村家床栋台座处班站个期])均[\u4e00-\u9fff]{0,6}?\s?$")
_OF_TIMES = pattern(r"[年月天日季周期次场]")
_LEAD = 14
_POWERS = tuple(Fraction(10) ** power for power in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6))
_CLOSE, _TWO, _THREE = 400, 2, 3  # nearer than one in so many is rounding; digits of a product that are no chance
_MONEY_CLOSE = 100


def all_of_each(case: Case) -> Iterator[Finding]:
    """R12: of one sentence so many for each of a number of places make all that is told of them, at another place of the point.

    Amounts of money are told by others. Nothing where any two of the figures hold.
    """
    for sentence, figures in case.by_sentence.items() if "每" in case.flat or "均" in case.flat else ():
        if len(figures) < _THREE or sentence.end - sentence.start > _LONGEST:
            continue
        for each in figures:
            one = _of_which(case, each)
            own = measured(each) if one else None
            if own is None or own[0] == MONEY or not own[1]:
                continue
            counts = [q for q in figures if q is not each and plain_unit(q.unit)[:1] == one[:1] and q.number > 1]
            wholes = [q for q in figures if q is not each and (m := measured(q)) and m[0] == own[0] and q not in counts]
            yield from _odd_whole(case, each, own[1], counts, wholes)


_LONGEST = 160
_IN_ALL = pattern(r"(?:共|合计|总计|累计|总[长量数])[^,。;、\d]*$")


def _of_which(case: Case, each: Quantity) -> str:
    """The word for one of the many that a figure is told for, or nothing: 「每处」, 「户均」."""
    lead = case.flat[max(each.sentence.start, each.span.start - _LEAD) : each.span.start]
    lead = re.split("[,。;、:()]", lead)[-1]
    match = _EACH.search(lead) or _AVERAGE.search(lead)
    return "" if match is None or _OF_TIMES.match(match["one"]) or each.table else match["one"]


def _odd_whole(
    case: Case, each: Quantity, one: Fraction, counts: list[Quantity], wholes: list[Quantity]
) -> Iterator[Finding]:
    pairs = [(count, whole, _times(one * counted(count), whole)) for count in counts for whole in wholes]
    if any(abs(times - 1) * 10 <= 1 for _, _, times in pairs):
        return
    for count, whole, times in pairs:
        in_all = _IN_ALL.search(case.flat, max(whole.sentence.start, whole.span.start - _LEAD), whole.span.start)
        least = _TWO if len(pairs) == 1 and in_all is not None else _THREE
        product = one * counted(count)
        digits = number(product, 6).replace(".", "").strip("0")
        if len(digits) < least or not any(abs(times * power - 1) * _CLOSE <= 1 for power in _POWERS):
            continue
        shown = f"{number(Fraction(whole.number) * times, 6)}{whole.unit}"
        message = f"{count.value}{count.unit}，每{plain_unit(count.unit)}{each.value}{each.unit}，共{shown}，这里写{whole.value}{whole.unit}"
        stated = f"{whole.value}{whole.unit}"
        yield case.finding("R12", whole.span, message, stated=stated, recomputed=shown, also=(each.span,))
        return


def _times(product: Fraction, whole: Quantity) -> Fraction:
    own = measured(whole)
    return product / own[1] if own is not None and own[1] else Fraction(1)


def paid_to_as_many(case: Case) -> Iterator[Finding]:
    """R12: an amount paid to as many as are told elsewhere with how much each had: 「125人，人均4.9万元」, and 「125人，发放61.25万元」."""
    singles = [each for each in told_for_one(case) if not each.monthly and each.told.about != "目标"]
    priced = {each.told.sentence for each in told_for_one(case)}
    for each in singles:
        count = _nearest(case, each)
        own = measured(each.told)
        product = own[1] * counted(count) if own is not None and count is not None else Fraction(0)
        if count is None or len(number(product).replace(".", "").strip("0")) < _THREE:
            continue
        places = {
            q.sentence
            for q in case.found.quantities
            if (q.number, q.unit) == (count.number, count.unit) and not q.table
        }
        amounts = (q for place in sorted(places - priced) for q in case.by_sentence.get(place, ()))
        findings = (_paid_otherwise(case, each, count, amount, product) for amount in amounts)
        yield from itertools.islice((finding for finding in findings if finding is not None), 1)


def _nearest(case: Case, each: ForOne) -> Quantity | None:
    """The count that stands last before an amount for one in its sentence, else first behind it."""
    counts = [q for q in case.by_sentence.get(each.told.sentence, ()) if _counts(each, q)]
    before = [q for q in counts if q.span < each.told.span]
    return before[-1] if before else counts[0] if counts else None


def _counts(each: ForOne, quantity: Quantity) -> bool:
    return quantity is not each.told and plain_unit(quantity.unit) in each.units and quantity.number > _THREE


def _paid_otherwise(case: Case, each: ForOne, count: Quantity, amount: Quantity, product: Fraction) -> Finding | None:
    own = measured(amount)
    if own is None or own[0] != MONEY or not own[1] or any(other.told is amount for other in told_for_one(case)):
        return None
    if not any(abs(own[1] * power - product) * _MONEY_CLOSE * 4 <= product for power in _POWERS):
        return None
    unit = "万元" if amount.unit != "元" else "元"
    shown = f"{number(product / 10_000 if unit == '万元' else product, 6)}{unit}"
    message = f"{count.value}{count.unit}，{each.words}{each.told.value}{each.told.unit}，共{shown}，这里写{amount.value}{amount.unit}"
    stated = f"{amount.value}{amount.unit}"
    return case.finding("R12", amount.span, message, stated=stated, recomputed=shown, also=(each.told.span,))


_OPENS = 24  # characters behind a whole in which its parts are opened
_FOR_EACH = pattern(
    r"(?:(?P<way>每|单)一?(?P<one>人次|人|户|亩|名|场|件|次|座|公里|处|台|套|辆|家|村|个|吨|车|站|校|班)|(?P<avg>[户亩件场次辆车村家床栋台座处班站个])均)[\u4e00-\u9fff]{0,8}?(?:约|为|是|达|合|仅)?\s?$"
)
_COUNTERS = {"车": ("辆", "台"), "人次": ("人次",), "人": ("人", "名"), "名": ("人", "名"), "村": ("个",), "站": ("个", "座"), "校": ("所",), "班": ("个",), "次": ("次", "场次"), "床": ("张", "床")}  # fmt: skip


def each_of_a_whole_elsewhere(case: Case) -> Iterator[Finding]:
    """R12: 「38辆车单车年均行驶1121公里」 of the 42.60万公里 of another sentence; 「每人次1000元发放国家助学金1026人次」, and 「国家助学金1026.00万元」."""
    for each in case.found.quantities:
        own = measured(each)
        if own is None or not own[1] or each.table or each.about == "目标" or each.year != case.year:
            continue
        match = _FOR_EACH.search(case.flat, max(each.sentence.start, each.span.start - _LEAD), each.span.start)
        if match is None:
            continue
        one = match["one"] or match["avg"]
        beside = case.by_sentence.get(each.sentence, ())
        counts = [q for q in beside if plain_unit(q.unit) in _COUNTERS.get(one, (one,)) and q.number > _THREE]
        count = next((q for q in reversed(counts) if q.span < each.span), counts[0] if counts else None)
        if count is not None:
            yield from _of_elsewhere(case, each, own, count, averaged="均" in match[0])


def _of_elsewhere(
    case: Case, each: Quantity, own: tuple[str, Fraction], count: Quantity, *, averaged: bool
) -> Iterator[Finding]:
    """The one whole of another sentence that is the product at another place of the point, where none is the product itself."""
    product = own[1] * counted(count)
    known = [(q, m[1]) for q in case.found.quantities if (m := measured(q)) is not None and m[0] == own[0] and m[1]]
    if len(number(product, 0).strip("0")) < _THREE or any(abs(v - product) * 10 <= product for _, v in known):
        return
    words = pairs_of(case.text(each.sentence))
    for whole, value in known:
        if whole.sentence == each.sentence or whole.year != case.year or whole.about == "目标":
            continue
        if len(pairs_of(whole.name) & words) < (_ONE_PAIR if averaged else _TWO):
            continue
        if any(abs(value * power - product) * _CLOSE <= product for power in _SHIFTS):
            odd, other = (each, whole) if averaged else (whole, each)
            message = f"{count.value}{count.unit}，每{plain_unit(count.unit)}{each.value}{each.unit}，与共{whole.value}{whole.unit}相差10的若干次方，可能是单位或小数点有误"
            stated = f"{odd.value}{odd.unit}"
            yield case.finding("R12", odd.span, message, stated=stated, also=(other.span,))
            return


_ONE_PAIR = 1
_SHIFTS = tuple(Fraction(10) ** power for power in (-4, -2, -1, 1, 2, 4))
_PARTS = pattern(r"^(?:[,(]?[^,。;()\d]{0,8}率[为达]?[\d.]+%\)?)?[,(:、]?\s?(?:其中|包括|分别为|含|分为)")


def parts_at_another_point(case: Case) -> Iterator[Finding]:
    """R12: 「兑付补助3,970万元，其中重建295.00万元、修缮102.00万元」: the parts make the digits of the whole at another place of the point."""
    for figures in case.by_sentence.values() if "其中" in case.flat or "包括" in case.flat else ():
        for index, whole in enumerate(figures):
            own = measured(whole)
            behind = case.flat[whole.span.end : whole.span.end + _OPENS]
            if own is None or not own[1] or whole.table or not _PARTS.match(behind):
                continue
            run: list[Quantity] = []
            for part in (q for q in figures[index + 1 :] if q.unit != "%"):
                value = measured(part)
                if value is None or value[0] != own[0]:
                    break
                run.append(part)
            made = [sum((m[1] for q in run[:n] if (m := measured(q))), Fraction(0)) for n in range(_TWO, len(run) + 1)]
            digits = whole.value.replace(",", "").replace(".", "").strip("0")
            if own[1] in made or len(digits) < _THREE:
                continue
            total = next((total for total in made[::-1] if total / own[1] in _POWERS), None)
            if total is not None:
                shown = f"{number(Fraction(whole.number) * total / own[1], 6)}{whole.unit}"
                message = f"所列各项合计{shown}，这里写{whole.value}{whole.unit}，可能是单位或小数点有误"
                stated = f"{whole.value}{whole.unit}"
                yield case.finding("R12", whole.span, message, stated=stated, recomputed=shown)
