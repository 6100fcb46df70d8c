"""R12: one figure told twice, a power of ten apart or in another unit of its measure: 「惠及群众23,600人」 and 「受益群众2.36亿人」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.backing import adds_up, made_of_others
from hengji.auditing.measures import MONEY, measured, plain_unit
from hengji.auditing.money.cells import table_in_yuan
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates.for_one import told_for_one
from hengji.auditing.sums.column_sums import in_a_sum
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_TWO, _THREE, _FOUR = 2, 3, 4
_POWERS = {Fraction(10) ** power for power in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)}
_LEAD, _BEHIND = 26, 10  # characters before and behind a figure that say of what it is
_FEWEST = 10  # of a count that two sentences share: fewer are shared by chance
_BY_ONE = pattern(r"每|单价|均价|(?<!高)标准|最[高低]|限额|以上|[\u4e00-\u9fff]均(?!衡|等|可|由|已|为|在)|/")
_TENTH = pattern(
    r"(?<![\d.])(?:(?:0\.1|10?)(?:\.0+)?\s?[%‰]|10{1,3}\s?(?![分月日年时点])[\u4e00-\u9fff])|十分之一|百分之一|一成"
)  # what makes a tenth or ten times of an amount


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A figure, what it measures, how much of it, and its digits without the zeros round them."""

    quantity: Quantity
    kind: str
    value: Fraction
    digits: str


def told_a_power_apart(case: Case) -> Iterator[Finding]:
    """R12: the digits of a figure told elsewhere of the same thing, ten times (or more) too many or too few, and once only.

    Not two figures of one sentence, of different years, or of which one is paid for each of many; not what the figures beside it make.
    """
    told = _all(case)
    by_digits: dict[tuple[str, str], list[_Told]] = {}
    for each in told:
        for digits in _ways(each.digits):
            by_digits.setdefault((each.kind, digits), []).append(each)
    given: set[int] = set()
    for family in by_digits.values():
        if len({each.value for each in family}) < _TWO:
            continue
        for odd in family:
            if odd.quantity.span.start in given or not _may_be_odd(case, odd, told):
                continue
            right = next((each for each in family if _is_meant(case, odd, each)), None)
            if right is not None and right.quantity.span.start not in given:
                given.update((odd.quantity.span.start, right.quantity.span.start))
                in_yuan = right.quantity.unit == "元" and right.quantity.table and table_in_yuan(case, right.quantity)
                in_yuan = in_yuan and not in_a_sum(case, right.quantity.span.start)
                usual = _told_in_its_unit(case, odd.quantity, right.quantity)
                # a row of 万元 in a table of 元; the unit that the goal has too
                first, second = (right, odd) if in_yuan or usual else (odd, right)
                yield _finding(case, first.quantity, second)


def _told_in_its_unit(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether a third figure of the same thing, as the goal, has the unit of the one, and none that of the other."""
    if other.table or plain_unit(one.unit) == plain_unit(other.unit):
        return False
    words = pairs_of(one.name) | pairs_of(other.name)
    alike = [q for q in case.found.quantities if q not in (one, other) and len(pairs_of(q.name) & words) >= _TWO]
    units = {plain_unit(q.unit) for q in alike}
    return plain_unit(one.unit) in units and plain_unit(other.unit) not in units


def _finding(case: Case, odd: Quantity, right: _Told) -> Finding:
    stated, other = f"{odd.value}{odd.unit}", f"{right.quantity.value}{right.quantity.unit}"
    own = measured(odd)
    times = max(own[1], right.value) / min(own[1], right.value) if own is not None else Fraction(1)
    message = f"这里写{stated}，另一处写{other}，相差约{number(times, 0)}倍，可能是单位或小数点有误"
    return case.finding("R12", odd.span, message, stated=stated, recomputed=other, also=(right.quantity.span,))


@once
def _all(case: Case) -> tuple[_Told, ...]:
    single = {each.told.span for each in told_for_one(case)}
    found = []
    for quantity in case.found.quantities:
        own = measured(quantity) if quantity.number > 0 and quantity.year == case.year else None
        digits = quantity.value.replace(",", "").replace(".", "").strip("0")
        if own is not None and len(digits) >= _TWO and quantity.span not in single and not _for_each(case, quantity):
            found.append(_Told(quantity, *own, digits))
    return tuple(found)


def _for_each(case: Case, quantity: Quantity) -> bool:
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 12) : quantity.span.start]
    return _BY_ONE.search(re.split("[,。;、]", lead)[-1]) is not None or case.flat.startswith("/", quantity.span.end)


def _ways(digits: str) -> set[str]:
    """The digits of a figure, and what they are when they are rounded to three or four."""
    found = {digits}
    for most in (_THREE, _FOUR):
        if len(digits) > most:
            rounded = fixed(Fraction(int(digits), 10 ** (len(digits) - most)), 0).strip("0")
            if len(rounded) >= _THREE:
                found.add(rounded)
    return found


def _may_be_odd(case: Case, odd: _Told, told: tuple[_Told, ...]) -> bool:
    """Whether a figure of running text stands alone in the report and no figures beside it speak for it."""
    quantity = odd.quantity
    if quantity.table or quantity.about == "目标" or case.in_table(quantity.span.start):
        return False
    if sum(1 for each in told if each.kind == odd.kind and each.value == odd.value) > 1:
        return False
    return not adds_up(case, quantity) and not made_of_others(case, quantity) and not _made_by_rate(case, quantity)


def _made_by_rate(case: Case, quantity: Quantity) -> bool:
    """Whether a rate of its sentence, told to the hundredth, is what it makes with another figure of its measure."""
    beside = case.by_sentence.get(quantity.sentence, ())
    rates = [q for q in beside if q.unit == "%" and len(q.value.partition(".")[2]) == _TWO]
    own = measured(quantity)
    for other in beside if rates and own is not None else ():
        value = measured(other)
        if value is None or own is None or value[0] != own[0] or value[1] == own[1] or not value[1]:
            continue
        share = min(own[1], value[1]) / max(own[1], value[1]) * 100
        if any(abs(share - Fraction(rate.number)) * 100 <= 1 for rate in rates):
            return True
    return False


def _is_meant(case: Case, odd: _Told, right: _Told) -> bool:
    """Whether another figure is what was meant: of other size by the unit or by a power of ten, and of the same thing by the words round both."""
    a, b = odd.quantity, right.quantity
    if right.value == odd.value or a.sentence == b.sentence or not _may_be_right(case, odd, right):
        return False
    if not _a_power_apart(odd, right):
        return False
    shorter, same_digits = min(len(odd.digits), len(right.digits)), odd.digits == right.digits
    of_one_unit = a.unit == b.unit
    if of_one_unit and not same_digits:
        return False
    if case.paragraph(a.span.start) == case.paragraph(b.span.start) and (shorter < _FOUR or not same_digits):
        return False
    if shorter < _FOUR and any(_TENTH.search(case.flat, *q.sentence) for q in (a, b)):
        return False
    score, counts = len(_words(case, a, b) & _words(case, b, a)), _share_counts(case, a, b)
    if of_one_unit:  # an amount and a tenth of it are both told often: more must say that they are one
        told_so = (
            (counts and shorter >= _THREE)
            or ((shorter >= _THREE or score >= _TWO) and _beyond_all(case, odd))
            or _less_what_was_saved(case, odd, right)
        )
        return score >= 1 and (told_so or (score >= _TWO and shorter >= _THREE and _unlike(odd, right)))
    if shorter >= _THREE:
        return score + 2 * counts >= (1 if shorter >= _FOUR and same_digits else _TWO)
    return a.value == b.value and plain_unit(a.unit) != plain_unit(b.unit) and score >= _TWO


def _unlike(odd: _Told, right: _Told) -> bool:
    """Whether a measure other than money is ten thousand times (or more) another: 「13100万平方米」 and 「1.31万平方米」."""
    return odd.kind != MONEY and odd.value / right.value >= _MUCH


def told_a_power_apart_in_a_cell(case: Case) -> Iterator[Finding]:
    """R12: 「外借图书128.4万册次」, and 「12.84万册次」 in a cell of words that no figure is read of; 「使用率0.846%」, and 「84.60%」."""
    for odd in case.found.quantities:
        digits = odd.value.replace(",", "").replace(".", "").strip("0")
        if odd.table or odd.about == "目标" or odd.year != case.year or "." not in odd.value or len(digits) < _THREE:
            continue
        share = odd.unit == "%" and odd.number < 1
        if not share and (len(digits) < _FOUR or odd.unit in _NO_COUNTS or dimension(odd.unit) == "money"):
            continue
        for power in (2,) if share else (-2, -1, 1, 2):
            right = _written_elsewhere(case, odd, odd.number.scaleb(power))
            if right is not None:
                other = f"{case.text(right)}"
                message = f"这里写{odd.value}{odd.unit}，另一处写{other}，可能是单位或小数点有误"
                stated, place = f"{odd.value}{odd.unit}", odd.span
                if _as_aimed(case, right, odd):  # what the row aims at says that the row is wrong
                    message = f"这里写{other}，另一处写{stated}，可能是单位或小数点有误"
                    stated, other, place, right = other, stated, right, odd.span
                yield case.finding("R12", place, message, stated=stated, recomputed=other, also=(right,))
                break


def _as_aimed(case: Case, cell: Span, told: Quantity) -> bool:
    """Whether the target of a cell's row is near what running text tells and a power of ten from what the cell does."""
    item = next((i for i in case.found.items if i.quote.start <= cell.start < i.quote.end), None)
    aim = _AIM.search(item.target) if item is not None and item.table else None
    value = Fraction(aim["n"].replace(",", "")) if aim is not None and aim["unit"] == told.unit else Fraction(0)
    low, high = sorted((value, Fraction(told.number)))
    return 0 < high < _THREE * low


_AIM = pattern(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万?[\u4e00-\u9fff]{1,3})")


_NO_COUNTS = ("%", "‰", "个百分点", "分", "")


def _written_elsewhere(case: Case, odd: Quantity, meant: Decimal) -> Span | None:
    """Where a value stands with the unit of a figure, in a table or before it, its row and the words before the figure sharing what they name."""
    plain = format(meant.normalize(), "f")
    point = "" if "." in plain else r"\."
    form = re.compile(rf"(?<![\d.,]){re.escape(plain)}(?:{point}0+)?{re.escape(odd.unit)}")
    if odd.unit == "%":
        form = re.compile(rf"(?<![\d.,]){re.escape(plain)}0*%")
    lead = pairs_of(case.flat[max(odd.sentence.start, odd.span.start - _LEAD) : odd.span.start])
    for match in form.finditer(case.flat):
        place = case.paragraph(match.start())
        cells = case.in_table(match.start())
        start = max(0 if cells else place.start, match.start() - _LEAD)
        apart = place != case.paragraph(odd.span.start) and (cells or match.start() < odd.span.start)
        if apart and len(pairs_of(case.flat[start : match.start()]) & lead) >= _TWO:
            return Span(*match.span())
    return None


_MUCH = 10_000
_SAVED = pattern(r"节约|节省|结余|节余|少支|低于|下降|核减")


def _less_what_was_saved(case: Case, odd: _Told, right: _Told) -> bool:
    """Whether what the odd one's sentence tells as saved is what the other is short of an amount told: 1248.00万元 of 1260.00, 12.00 saved."""
    if odd.kind != MONEY or len(right.digits) < _FOUR or not _SAVED.search(case.text(odd.quantity.sentence)):
        return False
    beside = [m for q in case.by_sentence.get(odd.quantity.sentence, ()) if (m := measured(q)) is not None]
    saved = {value for kind, value in beside if kind == MONEY and 0 < value < right.value}
    aims = {fixed((right.value + value) / _MUCH, 2) for value in saved}
    return any(re.search(rf"(?<![\d.]){re.escape(aim)}(?!\d)", case.flat) is not None for aim in aims)


def _may_be_right(case: Case, odd: _Told, right: _Told) -> bool:
    """Whether the other figure may be right: a table's, or one that stands before, and no more than the department had."""
    told = right.quantity.table or right.quantity.span < odd.quantity.span
    of_others = odd.value >= _MUCH * right.value  # what others sold is beyond all it had as well, yet not so far
    return told and (of_others or not _beyond_all(case, right))


def _a_power_apart(odd: _Told, right: _Told) -> bool:
    a, b = odd.quantity, right.quantity
    ratio = odd.value / right.value
    if ratio in _POWERS:
        return True
    if a.value == b.value and a.unit != b.unit:
        return True  # the very number in another unit of its measure
    most = min(len(odd.digits), len(right.digits))
    if most < _THREE or len(odd.digits) == len(right.digits):
        return False
    return any(abs(ratio / power - 1) * 10 ** (most - 1) <= Fraction(1, 2) for power in _POWERS)


def _words(case: Case, quantity: Quantity, other: Quantity) -> frozenset[str]:
    """The pairs of characters of the words round a figure, of its row and of its leaf, where the other is of another one."""
    start, end = quantity.span
    lead = case.flat[max(quantity.sentence.start, start - _LEAD) : start]
    words = quantity.name if quantity.table else f"{lead} {case.flat[end : min(quantity.sentence.end, end + _BEHIND)]}"
    items = [case.item_at(q.span.start) for q in (quantity, other)]
    if items[0] is not None and items[0] is not items[1]:
        words = f"{words} {items[0].name}"
    return pairs_of(words)


def _share_counts(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the sentences of two figures tell one count: 「13个村……计286.00万元」 and 「为13个村落实2.86万元」."""
    counts: list[set[tuple[str, Decimal]]] = []
    for quantity in (one, other):
        beside = [q for q in case.by_sentence.get(quantity.sentence, ()) if q is not quantity and q.number > _FEWEST]
        counts.append({(plain_unit(q.unit).removesuffix("次"), q.number) for q in beside if _counts(q)})
    return not counts[0].isdisjoint(counts[1])


def _counts(quantity: Quantity) -> bool:
    own = measured(quantity)
    return own is not None and own[0] != MONEY


@once
def _whole(case: Case) -> Fraction:
    """What the department spent or had in the year, in 元; nothing where it is not told."""
    names = ("本年支出合计", "年初预算数", "年度部门预算资金", "部门预算资金实际支出", "本年收入合计")
    return max((in_unit(q, MONEY) for name in names for q in case.quantities(name)), default=Fraction(0))


def _beyond_all(case: Case, odd: _Told) -> bool:
    """Whether an amount is more than the department had in all."""
    return odd.kind == MONEY and 0 < _whole(case) < odd.value
