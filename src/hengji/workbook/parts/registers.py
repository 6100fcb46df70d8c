"""台账: one sheet a register, with its two marks, its rows and the sums above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.model.filing import Filing, Register, Row, State
from hengji.model.item import ItemType, RegisterColumn, RegisterKind
from hengji.model.numerals import read_decimal
from hengji.model.system import IndicatorSystem
from hengji.model.units import canonical_unit
from hengji.workbook import formats as look
from hengji.workbook import layout
from hengji.workbook.cells import Reading, in_unit, read_cell, yes_or_no
from hengji.workbook.faults import cell_fault, looks_like_ratio, row_faults
from hengji.workbook.grid import Grid, column_letter
from hengji.workbook.needs import needed_registers, other_registers
from hengji.workbook.pages import Page, Pages, lines
from hengji.workbook.parts.items import say_ratio
from hengji.workbook.sheets import Sheets
from hengji.workbook.table import Table, Title, find_table, normal

_UNIT, _LOCATOR = "\0unit", "\0locator"  # no column of a register is called that
_BLANK_ROWS, _PRINTED_ROWS = 40, 15
_MOST_WIDTH, _LEAST_TEXT_WIDTH, _TEXT_WIDTH = 140, 13, 20
_MARK_ROWS = 8
_HINTS = (
    (layout.COMPLETE, layout.COMPLETE_COLUMN, "全部填完选“是”，系统才用台账计数来计分。"),
    (layout.NONE_THIS_YEAR, layout.NONE_COLUMN, "今年没有发生过这类事项选“是”，等于如实填0。"),
)


def write_registers(pages: Pages, filing: Filing, system: IndicatorSystem) -> None:
    """Writes the sheets, those that feed a score first."""
    for kinds, tab in ((needed_registers(system), look.TAB_SCORED), (other_registers(system), look.TAB_OTHER)):
        for kind in kinds:
            register = filing.registers.get(kind.name, Register())
            _write_register(pages.add(layout.sheet_name(kind), tab), kind, register)


def _write_register(page: Page, kind: RegisterKind, register: Register) -> None:
    widths = _widths(kind)
    last = len(widths) - 1
    page.band(0, 0, last, kind.title or kind.name, look.TITLE)
    page.height(0, 2)
    page.band(1, 0, last, kind.about, look.NOTE)
    page.height(1, lines(kind.about, sum(widths)))
    for (label, column, hint), marked in zip(_HINTS, (register.complete, register.none_this_year), strict=True):
        page.text(layout.MARK_ROW, column - 1, label, look.HEAD)
        page.text(layout.MARK_ROW, column, "是" if marked else "否", look.MARK)
        page.choices((layout.MARK_ROW, layout.MARK_ROW), column, ["是", "否"], label, hint)
    page.widths(widths, len(widths), look.OPEN)
    _write_sums(page, kind, register)
    _write_heads(page, kind)
    row = layout.BODY_ROW
    for row, each in enumerate(register.rows, start=layout.BODY_ROW):
        _write_row(page, row, kind, each, widths)
    first_blank = layout.BODY_ROW + len(register.rows)
    for row in range(first_blank, first_blank + _BLANK_ROWS):
        page.blank(row, len(widths))
    _write_hints(page, kind)
    page.freeze(layout.BODY_ROW, 1)
    page.print_to(max(first_blank + 2, layout.BODY_ROW + _PRINTED_ROWS), last)


def _widths(kind: RegisterKind) -> list[int]:
    def width(column: RegisterColumn) -> int:
        if column.type is ItemType.TEXT:
            return _TEXT_WIDTH
        return max(12 if column.type is ItemType.DATE else 10, min(2 * len(_title(column)) + 1, 14))

    widths = [*map(width, kind.columns), 12, 12]
    excess = sum(widths) - _MOST_WIDTH
    texts = widths.count(_TEXT_WIDTH)
    if excess > 0 and texts:
        narrower = max(_LEAST_TEXT_WIDTH, _TEXT_WIDTH - -(-excess // texts))
        widths = [narrower if each == _TEXT_WIDTH else each for each in widths]
    widths[layout.NONE_COLUMN - 1] = max(widths[layout.NONE_COLUMN - 1], 12)  # 「本年无此项」 stands there
    return widths


def _title(column: RegisterColumn) -> str:
    return column.name + (f"（{column.unit}）" if column.unit else "") + (" *" if column.required else "")


def _write_heads(page: Page, kind: RegisterKind) -> None:
    page.heads(layout.HEAD_ROW, [*map(_title, kind.columns), layout.ROW_UNIT, layout.ROW_LOCATOR])
    for number, column in enumerate(kind.columns):
        if column.formula is not None:
            page.text(layout.HEAD_ROW, number, _title(column), {**look.HEAD, **_COMPUTED_HEAD})
    page.height(layout.HEAD_ROW, 2)


_COMPUTED_HEAD = {"bg_color": "#EEF1F4", "font_color": "#4B5866"}


def _write_sums(page: Page, kind: RegisterKind, register: Register) -> None:
    """A row above the head that adds up each amount, so that a clerk sees the sum while typing."""
    page.text(layout.SUM_ROW, 0, layout.SUM, look.CENTRED)
    for number, column in enumerate(kind.columns):
        if column.type is ItemType.NUMBER and number > 0:
            letter = column_letter(number)
            first, end = layout.BODY_ROW + 1, layout.BODY_ROW + layout.MOST_ROWS
            known = [read_decimal(row.cells.get(column.name, "")) for row in register.rows]
            total = sum((each for each in known if each is not None), Decimal(0))
            page.formula(layout.SUM_ROW, number, f"=SUM({letter}{first}:{letter}{end})", total)


def _write_row(page: Page, row: int, kind: RegisterKind, stated: Row, widths: Sequence[int]) -> None:
    texts = [stated.cells.get(column.name, "") for column in kind.columns]
    for number, (column, text) in enumerate(zip(kind.columns, texts, strict=True)):
        page.stated(row, number, text, column.type)
    page.text(row, len(texts), stated.unit, look.INPUT)
    page.text(row, len(texts) + 1, stated.locator, look.PROVENANCE)
    texts += [stated.unit, stated.locator]
    page.height(row, max(lines(text, width) for text, width in zip(texts, widths, strict=True)))


def _write_hints(page: Page, kind: RegisterKind) -> None:
    reach = (layout.BODY_ROW, layout.BODY_ROW + layout.MOST_ROWS - 1)
    for number, column in enumerate(kind.columns):
        parts = [column.about, f"单位：{column.unit}" if column.unit else "", "必填" if column.required else ""]
        if column.type is ItemType.DATE:
            parts.append("日期，例如 2023-05-01")
        if column.formula is not None:
            parts.append(f"空着时按“{column.formula.text}”计算")
        message = "；".join(part for part in parts if part)
        choices = ("是", "否") if column.type is ItemType.FLAG else column.choices
        if choices:
            page.choices(reach, number, choices, column.name, message)
        else:
            page.hint(reach, number, column.name, message)


def read_registers(sheets: Sheets, system: IndicatorSystem) -> dict[str, Register]:
    """The registers that hold rows or a mark."""
    found = {kind.name: _read_register(sheets, kind) for kind in system.dictionary.registers.values()}
    return {name: register for name, register in found.items() if register is not None}


def _read_register(sheets: Sheets, kind: RegisterKind) -> Register | None:
    grid = sheets.grid(layout.sheet_name(kind), kind.name, kind.title, *kind.aliases)
    if grid is None or not grid.says_anything():
        return None
    titles = [Title(column.name, (column.name, *column.aliases)) for column in kind.columns]
    titles += [Title(_UNIT, (layout.ROW_UNIT,)), Title(_LOCATOR, (layout.ROW_LOCATOR,))]
    table = find_table(grid, titles, least=min(2, len(kind.columns)))
    if table is None:
        heads = "、".join(column.name for column in kind.columns[:4])
        sheets.problem(grid.name, f"找不到台账“{kind.name}”的表头（{heads} ……）")
        return None
    sheets.say_strays(table)
    reader = _Reader(sheets, kind, table)
    complete, none = reader.mark(grid, layout.COMPLETE), reader.mark(grid, layout.NONE_THIS_YEAR)
    numbered = [(number, found) for number in table.rows() if (found := reader.row(number)) is not None]
    reader.check_sums(numbered)
    register = Register(tuple(row for _, row in numbered), complete=bool(complete), none_this_year=bool(none))
    reader.check_required([number for number, _ in numbered], register)
    if none and complete:
        sheets.problem(grid.name, f"“{layout.COMPLETE}”与“{layout.NONE_THIS_YEAR}”只能选一个")
    rows = register.rows
    if none and rows:
        sheets.problem(grid.name, f"标了“{layout.NONE_THIS_YEAR}”，却填了内容，请改正其中一处")
    if rows and complete is None:
        sheets.notice(grid.name, f"没有找到“{layout.COMPLETE}”这一格，按没有填完处理")
    if not rows and not complete and not none:
        return None
    return register


@dataclass(frozen=True, slots=True)
class _Reader:
    """The sheet of one register, read row by row."""

    sheets: Sheets
    kind: RegisterKind
    table: Table

    def mark(self, grid: Grid, label: str) -> bool | None:
        """Whether a mark is set; None where the sheet has no such cell."""
        for r, row in enumerate(grid.rows[:_MARK_ROWS]):
            for c, cell in enumerate(row):
                if normal(cell.text) != label:
                    continue
                word = grid.cell(r, c + 1).text
                marked = yes_or_no(word) if word else False
                if marked is None:
                    self.sheets.problem(grid.place(r, c + 1), f"“{label}”应选“是”或“否”，这里是“{word}”")
                return bool(marked)
        return None

    def row(self, row: int) -> Row | None:
        """One row, or None for a sum and for a row without a cell of the register's own."""
        if self.is_sum(row):
            return None
        cells: dict[str, str] = {}
        own = False
        for column in self.kind.columns:
            cell = self.table.cell(row, column.name)
            reading = read_cell(cell, column.type, column.choices)
            if reading is None:
                continue
            own = own or not cell.lent
            place = self.table.place(row, column.name)
            fault = cell_fault(column, cell.text) if not cell.number or reading.text.startswith("-") else ""
            if reading.problem or fault:
                self.sheets.problem(place, f"{column.name}：{reading.problem or fault}")
            cells[column.name] = self.text(column, reading, place)
            if cell.number and not cell.percent and looks_like_ratio(reading.text, column.unit):
                say_ratio(self.sheets, place, column.name, reading.text)
        if not own:
            return None
        unit = self.table.text(row, _UNIT)
        return Row(cells, self.table.text(row, _LOCATOR), unit)

    def is_sum(self, row: int) -> bool:
        """Whether a row adds up others: 合计, 小计."""
        return any(normal(cell.text) in layout.TOTALS for cell in self.table.grid.rows[row][:3])

    def check_sums(self, numbered: list[tuple[int, Row]]) -> None:
        """Says where a sum that somebody typed is not what the rows above it, or those since the last sum, come to."""
        last = self.table.first_row - 1
        for row in filter(self.is_sum, self.table.rows()):
            for column in self.kind.columns:
                reading = read_cell(self.table.cell(row, column.name), column.type)
                if column.type is not ItemType.NUMBER or reading is None or not read_decimal(reading.text):
                    continue
                place = self.table.place(row, column.name)
                stated = read_decimal(self.text(column, reading, place, said=False))
                sums = [_sum(column.name, numbered, since, row) for since in (self.table.first_row - 1, last)]
                if stated not in sums:
                    message = (
                        f"这一行是合计，不算进台账；{column.name}写的是{reading.text}，各行之和是{sums[0]}，请核对"
                    )
                    self.sheets.notice(place, message)
            last = row

    def check_required(self, numbers: list[int], register: Register) -> None:
        """Says which cells of a finished register must be filled and are not."""
        for index, number in enumerate(numbers):
            for column, fault in row_faults(self.kind, register, index):
                place = self.table.place(number, column) if column in self.table.columns else self.table.grid.name
                self.sheets.problem(place, fault)

    def text(self, column: RegisterColumn, reading: Reading, place: str, *, said: bool = True) -> str:
        """A cell as the register keeps it: a number in its column's unit, converted where it is stated in another."""
        if column.type is not ItemType.NUMBER or reading.problem:
            return reading.text
        if reading.state is State.NONE:
            return "0"
        stated = reading.unit or canonical_unit(self.table.units.get(column.name, ""))
        if not stated or stated == column.unit:
            return reading.text
        converted = in_unit(reading.text, stated, column.unit)
        if converted is None:
            if not reading.unit:  # else the cell itself has been complained of
                self.sheets.problem(place, f"{column.name}的单位应是“{column.unit}”，这里是“{stated}”")
            return reading.text
        if said:
            self.sheets.notice(place, f"{reading.text}{stated}已换算成{converted}{column.unit}")
        return converted


def _sum(column: str, numbered: list[tuple[int, Row]], since: int, before: int) -> Decimal:
    """What the rows between two come to in a column."""
    cells = [row.cells.get(column, "") for number, row in numbered if since < number < before]
    return sum((number for cell in cells if (number := read_decimal(cell)) is not None), Decimal(0))
