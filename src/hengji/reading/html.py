"""Web pages without their chrome: the part that holds the text, tables with merged cells, pages saved as one file (mht)."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.patterns import pattern
from hengji.reading.drawn_tables import with_drawn_tables
from hengji.reading.text import cleaned, decode

_META = pattern(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_SCRIPTED = pattern(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# What shows no text of the page's own.
_NO_TEXT = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "select", "option", "button", "input",
    "head", "title",
)  # fmt: skip
_HIDDEN = pattern(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_CHROME_TAGS = ("nav", "header", "footer", "aside", "form")
_CHROME = frozenset(
    [
        "nav",
        "navbar",
        "menu",
        "foot",
        "footer",
        "header",
        "head",
        "top",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "share",
        "sidebar",
        "copyright",
        "toolbar",
        "search",
        "login",
        "banner",
        "position",
        "location",
        "weizhi",
        "daohang",
        "links",
        "friendlink",
        "pagination",
        "related",
    ]
)
_CONTENT = frozenset(
    [
        "content",
        "article",
        "main",
        "text",
        "detail",
        "body",
        "zoom",
        "zw",
        "con",
        "news",
        "xxgk",
        "view",
        "print",
        "wrap",
        "container",
        "wrapper",
        "page",
    ]
)
_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SMALL = 0.3  # the share of a page's text that chrome has at the most
_LINKED = 0.8  # the share of its text that stands in links where a block is a list of links
_FEW_LINKS = 6
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center", "form", "fieldset",
        "header", "footer", "aside", "nav", "figure", "figcaption", "address", "caption", "hr", "body", "tbody", "tr", "td", "th", *_HEADINGS,
    )
)  # fmt: skip
_TAG = pattern(r"<[^<>]*>")
_BLANKS = pattern(r"\s+")
_PLACE = pattern(r"(?:[您你]?(?:现在|当前|目前|所在)?的?(?:所在)?位置|当前栏目)\s*(?:是|为)?\s*[:：>]")
_AFTER = pattern(r"\s*(?:上一篇|下一篇|【?打印|【?关闭窗口|扫一扫)")
_PARAGRAPHS = 4  # so many in one cell, and the table only lays the page out
_MAX_SPAN = 100
_MAX_TAKEN = 2_000_000  # places that merged cells cover; beyond, cells are taken as not merged
_DEEP = 250  # levels of elements; a page nests no deeper

Row = list[tuple[str, int, int]]


def read_html(name: str, data: bytes) -> Document:
    """A web page, or one saved with its parts (mht). Raises HengjiError where its text cannot be decoded or is too long."""
    # Scripts are taken off first: what a broken page has in them would be read as its text.
    text = _SCRIPTED.sub(" ", _unpacked(name, data))
    root = _root(text)
    if root is None:
        return assemble(name, "html", [], unread=(_EMPTY,))
    unread = _frames(root)
    reader = _Reader()
    if _depth(root) > _DEEP:
        reader.pieces = [Piece(BlockKind.PARAGRAPH, line) for line in _plain_lines(text)]
    else:
        _prune(root)
        with_drawn_tables(root)
        reader.walk(root)
        reader.flush()
    pieces = _without_rest(reader.pieces)
    return assemble(name, "html", pieces, unread=unread if pieces else (*unread, _EMPTY))


_EMPTY = "网页里没有正文（可能由脚本显示），没有读到文字，请在浏览器里打开后打印成 PDF"


def _unpacked(name: str, data: bytes) -> str:
    """The page's text; of a page saved with its parts, the first page among them."""
    if is_mht(data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        for each in message.walk():
            if each.get_content_type() == "text/html":
                packed = each.get_payload(decode=True)
                if isinstance(packed, bytes):
                    return _decoded(name, packed, each.get_content_charset())
    return _decoded(name, data, None)


def is_mht(data: bytes) -> bool:
    """Whether the bytes are a page saved with its parts."""
    head = data[:2000].lower()
    return b"mime-version:" in head and b"content-type: multipart/related" in head


def _decoded(name: str, data: bytes, said: str | None) -> str:
    """The text by what the page, or the file around it, says of its encoding; else as text files are read."""
    match = _META.search(data[:4096])
    told = match[1].decode() if match is not None else said or ""
    if told and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return cleaned(name, data.decode(re.sub("^(?:gb2312|gbk)$", "gb18030", told.lower())))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(name, data)


def _root(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None


def _frames(root: HtmlElement) -> tuple[str, ...]:
    """What stands in other files that the page only shows."""
    found = [each.get("src", "") for each in root.iter("frame", "iframe", "embed", "object") if each.get("src")]
    named = [source for source in found if re.search(r"\.(?:pdf|docx?|wps|xlsx?|html?)\b", source, re.IGNORECASE)]
    if not named:
        return ()
    return (f"网页里嵌有另外的文件（{named[0].rpartition('/')[2][:60]}），没有读，请下载后另读",)


def _depth(root: HtmlElement) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        element, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in element]
    return deepest


def _plain_lines(text: str) -> Iterator[str]:
    """The text between the tags, where they nest as no page's do."""
    for line in _TAG.sub("\n", text).split("\n"):
        if line.strip():
            yield unescape(line.strip())


def _prune(root: HtmlElement) -> None:
    """Takes off what shows no text and what is not of the page's subject."""
    for element in list(root.iter(*_NO_TEXT)):
        _drop(element)
    for element in list(root.iter()):
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            _drop(element)
    sizes = _sizes(root)
    whole = sizes.get(root, 0)
    linked = _sizes(root, links_only=True)
    for element in list(root.iter()):
        if element.tag in ("html", "body") or not sizes.get(element):
            continue
        small = sizes[element] <= _SMALL * whole
        if small and (_is_chrome(element, whole) or _is_links(element, sizes[element], linked.get(element, 0))):
            _drop(element)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _sizes(root: HtmlElement, *, links_only: bool = False) -> dict[HtmlElement, int]:
    """How many characters every element holds, blanks left out; those in links only where asked for."""
    found: dict[HtmlElement, int] = {}
    for element in reversed(list(root.iter())):
        own = 0 if links_only and element.tag != "a" else len(_BLANKS.sub("", element.text or ""))
        if links_only and element.tag == "a":
            own = len(_BLANKS.sub("", str(element.text_content())))
        else:
            for child in element:
                own += found.get(child, 0) + (0 if links_only else len(_BLANKS.sub("", child.tail or "")))
        found[element] = own
    return found


def _is_chrome(element: HtmlElement, whole: int) -> bool:
    """Whether an element is chrome by its name or by what its class, id or role call it."""
    if element.tag == "form":
        return whole > _TITLE * 10 and not any(True for _ in element.iter("p", "table"))
    if element.tag in _CHROME_TAGS:
        return next(element.iter("h1", "h2"), None) is None
    if element.tag not in ("div", "ul", "section", "td", "table", "p", "span"):
        return False
    named = " ".join(element.get(key, "") for key in ("class", "id", "role"))
    words = {word.lower() for word in _WORD.findall(named)}
    return bool(words & _CHROME) and not words & _CONTENT and next(element.iter("h1"), None) is None


_TITLE = 30  # characters


def _is_links(element: HtmlElement, size: int, linked: int) -> bool:
    """Whether an element only lists links to other pages."""
    if element.tag not in ("div", "ul", "ol", "table", "td", "tr", "p") or linked < _LINKED * size:
        return False
    return sum(1 for _ in element.iter("a")) >= _FEW_LINKS


@dataclass
class _Reader:
    """Walks the page and collects paragraphs and tables."""

    pieces: list[Piece] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    level: int = 0

    def walk(self, element: HtmlElement) -> None:
        """Takes in an element with what is in it."""
        tag = element.tag
        if tag == "table" and not _lays_out(element):
            self.flush()
            self.table(element)
            return
        block = tag in _BLOCKS or tag == "table"
        if block:
            self.flush()
            self.level = int(tag[1]) if tag in _HEADINGS else 0
        if tag == "br":
            self.flush(keep=True)
        self.say(element.text, pre=tag in ("pre", "textarea"))
        for child in element:
            self.walk(child)
            self.say(child.tail)
        if block:
            self.flush()

    def say(self, text: str | None, *, pre: bool = False) -> None:
        """Takes in text; only where it is laid out already do its lines count."""
        if not text:
            return
        lines = text.split("\n") if pre else [text]
        for number, each in enumerate(lines):
            if number:
                self.flush(keep=True)
            self.line.append(each)

    def flush(self, *, keep: bool = False) -> None:
        """Ends a paragraph; a break within a heading keeps its level."""
        text = _BLANKS.sub(" ", "".join(self.line)).strip()
        self.line = []
        if text and not (_PLACE.match(text) and len(text) <= 3 * _TITLE):
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text, self.level))
        if not keep:
            self.level = 0

    def table(self, table: HtmlElement) -> None:
        """A table; one in a cell comes after it, and one of a single row or column is paragraphs."""
        rows: list[Row] = []
        inner: list[HtmlElement] = []
        for caption in table.iter("caption"):
            self.say(str(caption.text_content()))
            self.flush()
        for row in _rows(table):
            cells = [each for each in row if each.tag in ("td", "th")]
            rows.append(
                [(_cell_text(cell, inner), _span(cell.get("rowspan")), _span(cell.get("colspan"))) for cell in cells]
            )
        rows = [row for row in rows if row]
        if len(rows) == 1 or all(len(row) == 1 for row in rows):
            texts = [text for row in rows for text, _, _ in row if text]
            self.pieces += [Piece(BlockKind.PARAGRAPH, text) for text in texts]
        elif any(text for row in rows for text, _, _ in row):
            self.pieces.append(Piece(BlockKind.TABLE, rows=placed(rows)))
        for each in inner:
            self.walk(each)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(table: HtmlElement) -> list[HtmlElement]:
    return [cell for row in _rows(table) for cell in row if cell.tag in ("td", "th")]


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table only lays the page out: it holds tables or paragraphs in a row, and little beside them."""
    cells = _cells(table)
    holding = [cell for cell in cells if _holds_table(cell) or _paragraphs(cell) >= _PARAGRAPHS]
    if not holding:
        return False
    text = sum(len(_BLANKS.sub("", str(cell.text_content()))) for cell in cells)
    held = sum(len(_BLANKS.sub("", str(cell.text_content()))) for cell in holding)
    return held * 2 >= text or len(cells) <= 3  # noqa: PLR2004 - so few are no table


def _holds_table(cell: HtmlElement) -> bool:
    return any(len(_cells(table)) > 1 for table in cell.iter("table"))


def _paragraphs(cell: HtmlElement) -> int:
    found = sum(
        1 for each in cell.iter("p", "div", "br", *_HEADINGS) if (each.text_content() or each.tail or "").strip()
    )
    return found if len(_BLANKS.sub("", str(cell.text_content()))) > 10 * _TITLE else 0


def _cell_text(cell: HtmlElement, inner: list[HtmlElement]) -> str:
    """The text of a cell; a table of rows and columns in it is kept for later."""
    parts: list[str] = []

    def take(element: HtmlElement) -> None:
        if (
            element.tag == "table"
            and len(list(_rows(element))) > 1
            and len(_cells(element)) > len(list(_rows(element)))
        ):
            inner.append(element)
            return
        parts.append(" " if element.tag in _BLOCKS or element.tag == "br" else "")
        parts.append(element.text or "")
        for child in element:
            take(child)
            parts.append(child.tail or "")
        parts.append(" " if element.tag in _BLOCKS else "")

    take(cell)
    return _BLANKS.sub(" ", "".join(parts)).strip()


def _without_rest(pieces: list[Piece]) -> list[Piece]:
    """The pieces up to what follows an article on its page (the next one, printing), such lines before it left out."""
    kept: list[Piece] = []
    sizes = [len(piece.text) + sum(len(text) for row in piece.rows for text, *_ in row) for piece in pieces]
    read, whole = 0, sum(sizes)
    for piece, size in zip(pieces, sizes, strict=True):
        if piece.kind is BlockKind.PARAGRAPH and size <= 2 * _TITLE and _AFTER.match(piece.text):
            if read * 2 > whole:
                break
        else:
            kept.append(piece)
        read += size
    return kept


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
