"""A Word file with persons covered: in its text, headers, notes, comments and properties; every character stays one character.

Pictures, in which nobody can look for names, become grey boxes of the same size.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat
from xml.sax.saxutils import unescape

from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.reading.docx_places import in_utf8
from hengji.reading.limits import open_archive, part, xml_of
from hengji.writing.typesetting import covered_png

Cover = Callable[[str], str]

_TEXTS = ("t", "delText", "instrText", "v")  # elements that hold text, whatever their namespace
_MARK = "*"
# Who wrote, changed or remarked on something.
_AUTHORS = pattern(rb"""(\s(?:[\w.-]+:)?(?:author|initials|userId)=)("[^"]*"|'[^']*')""")
_SAID = pattern(rb"""(\s(?:descr|title|alt|tooltip|Target)=)("[^"]*"|'[^']*')""")
_MAKERS = pattern(rb"(<(?:[\w.-]+:)?(?:creator|lastModifiedBy|Manager)(?:\s[^>]*)?>)[^<]*")
_EMBEDDED = pattern(r"word/embeddings/.*")
_PICTURE = pattern(r"(?:.*/)?media/([^/]+)")
_TO_PICTURE = pattern(rb"""(\sTarget=)(["'])([^"']*media/)([^"'/]+)\2""")
_TYPE_OF_PNG = pattern(rb"""Extension=["']png["']""", re.IGNORECASE)
_TYPE_OF_PICTURE = pattern(rb"""<Override\s[^>]*PartName=["'][^"']*/media/[^>]*/>""")
_THUMBNAIL = pattern(
    r"docProps/thumbnail\..*", re.IGNORECASE
)  # a picture of the first page, which the copy does without
_TO_THUMBNAIL = pattern(rb"<Relationship\s[^>]*metadata/thumbnail[^>]*/>")


class _Chunk(NamedTuple):
    """Characters in a row: where their bytes begin, and where they stand in the text of their paragraph."""

    offset: int
    first: int
    text: str


class _Texts:
    """The texts of an XML part, paragraph by paragraph, and the bytes of every character."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.paragraphs: list[list[_Chunk]] = [[]]
        self._open: list[list[_Chunk]] = [self.paragraphs[0]]
        self._names: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._said
        self._parser.Parse(data, True)

    def _started(self, name: str, _: dict[str, str]) -> None:
        self._names.append(name.rpartition(":")[2])
        if self._names[-1] == "p":
            self.paragraphs.append([])
            self._open.append(self.paragraphs[-1])

    def _ended(self, _: str) -> None:
        if self._names.pop() == "p":
            self._open.pop()

    def _said(self, text: str) -> None:
        if self._names[-1] in _TEXTS:
            chunks = self._open[-1]
            first = chunks[-1].first + len(chunks[-1].text) if chunks else 0
            chunks.append(_Chunk(self._parser.CurrentByteIndex, first, text))

    def covered(self, cover: Cover) -> bytes:
        """The part with its texts covered, all else byte for byte."""
        changes = sorted(change for chunks in self.paragraphs if chunks for change in self._changes(chunks, cover))
        pieces: list[bytes] = []
        last = 0
        for start, end, new in changes:
            pieces += [self.data[last:start], new]
            last = end
        return b"".join([*pieces, self.data[last:]])

    def _changes(self, chunks: list[_Chunk], cover: Cover) -> list[tuple[int, int, bytes]]:
        text = "".join(chunk.text for chunk in chunks)
        shown = cover(text)
        if shown == text:
            return []
        found: list[tuple[int, int, bytes]] = []
        for chunk in chunks:
            at = chunk.offset
            for number, old in enumerate(chunk.text):
                new = shown[chunk.first + number]
                size = len(old.encode())
                if self.data[at : at + 1] == b"&":  # written as an entity, which stands alone
                    size = self.data.index(b";", at) + 1 - at
                if new != old:
                    found.append((at, at + size, new.encode()))
                at += size
        return found


def masked_docx(name: str, data: bytes, cover: Cover) -> tuple[bytes, bool]:
    """The file with every text and picture covered, and whether it holds embedded files, which cannot be.

    Raises HengjiError for a file that is damaged.
    """
    archive = open_archive(name, data)
    stream = io.BytesIO()
    embedded = False
    named = (found[1] for info in archive.infolist() if (found := _PICTURE.fullmatch(info.filename)))
    pictures = {old: f"covered{number}.png" for number, old in enumerate(dict.fromkeys(named), start=1)}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in archive.infolist():
            if _THUMBNAIL.fullmatch(info.filename):
                continue
            picture = _PICTURE.fullmatch(info.filename)
            if picture is not None:
                folder = info.filename.removesuffix(picture[1])
                target.writestr(folder + pictures[picture[1]], covered_png())
                continue
            content = part(name, archive, info.filename)
            if info.filename == "_rels/.rels":
                content = _TO_THUMBNAIL.sub(b"", content)
            embedded = embedded or bool(_EMBEDDED.fullmatch(info.filename))
            if pictures:
                content = _to_covered(info.filename, content, pictures)
            target.writestr(info, _covered(name, info.filename, content, cover))
    return stream.getvalue(), embedded


def _to_covered(member: str, content: bytes, pictures: Mapping[str, str]) -> bytes:
    """Relations and types of a package, leading to the grey boxes."""
    if member == "[Content_Types].xml":
        content = _TYPE_OF_PICTURE.sub(b"", content)
        if not _TYPE_OF_PNG.search(content):
            content = content.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
        return content
    if not member.lower().endswith(".rels"):
        return content

    def led(found: re.Match[bytes]) -> bytes:
        old = unquote(unescape(found[4].decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}))
        return found[1] + found[2] + found[3] + pictures.get(old, old).encode() + found[2]

    return _TO_PICTURE.sub(led, content)


def _covered(name: str, member: str, content: bytes, cover: Cover) -> bytes:
    if not member.lower().endswith((".xml", ".rels")) or member.startswith("[") or not content.strip():
        return content
    xml_of(name, content)  # refuses document types and broken XML
    try:
        made = _Texts(in_utf8(content)).covered(cover)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise HengjiError(f"{name} 的“{member}”不能遮盖，请用 Word 或 WPS 打开后另存一次") from error
    if member.startswith(("docProps/", "customXml/item")):
        return cover(_MAKERS.sub(rb"\1", made).decode()).encode()
    made = _AUTHORS.sub(lambda match: match[1] + b'"' + _MARK.encode() + b'"', made)
    return _SAID.sub(lambda match: match[1] + cover(match[2].decode()).encode(), made)
