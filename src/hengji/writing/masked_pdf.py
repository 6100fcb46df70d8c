"""A PDF with persons covered: pages that tell any become pictures with bars over the words, so that nothing is left under them."""

import io
from collections.abc import Callable, Iterable, Sequence

import pypdfium2
from pypdfium2 import raw

from hengji.model.problem import HengjiError
from hengji.reading.flow import boxes_of, document_of, glyphs_of
from hengji.reading.glyphs import Glyph, text_of
from hengji.reading.pages import read_page
from hengji.reading.pdf import pdf_content

Cover = Callable[[str], str]
_Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

_DOTS = 200 / 72  # per point
_LONGEST = 4_000  # dots of a page's longer side
_MARGIN = 1.0  # points that a bar reaches beyond the characters
_BLACK = (0, 0, 0, 255)


def masked_pdf(name: str, data: bytes, cover: Cover) -> tuple[bytes, tuple[int, ...]]:
    """The file with what ``cover`` covers blackened, and the pages (from 1) that became pictures for it.

    Remarks, links, properties and attachments are left out of the copy. Raises HengjiError for a file that is damaged.
    """
    boxes: dict[int, list[_Box]] = {}
    for page, found in _read(name, data, cover):
        boxes.setdefault(page, []).extend(found)
    try:
        pdf = pypdfium2.PdfDocument(_flattened(data))
        try:
            for page, found in _drawn(pdf, cover):
                boxes.setdefault(page, []).extend(found)
            return _copied(pdf, boxes), tuple(sorted(page + 1 for page in boxes))
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise HengjiError(f"{name} 不能遮盖，请重新导出PDF，或改用 --format html") from error


def _read(name: str, data: bytes, cover: Cover) -> Iterable[tuple[int, list[_Box]]]:
    """What is to be covered of the text as it was read, recognised pages included."""
    content = pdf_content(name, data)
    document = document_of(name, content.form, content.parts, len(content.frames))
    glyphs = glyphs_of(document, content.parts)
    return boxes_of(_hidden(glyphs, document.text, cover), content.frames)


def _drawn(pdf: pypdfium2.PdfDocument, cover: Cover) -> Iterable[tuple[int, list[_Box]]]:
    """The same page by page as it is drawn: headers and footers are no part of the text that is read."""
    for number in range(len(pdf)):
        page = read_page(pdf, number)
        for _, boxes in boxes_of(_hidden(page.glyphs, text_of(page.glyphs), cover), {number: page.frame}):
            yield number, boxes


def _hidden(glyphs: Sequence[Glyph | None], text: str, cover: Cover) -> list[Glyph | None]:
    shown = cover(text)
    return [glyph for glyph, old, new in zip(glyphs, text, shown, strict=True) if old != new]


def _flattened(data: bytes) -> bytes:
    """The file with filled fields and stamps made part of its pages, and without remarks and links."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(pdf)):
            page = pdf[number]
            if raw.FPDFPage_GetAnnotCount(page.raw):
                raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
                while raw.FPDFPage_GetAnnotCount(page.raw) > 0 and raw.FPDFPage_RemoveAnnot(page.raw, 0):
                    pass
            page.close()
        return _saved(pdf)
    finally:
        pdf.close()


def _copied(pdf: pypdfium2.PdfDocument, boxes: dict[int, list[_Box]]) -> bytes:
    """A new file of the pages, those with bars as pictures: nothing of the old file but its pages comes along."""
    made = pypdfium2.PdfDocument.new()
    try:
        for number in range(len(pdf)):
            if number in boxes:
                _put_picture(made, pdf, number, boxes[number])
            else:
                made.import_pages(pdf, [number])
        return _saved(made)
    finally:
        made.close()


def _put_picture(made: pypdfium2.PdfDocument, pdf: pypdfium2.PdfDocument, number: int, boxes: Iterable[_Box]) -> None:
    page = pdf[number]
    left, bottom, right, top = page.get_cropbox()
    wide, high, turned = right - left, top - bottom, page.get_rotation()
    scale = min(_DOTS, _LONGEST / max(wide, high, 1.0))
    bitmap = page.render(scale=scale, rotation=-turned % 360)
    for x0, y0, x1, y1 in boxes:
        x, y = max(0.0, x0 - left - _MARGIN), max(0.0, top - y1 - _MARGIN)
        width, height = x1 - x0 + 2 * _MARGIN, y1 - y0 + 2 * _MARGIN
        bitmap.fill_rect(_BLACK, int(x * scale), int(y * scale), int(width * scale) + 1, int(height * scale) + 1)
    picture = pypdfium2.PdfImage.new(made)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(wide, high).translate(left, bottom))
    new = made.new_page(wide, high)
    new.set_mediabox(*page.get_mediabox())
    new.set_cropbox(left, bottom, right, top)
    new.set_rotation(turned)
    new.insert_obj(picture)
    new.gen_content()
    new.close()
    page.close()


def _saved(pdf: pypdfium2.PdfDocument) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()
