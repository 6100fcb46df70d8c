"""The running text of a document as one string, a line a paragraph, with the way back to the document."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengji.extracting.flat import flat_whole
from hengji.extracting.passages import Passage
from hengji.model.document import BlockKind, Document
from hengji.model.extraction import Span


@dataclass(frozen=True, slots=True)
class TextLines:
    """The string in one spelling; piece by piece where it begins there and where in the document."""

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def at(self, position: int) -> int:
        """The place in the document of a character."""
        piece = bisect_right(self.starts, position) - 1
        return self.places[piece] + position - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The range in the document of a range of the string, which must not be empty."""
        return Span(self.at(start), self.at(max(start, end - 1)) + 1)


def joined_lines(parts: Iterable[Passage], shut: Iterable[Span]) -> TextLines:
    """The paragraphs, broken lines joined, without those of chapters that are shut."""
    closed = tuple(shut)
    return _lines(_pieces(part) for part in parts if part.cell is None and not _inside(part.whole.start, closed))


def broken_lines(document: Document, shut: Iterable[Span]) -> TextLines:
    """The same as the file breaks its lines, cells that stand a line each or in rows without borders among them."""
    closed, whole = tuple(shut), flat_whole(document.text)
    found: list[list[tuple[str, int]]] = []
    for block in document.blocks:
        if block.kind is BlockKind.IMAGE:
            continue
        place = block.start
        for line in block.text.split("\n"):
            if not _inside(place, closed):
                found.append([(whole[place : place + len(line)], place)])
            place += len(line) + 1
    return _lines(found)


def _inside(place: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= place < span.end for span in spans)


def _pieces(part: Passage) -> list[tuple[str, int]]:
    ends = (*part.starts[1:], len(part.flat))
    return [(part.flat[start:end], place) for start, end, place in zip(part.starts, ends, part.places, strict=True)]


def _lines(lines: Iterable[list[tuple[str, int]]]) -> TextLines:
    text, starts, places = _laid(lines)
    return TextLines(text, starts or (0,), places or (0,))


def _laid(lines: Iterable[list[tuple[str, int]]]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    words: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for pieces in lines:
        for piece, place in _told(pieces):
            words.append(piece)
            starts.append(length)
            places.append(place)
            length += len(piece)
        words.append("\n")
        length += 1
    return "".join(words), tuple(starts), tuple(places)


def _told(pieces: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    return ((piece, place) for piece, place in pieces if piece)
