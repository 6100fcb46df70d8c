"""Wrapped lines into paragraphs: a line that had room for what follows was ended by its author."""

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.reading.glyphs import SPACE, Glyph
from hengji.reading.lines import Line

_INDENT = 1.2  # so many characters in from the margin begins a paragraph
_HUNG = 0.6  # punctuation may stand out so far, and a line may be short by so much
_LARGER = 1.15  # type larger by this is another paragraph
_LEAP = 1.7  # a gap so many times the usual one parts paragraphs
_CENTRED = 0.8
_SAME, _OFTEN = 3, 0.2  # lines that agree on a margin, and the share of all lines
_NEARLY = 0.75  # the share of a page's width that text reaches at the least
_LONG = 10  # characters of a line that shows where the margins are
_LEADER = pattern(r"[.…·．。]{4,}\s*\d*$|\t")
NUMBERED = pattern(
    r"\s*(第[一二三四五六七八九十百\d]+[章节部条项]|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．.）)](?!\d)|附[件：]"
    r"|\d{1,2}(?:[．.]\d{1,2}){1,3}\s+(?![万亿千百元个亩人吨分件户米]|公[里斤顷]|平方|立方)(?=[\u4e00-\u9fff“])|\d{1,2}(?:[．.]\d{1,2}){2,3}(?=[\u4e00-\u9fff“]))"
)
# Numbers that no sentence goes on with, unless it stopped at one of these.
_HEADING = pattern(
    r"\s*(第[一二三四五六七八九十百]+[章节部]|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_OPEN = ("，", "、", ",", "（", "(", "“", "《", "和", "及", "与", "或", "第", "见", "的")
_ENDS = ("。", "；", "！", "？", "：", "!", "?", ";", "”")
_NO_START = "，。、；：？！”’）》】〉」』,.;:?!)%％…"
_WORD = pattern(r"[A-Za-z]")
_DIGITS = pattern(r"[\d,.，．]+[%％]?")


class Margins:
    """How far lines reach on the pages of a document; each page is measured against all of its width."""

    def __init__(self, pages: Sequence[tuple[float, Sequence[Line]]]) -> None:
        lines: dict[int, list[Line]] = {}
        for width, found in pages:
            lines.setdefault(round(width), []).extend(found)
        self._edges = {width: _edges(width, found) for width, found in lines.items() if found}

    def of(self, width: float) -> tuple[float, float]:
        """The left and right margin of pages of a width."""
        return self._edges.get(round(width), (0.0, width))


def _edges(width: float, lines: Sequence[Line]) -> tuple[float, float]:
    """Where lines begin and end; where too few end at one place to say, pages are as wide at the right as at the left."""
    long = [line for line in lines if len(line.glyphs) >= _LONG] or list(lines)
    lefts, rights = sorted(line.left for line in long), sorted(line.right for line in long)
    left = next((each for each in lefts if _at(lefts, each, 1.0) >= _SAME), lefts[0])
    right = next((each for each in reversed(rights) if _at(rights, each, 8.0) >= _SAME), rights[-1])
    if right < _NEARLY * width or _at(rights, right, 16.0) < max(_SAME, _OFTEN * len(rights)):
        right = max(right, width - left)
    return left, right


def _at(places: Sequence[float], place: float, near: float) -> int:
    """How many of sorted places are near one."""
    return bisect_right(places, place + near) - bisect_left(places, place - near)


def usual_gap(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next, 0 where nothing tells."""
    gaps = [after.bottom - before.bottom for before, after in pairwise(lines)]
    gaps = [gap for gap in gaps if gap > 0]
    return statistics.median_low(gaps) if gaps else 0.0


def goes_on(before: Line, after: Line, margins: tuple[float, float], gap: float) -> bool:
    """Whether a line is the continuation of the one above it, ``gap`` being the usual distance between lines.

    ``margins`` are the page's, for lines that stand in no column.
    """
    size = before.size
    if not _alike(before, after) or _LEADER.search(before.text) or _LEADER.search(after.text):
        return False
    if before.page == after.page and gap and after.bottom - before.bottom > _LEAP * gap:
        return False
    above, own = before.edges or margins, after.edges or margins
    if _fits(before, after, above[1]) or (_HEADING.match(after.text) and not before.text.endswith(_OPEN)):
        return False
    if _is_centred(after, own):
        return _is_centred(before, above, least=0) and not NUMBERED.match(after.text) and not _begins(before, after)
    first, second = before.left - above[0], after.left - own[0]
    if second > _INDENT * size:
        return abs(second - first) < _HUNG * size and not _begins(before, after)
    if second < first or first <= _INDENT * size:
        return not (NUMBERED.match(after.text) and before.text.endswith(_ENDS[:-1]))
    return not _begins(before, after)


def _alike(before: Line, after: Line) -> bool:
    """Whether two lines are set in one size: the widths or the heights agree, one of which a recogniser gets wrong."""
    widths = after.size / before.size
    heights = (after.bottom - after.top) / (before.bottom - before.top or 1.0)
    return any(1 / _LARGER <= ratio <= _LARGER for ratio in (widths, heights))


def _begins(before: Line, after: Line) -> bool:
    return before.text.endswith(_ENDS) or bool(NUMBERED.match(after.text))


def _is_centred(line: Line, margins: tuple[float, float], least: float = _INDENT) -> bool:
    left, right = margins
    inside = line.left - left >= least * line.size
    return inside and abs(line.left - left - (right - line.right)) < 2 * _CENTRED * line.size


def _fits(before: Line, after: Line, right: float) -> bool:
    """Whether the first word of a line would have had room at the end of the line above."""
    return right - before.right >= first_width(after) + _HUNG * before.size


def first_width(line: Line) -> float:
    """The width of what cannot be parted at the beginning of a line: a word or number, or a character with its punctuation."""
    glyphs = line.glyphs
    count = 1
    if "!" <= glyphs[0].text <= "~":
        while count < len(glyphs) and "!" <= glyphs[count].text <= "~" and glyphs[count].page >= 0:
            count += 1
    while count < len(glyphs) and glyphs[count].text in _NO_START:
        count += 1
    return glyphs[count - 1].right - glyphs[0].left


def joined(lines: Sequence[Line]) -> list[Glyph]:
    """The characters of wrapped lines as one paragraph; between words of letters a space."""
    found = list(lines[0].glyphs)
    for before, after in pairwise(lines):
        if _parted(before, after):
            found.append(SPACE)
        found += after.glyphs
    return found


def _parted(before: Line, after: Line) -> bool:
    last, first = before.glyphs[-1].text, after.glyphs[0].text
    both_printed = last < "⺀" and first < "⺀"
    return (bool(_WORD.match(last)) and bool(_WORD.match(first))) or (before.ends_in_space and both_printed)


def cell_text(lines: Sequence[Line], left: float, right: float) -> list[Glyph]:
    """The characters of a cell: wrapped lines joined, lines that their author ended parted by a space."""
    if not lines:
        return []
    inset = min(max(0.0, min(min(line.left - left, right - line.right) for line in lines)), 6.0)
    room = right - left - 2 * inset
    found = list(lines[0].glyphs)
    for before, after in pairwise(lines):
        if _apart_in_cell(before, after, room):
            found.append(SPACE)
        found += after.glyphs
    return found


def _apart_in_cell(before: Line, after: Line, room: float) -> bool:
    if before.text[-1].isdigit() and _DIGITS.fullmatch(after.text) and _DIGITS.fullmatch(before.text):
        # Two numbers, unless the first fills its line to the last digit.
        return room - (before.right - before.left) >= (after.glyphs[0].right - after.glyphs[0].left)
    rest = room - (before.right - before.left)
    return rest >= first_width(after) + _HUNG * before.size or _parted(before, after)
