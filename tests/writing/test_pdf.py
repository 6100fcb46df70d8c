"""The PDF report: PDF/A with the project's own fonts, the same words as the blocks, the same bytes every time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.writing import write_report_pdf
from hengji.writing.blocks import Heading, Paragraph, Report, Table, text_of


@pytest.fixture(scope="module")
def path(
    tmp_path_factory: pytest.TempPathFactory, filing: Filing, system: IndicatorSystem, scorecard: Scorecard
) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "自评报告.pdf"
    write_report_pdf(filing, system, scorecard, path)
    return path


@pytest.fixture(scope="module")
def document(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(path)
    yield document
    document.close()


def bare(text: str) -> str:
    """The text without the blanks and line breaks that setting adds."""
    return re.sub(r"[\s\u00ad\ufffe]", "", text)


def words(document: pypdfium2.PdfDocument) -> str:
    return bare("".join(page.get_textpage().get_text_range() for page in document))


def test_it_says_it_is_pdf_a_2b(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in data


def test_title_author_and_date_are_the_departments(document: pypdfium2.PdfDocument, report: Report) -> None:
    facts = document.get_metadata_dict()
    assert (facts["Title"], facts["Author"]) == (report.title, report.author)
    assert facts["CreationDate"].startswith("D:20240603")


def test_pages_are_a4(document: pypdfium2.PdfDocument) -> None:
    assert len(document) > 5
    assert {(round(page.get_width()), round(page.get_height())) for page in document} == {(595, 842)}


def test_headings_are_bookmarks(document: pypdfium2.PdfDocument, report: Report) -> None:
    found = [(mark.level + 1, bare(mark.get_title())) for mark in document.get_toc()]
    assert found == [(b.level, bare(b.number + b.text)) for b in report.blocks if isinstance(b, Heading)]


def test_every_paragraph_and_cell_is_printed(document: pypdfium2.PdfDocument, report: Report) -> None:
    # A paragraph may run over a page's foot: its number is taken out.
    said = re.sub(r"—\d+—", "", words(document))
    for block in report.blocks:
        pieces = [text_of(block.runs)] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            pieces = [text_of(cell) for row in block.rows for cell in row]
        for piece in pieces:
            assert bare(piece) in said, piece


def test_page_numbers_stand_outside(document: pypdfium2.PdfDocument) -> None:
    """Right on odd pages, left on even ones, none on the cover."""
    assert "—1—" not in bare(document[0].get_textpage().get_text_range())
    for number in range(2, len(document) + 1):
        page = document[number - 1].get_textpage()
        at = page.search(f"{number}—").get_next()
        assert at is not None, number
        left, _, _, _ = page.get_charbox(at[0])
        assert (left > 297) == (number % 2 == 1)


def test_fonts_are_embedded_and_ours(path: Path) -> None:
    names = set(
        re.findall(rb"/BaseFont/(?:[A-Z]{6}\+)?([A-Za-z]+)", path.read_bytes().replace(b"/BaseFont /", b"/BaseFont/"))
    )
    assert names
    assert names <= {b"NotoSerifSC", b"NotoSansSC"}


def test_the_same_filing_gives_the_same_bytes(
    path: Path, filing: Filing, system: IndicatorSystem, scorecard: Scorecard, tmp_path: Path
) -> None:
    write_report_pdf(filing, system, scorecard, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == path.read_bytes()


def test_markup_in_the_text_stays_text(hostile: Filing, system: IndicatorSystem, tmp_path: Path) -> None:
    write_report_pdf(hostile, system, score(system, hostile), tmp_path / "x.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "x.pdf")
    said = words(document)
    assert bare('#set page("a0") $x$ *粗* <script>alert(1)</script> & <w:p/> =1+1') in said
    assert bare('#eval("1")') in said
    assert {round(page.get_width()) for page in document} == {595}


def test_a_character_that_no_font_has_prints_as_the_printers_mark(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, tmp_path: Path
) -> None:
    odd = replace(filing, narrative={"主要职责": ("职责😀和한",)})
    write_report_pdf(odd, system, scorecard, tmp_path / "x.pdf")
    assert "职责〓和〓" in words(pypdfium2.PdfDocument(tmp_path / "x.pdf"))
