"""Copies of the original with findings in them: anchored at the words, and otherwise what they were."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from pypdfium2 import raw

from hengji.model.document import Document
from hengji.model.finding import Finding, Severity
from hengji.model.problem import HengjiError
from hengji.reading import read_document
from hengji.writing.annotated_docx import annotated_docx
from hengji.writing.annotated_pdf import annotated_pdf
from tests.conftest import RequireProgram
from tests.writing.corpus import audited, documents

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX = documents("docx")


def _anchored(data: bytes) -> dict[str, str]:
    """The words inside each comment's range, by its id."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    open_now: set[str] = set()
    words: dict[str, str] = {}
    for element in root.iter():
        if element.tag == f"{_W}commentRangeStart":
            open_now.add(element.get(f"{_W}id"))
        elif element.tag == f"{_W}commentRangeEnd":
            open_now.discard(element.get(f"{_W}id"))
        elif element.tag == f"{_W}t":
            for number in open_now:
                words[number] = words.get(number, "") + (element.text or "")
    return words


def _boxed(data: bytes) -> set[str]:
    """The words of each text box."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return {_plain("".join(t.text or "" for t in box.iter(f"{_W}t"))) for box in root.iter(f"{_W}txbxContent")} - {""}


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("path", _DOCX, ids=lambda path: path.stem)
def test_comments_stand_at_the_words_and_the_text_stays(path: Path, tmp_path: Path) -> None:
    document, findings = audited(path)
    data = annotated_docx(path.read_bytes(), document, findings)
    words = _anchored(data)
    boxed = _boxed(data)
    for number, finding in enumerate(findings):
        if _plain(words.get(str(number), "")) in boxed:
            assert _plain(finding.quote) in _plain(words[str(number)])  # Word takes no comment inside a text box
        elif finding.quote:
            # Automatic numbers stand in the text that was read and not in the file.
            assert _plain(finding.quote).endswith(_plain(words[str(number)]))
            assert len(_plain(finding.quote)) - len(_plain(words[str(number)])) <= len("（三十）")
    copy = tmp_path / "copy.docx"
    copy.write_bytes(data)
    assert read_document(copy).text == document.text
    docx.Document(str(copy))


def _report(tmp_path: Path) -> Path:
    book = docx.Document()
    paragraph = book.add_paragraph("执行率为")
    bold = paragraph.add_run("96.")
    bold.bold = True
    paragraph.add_run("00%，支出470.00万元。").italic = True
    table = book.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "得分"
    table.cell(0, 1).text = "9.5"
    path = tmp_path / "报告.docx"
    book.save(str(path))
    return path


def _finding(document: Document, words: str, message: str = "不符") -> Finding:
    start = document.text.index(words)
    return Finding(
        code="R11", severity=Severity.WARNING, message=message, quote=words, start=start, end=start + len(words)
    )


def test_formatting_is_untouched_and_overlaps_stand(tmp_path: Path) -> None:
    path = _report(tmp_path)
    document = read_document(path)
    findings = [_finding(document, words) for words in ("率为96.00%", "96.00%，支出", "9.5", "支出")]
    data = annotated_docx(path.read_bytes(), document, findings)
    assert [_anchored(data)[str(n)] for n in range(4)] == ["率为96.00%", "96.00%，支出", "9.5", "支出"]
    copy = docx.Document(io.BytesIO(data))
    marked = [(run.text, bool(run.bold), bool(run.italic)) for run in copy.paragraphs[0].runs if run.text]
    before = [(run.text, bool(run.bold), bool(run.italic)) for run in docx.Document(str(path)).paragraphs[0].runs]
    joined = [
        "".join(t for t, b, i in marked if (b, i) == kind) for kind in ((False, False), (True, False), (False, True))
    ]
    assert joined == [text for text, _, _ in before]


def test_what_is_absent_is_told_at_the_nearest_paragraph_and_hostile_words_stay_words(tmp_path: Path) -> None:
    path = _report(tmp_path)
    document = read_document(path)
    absent = Finding(code="R30", severity=Severity.INFO, message="缺<w:p/>&\x0b一章", start=0, end=0)
    data = annotated_docx(path.read_bytes(), document, [absent] * 300)
    comments = zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == 300
    assert "缺&lt;w:p/&gt;&amp;一章" in comments


def test_a_second_round_keeps_the_first_comments(tmp_path: Path) -> None:
    path = _report(tmp_path)
    document = read_document(path)
    once = annotated_docx(path.read_bytes(), document, [_finding(document, "470.00万元", "第一次")])
    twice = annotated_docx(once, document, [_finding(document, "得分", "第二次")])
    comments = zipfile.ZipFile(io.BytesIO(twice)).read("word/comments.xml").decode()
    assert "第一次" in comments
    assert "第二次" in comments
    assert set(_anchored(twice).values()) == {"470.00万元", "得分"}


def test_libreoffice_opens_the_copy(tmp_path: Path, require_program: RequireProgram) -> None:
    program = str(require_program("soffice"))
    path = _report(tmp_path)
    document = read_document(path)
    (tmp_path / "批注.docx").write_bytes(annotated_docx(path.read_bytes(), document, [_finding(document, "96.00%")]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "批注.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "批注.pdf").stat().st_size > 1000


def test_highlights_lie_on_the_words_of_a_pdf() -> None:
    path = documents("pdf")[0]
    document, findings = audited(path)
    findings = findings or (_finding(document, document.text[4:9]),)
    pdf = pypdfium2.PdfDocument(annotated_pdf(path.read_bytes(), document, findings))
    found: list[str] = []
    for page in pdf:
        text = page.get_textpage()
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, box)
            found.append(
                _plain(text.get_text_bounded(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)))
            )
    quoted = [_plain(finding.quote) for finding in findings if finding.quote]
    assert len(found) >= len(quoted) > 0
    assert all(any(quote[:4] in words for words in found) for quote in quoted)


def test_damaged_files_are_one_sentence(tmp_path: Path) -> None:
    path = _report(tmp_path)
    document = read_document(path)
    with pytest.raises(HengjiError):
        annotated_docx(b"PK\x03\x04broken", document, [])
    with pytest.raises(HengjiError):
        annotated_pdf(b"%PDF-1.4 broken", document, [_finding(document, "得分")])
