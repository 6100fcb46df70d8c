"""Scanned pages and pictures, recognised where the extra hengji[ocr] is installed; nothing is fetched to do so."""

import hashlib
import importlib.util
import io
import json
import math
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2

from hengji.files import written_whole
from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading.flow import document_of, parts_of
from hengji.reading.glyphs import Frame, Glyph, Page, Rule
from hengji.reading.worker import THREADS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    Picture = NDArray[np.uint8]

MISSING = "要识别文字请先安装：pip install 'hengji[ocr]'"
DOUBT = "文字由识别得来，数字请对照原件核对"
_DOTS = 150  # per inch
_POINTS = 72
_LONGEST = 2_000  # dots of a page's longer side
_MAX_PIXELS = 80_000_000
_MAX_FRAMES = 200
_VERSION = "4"  # of what is kept in the cache
_LEAST_TURN = math.radians(0.15)
_ACROSS, _DOWN = 20, 40  # ruling lines are longer than these parts of the page, strokes of characters are not
_INK = 0.8  # the share of a line's box that its characters fill
_CHANCE = 1.3  # lines of one size come out as different as this
_LONG = 10  # characters of a line whose ends tell where the margins are
_MODELS = {"Det": "*det*.onnx", "Rec": "*rec*.onnx"}

Character = tuple[str, float, float, float, float]  # with left, top, right and bottom in dots
Found = tuple[list[list[Character]], list[tuple[float, float, float, float]], float]


def available() -> bool:
    """Whether the recogniser and its models are installed."""
    return _models() is not None


@cache
def _models() -> dict[str, str] | None:
    if any(importlib.util.find_spec(name) is None for name in ("rapidocr", "onnxruntime", "cv2", "PIL")):
        return None
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec is not None and spec.origin else Path()
    found = {part: sorted(folder.glob(pattern)) for part, pattern in _MODELS.items()}
    return {part: str(paths[0]) for part, paths in found.items()} if all(found.values()) else None


@cache
def _engine() -> Any:  # noqa: ANN401 - the recogniser has no types
    """The recogniser with the models of its own package, named one by one: it fetches what it is not given."""
    import rapidocr  # noqa: PLC0415 - two seconds, for scanned pages only

    models = _models() or {}
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            **{f"{part}.model_path": path for part, path in models.items()},
        }
    )


def _threads() -> int:
    """How many threads to use: as many as there are cores, unless this process shares them with others."""
    given = os.environ.get(THREADS, "")
    return int(given) if given.isascii() and given.isdigit() and int(given) > 0 else -1


def recognised(document: pypdfium2.PdfDocument, number: int) -> Page:
    """A page of a PDF with the text that its picture shows. Raises PdfiumError where it cannot be drawn."""
    page = document[number]
    try:
        left, bottom, right, top = page.get_cropbox()
        turns = page.get_rotation() // 90 % 4
        longest = max(right - left, top - bottom, 1.0)
        scale = min(_DOTS / _POINTS, _LONGEST / longest)
        picture = page.render(scale=scale, rev_byteorder=False).to_numpy()
        return _page(number, _three(picture), Frame(left, bottom, right, top, turns), scale)
    finally:
        page.close()


def read_picture(name: str, data: bytes) -> Document:
    """A picture of text, every frame of it a page. Raises HengjiError for a damaged or oversized one."""
    if not available():
        return document_of(name, "ocr", [], None, (f"{name} 是图片，没有读到文字；{MISSING}",))
    pages = [_picture_page(number, picture) for number, picture in enumerate(_frames(name, data))]
    parts = parts_of(pages)
    unread = (f"{name} 是图片，{DOUBT}",) if parts else (f"{name} 是图片，没有认出文字",)
    return document_of(name, "ocr", parts, len(pages), unread)


def _picture_page(number: int, picture: "Picture") -> Page:
    scale = _DOTS / _POINTS
    height, width = picture.shape[:2]
    return _page(number, picture, Frame(0, 0, width / scale, height / scale), scale)


def _frames(name: str, data: bytes) -> Iterator["Picture"]:
    from PIL import Image, ImageSequence  # noqa: PLC0415 - comes with the extra

    large = HengjiError(f"{name} 过大，没有读，请缩小图片或拆开后再试")
    try:
        with Image.open(io.BytesIO(data)) as image:
            _check_size(image, large)
            for frame in ImageSequence.Iterator(image):
                yield _upright(frame)
    except Image.DecompressionBombError as error:
        raise large from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise HengjiError(f"{name} 不是完好的图片，请重新扫描或另存一次") from error


def _check_size(image: "Image.Image", large: HengjiError) -> None:
    if image.width * image.height > _MAX_PIXELS or getattr(image, "n_frames", 1) > _MAX_FRAMES:
        raise large


def _upright(frame: "Image.Image") -> "Picture":
    from PIL import ImageOps  # noqa: PLC0415 - comes with the extra

    upright = ImageOps.exif_transpose(frame).convert("RGB")
    upright.thumbnail((_LONGEST, _LONGEST))
    return np.ascontiguousarray(np.asarray(upright, dtype=np.uint8)[:, :, ::-1])


def _three(picture: "Picture") -> "Picture":
    """A picture with three colours, whatever the renderer gave."""
    if picture.ndim == 2:  # noqa: PLR2004 - grey
        picture = picture[:, :, None]
    return np.ascontiguousarray(np.repeat(picture, 3, axis=2) if picture.shape[2] == 1 else picture[:, :, :3])


def _page(number: int, picture: "Picture", frame: Frame, scale: float) -> Page:
    found, lines, skew = _recognise(picture)
    rows = _even(found)
    glyphs: list[Glyph] = []
    breaks: list[int] = []
    for row in rows:
        glyphs += [Glyph(c[0], c[1] / scale, c[2] / scale, c[3] / scale, c[4] / scale, number) for c in row]
        breaks.append(len(glyphs))
    rules = [Rule(a / scale, b / scale, c / scale, d / scale) for a, b, c, d in lines]
    tilted = Frame(frame.left, frame.bottom, frame.right, frame.top, frame.turns, skew)
    return Page(number, tilted, glyphs, breaks[:-1], rules, recognised=True)


def _even(rows: list[list[Character]]) -> list[list[Character]]:
    """The rows made straight, and those whose heights differ by chance made equal: size tells which belong together."""
    heights = [statistics.median(c[4] - c[2] for c in row) for row in rows if row]
    usual = statistics.median(heights) if heights else 0.0
    found = []
    for row, height in zip([row for row in rows if row], heights, strict=True):
        half = _INK * (usual if 1 / _CHANCE < height / (usual or 1.0) < _CHANCE else height) / 2
        middle = statistics.median((c[2] + c[4]) / 2 for c in row)
        found.append([(text, left, middle - half, right, middle + half) for text, left, _, right, _ in row])
    return found


def _recognise(picture: "Picture") -> Found:
    """What a picture says, from the cache where it was recognised before."""
    key = hashlib.sha256(f"{_VERSION}{picture.shape}".encode() + picture.tobytes()).hexdigest()
    kept = _cache() / key[:2] / f"{key}.json"
    found = _kept(kept)
    if found is None:
        found = _recognised(picture)
        _keep(kept, found)
    return found


def _cache() -> Path:
    """The folder for recognised pages in the user's own cache."""
    home = Path.home()
    match sys.platform:
        case "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case "darwin":
            base = home / "Library" / "Caches"
        case _:
            base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "hengji" / "ocr"


def _kept(path: Path) -> Found | None:
    try:
        rows, lines, skew = json.loads(path.read_text(encoding="utf-8"))
        return (
            [[(str(c[0]), float(c[1]), float(c[2]), float(c[3]), float(c[4])) for c in row] for row in rows],
            [(float(a), float(b), float(c), float(d)) for a, b, c, d in lines],
            float(skew),
        )
    except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError):
        return None


def _keep(path: Path, found: Found) -> None:
    """Keeps what was recognised, for this user only; a cache that cannot be written is done without."""
    try:
        folder = _cache()
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        with written_whole(path) as temporary:
            temporary.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    except (OSError, HengjiError):
        return


def _recognised(picture: "Picture") -> Found:
    output = _engine()(picture)
    if output.boxes is None or output.txts is None:
        return [], _lines(picture, 0.0), 0.0
    corners = [[(float(x), float(y)) for x, y in box] for box in output.boxes]
    skew = _skew(corners)
    words = output.word_results or ((),) * len(corners)
    rows = [
        _straight(_characters(text, box, found), picture, skew)
        for text, box, found in zip(output.txts, corners, words, strict=True)
    ]
    return rows, _lines(picture, skew), skew


Corners = Sequence[tuple[float, float]]


def _skew(boxes: Sequence[Corners]) -> float:
    """The angle at which the lines of a page rise or fall, by its longest ones."""
    long = sorted(boxes, key=lambda box: box[0][0] - box[1][0])[:15]
    angles = [math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for box in long]
    skew = statistics.median(angles) if angles else 0.0
    return skew if abs(skew) > _LEAST_TURN else 0.0


def _characters(text: str, box: Corners, words: Sequence[Any]) -> Sequence[tuple[str, Corners]]:
    """The characters of a line with their corners; where only the line's are known, evenly spread over it."""
    singles = [
        (str(word), [(float(x), float(y)) for x, y in corners]) for word, _, corners in words if str(word).strip()
    ]
    if "".join(word for word, _ in singles) == "".join(text.split()) and all(len(word) == 1 for word, _ in singles):
        if len(singles) >= _LONG:
            # The recogniser cuts off a little at both ends, which the box of the line does not.
            (first, inner), (last, outer) = singles[0], singles[-1]
            singles[0] = (first, [box[0], inner[1], inner[2], box[3]])
            singles[-1] = (last, [outer[0], box[1], box[2], outer[3]])
        return singles
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = box
    count = len(text) or 1
    found: list[tuple[str, Corners]] = []
    for number, character in enumerate(text):
        a, b = number / count, (number + 1) / count
        top = (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)
        low = (x3 + (x2 - x3) * b, y3 + (y2 - y3) * b), (x3 + (x2 - x3) * a, y3 + (y2 - y3) * a)
        if character.strip():
            found.append((character, [*top, *low]))
    return found


def _straight(characters: Sequence[tuple[str, Corners]], picture: "Picture", skew: float) -> list[Character]:
    """Characters with upright boxes, the page's tilt taken out about its middle."""
    height, width = picture.shape[:2]
    cos, sin = math.cos(-skew), math.sin(-skew)
    found = []
    for text, corners in characters:
        turned = [
            (
                (x - width / 2) * cos - (y - height / 2) * sin + width / 2,
                (x - width / 2) * sin + (y - height / 2) * cos + height / 2,
            )
            for x, y in corners
        ]
        xs, ys = [x for x, _ in turned], [y for _, y in turned]
        left, top, right, bottom = (round(each, 1) for each in (min(xs), min(ys), max(xs), max(ys)))
        found.append((text, left, top, right, bottom))
    return found


def _lines(picture: "Picture", skew: float) -> list[tuple[float, float, float, float]]:
    """The ruling lines of a picture: long dark strokes across and down, the page's tilt taken out."""
    import cv2  # noqa: PLC0415 - comes with the extra

    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if skew:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(skew), 1.0)
        grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=(255,))
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    found: list[tuple[float, float, float, float]] = []
    for across in (True, False):
        size = (max(20, width // _ACROSS), 1) if across else (1, max(20, height // _DOWN))
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        strokes = cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        for contour in cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, wide, high = cv2.boundingRect(contour)
            if (wide if across else high) > 5 * (high if across else wide):
                found.append((float(x), float(y), float(x + wide), float(y + high)))
    return found
