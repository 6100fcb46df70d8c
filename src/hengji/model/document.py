"""A document as it was read: its text in reading order, and the place of every character of it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from hengji.model.patterns import pattern

# What takes no room and is never printed: blanks of no width, marks of direction, soft hyphens, variants of a glyph.
UNSEEN = pattern(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+"
)
_ODD = pattern(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2e80-\u2fd5\uf900-\ufaff\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
# Some fonts name their glyphs by radicals that look like the characters meant, and copies keep the names.
_RADICALS = {
    code: normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
} | str.maketrans(
    "⼾⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⺫⺮⻗", "户民西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙罒竹雨"
)


def readable(text: str) -> str:
    """A text without what cannot be seen, radicals as the characters meant."""
    return UNSEEN.sub("", text).translate(_RADICALS) if not text.isascii() and _ODD.search(text) else text


class BlockKind(StrEnum):
    """What a block of a document is."""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    IMAGE = "image"
    NOTE = "note"  # a footnote or endnote


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, where it stands in the document's text, and how far it was merged.

    A cell merged over several rows or columns stands once, at its top left; ``rows`` and ``columns`` say how far it reaches.
    """

    text: str
    row: int
    column: int
    start: int
    rows: int = 1
    columns: int = 1

    @property
    def end(self) -> int:
        """Where its text ends in the document's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, table, image or note. ``level`` is the heading level its style says, 0 for running text.

    ``start`` counts code points in the document's text; ``page`` is known for PDFs only; ``number`` counts blocks of its
    kind from 1, for people. ``apart`` says that an empty line stands before it in a file of plain text.
    """

    kind: BlockKind
    text: str
    start: int
    number: int
    level: int = 0
    page: int | None = None
    cells: tuple[Cell, ...] = ()
    apart: bool = False

    @property
    def end(self) -> int:
        """Where its text ends in the document's text."""
        return self.start + len(self.text)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of a table; a cell merged downward stands in its first row only."""
        for row in sorted({cell.row for cell in self.cells}):
            yield tuple(cell for cell in self.cells if cell.row == row)


_COUNTED_AS = {BlockKind.PARAGRAPH: "段", BlockKind.IMAGE: "张图", BlockKind.NOTE: "条注"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: blocks joined by newlines, cells of a row by tabs, rows by newlines; nothing normalised.

    ``unread`` says in sentences what could not be read (an image without text, a damaged part).
    """

    file: str
    form: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    unread: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether a single letter, character or digit could be read."""
        return any(character.isalnum() for character in self.text)

    def block_at(self, position: int) -> Block | None:
        """The block that holds a position of the text."""
        index = bisect_right(self.blocks, position, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 else None

    def place(self, position: int) -> str:
        """A position in words: 「第3页」, 「第12段」, 「表2第3行第4列」."""
        block = self.block_at(position)
        if block is None:
            return ""
        page = f"第{block.page}页" if block.page is not None else ""
        if block.kind is not BlockKind.TABLE:
            return f"{page}第{block.number}{_COUNTED_AS[block.kind]}"
        index = bisect_right(block.cells, position, key=lambda cell: cell.start) - 1
        cell = block.cells[index] if index >= 0 else None
        inside = f"第{cell.row + 1}行第{cell.column + 1}列" if cell is not None else ""
        return f"{page}表{block.number}{inside}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reader found, before the text is put together: a paragraph's text or a table's cells."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    page: int | None = None
    rows: tuple[tuple[tuple[str, int, int, int], ...], ...] = ()  # per row: text, column, rows and columns spanned
    apart: bool = False  # an empty line stands before it


def assemble(
    file: str, form: str, pieces: list[Piece], pages: int | None = None, unread: tuple[str, ...] = ()
) -> Document:
    """The document of these pieces, with every offset counted and nothing in it that cannot be seen."""
    blocks: list[Block] = []
    counts: dict[BlockKind, int] = {}
    position = 0
    for piece in pieces:
        counts[piece.kind] = counts.get(piece.kind, 0) + 1
        text, cells = (readable(piece.text), ()) if piece.kind is not BlockKind.TABLE else _table(piece, position)
        blocks.append(
            Block(piece.kind, text, position, counts[piece.kind], piece.level, piece.page, cells, piece.apart)
        )
        position += len(text) + 1
    return Document(file, form, "\n".join(block.text for block in blocks), tuple(blocks), pages, unread)


def _table(piece: Piece, start: int) -> tuple[str, tuple[Cell, ...]]:
    cells: list[Cell] = []
    lines: list[str] = []
    position = start
    for number, row in enumerate(piece.rows):
        texts = []
        for text, column, rows, columns in row:
            plain = readable(text).replace("\t", " ").replace("\n", " ")
            cells.append(Cell(plain, number, column, position, rows, columns))
            texts.append(plain)
            position += len(plain) + 1
        lines.append("\t".join(texts))
        if not row:
            position += 1
    return "\n".join(lines), tuple(cells)
