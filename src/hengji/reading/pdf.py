"""PDFs with a text layer: text in reading order, tables from their ruling lines."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import ocr
from hengji.reading.flow import Part, document_of, parts_of
from hengji.reading.glyphs import Frame, Page
from hengji.reading.limits import MAX_PAGES
from hengji.reading.pages import read_page

_FEW = 15  # characters; a page with fewer and a large picture is scanned
_PICTURE = 0.5  # the share of the page that the picture covers
_UNKNOWN = 0.3  # the share of characters that stand for nothing in a text layer that is of no use
_PASSWORD = 4  # pdfium's number for a password that is missing


@dataclass
class PdfContent:
    """A PDF read with the place of every character: its parts, the frames of its pages, and what was not read."""

    parts: list[Part]
    frames: list[Frame]
    form: str
    unread: tuple[str, ...]


def read_pdf(name: str, data: bytes) -> Document:
    """A PDF in reading order. Raises HengjiError for one that is encrypted, damaged, too long or without any text."""
    content = pdf_content(name, data)
    return document_of(name, content.form, content.parts, len(content.frames), content.unread)


def pdf_content(name: str, data: bytes) -> PdfContent:
    """The parts of a PDF with the places of their characters. Raises HengjiError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(name, error) from error
    try:
        with _collector_at_rest():
            return _content(name, document)
    finally:
        document.close()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keeps the collector of cycles from walking all characters over and over; reading makes no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unopened(name: str, error: pypdfium2.PdfiumError) -> HengjiError:
    if getattr(error, "err_code", None) == _PASSWORD:
        return HengjiError(f"{name} 设了打开密码，请去掉密码后再试")
    return HengjiError(f"{name} 已损坏，请重新导出或另存一次PDF")


def _content(name: str, document: pypdfium2.PdfDocument) -> PdfContent:
    count = len(document)
    if count > MAX_PAGES:
        raise HengjiError(f"{name} 有{count}页，超过{MAX_PAGES}页的限制，请拆开后再试")
    if not count:
        raise HengjiError(f"{name} 里没有页面，可能已损坏，请重新导出")
    if document.get_formtype():
        _fill_in(document)
    pages, broken = _pages(document)
    scanned = [page.number for page in pages if is_scanned(page)]
    unread = _said("已损坏，没有读", broken)
    if scanned and ocr.available():
        for number in scanned:
            pages[number] = ocr.recognised(document, number)
        told = [number for number in scanned if pages[number].glyphs]
        unread += _said(f"是扫描件，{ocr.DOUBT}", told)
        unread += _said("是扫描件，没有认出文字", [number for number in scanned if number not in told])
    else:
        unread += _said(f"是扫描件，没有读到文字；{ocr.MISSING}", scanned)
    parts = parts_of(pages)
    if not parts and not unread:
        unread.append("没有读到文字，可能是空白文件，请核对后重新导出")
    form = "ocr" if scanned and len(scanned) + len(broken) == count else "pdf"
    return PdfContent(parts, [page.frame for page in pages], form, tuple(unread))


def _fill_in(document: pypdfium2.PdfDocument) -> None:
    """Makes what was filled into a form's fields part of the pages: it is printed, and stands in no page's text."""
    for number in range(len(document)):
        with suppress(pypdfium2.PdfiumError):
            page = document[number]
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[Page], list[int]]:
    """All pages, those that cannot be loaded empty, and the numbers of these."""
    pages: list[Page] = []
    broken: list[int] = []
    for number in range(len(document)):
        try:
            pages.append(read_page(document, number))
        except pypdfium2.PdfiumError:
            broken.append(number)
            pages.append(Page(number, Frame(0, 0, 595, 842), [], [], []))
    if len(broken) == len(pages):
        raise HengjiError("PDF的页面都已损坏，请重新导出或另存一次")
    return pages, broken


def is_scanned(page: Page) -> bool:
    """Whether a page is a picture of text, or its text layer says nothing that can be read."""
    if page.picture >= _PICTURE and len(page.glyphs) < _FEW:
        return True
    unknown = sum(1 for glyph in page.glyphs if glyph.text == "\ufffd" or "\ue000" <= glyph.text <= "\uf8ff")
    return len(page.glyphs) >= _FEW and unknown > _UNKNOWN * len(page.glyphs)


def _said(what: str, numbers: list[int]) -> list[str]:
    return [f"第{'、'.join(_ranges(numbers))}页{what}"] if numbers else []


def _ranges(numbers: list[int]) -> list[str]:
    """Page numbers for people, those in a row as 「3—7」."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1}—{run[-1] + 1}" for run in runs]
