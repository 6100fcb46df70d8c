"""The original PDF with its findings as highlights, the message in each."""

import ctypes
import io
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from hengji.library.check_texts import load_checks
from hengji.model.document import Document
from hengji.model.extraction import Span
from hengji.model.finding import SEVERITY_CN, Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading.pdf_places import pdf_places

_COLOURS = {
    Severity.ERROR: (240, 100, 90),
    Severity.WARNING: (255, 190, 60),
    Severity.INFO: (120, 180, 240),
    Severity.STYLE: (190, 190, 190),
}
_OPACITY = 110
_NOTE = 14  # points: the side of a mark for what is absent


def annotated_pdf(data: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
    """The file's bytes with a highlight at the words of every finding, or a mark at the page where what is absent would stand.

    Raises HengjiError for a file that cannot be opened.
    """
    spans = [Span(f.start or 0, max(f.end or 0, (f.start or 0) + 1)) for f in findings]
    places = pdf_places(data, spans)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise HengjiError(f"{document.file} 打不开，可能已损坏或加了密码") from None
    try:
        for finding, boxes in zip(findings, places, strict=True):
            for page, rectangles in boxes:
                _highlight(pdf, page, rectangles if finding.quote else rectangles[:1], finding)
        stream = io.BytesIO()
        pdf.save(stream)
    finally:
        pdf.close()
    return stream.getvalue()


def _highlight(
    pdf: pypdfium2.PdfDocument, index: int, rectangles: Sequence[tuple[float, float, float, float]], finding: Finding
) -> None:
    """One highlight over all rectangles of a page."""
    if not rectangles:
        return
    page = pdf[index]
    kind = raw.FPDF_ANNOT_HIGHLIGHT if finding.quote else raw.FPDF_ANNOT_TEXT
    annotation = raw.FPDFPage_CreateAnnot(page.raw, kind)
    try:
        red, green, blue = _COLOURS[finding.severity]
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, _OPACITY)
        left, bottom, right, top = _around(rectangles) if finding.quote else _corner(rectangles[0])
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left, top, right, bottom))
        if finding.quote:
            for x0, y0, x1, y1 in rectangles:
                quad = raw.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
                raw.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.byref(quad))
        for key, value in (("Contents", _words(finding)), ("T", "衡绩"), ("Subj", finding.code)):
            raw.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(value))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
        page.close()


def _around(rectangles: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _corner(rectangle: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, _, _, top = rectangle
    return max(left - _NOTE - 2, 0), top - _NOTE, max(left - 2, _NOTE), top


def _words(finding: Finding) -> str:
    checks = load_checks()
    title = checks[finding.code].title if finding.code in checks else ""
    lines = [f"{finding.code} {SEVERITY_CN[finding.severity]} {title}", finding.message]
    lines += [f"建议：{finding.advice}"] if finding.advice else []
    return "\n".join(lines + ([f"依据：{finding.basis}"] if finding.basis else []))


def _wide(text: str) -> "ctypes.Array[ctypes.c_ushort]":
    """A text as PDFium takes it: UTF-16 with an end."""
    data = text.replace("\0", "").encode("utf-16-le") + b"\0\0"
    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
