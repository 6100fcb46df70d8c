"""Word documents (docx) straight from their XML: headings, merged cells, text boxes, notes, automatic numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.model.problem import HengjiError
from hengji.reading.limits import open_archive, part, xml_of
from hengji.reading.numbering import Numbering, read_numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Removed text, and copies of a drawing for older programs.
_GONE = frozenset(
    (
        f"{W}del",
        f"{W}moveFrom",
        f"{W}instrText",
        f"{W}delText",
        f"{_MC}Fallback",
        f"{W}rPr",
        f"{W}pPr",
        f"{W}fldData",
        f"{W}txbxContent",
    )
)
_T, _P, _TBL, _PPR, _VAL = (f"{W}{name}" for name in ("t", "p", "tbl", "pPr", "val"))
_SIGNS = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))
# What holds paragraphs and tables as the body does.
_HOLDERS = frozenset(
    [
        *(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo")),
        f"{_MC}AlternateContent",
        f"{_MC}Choice",
    ]
)
_HEADING_NAMES = ("heading ", "标题 ", "标题")
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
    archive = open_archive(name, data)
    members = set(archive.namelist())

    def data_of(member: str) -> bytes:
        return part(name, archive, member).replace(_STRICT, _TRANSITIONAL) if member in members else b""

    def root(member: str) -> Element | None:
        found = data_of(member)
        return xml_of(name, found) if found else None

    written = data_of("word/document.xml")
    document = parse(name, written) if written else None
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise HengjiError(f"{name} 里没有正文，可能已损坏")
    styles, numbers = root("word/styles.xml"), root("word/numbering.xml")
    reader = _Reader(_style_levels(styles), _style_numbers(styles), read_numbering(numbers))
    # Most files hold none of these, and need not be searched for them paragraph by paragraph.
    reader.has_boxes = _names(written, b"txbxContent")
    reader.image_tags = tuple(f"{W}{tag}" for tag in ("drawing", "pict") if _names(written, tag.encode()))
    pieces = list(reader.blocks(body))
    for member in ("word/footnotes.xml", "word/endnotes.xml"):
        pieces += reader.notes(root(member))
    unread = (f"有{reader.images}张图片没有文字，未读",) if reader.images else ()
    return DocxContent(pieces, reader.origins, body, unread)


def _names(data: bytes, name: bytes) -> bool:
    """Whether a part may hold elements of a name; one in another encoding is searched in any case."""
    return name in data or b"\0" in data[:8]


def _style_levels(styles: Element | None) -> dict[str, int]:
    """The heading level of every style that is one, by style id; a style inherits its parent's."""
    own: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        style_id = style.get(f"{W}styleId", "")
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        name = style.find(f"{W}name")
        based = style.find(f"{W}basedOn")
        text = name.get(_VAL, "").lower() if name is not None else ""
        if outline is not None:
            own[style_id] = _integer(outline.get(_VAL), 9) + 1
        elif text.startswith(_HEADING_NAMES) and text[-1:].isdigit():
            own[style_id] = int(text[-1])
        if based is not None:
            parents[style_id] = based.get(_VAL, "")
    return {style_id: level for style_id in {*own, *parents} if 0 < (level := _inherited(style_id, own, parents)) <= 9}  # noqa: PLR2004 - Word has nine levels


def _inherited(style_id: str, own: dict[str, int], parents: dict[str, str]) -> int:
    for _ in range(20):
        if style_id in own:
            return own[style_id]
        if style_id not in parents:
            return 0
        style_id = parents[style_id]
    return 0


def _style_numbers(styles: Element | None) -> dict[str, tuple[str, int]]:
    """The list and level that a style itself numbers its paragraphs with."""
    found: dict[str, tuple[str, int]] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None and (list_id := number.find(f"{W}numId")) is not None:
            level = number.find(f"{W}ilvl")
            depth = _integer(level.get(_VAL), 0) if level is not None else 0
            found[style.get(f"{W}styleId", "")] = (list_id.get(_VAL, ""), depth)
    return found


@dataclass
class _Reader:
    """Walks the body; the counters of automatic numbers run along."""

    levels: dict[str, int]
    style_numbers: dict[str, tuple[str, int]]
    numbering: Numbering
    images: int = 0
    has_boxes: bool = True
    image_tags: tuple[str, ...] = ()
    origins: list[tuple[Stretch, ...]] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Piece]:
        """The pieces below an element, in order."""
        for child in parent:
            if child.tag == _P:
                yield from self.paragraph(child)
            elif child.tag == _TBL:
                yield from self.table(child)
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)

    def paragraph(self, paragraph: Element) -> Iterator[Piece]:
        text = self.text(paragraph)
        properties = paragraph.find(_PPR)
        style, level = self.style(properties)
        if text.strip():
            number = self.number(properties, style)
            self.origins.append((Stretch(paragraph, len(number), 0, len(text)),))
            yield Piece(BlockKind.PARAGRAPH, number + text, level)
        if self.has_boxes:
            for box in _text_boxes(paragraph):
                yield from self.blocks(box)

    def notes(self, notes: Element | None) -> Iterator[Piece]:
        """The footnotes or endnotes, without the lines that part them from the text."""
        for note in notes if notes is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                text = " ".join(_text(p) for p in note.iter(f"{W}p")).strip()
                if text:
                    self.origins.append((Stretch(note, 0, 0, len(text)),))
                    yield Piece(BlockKind.NOTE, text)

    def style(self, properties: Element | None) -> tuple[str, int]:
        if properties is None:
            return "", self.levels.get("", 0)
        style = properties.find(f"{W}pStyle")
        style_id = style.get(_VAL, "") if style is not None else ""
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None:
            level = _integer(outline.get(_VAL), 9) + 1
            return style_id, level if level <= 9 else 0  # noqa: PLR2004 - 9 means running text
        return style_id, self.levels.get(style_id, 0)

    def number(self, properties: Element | None, style: str) -> str:
        """The automatic number that Word shows before the text."""
        listed = properties.find(f"{W}numPr") if properties is not None else None
        list_id, depth = self.style_numbers.get(style, ("", 0))
        if listed is not None:
            id_element, level = listed.find(f"{W}numId"), listed.find(f"{W}ilvl")
            list_id = id_element.get(_VAL, "") if id_element is not None else list_id
            depth = _integer(level.get(_VAL), 0) if level is not None else 0
        return self.numbering.next(list_id, depth) if list_id not in ("", "0") else ""

    def text(self, element: Element) -> str:
        for tag in self.image_tags:
            if next(element.iter(tag), None) is not None:
                self.images += not (self.has_boxes and any(True for _ in _text_boxes(element)))
                break
        return _text(element)

    def table(self, table: Element) -> Iterator[Piece]:
        """A table with merged cells resolved; one in a cell is read into the cell."""
        rows: list[list[tuple[str, int, int, int]]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for row in _rows(table):
            line: list[tuple[str, int, int, int]] = []
            column = _before(row)
            for cell in _cells(row):
                across, merge = _merging(cell)
                if merge is not None and merge.get(_VAL, "continue") != "restart" and column in open_cells:
                    at, place = open_cells[column]
                    text, col, down, wide = rows[at][place]
                    rows[at][place] = (text, col, down + 1, wide)
                else:
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (len(rows), len(line))
                    line.append((self.cell(cell), column, 1, across))
                column += across
            rows.append(line)
        if any(rows):
            yield Piece(BlockKind.TABLE, rows=tuple(map(tuple, rows)))

    def cell(self, cell: Element) -> str:
        texts: list[str] = []
        stretches: list[Stretch] = []
        at = 0
        for paragraph in _paragraphs(cell) if self.has_boxes else cell.iter(_P):
            text = self.text(paragraph)
            kept = text.strip()
            if kept:
                properties = paragraph.find(_PPR)
                number = self.number(properties, self.style(properties)[0])
                skipped = len(text) - len(text.lstrip())
                stretches.append(Stretch(paragraph, at + len(number), skipped, len(kept)))
                texts.append(number + kept)
                at += len(texts[-1]) + 1
        self.origins.append(tuple(stretches))
        return " ".join(texts)


def _text(paragraph: Element) -> str:
    return "".join([text for _, text in texts_of(paragraph)])


def texts_of(element: Element) -> Iterator[tuple[Element, str]]:
    """The text of a paragraph's runs by element, without removed text, field codes and the text of boxes."""
    for child in element:
        tag = child.tag
        if tag == _T:
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, _sign(child)
        elif tag not in _GONE:
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


def _paragraphs(element: Element) -> Iterator[Element]:
    """All paragraphs below an element, those in text boxes after the one that holds them, copies for older programs left out."""
    for child in element:
        if child.tag == _P:
            yield child
        if child.tag != f"{_MC}Fallback":
            yield from _paragraphs(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _before(row: Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return min(_MAX_SPAN, _integer(before.get(_VAL), 0)) if before is not None else 0


def _merging(cell: Element) -> tuple[int, Element | None]:
    """How many columns a cell reaches over, and what says that it is merged downward."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, None
    span = properties.find(f"{W}gridSpan")
    across = max(1, min(_MAX_SPAN, _integer(span.get(_VAL), 1))) if span is not None else 1
    return across, properties.find(f"{W}vMerge")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default
