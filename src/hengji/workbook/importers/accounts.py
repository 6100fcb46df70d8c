"""Reads the published final accounts (部门决算公开表), keyed by the title of a table and never by its number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hengji.model.filing import Source, State, Value, ValueKey
from hengji.model.item import AccountsCell, Dictionary, Item, ItemType
from hengji.model.numerals import read_decimal
from hengji.model.problem import Problem
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell, Grid, open_grids
from hengji.workbook.importers.heads import money_unit, stated_years
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
    "财政拨款支出决算表": "财政拨款支出决算表",
    "财政拨款支出决算明细表": "财政拨款支出决算表",
    "一般公共预算财政拨款支出决算表": "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款支出决算明细表": "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款收入支出决算表": "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算": "一般公共预算财政拨款基本支出决算",
    "一般公共预算财政拨款基本支出决算表": "一般公共预算财政拨款基本支出决算",
    "一般公共预算财政拨款基本支出决算明细表": "一般公共预算财政拨款基本支出决算",
    "财政拨款基本支出经济分类决算表": "一般公共预算财政拨款基本支出决算",
    "一般公共预算财政拨款项目支出决算表": "一般公共预算财政拨款项目支出决算表",
    "政府性基金预算财政拨款收入支出决算表": "政府性基金预算财政拨款收入支出决算表",
    "政府性基金预算财政拨款支出决算表": "政府性基金预算财政拨款收入支出决算表",
    "政府性基金预算财政拨款三公经费支出决算表": "政府性基金预算财政拨款三公经费支出决算表",
    "国有资本经营预算财政拨款支出决算表": "国有资本经营预算财政拨款支出决算表",
    "国有资本经营预算财政拨款收入支出决算表": "国有资本经营预算财政拨款支出决算表",
    "国有资本经营预算财政拨款三公经费支出决算表": "国有资本经营预算财政拨款三公经费支出决算表",
    "三公经费支出决算表": "三公经费支出决算表",
    "财政拨款三公经费支出决算表": "三公经费支出决算表",
    "一般公共预算财政拨款三公经费支出决算表": "三公经费支出决算表",
    "项目支出决算表": "项目支出决算表",
    "项目支出决算明细表": "项目支出决算表",
}
# What stands right before a title and makes it another table's, one that is not in the list.
_OTHER_TABLES = ("预算", "拨款", "经费", "基本", "项目", "经营", "基金", "资本", "专户", "购买服务", "采购")
_HEAD_ROWS = 12
_TITLE_TEXTS = 8
_CONTENTS_TITLES = 2  # a sheet that names more tables than that is the list of contents
_VALUE_COLUMNS = ("金额", "决算数", "合计", "本年支出合计")


@dataclass(frozen=True, slots=True)
class AccountsTable:
    """One table of the final accounts: its title as the project calls it, its unit, its grid."""

    title: str
    unit: str
    grid: Grid


def import_accounts(path: Path, dictionary: Dictionary, year: int) -> Imported:
    """The items that stand in the published accounts of a year, each with table and cell, in the unit of the sheet.

    A table without a stated unit or of another year is a problem and is not read; a blank is a blank and no zero. Raises
    HengjiError where the file is no spreadsheet.
    """
    return read_accounts(open_grids(path), path.name, dictionary, year)


def read_accounts(grids: Iterable[Grid], file: str, dictionary: Dictionary, year: int) -> Imported:
    """The same from grids that are open already, a sheet or a table of a document each."""
    problems: list[Problem] = []
    tables = [table for grid in grids if (table := identify(grid, file, year, problems)) is not None]
    if not tables and not problems:
        problems.append(Problem(file, "没有认出部门决算公开表（按表的标题认），请检查是不是决算公开的表格"))
    values: dict[ValueKey, Value] = {}
    for item in dictionary.items.values():
        found = _first(item, tables, file, problems)
        if found is not None:
            values[ValueKey(item.name, year)] = found
    return Imported(values, problems=tuple(problems))


def identify(grid: Grid, file: str, year: int, problems: list[Problem]) -> AccountsTable | None:
    """The table a sheet holds, by the longest known title in its first rows or its name; None for any other sheet."""
    texts = [cell.text for row in grid.rows[:_HEAD_ROWS] for cell in row if cell.text and not cell.lent]
    named = [title for text in texts if (title := table_title(text)) is not None]
    if len(set(named)) > _CONTENTS_TITLES:
        return None
    titles = [table_title(text) for text in (*texts[:_TITLE_TEXTS], grid.name)]
    title = next((each for each in titles if each is not None), None)
    if title is None:
        return None
    where = f"{file} {grid.name}"
    years = stated_years(texts[:_TITLE_TEXTS])
    if years and year not in years:
        problems.append(Problem(where, f"“{title}”是{max(years)}年度的，不是{year}年度的，没有读入"))
        return None
    unit = money_unit(texts)
    if not unit:
        problems.append(Problem(where, f"“{title}”没有写金额单位，没有读入，请补上“单位：元”或“单位：万元”"))
        return None
    return AccountsTable(title, unit, grid)


def table_title(text: str) -> str | None:
    """The title of an accounts table inside a text, by the longest that fits; None for a text that names none."""
    plain = re.sub(r"[“”\"'《》「」\s]", "", normal(text))
    plain = re.sub(r"[(（][^)）]*[)）]", "", plain)
    known = [title for title in _TITLES if title in plain]
    if not known:
        return None
    longest = max(known, key=len)
    before = plain.partition(longest)[0]
    return None if before.endswith(_OTHER_TABLES) else _TITLES[longest]


def _first(item: Item, tables: Iterable[AccountsTable], file: str, problems: list[Problem]) -> Value | None:
    for cell in item.accounts:
        wanted = re.sub("[“”]", "", cell.table)
        for table in tables:
            if table.title == wanted and (found := _value(table, cell, item, file, problems)) is not None:
                return found
    return None


def _value(table: AccountsTable, wanted: AccountsCell, item: Item, file: str, problems: list[Problem]) -> Value | None:
    place = _grouped(table.grid, wanted) or _labelled(table.grid, wanted)
    if place is None:
        return None
    where = table.grid.place(*place)
    reading = read_cell(table.grid.cell(*place), ItemType.NUMBER)
    if reading is None or reading.state is State.NONE:
        return None
    if reading.problem or reading.unit not in ("", table.unit):
        what = reading.problem or f"单位“{reading.unit}”与表上的“{table.unit}”不同"
        problems.append(Problem(f"{file} {where}", f"{item.name}：{what}，这一格没有读入"))
        return None
    return Value(reading.text, table.unit, State.GIVEN, Source.IMPORTED, f"{table.title} {where}")


def _find(grid: Grid, label: str, rows: range) -> list[tuple[int, int]]:
    wanted = normal(label)
    return [(r, c) for r in rows if r < len(grid.rows) for c, cell in enumerate(grid.rows[r]) if _label(cell) == wanted]


def _label(cell: Cell) -> str:
    """A label without 其中, numbering and brackets, as tables decorate them."""
    return re.sub(r"^(其中[:：]|[一二三四五六七八九十]+、|\d+[.、])", "", normal(cell.text)) if cell.text else ""


def _labelled(grid: Grid, wanted: AccountsCell) -> tuple[int, int] | None:
    """A row label and, in its own block, the column titled as asked (or any column of amounts) to its right."""
    for row, column in _find(grid, wanted.row, range(len(grid.rows))):
        above = range(min(row, _HEAD_ROWS))
        heads = _find(grid, wanted.column, above)
        if not heads:
            heads = [place for name in _VALUE_COLUMNS for place in _find(grid, name, above)]
        end = _next_label(grid.rows[row], column)
        right = sorted({c for _, c in heads if column < c < end}) if heads else [column + 1]
        for each in right:
            if _is_number(grid.cell(row, each)):
                return row, each
    return None


def _next_label(cells: Sequence[Cell], column: int) -> int:
    """Where the next block of a row begins: tables stand side by side."""
    for number in range(column + 1, len(cells)):
        text = cells[number].text
        if text and not _is_number(cells[number]) and read_cell(cells[number], ItemType.TEXT) is not None:
            return number
    return len(cells)


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
    return read_decimal(cell.text) is not None or bool(cell.trouble)
