"""Reads the budget-execution export of the 预算管理一体化 system (部门整体预算执行情况)."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hengji.model.filing import Register, Row, Source, State, Value, ValueKey
from hengji.model.item import ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.patterns import pattern
from hengji.model.problem import Problem
from hengji.model.units import canonical_unit, factor
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import open_grids
from hengji.workbook.importers.heads import money_unit, stated_years
from hengji.workbook.importers.merge import Imported
from hengji.workbook.table import Table, Title, find_table

_REGISTER = "预算明细"
_SOURCE = "资金来源"
_TITLES = (
    Title(_SOURCE, (_SOURCE, "资金性质", "收入性质", "资金名称", "项目")),
    Title("年初预算", ("年初预算", "年初预算数")),
    Title("调整数", ("年度预算调整", "预算调整", "预算调整数")),
    Title("调整后预算", ("调整后的预算", "调整后预算", "全年预算数")),
    Title("全年执行数", ("全年执行数", "累计支出", "执行数")),
    Title("执行率", ("预算执行率", "预算执行率%", "执行率")),
    Title("得分", ("自评得分", "得分", "分值")),
)
_TOTALS = ("合计", "总计", "年度资金总额")
_PART = pattern(r"^(其中|[一二三四五六七八九十]+、|\d+[.、])[:：]?\s*")
# The items that a total row states where the export has nothing else.
_ITEMS = {
    "年初预算": "年初预算数",
    "调整数": "预算调整数",
    "调整后预算": "年度部门预算资金",
    "全年执行数": "部门预算资金实际支出",
}


def import_execution(path: Path, year: int) -> Imported:
    """The rows of the export as the 预算明细 register (in 万元), and its total row as values in the sheet's own unit.

    The register is marked 已填完 only where every amount could be read and the rows add up to the total. A sheet that
    names no unit or another year is a problem and is not read, as is a row whose adjusted budget is not initial +
    adjustment. Raises HengjiError where the file is no spreadsheet.
    """
    problems: list[Problem] = []
    for grid in open_grids(path):
        table = find_table(grid, _TITLES, least=3)
        if table is None or "全年执行数" not in table.columns:
            continue
        where = f"{path.name} {grid.name}"
        texts = [cell.text for row in grid.rows[: table.first_row] for cell in row if cell.text]
        years = stated_years(texts)
        unit = money_unit([*texts, grid.name])
        if years and year not in years:
            problems.append(Problem(where, f"是{max(years)}年度的，不是{year}年度的，没有读入"))
        elif not unit:
            problems.append(Problem(where, "没有写金额单位，没有读入，请补上“单位：元”或“单位：万元”"))
        else:
            return _Export(path.name, table, unit, problems).read(year)
    if not problems:
        problems.append(Problem(path.name, "没有认出预算执行情况表（资金来源、年初预算、调整后的预算、全年执行数）"))
    return Imported(problems=tuple(problems))


@dataclass
class _Export:
    """The table of one export being read."""

    file: str
    table: Table
    unit: str
    problems: list[Problem]
    rows: list[Row] = field(default_factory=list)
    values: dict[ValueKey, Value] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)

    def read(self, year: int) -> Imported:
        """Every row, then whether the parts make the whole."""
        before = len(self.problems)
        for row in self.table.rows():
            name = self.name(row)
            amounts = self.amounts(row)
            if not amounts:
                continue
            if name in _TOTALS:
                self.total(row, amounts, year)
            else:
                self.check(row, amounts)
                self.part(row, name, amounts)
        self.check_total(year)
        complete = len(self.problems) == before
        registers = {_REGISTER: Register(tuple(self.rows), complete=complete)} if self.rows else {}
        return Imported(self.values, registers, tuple(self.problems))

    def problem(self, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(f"{self.file} {self.table.place(row, column)}", message))

    def name(self, row: int) -> str:
        """What a row is: the fund it names, without 其中 and numbering."""
        cells = self.table.grid.rows[row]
        first = next((cell.text for cell in cells if cell.text and not cell.number), "")
        return _PART.sub("", self.table.text(row, _SOURCE) or first).rstrip("：:")

    def amounts(self, row: int) -> dict[str, str]:
        """The amounts of a row in the sheet's unit; what is no number is a problem."""
        found: dict[str, str] = {}
        for column in _ITEMS:
            reading = read_cell(self.table.cell(row, column), ItemType.NUMBER)
            if reading is None:
                continue
            if reading.problem or canonical_unit(reading.unit) not in ("", self.unit):
                self.problem(row, column, f"{reading.problem or f'单位“{reading.unit}”与表上的不同'}，这一格没有读入")
                continue
            found[column] = reading.text if reading.state is State.GIVEN else "0"
        return found

    def total(self, row: int, amounts: dict[str, str], year: int) -> None:
        for column, text in amounts.items():
            where = f"{self.file} {self.table.place(row, column)}"
            self.values[ValueKey(_ITEMS[column], year)] = Value(text, self.unit, State.GIVEN, Source.IMPORTED, where)

    def part(self, row: int, name: str, amounts: dict[str, str]) -> None:
        cells = {_SOURCE: name}
        for column, text in amounts.items():
            cells[column] = self.in_ten_thousands(text)
            self.sums[column] = self.sums.get(column, Decimal(0)) + Decimal(text)
        self.rows.append(Row(cells, f"{self.file} {self.table.place(row, _SOURCE)}"))

    def check(self, row: int, amounts: dict[str, str]) -> None:
        """Adjusted = initial + adjustment."""
        initial, change, adjusted = (read_decimal(amounts.get(key, "")) for key in ("年初预算", "调整数", "调整后预算"))
        if initial is not None and change is not None and adjusted is not None and initial + change != adjusted:
            message = f"调整后预算{adjusted}不等于年初预算{initial}加调整{change}，请核对"
            self.problem(row, "调整后预算", message)

    def check_total(self, year: int) -> None:
        """The rows add up to the total; a sum row further down, or a part inside a part, would be counted twice."""
        for column, total in self.sums.items():
            value = self.values.get(ValueKey(_ITEMS[column], year))
            if value is not None and Decimal(value.stated) != total:
                message = f"各行{column}之和是{total}，合计行是{value.stated}，请核对；台账没有标为已填完"
                self.problems.append(Problem(value.locator, message))

    def in_ten_thousands(self, text: str) -> str:
        """An amount in 万元."""
        scale = factor(self.unit, "万元")
        return text if scale in (None, 1) else plain(Fraction(text) * scale, 12)
