"""PDFs with findings as highlights: on the words, the file's own bytes before them. Every text is invented."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject

from hengji.model.document import Document
from hengji.model.finding import Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading.pdf import read_pdf
from hengji.writing.annotated_pdf import annotated_pdf
from tests.reading.making import pdf_by_hand, pdf_of
from tests.writing.corpus import audited, documents

_PDF = documents("pdf")
_REPORT = """执行率为96.00%，支出470.00万元，结余30.00万元。

#table(columns: 2, [指标], [得分], [产出], [9.5])
#pagebreak()
第二页的满意度为88%。"""
_LINE = "BT /F1 12 Tf 72 700 Td (Spent 470 of 500) Tj ET"


@dataclass
class _Mark:
    """An annotation: its page, kind, colour and text, and the words under its quads."""

    page: int
    kind: str
    colour: tuple[float, ...]
    text: str
    words: str
    rect: tuple[float, ...]


def _marks(data: bytes) -> list[_Mark]:
    found = []
    pdfium = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages):
        text = pdfium[number].get_textpage()
        for each in page.annotations or ():
            made = each.get_object()
            quads = [float(value) for value in made.get("/QuadPoints", ())]
            boxes = [(quads[n], quads[n + 5], quads[n + 2], quads[n + 1]) for n in range(0, len(quads), 8)]
            # A little in, lest the neighbours' edges count: a digit behind a full stop is drawn into its box.
            words = "".join(text.get_text_bounded(x0 + 0.3, y0, x1 - (y1 - y0) / 5, y1) for x0, y0, x1, y1 in boxes)
            colour = tuple(float(value) for value in made["/C"])
            rect = tuple(float(value) for value in made["/Rect"])
            found.append(_Mark(number, str(made["/Subtype"]), colour, str(made.get("/Contents", "")), words, rect))
    return found


def _finding(document: Document, words: str, severity: Severity = Severity.WARNING, message: str = "不符") -> Finding:
    start = document.text.index(words)
    return Finding(code="R11", severity=severity, message=message, quote=words, start=start, end=start + len(words))


def _plain(text: str) -> str:
    # Quotation marks at a line's edge are told in another order by pdfium.
    return re.sub(r"[\s“”]", "", text)


@pytest.mark.parametrize("path", _PDF, ids=lambda path: path.stem)
def test_highlights_lie_on_the_words_of_a_report(path: Path) -> None:
    document, findings = audited(path)
    data = annotated_pdf(path.read_bytes(), document, findings)
    assert data.startswith(path.read_bytes())
    marks = [mark for mark in _marks(data) if mark.text]
    quoted = [_plain(finding.quote) for finding in findings if finding.quote]
    # Words that go on over the page are two highlights with one text.
    assert len(marks) >= len(findings)
    words = [_plain(mark.words) for mark in marks if mark.kind == "/Highlight"]
    assert read_pdf(path.name, data).text == document.text
    if not any(page.extract_text().strip() for page in pypdf.PdfReader(path).pages):
        return  # a scan has no words under its highlights
    assert sum(any(word and word in quote for quote in quoted) for word in words) == len(words) >= len(quoted)
    assert all(any(quote in word or word in quote for word in words) for quote in quoted)


def test_colours_texts_and_overlaps() -> None:
    made = pdf_of(_REPORT)
    document = read_pdf("a.pdf", made)
    quotes = ("率为96.00%", "96.00%，支出470", "9.5", "88%")
    findings = [_finding(document, words, severity) for words, severity in zip(quotes, Severity, strict=True)]
    data = annotated_pdf(made, document, findings)
    marks = _marks(data)
    assert [_plain(mark.words) for mark in marks] == list(quotes)
    assert [mark.page for mark in marks] == [0, 0, 0, 1]
    red, orange, blue, grey = (mark.colour for mark in marks)
    assert red[0] > 0.9 > red[1] > red[2]
    assert orange[0] == 1 > orange[1] > orange[2]
    assert blue[2] > 0.9 > blue[1] > blue[0]
    assert len(set(grey)) == 1
    assert marks[0].text == "R11 错误 百分比与分子分母不符\n不符"
    assert annotated_pdf(made, document, findings) == data


def test_a_highlight_is_drawn_over_the_words_and_leaves_them_readable() -> None:
    made = pdf_of(_REPORT)
    document = read_pdf("a.pdf", made)
    data = annotated_pdf(made, document, [_finding(document, "470.00", Severity.ERROR)])
    left, bottom, right, top = _marks(data)[0].rect
    page = pypdfium2.PdfDocument(data)[0]
    picture = page.render(scale=2).to_pil().convert("RGB")
    cut = picture.crop(tuple(round(2 * x) for x in (left, page.get_height() - top, right, page.get_height() - bottom)))
    colours = [colour for _, colour in cut.getcolors(100_000) or ()]
    assert max(cut.getcolors(100_000) or ())[1] == pytest.approx((245, 122, 112), abs=3)
    assert any(max(colour) < 60 for colour in colours)


def test_what_is_absent_is_a_note_at_its_line_and_words_over_pages_are_two_highlights() -> None:
    made = pdf_of("甲" * 20 + "\n\n乙段落\n#pagebreak()\n丙段落")
    document = read_pdf("a.pdf", made)
    start = document.text.index("乙段落")
    findings = [
        Finding(code="R30", severity=Severity.INFO, message="缺一章", start=start, end=start),
        Finding(code="R30", severity=Severity.INFO, message="缺"),
        Finding(code="R30", severity=Severity.INFO, message="缺", start=len(document.text) + 9),
        _finding(document, "段落\n丙"),
    ]
    data = annotated_pdf(made, document, findings)
    marks = _marks(data)
    assert [(mark.page, mark.kind, _plain(mark.words)) for mark in marks] == [
        (0, "/Text", ""),
        (0, "/Text", ""),
        (0, "/Text", ""),
        (0, "/Highlight", "段落"),
        (1, "/Highlight", "丙"),
    ]
    first, second = marks[0].rect, marks[3].rect
    assert first[3] == pytest.approx(second[3], abs=4)
    assert first[2] < second[0]
    assert marks[2].rect[0] < 40


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_and_cut_pages(turned: int) -> None:
    made = pdf_by_hand(_LINE, box="10 20 605 862", extra=f"/Rotate {turned} /CropBox [30 40 580 800]")
    document = read_pdf("a.pdf", made)
    words = "470" if "470" in document.text else document.text[:3]
    assert _plain(_marks(annotated_pdf(made, document, [_finding(document, words)]))[0].words) == words


def test_annotations_that_are_there_stay() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_by_hand(_LINE, _LINE)))
    quad = ArrayObject([FloatObject(value) for value in (72, 712, 100, 712, 72, 700, 100, 700)])
    theirs = Highlight(rect=(72, 700, 100, 712), quad_points=quad)
    writer.add_annotation(0, theirs)
    stream = io.BytesIO()
    writer.write(stream)
    made = stream.getvalue()
    document = read_pdf("a.pdf", made)
    once = annotated_pdf(made, document, [_finding(document, "470")])
    twice = annotated_pdf(once, document, [_finding(document, "500")])
    assert twice.startswith(once)
    assert [mark.words.strip() for mark in _marks(twice)][1:] == ["470", "500"]
    assert annotated_pdf(made, document, []) == made


def test_hostile_words_stay_words() -> None:
    made = pdf_by_hand(_LINE)
    document = read_pdf("a.pdf", made)
    hostile = "(\\) >> endobj <</JS 1>> \x00\x0b\ud800𠮷\r\n甲"
    data = annotated_pdf(made, document, [_finding(document, "470", message=hostile)])
    assert _marks(data)[0].text.split("\n")[1:] == ["(\\) >> endobj <</JS 1>> 𠮷", "甲"]


def test_three_hundred_findings() -> None:
    made = pdf_of("\n\n".join(f"第{number}项支出{number * 3}.50万元，执行率九成。" for number in range(100)))
    document = read_pdf("a.pdf", made)
    size = len(document.text) - 20
    spans = [(n * 7919 % size, n * 7919 % size + 2 + n % 12) for n in range(300)]
    findings = [
        Finding(code="R11", severity=Severity.INFO, message=str(n), quote=document.text[a:b], start=a, end=b)
        for n, (a, b) in enumerate(spans)
    ]
    data = annotated_pdf(made, document, findings)
    assert data.startswith(made)
    words: dict[str, str] = {}
    for mark in _marks(data):
        number = mark.text.split("\n")[1]
        words[number] = words.get(number, "") + mark.words
    assert [_plain(words[str(n)]) for n in range(300)] == [_plain(finding.quote) for finding in findings]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-14],
        lambda data: data.replace(b"xref\n0 8", b"xref\n0 80"),
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
        lambda data: b"junk\n" * 20 + data,
        lambda data: data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%more\n"),
    ],
)
def test_files_that_can_still_be_read_are_annotated(damage: Callable[[bytes], bytes]) -> None:
    made = damage(pdf_by_hand(_LINE, _LINE))
    document = read_pdf("a.pdf", made)
    data = annotated_pdf(made, document, [_finding(document, "470")])
    assert [mark.words.strip() for mark in _marks(data)] == ["470"]
    assert read_pdf("a.pdf", data).text == document.text


@pytest.mark.parametrize(("password", "said"), [("", "限制了编辑"), ("开", "设了打开密码")])
def test_encrypted_files_are_one_sentence(password: str, said: str) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_by_hand(_LINE)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(HengjiError, match=said) as raised:
        annotated_pdf(stream.getvalue(), Document("报告.pdf", "pdf", "", ()), [])
    assert str(raised.value).startswith("报告.pdf")


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.4 broken", b"PK\x03\x04"])
def test_damaged_files_are_one_sentence(broken: bytes) -> None:
    with pytest.raises(HengjiError, match=r"报告\.pdf 已损坏"):
        annotated_pdf(broken, Document("报告.pdf", "pdf", "", ()), [])
