"""Reads the published final accounts (部门决算公开表), keyed by the title of a table and never by its number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hengji.model.filing import Source, State, Value, ValueKey
from hengji.model.item import AccountsCell, Dictionary, Item
from hengji.model.numerals import read_decimal
from hengji.model.problem import Problem
from hengji.workbook.grid import Cell, Grid, open_grids
from hengji.workbook.importers.merge import Imported
from hengji.workbook.table import normal

# Every title that occurs, so that a longer one is never taken for the shorter one inside it; and what some call it.
_TITLES = {
    "收入支出决算总表": "收入支出决算总表",
    "收入支出决算表": "收入支出决算总表",
    "收入决算表": "收入决算表",
    "支出决算表": "支出决算表",
    "财政拨款收入支出决算总表": "财政拨款收入支出决算总表",
    "财政拨款收入支出决算表": "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表": "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款收入支出决算表": "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表": "一般公共预算财政拨款基本支出决算",
    "一般公共预算财政拨款基本支出决算明细表": "一般公共预算财政拨款基本支出决算",
    "财政拨款基本支出经济分类决算表": "一般公共预算财政拨款基本支出决算",
    "政府性基金预算财政拨款收入支出决算表": "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表": "国有资本经营预算财政拨款支出决算表",
    "国有资本经营预算财政拨款收入支出决算表": "国有资本经营预算财政拨款支出决算表",
    "三公经费支出决算表": "三公经费支出决算表",
    "财政拨款三公经费支出决算表": "三公经费支出决算表",
    "一般公共预算财政拨款三公经费支出决算表": "三公经费支出决算表",
    "项目支出决算表": "项目支出决算表",
    "项目支出决算明细表": "项目支出决算表",
}
_HEAD_ROWS = 12
MONEY_UNIT = re.compile(r"单位[:：]\s*(?:人民币)?(亿元|百万元|万元|千元|元)")
_VALUE_COLUMNS = ("金额", "决算数", "合计", "本年支出合计")


@dataclass(frozen=True, slots=True)
class AccountsTable:
    """One table of the final accounts: its title as the project calls it, its unit, its grid."""

    title: str
    unit: str
    grid: Grid


def import_accounts(path: Path, dictionary: Dictionary, year: int) -> Imported:
    """The items that stand in the published accounts of a year, each with table and cell.

    Raises HengjiError where the file is no spreadsheet. A table without a stated unit is a problem, not a guess.
    """
    problems: list[Problem] = []
    tables = [table for grid in open_grids(path) if (table := identify(grid, path.name, problems)) is not None]
    if not tables:
        problems.append(Problem(path.name, "没有认出部门决算公开表（按表的标题认），请检查是不是决算公开的表格"))
    values: dict[ValueKey, Value] = {}
    for item in dictionary.items.values():
        found = _first(item, tables)
        if found is not None:
            values[ValueKey(item.name, year)] = found
    return Imported(values, problems=tuple(problems))


def identify(grid: Grid, file: str, problems: list[Problem]) -> AccountsTable | None:
    """The table a sheet holds, by the longest known title in its first rows or its name."""
    texts = [cell.text for row in grid.rows[:_HEAD_ROWS] for cell in row if cell.text]
    for text in (*texts[:8], grid.name):
        title = table_title(text)
        if title is None:
            continue
        unit = next((match[1] for each in texts if (match := MONEY_UNIT.search(normal(each) + each))), "")
        if not unit:
            problems.append(
                Problem(f"{file} {grid.name}", f"“{title}”没有写金额单位，没有读入，请补上“单位：元”或“单位：万元”")
            )
            return None
        return AccountsTable(title, unit, grid)
    return None


def table_title(text: str) -> str | None:
    """The title of an accounts table inside a text, by the longest that fits; None for a text that names none."""
    plain = re.sub(r"[“”\"'《》\s]", "", normal(text))
    plain = re.sub(r"[(（][^)）]*[)）]", "", plain)
    known = [title for title in _TITLES if title in plain]
    return _TITLES[max(known, key=len)] if known else None


def _first(item: Item, tables: Iterable[AccountsTable]) -> Value | None:
    for cell in item.accounts:
        wanted = re.sub("[“”]", "", cell.table)
        for table in tables:
            if table.title == wanted and (found := _value(table, cell)) is not None:
                return found
    return None


def _value(table: AccountsTable, wanted: AccountsCell) -> Value | None:
    place = _grouped(table.grid, wanted) or _labelled(table.grid, wanted)
    if place is None:
        return None
    cell = table.grid.cell(*place)
    locator = f"{table.title} {table.grid.place(*place)}"
    if not cell.text:
        return None
    number = read_decimal(cell.text)
    if number is None:
        return Value(cell.text, table.unit, State.UNREADABLE, Source.IMPORTED, locator)
    return Value(cell.text.replace(",", ""), table.unit, State.GIVEN, Source.IMPORTED, locator)


def _find(grid: Grid, label: str, rows: range) -> list[tuple[int, int]]:
    wanted = normal(label)
    return [(r, c) for r in rows if r < len(grid.rows) for c, cell in enumerate(grid.rows[r]) if _label(cell) == wanted]


def _label(cell: Cell) -> str:
    """A label without 其中, numbering and brackets, as tables decorate them."""
    return re.sub(r"^(其中[:：]|[一二三四五六七八九十]+、|\d+[.、])", "", normal(cell.text))


def _labelled(grid: Grid, wanted: AccountsCell) -> tuple[int, int] | None:
    """A row label and the column titled as asked (or any column of amounts) to its right."""
    for row, column in _find(grid, wanted.row, range(len(grid.rows))):
        heads = _find(grid, wanted.column, range(min(row, _HEAD_ROWS)))
        if not heads:
            heads = [place for name in _VALUE_COLUMNS for place in _find(grid, name, range(min(row, _HEAD_ROWS)))]
        right = sorted(c for _, c in heads if c > column)
        if right and _is_number(grid.cell(row, right[0])):
            return row, right[0]
        if not heads and _is_number(grid.cell(row, column + 1)):
            return row, column + 1
    return None


def _grouped(grid: Grid, wanted: AccountsCell) -> tuple[int, int] | None:
    """A heading over several columns (预算数, 决算数), a column under it, and the first row of figures below."""
    groups = _find(grid, wanted.row, range(min(_HEAD_ROWS, len(grid.rows))))
    if not groups or not any(_is_group(grid, place) for place in groups):
        return None
    row, column = groups[0]
    end = next((c for c in range(column + 1, len(grid.rows[row])) if grid.cell(row, c).text), len(grid.rows[row]))
    under = [c for r, c in _find(grid, wanted.column, range(row, row + 4)) if column <= c < end]
    if not under:
        return None
    for below in range(row + 1, len(grid.rows)):
        texts = [cell.text for cell in grid.rows[below]]
        if texts and normal(texts[0]) == "栏次":
            continue
        if _is_number(grid.cell(below, under[0])) and not _counts_up(texts):
            return below, under[0]
    return None


def _is_group(grid: Grid, place: tuple[int, int]) -> bool:
    row, column = place
    return not grid.cell(row, column + 1).text and bool(grid.cell(row + 1, column).text)


def _counts_up(texts: list[str]) -> bool:
    """A row of column numbers 1, 2, 3."""
    numbers = [text for text in texts if text]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_number(cell: Cell) -> bool:
    return read_decimal(cell.text) is not None
