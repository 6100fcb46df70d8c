"""Plain text and web pages."""

import codecs
import csv
import io
import re
from html.parser import HTMLParser

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.problem import HengjiError
from hengji.reading.limits import MAX_TEXT

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_BAR = re.compile(r"\s*[|｜]\s*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030. Raises HengjiError where it is none of them."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _cleaned(name, data.decode(encoding, errors="replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _cleaned(name, data.decode(encoding))
        except UnicodeDecodeError:
            continue
    text = data.decode("gb18030", errors="replace")
    if text.count("\ufffd") > len(text) // 200:
        raise HengjiError(f"{name} 的文字编码认不出来，请另存为UTF-8")
    return _cleaned(name, text)


def _cleaned(name: str, text: str) -> str:
    if len(text) > MAX_TEXT:
        raise HengjiError(f"{name} 的文字超过{MAX_TEXT // 10_000}万字，没有读")
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_text(name: str, data: bytes) -> Document:
    """A text file, a paragraph a line; lines that hold 「|」 or tabs in a row are a table."""
    pieces: list[Piece] = []
    table: list[list[str]] = []
    for line in decode(name, data).split("\n"):
        cells = _cells(line)
        if cells is None and table:
            pieces.append(_table(table))
            table = []
        if cells is not None:
            table.append(cells)
        elif line.strip():
            pieces.append(Piece(BlockKind.PARAGRAPH, line))
    if table:
        pieces.append(_table(table))
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
        return [cell.strip() for cell in _BAR.split(_unframed(line.strip()))]
    return None


def _unframed(line: str) -> str:
    """The row without the bars of a frame; bars that stand at one end only are empty cells."""
    return line[1:-1] if line[0] in "|｜" and line[-1] in "|｜" and line[1:2] not in "|｜" else line


def _table(rows: list[list[str]]) -> Piece:
    if len(rows) == 1:
        return Piece(BlockKind.PARAGRAPH, "\t".join(rows[0]))
    kept = [row for row in rows if not all(re.fullmatch(r"[-:—]*", cell) for cell in row)]
    return Piece(
        BlockKind.TABLE, rows=tuple(tuple((text, c, 1, 1) for c, text in enumerate(row)) for row in kept or rows)
    )


def read_html(name: str, data: bytes) -> Document:
    """A web page without its chrome: the part that holds most of the text, tables with merged cells."""
    match = _META.search(data[:4096])
    text = ""
    if match is not None and not data.startswith(codecs.BOM_UTF8):
        try:
            text = _cleaned(name, data.decode(match[1].decode().replace("gb2312", "gb18030").replace("gbk", "gb18030")))
        except (LookupError, UnicodeDecodeError):
            text = ""
    page = _Page()
    page.feed(text or decode(name, data))
    page.close()
    return assemble(name, "html", page.content())


_SKIPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "select",
    "button",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
)
_BREAKS = (
    "p",
    "div",
    "br",
    "li",
    "tr",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "title",
    "dt",
    "dd",
)
_AFTER = re.compile(r"\s*(?:上一篇|下一篇|【?打印|关闭窗口|扫一扫)")
_VOID = ("br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed")
_CHROME = re.compile(
    r"nav|menu|foot|header|crumb|share|sidebar|copyright|toolbar|search|login|banner|breadcrumb|position", re.IGNORECASE
)
_MAX_SPAN = 100
_MAX_DEPTH = 500  # of elements left out; a page nests no deeper
_MAX_TAKEN = 2_000_000  # places that merged cells cover; beyond, cells are taken as not merged


class _Page(HTMLParser):
    """Collects paragraphs and tables; what is chrome by its element, class or id is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.line: list[str] = []
        self.level = 0
        self.skipping: list[str] = []
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.cell: list[list[str]] = []
        self.spans: list[tuple[int, int]] = []
        self.title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            if tag not in _VOID and len(self.skipping) < _MAX_DEPTH:
                self.skipping.append(tag)
            return
        named = " ".join(value or "" for key, value in attrs if key in ("class", "id", "role"))
        chrome = tag in ("div", "ul", "section", "td") and bool(_CHROME.search(named)) and not self.tables
        hidden = any(key == "style" and "display:none" in (value or "").replace(" ", "") for key, value in attrs)
        if tag in _SKIPPED or ((chrome or hidden) and tag not in _VOID):
            self.skipping.append(tag)
            return
        if tag in _BREAKS:
            self.flush()
            self.level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
        self.title = self.title or tag == "title"
        if tag == "table":
            self.flush()
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.end_cell()
            self.cell.append([])
            span = dict(attrs)
            self.spans.append((_span(span.get("rowspan")), _span(span.get("colspan"))))

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag in self.skipping:
                while self.skipping and self.skipping.pop() != tag:
                    pass
            return
        if tag in ("td", "th") and len(self.cell) >= len(self.tables):
            self.end_cell()
        elif tag == "table" and self.tables:
            self.end_table()
        elif tag in _BREAKS:
            self.flush()
        self.title = self.title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self.skipping or self.title:
            return
        (self.cell[-1] if self.cell else self.line).append(data)

    def flush(self) -> None:
        if self.cell:
            self.cell[-1].append(" ")
            return
        text = re.sub(r"[ \t\n\u00a0\u3000]+", " ", "".join(self.line)).strip()
        self.line = []
        if text:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text, self.level))

    def end_cell(self) -> None:
        if not self.cell or len(self.cell) < len(self.tables):
            return
        text = re.sub(r"\s+", " ", "".join(self.cell.pop())).strip()
        rows, columns = self.spans.pop()
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.tables[-1][-1].append((text, rows, columns))

    def end_table(self) -> None:
        self.end_cell()
        rows = [row for row in self.tables.pop() if row]
        if self.cell:  # a table inside a cell: its text stands in the cell
            self.cell[-1].append(" ".join(text for row in rows for text, _, _ in row))
        elif len(rows) == 1 or all(len(row) == 1 for row in rows):
            for row in rows:
                self.pieces.extend(Piece(BlockKind.PARAGRAPH, text) for text, _, _ in row if text)
        elif rows:
            self.pieces.append(Piece(BlockKind.TABLE, rows=placed(rows)))

    def content(self) -> list[Piece]:
        """What was collected; tables that the page never closed included."""
        while self.tables:
            self.end_table()
        self.flush()
        last = next((n for n, piece in enumerate(self.pieces) if _AFTER.match(piece.text)), len(self.pieces))
        return self.pieces[:last]


def _span(text: str | None) -> int:
    return min(_MAX_SPAN, int(text)) if text and text.isascii() and text.isdigit() and int(text) > 0 else 1


def placed(rows: list[list[tuple[str, int, int]]]) -> tuple[tuple[tuple[str, int, int, int], ...], ...]:
    """Cells with the columns they really stand in, given rows of (text, rows spanned, columns spanned)."""
    taken: set[tuple[int, int]] = set()
    found = []
    for number, row in enumerate(rows):
        column = 0
        line = []
        for text, down, across in row:
            while (number, column) in taken:
                column += 1
            if len(taken) > _MAX_TAKEN:
                down, across = 1, 1  # noqa: PLW2901 - an attack, not a table
            line.append((text, column, down, across))
            taken |= {(number + r, column + c) for r in range(down) for c in range(across)}
            column += across
        found.append(tuple(line))
    return tuple(found)
