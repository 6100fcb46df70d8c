"""The cells of tables that reached text as lines, one after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengji.extracting.flat import flat
from hengji.extracting.tables.bar_tables import within
from hengji.extracting.tables.grid import cell_number, squeezed
from hengji.extracting.tables.header_words import header_kind
from hengji.model.document import Block, BlockKind, Document
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

WORDS = pattern(r"[\u4e00-\u9fff]{2,}")
LONGEST = 60
MOST_CELL = 160


@dataclass(frozen=True, slots=True)
class Token:
    """One cell of a table that lost its borders."""

    text: str
    span: Span


def tokens_of(document: Document, taken: Sequence[Span]) -> Iterator[Token]:
    """The cells of all that is no table yet; lines that are rows already end what stands before them."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            if _whole(block) or any(span.start < block.end and block.start < span.end for span in taken):
                yield Token("", Span(block.start, block.start))
                continue
            for cell in block.cells:
                yield Token(squeezed(cell.text), Span(cell.start, cell.end))
            continue
        position = block.start
        for line in block.text.split("\n"):
            if within(taken, position + len(line) - len(line.lstrip())):
                yield Token("", Span(position, position))
            else:
                yield from _of_text(line, position)
            position += len(line) + 1


def _whole(block: Block) -> bool:
    """Whether a table kept its cells: most rows are as long as the longest."""
    lengths = [sum(cell.columns for cell in row) for row in block.rows()]
    return sum(1 for length in lengths if length == max(lengths)) * 2 > len(lengths) or any(
        c.rows > 1 or c.columns > 1 for c in block.cells
    )


def _of_text(line: str, start: int) -> Iterator[Token]:
    text = flat(line)
    if len(text) > MOST_CELL * 2 and "|" not in text and "\t" not in text:
        yield Token(text, Span(start, start + len(text)))  # a paragraph, not a row
        return
    if text.strip() == "|":
        yield Token("", Span(start, start))
        return
    barred = "|" in text or "\t" in text
    matches = list(re.finditer(r"[^|\t]+", text) if barred else re.finditer(r"\S+", text))
    if not barred and len(matches) > 1 and not _is_row([m[0] for m in matches]):
        matches = list(re.finditer(r"\S.*\S|\S", text))
    for match in matches:
        word = match[0].strip()
        if word:
            at = start + match.start() + (len(match[0]) - len(match[0].lstrip()))
            yield Token(squeezed(word), Span(at, at + len(word)))


def _is_row(words: list[str]) -> bool:
    """Whether words between blanks are cells: several headers, or several figures."""
    return sum(1 for w in words if header_kind(squeezed(w)) or cell_number(squeezed(w)) is not None) >= 2
