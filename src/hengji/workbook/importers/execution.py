"""Reads the budget-execution export of the 预算管理一体化 system (部门整体预算执行情况)."""

from pathlib import Path

from hengji.model.filing import Register, Row, Source, State, Value, ValueKey
from hengji.model.numerals import read_decimal
from hengji.model.problem import Problem
from hengji.model.units import factor
from hengji.workbook.grid import Grid, open_grids
from hengji.workbook.importers.accounts import MONEY_UNIT
from hengji.workbook.importers.merge import Imported
from hengji.workbook.table import Table, Title, find_table

_REGISTER = "预算明细"
_TITLES = (
    Title("资金来源", ("资金来源", "资金性质", "收入性质")),
    Title("年初预算", ("年初预算", "年初预算数")),
    Title("调整数", ("年度预算调整", "预算调整", "预算调整数")),
    Title("调整后预算", ("调整后的预算", "调整后预算", "全年预算数", "年度资金总额")),
    Title("全年执行数", ("全年执行数", "累计支出", "执行数")),
    Title("执行率", ("预算执行率", "预算执行率%", "执行率")),
)
_TOTALS = ("合计", "总计", "年度资金总额", "年度资金总额：")
# The items that a total row states where the export has nothing else.
_ITEMS = {
    "年初预算": "年初预算数",
    "调整数": "预算调整数",
    "调整后预算": "年度部门预算资金",
    "全年执行数": "部门预算资金实际支出",
}


def import_execution(path: Path, year: int) -> Imported:
    """The rows of the export as the 预算明细 register, and its total row as values.

    Amounts are converted to 万元 where the sheet says 元; a sheet that names no unit is a problem, not a guess. A row whose
    adjusted budget is not initial + adjustment is a problem. Raises HengjiError where the file is no spreadsheet.
    """
    problems: list[Problem] = []
    for grid in open_grids(path):
        table = find_table(grid, _TITLES, least=3)
        if table is None or "全年执行数" not in table.columns:
            continue
        unit = _unit(grid, table)
        if not unit:
            problems.append(
                Problem(f"{path.name} {grid.name}", "没有写金额单位，没有读入，请补上“单位：元”或“单位：万元”")
            )
            continue
        return _read(path.name, table, unit, year, problems)
    problems.append(Problem(path.name, "没有认出预算执行情况表（资金来源、年初预算、调整后的预算、全年执行数）"))
    return Imported(problems=tuple(problems))


def _unit(grid: Grid, table: Table) -> str:
    heads = [cell.text for row in grid.rows[: table.first_row] for cell in row if cell.text]
    stated = next((match[1] for text in (*heads, grid.name) if (match := MONEY_UNIT.search(text))), "")
    return stated or next((unit for unit in table.units.values() if factor(unit, "万元") is not None), "")


def _read(file: str, table: Table, unit: str, year: int, problems: list[Problem]) -> Imported:
    rows: list[Row] = []
    values: dict[ValueKey, Value] = {}
    for row in table.rows():
        name = table.cell(row, "资金来源").text
        amounts = _amounts(file, table, row, problems)
        if not amounts:
            continue
        if name in _TOTALS:
            for column, text in amounts.items():
                key = ValueKey(_ITEMS[column], year)
                values[key] = Value(text, unit, State.GIVEN, Source.IMPORTED, f"{file} {table.place(row, column)}")
            continue
        _check(file, table, row, amounts, problems)
        cells = {"资金来源": name} | {column: _in_ten_thousands(text, unit) for column, text in amounts.items()}
        rows.append(Row(cells, f"{file} {table.place(row, '资金来源')}"))
    registers = {_REGISTER: Register(tuple(rows), complete=True)} if rows else {}
    return Imported(values, registers, tuple(problems))


def _amounts(file: str, table: Table, row: int, problems: list[Problem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in _ITEMS:
        text = table.cell(row, column).text
        if not text or text in ("—", "-", "/"):
            continue
        if read_decimal(text) is None:
            problems.append(Problem(f"{file} {table.place(row, column)}", f"“{text}”不是数，这一格没有读入"))
            continue
        found[column] = text.replace(",", "")
    return found


def _check(file: str, table: Table, row: int, amounts: dict[str, str], problems: list[Problem]) -> None:
    stated = [read_decimal(amounts[key]) for key in ("年初预算", "调整数", "调整后预算") if key in amounts]
    if len(stated) == 3 and None not in stated:  # noqa: PLR2004 - initial, adjustment, adjusted
        initial, change, adjusted = stated
        if initial is not None and change is not None and initial + change != adjusted:
            where = f"{file} {table.place(row, '调整后预算')}"
            problems.append(Problem(where, f"调整后预算{adjusted}不等于年初预算{initial}加调整{change}，请核对"))


def _in_ten_thousands(text: str, unit: str) -> str:
    number, scale = read_decimal(text), factor(unit, "万元")
    if number is None or scale is None or scale == 1:
        return text
    return f"{(number * scale.numerator / scale.denominator).normalize():f}"
