"""Files that are no workbook, or one that must not reach a parser: one clear sentence each."""

import contextlib
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from hengji.library import BUILT_IN
from hengji.model.problem import HengjiError
from hengji.workbook import open_filing
from hengji.workbook.grid import open_grids

from .books import make_book, rewrite, said

_EXAMPLE = BUILT_IN.parents[2] / "examples" / "lechang-2023.xlsx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _ole(stream: str) -> bytes:
    return _OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


def _zip(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _bomb() -> bytes:
    return _zip({"xl/workbook.xml": "<workbook/>"} | {f"xl/s{number}.xml": b"\0" * 50_000_000 for number in range(8)})


def _lying_bomb() -> bytes:
    """The headers say that the big member holds a hundred bytes."""
    data = bytearray(_zip({"xl/workbook.xml": "<workbook/>", "xl/big.xml": b"\0" * 320_000_000}))
    size = struct.pack("<I", 320_000_000)
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = struct.pack("<I", 100)
    return bytes(data)


def _entity() -> bytes:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
    return _zip({"xl/workbook.xml": text, "xl/_rels/workbook.xml.rels": text, "xl/styles.xml": text})


def _locked_zip() -> bytes:
    data = bytearray(_zip({"xl/workbook.xml": "<workbook/>"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


_HTML = "<html><table><tr><td>单位</td></tr></table></html>".encode()
_XML_TABLE = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
_LOCKED_ODS = {"content.xml": "x", "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", "是空文件"),
        (lambda: _ole("EncryptedPackage"), "设了打开密码"),
        (lambda: _ole("WordDocument"), "其实是Word文档"),
        (lambda: b"%PDF-1.7 ...", "其实是PDF"),
        (lambda: _HTML, "其实是网页"),
        (lambda: _XML_TABLE, "其实是XML表格"),
        (lambda: _zip({"word/document.xml": "<w/>"}), "不是电子表格"),
        (lambda: _zip({"xl/workbook.bin": "x"}), "二进制工作簿"),
        (lambda: _zip(dict(_LOCKED_ODS)), "设了打开密码"),
        (_locked_zip, "设了打开密码"),
        ("单位,金额\n甲,5\n".encode, "不是电子表格"),
        (lambda: "单位,金额\n甲,5\n".encode("gbk"), "不是电子表格"),
        (lambda: b"PK\x03\x04" + b"junk" * 50, "已损坏"),
        (lambda: _OLE + b"junk" * 500, "已损坏"),
        (_bomb, "超过限制"),
        (_lying_bomb, "超过限制"),
        (_entity, "不允许的XML声明"),
    ],
)
def test_what_is_no_workbook_is_one_sentence(tmp_path: Path, make: Callable[[], bytes], sentence: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(make())
    answer = said(path)
    assert sentence in answer
    assert "\n" not in answer


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "没有找到" in said(tmp_path / "none.xlsx")
    assert "是文件夹" in said(tmp_path)


def test_a_sheet_that_reaches_to_the_last_corner_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["XFD1048576"] = 1, 2
    book.save(tmp_path / "a.xlsx")
    assert "超过100万个" in said(tmp_path / "a.xlsx")


def test_formats_without_values_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = 1
    page["XFD1048576"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    (grid,) = open_grids(tmp_path / "a.xlsx")
    assert [[cell.text for cell in row] for row in grid.rows] == [["1"]]


@pytest.mark.parametrize("place", ["ZZZ99999999", "XFE1", "A1048577", "A0", "甲1"])
def test_a_cell_where_no_cell_can_be_is_damage(tmp_path: Path, place: str) -> None:
    path = make_book(tmp_path / "a.xlsx", {"封面": [["x"]]})
    rewrite(path, lambda _, data: data.replace(b'<c r="A1"', f'<c r="{place}"'.encode()))
    assert "已损坏" in said(path)


def test_no_broken_byte_brings_the_reader_down(tmp_path: Path) -> None:
    """Random damage to a real workbook is answered with a sentence or read; nothing else comes out."""
    chance = random.Random(20231)
    with zipfile.ZipFile(_EXAMPLE) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    xml = [name for name in members if name.endswith((".xml", ".rels"))]
    for _ in range(40):
        name = chance.choice(xml)
        data = bytearray(members[name])
        for _ in range(chance.choice([1, 3])):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(4)] = chance.choice([b"", b"9", b'"', b"<", b"99999999999", b"\xff"])
        path = tmp_path / "a.xlsx"
        path.write_bytes(_zip({**members, name: bytes(data)}))
        with contextlib.suppress(HengjiError):
            open_filing(path)
