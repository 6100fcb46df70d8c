"""Marks of comments put between the bytes of a Word file's main part; nothing else in it is written anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from hengji.model.patterns import pattern
from hengji.reading.docx_places import STRICT, PlacedXml, Words
from hengji.reading.docx_styles import W

_TRANSITIONAL = W[1:-1]
# What runs stand in and marks may stand in as well; beside anything else between paragraph and words they stand outside.
_OPEN = frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "fldSimple", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
)
# Content controls that hold plain text only.
_PLAIN = frozenset(f"{W}{name}" for name in ("text", "date", "dropDownList", "comboBox", "dataBinding"))
_NAME = pattern(rb"<([^\s/>]+)")


@dataclass
class _Cut:
    """What is put in at one byte: marks that end, then marks that begin, and what closes and reopens a run about them."""

    before: bytes = b""
    after: bytes = b""
    ends: list[bytes] = field(default_factory=list)
    begins: list[bytes] = field(default_factory=list)

    def written(self) -> bytes:
        return b"".join((self.before, *self.ends, *self.begins, self.after))


class Marks:
    """The marks of all comments of a main part."""

    def __init__(self, xml: PlacedXml) -> None:
        self._xml = xml
        self._cuts: dict[int, _Cut] = {}
        self._split: dict[Element, set[int]] = {}

    def around(self, words: list[Words], number: int) -> bool:
        """Marks words, which stand in any order. Gives whether the marks stand at the words themselves."""
        ordered = sorted(words, key=lambda each: self._xml.extents[each.element].start)
        first, last = ordered[0], ordered[-1]
        self._cut_before(first).begins.append(self._begin(first.element, number))
        # The last element may be a text box's, which ends where the run that holds it does.
        self._cut_after(last).ends.append(self._end(last.element, number))
        return all(self._exact(each.element) for each in (first, last))

    def at_end(self, paragraph: Element, number: int) -> None:
        """Marks the end of a paragraph that says nothing."""
        mark = self._begin(paragraph, number) + self._end(paragraph, number)
        self._cut(self._xml.extents[paragraph].close).begins.append(mark)

    def written(self) -> bytes:
        """The part with its marks."""
        inserted = {offset: cut.written() for offset, cut in self._cuts.items()}
        for element, indices in self._split.items():
            if self._blank_beside(element, indices) and b"xml:space" not in self._opening(element):
                offset = self._xml.extents[element].start + len(self._tag(element)) + 1
                inserted[offset] = b' xml:space="preserve"' + inserted.get(offset, b"")
        return b"".join(self._pieces(inserted))

    def _pieces(self, inserted: dict[int, bytes]) -> Iterator[bytes]:
        last = 0
        for offset in sorted(inserted):
            yield self._xml.raw(last, offset)
            yield inserted[offset]
            last = offset
        yield self._xml.raw(last, len(self._xml.data))

    def _cut_before(self, words: Words) -> _Cut:
        run, held = self._beside(words.element)
        if held is words.element and words.first:
            return self._inside(run, held, words.first)
        if held is None or _content(run)[0] is held:
            return self._cut(self._xml.extents[run].start)
        return self._between(run, self._xml.extents[held].start)

    def _cut_after(self, words: Words) -> _Cut:
        run, held = self._beside(words.element)
        if held is words.element and words.last + 1 < words.length:
            return self._inside(run, held, words.last + 1)
        if held is None or _content(run)[-1] is held:
            return self._cut(self._xml.extents[run].end)
        return self._between(run, self._xml.extents[held].end)

    def _beside(self, element: Element) -> tuple[Element, Element | None]:
        """The run that may be cut and the child of it that is or holds an element; else what marks stand outside of."""
        path = self._path(element)
        for node, below in pairwise([*path[1:], element]):
            if node.tag == f"{W}r":
                return node, below
            if node is element or not _lets_in(node):
                return node, None
        return element, None

    def _path(self, element: Element) -> list[Element]:
        """From the paragraph of the body down to an element: Word takes no comments in text boxes, so not the box's own."""
        path = [element]
        while (above := self._xml.parents.get(path[-1])) is not None:
            path.append(above)
        path.reverse()
        outermost = next((index for index, node in enumerate(path) if node.tag == f"{W}p"), len(path) - 1)
        return path[outermost:]

    def _exact(self, element: Element) -> bool:
        return (
            element.tag not in (f"{W}footnoteReference", f"{W}endnoteReference") and self._beside(element)[1] is element
        )

    def _cut(self, offset: int, before: bytes = b"", after: bytes = b"") -> _Cut:
        return self._cuts.setdefault(offset, _Cut(before, after))

    def _between(self, run: Element, offset: int) -> _Cut:
        """A cut between two elements of a run."""
        return self._cut(offset, self._closing(run), self._reopening(run))

    def _inside(self, run: Element, text: Element, index: int) -> _Cut:
        """A cut between two characters of a run."""
        self._split.setdefault(text, set()).add(index)
        offset, in_cdata = self._xml.character(text, index)
        leave, enter = (b"]]>", b"<![CDATA[") if in_cdata else (b"", b"")
        opening = self._opening(text)
        if b"xml:space" not in opening and self._blank_beside(text, {index}):
            opening = opening.replace(self._tag(text), self._tag(text) + b' xml:space="preserve"', 1)
        return self._cut(
            offset,
            leave + self._closing(text) + self._closing(run),
            self._reopening(run) + opening + enter,
        )

    def _reopening(self, run: Element) -> bytes:
        """The tag that opens a run, and its properties, once more."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return self._opening(run)
        extent = self._xml.extents[properties]
        return self._opening(run) + self._xml.raw(extent.start, extent.end)

    def _opening(self, element: Element) -> bytes:
        extent = self._xml.extents[element]
        return self._xml.raw(extent.start, extent.inner)

    def _closing(self, element: Element) -> bytes:
        extent = self._xml.extents[element]
        return self._xml.raw(extent.close, extent.end)

    def _tag(self, element: Element) -> bytes:
        """An element's name as it is written, with its prefix."""
        found = _NAME.match(self._opening(element))
        assert found is not None
        return found.group(1)

    @staticmethod
    def _blank_beside(text: Element, indices: set[int]) -> bool:
        """Whether a blank stands at a cut: Word drops it there unless told to keep it."""
        said = text.text or ""
        return any(said[index - 1].isspace() or said[index].isspace() for index in indices)

    def _begin(self, near: Element, number: int) -> bytes:
        prefix, declared = self._prefix(near)
        return b'<%s:commentRangeStart%s %s:id="%d"/>' % (prefix, declared, prefix, number)

    def _end(self, near: Element, number: int) -> bytes:
        w, declared = self._prefix(near)
        reference = b'<%s:r%s><%s:commentReference %s:id="%d"/></%s:r>' % (w, declared, w, w, number, w)
        return b'<%s:commentRangeEnd%s %s:id="%d"/>' % (w, declared, w, number) + reference

    def _prefix(self, near: Element) -> tuple[bytes, bytes]:
        """The prefix that the file itself gives Word's names, or one declared where it gives none."""
        tag = self._tag(self._path(near)[0])
        if b":" in tag:
            return tag.partition(b":")[0], b""
        return b"w", b' xmlns:w="%s"' % (STRICT if self._xml.strict else _TRANSITIONAL).encode()


def _content(run: Element) -> list[Element]:
    return [child for child in run if child.tag != f"{W}rPr"]


def _lets_in(node: Element) -> bool:
    if node.tag == f"{W}sdt":
        properties = node.find(f"{W}sdtPr")
        return properties is None or not any(child.tag in _PLAIN for child in properties)
    return node.tag in _OPEN
