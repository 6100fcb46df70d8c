"""The parts of a Word file, found by what the file says of them and not by their usual names."""

import posixpath
import re
import zipfile
from functools import cached_property
from xml.etree.ElementTree import Element

from hengji.model.patterns import pattern
from hengji.reading.limits import open_archive, part, xml_of

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_USUAL = "word/document.xml"


class DocxPackage:
    """A Word file's archive, its main part and the parts that belong to it. Raises HengjiError as reading does."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.archive: zipfile.ZipFile = open_archive(name, data)
        self.members = frozenset(self.archive.namelist())

    @cached_property
    def main(self) -> str:
        """The name of the main part."""
        found = next((target for kind, _, target in self._relations("") if kind == "officeDocument"), _USUAL)
        return found if found in self.members else _USUAL

    @cached_property
    def relations_member(self) -> str:
        """The name of the part that says what belongs to the main one; it need not be there."""
        return _relations_of(self.main)

    @cached_property
    def _related(self) -> list[tuple[str, str, str]]:
        return self._relations(self.main)

    def by_id(self, relation: str) -> str:
        """The part that a relation of the main one leads to; nothing for what lies outside of the file."""
        return next((target for _, key, target in self._related if key == relation and target in self.members), "")

    def data(self, member: str) -> bytes:
        """The bytes of a part, in the transitional namespace; nothing where it is not there."""
        if member not in self.members:
            return b""
        return part(self.name, self.archive, member).replace(_STRICT, _TRANSITIONAL)

    def root(self, kind: str) -> Element | None:
        """A part that belongs to the main one (styles, numbering, footnotes …) as a tree."""
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        member = next((target for each, _, target in self._related if each == kind), usual)
        found = self.data(member)
        if kind == "styles":
            found = _lean_styles(found)
        return xml_of(self.name, found) if found else None

    def _relations(self, member: str) -> list[tuple[str, str, str]]:
        """The kind, number and target of what a part (or the file itself) says that belongs to it."""
        listed = _relations_of(member)
        if listed not in self.members:
            return []
        folder = posixpath.join("/", posixpath.dirname(member))
        return [
            (
                relation.get("Type", "").rpartition("/")[2],
                relation.get("Id", ""),
                posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in xml_of(self.name, part(self.name, self.archive, listed))
            if relation.get("TargetMode") != "External"
        ]


def _lean_styles(styles: bytes) -> bytes:
    """The styles without those of tables, the list of those that a file does not have, and looks that hide nothing."""
    if b"!" in styles and any(each in styles for each in (b"<!--", b"<![CDATA[")):
        return styles
    styles = without(styles, b'<w:style w:type="table"', b"</w:style>")  # most of them, so the first to go
    styles = without(styles, b"<w:latentStyles", b"</w:latentStyles>")
    if b"vanish" in styles or b"rPrChange" in styles:
        return styles
    return _IDLE.sub(b"", without(styles, b"<w:rPr>", b"</w:rPr>"))


# What styles say of looks and lists of styles, and reading does not ask.
_IDLE = pattern(
    rb"<w:(?:uiPriority|qFormat|rsid|unhideWhenUsed|semiHidden|spacing|ind|jc|keepNext|keepLines|overflowPunct)(?: [^<>]*)?/>"
)


def without(written: bytes, opening: bytes, closing: bytes) -> bytes:
    """The XML without what stands from every opening tag to its closing one; as it is where such elements are nested or empty."""
    return parted(written, opening, closing)[0]


def parted(written: bytes, opening: bytes, closing: bytes) -> tuple[bytes, frozenset[bytes]]:
    """The same, and what was taken out, each but once."""
    first, *others = written.split(opening)
    taken = [other.partition(closing) for other in others]
    insides = frozenset([inside for inside, _, _ in taken])
    tag = opening.partition(b" ")[0]
    if any(tag in inside for inside in insides) or not all(closed for _, closed, _ in taken):
        return written, frozenset()
    return b"".join([first, *[rest for _, _, rest in taken]]), insides


def _relations_of(member: str) -> str:
    folder, last = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{last}.rels") if member else "_rels/.rels"


def holds(data: bytes, name: str) -> bool:
    """Whether a part may hold elements of a name; one in another encoding is searched in any case."""
    return (
        name.encode() in data
        or b"\0" in data[:8]
        or bool(re.match(rb"<\?xml[^>]*encoding=.(?!utf-?8)", data, re.IGNORECASE))
    )
