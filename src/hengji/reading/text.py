"""Plain text and comma separated values."""

import codecs
import csv
import io
import itertools
import re

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.garbled import is_doubtful, is_garbled, traditional
from hengji.reading.limits import MAX_TEXT

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXTS = (".txt", ".csv", ".htm", ".html", ".md")
_BAR = pattern(r"\s*[|｜]\s*")
_RULE = pattern(r"\s*\+[-=+:]{3,}\+\s*")  # the lines of a drawn table: 「+----+----+」
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, GB18030 or Big5. Raises HengjiError where it is none of them, or no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return cleaned(name, data.decode(encoding, errors="replace"))
    try:
        return cleaned(name, data.decode())
    except UnicodeDecodeError:
        pass
    text = data.decode("gb18030", errors="replace")
    broken = text.count("\ufffd") > len(text) // 200
    other = traditional(data) if broken or is_doubtful(text) else None
    if other is None and (broken or is_garbled(text)):
        raise HengjiError(_unknown(name))
    return cleaned(name, other or text)


def _unknown(name: str) -> str:
    """Why bytes of no encoding are not read: a damaged PDF is told nothing about encodings."""
    if name.lower().endswith(_TEXTS):
        return f"{name} 的文字编码认不出来，请另存为UTF-8"
    return f"{name} 的内容认不出来（可能已损坏或改过扩展名），请用原来的软件打开后另存一次"


def cleaned(name: str, text: str) -> str:
    """The text without control characters and with line feeds only. Raises HengjiError where it is too long."""
    if len(text) > MAX_TEXT:
        raise HengjiError(f"{name} 的文字超过{MAX_TEXT // 10_000}万字，没有读")
    plain, controls = _CONTROL.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if controls > _FEW_CONTROLS + len(text) // 100:
        raise HengjiError(_unknown(name))
    return plain


_FEW_CONTROLS = 4  # that a text may hold, apart from one in a hundred characters


def _doubts(name: str, text: str) -> tuple[str, ...]:
    """What must be said of a text that was told as one by nothing else. Raises HengjiError for a document's name on what is none."""
    doubtful = is_doubtful(text)
    if not name.lower().endswith(_TEXTS) and name.lower().endswith(_DOCUMENTS):
        chinese = sum("\u4e00" <= character <= "\u9fff" for character in text[:_LOOKED_AT])
        if doubtful or chinese < _LEAST_CHINESE:
            raise HengjiError(_unknown(name))
    return (f"{name} 的文字编码拿不准，读出的多是不常用的字，请另存为UTF-8后再试",) if doubtful else ()


_LOOKED_AT, _LEAST_CHINESE = 4_000, 2  # words that were saved as text under a document's name hold some
_DOCUMENTS = (
    *(
        ".docx",
        ".docm",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".pdf",
        ".ofd",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
        ".ods",
        ".ppt",
    ),
    *(".pptx", ".dps", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".zip", ".rar", ".7z", ".exe", ".bin"),
)


def read_text(name: str, data: bytes) -> Document:
    """A text file, a paragraph a line; lines that hold 「|」 or tabs in a row are a table."""
    pieces: list[Piece] = []
    table: list[list[str]] = []
    text = decode(name, data)
    doubts = _doubts(name, text)
    lines = text.split("\n")
    narrow = _of_two_columns(lines) | _within_tables(lines) if "\t" in text else frozenset()
    spanning = _under_heads(lines)
    for number, line in enumerate(lines):
        if table and _RULE.fullmatch(line):
            continue
        cells = line.split("\t") if number in narrow else [line.strip()] if number in spanning else _cells(line)
        if cells is None and table:
            pieces.append(_table(table))
            table = []
        if cells is not None:
            table.append(cells)
        elif line.strip():
            pieces.append(Piece(BlockKind.PARAGRAPH, line, apart=number > 0 and not lines[number - 1].strip()))
    if table:
        pieces.append(_table(table))
    return assemble(name, "txt", pieces, unread=doubts)


def read_csv(name: str, data: bytes) -> Document:
    """A text file of comma separated values as one table."""
    text = decode(name, data)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, row))]
    except csv.Error as error:
        raise HengjiError(f"{name} 不是完好的CSV，请用 Excel 或 WPS 另存为 xlsx") from error
    cells = tuple(tuple((text.strip(), column, 1, 1) for column, text in enumerate(row)) for row in rows)
    return assemble(name, "csv", [Piece(BlockKind.TABLE, rows=cells)], unread=_doubts(name, text))


def _of_two_columns(lines: list[str]) -> frozenset[int]:
    """The numbers of lines that make tables of two columns: three or more together that hold one tab each, with figures behind most."""
    found: set[int] = set()
    of_two = [index for index, line in enumerate(lines) if _TWO_CELLS.fullmatch(line)]
    for _, run in itertools.groupby(enumerate(of_two), lambda each: each[1] - each[0]):
        rows = [index for _, index in run]
        figures = sum(lines[index].rpartition("\t")[2].strip()[:1].isdigit() for index in rows)
        if len(rows) >= _LEAST_ROWS and figures >= len(rows) - 1:
            found.update(rows)
    return frozenset(found)


def _within_tables(lines: list[str]) -> frozenset[int]:
    """The numbers of lines with one tab that stand between the rows of a table, or sum it up: 「一、决策｜15%」, 「合计｜97.08」."""
    wide = [line.count("\t") > 1 for line in (*lines, "")]
    found = (
        index
        for index in range(1, len(lines))
        if wide[index - 1] and _TWO_CELLS.fullmatch(lines[index]) and (wide[index + 1] or _SUM.match(lines[index]))
    )
    return frozenset(found)


def _under_heads(lines: list[str]) -> frozenset[int]:
    """The numbers of lines that name a part of a table within it: the first stands right under its header, 「指标｜分值｜得分」, 「一、决策（15分）」.

    They would leave the header alone, and the rows below without one.
    """
    found: set[int] = set()
    widths = [len(cells) if (cells := _cells(line)) is not None else 0 for line in (*lines, "")]
    part = -1  # the last line before that is no row
    for index, width in enumerate(widths[:-1]):
        if width:
            continue
        beside = 0 < widths[index - 1] == widths[index + 1] and index > 0 and _FIGURE.search(lines[index + 1])
        header = part == index - 2 and _FIGURE.search(lines[index - 1]) is None
        if beside and (header or part in found) and _PART_NAME.fullmatch(lines[index]):
            found.add(index)
        part = index
    return frozenset(found)


_PART_NAME = pattern(r"[^\t|。;；]{2,30}")
_FIGURE = pattern(r"(?:^|[\t|])\s*\d+(?:\.\d+)?\s*[分%]?\s*(?=[\t|]|$)")
_SUM = pattern(r"\s*(?:合计|总计|总分|总得分|小计)[^\t]{0,8}\t\s*\d[\d.,]*\s*%?\s*$")
_TWO_CELLS = pattern(r"[^\t。]*[^\t。\s][^\t。]*\t[^\t]*[^\t\s][^\t]*")
_LEAST_ROWS = 3


def _cells(line: str) -> list[str] | None:
    if line.count("\t") >= 2:  # noqa: PLR2004 - three cells make a row
        return [cell.strip() for cell in line.split("\t")]
    if len(_BAR.findall(line)) >= 2:  # noqa: PLR2004 - as above
        return [cell.strip() for cell in _BAR.split(line)]
    return None


def _unframed(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the bars of a frame; bars that stand at an end of some rows only are empty cells."""
    framed = all(len(row) > 2 and not row[0] and not row[-1] for row in rows)  # noqa: PLR2004 - and a cell between
    return [row[1:-1] for row in rows] if framed else rows


def _table(rows: list[list[str]]) -> Piece:
    rows = _unframed(rows)
    if len(rows) == 1:
        return Piece(BlockKind.PARAGRAPH, "\t".join(rows[0]))
    kept = [row for row in rows if not all(re.fullmatch(r"[-:—]*", cell) for cell in row)]
    return Piece(
        BlockKind.TABLE, rows=tuple(tuple((text, c, 1, 1) for c, text in enumerate(row)) for row in kept or rows)
    )
