"""The colour language of the workbook: white boxes take input, grey cells compute, tinted rows group."""

from collections.abc import Mapping
from typing import Any

Look = Mapping[str, object]

_SONG, _HEI = "宋体", "黑体"
_LINE, _GREY, _TINT, _HEAD, _SOFT = "#9AA5B1", "#EEF1F4", "#EAF1F9", "#D5DEE8", "#4B5866"
_BASE: Look = {"font_name": _SONG, "font_size": 11, "valign": "vcenter", "border": 1, "border_color": _LINE}

TITLE: Look = {"font_name": _HEI, "font_size": 16, "align": "center", "border": 0}
HEAD: Look = {"font_name": _HEI, "bg_color": _HEAD, "align": "center", "text_wrap": True}
LABEL: Look = {"bg_color": _GREY, "text_wrap": True}
CENTRED: Look = {"bg_color": _GREY, "text_wrap": True, "align": "center"}
NOTE: Look = {"bg_color": _GREY, "font_color": _SOFT, "font_size": 10, "text_wrap": True}
PLAIN: Look = {"border": 0, "text_wrap": True, "font_color": _SOFT, "font_size": 10}
LINK: Look = {"bg_color": _GREY, "font_color": "#1F5FA8", "underline": 1}
SECTION: Look = {"font_name": _HEI, "bg_color": _HEAD}
GROUP: Look = {"bold": True, "bg_color": _TINT}
INPUT: Look = {"locked": False, "text_wrap": True}
MARK: Look = {"locked": False, "align": "center", "bold": True}
OPEN: Look = {"locked": False, "border": 0}  # beyond the bordered rows, typing goes on
DATE: Look = {"locked": False, "num_format": "yyyy-mm-dd", "align": "center"}
DATE_TEXT: Look = {"locked": False, "align": "center"}
COMPUTED: Look = {"bg_color": _GREY, "num_format": "General", "align": "right"}
PROVENANCE: Look = {"locked": False, "font_color": _SOFT, "font_size": 10, "text_wrap": True}
STAMP: Look = {"bg_color": _GREY, "font_color": _SOFT, "font_size": 10, "text_wrap": True}

TAB_FIXED, TAB_SCORED, TAB_OTHER = "#1F5FA8", "#5B9BD5", "#B8C4D0"


def number_look(decimals: int) -> Look:
    """An input cell that shows a number with the decimals it was stated with."""
    code = "#,##0." + "0" * decimals if decimals else "General"
    return {"locked": False, "num_format": code, "align": "right"}


class Formats:
    """The cell formats of one xlsxwriter book, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, look: Look, *, quoted: bool = False) -> Any:  # noqa: ANN401
        """The format of a look; ``quoted`` keeps text from becoming a formula when somebody edits the cell."""
        properties = {**_BASE, **look, **({"quote_prefix": True} if quoted else {})}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
