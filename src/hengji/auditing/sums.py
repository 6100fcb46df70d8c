"""R07: parts, columns and lists make their whole."""

import itertools
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.numbers import common_unit, differ, exact, in_unit, number, slack
from hengji.auditing.slips import SWAPPED, slip
from hengji.extracting.grid import Grid
from hengji.extracting.leaf_names import without_mark
from hengji.library.ties import SumTie, load_ties
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import fixed, read_decimal
from hengji.model.units import dimension, factor

_OF_WHICH = re.compile(r"其中|包括|分别为|分为|由|具体[为是]")
_OPEN = re.compile(r"等(?=[,。;)]|$)|主要(?:是|为|用于|包括)|部分")
_WHOLE = re.compile(r"(?:合计|共计|总计|总额|小计|共)$")
_CENT = Fraction(1, 100)
_FEW = 2
_NAME = 10  # characters before a figure that name it
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
    r"构成|投向|按(?:支出)?(?:用途|功能|类别|项目|领域|科目)(?:类别|分类)?(?:划分|分|看|分类)|(?:主要)?用于|具体为|分别为|包括"
)
_NAMED_WHOLE = re.compile(r"(?:项目|基本)支出|总支出|支出")
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
        after = [q for q in case.by_sentence[whole.sentence] if q.unit == "万元" and q.span > whole.span]
        if _mended(case, stated, [basic, projects], "万元") or some_run_fits(whole, after):
            continue
        if abs(stated - total) > _CENT * 2 and abs(stated - total) * _TENFOLD < stated:
            message = f"“{whole.name}”写{whole.value}万元，基本支出与项目支出之和是{number(total, 6)}万元，相差{number(abs(total - stated), 6)}万元"
            span = Span(whole.span.start, projects.span.end)
            yield case.finding("R07", span, message, stated=whole.value, recomputed=number(total, 6))


_MORE, _LESS = re.compile(r"追加|调增|核增|增加(?!后)"), re.compile(r"追减|调减|核减|压减|减少|收回")


def budget_adjusts(case: Case) -> Iterator[Finding]:
    """R07: 「年初预算24,150.00万元，追加2,948.00万元、追减617.64万元，调整预算数26,840.36万元」."""
    for quantities in case.by_sentence.values():
        money = [q for q in quantities if dimension(q.unit) == "money" and not q.table and q.year == case.year]
        first = next((q for q in money if q.item == "年初预算数"), None)
        last = next((q for q in money if q.item == "年度部门预算资金" and first and q.span > first.span), None)
        if (
            first is None
            or last is None
            or not re.search(r"调整|全年", case.flat[last.span.start - _NAME : last.span.start])
        ):
            continue
        between = [q for q in money if first.span < q.span < last.span]
        more, less = ([q for q in between if form.search(q.name)] for form in (_MORE, _LESS))
        if not more + less or len(more) > 1 or len(less) > 1:
            continue
        total = in_unit(first, "万元") + _sum(more) - _sum(less)
        gap = abs(total - in_unit(last, "万元"))
        if gap > _CENT * 2 and (
            slip(fixed(in_unit(last, "万元")), fixed(total)) or not told_gap(case, (first, last), gap, "万元")
        ):
            signs = "".join([f" + {q.value}" for q in more] + [f" − {q.value}" for q in less])
            message = (
                f"调整后预算写{last.value}万元，{first.value}{signs} = {number(total, 6)}万元，相差{number(gap, 6)}万元"
            )
            span = Span(min(q.span for q in more + less).start, last.span.end)
            yield case.finding("R07", span, message, stated=last.value, recomputed=number(total, 6))


def _sum(figures: Iterable[Quantity]) -> Fraction:
    return sum((in_unit(q, "万元") for q in figures), Fraction(0))


_SOURCES = re.compile(r"(?:资金|经费)?来源(?:为|是|:|包括)|由")


def sources_make_whole(case: Case) -> Iterator[Finding]:
    """R07: sources of money told after a whole, that make it but for one slip: 「资金来源为一般公共预算…、政府性基金…」."""
    for sentence, quantities in case.by_sentence.items():
        money = [q for q in quantities if q.unit == "万元" and not q.table]
        match = _SOURCES.search(case.flat, sentence.start, sentence.end) if len(money) >= _FEW else None
        money = [q for q in money if match and q.span.start > match.end()]
        if (
            match is None
            or len(money) < _FEW
            or any(re.search(r"其中|。", case.flat[a.span.end : b.span.start]) for a, b in itertools.pairwise(money))
        ):
            continue
        paragraph = case.paragraph(sentence.start)
        before = [
            q for q in case.found.quantities if paragraph.start <= q.span.start < match.start() and q.unit == "万元"
        ]
        total = _sum(money)
        wholes = {in_unit(q, "万元"): q for q in before}
        near = [q for value, q in wholes.items() if 0 < abs(value - total) * _SHORT_OF < total]
        if total in wholes or len(near) != 1:
            continue
        meant = in_unit(near[0], "万元")
        if any(slip(fixed(in_unit(q, "万元")), fixed(in_unit(q, "万元") + meant - total)) for q in money):
            message = f"各项来源相加是{number(total, 6)}万元，“{near[0].name}”写{near[0].value}万元，相差{number(abs(total - meant), 6)}万元"
            span = Span(money[0].span.start - len(money[0].name), money[-1].span.end)
            yield case.finding("R07", span, message, stated=near[0].value, recomputed=number(total, 6))


_TOTAL_LINE = re.compile(r"\n(?:合计|总计)\n(?P<figures>(?:[\d,.]+\n){2,6})")


def lines_add_up(case: Case) -> Iterator[Finding]:
    """R07 in a table whose cells reached the text as lines: the last figure of the total's row against the rows above."""
    for match in _TOTAL_LINE.finditer(case.flat):
        totals = [Fraction(text.replace(",", "")) for text in match["figures"].split()]
        lines = case.flat[: match.start()].split("\n")
        rows: list[list[Fraction]] = []
        while len(lines) > len(totals) and all(CELL.fullmatch(text) for text in lines[-len(totals) :]):
            rows.append([Fraction(text.replace(",", "")) for text in lines[-len(totals) :]])
            lines = lines[: -len(totals) - 1]
            if CELL.fullmatch(lines[-1] if lines else "0") and len(lines) < _FEW:
                break
        sums = [sum((row[n] for row in rows), Fraction(0)) for n in range(len(totals))]
        wrong = [n for n, total in enumerate(totals) if sums[n] != total]
        if len(rows) > _FEW and len(wrong) == 1 and slip(fixed(totals[wrong[0]]), fixed(sums[wrong[0]])):
            n = wrong[0]
            start = match.start("figures") + sum(len(text) + 1 for text in match["figures"].split()[:n])
            span = Span(start, start + len(match["figures"].split()[n]))
            message = f"合计写{number(totals[n], 6)}，各行相加是{number(sums[n], 6)}，相差{number(abs(totals[n] - sums[n]), 6)}"
            yield case.finding("R07", span, message, stated=number(totals[n], 6), recomputed=number(sums[n], 6))


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
        if not wholes and (named := _NAMED_WHOLE.match(case.text(sentence))):
            item = {"总支出": "本年支出合计", "支出": "本年支出合计"}.get(named[0], named[0])
            wholes = list(case.quantities(item))
        if any(in_unit(q, "万元") == total for q in wholes):
            continue
        wholes = [q for q in wholes if q.sentence == sentence] or wholes
        near = [
            q
            for q in wholes
            if 0 < abs(in_unit(q, "万元") - total) * _SHORT_OF < total or slip(fixed(total), fixed(in_unit(q, "万元")))
        ]
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
SUM_ROW = re.compile(r"(?:合计|总计|.{0,8}总额|.{0,6}合计|支出总计|收入总计)(?:\(.{0,6}\))?")


def columns_add_up(case: Case) -> Iterator[Finding]:
    """R07 in tables: the row of the total against the rows of the parts, column by column.

    Held only where one column shows which rows are the parts: a column that adds up exactly, beside one that does not.
    """
    scored = {item.span.start for item in case.found.items if item.table}
    for grid in case.grids:
        headed = {text for row in range(min(grid.rows, _HEADER_ROWS)) for text in grid.row(row)}
        of_scores = any("分值" in text or "权重" in text for text in headed) and any("得分" in text for text in headed)
        if of_scores or any(grid.block.start <= start < grid.block.end for start in scored):
            for row in range(grid.rows):
                if any(_FUNDS.fullmatch(text) for text in grid.row(row)):
                    yield from _summed(case, grid, row)
            yield from _nested(case, grid)
            continue  # points and scores are summed as such
        for row in range(grid.rows):
            if any(SUM_ROW.fullmatch(text) for text in grid.row(row) if "计" in text or "总额" in text):
                yield from _summed(case, grid, row)
        yield from _nested(case, grid)


_FUNDS = re.compile(
    r"(?:年度|全年|项目|预算)*(?:资金|预算|经费|支出)总额(?:\(.{0,6}\))?"
)  # the row of a form that its sources of money make
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")


def _odd_part(grid: Grid, row: int, parts: Iterable[int], column: int, gap: Fraction) -> int:
    """The row of the part that does not fit its own rate and would fit it corrected; else the row of the whole."""
    odd: list[int] = []
    for each in parts:
        rate = next((m for text in grid.row(each) if (m := _PERCENT.fullmatch(text))), None)
        figures = figures_of(grid, each)
        budget = next((figures[c] for c in sorted(figures, reverse=True) if c < column), None)
        if rate is None or not budget or column not in figures:
            continue
        stated, step = Fraction(rate[1]), Fraction(1, 10 ** len(rate[1].partition(".")[2]))
        wrong, right = ((figures[column] + extra) / budget * 100 - stated for extra in (0, gap))
        if abs(wrong) > step and abs(right) <= step:
            odd.append(each)
    return odd[0] if len(odd) == 1 else row


_MOST_PARTS = 12


def _nested(case: Case, grid: Grid) -> Iterator[Finding]:
    """A row followed by 「其中」 and its parts: where most columns add up exactly, the one that does not is wrong."""
    of_it = [_of_which(grid, row) for row in range(grid.rows)]
    for row in range(grid.rows - 2):
        if not of_it[row + 1] or of_it[row]:
            continue
        whole = figures_of(grid, row)
        sums: dict[int, Fraction] = {}
        for below in range(row + 1, min(grid.rows, row + 1 + _MOST_PARTS)):
            part = figures_of(grid, below)
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


CELL = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元)?")


def figures_of(grid: Grid, row: int) -> dict[int, Fraction]:
    """The amounts of a row by column; rates and scores are none."""
    found: dict[int, Fraction] = {}
    for column, text in enumerate(grid.row(row)):
        if not (text[:1].isdigit() or text[:1] == "-") or not CELL.fullmatch(text):
            continue
        cell = grid.cells[row, column]
        if cell.column == column and cell.row == row:
            number_read = read_decimal(text.removesuffix("元").removesuffix("万"))
            if number_read is not None:
                found[column] = exact(number_read)
    return found


def _of_which(grid: Grid, row: int) -> bool:
    """Whether a row is part of the row above it (其中：…), and so no summand of the total."""
    return any(text.startswith("其中") for text in grid.row(row))


def _summed(case: Case, grid: Grid, row: int) -> Iterator[Finding]:
    total = figures_of(grid, row)
    for rows in (_run(grid, row, -1), _run(grid, row, 1)):
        parts = [figures for each, figures in rows.items() if not _of_which(grid, each)]
        if len(parts) < _FEW:
            continue
        sums = {
            column: sum((p[column] for p in parts if column in p), Fraction(0))
            for column in total
            if sum(column in p for p in parts) >= _FEW
        }
        sums = {column: value for column, value in sums.items() if not _is_rate(grid, row, column)}
        right = [column for column, value in sums.items() if value == total[column] and value]
        wrong = [column for column, value in sums.items() if value != total[column]]
        alone = len(sums) == 1 and len(parts) > _FEW and all(_nearly(value, total[c]) for c, value in sums.items())
        if wrong and (alone or (right and len(right) >= len(wrong))):
            for column in wrong:
                stated, recomputed = number(total[column], 6), number(sums[column], 6)
                message = f"合计写{stated}，各行相加是{recomputed}，相差{number(abs(total[column] - sums[column]), 6)}"
                at = _odd_part(grid, row, rows, column, total[column] - sums[column])
                yield case.finding("R07", grid.span(at, column), message, stated=stated, recomputed=recomputed)
            return


def _nearly(value: Fraction, stated: Fraction) -> bool:
    """Whether a sum misses its total by so little that no column beside it is needed to show which rows are the parts."""
    return abs(value - stated) * _SHORT_OF < stated and abs(value - stated) > _CENT * 2


def _is_rate(grid: Grid, row: int, column: int) -> bool:
    """Whether the header of a column says that its figures are not to be added."""
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return any(
        re.search(r"率|%|占比|比例|比重|平均|人均|单价|标准|行次|序号|编码|行号|栏次|代码", text)
        for text in above
        if not CELL.fullmatch(text)
    )


def _run(grid: Grid, row: int, step: int) -> dict[int, dict[int, Fraction]]:
    """The rows next to a total with their amounts, up to a header or another total; a row of words ends them."""
    found: dict[int, dict[int, Fraction]] = {}
    each = row + step
    while 0 <= each < grid.rows and (figures := figures_of(grid, each)):
        if any(SUM_ROW.fullmatch(text) for text in grid.row(each)):
            break
        found[each] = figures
        each += step
    return found


def _over(position: int | None, span: Span) -> bool:
    return position is not None and span.start <= position <= span.end


def only_one(case: Case, item: str) -> Quantity | None:
    """The mention of an item, where all mentions agree."""
    mentions = case.quantities(item)
    if not mentions or any(differ(mentions[0], other) for other in mentions[1:]):
        return None
    return max(mentions, key=lambda q: len(q.value.partition(".")[2]))


def _tie(case: Case, tie: SumTie) -> Finding | None:
    """A tie holds within one paragraph or table where it is told, else over the document's one value of each."""
    whole = only_one(case, tie.whole)
    parts = [only_one(case, part) for part in tie.parts]
    if whole is None or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    known += [part for part in (only_one(case, name) for name in tie.optional) if part is not None]
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
    if total < stated and told_gap(case, (whole, *parts), stated - total, unit) and not _with_rest(parts):
        return None
    if _mended(case, stated, parts, unit):
        return None
    listed = " + ".join(number(in_unit(part, unit), 6) for part in parts)
    return case.finding(
        "R07",
        whole.span,
        f"{name}写{number(stated, 6)}{unit}，各部分之和是{listed} = {number(total, 6)}{unit}，相差{number(abs(total - stated), 6)}{unit}",
        stated=number(stated, 6),
        recomputed=number(total, 6),
        severity=Severity.INFO if abs(total - stated) <= loose else None,
    )


def _with_rest(parts: list[Quantity]) -> bool:
    """Whether the last part takes in all that is left (其他公共卫生), so that nothing may be missing."""
    return parts[-1].name.startswith(("其他", "其余", "余下")) and len(parts) > _FEW


def _mended(case: Case, stated: Fraction, parts: list[Quantity], unit: str) -> bool:
    """Whether a part is told elsewhere with two digits the other way round and then makes the sum right.

    Then that part is told twice (R08), and the sum is not wrong.
    """
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    told = _by_item(case)
    return any(
        in_unit(q, unit) == in_unit(part, unit) + stated - total and slip(q.value, part.value) == SWAPPED
        for part in parts
        if part.item
        for q in told.get((part.item, part.year), ())
    )


@once
def _by_item(case: Case) -> dict[tuple[str, int], list[Quantity]]:
    """The figures of each data item and year that say another value."""
    found: dict[tuple[str, int], dict[str, Quantity]] = {}
    for quantity in case.found.quantities:
        if quantity.item:
            found.setdefault((quantity.item, quantity.year), {}).setdefault(quantity.value, quantity)
    return {key: list(values.values()) for key, values in found.items()}


def _rounded(whole: Quantity, parts: list[Quantity]) -> bool:
    """Rounding explains a difference only where the figures were written with few decimals."""
    return (
        len(parts) > _FEW
        or whole.unit.startswith("万人")
        or len({len(q.value.partition(".")[2]) for q in (whole, *parts)}) > 1
        or any(q.vague for q in (whole, *parts))
    )


def _listed(case: Case, span: Span, quantities: list[Quantity]) -> Iterator[Finding]:
    """A whole followed by 「其中」 and its parts, or parts closed by 「合计」, within one sentence."""
    text = case.text(span)
    if text.startswith("其中"):
        quantities = [*_told_before(case, span), *quantities]
        span = Span(quantities[0].sentence.start, span.end)
        text = case.text(span)
    if len(quantities) <= _FEW:
        return
    added = [q for q in quantities if q.about != "目标" and q.unit != "%" and not _per_unit(case, q)]
    for index, whole in enumerate(quantities):
        if whole.about == "目标":
            continue
        same = [q for q in added if dimension(q.unit) == dimension(whole.unit)]
        after = [q for q in same if q.span.start > whole.span.end]
        between = text[whole.span.end - span.start : after[0].span.start - span.start] if after else ""
        if (
            len(after) >= _FEW
            and (
                _OF_WHICH.search(between[:_NEXT])
                or re.search("其中|包括", between)
                or _colon(between, after)
                or _bracketed(case, whole, after)
            )
            and whole.unit not in ("%", "次", "项", "个")
            and index == quantities.index(whole)
        ):
            parts = _parts(case, whole, after)
            if len(parts) >= _FEW and _closed(parts, text) and not some_run_fits(whole, after):
                finding = _partition(case, whole, parts)
                if finding is not None:
                    yield finding
        before = [
            q for q in same if q.span.end <= whole.span.start and not _in_brackets(text, q.span.start - span.start)
        ]
        if (
            len(before) >= _FEW
            and (_WHOLE.search(whole.name) or re.match(r"共计|合计|总计", whole.name))
            and not any(_OF_WHICH.search(text[: q.span.start - span.start][-12:]) for q in before[:1])
        ):
            finding = _partition(case, whole, _run_before(case, before))
            if finding is not None:
                yield finding


def _in_brackets(text: str, at: int) -> bool:
    """Whether a place of a sentence stands in brackets, which only explain what is before them."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _told_before(case: Case, span: Span) -> list[Quantity]:
    """The last figure of the sentence before, in the same paragraph: what 「其中」 at the head of a sentence splits."""
    before = case.sentence(span.start - 1) if span.start > case.paragraph(span.start).start else span
    return case.by_sentence.get(before, [])[-1:] if before != span else []


def _bracketed(case: Case, whole: Quantity, after: list[Quantity]) -> bool:
    """Whether a bracket right behind a figure lists at least two of its kind and nothing else: 「68名(行政22名、事业42名)」."""
    if case.flat[whole.span.end : whole.span.end + 1] != "(":
        return False
    close = case.flat.find(")", whole.span.end, whole.sentence.end)
    inside = [q for q in after if q.span.end <= close]
    return len(inside) >= _FEW and close - inside[-1].span.end == 0 and len({q.unit for q in inside}) == 1


def _colon(between: str, after: list[Quantity]) -> bool:
    """Whether a colon opens a list of at least three figures of one unit: 「126场:故事会48场,讲座22场,…」."""
    return between.startswith(":") and len(after) > _FEW and len({q.unit for q in after}) == 1


_PER = re.compile(r"每(?:名|人|个|户|亩|辆|次|件|月|年|平方米|公里)|人均|户均|亩均|单价|按")


def _per_unit(case: Case, quantity: Quantity) -> bool:
    """Whether an amount is a rate for one of many (每名在编人员2万元的标准), which no list adds up."""
    if case.flat.startswith(("的标准", "标准", "/"), quantity.span.end):
        return True
    lead = case.flat[max(quantity.sentence.start, quantity.span.start - 12) : quantity.span.start]
    if "每" not in lead:
        return False
    lead = lead[max(lead.rfind(mark) for mark in ",、;:") + 1 :]
    return "每" in lead and _PER.search(lead) is not None


_NEXT = 8  # characters in which 「分别为」 must follow its whole


def some_run_fits(whole: Quantity, after: list[Quantity]) -> bool:
    """Whether the figures that follow make the whole from the first up to any of them (上年结转 may be a part)."""
    unit, total = common_unit((whole,)), Fraction(0)
    for quantity in after:
        total += in_unit(quantity, unit)
        if total == in_unit(whole, unit):
            return True
    return False


def _parts(case: Case, whole: Quantity, after: list[Quantity]) -> list[Quantity]:
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
        if depth < 0 or (found and _NOT_IN_POST.search(quantity.name) and not _NOT_IN_POST.search(whole.name)):
            break
        found.append(quantity)
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


_OF_STAFF = re.compile(
    r"行政|事业|工勤|参公|参照|公务员|在编|编外|聘用|在职|退休|离休|机关|下属|合同制|派遣|政府购买|(?:局|馆|院|校|所|站|中心|队|科|股|街道)$"
)
_NOT_IN_POST = re.compile(r"离休|退休|遗属")


_MANY = 1000  # people: so many that a sum one slip away is no chance


def _partition(case: Case, whole: Quantity, parts: list[Quantity]) -> Finding | None:
    """A finding where a list of parts does not make its whole; a list that may leave something out is held to less."""
    unit = common_unit((whole, *parts))
    total = sum((in_unit(part, unit) for part in parts), Fraction(0))
    stated = in_unit(whole, unit)
    if stated == total or total > stated * 2 or any(part.year != whole.year for part in parts):
        return None
    people = whole.unit in ("人", "名") and not (whole.number >= _MANY and slip(fixed(stated, 0), fixed(total, 0)))
    if people and not all(_OF_STAFF.search(part.name) for part in parts):
        return None  # 「其中女性14人、党员20人」 are no parts
    near = abs(total - stated) <= stated / 10
    names = " ".join(part.name for part in parts)
    if "满意" in names and not _UNCONTENT.search(names):
        return None  # only those who were content are listed
    if not (_complete(parts) or near or (total > stated and len(parts) > _FEW and total < stated * 2)):
        return None
    return _sum_finding(case, whole, parts, without_mark(whole.name) or "合计")


_UNCONTENT = re.compile(r"不满意|一般|不了解|较差")
_LEAST_GAP = Fraction(1, 20)  # 万元: what is less is a slip of rounding, whatever else the text states


def told_gap(case: Case, figures: Iterable[Quantity], gap: Fraction, unit: str) -> bool:
    """Whether the document itself states the difference: what was carried over, added, or is counted elsewhere.

    Two figures that a third explains do not contradict each other. Amounts may be told anywhere; counts of people, which
    are small, only beside the figures they explain.
    """
    listed = tuple(figures)
    money = dimension(unit) == "money"
    if unit == "%" or (money and (gap < _LEAST_GAP or gap * (factor(unit, "万元") or 1) not in case.amounts)):
        return False
    near = {case.paragraph(q.span.start) for q in listed}
    for other in case.found.quantities:
        if dimension(other.unit) != dimension(unit) or other.about == "目标" or other.span in {q.span for q in listed}:
            continue
        if in_unit(other, unit) == gap and (money or case.paragraph(other.span.start) in near):
            return True
    return False
