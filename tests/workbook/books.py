"""Invented workbooks for tests."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from hengji.model.problem import HengjiError
from hengji.workbook import Opened, open_filing

LECHANG = "guangdong/lechang/department-overall"
Rows = list[list[object]]
Sheets = dict[str, Rows]
Codes = Mapping[tuple[str, int, int], str]  # number formats by sheet, row and column
COVER: Rows = [["项目", "内容"], ["单位名称", "某局"], ["评价年度", "2023"], ["指标体系", LECHANG]]


def make_book(path: Path, sheets: Sheets, codes: Codes | None = None, merged: tuple[str, ...] = ()) -> Path:
    """Writes the sheets; a text that begins with = is a formula without a result, ``merged`` are ranges 「表!A1:A3」."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                code = (codes or {}).get((name, r, c))
                if isinstance(value, str) and value.startswith("="):
                    page.write_formula(r, c, value, None, "")
                else:
                    page.write(r, c, value, book.add_format({"num_format": code}) if code else None)
    for place in merged:
        name, _, cells = place.partition("!")
        first = book.get_worksheet_by_name(name)
        top, left, _, _ = _corners(cells)
        first.merge_range(cells, sheets[name][top][left])
    book.close()
    return path


def _corners(cells: str) -> tuple[int, int, int, int]:
    first, last = (xlsxwriter.utility.xl_cell_to_rowcol(cell) for cell in cells.split(":"))
    return (*first, *last)


def without_results(path: Path) -> Path:
    """The workbook as a program leaves it that never calculated: formulas without stored results."""

    def strip(xml: bytes) -> bytes:
        return xml.replace(b' t="str"><f>', b"><f>").replace(b"</f><v></v>", b"</f>")

    return rewrite(path, lambda name, data: strip(data) if "worksheets/" in name else data)


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same archive with its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, change(name, data))
    path.write_bytes(stream.getvalue())
    return path


def items(*rows: list[object]) -> Sheets:
    """A cover and a sheet of items."""
    return {"封面": COVER, "数据项": [["数据项", "单位", "本年数", "上年数"], *rows]}


def opened(folder: Path, sheets: Sheets, codes: Codes | None = None, merged: tuple[str, ...] = ()) -> Opened:
    """The sheets written and read."""
    return open_filing(make_book(folder / "a.xlsx", sheets, codes, merged))


def said(path: Path) -> str:
    """What a file that cannot be read is answered with, a line a problem."""
    with pytest.raises(HengjiError) as caught:
        open_filing(path)
    return "\n".join(str(problem) for problem in caught.value.problems)


def complaints(folder: Path, sheets: Sheets, codes: Codes | None = None, merged: tuple[str, ...] = ()) -> str:
    """What the sheets are answered with."""
    return said(make_book(folder / "a.xlsx", sheets, codes, merged))


def notices(found: Opened) -> str:
    """The notices of a reading, a line each."""
    return "\n".join(map(str, found.notices))
