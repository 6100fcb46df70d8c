"""Spreadsheets: every sheet a heading and its tables, numbers printed as the sheet shows them."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import python_calamine

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.numerals import without_noise
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.limits import ZIP_ERRORS, open_archive, refuse_bomb
from hengji.workbook.container import Container, Kind
from hengji.workbook.grid import MAX_SHEETS
from hengji.workbook.ods import ods_styles
from hengji.workbook.ods_merges import Range, ods_merges
from hengji.workbook.styles import MAX_CELLS, SCALED, STALE, Style, Styles, refuse_wide
from hengji.workbook.xls import xls_styles
from hengji.workbook.xlsx import xlsx_styles

_DIGITS = 15  # what a spreadsheet shows of a binary float; the rest is noise
_FEW = 2  # a row of so few cells with labels in them stands above the table, not in it
_HIDDEN_ROW = pattern(rb"""<(?:\w+:)?row\s[^>]*?\bhidden=["'](?:1|true)""")
_HIDDEN_COLUMN = pattern(rb"""<(?:\w+:)?col\s[^>]*?\bhidden=["'](?:1|true)""")
_LABEL = pattern(r".+[:：]")
_NOTE = pattern(r"\s*(注|备注|说明|填表|填报|审核|附)")

Merges = Mapping[tuple[int, int], tuple[int, int]]  # the first cell of every merge: rows and columns spanned


def read_sheets(name: str, data: bytes) -> Document:
    """An xlsx, xls or ods file. Raises HengjiError for one that is encrypted, damaged or too large."""
    container = _container(name, data)
    try:
        # What a sheet says of its size is looked at first: the parser lays all of it out.
        styles = _styles(container)
        return _document(container, styles, python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except python_calamine.PasswordError as error:
        raise HengjiError(f"{name} 设了打开密码，请用 Excel 或 WPS 去掉密码后再试") from error
    except (python_calamine.CalamineError, *ZIP_ERRORS) as error:
        raise _damaged(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the parser's own alarm, which is no Exception
            raise _damaged(name) from error
        raise


def _damaged(name: str) -> HengjiError:
    return HengjiError(f"{name} 已损坏，请用 Excel 或 WPS 打开后另存为 xlsx")


def _container(name: str, data: bytes) -> Container:
    if not data.startswith(b"PK"):
        return Container(name, Kind.XLS, data)
    archive = open_archive(name, data)
    members = set(archive.namelist())
    if "xl/workbook.bin" in members:
        raise HengjiError(f"{name} 是二进制工作簿（xlsb），请用 Excel 或 WPS 另存为 xlsx")
    refuse_bomb(name, archive)
    if "xl/workbook.xml" in members:
        return Container(name, Kind.XLSX, data)
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in members else b""
    if b"encryption-data" in manifest:
        raise HengjiError(f"{name} 设了打开密码，请去掉密码后再试")
    if b"opendocument.text" in manifest:
        raise HengjiError(f"{name} 是 OpenDocument 文字文件（odt），请用 Word 或 WPS 另存为 docx")
    return Container(name, Kind.ODS, data)


def _styles(container: Container) -> Mapping[str, Styles]:
    match container.kind:
        case Kind.XLSX:
            return xlsx_styles(container)
        case Kind.ODS:
            return ods_styles(container)
        case Kind.XLS:
            return xls_styles(container)


def _document(
    container: Container, styles: Mapping[str, Styles], workbook: python_calamine.CalamineWorkbook
) -> Document:
    sheets = [each for each in workbook.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > MAX_SHEETS:
        raise HengjiError(f"{container.name} 有{len(sheets)}张工作表，超过{MAX_SHEETS}张的限制，请拆开后再试")
    merges = ods_merges(container) if container.kind is Kind.ODS else {}
    pieces: list[Piece] = []
    unread: list[str] = []
    cells = 0
    for sheet in sheets:
        if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
            unread.append(f"工作表“{sheet.name}”是隐藏的，没有读")
            continue
        parsed = workbook.get_sheet_by_name(sheet.name)
        merged = merges.get(sheet.name) or parsed.merged_cell_ranges or []
        area = _area(container.name, parsed, styles.get(sheet.name, {}), merged)
        cells += sum(len(row) for row in area.rows)
        if cells > MAX_CELLS:
            raise HengjiError(f"{container.name} 的单元格超过{MAX_CELLS // 10_000}万个，请删去空行空列再存")
        found = list(_pieces(area))
        if found:
            pieces += [Piece(BlockKind.PARAGRAPH, sheet.name, 1), *found]
        troubles = [style.trouble for style in styles.get(sheet.name, {}).values() if style.trouble]
        stale = troubles.count(STALE)
        wrong = len(troubles) - stale - troubles.count(SCALED)
        if stale:
            unread.append(f"工作表“{sheet.name}”有{stale}个公式没有保存计算结果，请用 Excel 或 WPS 打开后另存一次")
        if wrong:
            unread.append(f"工作表“{sheet.name}”有{wrong}个公式出错，没有结果可读")
    unread += _hidden(container)
    return assemble(container.name, container.kind.value, pieces, unread=tuple(unread))


def _hidden(container: Container) -> list[str]:
    """A sentence where rows or columns are hidden: they are read, since sums count them."""
    if container.kind is not Kind.XLSX:
        return []
    with zipfile.ZipFile(io.BytesIO(container.data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.lower().startswith("xl/worksheets/sheet")]
    rows, columns = (sum(len(form.findall(part)) for part in parts) for form in (_HIDDEN_ROW, _HIDDEN_COLUMN))
    said = "、".join(f"{count}{unit}" for count, unit in ((rows, "行"), (columns, "组列")) if count)
    return [f"表里有{said}是隐藏的，也读进来了"] if said else []


@dataclass(frozen=True, slots=True)
class _Area:
    """The texts of a sheet, its merged cells, and the rows that cells merged downward reach: all, and those below the first."""

    rows: list[list[str]]
    merges: Merges
    tall: frozenset[int]
    covered: frozenset[int]


def _area(name: str, sheet: python_calamine.CalamineSheet, styles: Styles, merged: Sequence[Range]) -> _Area:
    refuse_wide(name, sheet.total_height, sheet.total_width)
    values = sheet.to_python(skip_empty_area=False)
    rows = [[shown(value, styles.get((r, c))) for c, value in enumerate(row)] for r, row in enumerate(values)]
    merges = {
        (top, left): (min(bottom, len(rows) - 1) - top + 1, min(right, len(rows[top]) - 1) - left + 1)
        for (top, left), (bottom, right) in merged
        if top < len(rows) and left < len(rows[top])
    }
    if sum(high * wide for high, wide in merges.values()) > MAX_CELLS:
        raise _damaged(name)
    tall = {r for (top, _), (high, _) in merges.items() if high > 1 for r in range(top, top + high)}
    covered = {r for (top, _), (high, _) in merges.items() if any(rows[top]) for r in range(top + 1, top + high)}
    return _Area(rows, merges, frozenset(tall), frozenset(covered))


def shown(value: object, style: Style | None = None) -> str:
    """A value as the sheet shows it: rounded, as a percentage and with a unit where its format says so, otherwise without noise."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() | int():
            number = _number(value, style or Style())
            return number + style.unit if style is not None and number else number
        case datetime() if value.hour or value.minute or value.second:
            return value.isoformat(" ")
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case None:
            return ""
    return re.sub(r"\s*[\r\n\v]+\s*", " ", str(value)).strip()


def _number(value: float, style: Style) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        return ""
    number = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    number = without_noise(number).normalize()
    number = number if len(number.as_tuple().digits) <= _DIGITS else _rounded(number)
    if style.percent:
        number *= 100
    number = number.scaleb(-style.shift)
    if style.percent or style.decimals or style.shift:
        number = number.quantize(Decimal(1).scaleb(-style.decimals), ROUND_HALF_UP)
        return f"{number:f}" + ("%" if style.percent else "")
    return f"{number:f}" if number else "0"


def _rounded(number: Decimal) -> Decimal:
    """A number to the digits that a spreadsheet shows."""
    return number.quantize(Decimal(1).scaleb(number.adjusted() - _DIGITS + 1), ROUND_HALF_UP).normalize()


def _pieces(area: _Area) -> Iterator[Piece]:
    """The paragraphs and tables of a sheet; an empty row parts two tables where a title follows it."""
    part: list[int] = []
    for number, row in enumerate(area.rows):
        if any(row) or number in area.covered:
            begins = part and not any(area.rows[number - 1]) and number - 1 not in area.covered
            if begins and len(_filled(area, number)) == 1:
                yield from _part(area, part)
                part = []
            part.append(number)
    yield from _part(area, part)


def _filled(area: _Area, number: int) -> list[str]:
    return [text for text in area.rows[number] if text]


def _part(area: _Area, numbers: Sequence[int]) -> Iterator[Piece]:
    """Title rows, a table, and the notes below it."""
    first, last = 0, len(numbers)
    while first < last and _is_title(area, numbers[first]):
        yield Piece(BlockKind.PARAGRAPH, "\t".join(_filled(area, numbers[first])))
        first += 1
    while last > first and len(filled := _filled(area, numbers[last - 1])) == 1 and _NOTE.match(filled[0]):
        last -= 1
    if first < last:
        yield _table(area, numbers[first:last])
    for number in numbers[last:]:
        yield Piece(BlockKind.PARAGRAPH, _filled(area, number)[0])


def _is_title(area: _Area, number: int) -> bool:
    filled = _filled(area, number)
    if number in area.tall or not filled:
        return False
    return len(filled) == 1 or (len(filled) <= _FEW and all(_LABEL.match(text) for text in filled))


def _table(area: _Area, numbers: Sequence[int]) -> Piece:
    """The used columns of rows as a table; a merged cell stands once, at its first place."""
    used = [c for number in numbers for c, text in enumerate(area.rows[number]) if text]
    left, right = min(used), max(used) + 1
    order = {number: place for place, number in enumerate(numbers)}
    hidden: set[tuple[int, int]] = set()
    rows = []
    for number in numbers:
        texts = area.rows[number]
        line = []
        for column in range(left, right):
            if (number, column) in hidden:
                continue
            high, wide = area.merges.get((number, column), (1, 1))
            high = sum(1 for each in range(number, number + high) if each in order) if high > 1 else 1
            wide = min(wide, right - column)
            if high * wide > 1:
                hidden |= {(numbers[order[number] + r], column + c) for r in range(high) for c in range(wide)}
            line.append((texts[column] if column < len(texts) else "", column - left, high, wide))
        rows.append(tuple(line))
    return Piece(BlockKind.TABLE, rows=tuple(rows))
