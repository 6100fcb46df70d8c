"""Copies with persons covered: nothing of a name or number is left anywhere in the file. Every person is invented."""

import io
import re
import struct
import zipfile
import zlib

import docx
import pypdfium2
import pytest

from hengji.auditing import audit_document
from hengji.auditing.masking import Persons, masked_audit, persons_of
from hengji.extracting import extract
from hengji.reading.docx import read_docx
from hengji.reading.pdf import read_pdf
from hengji.reading.text import read_text
from hengji.writing.annotated_docx import annotated_docx
from hengji.writing.annotated_pdf import annotated_pdf
from hengji.writing.masked_docx import masked_docx
from hengji.writing.masked_pdf import masked_pdf
from hengji.writing.typesetting import covered_png
from tests.reading.making import pdf_of

_TOLD = ("钱明远", "周立", "周 立", "明远", "13900001234", "7654321", "qmy@example.com")
_PERSONS = Persons(frozenset({"钱明远", "周立"}), frozenset({"13900001234", "0555-7654321"}))


def _png(side: int) -> bytes:
    """A white square as PNG."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\0" + b"\xff" * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


_PICTURE = _png(40)


def _word() -> bytes:
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = "钱明远"
    made.sections[0].header.paragraphs[0].text = "填报人：钱明远 13900001234"
    table = made.add_table(rows=2, cols=4)
    rows = (("单位负责人", "周 立", "联系电话", "0555-7654321"), ("填报人", "钱明远", "邮箱", "qmy@example.com"))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    paragraph = made.add_paragraph("由局长")
    paragraph.add_run("周").bold = True
    paragraph.add_run("立").italic = True
    paragraph.add_run("任组长，全年支出860.40万元 & 其他。")
    made.add_comment(paragraph.runs[0], text="请钱明远核对", author="周立", initials="周")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _everything(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _tags(data: bytes) -> list[str]:
    """The tags of the text's part, those who wrote it left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return re.findall(r"<[^>]*>", archive.read("word/document.xml").decode())


def test_a_word_file_tells_no_person_in_any_part_and_keeps_its_form() -> None:
    data = _word()
    persons = persons_of(extract(read_docx("a.docx", data)))
    masked, pictured = masked_docx("a.docx", data, persons.cover)
    told = _everything(masked)
    assert [each for each in _TOLD if each in told] == []
    assert not pictured
    assert "thumbnail" not in "".join(zipfile.ZipFile(io.BytesIO(masked)).namelist())  # of the first page: left out
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(masked))
    runs = [run for paragraph in after.paragraphs for run in paragraph.runs if run.text]
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("由局长", None, None), ("周", True, None), ("*", None, True), ("任组长，全年支出860.40万元 & 其他。", None, None),
    ]  # fmt: skip
    assert after.core_properties.author == after.core_properties.last_modified_by == ""
    assert _tags(data) == _tags(masked)
    assert [len(p.text) for p in before.paragraphs] == [len(p.text) for p in after.paragraphs]


def test_characters_written_as_entities_are_covered_too() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        main = '<w:document xmlns:w="w"><w:p><w:r><w:t>&#38065;明&#36828; &amp; <![CDATA[周立<]]></w:t></w:r></w:p></w:document>'
        archive.writestr("word/document.xml", main)
    masked, pictured = masked_docx("a.docx", stream.getvalue(), _PERSONS.cover)
    assert "<w:t>&#38065;** &amp; <![CDATA[周*<]]></w:t>" in _everything(masked)
    assert not pictured


@pytest.mark.parametrize(
    ("written", "target"), [("image1.png", "image1.png"), ("照片 1.jpeg", "%E7%85%A7%E7%89%87%201.jpeg")]
)
def test_pictures_become_grey_boxes_that_word_finds(written: str, target: str) -> None:
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph("全年支出860.40万元。")
    made.add_picture(io.BytesIO(_PICTURE))
    made.save(stream)
    moved = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(moved, "w") as new:
        for each in old.namelist():
            content = old.read(each).replace(b"media/image1.png", f"media/{target}".encode())
            if each == "[Content_Types].xml" and written.endswith("jpeg"):
                content = content.replace(
                    b'Extension="png" ContentType="image/png"', b'Extension="jpeg" ContentType="image/jpeg"'
                )
            new.writestr(each.replace("image1.png", written), content)
    masked, embedded = masked_docx("a.docx", moved.getvalue(), _PERSONS.cover)
    assert not embedded
    with zipfile.ZipFile(io.BytesIO(masked)) as archive:
        assert _PICTURE not in [archive.read(each) for each in archive.namelist()]
    document = docx.Document(io.BytesIO(masked))
    (shape,) = document.inline_shapes
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert (image.blob, image.content_type) == (covered_png(), "image/png")
    assert shape.width == made.inline_shapes[0].width


def test_a_file_in_a_file_is_told_of() -> None:
    stream = io.BytesIO(_word())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/embeddings/a.xlsx", b"PK")
    assert masked_docx("a.docx", stream.getvalue(), _PERSONS.cover)[1]


def test_findings_stand_at_their_words_in_the_masked_copy() -> None:
    data = _word()
    document = read_docx("a.docx", data)
    outcome = masked_audit(audit_document(document))
    persons = persons_of(extract(document))
    masked, _ = masked_docx("a.docx", data, persons.cover)
    assert read_docx("a.docx", masked).text == outcome.found.document.text
    told = _everything(annotated_docx(masked, outcome.found.document, outcome.findings))
    assert [each for each in _TOLD if each in told] == []


_PAGES = """#set page(header: [填报人：钱明远])
第一页没有别人，支出860.40万元。
#pagebreak()
#set page(header: none)
第二页的联系电话是13900001234，执行率为96.00%。
#pagebreak()
第三页什么人也没有，满意度88%。"""


def _texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_pages_of_a_pdf_that_tell_persons_become_pictures_with_bars() -> None:
    data = pdf_of(_PAGES)
    masked, pages = masked_pdf("a.pdf", data, _PERSONS.cover)
    assert pages == (1, 2)
    first, second, third = _texts(masked)
    assert (first, second) == ("", "")
    assert "第三页什么人也没有" in third
    assert "钱明远".encode("utf-16-be") not in masked
    old, new = (pypdfium2.PdfDocument(each)[1].render(scale=1).to_numpy()[:, :, 0] for each in (data, masked))
    assert abs(old.shape[0] - new.shape[0]) <= 1
    assert (new < 40).sum() > 2 * (old < 40).sum()  # the bars


def test_a_turned_page_is_covered_where_its_words_are() -> None:
    turned = pypdfium2.PdfDocument(pdf_of("执行率为96.00%，联系人钱明远。"))
    turned[0].set_rotation(90)
    stream = io.BytesIO()
    turned.save(stream)
    masked, pages = masked_pdf("a.pdf", stream.getvalue(), _PERSONS.cover)
    assert pages == (1,)
    old, new = pypdfium2.PdfDocument(stream.getvalue())[0], pypdfium2.PdfDocument(masked)[0]
    assert (old.get_size(), old.get_rotation()) == (new.get_size(), new.get_rotation())
    before, after = (page.render(scale=2).to_numpy()[:, :, 0] < 128 for page in (old, new))
    shared = (before & after).sum()
    assert shared > 0.7 * before.sum()  # what was dark is still dark: the words beside the bar stand where they stood


def test_marks_in_a_masked_pdf_stand_at_the_same_words() -> None:
    data = pdf_of(_PAGES)
    document = read_pdf("a.pdf", data)
    outcome = audit_document(document)
    plain = annotated_pdf(data, document, outcome.findings)
    masked = annotated_pdf(
        data, document, outcome.findings, lambda original: masked_pdf("a.pdf", original, _PERSONS.cover)[0]
    )
    places = [re.findall(rb"/QuadPoints\s*\[[^\]]*\]", each) for each in (plain, masked)]
    assert sorted(places[0]) == sorted(places[1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("单位负责人：周立", "单位负责人：周*"),
        ("填报人：张　三　　联系电话：１３９００００１２３４", "填报人：张　*　　联系电话：***********"),
        ("由局长王建国任组长，王建国同志牵头。", "由局长王**任组长，王**同志牵头。"),
        ("欧阳明月同志带队；欧阳明月负责。", "欧***同志带队；欧***负责。"),
        ("联系人：李四 0555-7654321，7654321", "联系人：李* ************，*******"),
        ("身份证号：110101199003071234", "身份证号：******************"),
        ("公开邮箱 a.b@example.com。", "公开邮箱 ***************。"),
    ],
)
def test_persons_are_told_by_label_office_and_form(text: str, shown: str) -> None:
    assert persons_of(extract(read_text("a.txt", text.encode()))).cover(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "成立由局长任组长、副局长任副组长的小组，主任包案，局长包案。",
        "局长办公会研究，书记高度重视，主任务已完成。",
        "单位负责人：各科室负责人；联系电话：见附件。",
        "负责人　职务　单位　安排",
        "预算12345678.90元，执行1234567.8元，共13900001234元。",
        "服务热线12345，文号〔2023〕15号，信用代码91440000123456789X。",
        "全体同志，有关同志，广大党员同志。",
    ],
)
def test_words_and_amounts_are_left_alone(text: str) -> None:
    assert persons_of(extract(read_text("a.txt", text.encode()))).cover(text) == text


def test_remarks_and_links_of_a_pdf_do_not_come_along() -> None:
    data = pdf_of('#link("mailto:qmy@example.com")[来信]，执行率为96.00%，支出470.00万元，结余40.00万元。')
    document = read_pdf("a.pdf", data)
    marked = annotated_pdf(data, document, audit_document(document).findings)
    masked, pages = masked_pdf("a.pdf", marked, _PERSONS.cover)
    assert pages == ()
    assert b"example.com" not in masked
    assert b"/Annots" not in masked
    assert _texts(masked)[0].startswith("来信")
