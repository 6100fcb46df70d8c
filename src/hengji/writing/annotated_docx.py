"""The original Word file with its findings as comments at the words; everything else in it stays as it was."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from hengji.model.document import Document
from hengji.model.finding import Finding
from hengji.model.problem import HengjiError
from hengji.reading.docx_package import DocxPackage
from hengji.reading.docx_places import STRICT, DocxPlaces, PlacedXml, docx_places
from hengji.reading.docx_styles import W
from hengji.reading.limits import open_archive, part, xml_of
from hengji.writing.docx_marks import Marks
from hengji.writing.remarks import AUTHOR, INITIALS, remark

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_FORM = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS = f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_MOST = 32_767  # comments; Word opens no file with more


def suffix_of(data: bytes) -> str:
    """The ending that Word wants a file to have, by what the file says it is: it opens no other."""
    types = part("", open_archive("", data), _TYPES)
    template = b"template.main" in types or b"template.macroEnabled" in types or b"macroEnabledTemplate" in types
    return f"{'dot' if template else 'doc'}{'m' if b'macroEnabled' in types else 'x'}"


def annotated_docx(data: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
    """The file's bytes with a comment for every finding, anchored at its words; at its paragraph where nothing is quoted.

    Word takes no comments in text boxes and notes: these stand at the box and at the note's reference, and quote the words.
    Raises HengjiError for a file that is damaged.
    """
    name = document.file
    places = docx_places(name, data)
    package = _Package(name, data, strict=places.xml.strict)
    marks = Marks(places.xml)
    there = package.comment_ids()
    first = max(chain([-1], there, _marked(places.body))) + 1
    comments = []
    for number, finding in enumerate(findings[: max(_MOST - len(there), 0)], first):
        exact = _anchor(places, marks, finding, number)
        comments.append((number, remark(finding, elsewhere=not exact)))
    return package.written(marks.written(), comments)


def _anchor(places: DocxPlaces, marks: Marks, finding: Finding, number: int) -> bool:
    """Puts the marks of a finding; gives whether they stand at its words."""
    start, end = _span(places.text, finding)
    if words := places.words(start, end):
        return marks.around(words, number)
    if words := places.nearest(start):
        marks.around(words, number)
        return not finding.quote
    marks.at_end(_first_paragraph(places.body, places.xml), number)
    return not finding.quote


def _span(text: str, finding: Finding) -> tuple[int, int]:
    """Where the words stand; a finding that quotes and says no place is looked for."""
    if not finding.quote:
        return finding.start or 0, finding.start or 0
    start = finding.start if finding.start is not None else max(text.find(finding.quote), 0)
    return start, finding.end if finding.end is not None else start + len(finding.quote)


def _first_paragraph(body: Element, xml: PlacedXml) -> Element:
    found = next((each for each in body.iter(f"{W}p") if not xml.extents[each].empty), None)
    if found is None:
        raise HengjiError("文件里没有段落，不能加批注")
    return found


def _marked(body: Element) -> list[int]:
    """The numbers of the comments that the text already refers to."""
    tags = ("commentRangeStart", "commentRangeEnd", "commentReference")
    return [_number(each.get(f"{W}id")) for tag in tags for each in body.iter(f"{W}{tag}")]


def _number(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"[0-9]{1,9}", written) else -1


@dataclass
class _Root:
    """The outermost element of a part: its bytes before what closes it, and the prefix of its names."""

    opened: str
    prefix: str
    closing: str

    def with_more(self, more: Callable[[str], str]) -> bytes:
        """The part with more inside it, at the end."""
        return f"{self.opened}{more(self.prefix)}{self.closing}".encode()


class _Package:
    """The parts of a Word file around the main one: the comments, and the lists that name them."""

    def __init__(self, name: str, data: bytes, *, strict: bool) -> None:
        self._name, self._strict = name, strict
        self._space = STRICT if strict else W[1:-1]
        package = DocxPackage(name, data)
        self._archive, self._members = package.archive, package.members
        self._main, self._relations = package.main, package.relations_member
        self._folder = posixpath.dirname(package.main)
        found = self._comments_member()
        self._related, self._comments = found is not None, found or self._free_member()

    def comment_ids(self) -> list[int]:
        """The numbers of the comments that are there."""
        if self._comments not in self._members:
            return []
        root = xml_of(self._name, self._part(self._comments))
        return [_number(value) for each in root for key, value in each.items() if key.endswith("}id")]

    def written(self, main: bytes, comments: Sequence[tuple[int, list[str]]]) -> bytes:
        """The file with another main part and these comments."""
        changed = {self._main: main}
        if comments:
            changed[self._comments] = self._comments_root().with_more(
                lambda prefix: "".join(_comment(prefix, self._space, number, lines) for number, lines in comments)
            )
            changed |= self._named()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._archive.infolist():
                content = changed.pop(info.filename, None)
                target.writestr(info, self._part(info.filename) if content is None else content)
            for member, content in changed.items():
                target.writestr(member, content)
        return stream.getvalue()

    def _part(self, member: str) -> bytes:
        return part(self._name, self._archive, member)

    def _comments_member(self) -> str | None:
        """The part that the main one says its comments are in."""
        if self._relations not in self._members:
            return None
        for relation in xml_of(self._name, self._part(self._relations)):
            if relation.get("Type") in (f"{_OFFICE}/comments", f"{_STRICT_OFFICE}/comments"):
                return posixpath.normpath(
                    posixpath.join("/", self._folder, relation.get("Target", "comments.xml"))
                ).lstrip("/")
        return None

    def _free_member(self) -> str:
        names = chain(["comments.xml"], (f"comments{number}.xml" for number in count(2)))
        return next(found for name in names if (found := posixpath.join(self._folder, name)) not in self._members)

    def _comments_root(self) -> _Root:
        if self._comments in self._members:
            return self._root(self._comments)
        return _Root(f'{_HEAD}<w:comments xmlns:w="{self._space}">', "w:", "</w:comments>")

    def _named(self) -> dict[str, bytes]:
        """The list of parts and that of relations, where the comments are not yet in them."""
        found: dict[str, bytes] = {}
        types = xml_of(self._name, self._part(_TYPES))
        if all(each.get("PartName") != f"/{self._comments}" for each in types):
            found[_TYPES] = self._root(_TYPES).with_more(
                lambda prefix: f'<{prefix}Override PartName={quoteattr("/" + self._comments)} ContentType="{_FORM}"/>'
            )
        if not self._related:
            there = self._relations in self._members
            root = self._root(self._relations) if there else _Root(_NO_RELATIONS, "", "</Relationships>")
            found[self._relations] = root.with_more(self._relation)
        return found

    def _relation(self, prefix: str) -> str:
        there = xml_of(self._name, self._part(self._relations)) if self._relations in self._members else ()
        taken = {each.get("Id") for each in there}
        free = next(f"rId{number}" for number in count(1) if f"rId{number}" not in taken)
        kind = f"{_STRICT_OFFICE if self._strict else _OFFICE}/comments"
        return f'<{prefix}Relationship Id="{free}" Type="{kind}" Target="{posixpath.basename(self._comments)}"/>'

    def _root(self, member: str) -> _Root:
        """A part cut open before its last tag."""
        xml_of(self._name, self._part(member))  # refuses document types and broken XML
        placed = PlacedXml(self._part(member))
        extent = placed.extents[placed.root]
        opening = placed.raw(extent.start, extent.inner).decode()
        tag = re.split(r"[\s/>]", opening[1:], maxsplit=1)[0]
        prefix = tag.rpartition(":")[0]
        head = placed.raw(0, extent.start).decode()
        inside = placed.raw(extent.inner, extent.close).decode()
        opened = opening.removesuffix("/>").rstrip() + ">" if extent.empty else opening
        tail = placed.data[extent.end :].decode()
        return _Root(f"{head}{opened}{inside}", f"{prefix}:" if prefix else "", f"</{tag}>{tail}")


def _comment(prefix: str, space: str, number: int, lines: Sequence[str]) -> str:
    """A comment of one paragraph a line; attributes need a prefix, one of their own where names have none."""
    paragraphs = "".join(
        f'<{prefix}p><{prefix}r><{prefix}t xml:space="preserve">{escape(line)}</{prefix}t></{prefix}r></{prefix}p>'
        for line in lines
    )
    w, declared = (prefix, "") if prefix else ("w:", f' xmlns:w="{space}"')
    attributes = f'{w}id="{number}" {w}author="{AUTHOR}" {w}initials="{INITIALS}"'
    return f"<{prefix}comment{declared} {attributes}>{paragraphs}</{prefix}comment>"
