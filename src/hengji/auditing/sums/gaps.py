"""What explains that parts do not make their whole: a difference that is told, a part that is told elsewhere, a shorter list."""

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import common_unit, exact, in_unit, number, percent_fits, places
from hengji.auditing.slips import SWAPPED, digits_of, slip
from hengji.library.ties import load_ties
from hengji.model.extraction import Quantity
from hengji.model.patterns import pattern
from hengji.model.units import dimension, factor


def mended(case: Case, stated: Fraction, parts: list[Quantity], unit: str) -> bool:
    """Whether a part is told elsewhere with two digits the other way round and then makes the sum right.

    Then that part is told twice (R08), and the sum is not wrong; as little where one is written in 元 and meant in 万元 (R12).
    """
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    if unit == "万元" and any(_unit_left_out(part, stated - total) for part in parts):
        return True
    if _of_kin_unit(case, parts, stated - total) or _of_each(case, parts, stated - total, unit):
        return True
    told = _by_item(case)
    return any(
        in_unit(q, unit) == in_unit(part, unit) + stated - total and slip(q.value, part.value) == SWAPPED
        for part in parts
        if part.item
        for q in told.get((part.item, part.year), ())
    )


def _of_kin_unit(case: Case, parts: Sequence[Quantity], gap: Fraction) -> bool:
    """Whether a figure of their own sentence that counts heads in another unit is what parts want: 240人 beside 1360人次 and 1400人次."""
    beside = case.by_sentence.get(parts[0].sentence, ())
    return parts[0].unit in _HEADS and any(
        q.number == gap and q.unit in _HEADS and q.unit != parts[0].unit for q in beside
    )


def _of_each(case: Case, parts: Sequence[Quantity], gap: Fraction, unit: str) -> bool:
    """Whether a part is told for each of several, and as many of it make the sum: 「体育学校和教师进修学校各1个」."""
    return any(
        gap > 0
        and part.number
        and case.flat.startswith("各", part.span.start - 1)
        and (gap / in_unit(part, unit)).denominator == 1
        and gap / in_unit(part, unit) < _MOST_PARTS
        for part in parts
    )


_HEADS = ("人", "名", "人次")
_TEN_THOUSAND = 10_000


def _unit_left_out(part: Quantity, gap: Fraction) -> bool:
    """Whether an amount in 元 fills a gap in 万元 once it is read in 万元; or one that fills a column in 万元 once it is read in 元."""
    if part.unit == "万元" and part.number >= _TEN_THOUSAND:
        return abs(Fraction(part.number) * Fraction(_TEN_THOUSAND - 1, _TEN_THOUSAND) + gap) < _LEAST_GAP
    return part.unit == "元" and Fraction(part.number) - in_unit(part, "万元") == gap


@once
def _by_item(case: Case) -> dict[tuple[str, int], list[Quantity]]:
    """The figures of each data item and year that say another value."""
    found: dict[tuple[str, int], dict[str, Quantity]] = {}
    for quantity in case.found.quantities:
        if quantity.item:
            found.setdefault((quantity.item, quantity.year), {}).setdefault(quantity.value, quantity)
    return {key: list(values.values()) for key, values in found.items()}


def some_fit(whole: Quantity, after: list[Quantity]) -> bool:
    """Whether some of the figures that follow make the whole: 上年结转 may be a part, two lists may be told of it, or pairs of each part.

    「预算22.00万元，其中甲预算9.00万元、支出7.86万元，乙预算13.00万元、支出12.40万元」. What does not stand side by side must make many digits.
    """
    unit = common_unit((whole,))
    stated = in_unit(whole, unit)
    values = [in_unit(quantity, unit) for quantity in after]
    for first in range(len(values) - 1):
        total = values[first]
        for value in values[first + 1 :]:
            total += value
            if total >= stated:
                break
        if total == stated:
            return True
    return bool(values) and (values[0] == stated or (len(values) <= _MOST_PARTS and _some_make(stated, whole, values)))


_MOST_PARTS = 12  # figures of which some may make another by chance, if there are more


def _some_make(stated: Fraction, whole: Quantity, values: Sequence[Fraction]) -> bool:
    if len(digits_of(whole.value)) < _TELLING:
        return False
    sums = {Fraction(0)}
    for value in values:
        sums |= {total + value for total in sums if total + value <= stated and value}
    return stated in sums


def _makes_the_next(case: Case, parts: Sequence[Quantity], total: Fraction, unit: str) -> bool:
    """Whether the figure right behind a list is what it makes: 「计划26公里，上半年9.6公里、下半年17.2公里，全年26.8公里」."""
    last = max(parts, key=lambda q: q.span)
    behind = next((q for q in case.by_sentence.get(last.sentence, ()) if q.span.start > last.span.start), None)
    return behind is not None and behind.unit == last.unit and in_unit(behind, unit) == total


def of_another_whole(case: Case, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a figure told before the parts in their paragraph, or right behind them, is what they make, alone or with the whole as the first of them."""
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) for part in parts):
        return False
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    if _makes_the_next(case, parts, total, unit):
        return True
    first = min(part.span.start for part in parts)
    made = {total, total + in_unit(whole, unit)} if whole.span.start < first else {total}
    place = case.paragraph(first).start
    told = [
        q
        for q in case.found.quantities
        if place <= q.span.start < first
        and not q.table
        and q.number
        and q.span != whole.span
        and dimension(q.unit) == dimension(whole.unit)
    ]
    if any(in_unit(q, unit) in made and not _divided(told, q, whole) for q in told) or _told_twice(whole, parts, unit):
        return True
    if _of_what_was_done(case, whole, parts, total, unit):
        return True
    before = [q for q in told if q.span.start < whole.span.start and q.unit == whole.unit]
    together = total + in_unit(whole, unit)
    if whole.span.start < first and _goes_on_from(case, before, together, unit):
        return True
    return _beside_its_like(case, whole, together, unit)


def _divided(told: Sequence[Quantity], figure: Quantity, whole: Quantity) -> bool:
    """Whether a figure told before another whole has parts of its own right behind it: 「编制26名，其中18名、8名；在职25人，其中17人、9人」."""
    behind = [q for q in told if figure.span.start < q.span.start < whole.span.start]
    sums = itertools.islice(itertools.accumulate(in_unit(q, figure.unit) for q in behind), 1, None)
    return in_unit(figure, figure.unit) in sums


def _told_twice(whole: Quantity, parts: Sequence[Quantity], unit: str) -> bool:
    """Whether the last parts make the whole alone, so that those before them divide it another way: 「41户，其中新增9户、消除12户、未消除29户」."""
    made = in_unit(whole, unit)
    tails = (sum((in_unit(part, unit) for part in parts[k:]), Fraction(0)) for k in range(1, len(parts) - 1))
    return made >= _BY_CHANCE and any(tail == made for tail in tails)


_BY_CHANCE = 20  # below it two parts of three make their whole often enough


def _of_what_was_done(case: Case, whole: Quantity, parts: Sequence[Quantity], total: Fraction, unit: str) -> bool:
    """Whether the whole was planned and the figure right behind the parts, told as done, is theirs: 「预算118万元中，…，实际支出112.46万元」."""
    last = max(part.span.end for part in parts)
    behind = [q for q in case.by_sentence.get(parts[-1].sentence, ()) if q.span.start >= last and q.unit == whole.unit]
    if not behind or in_unit(behind[0], unit) != total or whole.span.start > last:
        return False
    planned = _PLANNED.search(case.flat, max(0, whole.span.start - _NEAR), whole.span.end + len("预算中"))
    return planned is not None and _DONE.search(case.flat, last, behind[0].span.start) is not None


_NEAR = 8  # characters before a figure that say what it is
_PLANNED, _DONE = pattern("预算|计划|安排|批复|应"), pattern("实际|支出|完成|执行|决算|使用")


def _beside_its_like(case: Case, whole: Quantity, sum_of_all: Fraction, unit: str) -> bool:
    """Whether a figure anywhere is what a supposed whole and its parts make together: then they stand beside each other."""
    if len(digits_of(whole.value)) < _TELLING:
        return False
    return any(
        q.number and dimension(q.unit) == dimension(whole.unit) and in_unit(q, unit) == sum_of_all
        for q in case.found.quantities
    )


def _goes_on_from(case: Case, before: Sequence[Quantity], total: Fraction, unit: str) -> bool:
    """Whether the list began before its supposed whole: figures outside of brackets, right before it, and it make one told still before."""
    outside = [q for q in before if case.flat.count("(", 0, q.span.start) == case.flat.count(")", 0, q.span.start)]
    return unit == "万元" and any(
        total + added in case.amounts for added in itertools.accumulate(in_unit(q, unit) for q in reversed(outside))
    )


def moved_to(stated: Fraction, amounts: Sequence[Fraction]) -> bool:
    """Whether a figure is where others lead, the first of them taken and the rest added or taken off.

    「原值1,264.50万元(年初1,198.70万元，新增78.30万元，处置12.50万元)」: the digits tell that these are steps and no parts. Few digits
    would be so by chance.
    """
    if len(digits_of(number(stated, 6)).strip("0")) < _TELLING or not _FEW <= len(amounts) <= _MOST_STEPS:
        return False
    ends = {amounts[0]}
    for amount in amounts[1:]:
        ends = {end + step for end in ends for step in (amount, -amount)}
    return stated in ends


def taken_off(case: Case, stated: Fraction, parts: Sequence[Quantity], unit: str) -> bool:
    """Whether parts make their whole where those that are told as cut are taken off: 「由开办费52.00万元、增资21.40万元、压减会议费6.00万元相抵」."""
    steps, total = load_ties().balances.steps, Fraction(0)
    for part in parts:
        clause = _CLAUSE.split(case.flat[part.sentence.start : part.span.start])[-1]
        cut = any(sign < 0 and word in clause for word, sign in steps.items())
        total += -in_unit(part, unit) if cut else in_unit(part, unit)
    return abs(total) == stated  # what all fell by may be the whole


def divided_again(values: Sequence[Decimal]) -> frozenset[Decimal]:
    """The parts that those right behind them make: 「年中追加645.22万元，分别为480.00万元、126.50万元、38.72万元」."""
    behind = (itertools.islice(itertools.accumulate(values[k + 1 :]), 1, None) for k in range(len(values)))
    return frozenset(part for part, sums in zip(values, behind, strict=True) if part in sums)


def in_other_units(case: Case, whole: Quantity, parts: Sequence[Quantity], gap: Fraction) -> bool:
    """Whether counts of other units between a whole and its parts make the rest: 「1862件，其中房屋6处、车辆11辆、设备1104件、家具741件」."""
    first = min(part.span.start for part in parts)
    between = [q for q in case.found.quantities if whole.span.end <= q.span.start < first and not q.table]
    others = [q for q in between if q.unit != whole.unit and dimension(q.unit) != "money" and q.unit not in ("%", "分")]
    if bool(others) and sum((Fraction(q.number) for q in others), Fraction(0)) == gap:
        return True
    last = max(part.span.end for part in parts)
    behind = [q for q in case.by_sentence.get(parts[-1].sentence, ()) if q.span.start >= last]
    beside = list(itertools.takewhile(lambda q: q.unit != whole.unit and q.unit[:1] == whole.unit[:1], behind))
    return (
        bool(beside) and sum((Fraction(q.number) for q in beside), Fraction(0)) == gap
    )  # 「图书61.35万册、…、视听文献0.94万件」


_PRICED = pattern(r"单位成本|单价|均价|定额|(?:收费|补助|补贴|支付|经费|费用|工资)标准|价格|每(?!年|季)")
_EACH = pattern(r"\s?(?:[/每]|一(?:人|亩|户))")


def are_prices(case: Case, figures: Sequence[Quantity]) -> bool:
    """Whether amounts in 元 are what one of a thing costs, which nobody adds up: 「单位成本：一级14元、二级9.80元每平方米」."""
    if any(q.unit != "元" for q in figures):
        return False
    first, last = min(q.span.start for q in figures), max(q.span.end for q in figures)
    return (
        _EACH.match(case.flat, last) is not None
        or _PRICED.search(case.flat, case.sentence(first).start, first) is not None
    )


_CLAUSE = pattern(r"[,、;:。()]")


def one_of_another(case: Case, listed: Iterable[Quantity]) -> bool:
    """Whether of two figures side by side the second tells what became of the first, so that they are no parts beside each other.

    「其中评价性抽检620批次，合格612批次」: the words say so, or a rate of the report that the two make.
    """
    return any(
        0 < other.number <= one.number
        and one.unit == other.unit
        and (
            (other.number * 2 > one.number and _BECAME.fullmatch(case.flat, one.span.end, other.span.start) is not None)
            or any(percent_fits(*rate, exact(other.number), exact(one.number)) for rate in _rates(case))
        )
        for one, other in itertools.pairwise(listed)
    )


_BECAME = pattern(
    r",(?:其中)?(?:已|均|全部|实际|当年)?(?:检[出测])?(?:合格|达标|办结|结案|完成|完工|整改|处置|验收|通过|满意|到位|销号|化解|成功|支付|拨付)(?:了|到位)?"
)


@once
def _rates(case: Case) -> tuple[tuple[Fraction, int], ...]:
    """The rates that are told to the hundredth, and no round ones: few figures make one of them by chance."""
    told = {
        q.value for q in case.found.quantities if q.unit == "%" and places(q.value) == _FEW and 0 < q.number < _FULL
    }
    return tuple((Fraction(value), _FEW) for value in told if value[-_FEW:] not in ("00", "50"))


_FULL = 100
_FEW, _MOST_STEPS = 2, 6
_TELLING = 4  # digits


_LEAST_GAP = Fraction(1, 20)  # 万元: what is less is a slip of rounding, whatever else the text states


def told_gap(
    case: Case, figures: Iterable[Quantity], gap: Fraction, unit: str, *, near_by: bool = False, since: int = 0
) -> bool:
    """Whether the document itself states the difference: what was carried over, added, or is counted elsewhere.

    Two figures that a third explains do not contradict each other. Amounts may be told anywhere (``near_by``: only in the
    paragraphs of the figures); counts of people, which are small, only beside the figures they explain, and not before ``since``.
    """
    listed = tuple(figures)
    of_money = dimension(unit) == "money"
    money = of_money and not near_by
    if unit == "%" or (of_money and (gap < _LEAST_GAP or gap * (factor(unit, "万元") or 1) not in case.amounts)):
        return False
    near = {case.paragraph(q.span.start) for q in listed}
    for other in case.found.quantities:
        if dimension(other.unit) != dimension(unit) or other.about == "目标" or other.span in {q.span for q in listed}:
            continue
        at = other.span.start
        if in_unit(other, unit) != gap:
            continue
        if money or (at >= since and case.paragraph(at) in near and not _is_step(case, other, listed)):
            return True
    return False


def _is_step(case: Case, other: Quantity, figures: Iterable[Quantity]) -> bool:
    """Whether a figure is one of the year's moves in a balance of its own: 「年初在职291人，录用6人、退休9人、调出2人」 leaves no part out."""
    if any(other.sentence == q.sentence for q in figures):
        return False
    return load_ties().balances.opening.search(case.flat, other.sentence.start, other.span.start) is not None
