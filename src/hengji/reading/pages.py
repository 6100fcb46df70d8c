"""What pdfium knows of a page: characters with boxes, ruling lines, pictures."""

import ctypes
import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from hengji.model.document import readable
from hengji.reading.glyphs import Frame, Glyph, Page, Rule

THIN = 3.0  # points; a ruling line is no thicker
_SHORT = 3.0  # a shorter stroke is no ruling line
_ASCENT = 0.88  # the share of its size that a character stands above its line
_MAX_GLYPHS = 100_000
_MAX_OBJECTS = 100_000
_MAX_DEPTH = 5
_SLANT = 0.1  # radians
_OUTLINED = 100  # shapes on a page without a character
_SAMPLE = 25
_SPACE, _BREAKS, _SURROGATES = 0x20, (0x0A, 0x0D), range(0xD800, 0xE000)
_HYPHENS = (0x02, 0xFFFE)  # what the library writes for a hyphen at the end of a line

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """One page of a PDF. Raises PdfiumError where it cannot be loaded."""
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            turns = _turns(text.raw)
            left, bottom, right, top = page.get_cropbox()
            frame = Frame(left, bottom, right, top, turns)
            glyphs, breaks = _glyphs(text.raw, frame, number)
        finally:
            text.close()
        rules, picture = _drawn(page.raw, frame)
        if not glyphs and raw.FPDFPage_CountObjects(page.raw) > _OUTLINED:
            picture = 1.0  # characters drawn as shapes: as good as a scan
        return Page(number, frame, glyphs, breaks, rules, picture)
    finally:
        page.close()


def _turns(text: raw.FPDF_TEXTPAGE) -> int:
    """The quarter turns clockwise that set most of the characters upright."""
    count = raw.FPDFText_CountChars(text)
    step = max(1, count // _SAMPLE)
    votes = [0, 0, 0, 0]
    for index in range(0, count, step):
        if raw.FPDFText_GetUnicode(text, index) > ord(" "):
            votes[-round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4] += 1
    return votes.index(max(votes))


def _glyphs(text: raw.FPDF_TEXTPAGE, frame: Frame, number: int) -> tuple[list[Glyph], list[int]]:
    """The characters that the file holds with their boxes, and where the library's own text breaks its lines."""
    glyphs: list[Glyph] = []
    breaks: list[int] = []
    starts = [0]  # where in the library's text its lines begin
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    # This loop is most of the time that a PDF takes: what it calls is at hand, and an upright page is turned in place.
    unicode_of, loose_box, generated = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    new, add, x0, y1, turns = tuple.__new__, glyphs.append, frame.left, frame.top, frame.turns
    width, height, first = 2 * frame.width, 2 * frame.height, 0
    for index in range(min(raw.FPDFText_CountChars(text), _MAX_GLYPHS)):
        code = unicode_of(text, index)
        if code == _SPACE:
            if generated(text, index):
                continue
        elif code in _BREAKS:
            breaks.append(len(glyphs))
            starts.append(index + 1)
            continue
        elif code in _SURROGATES:
            first, code = _joined(first, code)
        written = _written(code)
        if not written:
            continue
        loose_box(text, index, reference)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if turns or right <= left or top <= bottom:
            left, top, right, bottom = _turned(text, index, frame)
        else:
            left, top, right, bottom = left - x0, y1 - top, right - x0, y1 - bottom
        if 0 <= left + right <= width and 0 <= top + bottom <= height:  # what lies off the page is not seen
            add(new(Glyph, (written, left, top, right, bottom, number)))
    glyphs, breaks = _without_slanted(text, glyphs, breaks, starts)
    return _closed_up(glyphs) if turns else glyphs, breaks


def _without_slanted(
    text: raw.FPDF_TEXTPAGE, glyphs: list[Glyph], breaks: list[int], starts: list[int]
) -> tuple[list[Glyph], list[int]]:
    """The characters without those of slanted lines, as stamps and watermarks are."""
    ends = [*breaks, len(glyphs)]
    slanted = [
        number
        for number, (start, end) in enumerate(pairwise([0, *ends]))
        if start < end and _is_slanted(text, starts[number])
    ]
    if not slanted:
        return glyphs, breaks
    gone = set(slanted)
    kept: list[Glyph] = []
    found: list[int] = []
    for number, (start, end) in enumerate(pairwise([0, *ends])):
        if number not in gone:
            kept += glyphs[start:end]
        found.append(len(kept))
    return kept, found[:-1]


def _is_slanted(text: raw.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a line of the library's text runs neither along nor up the page."""
    off: float = raw.FPDFText_GetCharAngle(text, index) % (math.pi / 2)
    return _SLANT < off < math.pi / 2 - _SLANT


def _joined(first: int, code: int) -> tuple[int, int]:
    """Characters beyond the first plane come in two halves where a system's characters are short."""
    if code < 0xDC00:  # noqa: PLR2004 - the first half, of which nothing is written yet
        return code, 0
    return 0, 0x10000 + ((first - 0xD800) << 10) + code - 0xDC00 if first else 0


@cache
def _written(code: int) -> str:
    """The character of a code; nothing for control characters and what cannot be seen."""
    if code in _HYPHENS:
        return "-"
    if code < ord(" ") or 0x7F <= code < 0xA0 or code > 0x10FFFF:  # noqa: PLR2004 - control characters
        return " " if code == ord("\t") else ""
    return " " if code == 0xA0 else readable(chr(code))  # noqa: PLR2004 - the space that does not break


def _turned(text: raw.FPDF_TEXTPAGE, index: int, frame: Frame) -> tuple[float, float, float, float]:
    """The box of a character that is not upright in the file, for which the library has none but that of its ink."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    ink = frame.upright(left.value, bottom.value, right.value, top.value)
    start, base, _, _ = frame.upright(x.value, y.value, x.value, y.value)
    if size <= 0 or not start - size <= ink[0] <= start + size:
        return ink
    return start, base - _ASCENT * size, max(ink[2], start), base + (1 - _ASCENT) * size


def _closed_up(glyphs: list[Glyph]) -> list[Glyph]:
    """Turned characters, each reaching to where the next begins: their ink alone would leave gaps."""
    found = []
    for glyph, following in pairwise([*glyphs, *glyphs[-1:]]):
        room = following.left - glyph.left
        beside = (
            abs(following.top - glyph.top) < 1 and glyph.right < following.left and room <= glyph.bottom - glyph.top
        )
        found.append(glyph._replace(right=following.left) if beside else glyph)
    return found


def _drawn(page: raw.FPDF_PAGE, frame: Frame) -> tuple[list[Rule], float]:
    """The ruling lines of a page and the share of it that pictures cover: scans come in strips, too."""
    rules: list[Rule] = []
    picture = 0.0
    area = frame.width * frame.height or 1
    for kind, thing, matrix in _objects(page):
        left, bottom, right, top = _bounds(thing, matrix)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            picture += (right - left) * (top - bottom) / area
        elif min(right - left, top - bottom) <= THIN:
            if max(right - left, top - bottom) >= _SHORT:
                rules.append(Rule(*frame.upright(left, bottom, right, top)))
        else:
            rules += [Rule(*frame.upright(*line)) for line in _strokes(thing, matrix)]
    return rules, picture


def _objects(page: raw.FPDF_PAGE) -> Iterator[tuple[int, raw.FPDF_PAGEOBJECT, Matrix]]:
    """Paths and pictures, those inside of form objects too, bounded in number and depth."""
    count = raw.FPDFPage_CountObjects(page)
    waiting = [(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0) for index in range(min(count, _MAX_OBJECTS))]
    for thing, matrix, depth in waiting:
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _times(_matrix(thing), matrix)
            count = raw.FPDFFormObj_CountObjects(thing)
            room = max(0, _MAX_OBJECTS - len(waiting))
            waiting += [
                (raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1) for index in range(min(count, room))
            ]
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, thing, matrix


def _bounds(thing: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    if matrix is _IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _around([_moved((x.value, y.value), matrix) for x in (left, right) for y in (bottom, top)])


def _strokes(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path that are drawn: edges where it is stroked, thin parts where it is filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    for corners in _subpaths(path, _times(_matrix(path), matrix)):
        box = _around(corners)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(corners):
                if min(abs(x1 - x0), abs(y1 - y0)) <= 1 and max(abs(x1 - x0), abs(y1 - y0)) >= _SHORT:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _subpaths(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    corners: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(path), _MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(corners) > 1:
                yield corners
            corners = []
        corners.append(_moved((x.value, y.value), matrix))
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners


def _matrix(thing: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First ``one``, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
