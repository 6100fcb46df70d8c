"""The Word report: page, styles, headings, tables, pictures, and nothing that the machine or the text could change."""

import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm

from hengji.model.filing import Filing
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.writing import write_report_docx
from hengji.writing.blocks import Chart, Heading, Paragraph, Report, Table, text_of
from hengji.writing.docx_styles import FANG, HEI, KAI, LATIN, SONG, TITLE_FONT
from tests.conftest import RequireProgram

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def path(
    tmp_path_factory: pytest.TempPathFactory, filing: Filing, system: IndicatorSystem, scorecard: Scorecard
) -> Path:
    path = tmp_path_factory.mktemp("docx") / "自评报告.docx"
    write_report_docx(filing, system, scorecard, path)
    return path


@pytest.fixture(scope="module")
def document(path: Path) -> WordDocument:
    return Document(str(path))


def part(path: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


def words(path: Path) -> str:
    return "".join(node.text or "" for node in part(path, "word/document.xml").iter(f"{W}t"))


def test_the_page_is_that_of_an_official_document(document: WordDocument) -> None:
    (section,) = document.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for found, wanted in zip(
        (section.page_width, section.page_height, *margins), (210, 297, 37, 35, 28, 26), strict=True
    ):
        assert found is not None
        assert abs(found - Mm(wanted)) < Mm(0.1)


@pytest.mark.parametrize(
    ("style_id", "font", "size", "line"),
    [
        ("Title", TITLE_FONT, "44", "720"),
        ("Heading1", HEI, "32", "579"),
        ("Heading2", KAI, "32", "579"),
        ("Heading3", FANG, "32", "579"),
        ("Heading4", FANG, "32", "579"),
        ("BodyText", FANG, "32", "579"),
        ("HengjiMark", HEI, "32", "579"),
        ("HengjiCell", SONG, "24", "360"),
    ],
)
def test_styles_name_their_fonts(path: Path, style_id: str, font: str, size: str, line: str) -> None:
    (style,) = [s for s in part(path, "word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == style_id]
    (fonts,) = style.iter(f"{W}rFonts")
    assert fonts.attrib == {f"{W}ascii": LATIN, f"{W}hAnsi": LATIN, f"{W}cs": LATIN, f"{W}eastAsia": font}
    assert [node.get(f"{W}val") for node in style.iter(f"{W}sz")] == [size]
    assert [node.get(f"{W}val") for node in style.iter(f"{W}color")] == ["auto"]
    (spacing,) = style.iter(f"{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == (line, "exact")


def test_headings_keep_with_what_follows_and_fill_the_navigation_pane(path: Path, report: Report) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(path, "word/styles.xml").iter(f"{W}style")}
    for level in range(1, 6):
        style = styles[f"Heading{level}"]
        assert [node.get(f"{W}val") for node in style.iter(f"{W}outlineLvl")] == [str(level - 1)]
        assert list(style.iter(f"{W}keepNext"))
    found = [
        (p.style.style_id, p.text)
        for p in Document(str(path)).paragraphs
        if p.style is not None and p.style.style_id.startswith("Heading")
    ]
    assert found == [(f"Heading{b.level}", b.number + b.text) for b in report.blocks if isinstance(b, Heading)]


def test_the_body_is_indented_by_two_characters(path: Path) -> None:
    (style,) = [s for s in part(path, "word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == "BodyText"]
    assert [node.get(f"{W}firstLineChars") for node in style.iter(f"{W}ind")] == ["200"]


def test_every_paragraph_and_cell_is_there_in_order(path: Path, report: Report) -> None:
    said = words(path)
    place = 0
    for block in report.blocks:
        pieces = [text_of(block.runs)] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            pieces = [
                *(column.head for column in block.columns),
                *(text_of(cell) for row in block.rows for cell in row),
            ]
        for piece in pieces:
            found = said.find(piece, place)
            assert found >= 0, piece
            place = found + len(piece)


def test_tables_repeat_their_head_and_keep_rows_whole(path: Path, report: Report) -> None:
    tables = list(part(path, "word/document.xml").iter(f"{W}tbl"))
    assert len(tables) == len([b for b in report.blocks if isinstance(b, Table)])
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert [len(list(row.iter(f"{W}tblHeader"))) for row in rows] == [1] + [0] * (len(rows) - 1)
        assert all(list(row.iter(f"{W}cantSplit")) for row in rows)


def test_page_numbers_stand_outside_and_not_on_the_cover(document: WordDocument) -> None:
    (section,) = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    assert section.different_first_page_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        xml = footer.paragraphs[0]._p.xml
        assert f'<w:jc w:val="{side}"/>' in xml
        assert f'w:{side}Chars="100"' in xml
        assert "PAGE" in xml
        assert footer.paragraphs[0].text.replace("1", "") == "——"
    assert section.first_page_footer.paragraphs[0].text == ""


def test_marks_are_highlighted(path: Path) -> None:
    runs = list(part(path, "word/document.xml").iter(f"{W}r"))
    marked = [r for r in runs if list(r.iter(f"{W}highlight"))]
    assert marked
    for run in runs:
        said = "".join(t.text or "" for t in run.iter(f"{W}t"))
        assert ("【待填写" in said or said == "未填") == (run in marked), said


def test_charts_are_pictures_with_words_for_them(path: Path, report: Report) -> None:
    charts = [b for b in report.blocks if isinstance(b, Chart)]
    with zipfile.ZipFile(path) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert all(archive.read(name).startswith(b"\x89PNG") for name in pictures)
    assert len(pictures) == len(charts)
    drawn = part(path, "word/document.xml").iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    assert [node.get("descr") for node in drawn] == [chart.spoken for chart in charts]


def test_properties_are_the_departments(document: WordDocument, filing: Filing) -> None:
    core = document.core_properties
    assert core.title == "云溪县粮食和物资储备局2023年度部门整体支出绩效自评报告"
    assert (core.author, core.language) == (filing.department, "zh-CN")
    assert core.created is not None
    assert core.created.date().isoformat() == "2024-06-03"
    assert core.comments == ""


def test_the_same_filing_gives_the_same_bytes(
    path: Path, filing: Filing, system: IndicatorSystem, scorecard: Scorecard, tmp_path: Path
) -> None:
    write_report_docx(filing, system, scorecard, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()


def test_markup_in_the_text_stays_text(hostile: Filing, system: IndicatorSystem, tmp_path: Path) -> None:
    write_report_docx(hostile, system, score(system, hostile), tmp_path / "x.docx")
    said = words(tmp_path / "x.docx")
    assert "<script>alert(1)</script> & <w:p/> =1+1 \\ // 注 @ref `c` {年度}" in said
    assert "=HYPERLINK" in said


def test_nothing_is_written_when_the_text_is_wrong(
    filing: Filing, system: IndicatorSystem, scorecard: Scorecard, tmp_path: Path
) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")
    with pytest.raises(HengjiError):
        write_report_docx(replace(filing, narrative={"主要职责": ("{没有}",)}), system, scorecard, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_libreoffice_shows_every_heading_and_paragraph(
    path: Path, report: Report, require_program: RequireProgram, tmp_path: Path
) -> None:
    office = require_program("soffice")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [str(office), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = pypdfium2.PdfDocument(tmp_path / "自评报告.pdf")
    lines = re.sub(r"—\d+—", "", "\n".join(page.get_textpage().get_text_range() for page in pages))
    said = re.sub(r"\s|—\d+—", "", "".join(page.get_textpage().get_text_range() for page in pages))
    assert len(pages) > 5
    for block in report.blocks:
        if isinstance(block, Heading):
            assert re.sub(r"\s", "", block.number + block.text) in said
        elif isinstance(block, Paragraph):
            text = re.sub(r"\s", "", text_of(block.runs))
            assert text in said
            shown = re.search(r"\s*".join(map(re.escape, text)), lines)
            assert shown is not None
            assert not re.search(r"\d\s*\n\s*[\d.%]", shown[0]), "a number broken across lines"
