"""Opens a spreadsheet of any kind into plain grids of cells, within limits, without running anything in it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import python_calamine

from hengji.model.numerals import without_noise
from hengji.model.problem import HengjiError
from hengji.workbook.container import ZIP_ERRORS, Container, Kind, damaged, read_container
from hengji.workbook.ods import ods_styles
from hengji.workbook.ods_merges import ods_merges
from hengji.workbook.styles import MAX_CELLS, Style, Styles, refuse_wide
from hengji.workbook.xls import xls_styles
from hengji.workbook.xlsx import xlsx_styles

MAX_SHEETS = 200
_EXACT_DIGITS = 14  # a decimal of so many digits survives a binary float as it is
_EXACT_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text: what is stated, whether it is a number or a date, whether it is shown as a percentage.

    ``trouble`` says why it cannot be read (a formula without a result, an error), ``lent`` that its text stands in the
    first cell of a vertical merge.
    """

    text: str
    number: bool = False
    percent: bool = False
    is_date: bool = False
    trouble: str = ""
    lent: bool = False


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name and rows of cells, from the first row and column on."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a zero-based place; an empty one beyond the edge."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY

    def place(self, row: int, column: int) -> str:
        """「数据项!C5」."""
        return f"{self.name}!{column_letter(column)}{row + 1}"

    def says_anything(self) -> bool:
        """Whether any cell holds anything."""
        return any(cell.text or cell.trouble for row in self.rows for cell in row)


def column_letter(column: int) -> str:
    """The letters of a zero-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of an xlsx, xls or ods file, told by content and not by name.

    Raises HengjiError in one sentence for a file that is missing, empty, encrypted, damaged, too large or no spreadsheet.
    """
    container = read_container(path)
    try:
        styles = _styles(container)
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(container.data))
        return _grids(container, workbook, styles)
    except python_calamine.PasswordError as error:
        raise HengjiError(f"{container.name} 设了打开密码，请用 Excel 或 WPS 去掉密码后再交") from error
    except (python_calamine.CalamineError, *ZIP_ERRORS) as error:
        raise damaged(container.name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the parser's own alarm, which is no Exception
            raise damaged(container.name) from error
        raise


def _styles(container: Container) -> Mapping[str, Styles]:
    match container.kind:
        case Kind.XLSX:
            return xlsx_styles(container)
        case Kind.ODS:
            return ods_styles(container)
        case Kind.XLS:
            return xls_styles(container)


def _grids(
    container: Container, workbook: python_calamine.CalamineWorkbook, styles: Mapping[str, Styles]
) -> tuple[Grid, ...]:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    if len(names) > MAX_SHEETS:
        raise HengjiError(f"{container.name} 有{len(names)}张工作表，超过{MAX_SHEETS}张的限制")
    merges = ods_merges(container) if container.kind is Kind.ODS else {}
    grids: list[Grid] = []
    cells = 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        refuse_wide(container.name, sheet.total_height, sheet.total_width)
        rows = sheet.to_python(skip_empty_area=False)
        cells += sum(len(row) for row in rows)
        if cells > MAX_CELLS:
            raise HengjiError(f"{container.name} 的单元格超过{MAX_CELLS // 10_000}万个，请删去空行空列再存")
        found = _cells(rows, styles.get(name, {}))
        _lend(found, sheet.merged_cell_ranges or merges.get(name, []))
        grids.append(Grid(name, tuple(map(tuple, found))))
    return tuple(grids)


def _cells(rows: Sequence[Sequence[object]], styles: Styles) -> list[list[Cell]]:
    cells = [[_cell(value, styles.get((r, c))) for c, value in enumerate(row)] for r, row in enumerate(rows)]
    for (r, c), style in styles.items():
        if style.trouble and not (r < len(cells) and c < len(cells[r])):
            _reach(cells, r, c)
            cells[r][c] = Cell("", trouble=style.trouble)
    return cells


def _reach(cells: list[list[Cell]], row: int, column: int) -> None:
    """Lets the cells reach a place that the parser left out because it holds no value."""
    refuse_wide("工作簿", row + 1, column + 1)
    cells.extend([] for _ in range(row + 1 - len(cells)))
    cells[row].extend([EMPTY] * (column + 1 - len(cells[row])))


def _lend(cells: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Gives the rows of a vertical merge the text of its first cell; a merged amount is one amount and stays one."""
    for (top, left), (bottom, _) in ranges:
        if top >= len(cells) or left >= len(cells[top]) or cells[top][left].number:
            continue
        lent = replace(cells[top][left], lent=True)
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row) and not row[left].text:
                row[left] = lent


def _cell(value: object, style: Style | None) -> Cell:
    trouble = style.trouble if style is not None else ""
    match value:
        case bool():
            return Cell("是" if value else "否", trouble=trouble)
        case float() | int():
            return _number_cell(value, style)
        case datetime():
            text = value.isoformat(" ") if value.hour or value.minute or value.second else value.date().isoformat()
            return Cell(text, is_date=True)
        case date():
            return Cell(value.isoformat(), is_date=True)
        case None:
            return Cell("", trouble=trouble)
    text = str(value).strip()
    return Cell(text, trouble="" if text else trouble)


def _number_cell(value: float, style: Style | None) -> Cell:
    """A number as stated: binary noise off, and the decimals that its format shows put back."""
    style = style or Style()
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        return Cell("", trouble="不是有限的数，请直接填写")
    number = _meant(value)
    if style.percent:
        number *= 100
    text = format(number.normalize(), "f") if number else "0"
    missing = style.decimals - len(text.partition(".")[2])
    if style.decimals and missing > 0:
        text += ("" if "." in text else ".") + "0" * missing
    return Cell(text, number=True, percent=style.percent, trouble=style.trouble)


def _meant(value: float) -> Decimal:
    """The decimal behind a float. Whole numbers (codes among them) and short decimals are exact as they are."""
    if value == int(value) and abs(value) <= _EXACT_INTEGER:
        return Decimal(int(value))
    number = Decimal(repr(value))
    return number if len(number.as_tuple().digits) <= _EXACT_DIGITS else without_noise(number)
