"""R07 in tables: the rows of the parts make the row of their total."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.likely import sum_mistaken, unlike
from hengji.auditing.numbers import exact, number
from hengji.auditing.slips import digits_of, slip, swapped
from hengji.auditing.sums.odd_cells import odd_cell
from hengji.auditing.sums.told_nowhere_else import told_nowhere_else
from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import fixed, read_decimal
from hengji.model.patterns import pattern

_CENT = Fraction(1, 100)
_FEW = 2
_SHORT_OF = 50  # a list that misses its whole by less than one in so many was meant to make it
_TOTAL_LINE = pattern(r"\n(?:合计|总计)\n(?P<figures>(?:[\d,.]+\n){2,6})")


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


_HEADER_ROWS = 3
_FULL_MARKS = {"满分", "标准分", "应得分", "满分值"}
_SUM_ROW = pattern(
    r"(?:合计|总计|.{0,8}总额|.{0,6}合计|支出总计|收入总计|.{0,6}小计|全年(?:累计|小计)?)(?:\(.{0,6}\))?"
)
_SUBTOTAL = pattern(r"小计")


def columns_add_up(case: Case) -> Iterator[Finding]:
    """R07 in tables: the row of the total against the rows of the parts, column by column.

    Held only where one column shows which rows are the parts: a column that adds up exactly, beside one that does not.
    """
    scored = {item.span.start for item in case.found.items if item.table}
    for grid in case.grids:
        headed = {text for row in range(min(grid.rows, _HEADER_ROWS)) for text in grid.row(row)}
        of_scores = any("分值" in text or "权重" in text for text in headed) and any("得分" in text for text in headed)
        if not of_scores and _FULL_MARKS & headed and any("得分" in text for text in headed):
            continue  # of parts, which the scores' own check holds
        if of_scores or any(grid.block.start <= start < grid.block.end for start in scored):
            for row in range(grid.rows):
                if any(_FUNDS.fullmatch(text) for text in grid.row(row)):
                    yield from _summed(case, grid, row)
            yield from _nested(case, grid)
            continue  # points and scores are summed as such
        for row in range(grid.rows):
            if is_total(grid, row):
                yield from _summed(case, grid, row)
        yield from _nested(case, grid)


def is_total(grid: Grid, row: int) -> bool:
    """Whether a row is a total's."""
    texts = grid.row(row)
    return any(_SUM_ROW.fullmatch(text) for text in texts if "计" in text or "总额" in text) or texts[:1] == ("全年",)


_FUNDS = pattern(
    r"(?:年度|全年|项目|预算)*(?:资金|预算|经费|支出)总额(?:\(.{0,6}\))?"
)  # the row of a form that its sources of money make
_MOST_PARTS = 12


def _nested(case: Case, grid: Grid) -> Iterator[Finding]:
    """A row followed by 「其中」 and its parts: where most columns add up exactly, the one that does not is wrong."""
    for row in range(grid.rows - 2):
        if any(_SIDE.fullmatch(text) for text in grid.row(row)[:2]):
            yield from _below_its_side(case, grid, row)
    of_it = [of_which(grid, row) for row in range(grid.rows)]
    for row in range(grid.rows - 2):
        if of_it[row + 1] and not of_it[row]:
            odd = _odd_column(case, grid, row)
            if odd is not None:
                yield from _nested_finding(case, grid, row, *odd)


_SIDE = pattern(r"(?:[一二三1-3][、.])?(?:基本支出|项目支出)(?:小计|合计)?")


def _below_its_side(case: Case, grid: Grid, row: int) -> Iterator[Finding]:
    """「项目支出」 and its projects below it up to the next side or the total, where they make all its columns but one."""
    whole, last = figures_of(case, grid, row), row
    sums = dict.fromkeys(whole, Fraction(0))
    for below in range(row + 1, grid.rows):
        figures = figures_of(case, grid, below)
        ended = is_total(grid, below) or any(_SIDE.fullmatch(text) for text in grid.row(below)[:2])
        if ended:
            break
        if of_which(grid, below) or not whole.keys() <= figures.keys():
            return
        last = below
        sums = {column: value + figures[column] for column, value in sums.items()}
    wrong = [column for column, value in sums.items() if value != whole[column]]
    right = any(value and value == whole[column] for column, value in sums.items())
    if last - row >= _FEW and right and len(wrong) == 1 and abs(sums[wrong[0]] - whole[wrong[0]]) * 4 < whole[wrong[0]]:
        yield from _nested_finding(case, grid, row, last, wrong[0], sums[wrong[0]])


def _odd_column(case: Case, grid: Grid, row: int) -> tuple[int, int, Fraction] | None:
    """The last row of the parts below a whole, the only column in which they do not make it, and what they make there.

    None where some number of rows makes the whole in every column.
    """
    label = next(column for column, text in enumerate(grid.row(row + 1)) if text.startswith("其中"))
    # in two tables side by side (收入｜支出) the parts are of the half that says so
    whole = {c: value for c, value in figures_of(case, grid, row).items() if c > label}
    sums: dict[int, Fraction] = {}
    odd: tuple[int, int, Fraction] | None = None
    told: set[int] = set()  # the columns that some part fills: points and scores of the whole's row are none
    for below in range(row + 1, min(grid.rows, row + 1 + _MOST_PARTS)):
        part = figures_of(case, grid, below)
        if not part:
            break
        whole = {c: value for c, value in whole.items() if c in part or not unread(grid, below, c)}
        sums = {c: sums.get(c, Fraction(0)) + part.get(c, Fraction(0)) for c in whole}
        told.update(part)
        wrong = [c for c in whole if sums[c] != whole[c] and c in told]
        if below == row + 1:
            continue
        if not wrong:
            return None
        right = any(whole[c] and sums[c] == whole[c] for c in whole if c in told)
        if odd is None and right and len(wrong) == 1:
            at = wrong[0]
            odd = (below, at, sums[at]) if abs(sums[at] - whole[at]) * 4 < whole[at] else None
    return odd


def _nested_finding(case: Case, grid: Grid, row: int, last: int, column: int, made: Fraction) -> Iterator[Finding]:
    told = figures_of(case, grid, row)[column]
    lines = {each: figures_of(case, grid, each) for each in range(row, last + 1)}
    odd = odd_cell(grid, lines, row, column, told - made)
    if odd is not None:
        yield from _odd_finding(case, grid, lines, row, column, made, odd)
        return
    stated, recomputed = number(told, 6), number(made, 6)
    message = f"合计写{stated}，其中各项相加是{recomputed}，相差{number(abs(told - made), 6)}"
    at = told_nowhere_else(case, grid, lines, row, column, told - made)
    span = grid.row_span(row) if at == row else grid.span(at, column)
    yield from _likely(case.finding("R07", span, message, stated=stated, recomputed=recomputed))


def _likely(finding: Finding) -> Iterator[Finding]:
    """A finding whose sum is off by as much as sums are by mistake."""
    if not unlike(finding, _BY_A_TENTH):
        yield finding


_BY_A_TENTH = Fraction(1, 10)


def _odd_finding(
    case: Case, grid: Grid, lines: Mapping[int, Mapping[int, Fraction]], row: int, column: int, made: Fraction, odd: int
) -> Iterator[Finding]:
    """The finding at the cell that its own row convicts, where no other unit explains it: row and column ask for one figure."""
    told, gap = lines[odd][column], lines[row][column] - made
    right = told - gap if odd == row else told + gap
    if max(told, right) >= _OTHER_UNIT * min(told, right):
        return
    stated, recomputed = number(told, 6), number(right, 6)
    message = (
        f"合计写{number(made + gap, 6)}，各行相加是{number(made, 6)}，相差{number(abs(gap), 6)}；"
        f"按本行其他各数，这里写的{stated}应为{recomputed}"
    )
    yield case.finding("R07", grid.span(odd, column), message, stated=stated, recomputed=recomputed)


_OTHER_UNIT = 1000  # 元 in a column of 万元 is R12's


def unread(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell tells a figure in a way that is not read, so that no sum of its column can be held."""
    text = grid.text(row, column)
    return _DIGIT.search(text) is not None and not CELL.fullmatch(text) and not _TAKEN_OFF.fullmatch(text)


_DIGIT = pattern(r"\d")
_TAKEN_OFF = pattern(
    r"[(（](?P<n>\d[\d,]*\.\d+)(?:万元|元)?[)）]|[−–—]\s?(?P<m>\d[\d,]*(?:\.\d+)?)(?:万元|元)?"
)  # 「(73.40)」 as book-keepers write what is less
CELL = pattern(r"-?\d[\d,]*(?:\.\d+)?(?:万元|元|人次|[人名个户件家辆台套项次])?")


def figures_of(case: Case, grid: Grid, row: int) -> dict[int, Fraction]:
    """The amounts of a row by column, read once a document; rates and scores are none."""
    known = _known_figures(case)
    place = (grid.block.start, row)
    if place not in known:
        known[place] = _read_figures(grid, row)
    return known[place]


@once
def _known_figures(_: Case) -> dict[tuple[int, int], dict[int, Fraction]]:
    return {}


def _read_figures(grid: Grid, row: int) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for column, text in enumerate(grid.row(row)):
        less = _TAKEN_OFF.fullmatch(text)
        if less is None and (not (text[:1].isdigit() or text[:1] == "-") or not CELL.fullmatch(text)):
            continue
        written = text if less is None else f"-{less['n'] or less['m']}"
        cell = grid.cells[row, column]
        if cell.column == column and cell.row == row:
            number_read = read_decimal(_UNIT_BEHIND.sub("", written))
            if number_read is not None:
                found[column] = exact(number_read)
    return found


_UNIT_BEHIND = pattern(r"[\u4e00-\u9fff]+$")


def of_which(grid: Grid, row: int) -> bool:
    """Whether a row is part of the row above it (其中：…), and so no summand of the total."""
    return any(text.startswith("其中") for text in grid.row(row))


def _summed(case: Case, grid: Grid, row: int) -> Iterator[Finding]:
    total = figures_of(case, grid, row)
    above = _of_its_kind(grid, row, total, _run(case, grid, row, -1)) or _subtotals(case, grid, row)
    for rows in (above, _run(case, grid, row, 1)):
        summands = [each for each in rows if not of_which(grid, each)]
        parts = [rows[each] for each in summands]
        if len(parts) < _FEW or _of_total_above(case, grid, rows, parts):
            continue
        sums = {
            column: sum((p[column] for p in parts if column in p), Fraction(0))
            for column in total
            if sum(column in p for p in parts) >= _FEW and not any(unread(grid, each, column) for each in summands)
        }
        closing = rows[max(rows)]
        sums = {
            column: value
            for column, value in sums.items()
            if not is_rate(grid, row, column) and total[column] != closing.get(column)
        }  # what stands at the end of the last row is what stands in the end: a balance, no sum of balances
        lines = {row: total, **{each: rows[each] for each in summands}}
        sums = {c: value for c, value in sums.items() if value == total[c] or not _of_two_columns(grid, lines, c)}
        right = [column for column, value in sums.items() if value == total[column] and value]
        wrong = [column for column, value in sums.items() if value != total[column]]
        gaps = {total[column] - sums[column] for column in wrong}
        odd = {c: odd_cell(grid, lines, row, c, total[c] - sums[c]) for c in wrong}
        shown = any(at is not None for at in odd.values())
        if (
            not shown
            and len(wrong) > len(right) > 0
            and len(gaps) == 1
            and all(_nearly(sums[c], total[c]) for c in wrong)
        ):
            yield from _likely(_row_off(case, grid, row, total, gaps.pop(), wrong))
            return
        alone = len(sums) == 1 and len(parts) > _FEW and all(_meant(parts, c, total[c]) for c in sums)
        counted = alone or (len(right) > 0 and len(right) >= len(wrong) > 0)
        for column in wrong:
            if (at := odd[column]) is not None:
                yield from _odd_finding(case, grid, lines, row, column, sums[column], at)
            elif counted:
                at = told_nowhere_else(case, grid, lines, row, column, total[column] - sums[column])
                at = _swapped_part(lines, row, column, total[column] - sums[column]) if at == row else at
                yield from _likely(_total_off(case, grid, at, column, total[column], sums[column]))
        if shown or counted:
            return


def _swapped_part(lines: Mapping[int, Mapping[int, Fraction]], row: int, column: int, gap: Fraction) -> int:
    """The one part whose digits two places changed make the sum right, where no slip of the total does; else the total's row."""
    whole = lines[row][column]
    if gap >= whole or slip(fixed(whole), fixed(whole - gap)):
        return row
    parts = {each: figures[column] for each, figures in lines.items() if each != row and column in figures}
    mended = [each for each, part in parts.items() if part + gap > 0 and swapped(fixed(part), fixed(part + gap))]
    return mended[0] if len(mended) == 1 else row


def _total_off(case: Case, grid: Grid, row: int, column: int, told: Fraction, made: Fraction) -> Finding:
    stated, recomputed = number(told, 6), number(made, 6)
    message = f"合计写{stated}，各行相加是{recomputed}，相差{number(abs(told - made), 6)}"
    return case.finding("R07", grid.span(row, column), message, stated=stated, recomputed=recomputed)


def _row_off(case: Case, grid: Grid, row: int, total: dict[int, Fraction], gap: Fraction, wrong: list[int]) -> Finding:
    """The one finding of a total's row that is off by one amount in several columns, a column of parts and that of their sum."""
    stated, recomputed = (number(each, 6) for each in (total[wrong[0]], total[wrong[0]] - gap))
    message = f"合计写{stated}，各行相加是{recomputed}，有{len(wrong)}列同样相差{number(abs(gap), 6)}"
    return case.finding("R07", grid.row_span(row), message, stated=stated, recomputed=recomputed)


def _meant(parts: Sequence[Mapping[int, Fraction]], column: int, total: Fraction) -> bool:
    """Whether a column with none beside it was meant to make its total: it nearly does, or one slip mends it and no fewer rows make it."""
    figures = [part[column] for part in parts if column in part]
    made = sum(figures, Fraction(0))
    if _nearly(made, total):
        return True
    whole = total.denominator == 1 and all(figure.denominator == 1 for figure in figures)
    slipped = len(digits_of(fixed(total))) > _TELLING and sum_mistaken(
        total, figures, 0 if whole else _FEW, Fraction(0)
    )
    return slipped and len(figures) <= _MOST_PARTS and not _made_by_fewer(figures, total)


_TELLING = 3  # digits of a total that no other rows miss by a slip


def _made_by_fewer(figures: Sequence[Fraction], total: Fraction) -> bool:
    """Whether some of the figures make the total, so that the others are parts of them."""
    reached = {Fraction(0)}
    for figure in figures:
        reached |= {value + figure for value in reached}
    return total in reached


def _nearly(value: Fraction, stated: Fraction) -> bool:
    """Whether a sum misses its total by so little that no column beside it is needed to show which rows are the parts."""
    return abs(value - stated) * _SHORT_OF < stated and abs(value - stated) > _CENT * 2


def is_rate(grid: Grid, row: int, column: int) -> bool:
    """Whether the header of a column says that its figures are not to be added."""
    above = (grid.text(each, column) for each in range(row - 1, -1, -1))
    return any(
        re.search(
            r"率|%|占比|比例|比重|平均|[人户亩车生件场次村辆床班台座]均(?!衡)|每|均价|单价|标准|行次|序号|编码|行号|栏次|代码",
            text,
        )
        for text in above
        if not CELL.fullmatch(text)
    )


def _of_two_columns(grid: Grid, lines: dict[int, dict[int, Fraction]], column: int) -> bool:
    """Whether a column tells in every row, the total's too, what one other column makes over a second: 班额 beside 班级数 and 学生数."""
    told = {row: figures for row, figures in lines.items() if column in figures}
    step = {row: Fraction(1, 10 ** len(grid.text(row, column).partition(".")[2])) for row in told}
    others = sorted({c for figures in told.values() for c in figures} - {column})
    return len(told) > _FEW and any(
        all(
            figures.get(b) and abs(figures.get(a, 0) / figures[b] - figures[column]) < step[row]
            for row, figures in told.items()
        )
        for a, b in itertools.permutations(others, _FEW)
    )


def _run(case: Case, grid: Grid, row: int, step: int) -> dict[int, dict[int, Fraction]]:
    """The rows next to a total with their amounts, up to a header or another total; a row of words ends them, and so does the group of a subtotal."""
    found: dict[int, dict[int, Fraction]] = {}
    group, each = _group_of(grid, row), row + step
    while 0 <= each < grid.rows and (figures := figures_of(case, grid, each)):
        if is_total(grid, each) or (group is not None and grid.cells[each, group[0]].row != group[1]):
            break
        found[each] = figures
        each += step
    return found


def _of_its_kind(
    grid: Grid, row: int, total: Mapping[int, Fraction], rows: dict[int, dict[int, Fraction]]
) -> dict[int, dict[int, Fraction]]:
    """The rows above a subtotal without those that stand before its kind, where the rest make one of its columns: 「基本支出」 above the rows of 项目小计."""
    if not any(text.endswith("小计") for text in grid.row(row)):
        return rows
    order = sorted(rows)
    for first in range(len(order) - 1):
        kept = {each: rows[each] for each in order[first:]}
        sums = {c: sum((figures.get(c, Fraction(0)) for figures in kept.values()), Fraction(0)) for c in total}
        if any(value and value == total[c] for c, value in sums.items()):
            return kept
    return rows


def parts_above(case: Case, grid: Grid, row: int) -> dict[int, dict[int, Fraction]]:
    """The amounts of the rows above a total that make it, by row and column."""
    return {each: figures for each, figures in _run(case, grid, row, -1).items() if not of_which(grid, each)}


def in_a_sum(case: Case, at: int) -> bool:
    """Whether the cell of a position is one of a column whose rows make its total."""
    for grid in case.grids:
        if not grid.block.start <= at < grid.block.end:
            continue
        for row in range(grid.rows):
            parts = parts_above(case, grid, row) if is_total(grid, row) else {}
            for column, total in figures_of(case, grid, row).items():
                own = {each: figures[column] for each, figures in parts.items() if column in figures}
                inside = any(grid.span(each, column).start <= at < grid.span(each, column).end for each in own)
                if inside and sum(own.values(), Fraction(0)) == total:
                    return True
    return False


def _group_of(grid: Grid, row: int) -> tuple[int, int] | None:
    """The column and first row of a cell that spans the rows of a subtotal and its parts; None where no cell does."""
    label = next((column for column, text in enumerate(grid.row(row)) if _SUM_ROW.fullmatch(text)), 0)
    starts = [(column, grid.cells[row, column].row) for column in range(label) if (row, column) in grid.cells]
    return next(((column, start) for column, start in starts if start < row), None)


def _subtotals(case: Case, grid: Grid, row: int) -> dict[int, dict[int, Fraction]]:
    """The subtotals above a grand total."""
    if any(_SUBTOTAL.fullmatch(text) for text in grid.row(row)):
        return {}
    above = (each for each in range(row) if any(_SUBTOTAL.fullmatch(text) for text in grid.row(each)))
    return {each: figures_of(case, grid, each) for each in above}


def _of_total_above(
    case: Case, grid: Grid, rows: dict[int, dict[int, Fraction]], parts: list[dict[int, Fraction]]
) -> bool:
    """Whether rows make the total that stands over them, and so are none of the one below."""
    above = min(rows) - 1
    if above < 0 or not is_total(grid, above):
        return False
    total = figures_of(case, grid, above)
    return bool(total) and all(sum((p.get(c, Fraction(0)) for p in parts), Fraction(0)) == total[c] for c in total)
