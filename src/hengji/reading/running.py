"""Headers, footers and page numbers: what stands at the same height on most pages, or counts along with them."""

import re
import statistics
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from hengji.model.patterns import pattern
from hengji.reading.lines import Line

_LARGE = 1.15  # type so much larger than that of the text is a title, which may stand on every page
_BAND = 0.12  # the share of the page's height at its top and bottom where such lines stand
_NEAR = 4.0  # points; so near is the same height
_DEPTH = 3  # no page has more such lines at either end
_OFTEN = 0.4  # even and odd pages may have lines of their own
_FEW = 3  # a longer document says a running line so often, a shorter one on all pages but one
_DASHED = pattern(r"[-—–－~～·\s]*[-—–－~～·]\s*[0-9０-９]{1,4}\s*[-—–－~～·][-—–－~～·\s]*")
_PAGE_WORDS = pattern(
    r"第\s*[\d一二三四五六七八九十百]+\s*页\s*[,，/]?\s*(共\s*[\d一二三四五六七八九十百]+\s*页)?|[Pp]age\s*\d+(\s*(of|/)\s*\d+)?"
)
_BARE = pattern(r"(\d{1,4})(\s*/\s*\d{1,4})?|[ivxlcIVXLC]{1,7}")
_NUMBER = pattern(r"\d+")
_KEPT = pattern(r"单位\s*[:：].*元|金额单位")  # belongs to the table below it however often it comes


def without_running(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """The lines of every page without its running lines, given each page's height and its lines from top to bottom."""
    ends = [[*_at_ends(height, lines)] for height, lines in pages]
    sizes = [(line.size, line.bottom - line.top) for _, lines in pages for line in lines]
    width, height = (_LARGE * statistics.median(each) for each in zip(*sizes, strict=True)) if sizes else (0.0, 0.0)
    usual = [[(e, line) for e, line in page if line.size < width or line.bottom - line.top < height] for page in ends]
    repeated = _repeated(usual)
    counting = _counting(ends)
    found = []
    for number, (depth, lines) in enumerate(pages):
        gone = {
            id(line)
            for end, line in ends[number]
            if _says_page(line.text)
            or _is_repeated(end, number, line, repeated)
            or _counts(line, number, counting, depth)
        }
        found.append([line for line in lines if id(line) not in gone])
    return found


def _at_ends(height: float, lines: Sequence[Line]) -> list[tuple[bool, Line]]:
    """The lines near the top (True) and near the bottom (False) of a page."""
    lines = sorted(lines, key=lambda line: line.top + line.bottom)  # columns are read one after the other
    top = [(True, line) for line in lines[:_DEPTH] if line.bottom <= _BAND * height]
    return top + [(False, line) for line in lines[-_DEPTH:] if line.top >= (1 - _BAND) * height]


def _shape(line: Line, number: int) -> str:
    """The text of a line without spaces, the number of its own page left open."""
    page = str(number + 1)
    return _NUMBER.sub(lambda match: "#" if match[0] == page else match[0], re.sub(r"\s+", "", line.text))


def _repeated(ends: Sequence[Sequence[tuple[bool, Line]]]) -> dict[tuple[bool, str], list[float]]:
    """Texts at either end, the page's number aside, that stand at one height on most pages, with their heights."""
    heights: dict[tuple[bool, str], list[float]] = {}
    for number, page in enumerate(ends):
        for end, line in page:
            if not _KEPT.search(line.text):
                heights.setdefault((end, _shape(line, number)), []).append(line.top)
    least = max(2, min(_FEW, len(ends) - 1), _OFTEN * len(ends))
    kept = {}
    for key, tops in heights.items():
        tops.sort()
        common = [top for top in tops if bisect_right(tops, top + _NEAR) - bisect_left(tops, top - _NEAR) >= least]
        if common:
            kept[key] = common
    return kept


def _is_repeated(end: bool, number: int, line: Line, repeated: dict[tuple[bool, str], list[float]]) -> bool:  # noqa: FBT001 - one of two ends
    tops = repeated.get((end, _shape(line, number)), [])
    return bisect_right(tops, line.top + _NEAR) > bisect_left(tops, line.top - _NEAR)


def _says_page(text: str) -> bool:
    text = text.strip()
    return bool(_DASHED.fullmatch(text) or _PAGE_WORDS.fullmatch(text))


def _counting(ends: Sequence[Sequence[tuple[bool, Line]]]) -> int | None:
    """By how much printed page numbers are ahead of the pages, where bare numbers count along."""
    ahead = Counter(
        int(match[1]) - number
        for number, page in enumerate(ends)
        for _, line in page
        if (match := _BARE.fullmatch(line.text.strip())) is not None and match[1]
    )
    if not ahead:
        return None
    offset, count = ahead.most_common(1)[0]
    return offset if count >= max(2, _OFTEN * len(ends)) or (len(ends) == 1 and offset == 1) else None


def _counts(line: Line, number: int, offset: int | None, height: float) -> bool:
    match = _BARE.fullmatch(line.text.strip())
    if match is None or offset is None:
        return False
    if match[1] is None:
        return line.top >= (1 - _BAND) * height
    return int(match[1]) - number == offset
