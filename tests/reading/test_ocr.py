"""Scanned pages and pictures: recognised with their places where the extra is installed, one sentence where it is not."""

import io
import json
import re
import socket
from pathlib import Path
from typing import NoReturn

import pypdfium2
import pytest
from PIL import Image

from hengji.model.document import BlockKind, Document
from hengji.model.problem import HengjiError
from hengji.reading import ocr, read_data
from hengji.reading.glyphs import Frame
from hengji.reading.pdf import read_pdf
from hengji.reading.pdf_places import pdf_places
from tests.reading.making import pdf_of

pytest.importorskip("rapidocr", reason="没有装 hengji[ocr]")

_SOURCE = """= 绩效自评报告

全年预算1234.56万元，执行1200.00万元，执行率97.20%，其中基本支出800万元，项目支出412.96万元，比上年减少3.1%，主要原因是压减了一般性支出。

#table(columns: (4em, 1fr, 4em, 4em), [一级], [指标], [分值], [得分], table.cell(rowspan: 2)[产出], [完成重点工作], [10], [9.5], [质量达标率], [20], [18.6])"""


def _pictures(angle: float = 0) -> list[Image.Image]:
    found = []
    for page in pypdfium2.PdfDocument(pdf_of(_SOURCE)):
        picture = page.render(scale=150 / 72).to_pil().convert("L")
        found.append(picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC))
    return found


def _scan(angle: float = 0) -> bytes:
    stream = io.BytesIO()
    first, *others = _pictures(angle)
    first.save(stream, "PDF", save_all=True, append_images=others, resolution=150)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_cache", lambda: tmp_path / "cache")


def _check(document: Document) -> None:
    assert document.form == "ocr"
    assert "全年预算1234.56万元，执行1200.00万元，执行率97.20%" in document.text.replace(",", "，")
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    rows = [[cell.text for cell in row] for row in table.rows()]
    assert rows == [
        ["一级", "指标", "分值", "得分"],
        ["产出", "完成重点工作", "10", "9.5"],
        ["质量达标率", "20", "18.6"],
    ]
    assert table.cells[4].rows == 2


@pytest.mark.parametrize("angle", [0, 1, -1.5])
def test_a_scanned_page_with_its_table_straight_or_tilted(angle: float) -> None:
    data = _scan(angle)
    document = read_pdf("a.pdf", data)
    _check(document)
    assert document.unread == ("第1页是扫描件，文字由识别得来，数字请对照原件核对",)
    at = document.text.index("18.6")
    [(page, [box])] = pdf_places(data, [(at, at + 4)])[0]
    assert page == 0
    if not angle:
        printed = pypdfium2.PdfDocument(pdf_of(_SOURCE))[0].get_textpage()
        assert re.sub(r"\s", "", printed.get_text_bounded(*box)) == "18.6"


def test_a_scan_without_a_character_is_not_called_recognised() -> None:
    blank = Image.new("RGB", (1240, 1754), "white")
    stream = io.BytesIO()
    blank.save(stream, "PDF", resolution=150)
    document = read_pdf("a.pdf", stream.getvalue())
    assert document.unread == ("第1页是扫描件，没有认出文字",)
    assert not document.has_words


def test_a_picture_is_read_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    ocr._engine.cache_clear()
    stream = io.BytesIO()
    _pictures()[0].save(stream, "PNG")
    document = read_data("扫描.png", stream.getvalue())
    _check(document)
    assert document.unread == ("扫描.png 是图片，文字由识别得来，数字请对照原件核对",)


def test_a_page_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _scan()
    document = read_pdf("a.pdf", data)
    kept = list((tmp_path / "cache").rglob("*.json"))
    assert len(kept) == 1
    monkeypatch.setattr(ocr, "_recognised", lambda _: pytest.fail("recognised again"))
    assert read_pdf("a.pdf", data) == document
    monkeypatch.undo()
    monkeypatch.setattr(ocr, "_cache", lambda: tmp_path / "cache")
    kept[0].write_text(json.dumps([1, 2]), encoding="utf-8")
    assert read_pdf("a.pdf", data) == document


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = read_pdf("a.pdf", _scan())
    assert document.text == ""
    assert document.unread == (f"第1页是扫描件，没有读到文字；{ocr.MISSING}",)
    picture = read_data("a.png", b"\x89PNG whatever")
    assert picture.text == ""
    assert ocr.MISSING in picture.unread[0]


def test_pages_with_and_without_text_in_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    both = pypdfium2.PdfDocument(pdf_of("第一页的文字，预算5万元，支出4万元。"))
    for _ in range(3):
        both.import_pages(pypdfium2.PdfDocument(_scan()))
    stream = io.BytesIO()
    both.save(stream)
    document = read_pdf("a.pdf", stream.getvalue())
    assert document.form == "pdf"
    assert document.unread == (f"第2—4页是扫描件，没有读到文字；{ocr.MISSING}",)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff broken", b"GIF89a broken", b"BM broken"])
def test_broken_pictures_are_one_sentence(data: bytes) -> None:
    with pytest.raises(HengjiError, match="不是完好的图片"):
        read_data("a.png", data)


def test_a_picture_bomb_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    with pytest.raises(HengjiError, match="过大"):
        read_data("a.png", stream.getvalue())


def test_a_tilted_frame_finds_the_place_on_the_scan() -> None:
    frame = Frame(0, 0, 600, 800, skew=0.02)
    left, bottom, right, top = frame.in_points(290, 390, 310, 410)
    assert (left + right) / 2 == pytest.approx(300)
    assert (bottom + top) / 2 == pytest.approx(400)
    assert frame.in_points(500, 390, 510, 410)[1] < frame.in_points(50, 390, 60, 410)[1]
