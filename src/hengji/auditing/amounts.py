"""R08–R10, R42: one value throughout, budget and spending, money saved."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number, ratio_fits
from hengji.auditing.sums import SUM_ROW, figures_of, only_one, told_gap
from hengji.extracting.grid import Grid
from hengji.library.ties import PairTie, load_ties
from hengji.model.extraction import DocumentKind, Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.units import dimension

_CENT = Fraction(1, 100)
_FEW = 2
_TEN_THOUSAND = 10_000
_TENFOLD = 10


def one_value(case: Case) -> Iterator[Finding]:
    """R08: one quantity has one value wherever it is told; a cent apart is a note."""
    groups: dict[tuple[str, int, str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        of_subject = quantity.scope == "科目" or quantity.name.endswith("支出决算") or quantity.item == "年初预算数"
        if case.found.kind is DocumentKind.ACCOUNTS and (of_subject or quantity.table):
            continue  # accounts tell it of every subject in turn, and their tables of every kind of money
        name = quantity.item or (quantity.name if _own_name(case, quantity) else "")
        if name and quantity.about != "目标" and "按" not in quantity.name:
            about = "" if quantity.item else quantity.about
            groups.setdefault((name, quantity.year, about, quantity.scope), []).append(quantity)
    for (name, _, _, _), mentions in groups.items():
        if len({(q.number, q.unit) for q in mentions}) < _FEW:
            continue
        odd = _odd_one([q for q in mentions if not qualified(case, q)])
        if odd is None:
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
        if not _meant_alike(one, other, own=not one.item):
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


# What makes a figure another one than its name says: a part, another stage of the year, other money.
_QUALIFIES = re.compile(
    r"调整(?:后|为|到|至)|追加|调增|调减|其中|新增|上级|本级|省级|中央|市级|截[至止](?!\s?(?:20\d\d\s?年\s?)?(?:12\s?月|年?[底末]))|(?<!\d)(?:[1-9]|1[01])\s?月(?:底|末|份)|季度|上半年|下半年|月末|剔除|扣除|不含|除去|未支出|结余|收回|项目(?:批复|预算)|批复预算"
    r"|列入|继续|目标|计划|预计|拟|上年|去年|变更|单位[:：]|局机关|机关本级|下属|所属|二级单位|平均|人均"
)


def qualified(case: Case, quantity: Quantity) -> bool:
    """Whether words of its own clause limit a figure, so that it is not the plain quantity its name means.

    A figure of an own name (a project's) may stand in a list of parts.
    """
    start = max(case.flat.rfind(mark, quantity.sentence.start, quantity.span.start) for mark in ";。\n")
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
    return bool(words) or re.match(r"[,]?(?:将|拟|继续|结转|列入)", after) is not None


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


_NAMED = re.compile(r"[\u4e00-\u9fff“”\"]{5,}")
_COMMON = re.compile(
    r"^完成|^(?:其中|合计|小计|增加|减少|支付|完成|开展|组织|累计|共|投入|安排|执行率|完成率|项目(?:资金|支出|预算).*)$|人均|标准|单价|每|同比|增长|下降|占|较|比|年初目标|得分|[、和与及]"
)


def _own_name(case: Case, quantity: Quantity) -> bool:
    """Whether a name that is no data item is so specific that two values of it contradict each other."""
    return (
        bool(_NAMED.fullmatch(quantity.name))
        and not _COMMON.search(quantity.name)
        and (quantity.unit == "%" or dimension(quantity.unit) == "money")
        and not quantity.table
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


def _pair_values(
    case: Case, tie: PairTie
) -> tuple[Quantity, Quantity, list[list[Quantity]], list[list[Quantity]]] | None:
    budget, actual = _near(case, tie.budget), _near(case, tie.actual)
    left = [[only_one(case, item) for item in part] for part in tie.budget_parts]
    right = [[only_one(case, item) for item in part] for part in tie.actual_parts]
    if budget is None or actual is None or any(q is None for part in (*left, *right) for q in part):
        return None
    clean = (
        [[q for q in part if q is not None] for part in left],
        [[q for q in part if q is not None] for part in right],
    )
    return budget, actual, clean[0], clean[1]


def _near(case: Case, item: str) -> Quantity | None:
    """The mention of a whole; mentions that are a cent apart count as one."""
    mentions = case.quantities(item)
    if not mentions:
        return None
    unit = common_unit(mentions)
    spread = max(in_unit(q, unit) for q in mentions) - min(in_unit(q, unit) for q in mentions)
    return mentions[0] if spread <= _CENT * 2 else None


def budget_and_actual(case: Case) -> Iterator[Finding]:
    """R09 and R10: wholes agree while the parts do not: money moved across, or the budget was written from the accounts."""
    told = list(_moved(case))
    if told and not _MOVED_OPENLY.search(case.flat):
        yield from told


_MOVED_OPENLY = re.compile(
    r"(?:项目支出|基本支出|人员经费|公用经费|项目经费|科目|项目之?间)[^。]{0,30}调剂|调剂[^。]{0,30}(?:项目支出|基本支出|人员经费|项目经费|科目|项目资金)|经[^。]{0,24}(?:批复|批准|同意)[^。]{0,30}(?:调整|追加|调增|调减)"
)


def _moved(case: Case) -> Iterator[Finding]:
    for tie in load_ties().pairs:
        values = _pair_values(case, tie)
        if values is None:
            continue
        budget, actual, left, right = values
        unit = common_unit((budget, actual))
        gap = abs(in_unit(budget, unit) - in_unit(actual, unit))
        moved = [_total(a, unit) - _total(b, unit) for a, b in zip(right, left, strict=True)]
        if gap > max(_CENT * 2, in_unit(budget, unit) / 1000) or all(abs(each) <= _CENT for each in moved):
            continue
        if abs(sum(moved, Fraction(0)) - (in_unit(actual, unit) - in_unit(budget, unit))) > _CENT * 3:
            continue
        said = "，".join(
            f"{name}{'多' if each > 0 else '少'}{number(abs(each), 6)}{unit}"
            for name, each in zip(tie.names, moved, strict=True)
        )
        over = max(range(len(moved)), key=lambda index: moved[index])
        yield case.finding(
            "R09",
            right[over][0].span,
            f"预算与支出总额一致，各部分却不一致：与预算相比，{said}，报告没有说明调剂",
            stated=number(_total(right[over], unit), 6),
            recomputed=number(_total(left[over], unit), 6),
        )
        if gap <= _CENT:
            yield case.finding(
                "R10",
                budget.span,
                f"预算合计{number(in_unit(budget, unit), 6)}{unit}与支出一分不差，而各部分不同，预算可能是按决算倒填的",
                stated=number(in_unit(budget, unit), 6),
                recomputed=number(in_unit(actual, unit), 6),
            )
        return
    told = list(_listed_and_actual(case))
    yield from told or _split_twice(case)


_BASIC_PART, _PROJECT_PART = re.compile(r"基本(?:支出|经费)?"), re.compile(r"项目(?:支出|经费|资金)?")


@dataclass(frozen=True, slots=True)
class _Split:
    """A whole told with the basic and the project part that make it."""

    whole: Quantity
    basic: Quantity
    projects: Quantity
    planned: bool
    adjusted: bool = False


def _splits(case: Case) -> Iterator[_Split]:
    """Every whole of the evaluated year that a sentence splits into basic and project spending."""
    for quantities in case.by_sentence.values():
        money = [q for q in quantities if dimension(q.unit) == "money" and q.year == case.year]
        for index, basic in enumerate(money[:-1]):
            after = money[index + 1 :]
            projects = next((q for q in after if _PROJECT_PART.match(q.name)), None)
            if not _BASIC_PART.match(basic.name) or projects is None:
                continue
            total = in_unit(basic, "万元") + in_unit(projects, "万元")
            whole = next((q for q in reversed(money[:index]) if abs(in_unit(q, "万元") - total) <= _CENT), None)
            if whole is not None:
                lead = case.flat[max(whole.sentence.start, whole.span.start - _NAME) : whole.span.start]
                spent = re.search(r"支出|执行|决算|使用", re.sub("基本支出|项目支出|支出预算", "", lead)) is not None
                planned = bool(re.search("预算|调整后", lead)) and not re.search(r"实际|完成|执行|决算", lead)
                if spent != planned:
                    yield _Split(whole, basic, projects, planned, "调整" in lead)


_NAME = 12  # characters before a whole that name it


def _split_twice(case: Case) -> Iterator[Finding]:
    """R09: a whole split into basic and project spending twice, as budget and as spending, one part above its budget.

    The wholes are the same, or less was spent of the budget as it stood last, and still more than planned of the basic part.
    """
    splits = list(_splits(case))
    changed = re.search(r"追加|追减|调增|调减|核增|核减|调整后|调整预算", case.flat) is not None
    for plan in (each for each in splits if each.planned):
        for spent in (each for each in splits if not each.planned):
            gap = in_unit(spent.basic, "万元") - in_unit(plan.basic, "万元")
            other = in_unit(plan.projects, "万元") - in_unit(spent.projects, "万元")
            saved = in_unit(plan.whole, "万元") - in_unit(spent.whole, "万元")
            last = plan.adjusted or not changed
            if abs(gap) <= _CENT * 2 or (abs(saved) > _CENT and not (saved > 0 and last and gap > 0)):
                continue
            more, less = ("基本支出", "项目支出") if gap > 0 else ("项目支出", "基本支出")
            over, planned = (spent.basic, plan.basic) if gap > 0 else (spent.projects, plan.projects)
            kept = "预算与支出总额一致" if abs(saved) <= _CENT else "支出总额没有超过预算"
            yield case.finding(
                "R09",
                over.span,
                f"{kept}，各部分却不一致：{more}比预算多{number(abs(gap), 6)}万元，{less}少{number(abs(other), 6)}万元，报告没有说明调剂",
                stated=over.value,
                recomputed=planned.value,
            )
            return


_OF_BASIC = ("基本支出", "人员经费", "公用经费")
_OF_PROJECTS = ("项目支出", "项目经费")


def _listed_and_actual(case: Case) -> Iterator[Finding]:
    """The same where a list closes with the budget it makes up: 「人员经费…、公用经费…、项目经费…，年初预算合计…」."""
    budget, actual = _near(case, "年初预算数"), _near(case, "本年支出合计")
    basic, projects = only_one(case, "基本支出"), only_one(case, "项目支出")
    if budget is None or actual is None or basic is None or projects is None or differ(budget, actual):
        return
    listed = [q for q in case.by_sentence.get(budget.sentence, []) if q.span.start < budget.span.start]
    parts = {
        names: sum((in_unit(q, "万元") for q in listed if q.name in names), Fraction(0))
        for names in (_OF_BASIC, _OF_PROJECTS)
    }
    planned, moved = parts[_OF_BASIC], in_unit(basic, "万元") - parts[_OF_BASIC]
    if not all(parts.values()) or sum(parts.values()) != in_unit(budget, "万元") or abs(moved) <= _CENT:
        return
    more = basic if moved > 0 else projects
    yield case.finding(
        "R09",
        basic.span,
        f"预算与支出总额一致，各部分却不一致：与预算相比，基本支出{'多' if moved > 0 else '少'}{number(abs(moved), 6)}万元，报告没有说明调剂",
        stated=number(in_unit(basic, "万元"), 6),
        recomputed=number(planned, 6),
    )
    whole = number(in_unit(budget, "万元"), 6)
    message = f"预算合计{whole}万元与支出一分不差，而“{more.name}”比预算多，预算可能是按决算倒填的"
    yield case.finding("R10", budget.span, message, stated=whole, recomputed=whole)


def _total(parts: Iterable[Quantity], unit: str) -> Fraction:
    return sum((in_unit(part, unit) for part in parts), Fraction(0))


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
            gap = abs(in_unit(near[0], "万元") - in_unit(quantity, "万元"))
            message = f"实际支出这里是{quantity.value}{quantity.unit}，另一处总支出是{near[0].value}{near[0].unit}，相差{number(gap, 6)}万元"
            yield case.finding(
                "R08", quantity.span, message, stated=quantity.value, recomputed=near[0].value, also=(near[0].span,)
            )
            return


_LOST = re.compile(r"(?P<name>[\u4e00-\u9fff“”\"]{2,24}?)(?:指标)?扣\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def lost_points_agree(case: Case) -> Iterator[Finding]:
    """R08: what the conclusion says an indicator lost, against its own paragraph."""
    span = case.chapter_span("自评结论")
    if span is None or "扣" not in case.text(span):
        return
    lost = {re.sub(r'[“”"]', "", item.name): _lost(case, item) for item in case.found.items}
    for match in _LOST.finditer(case.flat, span.start, span.end):
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
    return Fraction(found[-1]) if len(found) == 1 and not re.search("每", case.text(item.body)) else None


def columns_swapped(case: Case) -> Iterator[Finding]:
    """R09 in a table: budget and spending agree in the total row while the parts do not."""
    for grid in case.grids:
        for row in range(grid.rows):
            header = grid.row(row)
            budgets = [c for c, text in enumerate(header) if "预算" in text]
            spent = [c for c, text in enumerate(header) if _SPENT.search(text) and c not in budgets] if budgets else []
            if len(spent) != 1 or any(figures_of(grid, row)):
                continue
            yield from _swapped(case, grid, row, budgets[-1], spent[0])
            break


_SPENT = re.compile(r"决算|支出(?:数|金额|\(|$)|执行数")


def _swapped(case: Case, grid: Grid, header: int, budget: int, spent: int) -> Iterator[Finding]:
    rows = [r for r in range(header + 1, grid.rows) if {budget, spent} <= figures_of(grid, r).keys()]
    total = next((r for r in rows if any(SUM_ROW.fullmatch(text) for text in grid.row(r))), None)
    if total is None or re.search("调剂", case.flat):
        return
    whole = figures_of(grid, total)
    moved = {r: figures_of(grid, r)[spent] - figures_of(grid, r)[budget] for r in rows if r != total}
    changed = {r: gap for r, gap in moved.items() if gap}
    if whole[budget] == whole[spent] and len(changed) >= _FEW and sum(changed.values()) == 0:
        over = max(changed, key=lambda r: changed[r])
        message = f"预算与支出合计一致，各部分却不一致：这一行支出比预算多{number(changed[over], 6)}，没有说明调剂"
        yield case.finding(
            "R09", grid.span(over, spent), message, stated=grid.text(over, spent), recomputed=grid.text(over, budget)
        )


def told_and_tabled(case: Case) -> Iterator[Finding]:
    """R08: a count told in words and the same count in a table of indicators, a few per cent apart."""
    items = [(item, figure) for item in case.found.items if (figure := _achieved(case, item)) is not None]
    told = [q for q in case.found.quantities if not q.table and q.about != "目标" and q.year == case.year]
    units = {unit for _, (_, unit) in items}
    goals = list(_goal_cells(case))
    told = [q for q in told if q.unit in units and case.chapter_key(q.span.start) != "绩效目标"]
    told = [q for q in told if not any(span.start <= q.span.start < span.end for span in goals)]
    for item, (value, unit) in items:
        targets = {Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", f"{item.target} {item.actual}".replace(",", ""))}
        alike = [q for q in told if q.unit == unit and not item.span.start <= q.span.start < item.span.end]
        alike = [q for q in alike if _alike(item.name, q.name) or _alike(item.name, _named_behind(case, q))]
        if any(Fraction(q.number) == value for q in alike):
            continue
        for quantity in alike:
            stated = Fraction(quantity.number)
            if stated in targets or abs(stated - value) * 5 > value or _aimed(case, quantity):
                continue
            shown = number(value, 6)
            message = f"“{quantity.name}”这里写{quantity.value}{quantity.unit}，评分表“{item.name}”写{shown}{unit}"
            yield case.finding("R08", quantity.span, message, stated=quantity.value, recomputed=shown)
            break


def _goal_cells(case: Case) -> Iterator[Span]:
    """The cells of a form that say in words what was aimed at: those under a header of goals."""
    for grid in case.grids:
        for row, column in grid.cells:
            header = grid.text(row - 1, column)
            if "目标" in header and _GOAL_HEADER.fullmatch(header):
                yield grid.span(row, column)


_GOAL_HEADER = re.compile(r"(?:年初|年度|预期|当年)*(?:绩效|总体|工作)*目标(?:值)?")
_ACHIEVED = re.compile(
    r"(?:完成|实际|共|开展|举办|发放)?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff%]{0,4}?)(?=$|[,;。、(])"
)


def _achieved(case: Case, item: ScoredItem) -> tuple[Fraction, str] | None:
    """What a table's row says was achieved: the number and its unit."""
    match = _ACHIEVED.match(item.actual) if item.table else None
    value = read_decimal(match["n"]) if match else None
    if match is None or not value:
        return None
    unit = match["unit"] or next(
        (q.unit for q in case.found.quantities if q.table and item.span.start <= q.span.start < item.span.end and q.number == value), ""
    )  # fmt: skip
    return (Fraction(value), unit) if unit and unit not in ("%", "万元", "元", "月", "年", "天", "日") else None


def _aimed(case: Case, quantity: Quantity) -> bool:
    """Whether the words around a figure make it a goal."""
    around = case.flat[max(quantity.sentence.start, quantity.span.start - 24) : quantity.span.end + 4]
    return re.search(r"目标|计划|年初|不少于|不低于|任务|以上|应|拟|预计", around) is not None


def _named_behind(case: Case, quantity: Quantity) -> str:
    """The noun after a figure: 「1520盏路灯」."""
    match = re.match(r"[\u4e00-\u9fff]{2,12}", case.flat[quantity.span.end : quantity.span.end + 12])
    return match[0] if match else ""


_EDGES = re.compile(
    r"(?:数量|总量|数|次数|人数|场次|批次|人次|个数|面积|里程|长度|完成率|完成情况|率|情况)$|^(?:全年|本年|共|累计|新)?(?:完成|开展|实施|举办|发放|组织|举行|建成|修建)?"
)


def _alike(indicator: str, name: str) -> bool:
    """Whether a name in words and an indicator's name share most of their pairs of characters, or one is the other spread out."""
    left, right = (_EDGES.sub("", _EDGES.sub("", text)) for text in (indicator, name))
    if len(left) < _LEAST or len(right) < _LEAST:
        return len(left) >= _FEW and left == right
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (left, right))
    return len(a & b) * 5 >= min(len(a), len(b)) * 3 or _spread(left, right) or _spread(right, left)


_LEAST = 3


def _spread(short: str, long: str) -> bool:
    """Whether all characters of a name stand in a longer one in the same order (食品抽检 in 食品监督抽检)."""
    rest = iter(long)
    return len(short) > _LEAST and len(long) <= len(short) * 2 and all(character in rest for character in short)


_ENOUGH = Fraction(1)  # 万元
_HUNDRED = 100  # saved: a hundredth of the whole, or a tenth of the line itself
_WHERE_TO = re.compile(r"调剂|调减|收回|压减[^,。;]{0,12}用于|统筹用于|调整用于|上缴|交回|退回")
_SAVED = re.compile(
    r"(?:节约(?<!上年节约)(?<!同比节约)(?:资金|经费|财政资金)?|(?:项目|采购|招标|经费)(?:资金)?(?:形成)?(?:结余|少支出?))(?:约)?\s?(?P<n>\d+(?:\.\d+)?)\s?万元"
)


def _balanced(case: Case) -> Span | None:
    """Where spending is told that equals the year's budget to the cent."""
    budget = _near(case, "年度部门预算资金") or _near(case, "年初预算数")
    spent = _near(case, "部门预算资金实际支出") or _near(case, "本年支出合计")
    if budget is None or spent is None or in_unit(budget, "万元") != in_unit(spent, "万元"):
        return None
    return spent.span


def _accounted(case: Case, saved: Fraction) -> bool:
    """Whether a sentence elsewhere names the amount saved and says where it went."""
    return any(
        _WHERE_TO.search(case.text(sentence))
        and any(dimension(q.unit) == "money" and in_unit(q, "万元") == saved for q in quantities)
        for sentence, quantities in case.by_sentence.items()
    )


_SPENT_ALL = re.compile(
    r"(?:支出率|执行率)[^,。;\t\n]{0,8}100(?:\.0+)?%(?!\s?[计得为(]|以上|含)|无结余|结转[^,。;\d]{0,8}(?<![\d.,])0(?:\.0+)?\s?万元|无结转(?!两年|超过|\d)|全部(?:支出|执行)完毕|没有结转|没有结余"
)


def saved_money(case: Case) -> Iterator[Finding]:
    """R42: much less spent than planned in one line, while everything was spent: where did it go."""
    budget, actual = only_one(case, "三公经费预算数"), only_one(case, "三公经费决算数")
    whole = (
        _near(case, "本年支出合计")
        or _near(case, "部门预算资金实际支出")
        or _near(case, "年初预算数")
        or _near(case, "年度部门预算资金")
    )
    if whole is None or any(q.number > 0 for q in case.quantities("年末结转结余")):
        return
    spent_all = _SPENT_ALL.search(case.flat)
    anchor = Span(spent_all.start(), spent_all.end()) if spent_all is not None else _balanced(case)
    if anchor is None:
        return
    unit = "万元"
    for match in _SAVED.finditer(case.flat):
        saved = Fraction(match["n"])
        if (
            saved >= _ENOUGH
            and not _WHERE_TO.search(case.text(case.paragraph(match.start())))
            and not _accounted(case, saved)
        ):
            message = f"写{match[0]}，全年资金却全部支出，没有说明节约的钱用到哪里"
            yield case.finding(
                "R42", Span(match.start(), match.end()), message, severity=Severity.WARNING, stated=match["n"]
            )
            return
    if budget is None or actual is None:
        return
    saved = in_unit(budget, unit) - in_unit(actual, unit)
    much = saved * _HUNDRED >= in_unit(whole, unit) or saved * _TENFOLD >= in_unit(budget, unit)
    if (
        saved < _ENOUGH
        or not much
        or _WHERE_TO.search(case.text(case.paragraph(actual.span.start)))
        or _accounted(case, saved)
    ):
        return
    yield case.finding(
        "R42",
        anchor,
        f"“三公”经费比预算少支{number(saved, 6)}万元，全年资金却全部支出，没有说明这笔钱调剂到哪里",
        severity=Severity.WARNING,
        stated=number(saved, 6),
    )
