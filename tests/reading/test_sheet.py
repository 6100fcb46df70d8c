"""Spreadsheets: sheets, titles, merged cells, numbers as shown, and hostile files."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from hengji.model.document import BlockKind, Document
from hengji.model.problem import HengjiError
from hengji.reading import read_data, read_document
from hengji.reading.sheet import read_sheets, shown
from hengji.workbook.styles import Style, style_of
from tests.conftest import RequireProgram


def _book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评表"
    for row in (
        ["项目支出绩效自评表"],
        ["编制单位：某局", None, None, "单位：万元"],
        ["一级指标", "指标", "分值", "得分", "执行率"],
        ["产出", "完成数量", 10, 9.5, 0.0900000762939453],
        [None, "质量达标", 20, 20, 0.8575],
        ["合计", None, 30, 29.5, None],
        ["注：本表由单位填报。"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A6:B6")
    sheet["E4"].number_format = "0%"
    sheet["E5"].number_format = "0.0%"
    sheet["C6"].number_format = "0.00"
    book.create_sheet("空表")
    hidden = book.create_sheet("旧表")
    hidden["A1"] = "不看"
    hidden.sheet_state = "hidden"
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    return [[cell.text for cell in row] for row in table.rows()]


_EXPECTED = [
    ["一级指标", "指标", "分值", "得分", "执行率"],
    ["产出", "完成数量", "10", "9.5", "9%"],
    ["质量达标", "20", "20", "85.8%"],
    ["合计", "30.00", "29.5", ""],
]


def _check(document: Document) -> None:
    assert _rows(document) == _EXPECTED
    texts = [block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert texts == ["自评表", "项目支出绩效自评表", "编制单位：某局\t单位：万元", "注：本表由单位填报。"]
    assert document.blocks[0].level == 1
    spans = {cell.text: (cell.rows, cell.columns) for block in document.blocks for cell in block.cells}
    assert spans["产出"] == (2, 1)
    assert spans["合计"] == (1, 2)
    assert document.unread == ("工作表“旧表”是隐藏的，没有读",)
    for block in document.blocks:
        for cell in block.cells:
            assert document.text[cell.start : cell.end] == cell.text


def test_a_sheet_is_its_name_titles_table_and_notes() -> None:
    document = read_data("a.xlsx", _saved(_book()))
    _check(document)
    assert document.form == "xlsx"
    assert document.place(document.text.index("29.5")) == "表1第4行第4列"


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_old_and_open_formats_read_the_same(tmp_path: Path, require_program: RequireProgram, form: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(_saved(_book()))
    subprocess.run(
        [str(require_program("soffice")), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    _check(read_document(tmp_path / f"a.{form}"))


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (0.1 + 0.2, None, "0.3"),
        (387664.62, None, "387664.62"),
        (0.0900000762939453, None, "0.09"),  # what was meant before it went through a float of half the size
        (12345678, style_of("0!.0,"), "1234.6"),
        (12345678, style_of("0\\.0000"), "1234.5678"),
        (12345678, style_of('0.00,,"百万"'), "12.35百万"),
        (43.5, style_of('0.00"万元"'), "43.50万元"),
        (8, style_of('0"分"'), "8分"),
        (0.97, style_of('"约"0.00'), "0.97"),
        (12102.0, Style(decimals=2), "12102.00"),
        (2.675, Style(decimals=2), "2.68"),
        (1e20, None, "100000000000000000000"),
        (0.0, None, "0"),
        (-0.05, Style(percent=True), "-5%"),
        (7, None, "7"),
        (float("nan"), None, ""),
        (True, None, "是"),
        (date(2024, 3, 1), None, "2024-03-01"),
        (datetime.fromisoformat("2024-03-01T08:30"), None, "2024-03-01 08:30:00"),
        ("甲\n乙 ", None, "甲 乙"),
    ],
)
def test_values_as_shown(value: object, style: Style | None, text: str) -> None:
    assert shown(value, style) == text


def test_an_empty_row_parts_tables_where_a_title_follows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["甲", "乙"], [1, 2], [], ["第二张表"], ["丙", "丁"], [3, 4], [], [5, 6]):
        sheet.append(row)
    document = read_data("a.xlsx", _saved(book))
    assert [block.text for block in document.blocks][1:] == ["甲\t乙\n1\t2", "第二张表", "丙\t丁\n3\t4\n5\t6"]


def test_formulas_without_results_are_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", 1, "=B1*2"])
    document = read_data("a.xlsx", _saved(book))
    assert "公式没有保存计算结果" in document.unread[0]


def _replaced(data: bytes, member: str, text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == member else old.read(name))
    return stream.getvalue()


_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _far() -> bytes:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _replaced(_saved(_book()), "xl/worksheets/sheet1.xml", _SHEET.format(cell))


def _entities() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + _SHEET.format("")
    return _replaced(_saved(_book()), "xl/worksheets/sheet1.xml", text)


def _many() -> bytes:
    book = openpyxl.Workbook()
    for _ in range(201):
        book.create_sheet()
    return _saved(book)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_far, "单元格超过"),
        (_many, "201张|202张"),
        (lambda: _replaced(_saved(_book()), "xl/worksheets/sheet1.xml", "<worksheet><broken"), "已损坏"),
        (lambda: _replaced(_saved(_book()), "xl/styles.xml", "x" * 10 + " " * 450_000_000), "过大"),
        (lambda: _saved(_book())[:-300], "已损坏"),
        (_entities, "已损坏|不允许"),
    ],
    ids=["far", "sheets", "broken", "bomb", "cut", "entities"],
)
def test_hostile_sheets_are_one_sentence(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(HengjiError, match=said) as caught:
        read_data("a.xlsx", make())
    assert len(caught.value.problems) == 1


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("指标", "得分"), ("甲", 9), ("乙", 8)):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    document = read_sheets("a.xlsx", stream.getvalue())
    assert "甲\t9" in document.text
    assert document.unread == ("表里有1行、1组列是隐藏的，也读进来了",)
