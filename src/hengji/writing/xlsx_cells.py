"""Cells of a workbook that keep their formula and the value it comes to, and the formats they are written in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

Content = Fraction | str | date | None
# xlsxwriter is untyped.
Book = Any
Sheet = Any
Style = Any


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; with a ``formula`` (without 「=」) it is live and ``content`` is its stored result."""

    content: Content
    formula: str = ""


BLANK = Cell(None)


class Formats:
    """The cell formats of one xlsxwriter book, made on demand."""

    def __init__(self, book: Book) -> None:
        self.get: Callable[..., Style] = cache(lambda **more: book.add_format(_PLAIN | more))

    def number(self, code: str = "General", **more: object) -> Style:
        """A number at the right, clear of the next cell."""
        return self.get(**{"num_format": code, "align": "right", "indent": 1, **more})

    def text(self, **more: object) -> Style:
        """Wrapped text."""
        return self.get(text_wrap=True, **more)

    def head(self) -> Style:
        """A column's head."""
        return self.get(font_name="黑体", align="center", text_wrap=True, bg_color="#EEF1F4")


_PLAIN: dict[str, object] = {
    "font_name": "宋体",
    "font_size": 10,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#7B8794",
}


def place(row: int, column: int, sheet: str = "") -> str:
    """The absolute address of a cell, with its sheet when another one refers to it."""
    address = str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
    return f"'{sheet}'!{address}" if sheet else address


def put(sheet: Sheet, row: int, column: int, cell: Cell, style: Style) -> None:
    """Writes a cell. Text is always written as text, so that 「=1+1」 stays what it is."""
    content = cell.content
    if cell.formula:
        stored = float(content) if isinstance(content, Fraction) else content or ""
        sheet.write_formula(row, column, f"={cell.formula}", style, stored)
    elif isinstance(content, Fraction):
        sheet.write_number(row, column, float(content), style)
    elif isinstance(content, date):
        sheet.write_datetime(row, column, content, style)
    elif content:
        sheet.write_string(row, column, content, style)
    else:
        sheet.write_blank(row, column, None, style)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many digits' width; a Chinese character is two digits wide."""
    taken = sum(2 if ord(letter) > 0x2000 else 1 for letter in text)  # noqa: PLR2004 - where wide characters begin
    return max(1, -(-taken // max(1, int(width) - 1)))
