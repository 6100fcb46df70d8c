"""What an ods says about its cells: percentages and decimals as shown; and how far its sheets reach."""

import io
import zipfile
from collections.abc import Mapping

from hengji.model.patterns import pattern
from hengji.workbook.container import Container
from hengji.workbook.markup import Attributes, attribute, walk
from hengji.workbook.styles import Style, Styles, refuse_wide

_SHOWN = pattern(r"-?[0-9][0-9,]*\.([0-9]+)\s*%?")
_CELLS = ("table-cell", "covered-table-cell")


def ods_styles(container: Container) -> Mapping[str, Styles]:
    """The noteworthy cells of every sheet, by sheet name and zero-based place.

    Raises HengjiError for a sheet that is too large, and one of ``container.ZIP_ERRORS`` for a damaged file.
    """
    content = _Content(container.name)
    with zipfile.ZipFile(io.BytesIO(container.data)) as archive, archive.open("content.xml") as stream:
        walk(stream, content.start, content.end, content.text)
    return content.sheets


class _Content:
    """The sheets of the document as they come by; repeated rows and cells are counted as often as they repeat."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: dict[str, dict[tuple[int, int], Style]] = {}
        self.name = ""
        self.row, self.next_row, self.column, self.next_column = 0, 0, 0, 0
        self.rows, self.columns = 0, 0
        self.type, self.shown, self.holds = "", "", False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self.name = attribute(attributes, "name")
            self.sheets[self.name] = {}
            self.next_row, self.rows, self.columns = 0, 0, 0
        elif name == "table-row":
            self.row, self.next_column = self.next_row, 0
            self.next_row += int(attribute(attributes, "number-rows-repeated") or "1")
        elif name in _CELLS:
            self.column = self.next_column
            self.next_column += int(attribute(attributes, "number-columns-repeated") or "1")
            self.type, self.shown = attribute(attributes, "value-type"), ""
            self.holds = bool(self.type)

    def text(self, text: str) -> None:
        self.shown += text

    def end(self, name: str) -> None:
        if name not in _CELLS or not self.holds:
            return
        self.rows, self.columns = max(self.rows, self.next_row), max(self.columns, self.next_column)
        refuse_wide(self.file, self.rows, self.columns)
        style = self._style()
        if style is not None:
            for row in range(self.row, self.next_row):
                for column in range(self.column, self.next_column):
                    self.sheets[self.name][row, column] = style

    def _style(self) -> Style | None:
        shown = self.shown.strip()
        if shown.startswith(("#", "Err:")) and shown.rstrip("!?").isascii() and self.type in ("string", "float"):
            return Style(trouble=f"公式出错（{shown}），请改正公式或直接填写")
        decimals = _SHOWN.fullmatch(shown)
        percent = self.type == "percentage"
        if self.type not in ("float", "percentage", "currency") or not (percent or decimals):
            return None
        return Style(percent, len(decimals[1]) if decimals else 0)
