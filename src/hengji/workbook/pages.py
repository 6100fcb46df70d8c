"""The pages of the workbook being written: one place that knows xlsxwriter, print settings and protection."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hengji.model.item import ItemType
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.workbook import formats as look
from hengji.workbook.formats import Formats, Look
from hengji.workbook.grid import column_letter
from hengji.workbook.layout import Sheet

LINE = 18  # points a line of 11 pt text takes
_A4 = 9
_MOST_LINES = 22  # Excel's row height ends at 409 points
_LANDSCAPE_FROM = 100  # characters of width that still print well upright
_LONGEST_TEXT = 32_767
_LONGEST_LIST, _LONGEST_MESSAGE, _LONGEST_TITLE = 255, 255, 32
_WIDE = 127  # a character beyond ASCII takes two columns
_FIRST_EXCEL_YEAR = 1900
_NUMBER = pattern(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_EXACT_DIGITS = 14  # so many digits survive a binary float
_RISKY = ("=", "+", "-", "@", "\t", "\r")


class Pages:
    """One workbook being written, page by page."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self._book = book
        self.formats = Formats(book)

    def add(self, name: str, tab: str) -> "Page":
        """A bare page: A4, fitted to the width, protected without a password."""
        return Page(self._book.add_worksheet(name), name, self.formats, tab)

    def framed(self, sheet: Sheet, *, frozen: int = 1) -> "Page":
        """A page with title, head row (the third) and widths as the layout says."""
        page = self.add(sheet.name, look.TAB_FIXED)
        printed = sheet.printed or len(sheet.fields)
        page.band(0, 0, printed - 1, sheet.title, look.TITLE)
        page.height(0, 2)
        page.heads(2, [field.title for field in sheet.fields])
        page.widths([field.width for field in sheet.fields], printed)
        page.freeze(3, frozen)
        return page


class Page:
    """One sheet being written. Rows and columns are zero-based."""

    def __init__(self, sheet: Any, name: str, formats: Formats, tab: str) -> None:  # noqa: ANN401
        self._sheet = sheet
        self._name = name
        self._formats = formats
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.center_horizontally()
        sheet.set_footer(f"&L{name.replace('&', '&&')}&C第 &P 页，共 &N 页")
        sheet.set_tab_color(tab)
        sheet.set_default_row(LINE)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "empty_cell_reference": "A1:XFD1048576"})
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def text(self, row: int, column: int, text: str, style: Look) -> None:
        """A text, which never becomes a formula. Raises HengjiError for one that is longer than a cell holds."""
        if len(text) > _LONGEST_TEXT:
            where = f"{self._name}!{column_letter(column)}{row + 1}"
            raise HengjiError(f"{where} 的文字有{len(text)}字，超过一个单元格的{_LONGEST_TEXT}字，请分成几段")
        quoted = text.startswith(_RISKY)
        self._sheet.write_string(row, column, text.replace("\r\n", "\n"), self._formats.of(style, quoted=quoted))

    def texts(self, row: int, column: int, texts: Sequence[str], style: Look) -> None:
        """Texts side by side."""
        for number, text in enumerate(texts, start=column):
            self.text(row, number, text, style)

    def stated(self, row: int, column: int, text: str, kind: ItemType) -> None:
        """An input cell with a value as stated: a number as a number with its decimals, a date as a date, else text."""
        if kind is ItemType.NUMBER and is_exact_number(text):
            decimals = len(text.partition(".")[2])
            self._sheet.write_number(row, column, Decimal(text), self._formats.of(look.number_look(decimals)))
        elif kind is ItemType.DATE and _is_excel_date(text):
            self._sheet.write_datetime(row, column, date.fromisoformat(text), self._formats.of(look.DATE))
        else:
            self.text(row, column, text, look.DATE_TEXT if kind is ItemType.DATE else look.INPUT)

    def given(self, row: int, column: int, number: Decimal) -> None:
        """A number that the system gives and nobody changes."""
        self._sheet.write_number(row, column, number, self._formats.of(look.CENTRED))

    def formula(self, row: int, column: int, formula: str, value: Decimal | str) -> None:
        """A formula in a locked grey cell, and the value it has now."""
        self._sheet.write_formula(row, column, formula, self._formats.of(look.COMPUTED), value)

    def link(self, row: int, column: int, sheet: str) -> None:
        """A link to another sheet."""
        quoted = sheet.replace("'", "''")
        self._sheet.write_url(row, column, f"internal:'{quoted}'!A1", self._formats.of(look.LINK), sheet)

    def blank(self, row: int, columns: int, style: Look = look.INPUT) -> None:
        """Empty cells from the first column on."""
        for column in range(columns):
            self._sheet.write_blank(row, column, None, self._formats.of(style))

    def band(self, row: int, first: int, last: int, text: str, style: Look) -> None:
        """A text over several columns."""
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", self._formats.of(style))
        self.text(row, first, text, style)

    def heads(self, row: int, titles: Sequence[str]) -> None:
        """The head row of a table, repeated on every printed page."""
        self.texts(row, 0, titles, look.HEAD)
        self._sheet.repeat_rows(row)

    def widths(self, widths: Sequence[int], printed: int, style: Look | None = None) -> None:
        """Column widths in characters; the sum of the printed ones decides between upright and landscape."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width, self._formats.of(style) if style is not None else None)
        if sum(widths[:printed]) > _LANDSCAPE_FROM:
            self._sheet.set_landscape()

    def height(self, row: int, lines: int) -> None:
        """The height of a row in lines of text."""
        self._sheet.set_row(row, LINE * min(lines, _MOST_LINES))

    def freeze(self, row: int, column: int) -> None:
        """Keeps rows and columns before a place in sight."""
        self._sheet.freeze_panes(row, column)

    def print_to(self, row: int, column: int) -> None:
        """The last row and column that go on paper."""
        self._sheet.print_area(0, 0, row, column)

    def choices(
        self, rows: tuple[int, int], column: int, choices: Sequence[str], title: str = "", message: str = ""
    ) -> None:
        """A dropdown over rows first to last; what is not in it may be typed after a warning."""
        options: dict[str, object] = {"validate": "list", "source": list(choices), "error_type": "warning"}
        if not choices or len(",".join(choices)) > _LONGEST_LIST or any("," in choice for choice in choices):
            options = {"validate": "any"}
        self._validate(rows, column, options, title, message)

    def hint(self, rows: tuple[int, int], column: int, title: str, message: str) -> None:
        """A message that shows while somebody types."""
        self._validate(rows, column, {"validate": "any"}, title, message)

    def _validate(
        self, rows: tuple[int, int], column: int, options: dict[str, object], title: str, message: str
    ) -> None:
        if message:
            options |= {"input_title": title[:_LONGEST_TITLE], "input_message": message[:_LONGEST_MESSAGE]}
        if options != {"validate": "any"}:
            self._sheet.data_validation(rows[0], column, rows[1], column, options)


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    return sum(max(1, -(-sum(2 if ord(c) > _WIDE else 1 for c in line) // width)) for line in text.split("\n"))


def is_exact_number(text: str) -> bool:
    """Whether a text is a plain decimal that a spreadsheet's binary number gives back digit by digit."""
    return bool(_NUMBER.fullmatch(text)) and sum(c.isdigit() for c in text) <= _EXACT_DIGITS and text != "-0"


def _is_excel_date(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.year > _FIRST_EXCEL_YEAR and text == day.isoformat()
