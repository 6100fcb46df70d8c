"""Tables as files (表格): csv and xlsx in which no cell is a formula, whatever somebody typed into it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

Field = str | int | Decimal | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its heads and its rows. Figures are exact; nothing is an empty cell."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Field]]
    notes: tuple[str, ...] = ()  # lines under the table

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads, and whether figures stand under each."""
        return [(head, self._figures(at)) for at, head in enumerate(self.heads)]

    @property
    def shown(self) -> list[list[tuple[str, bool]]]:
        """The rows as a page prints them, and whether each field is a figure."""
        return [[(_printed(field), not isinstance(field, str)) for field in row] for row in self.rows]

    def _figures(self, at: int) -> bool:
        return bool(self.rows) and not any(isinstance(row[at], str) for row in self.rows)


def _printed(field: Field) -> str:
    if field is None:
        return "—"
    return field if isinstance(field, str) else str(field).replace("-", "−")


def csv_bytes(sheet: Sheet) -> bytes:
    """The table as CSV in UTF-8 with the mark that Excel asks for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow([_plain(field) for field in row])
    return ("\ufeff" + text.getvalue()).encode()


def _plain(field: Field) -> str:
    if field is None:
        return ""
    return safe(field) if isinstance(field, str) else str(field)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """The tables as a workbook, heads fixed, one sheet each; text is written as text."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EEF1F4", "border": 1, "valign": "vcenter"})
    text = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    number = book.add_format({"num_format": "0.00", "border": 1, "valign": "top"})
    whole = book.add_format({"num_format": "0", "border": 1, "valign": "top"})
    for each in sheets:
        sheet = book.add_worksheet(each.name[:31])
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(each.heads):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, _width(each, column))
        for at, row in enumerate(each.rows, start=1):
            for column, field in enumerate(row):
                if field is None:
                    sheet.write_blank(at, column, None, text)
                elif isinstance(field, str):
                    sheet.write_string(at, column, field, text)
                else:
                    sheet.write_number(at, column, field, whole if isinstance(field, int) else number)
        for at, note in enumerate(each.notes, start=len(each.rows) + 2):
            sheet.write_string(at, 0, note)
    book.close()
    return made.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    longest = max((_measure(str(row[column] or "")) for row in sheet.rows[:200]), default=0)
    return min(_WIDEST, max(10, _measure(sheet.heads[column]), longest) + 2)


def _measure(text: str) -> int:
    return sum(2 if ord(letter) > 0x2000 else 1 for letter in text)  # noqa: PLR2004 - where wide characters begin


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """The file as an answer that the browser saves."""
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def answer(form: str, name: str, *sheets: Sheet) -> HttpResponse:
    """The tables as csv (the first of them) or as a workbook."""
    if form == "csv":
        return download(csv_bytes(sheets[0]), f"{name}.csv", "text/csv; charset=utf-8")
    return download(xlsx_bytes(*sheets), f"{name}.xlsx", XLSX)
