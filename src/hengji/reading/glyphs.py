"""Characters with their boxes on an upright page, and the way back to the points of the PDF."""

import math
from dataclasses import dataclass
from typing import NamedTuple

NOWHERE = -1  # the page of a space that stands in the text and not on the paper


class Glyph(NamedTuple):
    """One character where it is printed: points from the top left corner of the page turned upright."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int


SPACE = Glyph(" ", 0, 0, 0, 0, NOWHERE)
TAB = Glyph("\t", 0, 0, 0, 0, NOWHERE)


class Rule(NamedTuple):
    """A ruling line as the thin box it covers, upright as the glyphs are."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page was turned to stand upright: its box in PDF points and the clockwise quarter turns.

    ``skew`` is the angle by which a scanned page's text was tilted about its middle before that was taken out.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0
    skew: float = 0.0

    @property
    def width(self) -> float:
        """The width of the upright page."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the upright page."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def upright(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of the PDF as left, top, right, bottom on the upright page."""
        match self.turns:
            case 0:
                return left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case _:
                return self.top - top, self.right - right, self.top - bottom, self.right - left

    def in_points(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the upright page as left, bottom, right, top in PDF points."""
        if self.skew:
            left, top, right, bottom = self._tilted(left, top, right, bottom)
        match self.turns:
            case 0:
                return left + self.left, self.top - bottom, right + self.left, self.top - top
            case 1:
                return top + self.left, left + self.bottom, bottom + self.left, right + self.bottom
            case 2:
                return self.right - right, top + self.bottom, self.right - left, bottom + self.bottom
            case _:
                return self.right - bottom, self.top - right, self.right - top, self.top - left

    def _tilted(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """The box about the same words on the page as it was scanned."""
        cos, sin = math.cos(self.skew), math.sin(self.skew)
        x0, y0 = self.width / 2, self.height / 2
        xs = [x0 + (x - x0) * cos - (y - y0) * sin for x in (left, right) for y in (top, bottom)]
        ys = [y0 + (x - x0) * sin + (y - y0) * cos for x in (left, right) for y in (top, bottom)]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class Page:
    """What is printed on one page, in the order in which the file draws it.

    ``breaks`` are the places in ``glyphs`` where the PDF library's own text breaks its lines.
    """

    number: int  # from 0
    frame: Frame
    glyphs: list[Glyph]
    breaks: list[int]
    rules: list[Rule]
    picture: float = 0  # the share of the page that pictures cover
    recognised: bool = False


def text_of(glyphs: list[Glyph]) -> str:
    """The text of glyphs."""
    return "".join([glyph.text for glyph in glyphs])
