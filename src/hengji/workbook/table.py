"""Finds a table in a grid by the titles of its columns, wherever they stand."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.workbook.grid import EMPTY, Cell, Grid

_HEAD_ROWS = 20
_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^）)]+?)\s*[）)]$")


@dataclass(frozen=True, slots=True)
class Title:
    """A column that is looked for: its key and every title it is known by."""

    key: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a grid: where its body begins, which column holds what, in which unit, and columns nobody knows."""

    grid: Grid
    first_row: int
    columns: dict[str, int]
    units: dict[str, str]
    unknown: tuple[int, ...]

    def cell(self, row: int, key: str) -> Cell:
        """The cell of a column in a row; empty where the table has no such column."""
        return self.grid.cell(row, self.columns[key]) if key in self.columns else EMPTY

    def place(self, row: int, key: str) -> str:
        """Where that cell stands."""
        return self.grid.place(row, self.columns.get(key, 0))

    def rows(self) -> Iterator[int]:
        """The rows of the body that hold anything, a row of column numbers (栏次) left out."""
        for row in range(self.first_row, len(self.grid.rows)):
            texts = [self.grid.cell(row, column).text for column in self.columns.values()]
            if any(texts) and not _is_column_numbers([cell.text for cell in self.grid.rows[row]]):
                yield row


def normal(title: str) -> str:
    """A title without blanks, in half width, without a unit in brackets behind it."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title)).replace("：", ":")
    return _UNIT.sub("", text) or text


def unit_in(title: str) -> str:
    """The unit in brackets behind a title, or an empty text."""
    match = _UNIT.search(unicodedata.normalize("NFKC", title).strip())
    return match[1] if match else ""


def find_table(grid: Grid, titles: Sequence[Title], least: int = 2) -> Table | None:
    """The table whose head holds the most of these titles; None where no row holds at least ``least``.

    The head may take two rows (a second row refines the first) and stand anywhere in the first twenty.
    """
    wanted = {normal(title): each.key for each in reversed(titles) for title in reversed(each.titles)}
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for row in range(min(_HEAD_ROWS, len(grid.rows))):
        for depth in (1, 2):
            found = _match(grid, row, depth, wanted)
            if len(found) > best[0]:
                best = (len(found), row + depth, found)
    count, first, columns = best
    if count < least:
        return None
    heads = {column: _head(grid, first, column) for column in range(max(len(row) for row in grid.rows))}
    units = {key: unit_in(heads[column]) for key, column in columns.items() if unit_in(heads[column])}
    unknown = tuple(c for c, head in heads.items() if head and c not in columns.values())
    return Table(grid, first, columns, units, unknown)


def _match(grid: Grid, row: int, depth: int, wanted: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in range(row, row + depth):
        cells = grid.rows[line] if line < len(grid.rows) else ()
        for column, cell in enumerate(cells):
            key = wanted.get(normal(cell.text))
            if key is not None and (key not in found) and column not in found.values():
                found[key] = column
    return found


def _head(grid: Grid, first_row: int, column: int) -> str:
    """The title above a column: the lowest of the two rows before the body that says anything."""
    for row in (first_row - 1, first_row - 2):
        if row >= 0 and grid.cell(row, column).text:
            return grid.cell(row, column).text
    return ""


def _is_column_numbers(texts: list[str]) -> bool:
    """A row of 栏次: consecutive numbers, in whatever order the columns were moved to."""
    if texts[0] == "栏次":
        return True
    filled = sorted(int(text) for text in texts if text.isascii() and text.isdigit())
    several = len(filled) > 2  # noqa: PLR2004 - two numbers in a row may be figures
    return several and len(filled) == sum(map(bool, texts)) and filled == list(range(filled[0], filled[-1] + 1))
