"""Tables whose rows reached text as lines with bars between the cells, merged cells left out: rows aligned under their header."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.extracting.flat import flat
from hengji.extracting.leaves.absences import ABSENT_CELL
from hengji.extracting.tables.grid import cell_number, is_empty, squeezed
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.row_points import percent_or_number
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_BARS = 2  # bars a line must have to be a row
_FEWEST = 4  # columns of a header
_WORDS = pattern(r"[\u4e00-\u9fff]{2,}")
_RULE = pattern(r"[\s|│┃+:=─━—-]*[┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝+|-][\s|│┃┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝+:=═─━—-]*")  # a drawn line
_TOTAL = pattern(r"(?:总分|合计|总计|自评总分|总得分|得分合计|自评得分合计)(?:\(分\))?[::]?")
_ABSENT = pattern(rf"{ABSENT_CELL.pattern}|[—－/\\\\-]+")

_SCORES = ("weighted", "score", "telling", "lost")

Bars = tuple[int, int, tuple[Cell, ...]]
Row = list[tuple[str, int]]  # the words of a cell and where they start; empty cells keep their place


@dataclass(frozen=True, slots=True)
class _Head:
    kinds: tuple[str, ...]

    @property
    def name(self) -> int | None:
        """The column of the leaf's name."""
        kind = next((kind for kind in ("level3", "name", "level2") if kind in self.kinds), None)
        if kind is None:
            return None
        ends = min(
            (self.kinds.index(each) for each in ("points", "weight") if each in self.kinds), default=len(self.kinds)
        )
        before = [column for column, each in enumerate(self.kinds[:ends]) if each == "name"]
        return before[-1] if kind == "name" and before else self.kinds.index(kind)

    @property
    def points(self) -> int | None:
        """The column of the leaf's points: beside its name where every level has one."""
        worth = next((kind for kind in ("points", "weight") if kind in self.kinds), None)
        return self._leafs(worth) if worth is not None else None

    @property
    def score(self) -> int | None:
        """The column of the score."""
        return next((self._leafs(kind) for kind in _SCORES if kind in self.kinds), None)

    def _leafs(self, kind: str) -> int:
        """The first column of a kind behind the name of the leaf, since the group may have one in front of it; else the first."""
        behind = (self.name or 0) + 1
        return self.kinds.index(kind, behind) if kind in self.kinds[behind:] else self.kinds.index(kind)


def bar_tables(document: Document) -> list[Bars]:
    """Where such tables stand and their cells."""
    found: list[Bars] = []
    head: _Head | None = None
    rows: list[list[tuple[str, int, int]]] = []
    for row in (*_rows(document), []):
        header = _header(row) if row else None
        if header is None and head is not None and row:
            rows.append(_placed(row, head))
            continue
        if rows and len(rows) > _BARS:
            found.append(_table(rows))
        head, rows = None, []
        if header is not None:
            head, rows = header, [[(text, column, at) for column, (text, at) in enumerate(row)]]
    return found


def _rows(document: Document) -> Iterator[Row]:
    """The lines of a document as rows of cells; an empty row stands for what is no row."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            if _is_ragged(block):
                yield from ([(cell.text, cell.start) for cell in row] for row in block.rows())
            yield []
            continue
        position = block.start
        for line in block.text.split("\n"):
            if line.strip() and not _RULE.fullmatch(line):
                yield _cells(line, position)
            position += len(line) + 1


def _is_ragged(block: Block) -> bool:
    """Whether a table's rows are of many lengths and no cell is merged: its merged cells were left out."""
    if any(cell.rows > 1 or cell.columns > 1 for cell in block.cells):
        return False
    lengths = [len(_trimmed([(cell.text, cell.start) for cell in row])) for row in block.rows()]
    return len(lengths) > _BARS and sum(1 for length in lengths if length < max(lengths)) * 3 > len(lengths)


def _trimmed(row: Row) -> Row:
    while row and not row[-1][0].strip():
        row = row[:-1]
    return row


def _cells(line: str, start: int) -> Row:
    """The cells of a barred line, empty ones in their place; nothing for any other line."""
    text = flat(line)
    if text.count("|") < _BARS:
        return []
    row: Row = []
    position = 0
    for piece in text.split("|"):
        lead = len(piece) - len(piece.lstrip())
        words = line[position + lead : position + len(piece.rstrip())] if piece.strip() else ""
        row.append((words, start + position + (lead if words else 0)))
        position += len(piece) + 1
    if row and not row[0][0] and text.lstrip().startswith("|"):
        row = row[1:]
    if row and not row[-1][0] and text.rstrip().endswith("|"):
        row = row[:-1]
    return row if any(words for words, _ in row) else []


def _header(row: Row) -> _Head | None:
    kinds = tuple(header_kind(squeezed(text)) for text, _ in _trimmed(row))
    known = sum(1 for kind in kinds if kind)
    worth = "points" in kinds or "weight" in kinds
    if len(kinds) >= _FEWEST and any(kind in kinds for kind in _SCORES) and worth and known * 3 >= len(kinds) * 2:
        return _Head(kinds)
    return None


def _placed(row: Row, head: _Head) -> list[tuple[str, int, int]]:
    """A row's cells with their columns: as many as the header has stand as they are, fewer are shifted to where they fit.

    A row of money has no scores to fit: the empty cells at its end count.
    """
    whole = len(row) >= len(head.kinds)
    row = _trimmed(row)
    complete = whole and ("budget" in head.kinds or _fit(row, head, 0) >= _FITS)  # a score that was left empty
    first = squeezed(row[0][0]) if row else ""
    if _TOTAL.fullmatch(first):
        return _total(row, head)
    shift = 0
    if first and len(row) < len(head.kinds) and not complete:
        shifts = range(len(head.kinds) - len(row), -1, -1)
        shift = max(shifts, key=lambda each: (_fit(row, head, each), each))
        shift = shift if _fit(row, head, shift) >= _FITS else 0
    return [(text, column + shift, at) for column, (text, at) in enumerate(row) if text]


_FITS = 4  # two of name, points and score


def _fit(row: Row, head: _Head, shift: int) -> int:
    def text(column: int | None) -> str:
        at = column - shift if column is not None else -1
        return squeezed(row[at][0]) if 0 <= at < len(row) else ""

    named = text(head.name)
    fits = 2 if _WORDS.search(named) and cell_number(named) is None else 0
    worth = text(head.points)
    weighted = head.points is not None and head.kinds[head.points] == "weight"
    fits += 2 if cell_number(worth) is not None or (weighted and percent_or_number(worth) is not None) else 0
    score = text(head.score)
    return fits + (2 if cell_number(score) is not None or _ABSENT.fullmatch(score) else 0)


def _total(row: Row, head: _Head) -> list[tuple[str, int, int]]:
    """The row of the total: its last number under the score, the one before under the points."""
    numbers = [(text, at) for text, at in row[1:] if cell_number(squeezed(text)) is not None]
    columns: Sequence[int | None] = (head.score, head.points)
    placed = [
        (text, column, at) for (text, at), column in zip(reversed(numbers), columns, strict=False) if column is not None
    ]
    grade = [
        (text, len(head.kinds), at)
        for text, at in row[1:]
        if not is_empty(squeezed(text)) and cell_number(squeezed(text)) is None
    ]
    return [(row[0][0], 0, row[0][1]), *sorted(placed, key=lambda each: each[1]), *grade[:1]]


def _table(rows: list[list[tuple[str, int, int]]]) -> Bars:
    cells = tuple(Cell(text, number, column, at) for number, row in enumerate(rows) for text, column, at in row if text)
    return min(cell.start for cell in cells), max(cell.end for cell in cells), cells


def within(spans: Sequence[Span], position: int) -> bool:
    """Whether a position stands in one of these ranges."""
    return any(span.start <= position < span.end for span in spans)
