"""The original Word file with its findings as comments at the words; everything else in it stays as it was."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from hengji.library.check_texts import load_checks
from hengji.model.document import Document
from hengji.model.finding import SEVERITY_CN, Finding
from hengji.model.problem import HengjiError
from hengji.reading.limits import open_archive, part, xml_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AUTHOR, _INITIALS = "衡绩", "衡"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST = 4000  # characters of one comment


@dataclass(slots=True)
class _Letter:
    """One character of a paragraph: its text element and its place in it."""

    element: etree._Element
    index: int


@dataclass(slots=True)
class _Paragraph:
    """A paragraph and where its characters stand in the document's text."""

    element: etree._Element
    start: int
    letters: list[_Letter]

    @property
    def end(self) -> int:
        return self.start + len(self.letters)


def annotated_docx(data: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
    """The file's bytes with a comment for every finding, anchored at its words, or at the paragraph nearest to what is absent.

    Raises HengjiError for a file that is damaged.
    """
    archive = open_archive(document.file, data)
    root = _parsed(document.file, archive, "word/document.xml")
    space = _STRICT if root.tag.startswith(f"{{{_STRICT}}}") else _W
    writer = _Writer(space, _paragraphs(root, space, document), _comments(document.file, archive, space))
    for finding in findings:
        writer.add(finding)
    return _packed(document.file, archive, root, writer.comments)


def _parsed(name: str, archive: zipfile.ZipFile, member: str) -> etree._Element:
    if member not in archive.namelist():
        raise HengjiError(f"{name} 里没有正文，可能已损坏")
    data = part(name, archive, member)
    xml_of(name, data)  # refuses document types and broken XML
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _paragraphs(root: etree._Element, space: str, document: Document) -> list[_Paragraph]:
    """The paragraphs with text, each found in the document's text; those that cannot be found are left out."""
    found: list[_Paragraph] = []
    cursor = 0
    for element in root.iter(f"{{{space}}}p"):
        if any(above.tag == _FALLBACK for above in element.iterancestors()):
            continue
        letters = list(_letters(element, space))
        words = "".join((each.element.text or "")[each.index] for each in letters)
        if not words.strip():
            continue
        start = _place(document.text, words, cursor)
        if start >= 0:
            found.append(_Paragraph(element, start, letters))
            cursor = max(cursor, start + len(words))
    return found


def _letters(paragraph: etree._Element, space: str) -> Iterator[_Letter]:
    """The characters of a paragraph's own runs; those of text boxes inside it belong to other paragraphs."""
    for text in paragraph.iter(f"{{{space}}}t"):
        owner = next(above for above in text.iterancestors(f"{{{space}}}p"))
        gone = any(
            above.tag in (f"{{{space}}}del", f"{{{space}}}moveFrom", _FALLBACK) for above in text.iterancestors()
        )
        if owner is paragraph and not gone and text.getparent().tag == f"{{{space}}}r":
            for index in range(len(text.text or "")):
                yield _Letter(text, index)


def _place(text: str, words: str, cursor: int) -> int:
    """Where a paragraph's words stand from here on (before, where a text box or note moved); -1 where they do not."""
    start = text.find(words, cursor)
    if start >= 0:
        return start
    return text.find(words)


class _Writer:
    """Puts comment marks around words and collects the comments."""

    def __init__(self, space: str, paragraphs: list[_Paragraph], comments: etree._Element) -> None:
        self.space, self.paragraphs, self.comments = space, paragraphs, comments
        known = (each.get(self._w("id"), "") for each in comments)
        self.next = max((int(each) for each in known if each.lstrip("-").isdigit()), default=-1) + 1

    def _w(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def add(self, finding: Finding) -> None:
        """One comment, where its words can be found; nothing in a file without text."""
        if not self.paragraphs:
            return
        touched = self._touched(finding)
        number = str(self.next)
        self.next += 1
        first, last = touched[0], touched[-1]
        begin = max((finding.start or 0) - first.start, 0)
        stop = min((finding.end or 0) - last.start, len(last.letters)) if finding.quote else len(last.letters)
        self._mark(first, min(begin, len(first.letters) - 1), "commentRangeStart", number, after=False)
        self._mark(last, max(stop - 1, 0), "commentRangeEnd", number, after=True)
        self.comments.append(self._comment(finding, number))

    def _touched(self, finding: Finding) -> list[_Paragraph]:
        """The paragraphs that the words reach over; else the one they stand nearest to."""
        start, end = finding.start or 0, finding.end or 0
        if finding.quote:
            over = [each for each in self.paragraphs if each.start < end and each.end > start]
            if over:
                return sorted(over, key=lambda each: each.start)
        near = min(self.paragraphs, key=lambda each: abs(each.start - start))
        return [near]

    def _mark(self, paragraph: _Paragraph, at: int, name: str, number: str, *, after: bool) -> None:
        """Splits the run so that the mark stands right before or after a character."""
        letter = paragraph.letters[at]
        run = self._split(paragraph, letter, letter.index + 1 if after else letter.index)
        mark = etree.Element(self._w(name))
        mark.set(self._w("id"), number)
        if not after:
            run.addprevious(mark)
            return
        before = run.getprevious() if run is not letter.element.getparent() else run
        before = letter.element.getparent() if before is None else before
        before.addnext(mark)
        reference = etree.Element(self._w("r"))
        etree.SubElement(reference, self._w("commentReference")).set(self._w("id"), number)
        mark.addnext(reference)

    def _split(self, paragraph: _Paragraph, letter: _Letter, index: int) -> etree._Element:
        """The run that begins at this index of the letter's text element; a new one where it does not begin there."""
        text = letter.element
        run = text.getparent()
        words = text.text or ""
        first = next((child for child in run if child.tag != self._w("rPr")), None)
        if index == 0 and first is text:
            return run
        if index >= len(words) and text.getnext() is None:
            return run
        rest = etree.Element(run.tag, run.attrib)
        properties = run.find(self._w("rPr"))
        if properties is not None:
            rest.append(deepcopy(properties))
        moved = list(text.itersiblings())
        if index < len(words):
            tail = etree.SubElement(rest, self._w("t"))
            tail.text = words[index:]
            _keep_blanks(tail)
            text.text = words[:index]
            _keep_blanks(text)
            for each in paragraph.letters:
                if each.element is text and each.index >= index:
                    each.element, each.index = tail, each.index - index
        for child in moved:
            rest.append(child)
        run.addnext(rest)
        return rest

    def _comment(self, finding: Finding, number: str) -> etree._Element:
        comment = etree.Element(self._w("comment"))
        for name, value in (("id", number), ("author", _AUTHOR), ("initials", _INITIALS)):
            comment.set(self._w(name), value)
        for line in _lines(finding):
            paragraph = etree.SubElement(comment, self._w("p"))
            text = etree.SubElement(etree.SubElement(paragraph, self._w("r")), self._w("t"))
            text.text = _CONTROL.sub("", line)[:_MOST]
            _keep_blanks(text)
        return comment


def _lines(finding: Finding) -> list[str]:
    """What a comment says: code, severity and title; the message; what to do; the basis."""
    checks = load_checks()
    title = checks[finding.code].title if finding.code in checks else ""
    lines = [f"{finding.code} {SEVERITY_CN[finding.severity]} {title}".strip(), finding.message]
    lines += [f"建议：{finding.advice}"] if finding.advice else []
    return lines + ([f"依据：{finding.basis}"] if finding.basis else [])


def _keep_blanks(text: etree._Element) -> None:
    if text.text != (text.text or "").strip():
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _comments(name: str, archive: zipfile.ZipFile, space: str) -> etree._Element:
    """The comments that are there, or an empty list of them."""
    member = _comments_member(name, archive)
    if member in archive.namelist():
        return _parsed(name, archive, member)
    return etree.Element(f"{{{space}}}comments", nsmap={"w": space})


def _comments_member(name: str, archive: zipfile.ZipFile) -> str:
    relations = "word/_rels/document.xml.rels"
    if relations in archive.namelist():
        for relation in _parsed(name, archive, relations):
            if relation.get("Type", "").endswith("/comments"):
                target = relation.get("Target", "comments.xml")
                return target.lstrip("/") if target.startswith("/") else f"word/{target}"
    return "word/comments.xml"


def _packed(name: str, archive: zipfile.ZipFile, root: etree._Element, comments: etree._Element) -> bytes:
    member = _comments_member(name, archive)
    written = {"word/document.xml": _xml(root), member: _xml(comments)}
    if member not in archive.namelist():
        written |= _declared(name, archive)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in archive.infolist():
            target.writestr(
                info, written.pop(info.filename) if info.filename in written else part(name, archive, info.filename)
            )
        for extra, data in written.items():
            target.writestr(extra, data)
    return stream.getvalue()


def _declared(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The list of parts and of relations with the comments in them."""
    types = _parsed(name, archive, "[Content_Types].xml")
    override = etree.SubElement(types, f"{{{_CONTENT}}}Override")
    override.set("PartName", "/word/comments.xml")
    override.set("ContentType", _COMMENTS_TYPE)
    member = "word/_rels/document.xml.rels"
    relations = (
        _parsed(name, archive, member)
        if member in archive.namelist()
        else etree.Element(f"{{{_RELATIONS}}}Relationships")
    )
    ids = {each.get("Id") for each in relations}
    free = next(f"rId{number}" for number in range(1, len(ids) + 2) if f"rId{number}" not in ids)
    relation = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
    for key, value in (("Id", free), ("Type", _COMMENTS), ("Target", "comments.xml")):
        relation.set(key, value)
    return {"[Content_Types].xml": _xml(types), member: _xml(relations)}


def _xml(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
