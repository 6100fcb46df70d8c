"""R08: one thing counted in two spellings that do not fit each other: 「3.26万农村居民」 and 「32100人」, 「三千六百八十户」 and 「3860户」, 「1533公顷」 and 「2.4万亩」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.backing import made_of_others
from hengji.auditing.facts.swapped import changed_by, in_one_breath
from hengji.auditing.measures import MONEY, measured, plain_unit
from hengji.auditing.numbers import number, places
from hengji.auditing.slips import SWAPPED, digits_of, slip
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed, read_decimal
from hengji.model.patterns import pattern

_TWO, _THREE, _FOUR = 2, 3, 4
_LEAD, _BEHIND = 30, 12  # characters before and behind a figure that say of what it is
_CLOSE = Fraction(1, 10)  # how far two figures of one thing are apart where no slip makes one of the other
_MOST = Fraction(1, 2)  # and where one does
_SMALL = 100  # counts below are told in one spelling

# 「三千六百八十户」, 「一万二千三百人」
_SPELLED = pattern(
    r"(?:(?P<tens>[一二两三四五六七八九])万)?(?:零?(?P<thousands>[一二两三四五六七八九])千)?(?:零?(?P<hundreds>[一二两三四五六七八九])百)?"
    r"(?:零?(?:(?P<decades>[一二两三四五六七八九])十)?(?P<ones>[一二三四五六七八九])?)?(?P<unit>户|人次|人|名|亩|公顷|公里|件|家|份|套|台|株|头|只|平方米|吨|册|场|批次|条|盏|栋)"
)
_THOUSAND = pattern(r"[一二两三四五六七八九][万千百]零?[一二两三四五六七八九]")
_DIGIT = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = (("tens", 10_000), ("thousands", 1000), ("hundreds", 100), ("decades", 10), ("ones", 1))

_PEOPLE = pattern(r"[\u4e00-\u9fff]{0,4}?(?:居民|群众|人口|农民|学生|村民|师生|职工|老人|市民|牧民|城乡居民)")
_ONE_UNIT = {"名": "人", "位": "人", "批": "批次"}
# What makes a figure one of some of the things, of a plan or a comparison, or a rough one.
_LIMITS = pattern(
    r"其中|部分|另|其余|剩余|上年|去年|同期|每|[均比]|较(?!高|大|好)|计划|目标|拟|任务|预计|力争|(?<![供响反适效])应(?![急用])|(?<![草高平中])原(?!料)|尚|未(?!成年)|超过|突破|以[上下]|近|余|"
    r"减少|增加|增长|净增|设计|核定|(?<!高)标准(?!化)|按|20\d\d年"
)
# What limits it to a time or a kind of work: two figures of one thing have the same of it.
_TIMES = pattern(r"新增|新建|改建|改造|累计|历年|以来|季度|上半年|下半年|\d月|[一二三]期|首批|第[一二三]批|复|初")
_ROUGH = pattern(r"^(?:多|余|以上|左右|以内|以下)")
_EMPTY = pattern(
    r"[^\u4e00-\u9fff]|全年|本年|完成|实际|累计|年度|目标|计划|其中|人次|工作|服务|单位|项目|人员|开展|发放|管理|得分|自评|分值|全县|全市|全区|达到|共计|合计|数量|指标"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A figure, what it counts, how much of it in the first unit of its measure, one step of its last digit, and in what spelling."""

    kind: str
    value: Fraction
    step: Fraction
    spelling: str
    text: str
    span: Span
    quantity: Quantity | None


def told_in_another_spelling(case: Case) -> Iterator[Finding]:
    """R08: two figures of one thing in two units, or in numerals and digits, that no rounding makes one and one slip does."""
    told = _all(case)
    by_kind: dict[str, list[_Told]] = {}
    for each in told:
        by_kind.setdefault(each.kind, []).append(each)
    given: set[Span] = set()
    for kind, family in by_kind.items():
        for odd in family if len({each.spelling for each in family}) > 1 else ():
            if not _is_large(odd) or odd.span in given or _told_again(case, odd, family):
                continue
            others = [each for each in family if _contradicts(case, odd, each, kind)]
            if len({each.value for each in others}) == 1 and given.isdisjoint({odd.span, others[0].span}):
                given.update((odd.span, others[0].span))
                yield _finding(case, odd, others[0])


def _finding(case: Case, odd: _Told, right: _Told) -> Finding:
    message = f"这里写“{odd.text}”，另一处写“{right.text}”，说的是同一件事，换算后对不上"
    stated, meant = number(odd.value, 4), number(right.value, 4)
    return case.finding("R08", odd.span, message, stated=stated, recomputed=meant, also=(right.span,))


@once
def _all(case: Case) -> tuple[_Told, ...]:
    """The figures that may be told again in another spelling."""
    found: list[_Told] = []
    for quantity in (*case.found.quantities, *_unusual(case)):
        own = measured(quantity) if quantity.number > 0 and quantity.year == case.year else None
        if quantity.unit == "万":
            unit = _unit_behind(case, quantity)
            own = (unit, Fraction(quantity.number) * 10_000) if unit and quantity.year == case.year else None
        if own is None or own[0] == MONEY or own[1] < _SMALL:
            continue
        step = own[1] / Fraction(quantity.number) / 10 ** places(quantity.value)
        kind = _ONE_UNIT.get(own[0], own[0])
        spelling = "万" if quantity.unit[0] == "万" else plain_unit(quantity.unit) if kind != "人" else "人"
        shown = case.flat[quantity.span.start : quantity.span.end]
        found.append(_Told(kind, own[1], step, spelling, shown, quantity.span, quantity))
    found.extend(_spelled(case))
    return tuple(found)


@once
def _unusual(case: Case) -> tuple[Quantity, ...]:
    """The counts of running text in units that few reports use: 「368000画幅」."""
    known = {q.span.start for q in case.found.quantities}
    found = []
    for match in _UNUSUAL.finditer(case.flat) if _UNUSUAL_UNITS.search(case.flat) else ():
        value = read_decimal(match["n"])
        if value is not None and match.start() not in known and not case.in_table(match.start()):
            sentence = case.sentence(match.start())
            found.append(Quantity("", match["n"], value, match["unit"], case.year, Span(*match.span()), sentence))
    return tuple(found)


_UNUSUAL_UNITS = pattern(r"画幅|剂次|车次|人天|工日|课时|学时|册次|床日|机时|架次|班次|航次|词条|条次|件次|幅次|羽")
_UNUSUAL = pattern(rf"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万?(?:{_UNUSUAL_UNITS.pattern}))")


def _unit_behind(case: Case, quantity: Quantity) -> str:
    """What ten thousands count by the words behind them: 「3.26万农村居民」, 「38.6万画幅」."""
    words = case.flat[quantity.span.end : quantity.span.end + _BEHIND]
    if _PEOPLE.match(words):
        return "人"
    units = sorted(_units(case), key=len, reverse=True)
    return next((unit for unit in units if words.startswith(unit)), "")


@once
def _units(case: Case) -> frozenset[str]:
    """The units of the report's other figures."""
    told = {q.unit for q in (*case.found.quantities, *_unusual(case)) if q.unit and q.unit[0] not in "万亿%"}
    return frozenset(unit for unit in told if "元" not in unit and unit not in _NO_UNITS)


_NO_UNITS = ("个百分点", "小时", "分", "年", "月", "日", "天", "倍", "个", "‰")


def _spelled(case: Case) -> Iterator[_Told]:
    """The numbers in Chinese numerals."""
    if not _THOUSAND.search(case.flat):
        return
    for match in _SPELLED.finditer(case.flat):
        value = sum(_DIGIT[match[name]] * size for name, size in _PLACES if match[name])
        if value > _SMALL and case.flat[match.start() - 1 : match.start()] not in tuple("第之几百千万十"):
            own = measured(_quantity_of(value, match["unit"], case.year))
            if own is not None:
                kind = _ONE_UNIT.get(own[0], own[0])
                yield _Told(kind, own[1], own[1] / value, "字", match[0], Span(*match.span()), None)


def _quantity_of(value: int, unit: str, year: int) -> Quantity:
    return Quantity("", str(value), Decimal(value), unit, year, Span(0, 0), Span(0, 0))


def _is_large(told: _Told) -> bool:
    """Whether a figure is in the spelling that the other one is held against: in ten thousands, numerals or a unit of its own."""
    return told.quantity is None or (not told.quantity.table and len(digits_of(told.quantity.value)) > 1)


def _told_again(case: Case, odd: _Told, family: Sequence[_Told]) -> bool:
    """Whether a figure is told again as it is, is an aim, or is made by the figures beside it."""
    again = any(each is not odd and abs(odd.value - each.value) <= min(odd.step, each.step) for each in family)
    return again or _limited(case, odd) or (odd.quantity is not None and made_of_others(case, odd.quantity))


def _agree(one: _Told, other: _Told) -> bool:
    return abs(one.value - other.value) <= max(one.step, other.step)


def _limited(case: Case, told: _Told) -> bool:
    """Whether a figure is aimed at, is of some of the things only or of another time, or is rough."""
    quantity = told.quantity
    if (case.aimed_at(told.span.start) and not _among_results(case, told)) or (
        quantity is not None and (quantity.about == "目标" or quantity.vague != "")
    ):
        return True
    if _ROUGH.match(case.flat, told.span.end):
        return True
    if quantity is not None and quantity.table and case.in_table(told.span.start):
        return _LIMITS.search(quantity.name) is not None
    return _LIMITS.search(_clause(case, told).replace(f"{case.year}年", "")) is not None


def _among_results(case: Case, told: _Told) -> bool:
    """Whether a figure stands in the cell of a form that tells what came of the aims beside it."""
    start, end = (case.flat.rfind("\t", 0, told.span.start), told.span.start)
    row = case.flat.rfind("\n", 0, end) + 1
    column = case.flat.count("\t", row, end)
    if start < row or not case.flat[:row].strip():
        return False
    above = case.flat[case.flat.rfind("\n", 0, row - 1) + 1 : row - 1].split("\t")
    return len(above) > column and _RESULT_HEADER.search(above[column]) is not None


_RESULT_HEADER = pattern(r"(?:实际|全年|年度)?完成情况|实现情况|完成值")


def _clause(case: Case, told: _Told) -> str:
    start = max(case.flat.rfind(mark, 0, told.span.start) for mark in ",。;:、()\n\t")
    return case.flat[max(start + 1, told.span.start - _LEAD) : told.span.start]


def _contradicts(case: Case, odd: _Told, right: _Told, kind: str) -> bool:
    """Whether another figure is of the same thing, in another spelling, and near it or one slip from it."""
    if right.spelling == odd.spelling or _agree(odd, right) or right.quantity is None:
        return False
    low, high = sorted((odd.value, right.value))
    slipped = _slipped(odd, right)
    if high - low > high * (_MOST if slipped else _CLOSE):
        return False
    if (odd.quantity is not None and odd.step <= right.step) or _limited(case, right) or _together(case, odd, right):
        return False
    if {*_TIMES.findall(_clause(case, odd))} ^ {*_TIMES.findall(_clause(case, right))}:
        return False
    mine, other = _words(case, odd), _words(case, right)
    near = pairs_of(_EMPTY.sub(" ", _clause(case, odd) + _after(case, odd))) & other
    score, leaf = len(mine & other), _leaf(case, right)
    if slipped and leaf and leaf <= near:
        return True
    if kind in ("人", "人次", "户"):  # what many things are told of
        return slipped and score >= (_THREE if near else _FOUR)
    return score >= (_TWO if slipped else _FOUR) and bool(near)


def _leaf(case: Case, told: _Told) -> frozenset[str]:
    """The pairs of characters of the name of a figure's leaf, where it says what is counted: 「门急诊人次」."""
    item = case.item_at(told.span.start)
    words = pairs_of(_EMPTY.sub(" ", item.name)) if item is not None else frozenset()
    return words if len(words) >= _TWO else frozenset()


def _slipped(odd: _Told, right: _Told) -> bool:
    """Whether one slip makes a figure of the other, written with as many digits."""
    decimals = next((n for n in range(7) if (odd.value / _scale(odd) * 10**n).denominator == 1), 0)
    written, meant = (fixed(each.value / _scale(odd), decimals) for each in (odd, right))
    kind, digits = slip(written, meant), len(digits_of(written))
    return kind == SWAPPED or (digits > _TWO and kind != "")


def _scale(told: _Told) -> Fraction:
    """What one of the figure's own unit is in the first unit of its measure."""
    return Fraction(told.value, 1) / Fraction(told.quantity.number) if told.quantity is not None else Fraction(1)


def _together(case: Case, odd: _Told, right: _Told) -> bool:
    """Whether one breath tells both, or a figure beside them tells by how much they differ."""
    one, other = odd.quantity, right.quantity
    if one is None or other is None:
        return case.sentence(odd.span.start) == case.sentence(right.span.start)
    return in_one_breath(case, one, other) or changed_by(case, one, other)


def _after(case: Case, told: _Told) -> str:
    text = case.flat[told.span.end : told.span.end + _BEHIND]
    return re.split(r"[,。;:、()\n\t\d]", text)[0]


def _words(case: Case, told: _Told) -> frozenset[str]:
    """The pairs of characters of the words round a figure, of its row and of its leaf."""
    start = case.sentence(told.span.start).start
    lead = case.flat[max(start, told.span.start - _LEAD) : told.span.start]
    name = told.quantity.name if told.quantity is not None and told.quantity.table else ""
    item = case.item_at(told.span.start)
    words = f"{name or lead} {_after(case, told)} {item.name if item is not None else ''}"
    return pairs_of(_EMPTY.sub(" ", words))
