"""R08: one value throughout."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.facts.backing import adds_up, made_there, two_things
from hengji.auditing.ledger import PLANNED, SPENT, WHOLE, Entry
from hengji.auditing.numbers import common_unit, differ, in_unit, number, ratio_fits
from hengji.auditing.sums.gaps import told_gap
from hengji.model.extraction import DocumentKind, Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_CENT = Fraction(1, 100)
_FEW = 2
_TEN_THOUSAND = 10_000


def one_value(case: Case) -> Iterator[Finding]:
    """R08: one quantity has one value wherever it is told; a cent apart is a note."""
    groups: dict[tuple[str, int, str, str, str], list[Quantity]] = {}  # the last: what its unit measures
    for quantity in case.found.quantities:
        if quantity.about == "目标" or "按" in quantity.name:
            continue
        of_subject = quantity.scope == "科目" or quantity.name.endswith("支出决算") or quantity.item == "年初预算数"
        if case.found.kind is DocumentKind.ACCOUNTS and (of_subject or quantity.table):
            continue  # accounts tell it of every subject in turn, and their tables of every kind of money
        name = quantity.item or (quantity.name if _own_name(case, quantity) else "")
        if name:
            about = "" if quantity.item else quantity.about
            measure = dimension(quantity.unit) or quantity.unit
            groups.setdefault((name, quantity.year, about, quantity.scope, measure), []).append(quantity)
    for (name, *_), mentions in groups.items():
        if len({(q.number, q.unit) for q in mentions}) < _FEW:
            continue
        odd = _odd_one([q for q in mentions if not qualified(case, q)])
        if odd is None or _of_two_units(case, *odd) or two_things(case, *odd) or _of_two_stages(case, *odd):
            continue
        one, other = by_rates(case, *odd) if len(mentions) == _FEW else odd
        unit = common_unit((one, other))
        gap = abs(in_unit(one, unit) - in_unit(other, unit))
        if told_gap(case, (one, other), gap, unit):
            continue
        if gap in (in_unit(one, unit), in_unit(other, unit)) and min(in_unit(one, unit), in_unit(other, unit)) == 0:
            continue
        if gap and _slipped(one, other):
            yield case.finding(
                "R12",
                other.span,
                f"“{name}”这里是{other.value}{other.unit}，另一处是{one.value}{one.unit}，相差正好是单位或小数点的倍数",
                stated=f"{other.value}{other.unit}",
                recomputed=f"{one.value}{one.unit}",
                also=(one.span,),
            )
            continue
        if not _meant_alike(one, other, own=not one.item) or (not one.item and of_other_wholes(case, one, other)):
            continue
        small = dimension(unit) == "money" and gap <= _CENT
        yield case.finding(
            "R08",
            other.span,
            f"“{name}”这里是{other.value}{other.unit}，另一处是{one.value}{one.unit}，相差{number(gap, 6)}{unit}；同一份报告只用一个数",
            severity=Severity.STYLE if small else None,
            stated=f"{other.value}{other.unit}",
            recomputed=f"{one.value}{one.unit}",
            also=(one.span,),
        )


def _of_two_units(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether two counts stand in one paragraph, and so are those of one unit after another."""
    money = dimension(common_unit((one, other))) == "money"
    return not money and case.paragraph(one.span.start) == case.paragraph(other.span.start)


def of_two_lines(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the ledger has two amounts in two lines of money: what all cost, and the budget of a part."""
    told = _in_ledger(case)
    first, second = told.get(one.span), told.get(other.span)
    return first is not None and second is not None and first.line != second.line


def _of_two_stages(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether the ledger has two amounts of one line in two stages: first budget, later one, spent."""
    told = _in_ledger(case)
    first, second = told.get(one.span), told.get(other.span)
    if first is None or second is None:
        return False
    stages = {_STAGES.get(entry.stage, "") for entry in (first, second)}
    spent = SPENT in (first.stage, second.stage)
    return "" not in stages and len(stages) > 1 and (not spent or all(_says_stage(case, e) for e in (first, second)))


def _says_stage(case: Case, entry: Entry) -> bool:
    """Whether the sentence of an amount says itself that it was planned, or does not speak of a budget where it was spent."""
    sentence = case.sentence(entry.span.start)
    budget = "预算" in case.flat[sentence.start : entry.span.start]
    return entry.table or budget is (entry.stage != SPENT)


_STAGES = {"年初": "first", "全年": "last", "调整": "last", SPENT: "spent"}


@once
def _in_ledger(case: Case) -> dict[Span, Entry]:
    return {entry.span: entry for entry in case.ledger}


# What makes a figure another one than its name says: a part, another stage of the year, other money.
_QUALIFIES = pattern(
    r"调整(?:后|为|到|至|预算)|追加|调增|调减|其中|新增|上级|本级|省级|中央|市级|截[至止](?!\s?(?:20\d\d\s?年\s?)?(?:12\s?月|年?[底末]))|(?<!\d)(?:[1-9]|1[01])\s?月(?:底|末|份)|季度|上半年|下半年|月末|剔除|扣除|不含|除去|未支出|结余|收回|项目(?:批复|预算)|批复预算"
    r"|列入|继续|目标|计划|预计|拟|上年|去年|变更|单位[:：]|局机关|机关本级|下属|所属|二级单位|平均|人均"
)


def qualified(case: Case, quantity: Quantity) -> bool:
    """Whether words of its own clause limit a figure, so that it is not the plain quantity its name means.

    A figure of an own name (a project's) may stand in a list of parts.
    """
    start = max(
        case.flat.rfind(mark, quantity.sentence.start, quantity.span.start) for mark in (";", "。", "\n", "分:")
    )
    lead = case.flat[
        max(
            start + 1, quantity.sentence.start, quantity.span.start - (_LEAD if quantity.item else _LEAD // 2)
        ) : quantity.span.start
    ]
    after = case.flat[quantity.span.end : quantity.span.end + 8]
    words = [m[0] for m in _QUALIFIES.finditer(lead)]
    if not quantity.item:
        words = [word for word in words if word not in ("其中", "项目预算")]
    else:
        own = quantity.name
        words = [word for word in words if word not in own]
        if quantity.table or _ENDS_A_LIST.search(lead):
            words = [word for word in words if word != "其中"]
    before = case.flat[quantity.sentence.start : quantity.span.start]
    if quantity.item and quantity.about == "实际" and _BUDGETED.search(before) and not _SPENT.search(before):
        return True  # one of the parts of a budget
    return bool(words) or re.match(r"[,]?(?:将|拟|继续|结转|列入)", after) is not None


_ENDS_A_LIST = pattern(r"[,;](?:年末|年底|合计|共)[^,、]{0,8}$")  # behind the parts of another whole
_BUDGETED, _SPENT = pattern("预算(?:收入|支出|总额|安排)"), pattern("决算|实际|执行|完成|实支")
_LEAD = 44  # characters before a figure in which such a word stands
_CLOSE = Fraction(15, 100)


def _meant_alike(one: Quantity, other: Quantity, *, own: bool) -> bool:
    """Whether two figures are near enough to be one that was mistyped: close, or alike in their digits."""
    unit = common_unit((one, other))
    a, b = in_unit(one, unit), in_unit(other, unit)
    left, right = (re.sub(r"\D", "", q.value) for q in (one, other))
    alike = len(left) == len(right) and (
        sorted(left) == sorted(right) or sum(x != y for x, y in zip(left, right, strict=True)) == 1
    )
    return alike or (not own and abs(a - b) <= max(abs(a), abs(b)) * _CLOSE)


def of_other_wholes(case: Case, one: Quantity, other: Quantity) -> bool:
    """Whether two figures are listed as parts of two different amounts: one line of work paid from two sources."""
    wholes = [_whole_of(case, quantity) for quantity in (one, other)]
    return None not in wholes and wholes[0] != wholes[1]


def _whole_of(case: Case, quantity: Quantity) -> Fraction | None:
    """The last amount before the 「其中」 of its paragraph behind which a figure stands."""
    start = case.paragraph(quantity.span.start).start
    listed = case.flat.rfind("其中", start, quantity.span.start)
    before = [
        q
        for q in case.found.quantities
        if listed >= 0 and start <= q.span.start < listed and dimension(q.unit) == "money"
    ]
    return in_unit(before[-1], "万元") if before else None


_NAMED = pattern(r"[\u4e00-\u9fff“”\"]{5,}")
_COMMON = pattern(
    r"^完成|^(?:其中|合计|小计|增加|减少|支付|完成|开展|组织|累计|共|投入|安排|执行率|完成率|项目(?:资金|支出|预算).*)$|人均|标准|单价|每|同比|增长|下降|占|较|比|年初目标|得分|[、和与及]"
)


def _own_name(case: Case, quantity: Quantity) -> bool:
    """Whether a name that is no data item is so specific that two values of it contradict each other."""
    return (
        (quantity.unit == "%" or dimension(quantity.unit) == "money")
        and not quantity.table
        and bool(_NAMED.fullmatch(quantity.name))
        and not _COMMON.search(quantity.name)
        and not case.in_table(quantity.span.start)
    )


def _odd_one(mentions: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The value most mentions have and the first that differs from it; of two the later is the odd one."""
    if len(mentions) < _FEW:
        return None
    common = max(mentions, key=lambda q: (sum(1 for other in mentions if not differ(q, other)), -q.span.start))
    odd = next((q for q in mentions if differ(common, q)), None)
    return (common, odd) if odd is not None else None


def by_rates(case: Case, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Of two values the right one first: the one that makes a stated rate with another amount, where only one does."""
    if dimension(one.unit) != "money":
        return one, other
    rates = [q for q in case.found.quantities if q.unit == "%" and len(q.value.partition(".")[2]) == _FEW and q.number]
    wholes = {in_unit(q, "万元") for q in case.found.quantities if q.item and dimension(q.unit) == "money" and q.number}

    def backed(quantity: Quantity) -> bool:
        value = in_unit(quantity, "万元")
        beside = case.by_sentence.get(quantity.sentence, ())
        near = [in_unit(q, "万元") for q in beside if q is not quantity and dimension(q.unit) == "money" and q.number]
        if any(
            ratio_fits(rate, value, whole) for rate in rates if rate.sentence == quantity.sentence for whole in near
        ):
            return True
        return any(ratio_fits(rate, value, whole) for rate in rates[:_MOST_TRIED] for whole in wholes if whole > value)

    return (other, one) if backed(other) and not backed(one) else (one, other)


_MOST_TRIED = 60


def _slipped(one: Quantity, other: Quantity) -> bool:
    unit = common_unit((one, other))
    a, b = in_unit(one, unit), in_unit(other, unit)
    if not a or not b or dimension(unit) != "money":
        return False
    ratio = max(a, b) / min(a, b)
    if one.unit != other.unit and abs(ratio / _TEN_THOUSAND - 1) < Fraction(1, 10):
        return True
    return any(abs(ratio / power - 1) < Fraction(1, 1000) for power in (10, 100, 1000, 10_000))


def spent_of_one_budget(case: Case) -> Iterator[Finding]:
    """R08: 「“三公”经费预算20.00万元，支出21.40万元」, and of the same budget 「支出18.60万元，未超预算」 elsewhere."""
    pairs: dict[tuple[str, Fraction], list[Entry]] = {}
    own = [e for e in case.ledger if e.year == case.year and e.line != WHOLE and not e.table]
    for plan, spent in itertools.pairwise(own):
        alike = plan.line == spent.line and plan.stage in PLANNED and spent.stage == SPENT
        if alike and case.sentence(plan.span.start) == case.sentence(spent.span.start):
            pairs.setdefault((plan.line, plan.amount), []).append(spent)
    known = {q.span for q in case.found.quantities if q.item}
    for (line, _), told in pairs.items():
        first, last = told[0], told[-1]
        if len({e.amount for e in told}) == _FEW and first.amount != last.amount and last.span not in known:
            message = f"“{line}”支出这里是{last.shown}，另一处是{first.shown}，预算却相同；同一份报告只用一个数"
            stated, right = number(last.amount, 6), number(first.amount, 6)
            yield case.finding("R08", last.span, message, stated=stated, recomputed=right, also=(first.span,))


def same_spending(case: Case) -> Iterator[Finding]:
    """R08: what was spent of the budget and what was spent in all, a little apart: one of the two is mistyped."""
    spent, whole = case.quantities("部门预算资金实际支出"), case.quantities("本年支出合计")
    for quantity in spent:
        near = [
            q
            for q in whole
            if differ(q, quantity) and abs(in_unit(q, "万元") - in_unit(quantity, "万元")) * 100 < in_unit(q, "万元")
        ]
        if near and not any(not differ(q, quantity) for q in whole):
            odd, right = quantity, near[0]
            if not adds_up(case, right) and (adds_up(case, odd) or made_there(case, right, odd.number)):
                odd, right = right, odd
            gap = abs(in_unit(right, "万元") - in_unit(odd, "万元"))
            message = f"实际支出这里是{odd.value}{odd.unit}，另一处总支出是{right.value}{right.unit}，相差{number(gap, 6)}万元"
            yield case.finding("R08", odd.span, message, stated=odd.value, recomputed=right.value, also=(right.span,))
            return


_LOST = pattern(r"(?P<name>[\u4e00-\u9fff“”\"]{2,24}?)(?:指标)?扣\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def lost_points_agree(case: Case) -> Iterator[Finding]:
    """R08: what the conclusion says an indicator lost, against its own paragraph."""
    span = case.chapter_span("自评结论")
    if span is None or "扣" not in case.text(span):
        return
    told = list(_LOST.finditer(case.flat, span.start, span.end))
    lost = {re.sub(r'[“”"]', "", item.name): _lost(case, item) for item in case.found.items} if told else {}
    for match in told:
        name = re.sub(r'[“”"]', "", re.split(r"[、,:和及]", match["name"])[-1])
        own = lost.get(name)
        if own is not None and own != Fraction(match["n"]):
            place = Span(match.end() - len(name) - len(match[0]) + len(match["name"]), match.end())
            message = f"这里写“{name}”扣{match['n']}分，分项里扣{number(own)}分"
            yield case.finding("R08", place, message, stated=match["n"], recomputed=number(own))


def _lost(case: Case, item: ScoredItem) -> Fraction | None:
    if item.points is not None and item.claimed is not None:
        return Fraction(item.points - item.claimed) if item.claimed <= item.points else None  # points were moved in
    found = re.findall(r"扣\s?(\d{1,2}(?:\.\d+)?)\s?分", case.text(item.body))
    return Fraction(found[-1]) if len(found) == 1 and "每" not in case.text(item.body) else None
