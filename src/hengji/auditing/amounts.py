"""R07–R10, R12, R42: amounts against each other."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number, slack
from hengji.extracting.grid import Grid
from hengji.library.ties import PairTie, SumTie, load_ties
from hengji.model.extraction import DocumentKind, Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.units import dimension

_OF_WHICH = re.compile(r"其中|包括|分别为|分为|由")
_OPEN = re.compile(r"等(?=[,。;)]|$)|主要(?:是|为|用于|包括)|部分")
_WHOLE = re.compile(r"(?:合计|共计|总计|总额|小计|共)$")
_CENT = Fraction(1, 100)
_FEW = 2
_TEN_THOUSAND = 10_000
# Names of parts that together are the whole, whoever writes them.
_COMPLETE = (
    {"基本", "项目"}, {"人员", "公用"}, {"货物", "服务"}, {"工程", "服务"}, {"货物", "工程"}, {"接待", "公务用车"}, {"行政", "事业"}, {"财政拨款", "其他"}, {"公务员", "工勤"},
    {"在编", "编外"}, {"在职", "离退休"}, {"中央", "县级"}, {"省级", "县级"}, {"上级", "本级"},
)  # fmt: skip


def parts_make_whole(case: Case) -> Iterator[Finding]:
    """R07: parts and their whole, by the ties of the library and by what one sentence or table lists."""
    told: list[Span] = []
    for tie in load_ties().sums:
        finding = _tie(case, tie)
        if finding is not None and not any(_over(finding.start, span) for span in told):
            told.append(Span(finding.start or 0, finding.end or 0))
            yield finding
    for span, quantities in case.by_sentence.items():
        if not quantities[0].table:
            for finding in _listed(case, span, quantities):
                if not any(_over(finding.start, other) for other in told):
                    told.append(Span(finding.start or 0, finding.end or 0))
                    yield finding


_SUM_ROW = re.compile(r"(?:合计|总计|.{0,8}总额|.{0,6}合计|支出总计|收入总计)(?:\(.{0,6}\))?")


def columns_add_up(case: Case) -> Iterator[Finding]:
    """R07 in tables: the row of the total against the rows of the parts, column by column.

    Held only where one column shows which rows are the parts: a column that adds up exactly, beside one that does not.
    """
    for grid in case.grids:
        for row in range(grid.rows):
            if any(_SUM_ROW.fullmatch(text) for text in {text for text in grid.row(row) if text}):
                yield from _summed(case, grid, row)


_CELL = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元)?")


def _figures(grid: Grid, row: int) -> dict[int, Fraction]:
    """The amounts of a row by column; rates and scores are none."""
    found: dict[int, Fraction] = {}
    for column in range(grid.columns):
        cell = grid.cells.get((row, column))
        text = grid.text(row, column)
        if cell is not None and cell.column == column and cell.row == row and _CELL.fullmatch(text):
            number_read = read_decimal(re.sub(r"(?:万元|元)$", "", text))
            if number_read is not None:
                found[column] = Fraction(number_read)
    return found


def _of_which(grid: Grid, row: int) -> bool:
    """Whether a row is part of the row above it (其中：…), and so no summand of the total."""
    return any(text.startswith("其中") for text in grid.row(row))


def _summed(case: Case, grid: Grid, row: int) -> Iterator[Finding]:
    total = _figures(grid, row)
    for rows in (_run(grid, row, -1), _run(grid, row, 1)):
        parts = [figures for each in rows if not _of_which(grid, each) and (figures := _figures(grid, each))]
        if len(parts) < _FEW:
            continue
        sums = {
            column: sum((p.get(column, Fraction(0)) for p in parts), Fraction(0))
            for column in total
            if sum(column in p for p in parts) >= _FEW
        }
        right = [column for column, value in sums.items() if value == total[column] and value]
        wrong = [column for column, value in sums.items() if value != total[column]]
        if right and wrong and len(right) >= len(wrong):
            for column in wrong:
                stated, recomputed = number(total[column], 6), number(sums[column], 6)
                message = f"合计写{stated}，各行相加是{recomputed}，相差{number(abs(total[column] - sums[column]), 6)}"
                yield case.finding("R07", grid.span(row, column), message, stated=stated, recomputed=recomputed)
            return


def _run(grid: Grid, row: int, step: int) -> list[int]:
    """The rows next to a total, up to a header or another total; a row of words ends them."""
    found: list[int] = []
    each = row + step
    while 0 <= each < grid.rows and _figures(grid, each):
        if any(_SUM_ROW.fullmatch(text) for text in grid.row(each)):
            break
        found.append(each)
        each += step
    return found


def _over(position: int | None, span: Span) -> bool:
    return position is not None and span.start <= position <= span.end


def _one(case: Case, item: str) -> Quantity | None:
    """The mention of an item, where all mentions agree."""
    mentions = case.quantities(item)
    if not mentions or any(differ(mentions[0], other) for other in mentions[1:]):
        return None
    return max(mentions, key=lambda q: len(q.value.partition(".")[2]))


def _tie(case: Case, tie: SumTie) -> Finding | None:
    """A tie holds within one paragraph or table where it is told, else over the document's one value of each."""
    whole = _one(case, tie.whole)
    parts = [_one(case, part) for part in tie.parts]
    if whole is None or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    known += [part for part in (_one(case, name) for name in tie.optional) if part is not None]
    return _sum_finding(case, whole, known, tie.name)


def _sum_finding(case: Case, whole: Quantity, parts: list[Quantity], name: str) -> Finding | None:
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) for part in parts):
        return None
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    loose = slack(whole, unit) + sum((slack(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if abs(total - stated) <= (loose if _rounded(whole, parts) else Fraction(0)):
        return None
    listed = " + ".join(number(in_unit(part, unit), 6) for part in parts)
    return case.finding(
        "R07",
        _anchor(whole, parts),
        f"{name}写{number(stated, 6)}{unit}，各部分之和是{listed} = {number(total, 6)}{unit}，相差{number(abs(total - stated), 6)}{unit}",
        stated=number(stated, 6),
        recomputed=number(total, 6),
        severity=Severity.INFO if abs(total - stated) <= loose else None,
    )


def _anchor(whole: Quantity, parts: list[Quantity]) -> Span:
    """The whole where the parts follow it in the same sentence, else the last part."""
    del parts
    return whole.span


def _rounded(whole: Quantity, parts: list[Quantity]) -> bool:
    """Rounding explains a difference only where the figures were written with few decimals."""
    return (
        len(parts) > _FEW
        or len({len(q.value.partition(".")[2]) for q in (whole, *parts)}) > 1
        or any(q.vague for q in (whole, *parts))
    )


def _listed(case: Case, span: Span, quantities: list[Quantity]) -> Iterator[Finding]:
    """A whole followed by 「其中」 and its parts, or parts closed by 「合计」, within one sentence."""
    text = case.text(span)
    for index, whole in enumerate(quantities):
        if whole.about == "目标":
            continue
        same = [
            q for q in quantities if dimension(q.unit) == dimension(whole.unit) and q.about != "目标" and q.unit != "%"
        ]
        after = [q for q in same if q.span.start > whole.span.end]
        between = text[whole.span.end - span.start : after[0].span.start - span.start] if after else ""
        if (
            len(after) >= _FEW
            and _OF_WHICH.search(between)
            and whole.unit not in ("%", "次", "项", "个")
            and index == quantities.index(whole)
        ):
            parts = _parts(case, text, span, after)
            if len(parts) >= _FEW and _closed(parts, text):
                finding = _partition(case, whole, parts)
                if finding is not None:
                    yield finding
        before = [q for q in same if q.span.end <= whole.span.start]
        if (
            len(before) >= _FEW
            and (_WHOLE.search(whole.name) or re.match(r"共计|合计|总计", whole.name))
            and not any(_OF_WHICH.search(text[: q.span.start - span.start][-12:]) for q in before[:1])
        ):
            finding = _partition(case, whole, _run_before(case, before))
            if finding is not None:
                yield finding


def _parts(case: Case, text: str, span: Span, after: list[Quantity]) -> list[Quantity]:
    """The parts of one list: up to the end of the sentence or a bracket, inner lists (其中 in brackets) left out."""
    found: list[Quantity] = []
    depth = 0
    position = after[0].span.start
    for quantity in after:
        between = case.flat[position : quantity.span.start]
        depth += between.count("(") - between.count(")")
        position = quantity.span.end
        if depth > 0 or (found and re.search(r"其中|结转|结余|较上年|同比|比上年|增长|占|人均|完成|执行率", between)):
            if depth <= 0:
                break
            continue
        if depth < 0:
            break
        found.append(quantity)
    del text, span
    return found


def _closed(parts: list[Quantity], text: str) -> bool:
    return not _OPEN.search(text[text.find("其中") :]) or _complete(parts)


def _complete(parts: list[Quantity]) -> bool:
    names = " ".join(part.name for part in parts)
    return any(all(word in names for word in words) for words in _COMPLETE)


def _run_before(case: Case, before: list[Quantity]) -> list[Quantity]:
    """The figures right before a 「合计」, back to the last end of a list."""
    run = [before[-1]]
    for quantity in reversed(before[:-1]):
        if quantity.unit != run[-1].unit or re.search(r"[。]", case.flat[quantity.span.end : run[-1].span.start]):
            break
        run.append(quantity)
    return list(reversed(run))


def _partition(case: Case, whole: Quantity, parts: list[Quantity]) -> Finding | None:
    """A finding where a list of parts does not make its whole; a list that may leave something out is held to less."""
    unit = common_unit((whole, *parts))
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if stated == total or any(part.year != whole.year for part in parts):
        return None
    near = abs(total - stated) <= stated / 10
    if not (_complete(parts) or near or (total > stated and len(parts) > _FEW and total < stated * 2)):
        return None
    return _sum_finding(case, whole, parts, whole.name or "合计")


def one_value(case: Case) -> Iterator[Finding]:
    """R08: one quantity has one value wherever it is told; a cent apart is a note."""
    groups: dict[tuple[str, int, str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        if case.found.kind is DocumentKind.ACCOUNTS and quantity.name.endswith("支出决算"):
            continue  # accounts tell it of every subject in turn
        name = quantity.item or (quantity.name if _own_name(quantity) else "")
        if name and quantity.about != "目标" and "按" not in quantity.name:
            about = "" if quantity.item else quantity.about
            groups.setdefault((name, quantity.year, about, quantity.scope), []).append(quantity)
    for (name, _, _, _), mentions in groups.items():
        odd = _odd_one(mentions)
        if odd is None:
            continue
        one, other = odd
        unit = common_unit((one, other))
        gap = abs(in_unit(one, unit) - in_unit(other, unit))
        if gap in (in_unit(one, unit), in_unit(other, unit)) and min(in_unit(one, unit), in_unit(other, unit)) == 0:
            continue
        if gap and _slipped(one, other):
            yield case.finding(
                "R12",
                other.span,
                f"“{name}”这里是{other.value}{other.unit}，另一处是{one.value}{one.unit}，相差正好是单位或小数点的倍数",
                stated=f"{other.value}{other.unit}",
                recomputed=f"{one.value}{one.unit}",
            )
            continue
        small = dimension(unit) == "money" and gap <= _CENT
        yield case.finding(
            "R08",
            other.span,
            f"“{name}”这里是{other.value}{other.unit}，另一处是{one.value}{one.unit}，相差{number(gap, 6)}{unit}；同一份报告只用一个数",
            severity=Severity.STYLE if small else None,
            stated=f"{other.value}{other.unit}",
            recomputed=f"{one.value}{one.unit}",
        )


_NAMED = re.compile(r"[\u4e00-\u9fff“”\"]{5,}")
_COMMON = re.compile(
    r"^完成|^(?:其中|合计|小计|增加|减少|支付|完成|开展|组织|累计|共|投入|安排|执行率|完成率|项目(?:资金|支出|预算).*)$|人均|标准|单价|每|同比|增长|下降|占|较|比|年初目标|得分|[、和与及]"
)


def _own_name(quantity: Quantity) -> bool:
    """Whether a name that is no data item is so specific that two values of it contradict each other."""
    return (
        bool(_NAMED.fullmatch(quantity.name))
        and not _COMMON.search(quantity.name)
        and (quantity.unit == "%" or dimension(quantity.unit) == "money")
        and not quantity.table
    )


def _odd_one(mentions: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The value most mentions have and the first that differs from it; of two the later is the odd one."""
    if len(mentions) < _FEW:
        return None
    common = max(mentions, key=lambda q: (sum(1 for other in mentions if not differ(q, other)), -q.span.start))
    odd = next((q for q in mentions if differ(common, q)), None)
    return (common, odd) if odd is not None else None


def _slipped(one: Quantity, other: Quantity) -> bool:
    unit = common_unit((one, other))
    a, b = in_unit(one, unit), in_unit(other, unit)
    if not a or not b or dimension(unit) != "money":
        return False
    ratio = max(a, b) / min(a, b)
    return any(abs(ratio / power - 1) < Fraction(1, 1000) for power in (10, 100, 1000, 10_000))


def _pair_values(
    case: Case, tie: PairTie
) -> tuple[Quantity, Quantity, list[list[Quantity]], list[list[Quantity]]] | None:
    budget, actual = _near(case, tie.budget), _near(case, tie.actual)
    left = [[_one(case, item) for item in part] for part in tie.budget_parts]
    right = [[_one(case, item) for item in part] for part in tie.actual_parts]
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
    if re.search(r"调剂|经[^。]{0,24}(?:批复|批准|同意)[^。]{0,30}(?:调整|追加|调增|调减)", case.flat):
        return
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
            yield case.finding("R08", quantity.span, message, stated=quantity.value, recomputed=near[0].value)
            return


_LOST = re.compile(r"(?P<name>[\u4e00-\u9fff“”\"]{2,24}?)(?:指标)?扣\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def lost_points_agree(case: Case) -> Iterator[Finding]:
    """R08: what the conclusion says an indicator lost, against its own paragraph."""
    span = case.chapter_span("自评结论")
    if span is None:
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
        return Fraction(item.points - item.claimed)
    found = re.findall(r"扣\s?(\d{1,2}(?:\.\d+)?)\s?分", case.text(item.body))
    return Fraction(found[-1]) if len(found) == 1 and not re.search("每", case.text(item.body)) else None


def columns_swapped(case: Case) -> Iterator[Finding]:
    """R09 in a table: budget and spending agree in the total row while the parts do not."""
    for grid in case.grids:
        for row in range(grid.rows):
            header = grid.row(row)
            budgets = [c for c, text in enumerate(header) if re.search(r"预算", text)]
            spent = [
                c
                for c, text in enumerate(header)
                if re.search(r"决算|支出(?:数|金额|\(|$)|执行数", text) and c not in budgets
            ]
            if not budgets or len(spent) != 1 or any(_figures(grid, row)):
                continue
            yield from _swapped(case, grid, row, budgets[-1], spent[0])
            break


def _swapped(case: Case, grid: Grid, header: int, budget: int, spent: int) -> Iterator[Finding]:
    rows = [r for r in range(header + 1, grid.rows) if {budget, spent} <= _figures(grid, r).keys()]
    total = next((r for r in rows if any(_SUM_ROW.fullmatch(text) for text in grid.row(r))), None)
    if total is None or re.search("调剂", case.flat):
        return
    whole = _figures(grid, total)
    moved = {r: _figures(grid, r)[spent] - _figures(grid, r)[budget] for r in rows if r != total}
    changed = {r: gap for r, gap in moved.items() if gap}
    if whole[budget] == whole[spent] and len(changed) >= _FEW and sum(changed.values()) == 0:
        over = max(changed, key=lambda r: changed[r])
        message = f"预算与支出合计一致，各部分却不一致：这一行支出比预算多{number(changed[over], 6)}，没有说明调剂"
        yield case.finding(
            "R09", grid.span(over, spent), message, stated=grid.text(over, spent), recomputed=grid.text(over, budget)
        )


def told_and_tabled(case: Case) -> Iterator[Finding]:
    """R08: a count told in words and the same count in a table of indicators, a few per cent apart."""
    items = [item for item in case.found.items if item.table]
    told = [q for q in case.found.quantities if not q.table and q.about != "目标"]
    for figure in case.found.quantities:
        item = next((i for i in items if figure.table and figure.name.startswith(i.name)), None)
        if item is None or not figure.number:
            continue
        value, target = Fraction(figure.number), re.sub(r"[^\d.]", "", item.target)
        for quantity in told:
            stated = Fraction(quantity.number)
            if quantity.unit != figure.unit or stated == value or abs(stated - value) * 10 > value:
                continue
            if (target.replace(".", "").isdigit() and stated == Fraction(target)) or not _alike(
                item.name, quantity.name
            ):
                continue
            message = f"“{quantity.name}”这里写{quantity.value}{quantity.unit}，评分表“{item.name}”写{figure.value}{figure.unit}"
            yield case.finding("R08", quantity.span, message, stated=quantity.value, recomputed=figure.value)
            break


def _alike(indicator: str, name: str) -> bool:
    """Whether a name in words and an indicator's name share most of their pairs of characters."""
    a, b = (
        {text[i : i + 2] for i in range(len(text) - 1)}
        for text in (indicator, re.sub(r"^(?:全年|共|累计)?(?:完成|开展|实施|举办|发放)?", "", name))
    )
    return bool(a) and bool(b) and len(a & b) >= 2 and len(a & b) * 5 >= min(len(a), len(b)) * 3


def units_slip(case: Case) -> Iterator[Finding]:
    """R12: 元 inside a text of 万元, or an amount ten thousand times what the rest is."""
    money = [q for q in case.found.quantities if dimension(q.unit) == "money" and not q.table]
    large = [q for q in money if q.unit == "万元"]
    yield from _tenfold(case)
    yield from _same_digits(case)
    if sum(1 for q in case.found.quantities if q.unit == "万元") < _FEW:  # too few to say what the text writes in
        return
    names = ("本年支出合计", "年初预算数", "年度部门预算资金", "部门预算资金实际支出")
    whole = [q for name in names for q in case.quantities(name) if q.unit == "万元" and q.number < 10**6]
    for quantity in money:
        lead = case.flat[max(0, quantity.span.start - 10) : quantity.span.start]
        after = case.flat[quantity.span.end : quantity.span.end + 3]
        per = re.search(r"每|人均|标准|单价|补贴|工资|/|最低|限额", lead) or after.startswith(("/", "每", "左右/"))
        if (
            quantity.unit == "元"
            and quantity.number >= _TEN_THOUSAND
            and not per
            and not _told_elsewhere(quantity, large)
        ):
            yield case.finding(
                "R12",
                quantity.span,
                f"全文以万元为单位，这里写{quantity.value}元，合{number(in_unit(quantity, '万元'), 6)}万元，请统一单位并核对",
                severity=Severity.INFO,
                stated=f"{quantity.value}元",
                recomputed=f"{number(in_unit(quantity, '万元'), 6)}万元",
            )
    for quantity in large:
        region = re.search(
            r"全[市县区省镇州]|贷款|存款|投资|产值|税收|GDP|生产总值|融资|交易|贸易|销售|招商|基金",
            case.text(quantity.sentence),
        )
        if whole and not region and quantity.number > whole[0].number * 100 and whole[0].number > 0:
            yield case.finding(
                "R12",
                quantity.span,
                f"“{quantity.name}”{quantity.value}万元，是全年支出{whole[0].value}万元的{number(Fraction(quantity.number) / Fraction(whole[0].number), 0)}倍，可能把元写成了万元",
                stated=f"{quantity.value}万元",
            )


def _same_digits(case: Case) -> Iterator[Finding]:
    """The very digits that stand elsewhere in 万元, here in 元."""
    money = [q for q in case.found.quantities if dimension(q.unit) == "money"]
    written = {q.value: q for q in money if q.unit == "万元" and len(re.sub(r"\D", "", q.value)) > 4}
    for quantity in money:
        other = written.get(quantity.value)
        if quantity.unit == "元" and other is not None:
            yield case.finding(
                "R12",
                quantity.span,
                f"这里写{quantity.value}元，另一处写{other.value}万元，数字相同而单位不同",
                stated=f"{quantity.value}元",
                recomputed=f"{other.value}万元",
            )


def _tenfold(case: Case) -> Iterator[Finding]:
    """An amount that is ten or ten thousand times last year's, to within a few per cent; the first one is told."""
    money = [q for q in case.found.quantities if q.item and not q.scope and q.number and dimension(q.unit) == "money"]
    before = {q.item: q for q in money if q.year == case.year - 1}
    for quantity in money:
        other = before.get(quantity.item)
        if other is None or quantity.year != case.year:
            continue
        a, b = in_unit(quantity, "万元"), in_unit(other, "万元")
        ratio = max(a, b) / min(a, b)
        if any(abs(ratio / power - 1) < Fraction(3, 100) for power in (10, _TEN_THOUSAND)):
            now, past = f"{quantity.value}{quantity.unit}", f"{other.value}{other.unit}"
            message = f"“{quantity.name}”本年{now}，上年{past}，相差约{number(ratio, 0)}倍，可能是小数点或单位有误"
            yield case.finding("R12", quantity.span, message, severity=Severity.INFO, stated=now, recomputed=past)
            return


def _told_elsewhere(quantity: Quantity, large: list[Quantity]) -> bool:
    return any(not differ(quantity, other) for other in large)


_ENOUGH = Fraction(1)  # 万元
_WHERE_TO = re.compile(r"调剂|调减|收回|压减[^,。;]{0,12}用于|统筹用于|调整用于|上缴|交回|退回")
_SAVED = re.compile(r"(?<!上年)(?<!同比)节约(?:资金|经费|财政资金)?(?:约)?\s?(?P<n>\d+(?:\.\d+)?)\s?万元")


def _balanced(case: Case) -> Span | None:
    """Where spending is told that equals the year's budget to the cent."""
    budget = _near(case, "年度部门预算资金") or _near(case, "年初预算数")
    spent = _near(case, "部门预算资金实际支出") or _near(case, "本年支出合计")
    if budget is None or spent is None or in_unit(budget, "万元") != in_unit(spent, "万元"):
        return None
    return spent.span


def saved_money(case: Case) -> Iterator[Finding]:
    """R42: much less spent than planned in one line, while everything was spent: where did it go."""
    budget, actual = _one(case, "三公经费预算数"), _one(case, "三公经费决算数")
    whole = (
        _near(case, "本年支出合计")
        or _near(case, "部门预算资金实际支出")
        or _near(case, "年初预算数")
        or _near(case, "年度部门预算资金")
    )
    spent_all = re.search(
        r"(?:支出率|执行率)[^,。;]{0,8}100(?:\.0+)?%|结转[^,。;]{0,4}0万元|无结余|结转[^,。;]{0,8}(?<![\d.])0\s?万元|无结转|全部(?:支出|执行)完毕|没有结转",
        case.flat,
    )
    anchor = Span(spent_all.start(), spent_all.end()) if spent_all is not None else _balanced(case)
    if whole is None or anchor is None:
        return
    unit = "万元"
    for match in _SAVED.finditer(case.flat):
        saved = Fraction(match["n"])
        if saved >= _ENOUGH and not _WHERE_TO.search(case.text(case.paragraph(match.start()))):
            message = f"写{match[0]}，全年资金却全部支出，没有说明节约的钱用到哪里"
            yield case.finding(
                "R42", Span(match.start(), match.end()), message, severity=Severity.WARNING, stated=match["n"]
            )
            return
    if budget is None or actual is None:
        return
    saved = in_unit(budget, unit) - in_unit(actual, unit)
    if saved < _ENOUGH or _WHERE_TO.search(case.text(case.paragraph(actual.span.start))):
        return
    yield case.finding(
        "R42",
        Span(min(budget.span.start, actual.span.start), max(budget.span.end, actual.span.end))
        if budget.sentence == actual.sentence
        else anchor,
        f"“三公”经费比预算少支{number(saved, 6)}万元，全年资金却全部支出，没有说明这笔钱调剂到哪里",
        severity=Severity.WARNING,
        stated=number(saved, 6),
    )
