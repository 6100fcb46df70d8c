"""Opens a spreadsheet of any kind into plain grids of cells, within limits, without running anything in it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import python_calamine

from hengji.model.numerals import without_noise
from hengji.model.problem import HengjiError
from hengji.workbook.styles import Style, Styles, read_styles

MAX_FILE = 30_000_000
MAX_UNPACKED = 300_000_000
MAX_CELLS = 1_000_000
MAX_SHEETS = 200
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text: what is stated, whether it is a number, whether it is formatted as a percentage."""

    text: str
    number: bool = False
    percent: bool = False
    is_date: bool = False
    stale: bool = False  # a formula without a stored result


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
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}，请检查文件名和位置") from None
    except OSError as error:
        raise HengjiError(f"{path} 打不开（{error.strerror}）") from error
    if data is None:
        raise HengjiError(f"{path.name} 超过{MAX_FILE // 1_000_000}MB，不像是一份填报工作簿，请删去不用的工作表再试")
    styles = _checked(path.name, data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _grids(path.name, workbook, styles)
    except HengjiError:
        raise
    except Exception as error:
        raise HengjiError(f"{path.name} 已损坏或不是电子表格，请用 Excel 或 WPS 打开后另存为 xlsx") from error


def _checked(name: str, data: bytes) -> Mapping[str, Styles]:
    """Refuses what must not reach the parser; the number formats of an xlsx."""
    if not data:
        raise HengjiError(f"{name} 是空文件，请重新保存一次")
    if data.startswith(_PDF):
        raise HengjiError(f"{name} 其实是PDF，请提供填报工作簿（xlsx）")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise HengjiError(f"{name} 设了打开密码，请用 Excel 或 WPS 去掉密码后再交")
        return {}
    if not data.startswith(_ZIP):
        raise HengjiError(f"{name} 不是电子表格（可能改过扩展名），请提供 xlsx、xls 或 ods")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise HengjiError(f"{name} 解开后有{unpacked // 1_000_000}MB，超过限制，请删去空行空列再存")
            members = set(archive.namelist())
            if "xl/workbook.xml" in members:
                return read_styles(archive)
            if not members & {"content.xml", "xl/workbook.bin"}:
                raise HengjiError(f"{name} 不是电子表格（像是Word文档或压缩包），请提供 xlsx、xls 或 ods")
            return {}
    except zipfile.BadZipFile as error:
        raise HengjiError(f"{name} 已损坏，请用 Excel 或 WPS 打开后另存一次") from error


def _grids(file: str, workbook: python_calamine.CalamineWorkbook, styles: Mapping[str, Styles]) -> tuple[Grid, ...]:
    names = workbook.sheet_names
    if len(names) > MAX_SHEETS:
        raise HengjiError(f"{file} 有{len(names)}张工作表，超过{MAX_SHEETS}张的限制")
    grids: list[Grid] = []
    cells = 0
    for name in names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells += sum(len(row) for row in rows)
        if cells > MAX_CELLS:
            raise HengjiError(f"{file} 的单元格超过{MAX_CELLS // 10_000}万个，请删去空行空列再存")
        marks = styles.get(name, {})
        grids.append(
            Grid(
                name,
                tuple(
                    tuple(_cell(value, marks.get((r, c))) for c, value in enumerate(row)) for r, row in enumerate(rows)
                ),
            )
        )
    return tuple(grids)


def _cell(value: object, style: Style | None) -> Cell:
    stale = style is not None and style.stale
    match value:
        case bool():
            return Cell("是" if value else "否", stale=stale)
        case float() | int():
            return _number_cell(value, style, stale=stale)
        case datetime():
            text = (
                value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
            )
            return Cell(text, is_date=True)
        case date():
            return Cell(value.isoformat(), is_date=True)
        case str():
            return Cell(value.strip(), stale=stale and not value.strip())
        case None:
            return Cell("", stale=stale)
    return Cell(str(value))


def _number_cell(value: float, style: Style | None, *, stale: bool) -> Cell:
    """A number as stated: binary noise off, and the decimals that its format shows put back."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        return Cell("", stale=True)
    number = without_noise(Decimal(repr(value)))
    percent = style is not None and style.percent
    if percent:
        number *= 100
    text = format(number.normalize(), "f") if number else "0"
    decimals = style.decimals if style is not None else 0
    if decimals:
        have = len(text.partition(".")[2])
        text = text if have >= decimals else text + ("" if have else ".") + "0" * (decimals - have)
    return Cell(text, number=True, percent=percent, stale=stale)
