"""其他数值: values of other years and of subordinate units, and those whose unit or state must be said."""

from collections.abc import Mapping
from typing import TypeVar

from hengji.model.evaluated_year import YEARS
from hengji.model.filing import SOURCE_CN, Filing, Source, State, Value, ValueKey
from hengji.model.item import Item, ItemType
from hengji.model.numerals import read_decimal
from hengji.model.system import IndicatorSystem
from hengji.model.units import canonical_unit
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.cells import Reading, read_cell
from hengji.workbook.faults import looks_like_ratio
from hengji.workbook.pages import Pages
from hengji.workbook.parts.items import item_called, say_ratio, say_value
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import Table

_SHEET = layout.VALUES
_FIRST_ROW, _BLANK_ROWS = 3, 40
_Word = TypeVar("_Word", State, Source)


def write_values(pages: Pages, filing: Filing, placed: frozenset[ValueKey]) -> None:
    """Writes the sheet: every value that does not stand on 数据项."""
    page = pages.framed(_SHEET)
    row = _FIRST_ROW
    for key, value in filing.values.items():
        if key in placed:
            continue
        cells = (
            key.item, str(key.year), key.unit, value.stated, value.unit, layout.STATE_CN[value.state],
            SOURCE_CN[value.source], value.locator, value.quote,
        )  # fmt: skip
        page.texts(row, 0, cells, look.INPUT)
        row += 1
    for blank in range(row, row + _BLANK_ROWS):
        page.blank(blank, len(_SHEET.fields))
    reach = (_FIRST_ROW, _FIRST_ROW + layout.MOST_ROWS)
    states = [word for word in layout.STATES if word]
    page.choices(reach, _SHEET.column("state"), states, "状态", "有数的空着；没有发生选“无”。")
    page.choices(reach, _SHEET.column("source"), list(layout.SOURCES), "来源", "空着就是填报。")
    page.print_to(row + 20, len(_SHEET.fields) - 1)


def read_values(sheets: Sheets, system: IndicatorSystem) -> dict[ValueKey, Value]:
    """The values on the sheet."""
    table = sheets.table(_SHEET)
    found: dict[ValueKey, Value] = {}
    for row in table.rows() if table is not None else ():
        assert table is not None
        name = table.text(row, "item")
        item = item_called(system, name)
        if item is None:
            sheets.problem(table.place(row, "item"), f"“{name}”不是已声明的数据项，请核对名称；可用 hengji items 查找")
            continue
        year = read_decimal(table.text(row, "year").removesuffix("年"))
        if year is None or year not in YEARS:
            sheets.problem(table.place(row, "year"), f"{item.name}的年度“{table.text(row, 'year')}”不对，请填四位年份")
            continue
        key = ValueKey(item.name, int(year), table.text(row, "unit_name"))
        value = _value(sheets, table, row, item)
        if key in found:
            sheets.problem(table.place(row, "value"), f"{item.name}{int(year)}年填了两次，请留一处")
        found[key] = value
    return found


def _value(sheets: Sheets, table: Table, row: int, item: Item) -> Value:
    place = table.place(row, "value")
    state = _choice(sheets, table, row, "state", layout.STATES, State.GIVEN)
    cell = table.cell(row, "value")
    reading = _given(table, row, item) if state is State.GIVEN else Reading(cell.text, state=state)
    if reading is None:
        sheets.problem(place, f"{item.name}没有写数值；没有发生请在状态栏选“无”，未填请选“未填”")
        reading = Reading("", state=State.BLANK)
    unit = canonical_unit(table.text(row, "unit"))
    if reading.unit and unit and reading.unit != unit:
        sheets.problem(place, f"{item.name}的单位，数值里写“{reading.unit}”，单位列写“{unit}”，请改成一致")
    unit = unit or reading.unit
    value = Value(
        reading.text, unit, reading.state, _choice(sheets, table, row, "source", layout.SOURCES, Source.TYPED),
        table.text(row, "locator"), table.text(row, "quote"),
    )  # fmt: skip
    say_value(sheets, place, item, value, reading)
    if cell.number and not cell.percent and looks_like_ratio(reading.text, unit or item.unit):
        say_ratio(sheets, place, item.name, reading.text)
    return value


def _given(table: Table, row: int, item: Item) -> Reading | None:
    """The stated value. A text is what it is, even where it says 「无」 or 「—」."""
    cell = table.cell(row, "value")
    if item.type is ItemType.TEXT and cell.text and not cell.trouble:
        return Reading(cell.text)
    return read_cell(cell, item.type, item.choices)


def _choice(sheets: Sheets, table: Table, row: int, key: str, words: Mapping[str, _Word], default: _Word) -> _Word:
    word = table.text(row, key)
    if word and word not in words:
        sheets.problem(table.place(row, key), f"“{word}”应是其中之一：{'、'.join(filter(None, words))}")
    return words.get(word, default) if word else default
