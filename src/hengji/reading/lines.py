"""Characters into lines, by where they stand: digits and Chinese of one line may sit on different baselines."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengji.model.patterns import pattern
from hengji.reading.glyphs import SPACE, TAB, Glyph, text_of

_SAME_LINE = 0.5  # how much of the lower of two boxes must stand beside the higher one
_RUN_GAP = 3.0  # a jump of so many widths begins a new run
# Gaps as shares of the size of the characters.
_LATIN_SPACE, _PRINTED_SPACE, _BARE_SPACE, _COLUMN = 0.2, 0.08, 1.0, 2.0
_ORPHAN = pattern(r"[\d\s.,，．%％]+")


class Line:
    """Characters that stand beside each other, from left to right, spaces put in where the paper shows them.

    ``top`` and ``bottom`` are the usual edges of its characters, ``size`` that of its type: the width of a Chinese character,
    or else the height of the boxes; ``edges`` are those of the column that it stands in, where the page has columns.
    """

    __slots__ = ("_size", "_text", "bottom", "edges", "ends_in_space", "glyphs", "left", "right", "top")

    def __init__(self, glyphs: list[Glyph], *, ends_in_space: bool = False) -> None:
        printed = [glyph for glyph in glyphs if glyph[5] >= 0]
        self.glyphs = glyphs
        self.ends_in_space = ends_in_space
        self.left = glyphs[0].left
        self.right = max([glyph[3] for glyph in printed])
        self.top = _middle([glyph[2] for glyph in printed])
        self.bottom = _middle([glyph[4] for glyph in printed])
        self._text: str | None = None
        self._size = 0.0
        self.edges: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """Its text."""
        if self._text is None:
            self._text = text_of(self.glyphs)
        return self._text

    @property
    def size(self) -> float:
        """The size of its type."""
        if not self._size:
            wide = [glyph.right - glyph.left for glyph in self.glyphs if glyph.text >= "⺀" and glyph.page >= 0]
            self._size = (_middle(wide) if wide else self.bottom - self.top) or 1.0
        return self._size

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.glyphs[0].page


def _middle(numbers: list[float]) -> float:
    numbers.sort()
    return numbers[len(numbers) // 2]


@dataclass(slots=True)
class _Run:
    """Characters drawn one after the other on one height."""

    glyphs: list[Glyph]
    top: float
    bottom: float


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom by the geometry of the page."""
    rows: list[list[_Run]] = []
    cores: list[_Run] = []
    runs = list(_runs(glyphs))
    if len(runs) == 1:  # most cells
        line = _line(runs[0].glyphs)
        return [line] if line is not None else []
    for run in sorted(runs, key=lambda each: each.top + each.bottom):
        place = _row_of(run, cores)
        if place is None:
            rows.append([run])
            cores.append(run)
        else:
            rows[place].append(run)
            if len(run.glyphs) > len(cores[place].glyphs):
                cores[place] = run
    found = [line for row in rows if (line := _line(_in_order(row))) is not None]
    return sorted(found, key=lambda line: line.top + line.bottom)


def _in_order(runs: list[_Run]) -> list[Glyph]:
    """The characters of a row from left to right.

    A run stays as it was drawn, for squeezed punctuation reaches over its neighbours; only where a run was drawn into the
    gaps of another do the characters themselves decide.
    """
    runs.sort(key=lambda run: run.glyphs[0].left)
    found: list[Glyph] = []
    mixed = False
    for run in runs:
        mixed = mixed or bool(found and run.glyphs[0].left < found[-1].right - (run.bottom - run.top) / 2)
        found += run.glyphs
    return sorted(found, key=lambda glyph: glyph.left) if mixed else found


def _row_of(run: _Run, cores: list[_Run]) -> int | None:
    """The row that a run stands in; rows come from top to bottom, so only the last few can hold it."""
    best, place = _SAME_LINE, None
    for index in range(len(cores) - 1, max(-1, len(cores) - 6), -1):
        core = cores[index]
        shared = min(run.bottom, core.bottom) - max(run.top, core.top)
        part = shared / (min(run.bottom - run.top, core.bottom - core.top) or 1.0)
        if part >= best:
            best, place = part, index
    return place


def _runs(glyphs: Iterable[Glyph]) -> Iterator[_Run]:
    run: list[Glyph] = []
    top = bottom = end = 0.0
    for glyph in glyphs:
        _, left, above, right, below, _ = glyph
        if run:
            high = min(bottom - top, below - above)
            shared = (min(bottom, below)) - (max(top, above))
            if shared >= _SAME_LINE * high and -high < left - end < _RUN_GAP * high:
                run.append(glyph)
                end = right
                continue
            yield _Run(run, top, bottom)
        run, top, bottom, end = [glyph], above, below, right
    if run:
        yield _Run(run, top, bottom)


def lines_as_drawn(glyphs: list[Glyph], breaks: list[int]) -> list[Line]:
    """Lines in the order in which the PDF library itself gives the text."""
    found = []
    for start, end in zip([0, *breaks], [*breaks, len(glyphs)], strict=True):
        line = _line(glyphs[start:end])
        if line is not None:
            found.append(line)
    return found


def _line(glyphs: list[Glyph]) -> Line | None:
    """A line with its spaces; None for one of spaces only."""
    found: list[Glyph] = []
    spaces: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text in " \u3000":
            spaces.append(glyph)
            continue
        if last is not None:
            found += _between(last, glyph, spaces)
        found.append(glyph)
        last, spaces = glyph, []
    return Line(found, ends_in_space=bool(spaces)) if found else None


def _between(before: Glyph, after: Glyph, spaces: list[Glyph]) -> list[Glyph]:
    """The spaces between two characters: printed ones that can be seen, and one for a gap without any."""
    gap = after.left - before.right
    if not spaces and gap <= 0:
        return []
    high, low = before.bottom - before.top, after.bottom - after.top
    size = (max(low, high)) or 1.0
    if before.text < "⺀" and after.text < "⺀":
        if gap > _LATIN_SPACE * size or (spaces and gap > _PRINTED_SPACE * size):
            return spaces or [TAB if gap > _COLUMN * size else SPACE]
        return []
    if spaces:
        return spaces if gap > _PRINTED_SPACE * size else []
    return [TAB if gap > _COLUMN * size else SPACE] if gap > _BARE_SPACE * size else []


def orphans(lines: list[Line]) -> int:
    """How many digits stand on lines of their own: what a wrong order of text leaves behind."""
    return sum(len(line.text) for line in lines if _ORPHAN.fullmatch(line.text))


def columns_apart(lines: list[Line], least: float) -> list[tuple[float, float]]:
    """The stretches from left to right that hold ink in any of the lines, apart by at least ``least``."""
    stretches: list[tuple[float, float]] = []
    for left, right in sorted((glyph.left, glyph.right) for line in lines for glyph in line.glyphs if glyph.page >= 0):
        if stretches and left - stretches[-1][1] < least:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], right))
        else:
            stretches.append((left, right))
    return stretches


def column_of(glyph: Glyph, lefts: list[float]) -> int:
    """The column that a character stands in, given where columns begin."""
    return max(0, bisect_left(lefts, (glyph.left + glyph.right) / 2) - 1)
