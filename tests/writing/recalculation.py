"""Recalculates workbooks in LibreOffice, from formulas alone: their stored results are taken out first."""

import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook

Stored = dict[tuple[str, str], object]


def recalculated(office: Path, books: Iterable[Path], folder: Path) -> dict[Path, Stored]:
    """What LibreOffice makes of every formula cell of the books, in one run."""
    books = list(books)
    bare, out = folder / "bare", folder / "recalculated"
    bare.mkdir()
    for book in books:
        _without_results(book, bare / book.name)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    inputs = [str(bare / book.name) for book in books]
    command = [str(office), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *inputs]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {book: _at(out / book.name, formulas(book)) for book in books}


def stored(book: Path) -> Stored:
    """The stored result of every formula cell, by sheet and address."""
    return _at(book, formulas(book))


@cache
def formulas(book: Path) -> dict[tuple[str, str], str]:
    """The formula of every formula cell, by sheet and address."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in load_workbook(book)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def texts(book: Path) -> Iterator[str]:
    """Every text in the book that is no formula."""
    for sheet in load_workbook(book):
        for row in sheet.iter_rows():
            yield from (cell.value for cell in row if cell.data_type == "s" and isinstance(cell.value, str))


def _at(book: Path, places: Iterable[tuple[str, str]]) -> Stored:
    values = CalamineWorkbook.from_path(book)
    sheets = {name: values.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in values.sheet_names}
    found: Stored = {}
    for sheet, address in places:
        row, column = coordinate_to_tuple(address)
        rows = sheets[sheet]
        found[sheet, address] = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
    return found


def _without_results(book: Path, to: Path) -> None:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(name, data)
