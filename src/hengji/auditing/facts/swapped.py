"""R08: two digits changed places."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hengji.auditing.around import same_thing, told_seldom
from hengji.auditing.case import Case
from hengji.auditing.facts.amounts import by_rates, of_two_lines
from hengji.auditing.facts.backing import (
    NO_COUNT,
    made_in_paragraph,
    made_of_others,
    made_there,
    of_heads,
    stands,
    two_things,
)
from hengji.auditing.numbers import in_unit
from hengji.auditing.rates.for_one import told_for_one
from hengji.auditing.slips import digits_of, swapped
from hengji.auditing.sums.gaps import told_gap
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_FEW = 2
_DIGITS = 5  # digits of an amount: fewer are alike by chance


def swapped_digits(case: Case) -> Iterator[Finding]:
    """R08: an amount told once whose digits are those of one told twice, two of them swapped."""
    money = [q for q in case.found.quantities if q.unit == "万元" and q.year == case.year and q.about != "目标"]
    counted: dict[str, list[Quantity]] = {}
    for quantity in money:
        digits = quantity.value.replace(",", "")
        if len(digits.replace(".", "")) >= _DIGITS - _FEW:
            counted.setdefault(digits, []).append(quantity)
    alike: dict[str, list[str]] = {}
    for digits in counted:
        alike.setdefault("".join(sorted(digits)), []).append(digits)
    for family in alike.values():
        for odd in family if len(family) == _FEW else ():
            right = next(other for other in family if other != odd)
            places = [n for n, (a, b) in enumerate(zip(odd, right, strict=False)) if a != b]
            one = counted[odd][0]
            told = counted[right]
            if both_right(case, one, told) or of_one_alone(case, one, told) or of_heads(case, one):
                continue
            made = made_there(case, one, counted[right][0].number)
            if not made and all(_of_two_matters(case, one, other) for other in told):
                continue
            few = len(digits_of(odd)) < _DIGITS
            if len(digits_of(odd)) < _DIGITS - 1 and not (made and _of_one_name(one, told)):
                continue
            bare = (
                not (one.name or one.item)
                and len(counted[right]) > 1
                and len(odd.replace(".", "").strip("0")) >= _DIGITS
            )
            near = made or (
                places[-1] - places[0] <= _FEW
                and (bare or any(_one_thing(case, one, q, few=few) for q in counted[right]))
            )
            if len(counted[odd]) == 1 and len(places) == _FEW and near and (
                made or len(counted[right]) > 1 or one.table or counted[right][0].span < one.span
            ):  # fmt: skip
                first = counted[right][0]
                if len(counted[right]) == 1 and not made:
                    first, one = _by_sums(money, *by_rates(case, first, one))
                named = f"“{one.name}”" if one.name else ""
                message = f"{named}这里是{one.value}万元，另一处是{first.value}万元，两个数字前后颠倒"
                yield case.finding(
                    "R08", one.span, message, stated=one.value, recomputed=first.value, also=(first.span,)
                )
                break


def _of_one_name(one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the name of an amount ends in another's, or that in it: 「公务用车运行维护费8.70万元」, 「全年运行维护费7.80万元」."""
    return any(
        min(len(one.name), len(q.name)) > _FEW and (one.name.endswith(q.name) or q.name.endswith(one.name))
        for q in others
    )


def both_right(case: Case, one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether one passage tells both amounts, as a budget and what was spent of it, or their gap, or each makes a sum where it stands."""
    return any(
        two_things(case, one, other)
        or _of_two_sources(one, other)
        or of_two_lines(case, one, other)
        or told_gap(case, (one, other), abs(in_unit(one, "万元") - in_unit(other, "万元")), "万元", near_by=True)
        for other in others
    )


def _of_two_sources(one: Quantity, other: Quantity) -> bool:
    """Whether the names of two amounts say that each comes from another level of government: 「省级资金」, 「县级配套」."""
    levels = [set(_LEVEL.findall(q.name)) for q in (one, other)]
    return all(levels) and levels[0].isdisjoint(levels[1])


_LEVEL = pattern("中央|[省市县区乡镇]级")


def of_one_alone(case: Case, one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether an amount is told for each of many and the other is not: 「单座420万元，其中柳沟水库402万元」."""
    single = {each.told.span for each in told_for_one(case)}
    return len({q.span in single for q in (one, *others)}) > 1


def _one_thing(case: Case, one: Quantity, other: Quantity, *, few: bool) -> bool:
    """Whether the names of two amounts, their data item or the words around them say that they are one; of few digits only the words do."""
    if few:
        return one.sentence != other.sentence and same_thing(case, one, other, _COUNTED)
    return (
        (
            one.about == other.about
            and len(digits_of(one.value).strip("0")) > _COUNTED
            and same_thing(case, one, other, 1 if len(digits_of(one.value).strip("0")) > _SURE else _COUNTED)
        )
        or _share_words(one.name, other.name)
        or (one.about != "预算" and _told_in(case, other.name, one))
        or _same_tail(one.name, other.name)
        or (one.item != "" and one.item == other.item)
        or (one.item == other.item and one.about == other.about and same_thing(case, one, other))
    )


def _share_words(one: str, other: str) -> bool:
    """Whether two names have a run of characters in common that is long enough to name a thing."""
    return any(one[at : at + _RUN] in other for at in range(len(one) - _RUN + 1))


_RUN = 6


def _told_in(case: Case, name: str, quantity: Quantity) -> bool:
    """Whether the sentence before an amount tells the thing that another is named by, in whatever order of words."""
    words = pairs_of(name)
    before = pairs_of(case.flat[quantity.sentence.start : quantity.span.start])
    return len(words) >= _NAMING and len(words & before) * 5 >= len(words) * 4


_SURE = 5  # digits: more are alike with two of them swapped by no chance
_NAMING = 5  # pairs of characters of a name that no other thing has


def _by_sums(money: list[Quantity], one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Of two values the right one first: the one that makes a third amount with another one told, where only one does."""
    values = {q.number for q in money if q.number}

    def backed(quantity: Quantity) -> bool:
        return any(whole - quantity.number in values for whole in values if whole > quantity.number)

    return (other, one) if backed(other) and not backed(one) else (one, other)


def swapped_counts(case: Case) -> Iterator[Finding]:
    """R08: a count told twice of the same thing, two of its digits swapped: 「培训教师1,680人次」 and 「全年培训教师1,860人次」."""
    counts: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        money = dimension(quantity.unit) == "money" and not _counts_thousands(case, quantity)
        if quantity.about == "目标" or quantity.year != case.year or money:
            continue
        digits = quantity.value.replace(",", "").replace(".", "")
        if (quantity.unit in NO_COUNT and not (quantity.unit == "%" and len(digits) > _COUNTED)) or len(digits) < (
            _FEW if quantity.unit.startswith("万") or _DONE.search(quantity.name) else _COUNTED
        ):
            continue
        if len(set(digits)) > 1:
            unit = "人" if quantity.unit in _PEOPLE else quantity.unit
            counts.setdefault((unit, "".join(sorted(digits))), []).append(quantity)
    for mentions in counts.values():
        values = {q.value.replace(",", ""): q for q in reversed(mentions)}
        if len(values) != _FEW:
            continue
        one, other = sorted(values.values(), key=lambda q: (not q.table, q.span.start))
        if (
            not _one_swap(one.value, other.value)
            or (len(digits_of(one.value)) < _COUNTED and not one.unit.startswith("万") and one.name != other.name)
            or not (
                (
                    one.unit != "%"
                    and _by_no_chance(one.value, other.value, _COUNTED + 1)
                    and not (made_of_others(case, one) and made_of_others(case, other))
                )
                or (
                    one.unit == other.unit
                    and (
                        same_thing(case, one, other, 1 if len(digits_of(one.value)) > _COUNTED else _SHARES)
                        or _named_by_its_leaf(case, one, other)
                    )
                )
            )
            or (
                named_apart(case, one, other)
                and not _by_no_chance(one.value, other.value, _COUNTED + 1)
                and not (len(digits_of(one.value)) > _COUNTED and same_thing(case, one, other, _SHARES))
            )
            or (other.table and not _in_prose(case, other))
            or in_one_breath(case, one, other)
            or changed_by(case, one, other)
            or _leave_a_third(case, one, other)
            or two_things(case, one, other)
            or all(stands(case, q) or made_of_others(case, q) for q in (one, other))
            or (one.unit == "%" and made_in_paragraph(case, one) and made_in_paragraph(case, other))
            or (one.unit == "%" and not (swapped(one.value, other.value) and one.name[-_TAIL:] == other.name[-_TAIL:]))
        ):
            continue
        turns = ((one, other), (other, one))
        made = [made_of_others(case, q) or made_there(case, wrong, q.number) for q, wrong in turns]
        if made == [False, True] or (made[0] == made[1] and _told_more(case, other, one)):
            one, other = other, one
        elif one.table is not other.table and made_of_others(case, other) == made_of_others(case, one):
            rare = told_seldom(case, one, other)
            one, other = (other, one) if rare is one else (one, other)
        message = f"这里写{other.value}{other.unit}，另一处写{one.value}{one.unit}，两个数字前后颠倒"
        yield case.finding("R08", other.span, message, stated=other.value, recomputed=one.value, also=(one.span,))


def _in_prose(case: Case, quantity: Quantity) -> bool:
    """Whether the cell of a figure holds running text: the report in the cells of a workbook."""
    at = quantity.span.start
    start = max(case.flat.rfind("\t", 0, at), case.flat.rfind("\n", 0, at)) + 1
    return _PROSE.match(case.flat, start, quantity.sentence.end + 1) is not None


_PROSE = pattern(r"[^\t\n]{40,}|[^\t\n]*。[^\t\n]+")


def _by_no_chance(one: str, other: str, digits: int) -> bool:
    """Whether two figures of so many digits, zeros at their end left out, are alike but for two neighbours that changed places."""
    a, b = digits_of(one), digits_of(other)
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return (
        _one_swap(one, other)
        and len(a.rstrip("0")) >= digits
        and apart[-1] - apart[0] == 1
        and apart[0] > 0  # the first digit is written with care
    )


def _counts_thousands(case: Case, quantity: Quantity) -> bool:
    """Whether ten thousands are of something that is counted, and no money: 「63.2万页」."""
    return quantity.unit == "万" and _COUNTER.match(case.flat, quantity.span.end) is not None


_COUNTER = pattern(r"万?[页字份条亩株尾头只张件册卷米吨次农居群]")


def _told_more(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the report writes the value of one figure more often than that of the other."""
    plain = case.flat.replace(",", "")
    counts = [
        len(re.findall(rf"(?<![\d.]){re.escape(q.value.replace(',', ''))}(?![\d.]*\d)", plain)) for q in (one, other)
    ]
    return counts[0] > counts[1]


def _named_by_its_leaf(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the leaf of one of two figures of ten thousands is named by what the words right before the other say: 「数字化扫描量」, 「共扫描62.3万页」."""
    items = [case.item_at(q.span.start) for q in (one, other)]
    named = [item for item in items if item is not None]
    if len(named) != 1 or not one.unit.startswith("万") or len(digits_of(one.value)) < _COUNTED:
        return False
    bare = other if items[0] is not None else one
    clause = re.split(r"[,。;:、\n\t]", case.flat[max(0, bare.span.start - _LEAD) : bare.span.start])[-1]
    alike = case.flat[one.span.end : one.span.end + 2][-1:] == case.flat[other.span.end : other.span.end + 2][-1:]
    return alike and not pairs_of(clause).isdisjoint(pairs_of(named[0].name))


def in_one_breath(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether no full stop stands between two figures, nor the end of a paragraph or cell: nobody tells one count twice there."""
    first, last = sorted((one, other), key=lambda q: q.span.start)
    between = case.flat[first.span.end : last.span.start]
    return one.sentence == other.sentence or not any(end in between for end in "。\n\t")


def changed_by(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether a sentence of one of two counts tells by how much it became the other: 「净增36户，年初入住2304套」, 「计划3.0万亩，建成2.7万亩」."""
    gap, values = abs(one.number - other.number), {one.number, other.number}
    gaps = [
        q for q in case.found.quantities if q.number == gap and dimension(q.unit) != "money" and q.unit not in NO_COUNT
    ]
    places = (one.sentence, other.sentence)
    return any(
        q.sentence in places
        or (q.unit == one.unit and any(b.number in values for b in case.by_sentence.get(q.sentence, ())))
        for q in gaps
    )


def _leave_a_third(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether a count told beside one of two is what they make together: 「任务1.20万亩，完成1.05万亩」 and 「0.15万亩没有开工」."""
    places, total = (one.sentence, other.sentence), one.number + other.number
    return any(q.unit == one.unit and q.number == total and q.sentence in places for q in case.found.quantities)


def _named_by_the_one_before(case: Case, quantity: Quantity) -> bool:
    """Whether the words before a figure are those counted right before it: 「村道硬底化12个自然村、16.2公里」."""
    return (
        re.search(r"\d\s?[\u4e00-\u9fff]{2,8}[、,]\s?$", case.flat[quantity.sentence.start : quantity.span.start])
        is not None
    )


def named_apart(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether two counts are each named, themselves or by their leaf, with no two characters in common: 「河长132名」, 「巡河员123名」."""
    items = [case.item_at(quantity.span.start) for quantity in (one, other)]
    names = [q.name + (item.name if item is not None else "") for q, item in zip((one, other), items, strict=True)]
    named = all(pairs_of(q.name) and not _named_by_the_one_before(case, q) for q in (one, other))
    return named and pairs_of(names[0]).isdisjoint(pairs_of(names[1]))


def _of_two_matters(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are named apart and the clauses they stand in share nothing either: 「执法检查与专家服务96.80万元」, 「行政处罚98.60万元」."""
    if any(_SPENT.fullmatch(q.name) for q in (one, other)):
        return False
    return named_apart(case, one, other) and pairs_of(_clause(case, one)).isdisjoint(pairs_of(_clause(case, other)))


def _clause(case: Case, quantity: Quantity) -> str:
    """The words of the clause of a figure, its name included, a few of them behind it: 「投入286.00万元完成生活垃圾分类」."""
    lead = _ENDS.split(case.flat[quantity.sentence.start : quantity.span.start])[-1]
    return f"{quantity.name} {lead} {_ENDS.split(case.flat[quantity.span.end : quantity.span.end + _LEAD])[0]}"


_ENDS = pattern(r"[,。;:、\n\t]")
_SPENT = pattern(
    r"(?:共|累计|全年|合计|总)*(?:投入|使用|支付|落实|争取|筹措)(?:资金|经费)?"
)  # names no thing of its own
_DONE = pattern(r"^(?:立案|办结|处置|查处|新增|培训|检查|整改|受理|化解|救助|安置|建成|改造)[\u4e00-\u9fff]{0,6}$")
_PEOPLE = ("人", "名", "人次")
_TAIL = 3  # characters that end the name of a rate
_COUNTED = 3  # digits of a count: fewer are alike by chance
_SHARES = 2  # pairs of characters by which the two speak of one thing
_LEAD = 22  # characters before a count that say what it counts


_DIVIDED = pattern(r"[(](?P<top>\d[\d,]{3,})\s?[/÷]\s?(?P<bottom>\d[\d,]{3,})[)]")


def swapped_in_division(case: Case) -> Iterator[Finding]:
    """R08: a number in a division (「复核率100%（12,486/12,486）」) whose digits are those of a count told of the same thing, two of them swapped."""
    divisions = list(_DIVIDED.finditer(case.flat))
    counts = [
        q
        for q in (case.found.quantities if divisions else ())
        if dimension(q.unit) != "money" and q.unit not in NO_COUNT and len(digits_of(q.value)) > _COUNTED
    ]
    for match in divisions:
        sentence = case.text(case.sentence(match.start()))
        for count in counts:
            written = match["bottom"].replace(",", "")
            if not _one_swap(written, count.value) or written == count.value.replace(",", ""):
                continue
            around = re.sub(r"[^\u4e00-\u9fff]", " ", case.flat[max(0, count.span.start - _LEAD) : count.span.start])
            pairs = {around[k : k + 2] for k in range(len(around) - 1) if " " not in around[k : k + 2]}
            if sum(pair in sentence for pair in pairs) >= _SHARES:
                message = f"这里按{match['bottom']}计算，另一处写{count.value}{count.unit}，两个数字前后颠倒"
                span = Span(match.start(), match.end())
                yield case.finding(
                    "R08", span, message, stated=match["bottom"], recomputed=count.value, also=(count.span,)
                )
                break


def _one_swap(left: str, right: str) -> bool:
    a, b = (value.replace(",", "") for value in (left, right))
    places = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y and x.isdigit() and y.isdigit()]
    return len(a) == len(b) and len(places) == _FEW and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]


_SAYS_NOTHING = pattern(r"[\s\"“”]|年初|全年|实际|政府|财政|预算|支出|决算|收入|金额|资金|经费|合计|数|额")


@lru_cache(maxsize=1024)
def _same_tail(left: str, right: str) -> bool:
    """Whether two names end alike and what else they say shares a pair of characters; names that say nothing else only end alike."""
    a, b = (re.sub(r"[\s\"“”]|(?:数|额|合计|金额)$", "", name) for name in (left, right))
    if not a or a[-2:] != b[-2:]:
        return False
    one, other = (_SAYS_NOTHING.sub("", name) for name in (left, right))
    return len(one) < _FEW or len(other) < _FEW or any(one[k : k + 2] in other for k in range(len(one) - 1))
