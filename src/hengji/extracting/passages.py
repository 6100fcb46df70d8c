"""Passages: the paragraphs and table cells of a document, with lines that a file broke in the middle joined again."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from hengji.extracting.flat import flat
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Span

_ENDS = re.compile(r"[。！？；:：!?;…]\s*$")
_STARTS = re.compile(
    r"\s*([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[（(]?\d{1,2}[)）]|[①-⑳]|第[一二三四五六七八九十]+[章部]"
    r"|附件|[一二三四五六七八九]是|单位负责人|填\s*报\s*人|联系电话|填报日期|部门名称)"
)
_LONG = 18  # characters: what is shorter says nothing about the width of the page
_SLACK = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, note or cell: its words (``text``), the same in one spelling (``flat``), and the way back to the document."""

    text: str
    flat: str
    starts: tuple[int, ...]  # where each piece begins in the text
    places: tuple[int, ...]  # where it begins in the document
    block: Block
    cell: Cell | None = None

    def at(self, position: int) -> int:
        """The place in the document of a character of the passage."""
        piece = bisect_right(self.starts, position) - 1
        return self.places[piece] + position - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The range in the document of a range of the passage, which must not be empty."""
        return Span(self.at(start), self.at(max(start, end - 1)) + 1)

    @property
    def whole(self) -> Span:
        """The range of the whole passage."""
        return self.span(0, len(self.text)) if self.text else Span(self.places[0], self.places[0])


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages in reading order; wrapped lines of text and PDF files are joined, cells stand one by one."""
    found: list[Passage] = []
    lines: list[tuple[str, int, Block]] = []
    width = _width(document) if document.form in ("txt", "html", "ocr", "doc") else None
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            found.extend(_joined(lines, width))
            lines = []
            found.extend(
                Passage(cell.text, flat(cell.text), (0,), (cell.start,), block, cell)
                for cell in block.cells
                if cell.text
            )
        elif block.kind is not BlockKind.IMAGE:
            if lines and (block.level or block.kind is BlockKind.NOTE):
                found.extend(_joined(lines, width))
                lines = []
            position = block.start
            for line in block.text.split("\n"):
                if line.strip():
                    lines.append((line, position, block))
                position += len(line) + 1
    found.extend(_joined(lines, width))
    return tuple(found)


def _width(document: Document) -> int | None:
    """The width at which the file breaks its lines, or None where a line is a paragraph."""
    lengths = sorted(
        _wide(line)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
        for line in block.text.split("\n")
        if len(line) >= _LONG
    )
    if len(lengths) < 8:
        return None
    width = lengths[len(lengths) * 9 // 10]
    near = sum(1 for length in lengths if abs(length - width) <= _SLACK)
    return width if near * 2 >= len(lengths) and lengths[-1] <= width + 2 * _SLACK else None


def _wide(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line.rstrip()) // 2


def _joined(lines: list[tuple[str, int, Block]], width: int | None) -> list[Passage]:
    groups: list[list[tuple[str, int, Block]]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_passage(group) for group in groups]


def _continues(before: tuple[str, int, Block], line: tuple[str, int, Block], width: int | None) -> bool:
    same = before[2] is line[2]
    if _ENDS.search(before[0]) or _STARTS.match(line[0]):
        return False
    if width is not None:
        return _wide(before[0]) >= width - _SLACK
    return same and len(before[0]) >= _LONG


def _passage(lines: list[tuple[str, int, Block]]) -> Passage:
    text = ""
    starts: list[int] = []
    places: list[int] = []
    for number, (line, place, _) in enumerate(lines):
        kept = line.rstrip() if number < len(lines) - 1 else line
        lead = len(kept) - len(kept.lstrip()) if number else 0
        starts.append(len(text))
        places.append(place + lead)
        text += kept[lead:]
    return Passage(text, flat(text), tuple(starts), tuple(places), lines[0][2])
