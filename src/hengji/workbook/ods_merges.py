"""Merged cells of an ods, which the parser of spreadsheets does not tell."""

import io
import zipfile
from collections.abc import Mapping

from hengji.workbook.container import Container
from hengji.workbook.markup import Attributes, attribute, walk

_CELLS = ("table-cell", "covered-table-cell")
_MOST = 100_000  # merges; no sheet has more

Range = tuple[tuple[int, int], tuple[int, int]]


def ods_merges(container: Container) -> Mapping[str, list[Range]]:
    """The merged cells of every sheet: first and last place, by sheet name.

    Raises one of ``container.ZIP_ERRORS`` for a damaged file.
    """
    content = _Content()
    with zipfile.ZipFile(io.BytesIO(container.data)) as archive, archive.open("content.xml") as stream:
        walk(stream, content.start)
    return content.sheets


class _Content:
    """Counts rows and cells as they come by, repeated ones as often as they repeat."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[Range]] = {}
        self.name = ""
        self.row, self.next_row, self.column = 0, 0, 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self.name, self.next_row = attribute(attributes, "name"), 0
            self.sheets[self.name] = []
        elif name == "table-row":
            self.row, self.column = self.next_row, 0
            self.next_row += _count(attributes, "number-rows-repeated")
        elif name in _CELLS:
            high = _count(attributes, "number-rows-spanned")
            wide = _count(attributes, "number-columns-spanned")
            if high * wide > 1 and self.name in self.sheets and len(self.sheets[self.name]) < _MOST:
                place = (self.row, self.column)
                self.sheets[self.name].append((place, (self.row + high - 1, self.column + wide - 1)))
            self.column += _count(attributes, "number-columns-repeated")


def _count(attributes: Attributes, name: str) -> int:
    return max(1, int(attribute(attributes, name) or "1"))
