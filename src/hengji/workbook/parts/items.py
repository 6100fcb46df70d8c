"""数据项: this year's and last year's value of every item, grouped by the table they come from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hengji.model.filing import SOURCE_CN, Filing, Source, State, Value, ValueKey
from hengji.model.item import Item, ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.system import IndicatorSystem
from hengji.model.units import canonical_unit, dimension
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.cells import Reading, read_cell
from hengji.workbook.excel import derived_formula
from hengji.workbook.faults import looks_like_ratio, value_fault
from hengji.workbook.grid import Cell, column_letter
from hengji.workbook.needs import needed_items, other_items
from hengji.workbook.pages import Page, Pages, lines
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import Table, unit_in

_SHEET = layout.ITEMS
_COLUMN = {field.key: number for number, field in enumerate(_SHEET.fields)}
_WIDTH = {field.key: field.width for field in _SHEET.fields}
_FIRST_ROW = 3
# Which columns say what of this year's value and of last year's.
_YEARS = (("now", "locator", "quote", "source"), ("before", "before_locator", "before_quote", "before_source"))
_STAMP = "："


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet: an item, or a heading over a section or over a table (``item`` is None)."""

    item: Item | None
    heading: str = ""
    section: bool = False


def write_items(pages: Pages, filing: Filing, system: IndicatorSystem) -> frozenset[ValueKey]:
    """Writes the sheet and gives the values that stand on it; the rest belongs on 其他数值."""
    page = pages.framed(_SHEET)
    plan = list(_plan(system))
    rows = {line.item.name: row for row, line in enumerate(plan, start=_FIRST_ROW) if line.item is not None}
    placed: set[ValueKey] = set()
    last = _COLUMN["where"]
    for row, line in enumerate(plan, start=_FIRST_ROW):
        if line.item is None:
            page.band(row, 0, last, line.heading, look.SECTION if line.section else look.GROUP)
            continue
        placed |= _write_item(page, row, line.item, filing)
        formula = derived_formula(line.item, system, rows)
        if formula is None:
            page.text(row, _COLUMN["derived"], "", look.COMPUTED)
        else:
            page.formula(row, _COLUMN["derived"], formula, "")
    page.print_to(_FIRST_ROW + len(plan) - 1, last)
    return frozenset(placed)


def _plan(system: IndicatorSystem) -> Iterator[_Line]:
    for heading, items in (
        ("以下数据项参与计分", needed_items(system)),
        ("以下不参与计分，用于报告和核查", other_items(system)),
    ):
        if not items:
            continue
        yield _Line(None, heading, section=True)
        tables: dict[str, list[Item]] = {}
        for item in items:
            tables.setdefault(item.table or item.group, []).append(item)
        for table, members in tables.items():
            yield _Line(None, f"取自：{table}")
            yield from (_Line(item) for item in members)


def _write_item(page: Page, row: int, item: Item, filing: Filing) -> set[ValueKey]:
    page.text(row, _COLUMN["item"], item.name, look.LABEL)
    page.text(row, _COLUMN["unit"], item.unit, look.CENTRED)
    placed: set[ValueKey] = set()
    values: list[Value | None] = []
    for year, (number, locator, quote, source) in zip((filing.year, filing.year - 1), _YEARS, strict=True):
        key = ValueKey(item.name, year)
        value = filing.values.get(key)
        value = value if value is not None and fits(item, value) else None
        placed |= {key} if value is not None else set()
        values.append(value)
        shown = Value("") if value is None else value
        text = "无" if shown.state is State.NONE else shown.stated
        page.stated(row, _COLUMN[number], text, item.type)
        page.text(row, _COLUMN[locator], shown.locator, look.PROVENANCE)
        page.text(row, _COLUMN[quote], shown.quote, look.PROVENANCE)
        page.text(row, _COLUMN[source], _stamp(shown), look.STAMP)
    _write_change(page, row, item, values)
    where = _where(item)
    page.text(row, _COLUMN["where"], where, look.NOTE)
    page.height(row, max(lines(where, _WIDTH["where"] + 4), lines(item.name, _WIDTH["item"])))
    _write_hints(page, row, item, where)
    return placed


def fits(item: Item, value: Value) -> bool:
    """Whether a value survives in a cell that says neither unit nor state: it reads back as it is stated."""
    if value.unit != (item.unit if item.type is ItemType.NUMBER else ""):
        return False
    if value.state is State.NONE:
        return item.type is ItemType.NUMBER and not value.stated
    if value.state is not State.GIVEN:
        return False
    reading = read_cell(Cell(value.stated), item.type, item.choices)
    return reading == Reading(value.stated)


def _stamp(value: Value) -> str:
    """「导入：912.97」: a figure somebody types over is no longer the imported one."""
    return "" if value.source is Source.TYPED else f"{SOURCE_CN[value.source]}{_STAMP}{value.stated}"


def _write_change(page: Page, row: int, item: Item, values: list[Value | None]) -> None:
    if item.type is not ItemType.NUMBER:
        page.text(row, _COLUMN["change"], "", look.COMPUTED)
        return
    now, before = (f"{column_letter(_COLUMN[key])}{row + 1}" for key in ("now", "before"))
    numbers = [read_decimal(value.stated) if value is not None else None for value in values]
    known = [number for number in numbers if number is not None]
    difference: Decimal | str = known[0] - known[1] if len(known) == len(numbers) else ""
    page.formula(row, _COLUMN["change"], f'=IF(AND(ISNUMBER({now}),ISNUMBER({before})),{now}-{before},"")', difference)


def _where(item: Item) -> str:
    parts = [item.where]
    if item.counted is not None:
        parts.append("台账填完的，以台账计数为准")
    if item.formula is not None:
        parts.append(f"空着时按“{item.formula.text}”计算")
    return "；".join(part for part in parts if part)


def _write_hints(page: Page, row: int, item: Item, where: str) -> None:
    unit = f"单位：{item.unit}。" if item.unit else ""
    message = f"{unit}{where}。没有发生填0，不知道就空着。"
    choices = {ItemType.FLAG: ("是", "否"), ItemType.CHOICE: item.choices}.get(item.type)
    for key in ("now", "before"):
        if choices:
            page.choices((row, row), _COLUMN[key], choices, item.name, message)
        else:
            page.hint((row, row), _COLUMN[key], item.name, message)


def read_items(sheets: Sheets, system: IndicatorSystem, year: int) -> dict[ValueKey, Value]:
    """The values on the sheet, each in the unit it is stated in."""
    table = sheets.table(_SHEET, required=True)
    found: dict[ValueKey, Value] = {}
    if table is None:
        return found
    reader = _Reader(sheets, table)
    for row in table.rows():
        name = table.text(row, "item")
        item = item_called(system, name)
        if item is None:
            reader.unknown(row, name)
            continue
        for of_year, columns in zip((year, year - 1), _YEARS, strict=True):
            value = reader.value(row, item, columns)
            if value is None:
                continue
            key = ValueKey(item.name, of_year)
            if key in found:
                sheets.problem(table.place(row, columns[0]), f"数据项“{item.name}”填了两次，请留一处")
            found[key] = value
    return found


def item_called(system: IndicatorSystem, name: str) -> Item | None:
    """The item of that name or alias, or None."""
    canonical = system.dictionary.canonical(name)
    return system.dictionary.items[canonical] if canonical else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """The rows of the sheet, read one by one."""

    sheets: Sheets
    table: Table

    def unknown(self, row: int, name: str) -> None:
        """A row that is no item: a heading, unless figures stand in it."""
        stated = any(self.table.text(row, key) and not self.table.cell(row, key).lent for key in ("now", "before"))
        if stated:
            what = (
                f"“{name}”不是已声明的数据项，请核对名称；可用 hengji items 查找"
                if name
                else "这一行没有写数据项的名称"
            )
            self.sheets.problem(self.table.place(row, "item"), what)

    def value(self, row: int, item: Item, columns: tuple[str, str, str, str]) -> Value | None:
        """One year's value of an item, or None where the cell says nothing."""
        key, locator, quote, source = columns
        cell = self.table.cell(row, key)
        reading = read_cell(cell, item.type, item.choices)
        if reading is None:
            return None
        place = self.table.place(row, key)
        unit = "" if item.type is not ItemType.NUMBER else self.unit(row, key, item, reading)
        value = Value(
            reading.text, unit, reading.state,
            locator=self.table.text(row, locator), quote=self.table.text(row, quote),
        )  # fmt: skip
        say_value(self.sheets, place, item, value, reading)
        if cell.number and not cell.percent and looks_like_ratio(reading.text, unit):
            say_ratio(self.sheets, place, item.name, reading.text)
        return self.stamped(value, self.table.text(row, source), place)

    def unit(self, row: int, key: str, item: Item, reading: Reading) -> str:
        """The unit a number is stated in: its own, the row's, the head's, the item's; two that differ are a mistake."""
        stated = canonical_unit(self.table.text(row, "unit"))
        head = canonical_unit(unit_in(self.table.grid.cell(self.table.first_row - 1, self.table.columns[key]).text))
        if reading.state is State.NONE:
            return item.unit
        if reading.unit:
            return reading.unit
        if head and stated and head != stated and dimension(head) == dimension(stated):
            message = f"{item.name}的单位，表头写“{head}”，单位列写“{stated}”，请改成一致"
            self.sheets.problem(self.table.place(row, key), message)
        if not stated and head and dimension(head) == dimension(item.unit):
            return head
        return stated or item.unit

    def stamped(self, value: Value, stamp: str, place: str) -> Value:
        """The value with its source, unless the figure is no longer the one that came from there."""
        word, _, was = stamp.partition(_STAMP)
        source = layout.SOURCES.get(word, Source.TYPED)
        same = not was or was == value.stated or _equal(was, value.stated)
        if source is not Source.TYPED and not same:
            self.sheets.notice(place, f"这里原是{word}的{was}，现在填的是{value.stated}，按填报处理")
            return replace(value, source=Source.TYPED, locator="", quote="")
        return replace(value, source=source)


def _equal(one: str, other: str) -> bool:
    a, b = read_decimal(one), read_decimal(other)
    return a is not None and a == b


def say_value(sheets: Sheets, place: str, item: Item, value: Value, reading: Reading) -> None:
    """Says what is wrong with a value of an item that was read at a place."""
    fault = reading.problem or value_fault(item, value)
    if fault:
        sheets.problem(place, f"{item.name}：{fault}")


def say_ratio(sheets: Sheets, place: str, name: str, text: str) -> None:
    """Says that a percentage of at most 1 was probably meant as a ratio."""
    hundredfold = plain(Fraction(text) * 100, 6)
    sheets.notice(place, f"{name}填的是{text}，按{text}%读入；如果是{hundredfold}%，请改过来")
