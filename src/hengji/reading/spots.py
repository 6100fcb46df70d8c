"""Where known words stand on the pages of a PDF: for a page's picture to be clicked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

SCALE = 10_000  # the width and the height of a page
_BEFORE = (10, 3)  # characters before the words that tell them from others like them


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found, what stands before them, and what they are about."""

    before: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on a page (counted from 1), in parts of ``SCALE`` from its left and top, and what stands there."""

    page: int
    left: int
    top: int
    width: int
    height: int
    about: str


Box = tuple[float, float, float, float]


def spots(path: Path, wanted: Sequence[Words]) -> tuple[Spot, ...]:
    """The places of the words, which are looked for in their order; what is not found is left out."""
    document = pypdfium2.PdfDocument(path)
    try:
        text, places = _letters(document)
        found: list[Spot] = []
        here = 0
        for words in wanted:
            said = _plain(words.text)
            end = _end(text, _plain(words.before), said, here)
            if end < 0:
                continue
            here = end
            found += _rectangles(places[here - len(said) : here], words.about)
        return tuple(found)
    finally:
        document.close()


def _end(text: str, before: str, said: str, here: int) -> int:
    """Where the words end, or -1; a page's foot may stand among what is before them, so a little of it must do then."""
    for length in _BEFORE if said else ():
        told = before[-length:]
        at = text.find(told + said, max(0, here - len(told)))
        if at >= 0:
            return at + len(told) + len(said)
    return -1


def _plain(text: str) -> str:
    return "".join(text.split())


def _letters(document: pypdfium2.PdfDocument) -> tuple[str, list[tuple[int, Box]]]:
    """Every letter of the document without blanks, and the page and box of each."""
    letters: list[str] = []
    places: list[tuple[int, Box]] = []
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, index))
            if letter.isspace() or not letter.isprintable():
                continue
            left, bottom, right, top = text.get_charbox(index, loose=True)
            letters.append(letter)
            places.append((number + 1, (left / width, 1 - top / height, right / width, 1 - bottom / height)))
    return "".join(letters), places


def _rectangles(places: Sequence[tuple[int, Box]], about: str) -> list[Spot]:
    """One rectangle for each line that the letters stand on."""
    lines: list[list[tuple[int, Box]]] = []
    for page, box in places:
        last = lines[-1][-1] if lines else None
        if last is not None and last[0] == page and box[0] >= last[1][0]:
            lines[-1].append((page, box))
        else:
            lines.append([(page, box)])
    return [_rectangle(line, about) for line in lines]


def _rectangle(line: Sequence[tuple[int, Box]], about: str) -> Spot:
    boxes = [box for _, box in line]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    size = [round(part * SCALE) for part in (left, top, right - left, bottom - top)]
    return Spot(line[0][0], size[0], size[1], size[2], size[3], about)
