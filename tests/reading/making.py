"""PDFs made for tests, with the fonts that ship with the project."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

HEAD = """#set page("a4", margin: (x: 28mm, y: 32mm))
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
"""


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def pdf_of(source: str) -> bytes:
    """A PDF from typst source below the usual head."""
    made: object = typst.compile(input=(HEAD + source).encode(), font_paths=_fonts())
    assert isinstance(made, bytes)
    return made


def pdf_by_hand(*contents: str, box: str = "0 0 595 842", extra: str = "") -> bytes:
    """A PDF of pages with these content streams, Helvetica as /F1."""
    parts = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for content in contents:
        stream = content.encode("latin-1")
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {len(parts)} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {extra} >>"
        )
        parts.append(page.encode())
        kids.append(f"{len(parts)} 0 R")
    parts[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(made)
