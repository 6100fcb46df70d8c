"""Mutated files for every reader: whatever is done to a good file, a Document or a HengjiError comes out.

HENGJI_FUZZ is the number of examples for each reader (make fuzz).
"""

import io
import os
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengji.model.document import Document
from hengji.model.problem import HengjiError
from hengji.reading import doc, ocr, read_data
from hengji.reading.archive import read_archive
from tests.conftest import RequireProgram
from tests.reading.making import pdf_by_hand, pdf_of

_EXAMPLES = int(os.environ.get("HENGJI_FUZZ", "0"))
_bounded = settings(
    max_examples=_EXAMPLES or 40,
    derandomize=not _EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
_TABLE = "#table(columns: 3, [甲], [乙], [丙], table.cell(rowspan: 2)[产出], [1.5], [2], [3], [4])"


@cache
def _docx() -> bytes:
    made = docx.Document()
    made.add_heading("一、情况", 1)
    made.add_paragraph("预算5万元", style="List Number")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@cache
def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["自评表"])
    sheet.append(["甲", 0.09, "=A1"])
    sheet["B2"].number_format = "0%"
    sheet.merge_cells("A1:C1")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_HTML = "<html><meta charset=gbk><h1>一</h1><table><tr><td rowspan=2>甲<td>1<tr><td colspan=3>2</table><p>三&nbsp;"
_GOOD: dict[str, Callable[[], bytes]] = {
    "a.docx": _docx,
    "a.xlsx": _xlsx,
    "a.pdf": lambda: pdf_of(f"一、情况\n\n预算5万元，执行率97.2%。\n\n{_TABLE}"),
    "b.pdf": lambda: pdf_by_hand("BT /F1 12 Tf 60 700 Td (a 5) Tj ET 50 50 m 90 50 l 90 90 l S 50 60 9 1 re f", extra="/Rotate 90"),
    "a.html": lambda: _HTML.encode("gb18030"),
    "a.txt": "一、情况\n甲 | 乙 | 丙\n---|---|---\n1 | 2 | 3\n".encode,
    "a.csv": lambda: '甲,乙\n"1",2\n'.encode("gb18030"),
}  # fmt: skip

_EDIT = st.tuples(
    st.floats(0, 1),
    st.integers(0, 40),
    st.one_of(st.binary(max_size=12), st.sampled_from([b"\0" * 8, b"\xff" * 8, b"99999999999", b"-1", b"<", b">>", b"&#0;"])),
)  # fmt: skip
_EDITS = st.lists(_EDIT, min_size=1, max_size=8)


def _mutated(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, new in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def _survives(name: str, data: bytes) -> None:
    with suppress(HengjiError):
        _check(read_data(name, data))


def _check(document: Document) -> None:
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        for cell in block.cells:
            assert document.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize("name", _GOOD)
@_bounded
@given(edits=_EDITS)
def test_mutated_files(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    _survives(name, _mutated(_GOOD[name](), edits))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@_bounded
@given(member=st.floats(0, 0.999), edits=_EDITS)
def test_mutated_parts_of_packed_files(name: str, member: float, edits: list[tuple[float, int, bytes]]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_GOOD[name]())) as old, zipfile.ZipFile(stream, "w") as new:
        names = [each for each in old.namelist() if each.endswith(".xml")]
        chosen = names[int(member * len(names))]
        for each in old.namelist():
            new.writestr(each, _mutated(old.read(each), edits) if each == chosen else old.read(each))
    _survives(name, stream.getvalue())


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory, require_program: RequireProgram) -> dict[str, bytes]:
    """Good files in forms that only LibreOffice writes."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(_docx())
    (folder / "a.xlsx").write_bytes(_xlsx())
    for form, source in (("doc", "a.docx"), ("xls", "a.xlsx"), ("ods", "a.xlsx")):
        subprocess.run(
            [str(require_program("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form, "--outdir", str(folder), str(folder / source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return {f"a.{form}": (folder / f"a.{form}").read_bytes() for form in ("doc", "xls", "ods")}


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ods"])
@_bounded
@given(edits=_EDITS)
def test_mutated_old_files(
    name: str, edits: list[tuple[float, int, bytes]], old_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc, "_converted", lambda *_: {})  # the converter itself is not what is tried here
    _survives(name, _mutated(old_files[name], edits))


@_bounded
@given(edits=_EDITS)
def test_mutated_archives(edits: list[tuple[float, int, bytes]]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲/a.txt", "预算5万元")
        archive.writestr("b.csv", "甲,乙\n")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(_mutated(stream.getvalue(), edits))
        for _, found in read_archive(path):
            assert isinstance(found, Document | HengjiError)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP"])
@_bounded
@given(edits=_EDITS)
def test_mutated_pictures(form: str, edits: list[tuple[float, int, bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    image = pytest.importorskip("PIL.Image", reason="没有装 hengji[ocr]")
    monkeypatch.setattr(ocr, "_recognise", lambda _: ([], [], 0.0))
    monkeypatch.setattr(ocr, "available", lambda: True)
    stream = io.BytesIO()
    image.new("RGB", (40, 30), "white").save(stream, form)
    _survives("a.png", _mutated(stream.getvalue(), edits))


@_bounded
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf1", b"<html>", b"\x89PNG"]))  # fmt: skip
def test_garbage_behind_any_head(data: bytes, head: bytes) -> None:
    if not head.startswith(b"{"):
        _survives("a", head + data)
