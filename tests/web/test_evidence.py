"""Evidence: taken in, looked at with its words marked, listed for print; hostile files are one sentence."""

import io
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pytest_django import Settings

from hengji.model.filing import Filing
from hengji.model.system import IndicatorSystem
from hengji.reading import preview
from hengji.scoring import score
from hengji.web.filings import bridge, previews
from hengji.writing import write_report_pdf
from tests.web.conftest import County

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def pdf(example: tuple[Filing, IndicatorSystem], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real PDF of several pages: the report of the example."""
    filing, system = example
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    write_report_pdf(filing, system, score(system, filing), path)
    return path.read_bytes()


def upload(client: Client, county: County, *files: tuple[str, bytes], **more: str) -> str:
    form = {"files": [SimpleUploadedFile(name, data) for name, data in files], **more}
    answer = client.post(f"/filings/{county.filing.pk}/evidence/upload/", form, follow=True)
    return answer.content.decode()


def look(client: Client, county: County, number: int, query: str = "") -> str:
    return client.get(f"/filings/{county.filing.pk}/evidence/{number}/preview/{query}", headers=HTMX).content.decode()


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the colours of a PNG of ours."""
    width, height = struct.unpack(">II", png[16:24])
    size = struct.unpack(">I", png[33:37])[0]
    raw = zlib.decompress(png[41 : 41 + size])
    rows = (raw[n * (1 + width * 3) + 1 : (n + 1) * (1 + width * 3)] for n in range(height))
    return width, height, {row[x : x + 3] for row in rows for x in range(0, len(row), 3)}


def test_a_page_is_shown_with_its_words_marked(clerk: Client, county: County, pdf: bytes) -> None:
    words = pypdfium2.PdfDocument(pdf)[1].get_textpage().get_text_range().splitlines()[1][4:10]
    upload(clerk, county, ("报告.pdf", pdf), proves="2.1.4", locator=f"第2页，{words}")
    body = look(clerk, county, 1)
    assert "第 2/" in body
    assert "没有找到" not in body
    picture = re.findall(r'<img class="page" src="([^"]+)"', body)[0]
    answer = clerk.get(picture)
    assert answer.headers["Content-Type"] == "image/png"
    width, height, colours = pixels(answer.content)
    assert (width, height) == (1240, 1754) or abs(width - 1240) < 3
    assert bytes(preview._MARK) in colours
    (sha,) = (each.sha256 for each in bridge.load(county.filing.pk).evidence)
    assert answer.content != previews.page(sha, "报告.pdf", 2, "").png


def test_each_thing_a_file_proves_has_its_own_place(clerk: Client, county: County, pdf: bytes) -> None:
    upload(clerk, county, ("报告.pdf", pdf))
    from hengji.web.filings.slugs import slug

    version = str(bridge.load_rows(county.filing.pk).by_table["evidence"][1,].version)
    form = {"title": "报告", "proves": "2.1.4 编制数", "locator": "第1页", "version": version}
    form |= {f"locator-{slug('2.1.4')}": "第3页，政府采购", f"locator-{slug('编制数')}": "第2页"}
    assert clerk.post(f"/filings/{county.filing.pk}/evidence/1/describe/", form).status_code == 302
    (line,) = bridge.load(county.filing.pk).evidence
    assert line.locator == "第1页\n2.1.4：第3页，政府采购\n编制数：第2页"
    assert "第 3/" in look(clerk, county, 1, "?leaf=2.1.4")
    assert "第 2/" in look(clerk, county, 1, "?leaf=编制数")
    assert "第 1/" in look(clerk, county, 1)
    assert "第 4/" in look(clerk, county, 1, "?leaf=2.1.4&page=4")


@pytest.mark.parametrize(
    ("text", "page", "quote"),
    [("第2页，合计5.00", 2, "合计5.00"), ("合计5.00", 0, "合计5.00"), ("第 12 页", 12, ""), ("", 0, ""), ("附件1：第3页 表2", 3, "附件1：表2")],
)  # fmt: skip
def test_locators_are_read(text: str, page: int, quote: str) -> None:
    found = previews.locator_of(text)
    assert (found.page, found.quote.replace(" ", "")) == (page, quote)


def test_pictures_are_kept_and_made_once(
    clerk: Client, county: County, pdf: bytes, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    upload(clerk, county, ("报告.pdf", pdf))
    first = look(clerk, county, 1)
    monkeypatch.setattr(previews, "_guarded", lambda *_: pytest.fail("made again"))
    assert look(clerk, county, 1) == first
    assert clerk.get(f"/filings/{county.filing.pk}/evidence/1/pages/1/").status_code == 200
    assert all(path.name.startswith(tuple("0123456789abcdef")) for path in Path(settings.PREVIEWS).iterdir())


def test_word_and_excel_are_shown_as_text(clerk: Client, county: County) -> None:
    document = Document()
    document.add_paragraph("关于下达预算的批复")
    document.add_paragraph("核定采购预算<b>5.00</b>万元。")
    document.add_table(1, 2).cell(0, 0).text = "单元格"
    data = io.BytesIO()
    document.save(data)
    upload(clerk, county, ("批复.docx", data.getvalue()), locator="采购预算")
    body = look(clerk, county, 1)
    assert "<mark>采购预算</mark>&lt;b&gt;5.00" in body
    assert "<td>单元格</td>" in body


def test_pictures_are_shown_as_they_are(clerk: Client, county: County) -> None:
    png = preview.png_of(np.full((4, 4, 3), 255, dtype=np.uint8))
    upload(clerk, county, ("照片.png", png))
    address = re.findall(r'src="([^"]+look=1)"', look(clerk, county, 1))[0]
    answer = clerk.get(address)
    assert b"".join(answer.streaming_content) == png  # type: ignore[attr-defined]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.pdf", b"%PDF-1.7 broken", "可以下载后查看"),
        ("坏.docx", b"PK\x03\x04" + b"x" * 300, "损坏"),
        ("旧.pptx", b"PK\x03\x04" + b"x" * 300, "不能预览，可以下载"),
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧.doc"),
    ],
)
def test_what_cannot_be_shown_says_so_and_is_kept(
    clerk: Client, county: County, name: str, data: bytes, said: str
) -> None:
    upload(clerk, county, (name, data))
    body = look(clerk, county, 1)
    assert said in body
    assert "<img" not in body
    answer = clerk.get(f"/filings/{county.filing.pk}/evidence/1/")
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert clerk.get(f"/filings/{county.filing.pk}/evidence/1/pages/1/").status_code in (404, 422)


def test_a_page_that_is_not_there_and_one_without_end(clerk: Client, county: County, pdf: bytes) -> None:
    upload(clerk, county, ("报告.pdf", pdf))
    assert "没有第999页" in look(clerk, county, 1, "?page=999")
    huge = pdf.replace(b"/MediaBox", b"/MediaBox[0 0 14400 14400]/OldBox")
    upload(clerk, county, ("大.pdf", huge))
    body = look(clerk, county, 2)
    if "<img" in body:
        width, height, _ = pixels(clerk.get(f"/filings/{county.filing.pk}/evidence/2/pages/1/").content)
        assert max(width, height) <= preview._MOST_DOTS


def test_several_files_at_once_and_one_bad_does_not_stop_the_others(clerk: Client, county: County, pdf: bytes) -> None:
    page = upload(
        clerk,
        county,
        ("一.pdf", pdf),
        ("二.exe", b"MZ"),
        ("三.pdf", b"%PDF-1.7 x"),
        ("一（2）.pdf", pdf),
        ("四.pdf", b""),
    )
    assert [each.title for each in bridge.load(county.filing.pk).evidence] == ["一", "三"]
    for said in ("“二.exe”的类型不收", "“一（2）.pdf”选了两次", "“四.pdf”是空文件"):
        assert said in page
    assert "与 1 号文件相同" in upload(clerk, county, ("又.pdf", pdf))


def test_the_list_is_printed_with_everything_it_proves(clerk: Client, county: County, pdf: bytes) -> None:
    upload(clerk, county, ("合同.pdf", pdf), proves="2.1.4", locator="第2页")
    page = clerk.get(f"/filings/{county.filing.pk}/evidence/list/").content.decode()
    for said in ("佐证材料清单", "合同", "2.1.4 政府采购执行率", "第2页", "共 1 份"):
        assert said in page
