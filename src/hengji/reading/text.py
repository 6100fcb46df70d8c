"""Plain text and comma separated values."""

import codecs
import csv
import io
import re

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.limits import MAX_TEXT

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXTS = (".txt", ".csv", ".htm", ".html", ".md")
_BAR = pattern(r"\s*[|｜]\s*")
_RULE = pattern(r"\s*\+[-=+:]{3,}\+\s*")  # the lines of a drawn table: 「+----+----+」
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030. Raises HengjiError where it is none of them."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return cleaned(name, data.decode(encoding, errors="replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return cleaned(name, data.decode(encoding))
        except UnicodeDecodeError:
            continue
    text = data.decode("gb18030", errors="replace")
    if text.count("\ufffd") > len(text) // 200:
        raise HengjiError(_unknown(name))
    return cleaned(name, text)


def _unknown(name: str) -> str:
    """Why bytes of no encoding are not read: a damaged PDF is told nothing about encodings."""
    if name.lower().endswith(_TEXTS):
        return f"{name} 的文字编码认不出来，请另存为UTF-8"
    return f"{name} 的内容认不出来（可能已损坏或改过扩展名），请用原来的软件打开后另存一次"


def cleaned(name: str, text: str) -> str:
    """The text without control characters and with line feeds only. Raises HengjiError where it is too long."""
    if len(text) > MAX_TEXT:
        raise HengjiError(f"{name} 的文字超过{MAX_TEXT // 10_000}万字，没有读")
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_text(name: str, data: bytes) -> Document:
    """A text file, a paragraph a line; lines that hold 「|」 or tabs in a row are a table."""
    pieces: list[Piece] = []
    table: list[list[str]] = []
    for line in decode(name, data).split("\n"):
        if table and _RULE.fullmatch(line):
            continue
        cells = _cells(line)
        if table and (cells is None or (len(cells) == _PAIRED) != (len(table[-1]) == _PAIRED)):
            pieces.extend(_pieces(table))
            table = []
        if cells is not None:
            table.append(cells)
        elif line.strip():
            pieces.append(Piece(BlockKind.PARAGRAPH, line))
    pieces.extend(_pieces(table))
    return assemble(name, "txt", pieces)


def read_csv(name: str, data: bytes) -> Document:
    """A text file of comma separated values as one table."""
    try:
        rows = [row for row in csv.reader(io.StringIO(decode(name, data), newline="")) if any(map(str.strip, row))]
    except csv.Error as error:
        raise HengjiError(f"{name} 不是完好的CSV，请用 Excel 或 WPS 另存为 xlsx") from error
    cells = tuple(tuple((text.strip(), column, 1, 1) for column, text in enumerate(row)) for row in rows)
    return assemble(name, "csv", [Piece(BlockKind.TABLE, rows=cells)])


def _cells(line: str) -> list[str] | None:
    if line.count("\t") >= 2:  # noqa: PLR2004 - three cells make a row
        return [cell.strip() for cell in line.split("\t")]
    if len(_BAR.findall(line)) >= 2:  # noqa: PLR2004 - as above
        return [cell.strip() for cell in _BAR.split(line)]
    pair = _PAIR.fullmatch(line)
    return [pair["name"].strip(), pair["cell"].strip()] if pair is not None else None


_PAIR = pattern(r"(?P<name>[^\t]*\S[^\t]*)\t(?P<cell>[^\t]*\S[^\t]*)")
_AMOUNT = pattern(r"-?\d[\d,]*(?:\.\d+)?\s?(?:[\u4e00-\u9fff%]{1,3})?")
_PAIRED = 2
_FEW = 3  # rows of two cells that make a table


def _pieces(rows: list[list[str]]) -> list[Piece]:
    """A table; lines of two cells are one where there are a few, most of them a name and a figure (「合计	248.10」)."""
    if rows and len(rows[0]) == _PAIRED:
        figures = sum(1 for row in rows if _AMOUNT.fullmatch(row[1]))
        if len(rows) < _FEW or figures < len(rows) - 1:
            return [Piece(BlockKind.PARAGRAPH, "\t".join(row)) for row in rows]
    return [_table(rows)] if rows else []


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
