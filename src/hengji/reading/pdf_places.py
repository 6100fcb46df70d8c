"""Where characters of a PDF's text stand on its pages, for marking them: found by reading the file again."""

from collections.abc import Sequence
from pathlib import Path

from hengji.reading.flow import Places, boxes_of, document_of, glyphs_of
from hengji.reading.limits import read_bytes
from hengji.reading.pdf import pdf_content


def pdf_places(source: Path | bytes, spans: Sequence[tuple[int, int]]) -> list[Places]:
    """For every span (start and end in ``Document.text``) the pages, counted from 0, and the boxes it covers there.

    A box is left, bottom, right and top in PDF points, as annotations want them. A span of spaces only has none. Raises
    HengjiError as reading does.
    """
    name, data = ("PDF", source) if isinstance(source, bytes) else (source.name, read_bytes(source))
    content = pdf_content(name, data)
    document = document_of(name, content.form, content.parts, len(content.frames))
    glyphs = glyphs_of(document, content.parts)
    return [boxes_of(glyphs[start:end], content.frames) for start, end in spans]
