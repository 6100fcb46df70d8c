"""R07–R10, R12, R42: amounts against each other."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import common_unit, differ, in_unit, number, ratio_fits, slack
from hengji.extracting.grid import Grid
from hengji.library.ties import PairTie, SumTie, load_ties
from hengji.model.extraction import DocumentKind, Quantity, ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.units import dimension

_OF_WHICH = re.compile(r"其中|包括|分别为|分为|由|具体[为是]")
_OPEN = re.compile(r"等(?=[,。;)]|$)|主要(?:是|为|用于|包括)|部分")
_WHOLE = re.compile(r"(?:合计|共计|总计|总额|小计|共)$")
_CENT = Fraction(1, 100)
_FEW = 2
_TEN_THOUSAND = 10_000
_TENFOLD = 10
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


_PURPOSES = re.compile(
    r"按(?:支出)?(?:用途|功能|类别|项目|领域|科目)(?:类别|分类)?(?:划分|分|看|分类)|(?:主要)?用于|具体为|分别为|包括"
)
_SHORT_OF = 50  # a list that misses its whole by less than one in so many was meant to make it


def split_makes_whole(case: Case) -> Iterator[Finding]:
    """R07: 「本年支出合计…万元，其中：基本支出…，占…%；项目支出…」, the parts in clauses of their own."""
    money = [
        q
        for q in case.found.quantities
        if q.unit == "万元" and not q.table and q.about != "目标" and q.year == case.year
    ]
    for whole, basic, projects in zip(money, money[1:], money[2:], strict=False):
        between = case.flat[whole.span.end : basic.span.start]
        if (
            not re.search(r"其中[::]?", between)
            or len(between) > _NEAR_PARTS
            or projects.span.start - basic.span.end > _NEAR_PARTS
        ):
            continue
        if (
            not re.match(r"基本支出", basic.name)
            or not re.match(r"项目支出", projects.name)
            or "\n" in case.flat[whole.span.end : projects.span.start]
        ):
            continue
        stated, total = in_unit(whole, "万元"), in_unit(basic, "万元") + in_unit(projects, "万元")
        if abs(stated - total) > _CENT * 2 and abs(stated - total) * _TENFOLD < stated:
            message = f"“{whole.name}”写{whole.value}万元，基本支出与项目支出之和是{number(total, 6)}万元，相差{number(abs(total - stated), 6)}万元"
            span = Span(whole.span.start, projects.span.end)
            yield case.finding("R07", span, message, stated=whole.value, recomputed=number(total, 6))


_NEAR_PARTS = 30  # characters between a whole and its parts


def lists_make_whole(case: Case) -> Iterator[Finding]:
    """R07: amounts listed by purpose, that come near a whole of their paragraph and do not make it."""
    for sentence, quantities in case.by_sentence.items():
        money = [q for q in quantities if q.unit == "万元" and not q.table and not q.item and q.about != "目标"]
        if len(money) <= _FEW or not _PURPOSES.search(case.text(Span(sentence.start, money[0].span.start))):
            continue
        between = [case.flat[a.span.end : b.span.start] for a, b in itertools.pairwise(money)]
        if any(not re.match(r"[、,;和及]", gap) or re.search(r"[。;]|其中", gap) for gap in between):
            continue
        paragraph = case.paragraph(sentence.start)
        wholes = [
            q
            for q in case.found.quantities
            if q.item in _WHOLES and paragraph.start <= q.span.start < paragraph.end and q.year == case.year
        ]
        total = sum((in_unit(q, "万元") for q in money), Fraction(0))
        if any(in_unit(q, "万元") == total for q in wholes):
            continue
        near = [q for q in wholes if 0 < abs(in_unit(q, "万元") - total) * _SHORT_OF < total]
        if len({in_unit(q, "万元") for q in near}) == 1:
            stated = in_unit(near[0], "万元")
            message = f"各项用途相加是{number(total, 6)}万元，“{near[0].name}”写{number(stated, 6)}万元，相差{number(abs(total - stated), 6)}万元"
            span = Span(money[0].span.start - len(money[0].name), money[-1].span.end)
            yield case.finding("R07", span, message, stated=number(stated, 6), recomputed=number(total, 6))


_WHOLES = (
    "项目支出",
    "基本支出",
    "本年支出合计",
    "部门预算资金实际支出",
    "项目支出年初预算数",
    "年初预算数",
    "本年收入合计",
)
_HEADER_ROWS = 3
_SUM_ROW = re.compile(r"(?:合计|总计|.{0,8}总额|.{0,6}合计|支出总计|收入总计)(?:\(.{0,6}\))?")


def columns_add_up(case: Case) -> Iterator[Finding]:
    """R07 in tables: the row of the total against the rows of the parts, column by column.

    Held only where one column shows which rows are the parts: a column that adds up exactly, beside one that does not.
    """
    scored = {item.span.start for item in case.found.items if item.table}
    for grid in case.grids:
        headed = {text for row in range(min(grid.rows, _HEADER_ROWS)) for text in grid.row(row)}
        of_scores = any("分值" in text or "权重" in text for text in headed) and any("得分" in text for text in headed)
        if of_scores or any(grid.block.start <= start < grid.block.end for start in scored):
            yield from _nested(case, grid)
            continue  # points and scores are summed as such
        for row in range(grid.rows):
            if any(_SUM_ROW.fullmatch(text) for text in grid.row(row) if "计" in text or "总额" in text):
                yield from _summed(case, grid, row)
        yield from _nested(case, grid)


_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")


def _odd_part(grid: Grid, row: int, parts: Iterable[int], column: int, gap: Fraction) -> int:
    """The row of the part that does not fit its own rate and would fit it corrected; else the row of the whole."""
    odd: list[int] = []
    for each in parts:
        rate = next((m for text in grid.row(each) if (m := _PERCENT.fullmatch(text))), None)
        figures = _figures(grid, each)
        budget = next((figures[c] for c in sorted(figures, reverse=True) if c < column), None)
        if rate is None or not budget or column not in figures:
            continue
        stated, step = Fraction(rate[1]), Fraction(1, 10 ** len(rate[1].partition(".")[2]))
        wrong, right = ((figures[column] + extra) / budget * 100 - stated for extra in (0, gap))
        if abs(wrong) > step and abs(right) <= step:
            odd.append(each)
    return odd[0] if len(odd) == 1 else row


_OF_IT = re.compile(r"其中[::]?")
_MOST_PARTS = 12


def _nested(case: Case, grid: Grid) -> Iterator[Finding]:
    """A row followed by 「其中」 and its parts: where most columns add up exactly, the one that does not is wrong."""
    for row in range(grid.rows - 2):
        if not any(map(_OF_IT.match, grid.row(row + 1))) or any(map(_OF_IT.match, grid.row(row))):
            continue
        whole = _figures(grid, row)
        sums: dict[int, Fraction] = {}
        for below in range(row + 1, min(grid.rows, row + 1 + _MOST_PARTS)):
            part = _figures(grid, below)
            if not part:
                break
            sums = {c: sums.get(c, Fraction(0)) + part.get(c, Fraction(0)) for c in whole}
            if below == row + 1:
                continue
            right = [c for c in whole if whole[c] and sums[c] == whole[c]]
            wrong = [c for c in whole if sums[c] != whole[c]]
            if not wrong:
                break
            if len(wrong) == 1 and right and abs(sums[wrong[0]] - whole[wrong[0]]) * 4 < whole[wrong[0]]:
                stated, recomputed = number(whole[wrong[0]], 6), number(sums[wrong[0]], 6)
                message = f"合计写{stated}，其中各项相加是{recomputed}，相差{number(abs(whole[wrong[0]] - sums[wrong[0]]), 6)}"
                parts = list(range(row + 1, below + 1))
                at = _odd_part(grid, row, parts, wrong[0], whole[wrong[0]] - sums[wrong[0]])
                span = grid.row_span(row) if at == row else grid.span(at, wrong[0])
                yield case.finding("R07", span, message, stated=stated, recomputed=recomputed)
                break


_CELL = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元)?")


def _figures(grid: Grid, row: int) -> dict[int, Fraction]:
    """The amounts of a row by column; rates and scores are none."""
    found: dict[int, Fraction] = {}
    for column in range(grid.columns):
        text = grid.text(row, column)
        if not _CELL.fullmatch(text):
            continue
        cell = grid.cells[row, column]
        if cell.column == column and cell.row == row:
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
        sums = {column: value for column, value in sums.items() if not _is_rate(grid, row, column)}
        right = [column for column, value in sums.items() if value == total[column] and value]
        wrong = [column for column, value in sums.items() if value != total[column]]
        if right and wrong and len(right) >= len(wrong):
            for column in wrong:
                stated, recomputed = number(total[column], 6), number(sums[column], 6)
                message = f"合计写{stated}，各行相加是{recomputed}，相差{number(abs(total[column] - sums[column]), 6)}"
                at = _odd_part(grid, row, rows, column, total[column] - sums[column])
                yield case.finding("R07", grid.span(at, column), message, stated=stated, recomputed=recomputed)
            return


def _is_rate(grid: Grid, row: int, column: int) -> bool:
    """Whether the header of a column says that its figures are not to be added."""
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return any(
        re.search(r"率|%|占比|比例|比重|平均|人均|单价|标准|行次|序号|编码|行号|栏次|代码", text)
        for text in above
        if not _CELL.fullmatch(text)
    )


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
    if _of_another_whole(case, whole, known):
        return None
    return _sum_finding(case, whole, known, tie.name)


def _of_another_whole(case: Case, whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the parts make another figure of their own sentence, told before them, and so are none of this whole."""
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) or part.sentence != parts[0].sentence for part in parts):
        return False
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    before = (q for q in case.by_sentence.get(parts[0].sentence, ()) if q.span.end <= parts[0].span.start)
    return any(
        q is not whole and dimension(q.unit) == dimension(whole.unit) and in_unit(q, unit) == total for q in before
    )


def _sum_finding(case: Case, whole: Quantity, parts: list[Quantity], name: str) -> Finding | None:
    unit = common_unit((whole, *parts))
    if any(dimension(part.unit) != dimension(whole.unit) for part in parts):
        return None
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    loose = slack(whole, unit) + sum((slack(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if abs(total - stated) <= (loose if _rounded(whole, parts) else Fraction(0)):
        return None
    if total < stated and _told_gap(case, (whole, *parts), stated - total, unit):
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
            q
            for q in quantities
            if dimension(q.unit) == dimension(whole.unit)
            and q.about != "目标"
            and q.unit != "%"
            and not _per_unit(case, q)
        ]
        after = [q for q in same if q.span.start > whole.span.end]
        between = text[whole.span.end - span.start : after[0].span.start - span.start] if after else ""
        if (
            len(after) >= _FEW
            and (_OF_WHICH.search(between[:_NEXT]) or re.search("其中|包括", between))
            and whole.unit not in ("%", "次", "项", "个")
            and index == quantities.index(whole)
        ):
            parts = _parts(case, text, span, after)
            if len(parts) >= _FEW and _closed(parts, text) and not _some_run_fits(whole, after):
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


_PER = re.compile(r"每(?:名|人|个|户|亩|辆|次|件|月|年|平方米|公里)|人均|户均|亩均|单价|按")


def _per_unit(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is a rate for one of many (每名在编人员2万元的标准), which no list adds up."""
    after = case.flat[quantity.span.end : quantity.span.end + 4]
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 12) : quantity.span.start]
    lead = lead[max(lead.rfind(mark) for mark in ",、;:") + 1 :]
    return after.startswith(("的标准", "标准", "/")) or ("每" in lead and _PER.search(lead) is not None)


_NEXT = 8  # characters in which 「分别为」 must follow its whole


def _some_run_fits(whole: Quantity, after: list[Quantity]) -> bool:
    """Whether the figures that follow make the whole from the first up to any of them (上年结转 may be a part)."""
    unit, total = common_unit((whole,)), Fraction(0)
    for quantity in after:
        total += in_unit(quantity, unit)
        if total == in_unit(whole, unit):
            return True
    return False


def _parts(case: Case, text: str, span: Span, after: list[Quantity]) -> list[Quantity]:
    """The parts of one list: up to the end of the sentence or a bracket, inner lists (其中 in brackets) left out."""
    found: list[Quantity] = []
    depth = 0
    position = after[0].span.start
    for quantity in after:
        between = case.flat[position : quantity.span.start]
        depth += between.count("(") - between.count(")")
        position = quantity.span.end
        if depth > 0 or (
            found and re.search(r"其中|包括|结转|结余|较上年|同比|比上年|增长|占|人均|完成|执行率", between)
        ):
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


_OF_STAFF = re.compile(r"行政|事业|工勤|参公|参照|公务员|在编|编外|聘用|在职|退休|离休|机关|下属|合同制|派遣|政府购买")


def _partition(case: Case, whole: Quantity, parts: list[Quantity]) -> Finding | None:
    """A finding where a list of parts does not make its whole; a list that may leave something out is held to less."""
    unit = common_unit((whole, *parts))
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if stated == total or any(part.year != whole.year for part in parts):
        return None
    if whole.unit in ("人", "名") and not all(_OF_STAFF.search(part.name) for part in parts):
        return None  # 「其中女性14人、党员20人」 are no parts
    near = abs(total - stated) <= stated / 10
    if not (_complete(parts) or near or (total > stated and len(parts) > _FEW and total < stated * 2)):
        return None
    return _sum_finding(case, whole, parts, whole.name or "合计")


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
        odd = _odd_one([q for q in mentions if not _qualified(case, q)])
        if odd is None:
            continue
        one, other = _by_rates(case, *odd) if len(mentions) == _FEW else odd
        unit = common_unit((one, other))
        gap = abs(in_unit(one, unit) - in_unit(other, unit))
        if _told_gap(case, (one, other), gap, unit):
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
            )
            continue
        if not _meant_alike(one, other):
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


# What makes a figure another one than its name says: a part, another stage of the year, other money.
_QUALIFIES = re.compile(
    r"调整(?:后|为|到|至)|追加|调增|调减|其中|新增|上级|本级|省级|中央|市级|截[至止](?!\s?(?:20\d\d\s?年\s?)?(?:12\s?月|年?[底末]))|(?<!\d)(?:[1-9]|1[01])\s?月(?:底|末|份)|季度|上半年|下半年|月末|剔除|扣除|不含|除去|未支出|结余|收回|项目(?:批复|预算)|批复预算"
    r"|列入|继续|目标|计划|预计|拟|上年|去年|变更|单位[:：]|局机关|机关本级|下属|所属|二级单位|平均|人均"
)


def _qualified(case: Case, quantity: Quantity) -> bool:
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


def _meant_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are near enough to be one that was mistyped: close, or alike in their digits."""
    unit = common_unit((one, other))
    a, b = in_unit(one, unit), in_unit(other, unit)
    left, right = (re.sub(r"\D", "", q.value) for q in (one, other))
    alike = len(left) == len(right) and (
        sorted(left) == sorted(right) or sum(x != y for x, y in zip(left, right, strict=True)) == 1
    )
    return alike or abs(a - b) <= max(abs(a), abs(b)) * _CLOSE


_LEAST_GAP = Fraction(1, 20)  # 万元: what is less is a slip of rounding, whatever else the text states


def _told_gap(case: Case, figures: Iterable[Quantity], gap: Fraction, unit: str) -> bool:
    """Whether the document itself states the difference: what was carried over, added, or is counted elsewhere.

    Two figures that a third explains do not contradict each other. Amounts may be told anywhere; counts of people, which
    are small, only beside the figures they explain.
    """
    listed = tuple(figures)
    money = dimension(unit) == "money"
    if unit == "%" or (money and gap < _LEAST_GAP):
        return False
    near = {case.paragraph(q.span.start) for q in listed}
    for other in case.found.quantities:
        if dimension(other.unit) != dimension(unit) or other.about == "目标" or other.span in {q.span for q in listed}:
            continue
        if in_unit(other, unit) == gap and (money or case.paragraph(other.span.start) in near):
            return True
    return False


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


def _by_rates(case: Case, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
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
    if re.search(
        r"(?:项目支出|基本支出|人员经费|公用经费|项目经费|科目|项目之?间)[^。]{0,30}调剂|调剂[^。]{0,30}(?:项目支出|基本支出|人员经费|项目经费|科目|项目资金)|经[^。]{0,24}(?:批复|批准|同意)[^。]{0,30}(?:调整|追加|调增|调减)",
        case.flat,
    ):
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
                planned = "预算" in lead and not re.search(r"实际|完成|执行|决算", lead)
                if spent != planned:
                    yield _Split(whole, basic, projects, planned)


_NAME = 12  # characters before a whole that name it


def _split_twice(case: Case) -> Iterator[Finding]:
    """R09: the same whole split into basic and project spending twice, as budget and as spending, and differently."""
    splits = list(_splits(case))
    for plan in (each for each in splits if each.planned):
        for spent in (each for each in splits if not each.planned):
            gap = in_unit(spent.basic, "万元") - in_unit(plan.basic, "万元")
            if abs(in_unit(plan.whole, "万元") - in_unit(spent.whole, "万元")) > _CENT or abs(gap) <= _CENT * 2:
                continue
            more, less = ("基本支出", "项目支出") if gap > 0 else ("项目支出", "基本支出")
            over = spent.basic if gap > 0 else spent.projects
            shown = number(abs(gap), 6)
            yield case.finding(
                "R09",
                over.span,
                f"预算与支出总额一致，各部分却不一致：{more}比预算多{shown}万元，{less}少{shown}万元，报告没有说明调剂",
                stated=over.value,
                recomputed=(plan.basic if gap > 0 else plan.projects).value,
            )
            return


_OF_BASIC = ("基本支出", "人员经费", "公用经费")
_OF_PROJECTS = ("项目支出", "项目经费")


def _listed_and_actual(case: Case) -> Iterator[Finding]:
    """The same where a list closes with the budget it makes up: 「人员经费…、公用经费…、项目经费…，年初预算合计…」."""
    budget, actual = _near(case, "年初预算数"), _near(case, "本年支出合计")
    basic, projects = _one(case, "基本支出"), _one(case, "项目支出")
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
        return Fraction(item.points - item.claimed) if item.claimed <= item.points else None  # points were moved in
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


_DIGITS = 5  # digits of an amount: fewer are alike by chance


def swapped_digits(case: Case) -> Iterator[Finding]:
    """R08: an amount told once whose digits are those of one told twice, two of them swapped."""
    money = [q for q in case.found.quantities if q.unit == "万元" and q.year == case.year and q.about != "目标"]
    counted: dict[str, list[Quantity]] = {}
    for quantity in money:
        digits = quantity.value.replace(",", "")
        if len(digits.replace(".", "")) >= _DIGITS:
            counted.setdefault(digits, []).append(quantity)
    alike: dict[str, list[str]] = {}
    for digits in counted:
        alike.setdefault("".join(sorted(digits)), []).append(digits)
    for family in alike.values():
        for odd in family if len(family) == _FEW else ():
            right = next(other for other in family if other != odd)
            places = [n for n, (a, b) in enumerate(zip(odd, right, strict=False)) if a != b]
            one = counted[odd][0]
            near = any(
                _same_tail(one.name, other.name)
                or (one.item == other.item and one.about == other.about and _same_thing(case, one, other))
                for other in counted[right]
            )
            if len(counted[odd]) == 1 and len(places) == _FEW and places[1] - places[0] <= _FEW and near and (
                len(counted[right]) > 1 or one.table or counted[right][0].span < one.span
            ):  # fmt: skip
                first = counted[right][0]
                if len(counted[right]) == 1:
                    first, one = _by_rates(case, first, one)
                message = f"“{one.name}”这里是{one.value}万元，另一处是{first.value}万元，两个数字前后颠倒"
                yield case.finding("R08", one.span, message, stated=one.value, recomputed=first.value)
                break


def swapped_counts(case: Case) -> Iterator[Finding]:
    """R08: a count told twice of the same thing, two of its digits swapped: 「培训教师1,680人次」 and 「全年培训教师1,860人次」."""
    counts: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in case.found.quantities:
        digits = re.sub(r"[,.]", "", quantity.value)
        if (
            quantity.unit in _NO_COUNT
            or dimension(quantity.unit) == "money"
            or len(digits) < (_FEW if quantity.unit.startswith("万") else _COUNTED)
            or quantity.about == "目标"
        ):
            continue
        if quantity.year == case.year and len(set(digits)) > 1:
            counts.setdefault((quantity.unit, "".join(sorted(digits))), []).append(quantity)
    for mentions in counts.values():
        values = {q.value.replace(",", ""): q for q in reversed(mentions)}
        if len(values) != _FEW:
            continue
        one, other = sorted(
            values.values(), key=lambda q: (q.table is False and case.item_at(q.span.start) is None, q.span.start)
        )
        if (
            not _one_swap(one.value, other.value)
            or not _same_thing(case, one, other, 1 if len(digits_of(one)) > _COUNTED else _SHARES)
            or other.table
            or one.sentence == other.sentence
        ):
            continue
        message = f"这里写{other.value}{other.unit}，另一处写{one.value}{one.unit}，两个数字前后颠倒"
        yield case.finding("R08", other.span, message, stated=other.value, recomputed=one.value)


_COUNTED = 3  # digits of a count: fewer are alike by chance
_NO_COUNT = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "")
_BEFORE, _BEHIND = 22, 6  # characters around a count that say what it counts
_SHARES = 2  # pairs of characters by which the two speak of one thing


def digits_of(quantity: Quantity) -> str:
    """The digits of a figure as written."""
    return re.sub(r"\D", "", quantity.value)


_DIVIDED = re.compile(r"[(](?P<top>\d[\d,]{3,})\s?[/÷]\s?(?P<bottom>\d[\d,]{3,})[)]")


def swapped_in_division(case: Case) -> Iterator[Finding]:
    """R08: a number in a division (「复核率100%（12,486/12,486）」) whose digits are those of a count told of the same thing, two of them swapped."""
    counts = [
        q
        for q in case.found.quantities
        if dimension(q.unit) != "money" and q.unit not in _NO_COUNT and len(digits_of(q)) > _COUNTED
    ]
    for match in _DIVIDED.finditer(case.flat):
        sentence = case.text(case.sentence(match.start()))
        for count in counts:
            written = match["bottom"].replace(",", "")
            if not _one_swap(written, count.value) or written == count.value.replace(",", ""):
                continue
            around = re.sub(r"[^\u4e00-\u9fff]", " ", case.flat[max(0, count.span.start - _BEFORE) : count.span.start])
            pairs = {around[k : k + 2] for k in range(len(around) - 1) if " " not in around[k : k + 2]}
            if sum(pair in sentence for pair in pairs) >= _SHARES:
                message = f"这里按{match['bottom']}计算，另一处写{count.value}{count.unit}，两个数字前后颠倒"
                span = Span(match.start(), match.end())
                yield case.finding("R08", span, message, stated=match["bottom"], recomputed=count.value)
                break


def _one_swap(left: str, right: str) -> bool:
    a, b = (value.replace(",", "") for value in (left, right))
    places = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y and x.isdigit() and y.isdigit()]
    return len(a) == len(b) and len(places) == _FEW and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]


def _same_thing(case: Case, one: Quantity, other: Quantity, least: int = _SHARES) -> bool:
    """Whether the words around two counts share what they count."""
    around: list[set[str]] = []
    for quantity in (one, other):
        start = max(case.flat.rfind(mark, 0, quantity.span.start) for mark in ";。\n")
        lead = case.flat[max(start + 1, quantity.span.start - _BEFORE) : quantity.span.start]
        text = re.sub(
            r"[^\u4e00-\u9fff]|全年|完成|实际|累计|年度|目标|计划|其中|人次|工作|服务|单位|项目|人员|开展|发放|管理",
            " ",
            lead + " " + case.flat[quantity.span.end : quantity.span.end + _BEHIND],
        )
        item = case.item_at(quantity.span.start)
        text += f" {item.name}" if item is not None else ""
        around.append({text[k : k + 2] for k in range(len(text) - 1) if " " not in text[k : k + 2]})
    return len(around[0] & around[1]) >= least


def _same_tail(left: str, right: str) -> bool:
    a, b = (re.sub(r"[\s\"“”]|(?:数|额|合计|金额)$", "", name) for name in (left, right))
    return bool(a) and bool(b) and a[-2:] == b[-2:]


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
            if row and re.fullmatch(
                r"(?:年初|年度|预期|当年)*(?:绩效|总体|工作)*目标(?:值)?", grid.text(row - 1, column)
            ):
                yield grid.span(row, column)


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


def units_slip(case: Case) -> Iterator[Finding]:
    """R12: 元 inside a text of 万元, or an amount ten thousand times what the rest is."""
    money = [q for q in case.found.quantities if dimension(q.unit) == "money" and not q.table]
    large = [q for q in case.found.quantities if q.unit == "万元"]
    yield from _tenfold(case)
    yield from _same_digits(case)
    yield from _odd_unit(case)
    odd = list(_plain_digits(case))
    yield from odd
    if odd:
        return
    if sum(1 for q in case.found.quantities if q.unit == "万元") < _FEW:  # too few to say what the text writes in
        return
    names = ("本年支出合计", "年初预算数", "年度部门预算资金", "部门预算资金实际支出")
    whole = [q for name in names for q in case.quantities(name) if q.unit == "万元" and q.number < 10**6]
    for quantity in money:
        lead = case.flat[max(0, quantity.span.start - 10) : quantity.span.start]
        after = case.flat[quantity.span.end : quantity.span.end + 3]
        per = re.search(
            r"每|人均|标准|单价|补贴|工资|/|最低|限额|追回|挽回|罚没|罚款|补缴|退还|没收", lead
        ) or after.startswith(("/", "每", "左右/"))
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
    for quantity in (q for q in large if not q.table):
        region = re.search(
            r"全[市县区省镇州]|贷款|存款|投资|产值|税收|GDP|生产总值|融资|交易|贸易|销售|招商|基金",
            case.text(quantity.sentence),
        )
        own = re.search(r"经费|支出|奖补|补助|补贴|拨付|采购|预算", quantity.name)
        beyond = whole and whole[0].number > 0 and quantity.number > whole[0].number * (_TENFOLD if own else _HUNDRED)
        if beyond and not region:
            yield case.finding(
                "R12",
                quantity.span,
                f"“{quantity.name}”{quantity.value}万元，是全年支出{whole[0].value}万元的{number(Fraction(quantity.number) / Fraction(whole[0].number), 0)}倍，可能把元写成了万元",
                stated=f"{quantity.value}万元",
            )


def _odd_unit(case: Case) -> Iterator[Finding]:
    """An amount of a few hundred 元 with cents in a list whose other amounts are in 万元: 「A 412.30万元、B 386.40元」."""
    for quantities in case.by_sentence.values():
        money = [q for q in quantities if dimension(q.unit) == "money" and not q.table and q.about != "目标"]
        for index, odd in enumerate(money):
            beside = [q for q in money[max(0, index - 1) : index + 2] if q is not odd and q.unit == "万元"]
            if (
                odd.unit != "元"
                or not beside
                or len(odd.value.partition(".")[2]) != _FEW
                or odd.number >= _TEN_THOUSAND
            ):
                continue
            lead = case.flat[max(0, odd.span.start - 12) : odd.span.start]
            after = case.flat[odd.span.end : odd.span.end + 4]
            if re.search(r"每|人均|标准|单价|平均|户均|亩均|/", lead) or re.match(r"[/每人]|[^,。;]{0,2}/", after):
                continue
            if not re.search(r"支出|经费|资金|预算|收入|补助|投入|金额|费用?$", odd.name):
                continue
            message = f"同一句里其他金额以万元为单位，这里写{odd.value}元，可能漏写了“万”"
            yield case.finding("R12", odd.span, message, stated=f"{odd.value}元", recomputed=f"{odd.value}万元")


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


def _plain_digits(case: Case) -> Iterator[Finding]:
    """万元 written behind an amount in 元: 「4,860,000万元」 where the text elsewhere has 486.00万元."""
    money = [q for q in case.found.quantities if q.unit == "万元" and q.number]
    known = {Fraction(q.number) for q in money if Fraction(q.number) < _TEN_THOUSAND}
    for quantity in money:
        meant = Fraction(quantity.number) / _TEN_THOUSAND
        if quantity.number >= 10**5 and meant in known:
            message = f"这里写{quantity.value}万元，另一处是{number(meant, 6)}万元，相差一万倍，可能把元写成了万元"
            yield case.finding(
                "R12", quantity.span, message, stated=f"{quantity.value}万元", recomputed=f"{number(meant, 6)}万元"
            )


def _told_elsewhere(quantity: Quantity, large: list[Quantity]) -> bool:
    """Whether the amount stands elsewhere in 万元, or is what two such amounts differ by."""
    if any(not differ(quantity, other) for other in large):
        return True
    known = sorted({in_unit(q, "万元") for q in large})[-40:]
    value = in_unit(quantity, "万元")
    return any(abs(a - b) == value for a in known for b in known)


_ENOUGH = Fraction(1)  # 万元
_HUNDRED = 100  # saved: a hundredth of the whole, or a tenth of the line itself
_WHERE_TO = re.compile(r"调剂|调减|收回|压减[^,。;]{0,12}用于|统筹用于|调整用于|上缴|交回|退回")
_SAVED = re.compile(
    r"(?:(?<!上年)(?<!同比)节约(?:资金|经费|财政资金)?|(?:项目|采购|招标|经费)(?:资金)?(?:形成)?(?:结余|少支出?))(?:约)?\s?(?P<n>\d+(?:\.\d+)?)\s?万元"
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
        r"(?:支出率|执行率)[^,。;\t\n]{0,8}100(?:\.0+)?%(?!\s?[计得为(]|以上|含)|无结余|结转[^,。;\d]{0,8}(?<![\d.,])0(?:\.0+)?\s?万元|无结转(?!两年|超过|\d)|全部(?:支出|执行)完毕|没有结转|没有结余",
        case.flat,
    )
    anchor = Span(spent_all.start(), spent_all.end()) if spent_all is not None else _balanced(case)
    left = any(q.number > 0 for q in case.quantities("年末结转结余"))
    if whole is None or anchor is None or left:
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
