"""Pages of two columns: found by lines that all begin at one place in the middle and fill both halves."""

import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from hengji.reading.glyphs import Glyph

_LONG = 8  # characters of a line that shows where a column is
_LEAST = 4  # such lines make a column
_MIDDLE = (0.3, 0.7)  # where on the width of the text the second column begins
_NEAR = 4.0  # points; lines that begin so near begin at one place
_FULL = 0.75  # a column's lines usually reach over so much of it
_ALIKE = 1.7  # the wider of two columns is wider by no more
_GAP = 0.5  # of the size of its type, between columns at the least


class Region(NamedTuple):
    """A part of a page that is read from top to bottom, its lines' edges where it is a column, and where its lines break."""

    glyphs: list[Glyph]
    breaks: list[int]
    edges: tuple[float, float] | None = None


class _Stretch(NamedTuple):
    """A line as the file draws it."""

    start: int
    end: int
    left: float
    right: float
    top: float
    bottom: float


def regions_of(glyphs: list[Glyph], breaks: Sequence[int]) -> list[Region]:
    """The parts of a page in reading order: all of it, or what stands over, in and under two columns."""
    whole = [Region(glyphs, list(breaks))]
    stretches = [_stretch(glyphs, start, end) for start, end in pairwise([0, *breaks, len(glyphs)]) if start < end]
    long = [each for each in stretches if each.end - each.start >= _LONG]
    middle = _second_column(long) if len(long) >= 2 * _LEAST else None
    if middle is None:
        return whole
    found: list[Region] = []
    any_columns = False
    for band in _bands(stretches, middle):
        left = [each for each in band if each.right <= middle]
        right = [each for each in band if each.left >= middle - _NEAR]
        if len(left) + len(right) == len(band) and _are_columns(left, right):
            any_columns = True
            found += [_region(glyphs, side, edges=True) for side in (left, right)]
        else:
            found.append(_region(glyphs, band))
    return found if any_columns else whole


def _stretch(glyphs: list[Glyph], start: int, end: int) -> _Stretch:
    inside = glyphs[start:end]
    return _Stretch(
        start,
        end,
        min([glyph[1] for glyph in inside]),
        max([glyph[3] for glyph in inside]),
        min([glyph[2] for glyph in inside]),
        max([glyph[4] for glyph in inside]),
    )


def _second_column(long: Sequence[_Stretch]) -> float | None:
    """Where lines begin in the middle of the page, and end before it at its left."""
    start, end = min(each.left for each in long), max(each.right for each in long)
    low, high = (start + share * (end - start) for share in _MIDDLE)
    begins = sorted(each.left for each in long if low <= each.left <= high)
    best = max(begins, key=lambda place: sum(1 for each in begins if abs(each - place) <= _NEAR), default=None)
    if best is None or sum(1 for each in begins if abs(each - best) <= _NEAR) < _LEAST - 1:
        return None
    return best if sum(1 for each in long if each.right <= best) >= _LEAST else None


def _bands(stretches: Sequence[_Stretch], middle: float) -> list[list[_Stretch]]:
    """The lines from top to bottom, parted where one runs across the middle."""
    bands: list[list[_Stretch]] = [[]]
    across = False
    for each in sorted(stretches, key=lambda stretch: stretch.top):
        crosses = each.left < middle - _NEAR and each.right > middle
        if crosses != across and bands[-1]:
            bands.append([])
        across = crosses
        bands[-1].append(each)
    return bands


def _are_columns(left: Sequence[_Stretch], right: Sequence[_Stretch]) -> bool:
    """Whether both sides are running text of about one width."""
    widths: list[float] = []
    for side in (left, right):
        long = [each for each in side if each.end - each.start >= _LONG]
        if len(long) < _LEAST:
            return False
        width = max(each.right for each in side) - min(each.left for each in side)
        if statistics.median(each.right - each.left for each in long) < _FULL * width:
            return False
        widths.append(width)
    size = statistics.median(each.bottom - each.top for each in left)
    gap = min(each.left for each in right) - max(each.right for each in left)
    return max(widths) <= _ALIKE * min(widths) and gap >= _GAP * size


def _region(glyphs: list[Glyph], stretches: Sequence[_Stretch], *, edges: bool = False) -> Region:
    """The characters of lines, in the order of the file."""
    found: list[Glyph] = []
    breaks: list[int] = []
    for each in sorted(stretches, key=lambda stretch: stretch.start):
        if found:
            breaks.append(len(found))
        found += glyphs[each.start : each.end]
    sides = min(each.left for each in stretches), max(each.right for each in stretches)
    return Region(found, breaks, sides if edges else None)
