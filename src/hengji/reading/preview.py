"""A page of a PDF as a picture (预览), with quoted words marked on it. Work for a child process, as all reading is."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from hengji.model.problem import HengjiError
from hengji.reading.limits import MAX_PAGES, form_of, read_bytes

_DOTS = 1240  # across a page: 150 to the inch on A4
_MOST_DOTS = 2400  # down a page, however long it is
_MARK = (255, 242, 184)  # under the words, as a marker pen leaves them readable
_SHORTEST = 2  # characters of a quotation that is worth looking for
_MOST_MARKS = 40

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One page as a PNG, how many pages there are, and how many places were marked."""

    png: bytes
    pages: int
    marked: int = 0


def render(path: Path, number: int = 1, quote: str = "") -> Rendered:
    """A page of a PDF, counted from 1. Raises HengjiError for what is no PDF, is locked or has no such page."""
    data = read_bytes(path)
    if form_of(path.name, data) != "pdf":
        raise HengjiError(f"{path.name} 不是 PDF，不能按页预览")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise HengjiError(f"{path.name} 打不开（设了密码或已损坏），可以下载后查看") from error
    try:
        pages = len(document)
        if not 0 < pages <= MAX_PAGES:
            raise HengjiError(f"{path.name} 有{pages}页，不能预览，可以下载后查看")
        if not 1 <= number <= pages:
            raise HengjiError(f"{path.name} 只有{pages}页，没有第{number}页")
        return _rendered(document[number - 1], pages, quote)
    except pypdfium2.PdfiumError as error:
        raise HengjiError(f"{path.name} 的第{number}页画不出来，可以下载后查看") from error
    finally:
        document.close()


def _rendered(page: pypdfium2.PdfPage, pages: int, quote: str) -> Rendered:
    width, height = page.get_size()
    scale = min(_DOTS / max(1.0, width), _MOST_DOTS / max(1.0, height))
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    marked = 0
    for left, bottom, right, top in _places(page, quote):
        first, last = page_pixels(height, top, bottom, scale)
        _underlay(picture, int(left * scale), first, int(right * scale) + 1, last)
        marked += 1
    return Rendered(png_of(picture), pages, marked)


def page_pixels(height: float, top: float, bottom: float, scale: float) -> tuple[int, int]:
    """Rows of a picture between two heights of a page, which counts upward."""
    return int((height - top) * scale), int((height - bottom) * scale) + 1


def _places(page: pypdfium2.PdfPage, quote: str) -> Iterator[tuple[float, float, float, float]]:
    """Where the words of a quotation stand, in points; longer pieces first, and only where they stand whole."""
    left, bottom, _, _ = page.get_cropbox()
    text = page.get_textpage()
    found = 0
    for piece in _pieces(quote):
        search = text.search(piece)
        while (hit := search.get_next()) is not None and found < _MOST_MARKS:
            start, count = hit
            for number in range(text.count_rects(start, count)):
                a, b, c, d = text.get_rect(number)
                yield a - left, b - bottom, c - left, d - bottom
                found += 1
        if found:
            return


def _pieces(quote: str) -> list[str]:
    """The quotation whole, else its parts between punctuation, the longest first."""
    whole = quote.strip().strip('“”"「」')
    parts = [part.strip() for part in re.split(r"[，,；;。:：\s]+", whole)]
    found = [whole, *sorted(parts, key=len, reverse=True)]
    return list(dict.fromkeys(piece for piece in found if len(piece) >= _SHORTEST))


def _underlay(picture: Picture, left: int, top: int, right: int, bottom: int) -> None:
    """Colours a rectangle as a marker pen does: white becomes the colour, black stays black."""
    part = picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    part[:] = np.minimum(part, np.array(_MARK, dtype=np.uint8))


def png_of(picture: Picture) -> bytes:
    """A picture of three colours as a PNG."""
    height, width, _ = picture.shape
    rows = np.zeros((height, 1 + width * 3), dtype=np.uint8)
    rows[:, 1:] = picture.reshape(height, width * 3)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
