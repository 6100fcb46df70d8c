"""The original PDF with its findings as highlights, the message in each: appended to the file, whose own bytes stay."""

import io
import logging
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdf import PdfWriter
from pypdf.annotations import Highlight, MarkupAnnotation, Text
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from pypdfium2 import raw

from hengji.model.document import Document
from hengji.model.finding import Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading.pdf_places import pdf_places
from hengji.writing.remarks import AUTHOR, remark

_Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

_COLOURS = {
    Severity.ERROR: (0.96, 0.48, 0.44),
    Severity.WARNING: (1.00, 0.76, 0.30),
    Severity.INFO: (0.56, 0.76, 0.96),
    Severity.STYLE: (0.78, 0.78, 0.78),
}
_NOTE = 18  # points: the side of the mark of what is absent
_CORNER = 24.0  # points from the page's top left corner, for what stands nowhere
_REACH = 400  # characters: so far on is the next printed one looked for
_PRINTED, _UPRIGHT = 4, 24  # flags: printed too; neither zoomed nor turned with the page
_PASSWORD = 4  # pdfium's number for a password that is missing
# What pypdf fails with on files that are not what they say.
_FAILURES = (
    PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, AssertionError,
    NotImplementedError, OverflowError, OSError, struct.error, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs is no news to the reader of a report


@dataclass(frozen=True, slots=True)
class _Mark:
    """A finding on one page: the boxes of its words, or none and the corner of a note."""

    page: int
    finding: Finding
    boxes: Sequence[_Box]
    corner: tuple[float, float] | None = None


def annotated_pdf(
    data: bytes, document: Document, findings: Sequence[Finding], masked: Callable[[bytes], bytes] | None = None
) -> bytes:
    """The file's bytes with a highlight at the words of every finding; a note at its line where nothing is quoted.

    ``masked`` makes the copy to mark, of the same pages, where the file itself is not to be shown. Raises HengjiError for a
    file that is encrypted or damaged.
    """
    _refuse_encrypted(document.file, data)
    marks = _marks(data, findings)
    shown = masked(data) if masked is not None else data
    made = _written(shown, marks, incremental=True)
    if made is None or not _holds(made, marks):
        made = _written(_mended(shown), marks, incremental=False)
    if made is None or not _holds(made, marks):
        raise HengjiError(f"{document.file} 的结构已损坏，不能加批注，请重新导出或另存一次PDF")
    return made


def _refuse_encrypted(name: str, data: bytes) -> None:
    """Raises HengjiError for a file that is encrypted or cannot be opened."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise HengjiError(f"{name} 设了打开密码，请去掉密码后再试") from error
        raise HengjiError(f"{name} 已损坏，请重新导出或另存一次PDF") from error
    try:
        if raw.FPDF_GetSecurityHandlerRevision(pdf.raw) != -1:
            raise HengjiError(f"{name} 限制了编辑，不能加批注，请去掉权限密码后再试")
    finally:
        pdf.close()


def _mended(data: bytes) -> bytes:
    """A damaged file written anew by pdfium, which reads what pypdf does not."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        stream = io.BytesIO()
        pdf.save(stream)
    finally:
        pdf.close()
    return stream.getvalue()


def _marks(data: bytes, findings: Sequence[Finding]) -> list[_Mark]:
    """Where findings stand; one whose words are nowhere printed stands at the next words that are."""
    starts = [max(finding.start or 0, 0) for finding in findings]
    spans = [(start, f.end or start if f.quote else start) for f, start in zip(findings, starts, strict=True)]
    places = pdf_places(data, [*spans, *((start, start + _REACH) for start in starts)]) if findings else []
    found: list[_Mark] = []
    for finding, words, following in zip(findings, places, places[len(findings) :], strict=False):
        if words:
            found += [_Mark(page, finding, boxes) for page, boxes in words]
        elif following:
            page, boxes = following[0]
            found.append(_Mark(page, finding, (), (boxes[0][0] - _NOTE - 2, boxes[0][3])))
        else:
            found.append(_Mark(0, finding, ()))
    return found


def _written(data: bytes, marks: Sequence[_Mark], *, incremental: bool) -> bytes | None:
    """The file with its marks; nothing where pypdf cannot read it."""
    try:
        writer = PdfWriter(io.BytesIO(data), incremental=incremental)
        pages = list(writer.pages)
        for mark in marks:
            page = pages[mark.page]
            left, top = float(page.cropbox.left), float(page.cropbox.top)
            writer.add_annotation(page, _annotation(writer, mark, (left + _CORNER, top - _CORNER)))
        stream = io.BytesIO()
        writer.write(stream)
    except _FAILURES:
        return None
    return stream.getvalue()


def _holds(data: bytes, marks: Sequence[_Mark]) -> bool:
    """Whether a file opens and has at least so many annotations on the pages that were marked."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return False
    try:
        return sum(_annotations(pdf, page) for page in {mark.page for mark in marks}) >= len(marks)
    except (pypdfium2.PdfiumError, IndexError):
        return False
    finally:
        pdf.close()


def _annotations(pdf: pypdfium2.PdfDocument, number: int) -> int:
    page = pdf[number]  # held by a name: pdfium's handle dies with it
    try:
        return int(raw.FPDFPage_GetAnnotCount(page.raw))
    finally:
        page.close()


def _annotation(writer: PdfWriter, mark: _Mark, corner: tuple[float, float]) -> MarkupAnnotation:
    """A highlight over the words, or a note beside the line."""
    text = "\n".join(remark(mark.finding, elsewhere=not mark.boxes))
    colour = _COLOURS[mark.finding.severity]
    made: MarkupAnnotation
    if mark.boxes:
        made = Highlight(rect=_around(mark.boxes), quad_points=_numbers(*map(_quad, mark.boxes)), printing=True)
        made[NameObject("/Contents")] = TextStringObject(text)
        made[NameObject("/AP")] = DictionaryObject({NameObject("/N"): _appearance(writer, mark.boxes, colour)})
    else:
        x, y = mark.corner or corner
        made = Text(rect=(x, y - _NOTE, x + _NOTE, y), text=text, flags=_PRINTED | _UPRIGHT)
    made[NameObject("/C")] = _numbers(colour)
    made[NameObject("/T")] = TextStringObject(AUTHOR)
    made[NameObject("/Subj")] = TextStringObject(text.partition("\n")[0])
    return made


def _appearance(writer: PdfWriter, boxes: Sequence[_Box], colour: tuple[float, float, float]) -> IndirectObject:
    """How the highlight looks, for the viewers that do not draw one of themselves: the colour of a marker over the words."""
    form = StreamObject()
    fills = [f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f" for x0, y0, x1, y1 in boxes]
    form.set_data("\n".join(["/M gs {} {} {} rg".format(*colour), *fills]).encode())
    multiplied = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    states = DictionaryObject({NameObject("/M"): multiplied})
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = _numbers(_around(boxes))
    form[NameObject("/Resources")] = DictionaryObject({NameObject("/ExtGState"): states})
    return writer._add_object(form)  # noqa: SLF001 - pypdf offers no other way to add an object


def _around(boxes: Sequence[_Box]) -> _Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _quad(box: _Box) -> tuple[float, ...]:
    """The corners in the order that viewers expect, which is not the one of the standard: left to right, top first."""
    left, bottom, right, top = box
    return left, top, right, top, left, bottom, right, bottom


def _numbers(*groups: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(number, 2)) for group in groups for number in group])
