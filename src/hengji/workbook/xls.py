"""What an xls (BIFF 5 and 8) says about its cells: number formats, errors; and how far its sheets reach."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hengji.model.problem import HengjiError
from hengji.workbook.compound import streams
from hengji.workbook.container import Container
from hengji.workbook.styles import Style, Styles, built_in, refuse_wide, style_of

_BIFF8 = 0x0600
_BOF, _EOF, _FILEPASS, _SHEET, _FORMAT, _XF, _DIMENSION = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0, 0x200
_NUMBER, _RK, _MULTIPLE, _FORMULA, _TRUTH_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_TEXTS = (0x204, 0xD6, 0xFD)
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_ERROR_RESULT = 2


@dataclass
class _Book:
    """The globals of the workbook: which format index shows what, which sheet begins where."""

    version: int = _BIFF8
    codes: dict[int, str] = field(default_factory=dict)
    formats: list[int] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)

    def style(self, index: int) -> Style | None:
        """The style of a cell format."""
        if index >= len(self.formats):
            return None
        number = self.formats[index]
        return style_of(self.codes.get(number, built_in(number)))


def xls_styles(container: Container) -> Mapping[str, Styles]:
    """The noteworthy cells of every sheet, by sheet name and zero-based place.

    Raises HengjiError for an encrypted workbook or a sheet that is too large, and ValueError or struct.error for a
    damaged one.
    """
    found = streams(container.data)
    stream = found.get("Workbook") or found.get("Book")
    if stream is None:
        raise ValueError("no workbook inside")
    book = _globals(container.name, stream)
    return {name: _sheet(container.name, book, stream, start) for name, start in book.sheets}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, what is embedded in it (charts) left out."""
    depth = 0
    place = start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, stream[place - length : place]
        if depth <= 0:
            return


def _globals(name: str, stream: bytes) -> _Book:
    book = _Book()
    for kind, data in _records(stream, 0):
        if kind == _BOF:
            book.version = struct.unpack_from("<H", data)[0]
        elif kind == _FILEPASS:
            raise HengjiError(f"{name} 设了打开密码，请用 Excel 或 WPS 去掉密码后再交")
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", data)[0]
            book.codes[number] = _long_text(data[2:]) if book.version == _BIFF8 else data[3:].decode("latin-1")
        elif kind == _XF:
            book.formats.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEET and data[5] == 0:
            text = _short_text(data[6:]) if book.version == _BIFF8 else data[7:].decode("gb18030", "replace")
            book.sheets.append((text, struct.unpack_from("<I", data)[0]))
    return book


def _short_text(data: bytes) -> str:
    """A text with a one-byte length."""
    return _characters(data[2:], data[0], wide=bool(data[1] & 1))


def _long_text(data: bytes) -> str:
    """A text with a two-byte length."""
    return _characters(data[3:], struct.unpack_from("<H", data)[0], wide=bool(data[2] & 1))


def _characters(data: bytes, count: int, *, wide: bool) -> str:
    return data[: 2 * count].decode("utf-16-le") if wide else data[:count].decode("latin-1")


def _sheet(file: str, book: _Book, stream: bytes, start: int) -> Styles:
    found: dict[tuple[int, int], Style] = {}
    rows = columns = 0
    for kind, data in _records(stream, start):
        if kind == _DIMENSION:
            _check_dimension(book, data)
            continue
        cells = _cells(book, kind, data)
        for row, column, style in cells:
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if style is not None:
                found[row, column] = style
        if cells:
            refuse_wide(file, rows, columns)
    return found


def _check_dimension(book: _Book, data: bytes) -> None:
    """A parser may make room for what this record promises."""
    if book.version == _BIFF8:
        first_row, rows, first_column, columns = struct.unpack_from("<IIHH", data)
    else:
        first_row, rows, first_column, columns = struct.unpack_from("<HHHH", data)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS or first_row > rows or first_column > columns:
        raise ValueError("dimension")


def _cells(book: _Book, kind: int, data: bytes) -> list[tuple[int, int, Style | None]]:
    """The cells of a record with their places and styles."""
    if kind == _MULTIPLE:
        row, first = struct.unpack_from("<HH", data)
        count = (len(data) - 6) // 6
        indexes = [struct.unpack_from("<H", data, 4 + 6 * number)[0] for number in range(count)]
        return [(row, first + number, book.style(index)) for number, index in enumerate(indexes)]
    if kind not in (_NUMBER, _RK, _FORMULA, _TRUTH_OR_ERROR, *_TEXTS):
        return []
    row, column, index = struct.unpack_from("<HHH", data)
    style = None if kind in _TEXTS else book.style(index)
    if kind == _FORMULA and data[12:14] == b"\xff\xff":
        style = _error(data[8]) if data[6] == _ERROR_RESULT else None
    if kind == _TRUTH_OR_ERROR:
        style = _error(data[6]) if data[7] else None
    return [(row, column, style)]


def _error(code: int) -> Style:
    return Style(trouble=f"公式出错（{_ERRORS.get(code, '#ERR')}），请改正公式或直接填写")
