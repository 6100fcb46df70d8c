"""R08 by digits and equations: a figure told twice, once with two digits swapped or one digit changed, under whatever words.

Other checks ask which words name one thing. Here everything that speaks for it is weighed: how many digits the two figures have in
common, whether the other value in its place makes an equation with the figures beside it, whether it makes none itself, and which
words they share. The weights were found on reports whose figures were changed one at a time (``tests/corpus/made``).
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.around import same_thing
from hengji.auditing.case import Case
from hengji.auditing.equations.equation import equations
from hengji.auditing.equations.figure import RATES, Figure, around, beside, figures
from hengji.auditing.facts.backing import NO_COUNT, two_things
from hengji.auditing.facts.swapped import both_right, changed_by, in_one_breath, named_apart, of_one_alone
from hengji.auditing.numbers import in_unit
from hengji.auditing.rates.for_one import NO_COUNTS, counted
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.auditing.wording import pairs_of
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_DIGITS = 3  # without zeros at the end: figures of fewer are a slip of each other by chance
_MANY, _SURE = 5, 6  # digits that are alike by little chance, and by none
_ENOUGH = 4  # weight
_MOST = 4  # mentions of a value that are looked at
_CLOSE = 1000  # two figures that differ by less than one in so many are of one thing
_PEOPLE = ("人", "名")  # what one place counts in the one and another in the other
_YEAR = pattern(r"上年|去年|同期|本年|20\d\d年(?!\d{1,2}月)")


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and where it is told."""

    value: str
    mentions: Sequence[Figure]

    @property
    def number(self) -> Decimal:
        return self.mentions[0].number


def one_slip_apart(case: Case) -> Iterator[Finding]:
    """R08: 「全年支出3,968.41万元」, and 「全年把3,986.41万元支出用于……」."""
    by_unit: dict[str, dict[str, list[Figure]]] = {}
    for figure in figures(case):
        if figure.unit in RATES or figure.unit not in NO_COUNT:
            by_unit.setdefault(figure.unit, {}).setdefault(figure.value, []).append(figure)
    either = _in_either(*(by_unit.get(unit, {}) for unit in _PEOPLE))
    for told in (*by_unit.values(), either):
        pairs = list(_alike(told))
        often = Counter(told.value for pair in pairs for told in pair)
        for one, other in pairs:
            if told is either and one.mentions[0].unit == other.mentions[0].unit:
                continue  # looked at before
            if max(often[one.value], often[other.value]) > 1 and len(digits_of(one.value)) < _MANY:
                continue  # figures that are alike in more ways than one
            later, earlier = sorted((one, other), key=lambda each: each.mentions[0].span, reverse=True)
            as_later, as_earlier = _weight(case, later, earlier), _weight(case, earlier, later)
            odd, right = (later, earlier) if as_later >= as_earlier else (earlier, later)
            if max(as_later, as_earlier) >= _ENOUGH:
                yield _finding(case, odd, right)


def _in_either(ones: Mapping[str, Sequence[Figure]], others: Mapping[str, Sequence[Figure]]) -> dict[str, list[Figure]]:
    """The values that are told in one of two units only: one may be the other's slip."""
    return {value: [*ones.get(value, ()), *others.get(value, ())] for value in sorted(ones.keys() ^ others.keys())}


def _alike(told: Mapping[str, Sequence[Figure]]) -> Iterator[tuple[_Told, _Told]]:
    """The pairs of values that one slip parts; of rates, which are few digits near each other, by two digits swapped only."""
    forms: dict[str, list[str]] = {}
    for value in told:
        if len(digits_of(value).rstrip("0")) >= _DIGITS or len(digits_of(value)) > _DIGITS:
            for form in _forms(value):
                forms.setdefault(form, []).append(value)
    pairs = {pair for values in forms.values() for pair in itertools.combinations(sorted(values), 2)}
    for one, other in sorted(pairs):
        digits = max(len(digits_of(value).rstrip("0")) for value in (one, other))
        kinds = (SWAPPED,) if told[one][0].unit in RATES else (SWAPPED, REPLACED)
        if digits >= _DIGITS and slip(one, other) in kinds:
            yield _Told(one, told[one]), _Told(other, told[other])


def _forms(value: str) -> Iterator[str]:
    """What a value and every other that one slip makes of it have in common: all but one digit, or all digits in order of size."""
    for place, character in enumerate(value):
        if character.isdigit():
            yield f"{value[:place]}*{value[place + 1 :]}"
    yield "".join(sorted(value))


def _weight(case: Case, odd: _Told, right: _Told) -> int:
    """What speaks for one value being a slip of the other, less what speaks against it."""
    if any(a.sentence == b.sentence for a, b in itertools.product(odd.mentions, right.mentions)):
        return 0
    if not _of_one_year(odd, right) or _of_two_sides(odd, right) or _are_two(case, odd, right):
        return 0
    digits = max(len(digits_of(told.value).rstrip("0")) for told in (odd, right))
    swapped = slip(odd.value, right.value) == SWAPPED
    mended, words = _by_equations(case, odd, right, few=digits <= _DIGITS), _by_words(case, odd, right)
    if mended < _MENDED and (not words or (digits < _MANY and not swapped and words < _NAMED)):
        return 0
    apart = _aimed(odd).isdisjoint(_aimed(right)) or _is_budget(odd) != _is_budget(right)
    alike = words > 1 and mended >= 0 and not apart
    return (
        mended
        + words
        + min(digits, _SURE)
        - _MANY
        + 1
        + swapped * (_SWAPPED_ALIKE if alike else 1)
        + (abs(odd.number - right.number) * _CLOSE <= max(odd.number, right.number))
        + (len(right.mentions) > 1)
        - 2 * (len(odd.mentions) > 1)
        - 2 * apart
        - 2 * any(_is_last_years(case, told.mentions[0]) for told in (odd, right))
        - (odd.mentions[0].unit in RATES)
    )


def _aimed(told: _Told) -> set[bool]:
    """Whether a value is told as an aim, as what came of it, or as both."""
    return {figure.aim for figure in told.mentions}


_SWAPPED_ALIKE = 3  # weight of two digits swapped where words are the same
_MENDED, _AROUND = 4, 2  # weight of an equation that the other value makes in a sentence, and in a paragraph
_AGAINST = 5  # weight of an equation that a value makes where it stands
_NAMED = 4  # weight of words by which two values have one name


def _by_equations(case: Case, odd: _Told, right: _Told, *, few: bool) -> int:
    """For: the other value makes an equation where this one stands, and where it stands itself. Against: this one makes one.

    Of few digits an equation says less.
    """
    place = odd.mentions[0]
    mends = _only(place, right.number, odd.number, beside(case, place))
    mends_around = mends or _only(place, right.number, odd.number, around(case, place))
    holds = any(
        _only(f, odd.number, right.number, beside(case, f)) or _is_product(f, beside(case, f))
        for f in odd.mentions[:_MOST]
    )
    holds_around = holds or any(_only(f, odd.number, right.number, around(case, f)) for f in odd.mentions[:_MOST])
    if holds_around and any(_is_product(f, beside(case, f)) for f in right.mentions[:_MOST]):
        return -_AGAINST  # each is what the figures beside it make
    proved = any(_only(f, right.number, odd.number, beside(case, f)) for f in right.mentions[:_MOST])
    return (
        (_MENDED // (1 + few) if mends else _AROUND * mends_around) - (_AGAINST if holds else 2 * holds_around) + proved
    )


def _only(place: Figure, value: Decimal, other: Decimal, near: Sequence[Figure]) -> bool:
    """Whether a value makes an equation with the figures near a place that another does not make."""
    return bool(equations(place, value, near) - equations(place, other, near))


def _is_product(place: Figure, near: Sequence[Figure]) -> bool:
    """Whether an amount is what a price and a number beside it make: 「286万平方米、每平方米3.21元……测算918.06万元」."""
    read = [f.quantity for f in near if f.quantity is not None and f.quantity.number]
    amount = place.quantity
    if amount is None or dimension(amount.unit) != "money":
        return False
    prices = [in_unit(q, "元") for q in read if q.unit == "元" and q.span != amount.span]
    counts = [counted(q) for q in read if dimension(q.unit) not in NO_COUNTS and counted(q) > 1]
    return any(price * count == in_unit(amount, "元") for price in prices for count in counts)


def _by_words(case: Case, odd: _Told, right: _Told) -> int:
    """How much the words around the two values, of the clause and of the data item, are the same."""
    pairs = list(itertools.product(odd.mentions[:_MOST], right.mentions[:_MOST]))
    read = [(a.quantity, b.quantity) for a, b in pairs if a.quantity is not None and b.quantity is not None]
    shared = max((least for least in (4, 2, 1) if any(same_thing(case, a, b, least) for a, b in pairs)), default=0)
    clause = max(len(_clause(case, a) & _clause(case, b)) for a, b in pairs)
    item = any(a.item and a.item == b.item for a, b in read)
    behind = max(len(_behind(case, a) & _row(case, b)) for a, b in pairs) >= _NAMES_A_ROW
    return (shared + 1) // 2 + min(clause, 2) + item + _FOR_ITS_ROW * behind


_NAMES_A_ROW, _FOR_ITS_ROW = 3, 2  # pairs of characters that name a row, and the weight of them
_AHEAD = 14  # characters behind a figure that may name what it counts


def _behind(case: Case, figure: Figure) -> frozenset[str]:
    """The pairs of characters right behind a figure of running text: 「653名残疾人适配辅助器具」."""
    match = _WORDS.match(case.flat, figure.span.end, figure.span.end + _AHEAD)
    return pairs_of(match[0]) if match is not None and not case.in_table(figure.span.start) else frozenset()


_WORDS = pattern(r"[\u4e00-\u9fff]{4,}")


def _row(case: Case, figure: Figure) -> frozenset[str]:
    """The pairs of characters of the row before a figure of a table."""
    if not case.in_table(figure.span.start):
        return frozenset()
    return pairs_of(
        _SAYS_LITTLE.sub(" ", case.flat[case.flat.rfind("\n", 0, figure.span.start) + 1 : figure.span.start])
    )


_SAYS_LITTLE = pattern(r"[^\u4e00-\u9fff]|年初|全年|实际|累计|年度|目标|计划|其中|金额")


def _clause(case: Case, figure: Figure) -> frozenset[str]:
    """The pairs of characters of a figure's own clause before it."""
    start = max(case.flat.rfind(mark, figure.sentence.start, figure.span.start) for mark in ",;。:(\t、\n")
    return pairs_of(_SAYS_LITTLE.sub(" ", case.flat[max(start + 1, figure.sentence.start) : figure.span.start]))


def _are_two(case: Case, odd: _Told, right: _Told) -> bool:
    """Whether the report tells both, as two things."""
    ones, others = ([f.quantity for f in told.mentions if f.quantity is not None] for told in (odd, right))
    if ones and others and dimension(ones[0].unit) == "money":
        return any(both_right(case, one, others) or of_one_alone(case, one, others) for one in ones)
    return any(
        two_things(case, one, other)
        or in_one_breath(case, one, other)
        or changed_by(case, one, other)
        or named_apart(case, one, other)
        for one, other in itertools.product(ones, others)
    )


def _of_one_year(odd: _Told, right: _Told) -> bool:
    """Whether the two values may be of one year: some mention of each says so, or none says of which it is."""
    years = [{f.quantity.year for f in told.mentions if f.quantity is not None} for told in (odd, right)]
    return not all(years) or not years[0].isdisjoint(years[1])


def _of_two_sides(odd: _Told, right: _Told) -> bool:
    """Whether one value is told as a budget and the other as what was spent, or the two as two items of the dictionary."""
    sides, items = (
        [
            {word for f in told.mentions if f.quantity is not None and (word := getattr(f.quantity, name))}
            for told in (odd, right)
        ]
        for name in ("about", "item")
    )
    return any(all(words) and words[0].isdisjoint(words[1]) for words in (sides, items))


def _is_budget(told: _Told) -> bool:
    return any(f.quantity is not None and f.quantity.about == "预算" for f in told.mentions)


def _is_last_years(case: Case, figure: Figure) -> bool:
    """Whether the year that its sentence names last before a figure is not the evaluated one."""
    named = _YEAR.findall(case.flat, figure.sentence.start, figure.span.start)
    return bool(named) and named[-1] not in ("本年", f"{case.year}年")


def _finding(case: Case, odd: _Told, right: _Told) -> Finding:
    at, other = odd.mentions[0], right.mentions[0]
    how = "两个数字前后颠倒" if slip(odd.value, right.value) == SWAPPED else "差一位数字"
    message = f"这里写{odd.value}{at.unit}，另一处写{right.value}{at.unit}，{how}，应是同一个数"
    return case.finding("R08", at.shown, message, stated=odd.value, recomputed=right.value, also=(other.shown,))
