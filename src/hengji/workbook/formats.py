"""The colour language of the workbook: white boxes take input, grey cells compute, tinted rows group."""

from functools import lru_cache
from typing import Any

_SONG, _HEI = "宋体", "黑体"
_LINE, _GREY, _TINT, _HEAD = "#9AA5B1", "#EEF1F4", "#EAF1F9", "#D5DEE8"


class Formats:
    """The cell formats of one xlsxwriter book."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self._book = book
        self.title = self._add(font_name=_HEI, font_size=16, align="center", border=0)
        self.head = self._add(font_name=_HEI, bg_color=_HEAD, align="center", text_wrap=True)
        self.label = self._add(bg_color=_GREY, text_wrap=True)
        self.note = self._add(font_color="#4B5866", font_size=10, text_wrap=True, bg_color=_GREY)
        self.section = self._add(font_name=_HEI, bg_color=_HEAD)
        self.group = self._add(bold=True, bg_color=_TINT)
        self.input = self._add(locked=False, text_wrap=True)
        self.open = self._add(locked=False, border=0)
        self.date = self._add(locked=False, num_format="yyyy-mm-dd", align="center")
        self.date_text = self._add(locked=False, align="center")
        self.computed = self._add(bg_color=_GREY, align="center", text_wrap=True)
        self.computed_number = self._add(bg_color=_GREY, num_format="General")
        self.number = lru_cache(maxsize=None)(self._number)

    def _number(self, decimals: int) -> Any:  # noqa: ANN401
        code = "0." + "0" * decimals if decimals else "General"
        return self._add(locked=False, num_format=code, align="right")

    def _add(self, **properties: object) -> Any:  # noqa: ANN401
        defaults = {"font_name": _SONG, "font_size": 11, "valign": "vcenter", "border": 1, "border_color": _LINE}
        return self._book.add_format(defaults | properties)
