"""Where the words of a docx stand in the bytes of its main part, for marking them: found by reading the file again."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from hengji.model.document import UNSEEN, BlockKind, Document, assemble
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.docx import TEXTS, DocxContent, Stretch, docx_content, texts_of
from hengji.reading.docx_package import DocxPackage
from hengji.reading.docx_styles import W
from hengji.reading.limits import part, xml_of

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OPENING = pattern(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_DECLARED = pattern(r"""(<\?xml[^>]*?\sencoding=)["']([\w.-]+)["']""")
_REFERENCES = {f"{W}footnote": f"{W}footnoteReference", f"{W}endnote": f"{W}endnoteReference"}


class Extent(NamedTuple):
    """An element's bytes: where its opening tag begins and ends, and where its closing one does."""

    start: int
    inner: int
    close: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether one tag is all of it."""
        return self.inner == self.end


class _Chunk(NamedTuple):
    """Characters in a row that stand in the file as they are, or one that stands there as an entity."""

    first: int
    offset: int
    text: str
    in_cdata: bool


class PlacedXml:
    """An XML part as a tree in the transitional namespace, every element and character of which knows its bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = in_utf8(data)
        self.strict = False
        self.extents: dict[Element, Extent] = {}
        self.parents: dict[Element, Element] = {}
        self._chunks: dict[Element, list[_Chunk]] = {}
        self._open: list[tuple[Element, int, int]] = []
        self._names: dict[str, str] = {}
        self._in_cdata = False
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._parser.StartCdataSectionHandler = lambda: self._cdata(begins=True)
        self._parser.EndCdataSectionHandler = lambda: self._cdata(begins=False)
        self._parser.Parse(self.data, True)
        self.root = next(iter(self.extents))

    def character(self, element: Element, index: int) -> tuple[int, bool]:
        """The byte where a character of an element's text begins, and whether it stands in a CDATA section."""
        chunks = self._chunks[element]
        chunk = chunks[bisect_right(chunks, index, key=lambda each: each.first) - 1]
        return chunk.offset + len(chunk.text[: index - chunk.first].encode()), chunk.in_cdata

    def raw(self, start: int, end: int) -> bytes:
        """The bytes from one place to another."""
        return self.data[start:end]

    def _name(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            if name.startswith(STRICT):
                self.strict = True
                found = W + name[len(STRICT) + 1 :]
            else:
                found = f"{{{name}" if "}" in name else name
            self._names[name] = found
        return found

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(self._name(name), {self._name(key): value for key, value in attributes.items()})
        start = self._parser.CurrentByteIndex
        opening = _OPENING.match(self.data, start)
        assert opening is not None
        if self._open:
            parent = self._open[-1][0]
            parent.append(element)
            self.parents[element] = parent
        self._open.append((element, start, opening.end()))
        self.extents[element] = Extent(start, opening.end(), opening.end(), opening.end() if opening.group(1) else -1)

    def _ended(self, _: str) -> None:
        element, start, inner = self._open.pop()
        if not self.extents[element].empty:
            close = self._parser.CurrentByteIndex
            self.extents[element] = Extent(start, inner, close, self.data.index(b">", close) + 1)

    def _said(self, text: str) -> None:
        element = self._open[-1][0]
        if element.tag in TEXTS and not len(element):
            offset = self._parser.CurrentByteIndex
            for start, seen in _seen(text):
                so_far = element.text or ""
                chunk = _Chunk(len(so_far), offset + len(text[:start].encode()), seen, self._in_cdata)
                self._chunks.setdefault(element, []).append(chunk)
                element.text = so_far + seen

    def _cdata(self, *, begins: bool) -> None:
        self._in_cdata = begins


def _seen(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a text between what cannot be seen, and where each begins."""
    start = 0
    for match in UNSEEN.finditer(text):
        if start < match.start():
            yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


class Words(NamedTuple):
    """Characters in a row of one element: text, a tab or break, or the reference to a note that holds the words."""

    element: Element
    first: int
    last: int  # the last of them
    length: int  # how many characters the element holds


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph's, cell's or note's text, where it begins in the document and what it was put together from."""

    start: int
    stretches: tuple[Stretch, ...]


class DocxPlaces:
    """Finds the elements that spans of ``Document.text`` were read from."""

    def __init__(self, document: Document, content: DocxContent, xml: PlacedXml) -> None:
        self.text, self.body, self.xml = document.text, content.body, xml
        starts = _starts(document)
        found = [_Text(start, origin) for start, origin in zip(starts, content.origins, strict=True)]
        self._texts = [text for text in found if text.stretches]
        self._notes = _references(content.body)

    def words(self, start: int, end: int) -> list[Words]:
        """What a span covers; nothing for automatic numbers and what parts blocks and cells."""
        found: list[Words] = []
        for text in self._texts[max(self._before(start), 0) :]:
            if text.start >= end:
                break
            for stretch in text.stretches:
                begins = text.start + stretch.at
                low, high = max(start - begins, 0), min(end - begins, stretch.length)
                if low < high:
                    found += self._elements(stretch, low, high)
        return found

    def nearest(self, position: int) -> list[Words]:
        """All words of the paragraph that stands at a position or last before it; of the first one where none does."""
        for text in reversed(self._texts[: max(self._before(position), 0) + 1]):
            stretch = next((s for s in reversed(text.stretches) if text.start + s.at <= position), text.stretches[0])
            if found := self._elements(stretch, 0, stretch.length):
                return found
        return []

    def _before(self, position: int) -> int:
        return bisect_right(self._texts, position, key=lambda text: text.start) - 1

    def _elements(self, stretch: Stretch, low: int, high: int) -> list[Words]:
        if stretch.element.tag in _REFERENCES:
            key = (_REFERENCES[stretch.element.tag], stretch.element.get(f"{W}id", ""))
            return [Words(self._notes[key], 0, 0, 1)] if key in self._notes else []
        found: list[Words] = []
        at = -stretch.skipped
        for element, text in texts_of(stretch.element):
            first, last = max(low - at, 0), min(high - at, len(text)) - 1
            if first <= last:
                found.append(Words(element, first, last, len(text)))
            at += len(text)
        return found


def docx_places(name: str, data: bytes) -> DocxPlaces:
    """The places of a docx. Raises HengjiError as reading does."""
    placed: list[PlacedXml] = []
    package = DocxPackage(name, data)

    def parsed(_: str, found: bytes) -> Element:
        xml_of(name, found)  # refuses document types and broken XML
        placed.append(PlacedXml(part(name, package.archive, package.main)))  # its own bytes, before any replacement
        return placed[0].root

    try:
        content = docx_content(name, data, parsed)
    except (expat.ExpatError, ElementTree.ParseError, UnicodeError, LookupError, ValueError) as error:
        raise HengjiError(f"{name} 的正文不能批注，请用 Word 或 WPS 打开后另存一次") from error
    return DocxPlaces(assemble(name, "docx", content.pieces), content, placed[0])


def in_utf8(data: bytes) -> bytes:
    """An XML part in UTF-8, and saying so; one that is stays what it is, byte for byte."""
    if b"\0" in data[:4]:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _order(data))
    else:
        declared = _DECLARED.match(data[:200].decode("latin-1"))
        if declared is None or declared.group(2).lower() in ("utf-8", "utf8", "us-ascii"):
            return data
        text = data.decode(declared.group(2))
    return _DECLARED.sub(r'\1"UTF-8"', text, count=1).encode()


def _order(data: bytes) -> str:
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"


def _starts(document: Document) -> Sequence[int]:
    """Where the texts begin that pieces and cells were made of, in the order in which they were read."""
    found: list[int] = []
    for block in document.blocks:
        found += [cell.start for cell in block.cells] if block.kind is BlockKind.TABLE else [block.start]
    return found


def _references(body: Element) -> dict[tuple[str, str], Element]:
    """Where notes are referred to, the first time, by the kind of reference and number."""
    found: dict[tuple[str, str], Element] = {}
    for element in body.iter():
        if element.tag in _REFERENCES.values():
            found.setdefault((element.tag, element.get(f"{W}id", "")), element)
    return found
