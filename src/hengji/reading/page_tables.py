"""Tables of pages: text put into ruled cells, columns told by gaps where rules lie across only, tables over several pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hengji.model.patterns import pattern
from hengji.reading.glyphs import Glyph, Rule, text_of
from hengji.reading.lines import Line, column_of, columns_apart, lines_of
from hengji.reading.paragraphs import NUMBERED, cell_text
from hengji.reading.rulings import Grid

_NEAR = 4.0  # points; the columns of a table's next page may stand off by so much
_GAP = 0.6  # columns without lines between them are so many characters apart
_NUMBER = pattern(r"[-+]?[\d,.，．]+[%％]?")
_NUMERIC = "0123456789.,"
_STUCK = 0.2  # digits nearer than this belong to one number though a line runs through it
_FULL = 1.6  # a line is full when so many characters are left of its cell
_MAX_RULES = 1_000  # more are a drawing
_RULES = 3  # a table of horizontal lines has so many


@dataclass(slots=True)
class TableCell:
    """A cell with its characters, its column and how far it reaches."""

    glyphs: list[Glyph]
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """Its text."""
        return text_of(self.glyphs)


@dataclass(slots=True)
class PageTable:
    """A table as far as it was put together: where its columns begin, its rows, and where it stands."""

    xs: list[float]
    rows: list[list[TableCell]]
    page: int
    top: float
    bottom: float = 0.0
    last_page: int = field(default=-1)


def fill(grid: Grid, glyphs: Sequence[Glyph], page: int) -> PageTable:
    """The table of a grid with the characters that lie in it."""
    held: list[list[Glyph]] = [[] for _ in grid.cells]
    last: Glyph | None = None
    at = -1
    for glyph in glyphs:
        together = last is not None and (_one_number(last, glyph) or _closes(last, glyph, held[at]))
        if not together or not _beside(grid, at, glyph):
            at = grid.owner((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        held[at].append(glyph)
        last = glyph
    rows: list[list[TableCell]] = [[] for _ in range(len(grid.ys) - 1)]
    for box, inside in zip(grid.cells, held, strict=True):
        text = cell_text(lines_of(inside), box.left, box.right) if inside else []
        rows[box.row].append(TableCell(text, box.column, box.rows, box.columns))
    return PageTable(list(grid.xs), rows, page, grid.ys[0], grid.ys[-1], page)


def trim(table: PageTable) -> None:
    """Takes off empty rows at both ends: on a scanned page a thick or bent edge looks like two lines."""
    while len(table.rows) > 1 and _is_blank(table.rows[0]):
        table.rows.pop(0)
    while len(table.rows) > 1 and _is_blank(table.rows[-1]):
        table.rows.pop()
        for number, row in enumerate(table.rows):
            for cell in row:
                cell.rows = min(cell.rows, len(table.rows) - number)


def _is_blank(row: list[TableCell]) -> bool:
    return all(not cell.glyphs and cell.rows == 1 for cell in row)


def _one_number(before: Glyph, after: Glyph) -> bool:
    """Whether two characters are digits printed as one number: a long number may run over its cell."""
    if before.text not in _NUMERIC or after.text not in _NUMERIC:
        return False
    size = after.bottom - after.top
    return -_STUCK * size < after.left - before.right < _STUCK * size / 2 and abs(after.top - before.top) < size / 4


def _closes(before: Glyph, after: Glyph, held: list[Glyph]) -> bool:
    """Whether a bracket right behind a character closes one of its cell: a wide bracket may reach over the line."""
    if after.text not in ("）", ")") or after.left - before.right >= _STUCK * (after.bottom - after.top):
        return False
    text = text_of(held)
    return sum(map(text.count, "（(")) > sum(map(text.count, "）)"))


def _beside(grid: Grid, cell: int, glyph: Glyph) -> bool:
    """Whether a character is on the height of a cell."""
    return grid.cells[cell].top <= (glyph.top + glyph.bottom) / 2 <= grid.cells[cell].bottom


def banded(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of three or more horizontal lines of one length with nothing down between them: open tables."""
    groups: list[list[Rule]] = []
    if len(rules) > _MAX_RULES:
        return []
    for rule in sorted((r for r in rules if r.right - r.left > 20 * (r.bottom - r.top)), key=lambda r: r.top):
        for group in groups:
            if abs(group[0].left - rule.left) <= _NEAR and abs(group[0].right - rule.right) <= _NEAR:
                if rule.top - group[-1].top > _NEAR:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= _RULES]


def by_gaps(lines: Sequence[Line], page: int) -> PageTable | None:
    """A table of lines whose words stand in columns; None where no column runs through all of them."""
    size = max(line.size for line in lines)
    stretches = columns_apart(list(lines), _GAP * size)
    if len(stretches) < 2:  # noqa: PLR2004 - one column is no table
        return None
    lefts = [left for left, _ in stretches]
    rows: list[list[TableCell]] = []
    for line in lines:
        cells = [TableCell([], column) for column in range(len(lefts))]
        for glyph in line.glyphs:
            if glyph.page >= 0:
                cells[column_of(glyph, lefts)].glyphs.append(glyph)
        if rows and not cells[0].glyphs and not any(_NUMBER.fullmatch(cell.text) for cell in cells):
            for upper, lower in zip(rows[-1], cells, strict=True):
                upper.glyphs += lower.glyphs
        else:
            rows.append(cells)
    return PageTable([*lefts, stretches[-1][1]], rows, page, lines[0].top, lines[-1].bottom, page)


def continued(first: PageTable, second: PageTable) -> bool:
    """Puts a table of the next page behind the first where their columns agree; says whether it did."""
    columns = _fitted(first, second)
    if columns is None:
        return False
    repeated = _repeated(first, second)
    rows = second.rows[repeated:]
    rest = _rest(first, rows[0]) if rows else []
    if rest:
        for upper, lower in rest:
            upper.glyphs += lower.glyphs
        rows = rows[1:]
    else:
        _stretch(first, rows)
    first.rows += rows
    first.last_page = second.last_page
    first.bottom = second.bottom
    return True


def _fitted(first: PageTable, second: PageTable) -> list[float] | None:
    """The common columns of both, to which their cells are then counted; None where they differ."""
    one = [x - first.xs[0] for x in first.xs]
    two = [x - second.xs[0] for x in second.xs]
    if abs(one[-1] - two[-1]) > 2 * _NEAR:
        return None
    if _within(two, one):
        _recount(second, [_place(x, one) for x in two])
        return one
    if _within(one, two):
        _recount(first, [_place(x, two) for x in one])
        first.xs = [x + first.xs[0] for x in two]
        return two
    return None


def _within(some: list[float], others: list[float]) -> bool:
    return all(any(abs(x - other) <= 2 * _NEAR for other in others) for x in some)


def _place(x: float, xs: list[float]) -> int:
    return min(range(len(xs)), key=lambda number: abs(xs[number] - x))


def _recount(table: PageTable, places: list[int]) -> None:
    for row in table.rows:
        for cell in row:
            end = places[cell.column + cell.columns]
            cell.column = places[cell.column]
            cell.columns = max(1, end - cell.column)


def _repeated(first: PageTable, second: PageTable) -> int:
    """How many of the first rows of the next page only repeat the head of the table."""
    count = 0
    for upper, lower in zip(first.rows, second.rows[:-1], strict=False):
        texts = [cell.text for cell in upper]
        if texts != [cell.text for cell in lower] or (upper and not any(texts)):
            break
        count += 1
    return count if any(cell.text for row in first.rows[:count] for cell in row) else 0


def _rest(table: PageTable, lower: list[TableCell]) -> list[tuple[TableCell, TableCell]]:
    """The cells of a page's first row with those they go on, where it is the rest of a row that the page before began.

    It is when it holds words only, and all of them under lines that were cut off.
    """
    uppers = {(cell.column, cell.columns): cell for cell in table.rows[-1]}
    written = [(uppers.get((cell.column, cell.columns)), cell) for cell in lower if cell.text]
    if len(written) == len(lower) or (lower and lower[0].text):
        return []
    if _numbered(table) and all(above is not None and above.text and not _starts(cell) for above, cell in written):
        return [(above, cell) for above, cell in written if above is not None]
    found = [
        (above, below)
        for above, below in written
        if above is not None and _cut_off(above, table.xs[above.column + above.columns]) and not _starts(below)
    ]
    return found if len(found) == len(written) else []


def _numbered(table: PageTable) -> bool:
    """Whether each row begins with its number, so that one without goes on with the row above."""
    firsts = [row[0] for row in table.rows[1:] if row and row[0].column == 0]
    numbers = [cell.text for cell in firsts if cell.rows == 1 and cell.text.isdigit()]
    return len(numbers) >= _SOME_ROWS and len(numbers) == len(firsts) and numbers[-1] == str(len(numbers))


_SOME_ROWS = 4


def _cut_off(cell: TableCell, right: float) -> bool:
    """Whether a cell's text may go on: it stops in mid-sentence where its line was full."""
    if not cell.glyphs or cell.text[-1] in "。；;" or _NUMBER.fullmatch(cell.text):
        return False
    last = cell.glyphs[-1]
    return right - last.right < _FULL * (last.bottom - last.top)


def _starts(cell: TableCell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text) or NUMBERED.match(cell.text))


def _stretch(first: PageTable, rows: list[list[TableCell]]) -> None:
    """Lets a cell merged downward reach over the page: one of its two parts is empty."""
    if not rows or not any(cell.text for cell in rows[0]):
        return
    for lower in [cell for cell in rows[0] if not cell.text]:
        if lower.column > min(cell.column for cell in rows[0]) and lower.rows == 1:
            continue
        above = _reaching_down(first, lower)
        if above is not None and above.text and not _NUMBER.fullmatch(above.text):
            above.rows += lower.rows
            rows[0].remove(lower)
    for lower in [cell for cell in rows[0] if cell.text and cell.rows > 1 and not _NUMBER.fullmatch(cell.text)]:
        above = _reaching_down(first, lower)
        if above is not None and not above.text and above.rows > 1:  # the name is written in the part below
            above.glyphs += lower.glyphs
            above.rows += lower.rows
            rows[0].remove(lower)


def _reaching_down(table: PageTable, lower: TableCell) -> TableCell | None:
    """The cell over another at the end of a table, where it is merged from rows above or the other is."""
    for number in range(len(table.rows) - 1, -1, -1):
        for cell in table.rows[number]:
            if (cell.column, cell.columns) == (lower.column, lower.columns):
                ends = number + cell.rows == len(table.rows)
                return cell if ends and (cell.rows > 1 or lower.rows > 1) else None
    return None
