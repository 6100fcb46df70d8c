"""Which characters can be printed: none that XML forbids or that hides, and in the PDF none that its fonts lack."""

import struct
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from hengji.writing.blocks import Block, Chart, Cover, Heading, Line, Mark, Paragraph, Runs, Table, Title

ABSENT = "〓"  # the printer's mark for a character that is not in the case
_BLANKS = "\n\r\t\v\f\u2028\u2029"
_HIDDEN = ("Cc", "Cf", "Cs")
_NOT_CHARACTERS = "\ufffe\uffff"
_UNICODE_FULL = 12  # the cmap format that covers all of Unicode
Change = Callable[[str], str]


def printable(text: str) -> str:
    """The text without control, format and stray surrogate characters; line breaks and tabs are blanks."""
    if text.isprintable():
        return text
    kept = (" " if c in _BLANKS else c for c in text if c in _BLANKS or unicodedata.category(c) not in _HIDDEN)
    return "".join(c for c in kept if c not in _NOT_CHARACTERS)


def settable(fonts: tuple[Path, ...]) -> Change:
    """A change that puts 〓 for every character that none of the fonts has."""
    known = frozenset().union(*(coverage(font) for font in fonts))

    def change(text: str) -> str:
        return text if known.issuperset(text) else "".join(c if c in known else ABSENT for c in text)

    return change


@cache
def coverage(font: Path) -> frozenset[str]:
    """The characters an OpenType font has, by the full Unicode table of its cmap."""
    data = font.read_bytes()
    tables = {data[at : at + 4]: struct.unpack_from(">II", data, at + 8) for at in _steps(12, _short(data, 4), 16)}
    start, _ = tables[b"cmap"]
    for record in _steps(start + 4, _short(data, start + 2), 8):
        (offset,) = struct.unpack_from(">I", data, record + 4)
        if _short(data, start + offset) == _UNICODE_FULL:
            return _covered(data, start + offset)
    raise ValueError(font)


def _steps(start: int, count: int, size: int) -> range:
    return range(start, start + count * size, size)


def _short(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2])


def _covered(data: bytes, table: int) -> frozenset[str]:
    (groups,) = struct.unpack_from(">I", data, table + 12)
    spans = (struct.unpack_from(">II", data, at) for at in _steps(table + 16, groups, 12))
    return frozenset(chr(code) for first, last in spans for code in range(first, last + 1))


def changed(block: Block, change: Change) -> Block:
    """The block with every text in it changed."""

    def runs(old: Runs) -> Runs:
        return tuple(replace(run, text=change(run.text)) for run in old)

    match block:
        case Mark():
            return Mark(change(block.text))
        case Title():
            return replace(block, lines=tuple(map(change, block.lines)))
        case Cover():
            return Cover(tuple((change(label), runs(content)) for label, content in block.rows))
        case Heading():
            return replace(block, text=change(block.text))
        case Paragraph():
            return replace(block, runs=runs(block.runs))
        case Line():
            return replace(block, runs=runs(block.runs))
        case Table():
            columns = tuple(replace(column, head=change(column.head)) for column in block.columns)
            rows = tuple(tuple(runs(cell) for cell in row) for row in block.rows)
            return replace(block, title=change(block.title), unit=change(block.unit), columns=columns, rows=rows)
        case Chart():
            return _changed_chart(block, change)


def _changed_chart(chart: Chart, change: Change) -> Chart:
    rows = tuple(
        replace(
            row,
            name=change(row.name),
            label=change(row.label),
            bars=tuple(replace(bar, label=change(bar.label)) for bar in row.bars),
        )
        for row in chart.rows
    )
    legend = tuple((ink, change(words)) for ink, words in chart.legend)
    return replace(chart, title=change(chart.title), unit=change(chart.unit), rows=rows, legend=legend)
