"""Finds a table in a grid by the titles of its columns, wherever they stand."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hengji.model.patterns import pattern
from hengji.workbook.grid import EMPTY, Cell, Grid

_HEAD_ROWS = 20
_UNIT = pattern(r"[（(]\s*(?:单位[:：])?\s*([^（()）]+?)\s*[）)]$")


@dataclass(frozen=True, slots=True)
class Title:
    """A column that is looked for: its key and every title it is known by."""

    key: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a grid: where its body begins, which column holds what, and in which unit its head says.

    ``unknown`` are columns with a head nobody knows, ``repeated`` further columns with a head that is already taken.
    """

    grid: Grid
    first_row: int
    columns: Mapping[str, int]
    units: Mapping[str, str]
    unknown: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()

    def cell(self, row: int, key: str) -> Cell:
        """The cell of a column in a row; empty where the table has no such column."""
        return self.grid.cell(row, self.columns[key]) if key in self.columns else EMPTY

    def text(self, row: int, key: str) -> str:
        """The text of that cell."""
        return self.cell(row, key).text

    def place(self, row: int, key: str) -> str:
        """Where that cell stands."""
        return self.grid.place(row, self.columns.get(key, 0))

    def rows(self) -> Iterator[int]:
        """The rows of the body that hold anything of their own, a row of column numbers (栏次) left out."""
        for row in range(self.first_row, len(self.grid.rows)):
            cells = [self.grid.cell(row, column) for column in self.columns.values()]
            if not any((cell.text and not cell.lent) or cell.trouble for cell in cells):
                continue
            if row > self.first_row + 1 or not _is_column_numbers([cell.text for cell in self.grid.rows[row]]):
                yield row

    def strays(self, columns: Sequence[int]) -> Iterator[str]:
        """Where those of the columns stand that hold something below their head."""
        for column in columns:
            if any(self.grid.cell(row, column).text for row in range(self.first_row, len(self.grid.rows))):
                yield self.grid.place(self.first_row - 1, column)


def normal(title: str) -> str:
    """A title without blanks, in half width, without a star or a unit in brackets behind it."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title)).strip("*:")
    return _UNIT.sub("", text) or text


def unit_in(title: str) -> str:
    """The unit in brackets behind a title, or an empty text."""
    match = _UNIT.search(unicodedata.normalize("NFKC", title).strip().rstrip("* "))
    return match[1] if match else ""


def find_table(grid: Grid, titles: Sequence[Title], least: int = 2) -> Table | None:
    """The table whose head holds the most of these titles; None where no row holds at least ``least``.

    The head may take two rows (a second row refines the first) and stand anywhere in the first twenty.
    """
    wanted = {normal(title): each.key for each in reversed(titles) for title in reversed(each.titles)}
    best: _Head | None = None
    for depth in (1, 2):
        for row in range(min(_HEAD_ROWS, len(grid.rows) + 1 - depth)):
            head = _head(grid, row, depth, wanted)
            if best is None or len(head.found) > len(best.found):
                best = head
    if best is None or len(best.found) < least:
        return None
    texts = best.texts
    return Table(
        grid,
        best.row + best.depth,
        best.found,
        {key: unit for key, column in best.found.items() if (unit := unit_in(texts[column]))},
        tuple(column for column, text in texts.items() if text and normal(text) not in wanted),
        tuple(c for c, text in texts.items() if normal(text) in wanted and c not in best.found.values()),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """One or two rows as the head of a table: the columns found by key, and the lowest text above each column."""

    row: int
    depth: int
    found: dict[str, int]
    texts: dict[int, str]


def _head(grid: Grid, row: int, depth: int, wanted: Mapping[str, str]) -> _Head:
    found: dict[str, int] = {}
    texts: dict[int, str] = {}
    for line in range(row, row + depth):
        for column, cell in enumerate(grid.rows[line]):
            if not cell.text:
                continue
            texts[column] = cell.text
            key = wanted.get(normal(cell.text))
            if key is not None and key not in found and column not in found.values():
                found[key] = column
    return _Head(row, depth, found, texts)


def _is_column_numbers(texts: list[str]) -> bool:
    """A row of 栏次: consecutive numbers, in whatever order the columns were moved to."""
    if texts[0] == "栏次":
        return True
    filled = sorted(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4)  # noqa: PLR2004 - no table has a thousand columns
    several = len(filled) > 2  # noqa: PLR2004 - two numbers in a row may be figures
    return several and len(filled) == sum(map(bool, texts)) and filled == list(range(filled[0], filled[-1] + 1))
