"""Tables one cell a line whose cells are broken over lines: names (「群众文化活动 / 场次」), levels, headers, remarks.

What belongs together is told by the width of its column, at which every line of a cell but the last is broken; the points of the
division must make the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.flat import flat
from hengji.extracting.tables.broken_cells import ENDLESS, width_of
from hengji.extracting.tables.broken_heads import ORDER, pieces
from hengji.extracting.tables.grid import cell_number, grid_of
from hengji.extracting.tables.header_words import header_kind
from hengji.extracting.tables.line_division import divided
from hengji.extracting.tables.score_tables import score_tables
from hengji.extracting.tables.token_rows import TOTAL, Table, is_head, lines_of
from hengji.extracting.wording import opens_chapter
from hengji.model.document import Block, BlockKind, Cell, Document
from hengji.model.patterns import pattern

_WHOLES = (Decimal(100),)
_BESIDE_EXECUTION = (Decimal(90), Decimal(80))  # points of the leaves where budget execution has its own table above
_EXECUTION = pattern(r"(?:预算)?执行率|年度资金总额|(?:全年)?预算数|全年执行数?")
_FEWEST = 4
_MOST = 500  # lines of a table
_MOST_COLUMNS = 12
_TRIED = 6  # widths
_MOST_HEADS = 8  # headers above rows that were read in vain
_LONG = 40  # characters of a line that is a paragraph
_WIDTHS = range(4, 13)  # characters of a line of a name's column


def wrapped_tables(document: Document) -> list[Table]:
    """Such tables of a document that kept none."""
    if any(block.kind is BlockKind.TABLE for block in document.blocks):
        return []
    lines = [line for block in document.blocks for line in _lines(block)]
    found: list[Table] = []
    at, tried = 0, 0
    while at < len(lines) and tried < _MOST_HEADS:
        headed, table = _table(document, lines, at)
        if table is None:
            at += headed
            tried += headed > 1
            continue
        found.append(table)
        at = next((n for n in range(at, len(lines)) if lines[n].start >= table[1]), len(lines))
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or a cell: its words without blanks, where they stand, and whether an empty line stands before it."""

    text: str
    start: int
    end: int
    apart: bool = False
    whole: bool = True  # not put together of several lines


def _lines(block: Block) -> Iterator[_Line]:
    for number, line in enumerate(lines_of(block)):
        yield _Line("".join(flat(line.text).split()), line.start, line.end, block.apart and not number)


def _table(document: Document, lines: Sequence[_Line], at: int) -> tuple[int, Table | None]:
    """How many lines the header takes that begins at a line (1 where none does), and its table where it has broken cells."""
    if len(lines[at].text) > _LONGEST_HEAD and not header_kind(lines[at].text):
        return 1, None
    region, total = _region(lines, at)
    cells = _paragraphs(region)
    if cells is not None:
        total = (_paragraphs(total) or total)[:_TOTAL_CELLS]
        region = cells
    texts = [line.text for line in region[: _MOST_COLUMNS * 2]]
    sizes = pieces(texts, _MOST_COLUMNS)
    head = _own(_joined(region, 0, sizes))
    kinds = tuple("order" if ORDER.fullmatch(word.text) else header_kind(word.text) for word in head)
    if not is_head(kinds):
        return 1, None
    headed = sum(1 for line in region if line.start < head[-1].end)
    rows = _without_head(region, headed)
    apart = any(_EXECUTION.fullmatch(line.text) for line in lines[:at])
    wholes = (*_WHOLES, *(_BESIDE_EXECUTION if apart else ()))
    words, parted = [line.text for line in rows], [line.apart for line in rows]
    divisions = [divided(words, parted, kinds, width) for width in _widths(rows)]
    most = max(worth for worth, _ in divisions)
    for worth, division in sorted(divisions, key=lambda each: -each[0]):
        placed = [{column: _joined(rows, a, [b - a])[0] for column, (a, b) in row.items()} for row in division]
        broken = sum(_broken_cells(row, kinds) for row in (dict(enumerate(head)), *placed))
        if broken < _BROKEN or worth + _NEARLY < most:
            return headed, None  # as good without any, which others read
        table = _proven(document, head, placed, _total_row(total, kinds), wholes)
        if table is not None:
            return headed, table
    return headed, None


_BROKEN = 2  # cells: fewer are put together by chance
_NEARLY = 3.0


def _without_head(lines: Sequence[_Line], size: int) -> list[_Line]:
    """The lines of a table without those of its header, which every page may repeat."""
    head, found, at = [line.text for line in lines[:size]], list[_Line](), 0
    while at < len(lines):
        if [line.text for line in lines[at : at + size]] == head:
            at += size
        else:
            found.append(lines[at])
            at += 1
    return found


def _region(lines: Sequence[_Line], at: int) -> tuple[list[_Line], list[_Line]]:
    """The lines of a table from its header on, and those of its total."""
    for number in range(at, min(len(lines), at + _MOST)):
        line = lines[number]
        if TOTAL.fullmatch(line.text):
            return list(lines[at:number]), list(lines[number : number + _TOTAL_CELLS])
        if (line.text.endswith("。") and len(line.text) > _LONG) or opens_chapter(line.text):
            return list(lines[at:number]), []
    return list(lines[at : at + _MOST]), []


def _paragraphs(lines: Sequence[_Line]) -> list[_Line] | None:
    """The cells, where empty lines stand between them; None where they stand between rows or nowhere."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.apart or not groups:
            groups.append([])
        groups[-1].append(line)
    if len(groups) < 2 or any(len(group) > 1 and any(map(_is_figure, group)) for group in groups):
        return None
    return [replace(_put_together(group), apart=False) for group in groups]


def _is_figure(line: _Line) -> bool:
    return cell_number(line.text) is not None


def _put_together(lines: Sequence[_Line]) -> _Line:
    first = lines[0]
    return _Line(
        "".join(w.text for w in lines), first.start, lines[-1].end, first.apart, len(lines) == 1 and first.whole
    )


def _broken_cells(row: dict[int, _Line], kinds: Sequence[str]) -> int:
    """How many names, levels or headers of a row were broken."""
    return sum(1 for column, cell in row.items() if not cell.whole and kinds[column] in _NAMED)


_NAMED = ("level1", "level2", "level3", "name")
_LONGEST_HEAD = 8
_TOTAL_CELLS = 6


def _joined(lines: Sequence[_Line], at: int, sizes: Sequence[int]) -> list[_Line]:
    found: list[_Line] = []
    for size in sizes:
        found.append(_put_together(lines[at : at + size]))
        at += size
    return found


def _own(head: Sequence[_Line]) -> list[_Line]:
    """The cells of a header without those of the first row, whose words could head a column too: 「执行率」 behind 「得分」."""
    kinds = [header_kind(word.text) for word in head]
    for at, kind in enumerate(kinds):
        whole = "score" in kinds[:at] and {"points", "weight"}.intersection(kinds[:at])
        if whole and (kind in _OF_ROWS or kind in kinds[:at]):
            return list(head[:at])
    return list(head)


_OF_ROWS = ("rate", "spent", "budget", "level1", "level2", "level3", "name")


def _widths(rows: Sequence[_Line]) -> list[int]:
    """The widths at which names may be broken: those that several lines have."""
    lengths = [width_of(word.text) for word in rows]
    return [ENDLESS, *sorted(_WIDTHS, key=lengths.count, reverse=True)[:_TRIED]]


def _total_row(words: Sequence[_Line], kinds: Sequence[str]) -> dict[int, _Line]:
    if not words:
        return {}
    numbers: list[_Line] = []
    for word in words[1:]:
        if cell_number(word.text) is None:
            break
        numbers.append(word)
    columns = [column for column, kind in enumerate(kinds) if kind in ("points", "weight", "weighted", "score")]
    return {0: words[0]} | dict(zip(reversed(columns), reversed(numbers[: len(columns)]), strict=False))


def _proven(
    document: Document,
    head: Sequence[_Line],
    rows: Sequence[dict[int, _Line]],
    total: dict[int, _Line],
    wholes: Sequence[Decimal],
) -> Table | None:
    """The table, where its points make the whole and its scores lie within them."""
    cells = tuple(
        Cell(document.text[word.start : word.end], number, column, word.start)
        for number, line in enumerate([dict(enumerate(head)), *rows, *([total] if total else [])])
        for column, word in sorted(line.items())
    )
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    block = Block(BlockKind.TABLE, document.text[start:end], start, 0, cells=cells)
    found = score_tables([grid_of(block)])
    points = [item.points or Decimal(0) for item in found.items]
    over = any(item.claimed is not None and item.claimed > (item.points or Decimal(0)) for item in found.items)
    if len(points) < _FEWEST or sum(points, Decimal(0)) not in wholes or over:
        return None
    return start, end, cells
