"""Word documents (docx) straight from their XML: headings, merged cells, text boxes, notes, automatic numbers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.docx_package import DocxPackage, holds, parted
from hengji.reading.docx_styles import Styles, W, integer, is_hidden, read_styles, value_of
from hengji.reading.limits import form_of, xml_of
from hengji.reading.numbering import Numbering, read_numbering

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# Removed text, readings printed above it, and copies of a drawing for older programs.
_GONE = frozenset(
    [
        *(
            f"{W}{name}"
            for name in [
                "del",
                "moveFrom",
                "instrText",
                "delText",
                "rPr",
                "pPr",
                "fldData",
                "txbxContent",
                "rt",
                "ctrlPr",
                "sdtPr",
                "sdtEndPr",
            ]
        ),
        f"{_MC}Fallback",
    ]
)
# Names that are asked of every paragraph and cell.
_T, _P, _R, _TBL, _PPR, _VAL = (f"{W}{name}" for name in ("t", "p", "r", "tbl", "pPr", "val"))
_RPR, _STYLE, _OUTLINE, _TR, _TC = (f"{W}{name}" for name in ("rPr", "pStyle", "outlineLvl", "tr", "tc"))
_TRPR, _TCPR = f"{W}trPr", f"{W}tcPr"
TEXTS = frozenset((_T, f"{M}t"))
_BELOW_LINE = f"{M}den"
_SIGNS = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))
# What holds paragraphs and tables as the body does.
_HOLDERS = frozenset(
    [
        *(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo")),
        f"{_MC}AlternateContent",
        f"{_MC}Choice",
    ]
)
_MAX_SPAN = 200


def read_docx(name: str, data: bytes) -> Document:
    """A docx in reading order. Raises HengjiError for a damaged, oversized or attacking file."""
    content = docx_content(name, data, xml_of)
    return assemble(name, "docx", content.pieces, unread=content.unread)


class Stretch(NamedTuple):
    """A paragraph's own text within the text of a piece or cell; of a note, the note's."""

    element: Element
    at: int  # where it begins there, behind an automatic number
    skipped: int  # so many of its characters were left out before that
    length: int


@dataclass(frozen=True, slots=True)
class DocxContent:
    """The pieces of a docx; for every piece's text, and every cell's of a table, what it was put together from."""

    pieces: list[Piece]
    origins: list[tuple[Stretch, ...]]
    body: Element
    unread: tuple[str, ...]


def docx_content(name: str, data: bytes, parse: Callable[[str, bytes], Element]) -> DocxContent:
    """Walks a docx, its main part as ``parse`` makes it a tree. Raises HengjiError as reading does."""
    package = DocxPackage(name, data)
    written = package.data(package.main)
    styles = read_styles(package.root("styles"))
    written = _seen(written if styles.hidden else _lean(written))
    document = parse(name, written) if written else None
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise HengjiError(f"{name} 里没有正文，可能已损坏")
    hidden = _take_hidden(body, styles) if styles.hidden or holds(written, "vanish") else 0
    reader = _Reader(package, styles, read_numbering(package.root("numbering")))
    # Most files hold none of these, and need not be searched for them paragraph by paragraph.
    reader.has_boxes = holds(written, "txbxContent")
    reader.has_numbers = bool(styles.numbers) or holds(written, "numPr")
    reader.image_tags = tuple(f"{W}{tag}" for tag in ("drawing", "pict") if holds(written, tag))
    pieces = [*reader.blocks(body), *reader.rest()]
    for kind in ("footnotes", "endnotes"):
        pieces += reader.notes(package.root(kind))
    if reader.images:
        reader.unread.append(f"有{reader.images}张图片没有文字，未读")
    if revised := _revisions(body, written):
        reader.unread.append(f"有{revised}处修订还没有接受或拒绝，按接受以后的文字读")
    if hidden:
        reader.unread.append(f"有{hidden}处隐藏文字，打印时看不到，没有读")
    return DocxContent(pieces, reader.origins, body, tuple(reader.unread))


# What cannot be seen, as UTF-8 has it or as a reference; in other encodings it stays, and its words with it.
_UNSEEN = pattern(
    rb"(?:\xc2\xad|\xe1\xa0\x8e|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa4\xa6-\xa9]|\xef\xb8[\x80-\x8f]|\xef\xbb\xbf(?!<)|\xf3\xa0[\x84-\x87][\x80-\xbf]|&#(?:173|820[3-7]|65279|[xX]0*(?:[aA][dD]|200[b-fB-F]|[fF][eE][fF]{2}));)+"
)
# Their beginnings, told from those of “” and …, which every text holds.
_MAY_HOLD = (
    *(bytes((0xE2, 0x80, last)) for last in (*range(0x8B, 0x90), *range(0xAA, 0xAF))),
    *(b"\xc2\xad", b"\xe1\xa0\x8e", b"\xe2\x81", b"\xef\xb8", b"\xf3\xa0", b"&#"),
)
_MARK = b"\xef\xbb\xbf"  # at the beginning of a part it only says that this is UTF-8


def _seen(written: bytes) -> bytes:
    """The main part without what cannot be seen, as the text put together of it is."""
    held = any(each in written for each in _MAY_HOLD) or written.find(_MARK, len(_MARK)) > 0
    if b"\0" in written[:8] or not held:
        return written
    return _UNSEEN.sub(b"", written)


# Where one of these is, the looks of characters say something, or their tags may not be tags.
_TELLING = (b"w:del", b"w:moveFrom", b"vanish", b"rPrChange")
_PLACES = pattern(
    rb"<w:(?:jc|spacing|ind|keepNext|widowControl|snapToGrid|tcW|vAlign|shd|cantSplit|proofErr|bookmarkStart|bookmarkEnd)(?: [^<>]*)?/>"
)


def _lean(written: bytes) -> bytes:
    """The main part without looks, of which most of it consists, where those of its characters say nothing."""
    rest, looks = parted(written, b"<w:rPr>", b"</w:rPr>")
    plain = _PLACES.sub(b"", rest)
    for part in (b"".join(looks), plain):
        if (b"!" in part and b"<!" in part) or any(each in part for each in _TELLING):
            return written
    return plain.replace(b'<w:t xml:space="preserve">', b"<w:t>").replace(b"<w:tcPr></w:tcPr>", b"")


def _revisions(body: Element, written: bytes) -> int:
    """How many texts were put in or taken out while changes were tracked, and neither accepted nor refused."""
    tags = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo") if holds(written, f"{name} ")]
    words = frozenset((_T, f"{W}delText"))
    return sum(any(e.tag in words and e.text for e in each.iter()) for tag in tags for each in body.iter(tag))


def _take_hidden(body: Element, styles: Styles) -> int:
    """Takes hidden runs out of the tree; gives in how many paragraphs there was one with text."""
    count = 0
    for paragraph in body.iter(_P):
        properties = paragraph.find(_PPR)
        whole = properties is not None and value_of(properties, "pStyle") in styles.hidden
        found = [
            (parent, run) for parent in paragraph.iter() for run in parent.findall(_R) if _hides(run, styles, whole)
        ]
        for parent, run in found:
            parent.remove(run)
        count += any(_text(run).strip() for _, run in found)
    return count


def _hides(run: Element, styles: Styles, whole: bool) -> bool:  # noqa: FBT001 - what the paragraph's style says
    properties = run.find(f"{W}rPr")
    if properties is None:
        return whole
    own = is_hidden(properties)
    return own if own is not None else whole or value_of(properties, "rStyle") in styles.hidden


@dataclass
class _Reader:
    """Walks the body; the counters of automatic numbers run along."""

    package: DocxPackage
    styles: Styles
    numbering: Numbering
    images: int = 0
    has_boxes: bool = True
    has_numbers: bool = True
    image_tags: tuple[str, ...] = ()
    origins: list[tuple[Stretch, ...]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    held: list[tuple[Element, str]] = field(default_factory=list)  # paragraphs whose ends were removed
    inner: list[Element] = field(default_factory=list)  # tables met in the cells of a table

    def blocks(self, parent: Element) -> Iterator[Piece]:
        """The pieces below an element, in order."""
        for child in parent:
            if child.tag == _P:
                yield from self.paragraph(child)
            elif child.tag == _TBL:
                yield from self.rest()
                yield from self.table(child)
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)
            elif child.tag == f"{W}altChunk":
                yield from self.rest()
                yield from self.chunk(child)

    def paragraph(self, paragraph: Element) -> Iterator[Piece]:
        text = self.text(paragraph)
        properties = paragraph.find(_PPR)
        if properties is not None and _is_removed(properties):
            if text:
                self.held.append((paragraph, text))
        else:
            style, level = self.style(properties)
            number = self.number(properties, style)  # an empty paragraph counts, too
            if self.held:
                yield from self.joined([*self.held, (paragraph, text)], number, level)
                self.held = []
            elif text.strip():
                self.origins.append((Stretch(paragraph, len(number), 0, len(text)),))
                yield Piece(BlockKind.PARAGRAPH, number + text, level)
        if self.has_boxes:
            for box in _text_boxes(paragraph):
                yield from self.blocks(box)

    def joined(self, parts: list[tuple[Element, str]], number: str, level: int) -> Iterator[Piece]:
        """One paragraph of several in the file, whose ends were removed."""
        whole = "".join([text for _, text in parts])
        if not whole.strip():
            return
        at = len(number)
        stretches: list[Stretch] = []
        for element, text in parts:
            stretches.append(Stretch(element, at, 0, len(text)))
            at += len(text)
        self.origins.append(tuple(stretches))
        yield Piece(BlockKind.PARAGRAPH, number + whole, level)

    def rest(self) -> Iterator[Piece]:
        """What was held for a paragraph that did not come."""
        if self.held:
            yield from self.joined(self.held, "", 0)
            self.held = []

    def notes(self, notes: Element | None) -> Iterator[Piece]:
        """The footnotes or endnotes, without the lines that part them from the text."""
        for note in notes if notes is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                text = " ".join(_text(p) for p in note.iter(_P)).strip()
                if text:
                    self.origins.append((Stretch(note, 0, 0, len(text)),))
                    yield Piece(BlockKind.NOTE, text)

    def chunk(self, chunk: Element) -> Iterator[Piece]:
        """Another file that stands in the text whole, as programs that make Word files leave it."""
        from hengji.reading.html import read_html  # noqa: PLC0415 - hardly any file needs them
        from hengji.reading.text import read_text  # noqa: PLC0415 - the same

        member = self.package.by_id(chunk.get(_RELATION) or chunk.get(_STRICT_RELATION) or "")
        data = self.package.data(member)
        form = form_of(self.package.name, data) if data.strip() else ""
        if form not in ("html", "txt", "docx"):
            self.unread.append("正文里嵌有另一个文件，没有读，请用 Word 打开后另存一次")
            return
        if form == "docx":
            pieces = docx_content(self.package.name, data, xml_of).pieces
        else:
            found = (read_html if form == "html" else read_text)(self.package.name, data)
            pieces = list(pieces_of(found))
        for piece in pieces:
            self.origins += [()] * (sum(map(len, piece.rows)) if piece.kind is BlockKind.TABLE else 1)
            yield piece

    def style(self, properties: Element | None) -> tuple[str, int]:
        if properties is None:
            return "", self.styles.levels.get("", 0)
        style = properties.find(_STYLE)
        style_id = style.get(_VAL, "") if style is not None else ""
        outline = properties.find(_OUTLINE)
        if outline is not None:
            level = integer(outline.get(_VAL), 9) + 1
            return style_id, level if level <= 9 else 0  # noqa: PLR2004 - 9 means running text
        return style_id, self.styles.levels.get(style_id, 0)

    def number(self, properties: Element | None, style: str) -> str:
        """The automatic number that Word shows before the text."""
        if not self.has_numbers:
            return ""
        listed = properties.find(f"{W}numPr") if properties is not None else None
        list_id, depth, owner = self.styles.numbers.get(style, ("", None, style))
        if listed is not None:
            id_element, level = listed.find(f"{W}numId"), listed.find(f"{W}ilvl")
            list_id = id_element.get(_VAL, "") if id_element is not None else list_id
            depth = integer(level.get(_VAL), 0) if level is not None else depth
        if list_id in ("", "0"):
            return ""
        return self.numbering.next(list_id, self.numbering.depth_of(list_id, owner) if depth is None else depth)

    def text(self, element: Element) -> str:
        for tag in self.image_tags:
            if next(element.iter(tag), None) is not None:
                self.images += not (self.has_boxes and any(True for _ in _text_boxes(element)))
                break
        return _text(element)

    def table(self, table: Element) -> Iterator[Piece]:
        """A table with merged cells resolved; one in a cell comes after it; a frame of one column is no table."""
        lines = [(row, list(_cells(row))) for row in _rows(table)]
        if all(len(cells) == 1 for _, cells in lines) and any(_holds_blocks(cells[0]) for _, cells in lines):
            for _, cells in lines:
                yield from self.blocks(cells[0])
            return
        rows: list[list[tuple[str, int, int, int]]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        outer, self.inner = self.inner, []
        for row, cells in lines:
            line: list[tuple[str, int, int, int]] = []
            column = _before(row)
            for cell in cells:
                across, down, beside = _merging(cell)
                if beside and line:
                    text, col, high, wide = line[-1]
                    line[-1] = (text, col, high, wide + across)
                elif down == "continue" and column in open_cells:
                    at, place = open_cells[column]
                    text, col, high, wide = rows[at][place]
                    rows[at][place] = (text, col, high + 1, wide)
                else:
                    open_cells.pop(column, None)
                    if down:
                        open_cells[column] = (len(rows), len(line))
                    line.append((self.cell(cell), column, 1, across))
                column += across
            rows.append(line)
        inner, self.inner = self.inner, outer
        if any(rows):
            yield Piece(BlockKind.TABLE, rows=tuple(map(tuple, rows)))
        for each in inner:
            yield from self.table(each)

    def cell(self, cell: Element) -> str:
        texts: list[str] = []
        stretches: list[Stretch] = []
        at = 0
        for paragraph in self.paragraphs(cell):
            text = self.text(paragraph)
            kept = text.strip()
            properties = paragraph.find(_PPR)
            counts = self.has_numbers and (kept or properties is not None)
            number = self.number(properties, self.style(properties)[0]) if counts else ""
            if kept:
                skipped = len(text) - len(text.lstrip())
                stretches.append(Stretch(paragraph, at + len(number), skipped, len(kept)))
                texts.append(number + kept)
                at += len(texts[-1]) + 1
        self.origins.append(tuple(stretches))
        return " ".join(texts)

    def paragraphs(self, parent: Element) -> Iterator[Element]:
        """The paragraphs of a cell or text box, those in text boxes after the one that holds them; inner tables are kept for later."""
        for child in parent:
            if child.tag == _P:
                yield child
                for box in _text_boxes(child) if self.has_boxes else ():
                    yield from self.paragraphs(box)
            elif child.tag == _TBL:
                lines = [list(_cells(row)) for row in _rows(child)]
                if len(lines) > 1 and any(len(cells) > 1 for cells in lines):
                    self.inner.append(child)
                else:
                    for cells in lines:
                        for cell in cells:
                            yield from self.paragraphs(cell)
            elif child.tag in _HOLDERS:
                yield from self.paragraphs(child)


def _is_removed(properties: Element) -> bool:
    """Whether the end of a paragraph was removed, so that it goes on in the next."""
    marks = properties.find(_RPR)
    return marks is not None and (marks.find(f"{W}del") is not None or marks.find(f"{W}moveFrom") is not None)


def _holds_blocks(cell: Element) -> bool:
    """Whether a cell holds a table or several paragraphs, as a frame round a text does."""
    filled = (True for child in cell.iter(_P) if _text(child).strip())
    return cell.find(_TBL) is not None or (next(filled, False) and next(filled, False))


def pieces_of(document: Document) -> Iterator[Piece]:
    """A document taken apart again."""
    for block in document.blocks:
        rows = tuple(tuple((cell.text, cell.column, cell.rows, cell.columns) for cell in row) for row in block.rows())
        yield Piece(block.kind, "" if block.kind is BlockKind.TABLE else block.text, block.level, rows=rows)


def _text(paragraph: Element) -> str:
    """The same text as that of ``texts_of``, which nearly always stands in runs right below the paragraph."""
    found: list[str] = []
    for child in paragraph:
        if child.tag == _R:
            for leaf in child:
                tag = leaf.tag
                if tag == _T:
                    found.append(leaf.text or "")
                elif tag in _SIGNS:
                    found.append(_sign(leaf))
                elif tag not in _GONE:
                    found += [text for _, text in texts_of(leaf)]
        elif child.tag != _PPR:
            found += [text for _, text in texts_of([child])]
    return "".join(found)


def texts_of(element: Iterable[Element]) -> Iterator[tuple[Element, str]]:
    """The text of a paragraph's runs by element, without removed text, field codes and the text of boxes."""
    for child in element:
        tag = child.tag
        if tag in TEXTS:
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, _sign(child)
        elif tag not in _GONE:
            if tag == _BELOW_LINE:
                yield child, "/"
            yield from texts_of(child)


def _sign(element: Element) -> str:
    """What an element that is no text stands for."""
    match element.tag.removeprefix(W):
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "" if element.get(f"{W}type") in ("page", "column") else " "
        case "noBreakHyphen":
            return "-"
        case _:
            return _symbol(element)


def _symbol(element: Element) -> str:
    """A character of a symbol font: the ticked and empty boxes that forms use, nothing for others."""
    boxes = {"F0FE": "☑", "F052": "☑", "F0A3": "□", "F0A8": "□", "F06F": "□", "F0FC": "√", "F050": "√"}
    return boxes.get(element.get(f"{W}char", "").upper(), "")


def _text_boxes(element: Element) -> Iterator[Element]:
    """The contents of text boxes anchored in a paragraph, without the copies for older programs and without boxes in boxes."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{_MC}Fallback":
            yield from _text_boxes(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == _TR:
            if not _removed(child, _TRPR, "del"):
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == _TC:
            if not _removed(child, _TCPR, "cellDel"):
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _removed(element: Element, properties: str, mark: str) -> bool:
    """Whether the properties of a row or cell say that it was taken out."""
    found = element.find(properties)  # two steps: a path is not searched by the library's fast part
    return found is not None and found.find(f"{W}{mark}") is not None


def _before(row: Element) -> int:
    properties = row.find(_TRPR)
    before = properties.find(f"{W}gridBefore") if properties is not None else None
    return min(_MAX_SPAN, integer(before.get(_VAL), 0)) if before is not None else 0


def _merging(cell: Element) -> tuple[int, str, bool]:
    """How many columns a cell reaches over, how it is merged downward, and whether it belongs to the cell beside it."""
    properties = cell.find(_TCPR)
    if properties is None or not len(properties):
        return 1, "", False
    span, down, beside = (properties.find(f"{W}{name}") for name in ("gridSpan", "vMerge", "hMerge"))
    across = max(1, min(_MAX_SPAN, integer(span.get(_VAL), 1))) if span is not None else 1
    return (
        across,
        "" if down is None else "restart" if down.get(_VAL) == "restart" else "continue",
        beside is not None and beside.get(_VAL) != "restart",
    )
