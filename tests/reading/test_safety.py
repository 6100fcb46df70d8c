"""Hostile and broken files of every form: one Chinese sentence each, in bounded time, and nothing executed or fetched."""

import io
import os
import re
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import openpyxl
import pytest

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import read_data, read_document
from hengji.reading.archive import read_archive
from hengji.reading.guarded import read_many
from hengji.reading.limits import is_zip
from tests.reading.making import pdf_by_hand, pdf_of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SECONDS = 20  # on a slow machine; each takes a small part of it


def _zip(**parts: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return stream.getvalue()


def _docx(body: str, **parts: str | bytes) -> bytes:
    return _zip(word__document_xml=f"<w:document {_W}><w:body>{body}</w:body></w:document>", **parts)


_TEXT = "<w:p><w:r><w:t>预算5万元</w:t></w:r></w:p>"


@pytest.fixture(autouse=True)
def _nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was fetched or started")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(os, "system", refused)


def _laughs(encoding: str) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a8;</x>'
    return text.encode(encoding)


def _external() -> str:
    return '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def _boxes(depth: int) -> str:
    body = _TEXT
    for _ in range(depth):
        body = f"<w:p><w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r></w:p>"
    return body


def _big_sheet() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 200))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(stream)
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return made.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "空文件"),
    "zip bomb": ("a.docx", lambda: _zip(word__document_xml=b"<" * 70_000_000), "过大"),
    "many parts": ("a.docx", lambda: _zip(**{f"x{n}": b"" for n in range(5_100)}), "超过限制"),
    "laughs": ("a.docx", lambda: _zip(word__document_xml=_laughs("utf-8")), "不允许的XML声明"),
    "laughs in utf-16": ("a.docx", lambda: _zip(word__document_xml=_laughs("utf-16")), "不允许的XML声明"),
    "external entity": ("a.docx", lambda: _zip(word__document_xml=_external()), "不允许的XML声明"),
    "entity in styles": ("a.docx", lambda: _docx(_TEXT, word__styles_xml=_external()), "不允许的XML声明"),
    "deep docx": ("a.docx", lambda: _docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), "嵌套过深|已损坏"),
    "locked docx": ("a.docx", lambda: _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "locked zip": ("a.docx", lambda: _docx(_TEXT).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"), "密码"),
    "million cells": ("a.xlsx", _big_sheet, "万个"),
    "xlsb": ("a.xlsx", lambda: _zip(xl__workbook_bin=b"x"), "xlsb"),
    "slides": ("a.docx", lambda: _zip(**{"[Content_Types]_xml": b"x", "ppt__presentation_xml": b"x"}), "演示文稿"),
    "program": ("报告.docx", lambda: b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 500, "不是能读的文件"),
    "rar": ("a.zip", lambda: b"Rar!\x1a\x07\x01\x00" + b"x" * 90, "请解压"),
    "pdf cut": ("a.pdf", lambda: pdf_of("预算5万元")[:900], "已损坏"),
    "pdf of garbage": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "已损坏"),
    "ole of garbage": ("a.doc", lambda: _OLE + bytes(range(256)) * 40, "已损坏|不是 Word"),
    "text of bytes": ("a.txt", lambda: bytes(range(128, 255)) * 300, "编码认不出来"),
    "pdf of bytes": ("a.pdf", lambda: bytes(range(128, 255)) * 300, "内容认不出来.*改过扩展名"),
}  # fmt: skip


@pytest.mark.parametrize("case", _REFUSED)
def test_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    name, make, said = _REFUSED[case]
    path = tmp_path / name
    path.write_bytes(make())
    start = time.monotonic()
    with pytest.raises(HengjiError, match=said) as caught:
        read_document(path)
    assert time.monotonic() - start < _SECONDS
    assert len(caught.value.problems) == 1
    assert "\n" not in str(caught.value)
    assert re.search("[\u4e00-\u9fff]", str(caught.value))


_READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macros": ("a.docm", lambda: _docx(_TEXT, word__vbaProject_bin=_OLE + b"Sub AutoOpen()")),
    "linked picture": (
        "a.docx",
        lambda: _docx(
            _TEXT,
            **{"word___rels__document_xml.rels": '<Relationships><Relationship Id="r" TargetMode="External" Target="http://127.0.0.1:9/x"/></Relationships>'},
        ),
    ),
    "embedded object": ("a.docx", lambda: _docx(_TEXT, word__embeddings__x_bin=_OLE + b"x" * 5_000)),
    "boxes in boxes": ("a.docx", lambda: _docx(_boxes(60))),
    "docx named doc": ("a.doc", lambda: _docx(_TEXT)),
    "html named xls": ("a.xls", "<html><body><p>预算5万元</p></body></html>".encode),
    "text named pdf": ("a.pdf", "预算5万元".encode),
    "pdf named docx": ("a.docx", lambda: pdf_of("预算5万元")),
    "deep html": ("a.html", lambda: b"<html>" + b"<div><table><tr><td>" * 20_000 + "预算5万元".encode()),
    "skipped html": ("a.html", ("<html><p>预算5万元</p>" + "<nav>" * 100_000 + "</b>" * 100_000).encode),
    "spans in html": (
        "a.html",
        ("<html><p>预算5万元</p><table>" + "<tr>" + "<td rowspan=99 colspan=99>x" * 2_000 + "</table>").encode,
    ),
    "script in html": ("a.html", "<html><script>while(1){}</script><p>预算5万元</p><img src='http://127.0.0.1:9/x'>".encode),
}  # fmt: skip


@pytest.mark.parametrize("case", _READ)
def test_harmless_once_read(tmp_path: Path, case: str) -> None:
    name, make = _READ[case]
    path = tmp_path / name
    path.write_bytes(make())
    start = time.monotonic()
    document = read_document(path)
    assert time.monotonic() - start < _SECONDS
    assert document.text.count("预算5万元") == 1


_SCRIPT = "/AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>"


@pytest.mark.parametrize(
    "make",
    [
        lambda: pdf_by_hand("BT /F1 12 Tf 60 700 Td (score 95) Tj ET", extra=_SCRIPT),
        lambda: pdf_by_hand("q " * 50_000 + "BT /F1 12 Tf 60 700 Td (score 95) Tj ET"),
        lambda: pdf_by_hand("BT /F1 12 Tf 60 700 Td (score 95) Tj ET " + "10 10 m 500 10 l S " * 30_000),
        lambda: pdf_by_hand(
            "BT /F1 12 Tf 60 700 Td (score 95) Tj ET "
            + " ".join(f"{n % 500} {n % 700} m {n % 500 + 60} {n % 700} l S" for n in range(25_000))
        ),
        lambda: pdf_by_hand("BT /F1 12 Tf 60 700 Td (score 95) Tj ET", box="-1e9 -1e9 1e9 1e9"),
        lambda: pdf_by_hand("BT /F1 12 Tf 60 700 Td (score 95) Tj ET").replace(b"/Count 1", b"/Count 2000000000"),
    ],
    ids=["script", "states", "same lines", "many lines", "vast page", "false count"],
)
def test_odd_pdfs_are_read_or_refused_in_time(make: Callable[[], bytes]) -> None:
    start = time.monotonic()
    try:
        document = read_data("a.pdf", make())
    except HengjiError as error:
        said: tuple[object, ...] = error.problems
    else:
        said = document.unread
        assert "score 95" in document.text or said
    assert len(said) <= 1
    assert time.monotonic() - start < _SECONDS


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    start = time.monotonic()
    with pytest.raises(HengjiError, match="超过100MB"):
        read_document(path)
    assert time.monotonic() - start < 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="本系统没有命名管道")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(HengjiError, match="不是普通文件"):
        read_document(tmp_path / "a.txt")
    assert not is_zip(tmp_path / "a.txt")  # and does not wait for it
    with pytest.raises(HengjiError, match="文件夹"):
        read_document(tmp_path)


def test_a_heap_of_bad_files_one_sentence_each(tmp_path: Path) -> None:
    paths = []
    for number, (name, make, _) in enumerate(_REFUSED.values()):
        path = tmp_path / str(number) / name
        path.parent.mkdir()
        path.write_bytes(make())
        paths.append(path)
    good = tmp_path / "good.txt"
    good.write_text("预算5万元", encoding="utf-8")
    found = list(read_many([*paths, good], read_document, jobs=2))
    assert [path for path, _ in found] == [*paths, good]
    assert all(isinstance(result, HengjiError) for _, result in found[:-1])
    assert isinstance(found[-1][1], Document)


def test_a_heap_of_bad_files_in_a_folder(tmp_path: Path) -> None:
    for number, (name, make, _) in enumerate(_REFUSED.values()):
        (tmp_path / f"{number}-{name}").write_bytes(make())
    for _, result in read_archive(tmp_path):
        assert isinstance(result, HengjiError | Document)
