"""Pages into the pieces of a document: paragraphs and tables in reading order, each character with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengji.model.document import BlockKind, Document, Piece, assemble
from hengji.reading.columns import Region, regions_of
from hengji.reading.glyphs import NOWHERE, Frame, Glyph, Page, Rule, text_of
from hengji.reading.lines import Line, lines_as_drawn, lines_of, orphans
from hengji.reading.page_tables import PageTable, banded, by_gaps, continued, fill, trim
from hengji.reading.paragraphs import Margins, goes_on, joined, usual_gap
from hengji.reading.rulings import NEAR, NEAR_SCANNED, grids_of
from hengji.reading.running import without_running

_MANY = 4  # tables on a page: what is left between them is no column
_ORPHANS = 8  # so many stray digits fewer in the file's own order, and that order is taken


@dataclass(slots=True)
class Paragraph:
    """The characters of a paragraph and the page it begins on."""

    glyphs: list[Glyph]
    page: int


Part = Paragraph | PageTable


@dataclass(slots=True)
class _Laid:
    """A page with its tables taken out and its lines in order."""

    page: Page
    tables: list[PageTable]
    lines: list[Line]


def parts_of(pages: Sequence[Page]) -> list[Part]:
    """The paragraphs and tables of pages in reading order, without headers, footers and page numbers."""
    laid = [_laid(page) for page in pages]
    kept = without_running([(each.page.frame.height, each.lines) for each in laid])
    for each, lines in zip(laid, kept, strict=True):
        each.lines = lines
    margins = Margins([(each.page.frame.width, [line for line in each.lines if not line.edges]) for each in laid])
    parts: list[Part] = []
    last: Line | None = None
    for each in laid:
        last = _put(parts, each, margins, last)
    return parts


def _laid(page: Page) -> _Laid:
    grids = grids_of(page.rules, NEAR_SCANNED if page.recognised else NEAR)
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    breaks: list[int] = []
    waiting = iter([*page.breaks, len(page.glyphs) + 1])
    following = next(waiting)
    for index, glyph in enumerate(page.glyphs):
        while index >= following:
            breaks.append(len(outside))
            following = next(waiting)
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for number, grid in enumerate(grids):
            if grid.holds(x, y):
                inside[number].append(glyph)
                break
        else:
            outside.append(glyph)
    tables = [fill(grid, found, page.number) for grid, found in zip(grids, inside, strict=True)]
    lines: list[Line] = []
    for region in regions_of(outside, breaks) if len(grids) < _MANY else [Region(outside, breaks)]:
        for line in _better(region.glyphs, region.breaks):
            line.edges = region.edges
            lines.append(line)
    free = [rule for rule in page.rules if not any(grid.holds(rule.left + 1, rule.top) for grid in grids)]
    lines = _open_tables(page, free, lines, tables)
    if page.recognised:
        for table in tables:
            trim(table)
    tables = sorted((table for table in tables if _says_anything(table)), key=lambda table: table.top)
    return _Laid(page, tables, lines)


def _says_anything(table: PageTable) -> bool:
    return any(cell.glyphs for row in table.rows for cell in row)


def _better(glyphs: list[Glyph], breaks: list[int]) -> list[Line]:
    """The lines by geometry, or those of the file's own order where geometry leaves more digits alone."""
    lines = lines_of(glyphs)
    alone = orphans(lines)
    if alone >= _ORPHANS:
        drawn = lines_as_drawn(glyphs, breaks)
        if orphans(drawn) + _ORPHANS <= alone:
            return drawn
    return lines


def _open_tables(page: Page, rules: list[Rule], lines: list[Line], tables: list[PageTable]) -> list[Line]:
    """Takes tables of horizontal lines only out of the lines of a page."""
    for group in banded(rules):
        top, bottom = group[0].top, group[-1].bottom
        held = [line for line in lines if top <= (line.top + line.bottom) / 2 <= bottom]
        table = by_gaps(held, page.number) if len(held) > 1 else None
        if table is not None:
            tables.append(table)
            taken = {id(line) for line in held}
            lines = [line for line in lines if id(line) not in taken]
    return lines


def _put(parts: list[Part], laid: _Laid, margins: Margins, last: Line | None) -> Line | None:
    """Puts the lines and tables of a page behind what there is; gives the last line where a paragraph may go on."""
    lines, tables = laid.lines, laid.tables
    edges = margins.of(laid.page.frame.width)
    gap = usual_gap(lines)
    first = True
    while lines or tables:
        if tables and (not lines or tables[0].top <= lines[0].top):
            _put_table(parts, tables[0], first=first)
            tables = tables[1:]
            last = None
        else:
            line, lines = lines[0], lines[1:]
            _put_line(parts, line, last, edges, gap)
            last = line
        first = False
    return last


def _put_table(parts: list[Part], table: PageTable, *, first: bool) -> None:
    before = parts[-1] if parts else None
    if first and isinstance(before, PageTable) and before.last_page == table.page - 1 and continued(before, table):
        return
    parts.append(table)


def _put_line(parts: list[Part], line: Line, last: Line | None, edges: tuple[float, float], gap: float) -> None:
    before = parts[-1] if parts else None
    if last is not None and isinstance(before, Paragraph) and goes_on(last, line, edges, gap):
        before.glyphs += joined([last, line])[len(last.glyphs) :]
    else:
        parts.append(Paragraph(list(line.glyphs), line.page))


def document_of(
    name: str, form: str, parts: Sequence[Part], pages: int | None, unread: tuple[str, ...] = ()
) -> Document:
    """The plain document of parts."""
    return assemble(name, form, [_piece(part) for part in parts], pages, unread)


def _piece(part: Part) -> Piece:
    if isinstance(part, Paragraph):
        return Piece(BlockKind.PARAGRAPH, text_of(part.glyphs), page=part.page + 1)
    rows = tuple(tuple((cell.text, cell.column, cell.rows, cell.columns) for cell in row) for row in part.rows)
    return Piece(BlockKind.TABLE, page=part.page + 1, rows=rows)


Places = list[tuple[int, list[tuple[float, float, float, float]]]]


def glyphs_of(document: Document, parts: Sequence[Part]) -> list[Glyph | None]:
    """The printed character of every position of a document's text, None for what only parts blocks and cells."""
    found: list[Glyph | None] = [None] * len(document.text)
    for block, part in zip(document.blocks, parts, strict=True):
        if isinstance(part, Paragraph):
            found[block.start : block.end] = part.glyphs
        else:
            written = [cell for row in part.rows for cell in row]
            for place, cell in zip(block.cells, written, strict=True):
                found[place.start : place.end] = cell.glyphs
    return found


def boxes_of(glyphs: Sequence[Glyph | None], frames: Sequence[Frame] | Mapping[int, Frame]) -> Places:
    """The pages and boxes, in PDF points, that characters cover; those beside each other on a line as one box."""
    pages: dict[int, list[list[float]]] = {}
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph is None or glyph.page == NOWHERE:
            continue
        boxes = pages.setdefault(glyph.page, [])
        if last is not None and last.page == glyph.page and _beside(last, glyph):
            box = boxes[-1]
            box[:] = [
                min(box[0], glyph.left),
                min(box[1], glyph.top),
                max(box[2], glyph.right),
                max(box[3], glyph.bottom),
            ]
        else:
            boxes.append([glyph.left, glyph.top, glyph.right, glyph.bottom])
        last = glyph
    return [(page, [frames[page].in_points(*box) for box in boxes]) for page, boxes in pages.items()]


def _beside(before: Glyph, after: Glyph) -> bool:
    high = min(before.bottom - before.top, after.bottom - after.top)
    shared = min(before.bottom, after.bottom) - max(before.top, after.top)
    return shared >= high / 2 and -high < after.left - before.right < 2 * high
