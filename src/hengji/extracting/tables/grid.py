"""A table as a full rectangle: merged cells stand wherever they reach, so that columns can be asked by number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.flat import flat
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Span
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

EMPTY = pattern(r"(?:[/\\—－\-–…·.]|\.\.\.|……)*")
_SHORT = 100  # characters of a text that is worth remembering
_MOST_CELLS = 400_000


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells by row and column; ``texts`` gives their words without blanks and in one spelling."""

    block: Block
    cells: Mapping[tuple[int, int], Cell]
    texts: Mapping[tuple[int, int], str]
    rows: int
    columns: int
    lines: tuple[tuple[str, ...], ...]  # the words row by row
    row_spans: Mapping[int, Span]

    def text(self, row: int, column: int | None) -> str:
        """A cell's words without blanks; empty where there is none."""
        return self.texts.get((row, column), "") if column is not None else ""

    def span(self, row: int, column: int) -> Span:
        """Where a cell's text stands."""
        cell = self.cells.get((row, column))
        return Span(cell.start, cell.end) if cell is not None else self.row_span(row)

    def row_span(self, row: int) -> Span:
        """From the first to the last cell that begins in a row; where none does, the empty range at the table's beginning."""
        return self.row_spans.get(row) or Span(self.block.start, self.block.start)

    def row(self, row: int) -> tuple[str, ...]:
        """The words of a row by column."""
        return self.lines[row] if 0 <= row < self.rows else ("",) * self.columns

    def distinct(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row, a merged one once."""
        seen: dict[int, Cell] = {}
        for column in range(self.columns):
            cell = self.cells.get((row, column))
            if cell is not None:
                seen.setdefault(cell.start * 1000 + cell.column, cell)
        return tuple(seen.values())


def grid_of(block: Block) -> Grid:
    """The grid of a table block."""
    cells: dict[tuple[int, int], Cell] = {}
    texts: dict[tuple[int, int], str] = {}
    for cell in block.cells:
        words = squeezed(cell.text)
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if len(cells) < _MOST_CELLS and (row, column) not in cells:
                    cells[row, column], texts[row, column] = cell, words
    rows = max((row for row, _ in cells), default=-1) + 1
    columns = max((column for _, column in cells), default=-1) + 1
    lines = tuple(tuple(texts.get((row, column), "") for column in range(columns)) for row in range(rows))
    return Grid(block, cells, texts, rows, columns, lines, row_spans_of(cells))


def row_spans_of(cells: Mapping[tuple[int, int], Cell]) -> dict[int, Span]:
    """From the first to the last cell that begins in a row, by row; rows in which none begins are not there."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for (row, _), cell in cells.items():
        if cell.row == row:
            start, end = cell.start, cell.end
            if row not in starts or start < starts[row]:
                starts[row] = start
            if row not in ends or end > ends[row]:
                ends[row] = end
    return {row: Span(start, ends[row]) for row, start in starts.items()}


def grids_of(document: Document) -> dict[int, Grid]:
    """The grids of all tables of a document, by where each begins."""
    return {block.start: grid_of(block) for block in document.blocks if block.kind is BlockKind.TABLE}


def squeezed(text: str) -> str:
    """A text in one spelling without any blanks."""
    return _squeezed_cell(text) if len(text) < _SHORT else "".join(flat(text).split())


@lru_cache(maxsize=2048)  # a table is laid out for its reader and for the checks, and says many things twice
def _squeezed_cell(text: str) -> str:
    return "".join(flat(text).split())


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, dots."""
    return EMPTY.fullmatch(text) is not None


_SCORE = pattern(r"(?P<n>\d{1,6}(?:,\d{3})*(?:\.\d+)?)(?:分)?(?:\(.{0,12}\))?")


def cell_number(text: str) -> Decimal | None:
    """The one number of a cell of points or scores (「10」, 「10分」, 「9.5」), or None."""
    match = _SCORE.fullmatch(text)
    return read_decimal(match["n"]) if match else None
