"""Rows of scores whose cells stand one under another without any header or mark: a name, its points, its score; sums prove them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengji.extracting.leaves.leaf_names import is_name
from hengji.extracting.tables.bare_rows import Row, leaf_of, read_rows
from hengji.extracting.tables.glued import LineScores
from hengji.extracting.tables.grid import squeezed
from hengji.extracting.tables.line_tokens import Token
from hengji.extracting.tables.stacked_columns import column_rows
from hengji.model.document import BlockKind, Document
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

_FIGURE = pattern(r"\d{1,3}(?:\.\d{1,2})?分?|[-—/]|不适用|不考核|N/A")
_TOTAL = pattern(r"(?:总分|合计|总计|自评总分|总得分)(?:\(分\))?:?")
_FEWEST = 8  # figures: points and score of four leaves
_LONGEST = 60  # characters of a cell
_MOST_WORDS = 6  # cells of words between two leaves: a remark, groups, the name, its target and result
_ONE = "1"


@dataclass(slots=True)
class _Entry:
    """Cells of words, and the figures under them."""

    words: list[Token] = field(default_factory=list)
    figures: list[Token] = field(default_factory=list)


def stacked_rows(document: Document) -> LineScores:
    """The leaves of such a list; nothing where no sum proves them."""
    lines = list(_lines(document))
    if sum(1 for line in lines if _FIGURE.fullmatch(line.text)) < _FEWEST:
        return LineScores()
    for rows in column_rows(lines, lambda text: _FIGURE.fullmatch(text) is not None):
        found = read_rows(rows)
        if found.items:
            return found
    for entries in _lists(lines):
        found = read_rows(_rows(_without_order(entries)))
        if found.items:
            return found
    return LineScores()


def _lines(document: Document) -> Iterator[Token]:
    """The lines of running text without blanks; a long one is kept as an empty cell, since it ends a list."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            continue
        at = block.start
        for line in block.text.split("\n"):
            if line.strip():
                words = squeezed(line) if len(line) <= _LONGEST else ""
                yield Token(words, Span(at, at + len(line)))
            at += len(line) + 1


def _lists(lines: Sequence[Token]) -> Iterator[list[_Entry]]:
    """The runs of words and figures in turns, where not too many words stand between two figures."""
    entries: list[_Entry] = []
    for line in lines:
        if _FIGURE.fullmatch(line.text):
            if not entries:
                entries.append(_Entry())
            entries[-1].figures.append(line)
        elif entries and not entries[-1].figures:
            entries[-1].words.append(line)
        else:
            entries.append(_Entry([line]))
    run: list[_Entry] = []
    for entry in entries:
        if not entry.figures:
            continue
        if run and (len(entry.words) > _MOST_WORDS or any(not word.text for word in entry.words)):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _without_order(entries: list[_Entry]) -> list[_Entry]:
    """The entries without the numbers that count the leaves, each of which stands in front of a name and so behind the score above."""
    first, *rest = entries
    if [each.text for each in first.figures] != [_ONE] or len(rest) < _FEWEST // 2:
        return entries
    numbered = rest[:-1]
    if any(each.figures[-1].text != str(n) for n, each in enumerate(numbered, 2) if not _sums_up(rest[n - 1])):
        return entries
    return [
        _Entry(
            each.words, each.figures[:-1] if each.figures[-1].text == str(n) and len(each.figures) > 2 else each.figures
        )
        for n, each in enumerate(rest, 2)
    ]


def _sums_up(entry: _Entry) -> bool:
    return bool(entry.words) and _TOTAL.fullmatch(entry.words[-1].text) is not None


def _rows(entries: Sequence[_Entry]) -> list[Row]:
    """A row an entry: its name is the last words above the figures that can be one."""
    found: list[Row] = []
    for entry in entries:
        if _sums_up(entry):
            name = entry.words[-1:]
        else:
            name = [word for word in entry.words if is_name(leaf_of(word.text))][-1:]
        if not name:
            return []
        cells = (*name, *entry.figures)
        whole = Span(name[0].span.start, entry.figures[-1].span.end)
        found.append(Row(cells, 1, len(cells) - 1, whole))
    return found
