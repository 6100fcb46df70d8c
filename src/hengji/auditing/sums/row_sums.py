"""R07 in tables: columns that make another column in every row but one."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.sums.column_sums import figures_of, is_total
from hengji.extracting.tables.grid import Grid
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_HEADER_ROWS = 3
_TAUGHT = 2  # rows that must show by their figures how a column comes about
_MOST_ROWS = 60
_MOST_COLUMNS = 12
_CENT = Fraction(1, 100)
_OTHER_UNIT = 1000
_SUM = pattern(r"(?:合计|小计|总计|总额|总数|全年|全年合计|调整后|全年预算|调整预算).{0,8}")
_REST = pattern(r".{0,6}(?:结余|结转|差额|增减|未支出|未执行|剩余|净值).{0,6}|[年期]末.{0,4}")
_SCORES = pattern(r"分值|得分|权重|目标值|指标值|完成值")


def rows_add_up(case: Case) -> Iterator[Finding]:
    """「年初预算 | 追加 | 全年预算」: a row whose parts do not make its sum (or its rest), where the other rows show it."""
    for grid in case.grids:
        if grid.columns <= _TAUGHT or grid.columns > _MOST_COLUMNS or grid.rows <= _TAUGHT:
            continue
        for header in range(min(grid.rows, _HEADER_ROWS)):
            texts = grid.row(header)
            if any(_SCORES.search(text) for text in texts):
                break
            wanted = [c for c, text in enumerate(texts) if _SUM.fullmatch(text) or _REST.fullmatch(text)]
            rows = {r: f for r in range(header + 1, min(grid.rows, _MOST_ROWS)) if (f := figures_of(case, grid, r))}
            for column in wanted:
                yield from _odd_row(case, grid, rows, column, texts[column])


def _odd_row(
    case: Case, grid: Grid, rows: Mapping[int, Mapping[int, Fraction]], column: int, header: str
) -> Iterator[Finding]:
    """The one row in which a column is not what others make."""
    for signs in _ways(grid.columns, column, rest=_REST.fullmatch(header) is not None):
        both = {r: f for r, f in rows.items() if column in f and all(c in f for c in signs)}
        made = {r: sum((sign * f[c] for c, sign in signs.items()), Fraction(0)) for r, f in both.items()}
        wrong = [r for r, f in both.items() if abs(made[r] - f[column]) > _CENT]
        plain = sum(1 for r, f in both.items() if r not in wrong and all(f[c] for c in signs))
        if len(wrong) == 1 and plain >= _TAUGHT and len(both) > _TAUGHT:
            row = wrong[0]
            gap = abs(made[row] - both[row][column])
            if gap >= _OTHER_UNIT * min(value for value in both[row].values() if value):
                return  # 元 in a row of 万元, which R12 tells
            if any(c not in (column, *signs) and value == gap for c, value in both[row].items()):
                return  # another column of the row tells what lies between
            if is_total(grid, row) and any(r != row and f[column] == both[row][column] for r, f in both.items()):
                return  # it is taken over from another row: 「项目小计」 and the total have one 结转
            stated, right = number(both[row][column], 6), number(made[row], 6)
            worked = "".join(
                f"{' − ' if sign < 0 else ' + ' if place else ''}{number(both[row][c], 6)}"
                for place, (c, sign) in enumerate(signs.items())
            )
            message = f"这一行“{header}”写{stated}，{worked} = {right}，其他各行都对"
            yield case.finding("R07", grid.span(row, column), message, stated=stated, recomputed=right)
            return


def _ways(columns: int, column: int, *, rest: bool) -> Iterator[Mapping[int, int]]:
    """Which columns may make one: those side by side right before or behind it added up; for a rest one less another."""
    sides: Sequence[tuple[int, int]]
    if rest:
        for one, other in itertools.combinations(range(1, column), 2):
            yield {one: 1, other: -1}
        for first in range(1, column - 2):  # what there was, what came and what went
            yield {first: 1, first + 1: 1, first + 2: -1}
        return
    sides = [(first, column) for first in range(column - 2, 0, -1)]
    sides = [*sides, *((column + 1, last) for last in range(column + 3, columns + 1))]
    for first, last in sides:
        yield dict.fromkeys(range(first, last), 1)


_RUNNING = pattern(r"累计.{0,8}|.{0,6}(?:累计数?|累计支出|累计完成)")


def running_totals(case: Case) -> Iterator[Finding]:
    """「季度 | 支出 | 累计支出」: a row whose running total is not the one above and what the row adds, where the other rows show it."""
    for grid in case.grids if "累计" in case.flat else ():
        for header in range(min(grid.rows, _HEADER_ROWS)):
            texts = grid.row(header)
            for column, text in enumerate(texts):
                if column and _RUNNING.fullmatch(text) and "率" not in text and "%" not in text:
                    rows = {r: f for r in range(header + 1, grid.rows) if (f := figures_of(case, grid, r))}
                    yield from _odd_step(case, grid, rows, column)


def _odd_step(case: Case, grid: Grid, rows: Mapping[int, Mapping[int, Fraction]], column: int) -> Iterator[Finding]:
    """The one row in which a running total does not go on from the row above by another column's figure."""
    for step in range(1, column):
        both = [r for r, f in rows.items() if column in f and step in f]
        if len(both) <= _TAUGHT or rows[both[0]][step] != rows[both[0]][column]:
            continue
        pairs = list(itertools.pairwise(both))
        wrong = [(a, b) for a, b in pairs if abs(rows[a][column] + rows[b][step] - rows[b][column]) > _CENT]
        if len(wrong) != 1 or len(pairs) <= 1:
            continue
        above, row = wrong[0]
        told, made = rows[row][column], rows[above][column] + rows[row][step]
        stated, right = number(told, 6), number(made, 6)
        message = f"这一行累计写{stated}，上一行累计{number(rows[above][column], 6)} + 本行{number(rows[row][step], 6)} = {right}"
        yield case.finding("R07", grid.span(row, column), message, stated=stated, recomputed=right)
        return
