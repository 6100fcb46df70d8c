"""Puts together what was read out of one document."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.awards import awards
from hengji.extracting.cover import cover
from hengji.extracting.flat import TRADITIONAL, flat
from hengji.extracting.kind import kind_of
from hengji.extracting.layouts.as_learned import as_learned, is_better, is_whole
from hengji.extracting.leaves.bonus_by_honour import with_honours_summed
from hengji.extracting.leaves.joined_items import below_sums, sums_among
from hengji.extracting.leaves.labelled_lines import with_labelled_lines
from hengji.extracting.leaves.leaf_names import bare_words, is_name
from hengji.extracting.leaves.narrative import Narrative, loose_items, narrative
from hengji.extracting.leaves.points_by_group import by_groups
from hengji.extracting.leaves.scored_elsewhere import scored_elsewhere
from hengji.extracting.leaves.settled import settled, totals_in
from hengji.extracting.leaves.shared_endings import without_shared_ending
from hengji.extracting.leaves.told_apart import with_execution, with_execution_points
from hengji.extracting.leaves.untold_full import with_full_groups, with_untold_full
from hengji.extracting.mentions import mentions
from hengji.extracting.merged import is_headed, merged
from hengji.extracting.outline import Outline, outline
from hengji.extracting.passages import Passage, passages
from hengji.extracting.phrases import known_phrases
from hengji.extracting.slashed import in_order
from hengji.extracting.tables.bare_rows import bare_rows
from hengji.extracting.tables.border_rows import at_borders
from hengji.extracting.tables.glued import LineScores, glued_figures
from hengji.extracting.tables.grid import Grid, grids_of
from hengji.extracting.tables.head_rows import sums_up
from hengji.extracting.tables.line_tables import line_tables, regridded, unruled, with_tables
from hengji.extracting.tables.money_lines import is_of_amounts, money_tables
from hengji.extracting.tables.score_tables import score_tables
from hengji.extracting.tables.stacked_rows import stacked_rows
from hengji.extracting.tables.summaries import without_summaries, without_sums_of_sections
from hengji.extracting.tables.table_figures import table_figures
from hengji.extracting.tables.table_scores import TableScores
from hengji.extracting.tables.told_rows import told_rows
from hengji.extracting.tables.weighed_rows import weighed
from hengji.extracting.told_units import told_units
from hengji.extracting.totals import totals
from hengji.extracting.under_headings import under_headings
from hengji.model.document import BlockKind, Cell, Document
from hengji.model.extraction import DocumentKind, Extra, Extraction, ScoredGroup, ScoredItem, Span, Totals
from hengji.model.patterns import pattern

_DECIMAL = pattern(r"\d+(?:\.\d+)?")
_NO_YEAR = 0
_FEW = 3
_MOST_GROUPS = 8
_FULL = Decimal(100)
_LOSSY = ("txt", "ocr", "html", "doc", "pdf")
_BORDERLESS = ("txt", "ocr", "html", "doc")  # forms in which tables lose their borders


def extract(document: Document, year: int | None = None) -> Extraction:
    """What a document says. ``year`` is the evaluated year where the caller knows it; else it is read, 0 where it is not said."""
    parts = passages(document)
    return _extract(document, parts, kind_of(parts, document.file, document.form), year)


def as_self_evaluation(document: Document, year: int) -> Extraction:
    """The same for a text that is known to be a department's self-evaluation of a year, however little of one it is."""
    return _extract(document, passages(document), (DocumentKind.OVERALL, "由调用者指定"), year)


def _extract(
    document: Document, parts: tuple[Passage, ...], told_kind: tuple[DocumentKind, str], year: int | None
) -> Extraction:
    kind, reason = told_kind
    if kind in (DocumentKind.OVERALL, DocumentKind.PROJECT) and document.form in _LOSSY:
        regrid = regridded(document) if document.form in _BORDERLESS else unruled(document)
        tables = money_tables(regrid)
        regrid = with_tables(regrid, tables) if tables else regrid
        parts = passages(regrid) if regrid is not document else parts
        document = regrid
    front = cover(parts, document.file)
    evaluated = year or front.year or _NO_YEAR
    phrases = known_phrases()
    grids = grids_of(document)
    tree = outline(parts)
    units = told_units(parts, tree)
    told = mentions(parts, evaluated, phrases, units)
    base = Extraction(
        document=document,
        kind=kind,
        kind_reason=reason,
        department=front.department,
        year=evaluated,
        year_stated=front.year is not None or year is not None,
        cover=front.labels,
        sections=tree.sections,
        quantities=(*told.quantities, *table_figures(document, grids, evaluated, phrases, units)),
        years=told.years,
        citations=told.citations,
        sentences=told.sentences,
        paragraphs=tuple(passage.whole for passage in parts if passage.cell is None),
        dated=front.dated,
    )
    return _scored(base, parts, tree, grids) if kind in (DocumentKind.OVERALL, DocumentKind.PROJECT) else base


def _scored(base: Extraction, parts: tuple[Passage, ...], tree: Outline, grids: dict[int, Grid]) -> Extraction:
    """The same with indicators, totals, honours, problems and suggestions; by the report's own layout where nothing else reads it whole."""
    found = _as_told(base, parts, tree, grids)
    totals = totals_in(parts)
    learnt = None if is_whole(found.items, base.document, totals) else as_learned(base.document, parts, tree)
    if learnt is None or not is_better(learnt, found.items, base.document, totals):
        return found
    anew = _as_told(base, parts, tree, grids, replace(learnt.told, extras=found.extras))
    if anew.totals.claimed is not None or learnt.total is None:
        return anew
    return replace(anew, totals=replace(anew.totals, claimed=learnt.total, all_claimed=(learnt.total,)))


def _as_told(
    base: Extraction,
    parts: tuple[Passage, ...],
    tree: Outline,
    grids: dict[int, Grid],
    learnt: Narrative | None = None,
) -> Extraction:
    """The same of running text and tables, or of what was learnt instead."""
    told, whole = learnt or narrative(parts, tree), learnt is not None
    loose = () if whole else tuple(loose_items(parts, tree, told))
    tables = score_tables(grids.values(), _titles(base.document), lambda: (flat(base.document.text), totals_in(parts)))
    tables = replace(tables, items=[], groups=[]) if whole else tables
    if len(tables.items) < _FEW and not whole:
        told, whole = with_labelled_lines(told, parts, tree)
        loose = () if whole else loose
    if told.items and len(tables.items) < _FEW and not whole:
        told, loose = _settled(told, loose, parts, tree)
    lines = LineScores()
    if not whole:
        told, loose, lines = _in_lines(told, loose, tables, parts, base.document, grids)
    if not (told.items or loose or tables.items or lines.items):
        told, loose = _settled(told, loose, parts, tree)
    if not (told.items or loose or tables.items or lines.items):
        rows = list(told_rows(base.document, grids.values()))
        tables = replace(tables, items=rows) if len(rows) >= _FEW else tables
    tables = _summed_up(tables)
    rows, branches = at_borders(tables.items, tables.groups)
    tables = replace(tables, items=rows, groups=branches)
    tables, told = without_sums_of_sections(without_summaries(tables, told), told, tree)
    items, heads = merged(told, loose, tables, lines, tree)
    heads = (*heads, *_left_out(told, items, heads, tree))
    items = under_headings(items, (*told.groups, *heads), tree)
    summed = sums_among(items)
    if summed:
        heads = (*heads, *(ScoredGroup(i.name, i.points, i.claimed, i.span, 0, table=i.table) for i in summed))
        items = below_sums(items, summed)
    items = without_shared_ending(in_order(items, base), base.document.text)
    items = with_full_groups(items, told.groups, tree)
    items = with_execution_points(items, parts)
    items = scored_elsewhere(with_execution(_told_once(items), parts, tree), parts, tree)
    printed = [*tables.totals, *((lines.total,) if lines.total else ())]
    taken = [extra.body for extra in told.extras if extra.section is not None]
    spans = [*taken, *(g.span for g in told.groups if g.points is not None or g.claimed is not None)]
    overall = base.kind is DocumentKind.OVERALL
    found = totals(parts, items, printed, tables.grades, spans, overall=overall, year=base.year)
    if found.base is None and tables.bases:
        found = replace(found, base=tables.bases[0])
    items = weighed(with_untold_full(items, found), found)
    if not _all_read([item for item in items if item.table], tables.groups):
        items, doubts = _doubted(items, found, base.document.form)
    else:
        doubts = ()
    items = _without_groups(_as_written(items, parts), (*told.groups, *heads, *tables.groups), tree)
    glued = [item.span for item in lines.items]
    if glued:
        kept = [q for q in base.quantities if not any(span.start <= q.span.start < span.end for span in glued)]
        base = replace(base, quantities=(*kept, *glued_figures(lines, base.year)))
    return replace(
        base,
        items=items,
        groups=(*told.groups, *heads, *tables.groups),
        extras=with_honours_summed(
            _extras(told.extras, tuple(tables.extras), _beside_base(found, items)), parts, found
        ),
        totals=found,
        awards=tuple(awards(parts, told.extras)),
        problems=_under(base, parts, tree, "存在问题"),
        suggestions=_under(base, parts, tree, "相关建议"),
        doubts=(*lines.doubts, *doubts),
    )


def _in_lines(
    told: Narrative,
    loose: tuple[ScoredItem, ...],
    tables: TableScores,
    parts: tuple[Passage, ...],
    document: Document,
    grids: dict[int, Grid],
) -> tuple[Narrative, tuple[ScoredItem, ...], LineScores]:
    """The running text beside the leaves of rows without a header, which stand for its own where these are few, unscored or their groups."""
    if len(tables.items) >= _FEW:
        return told, loose, LineScores()
    rowed = [grid for start, grid in grids.items() if start not in tables.tables and not is_of_amounts(grid)]
    if sum(1 for item in told.items if item.claimed is not None) < _FEW:
        lines = bare_rows(parts, rowed, lambda: totals_in(parts))
        lines = lines if lines.items else stacked_rows(document)
        lines = lines if lines.items else line_tables(parts)
        return (replace(told, items=(), groups=()), (), lines) if lines.items else (told, loose, lines)
    if len(told.items) < _MOST_GROUPS:
        below = bare_rows(parts, rowed, lambda: totals_in(parts))
        unsaid = any(item.claimed is None and not item.not_applicable for item in told.items)
        if unsaid and len(below.items) >= len(told.items):
            return replace(told, items=(), groups=()), (), below
        if len(below.items) > len(told.items) and sums_up(told.items, below.items):
            groups = (ScoredGroup(i.name, i.points, i.claimed, i.span, 0, section=i.section) for i in told.items)
            return replace(told, items=(), groups=(*told.groups, *groups)), (), below
    return told, loose, LineScores()


def _beside_base(found: Totals, items: tuple[ScoredItem, ...]) -> Decimal | None:
    """What must come to the base, or to the leaves' scores, to make the total."""
    if found.claimed is None:
        return None
    base = (
        found.base.value if found.base is not None else sum((item.claimed or Decimal(0) for item in items), Decimal(0))
    )
    return Decimal(found.claimed.value) - Decimal(base)


def _extras(told: tuple[Extra, ...], tabled: tuple[Extra, ...], wanted: Decimal | None) -> tuple[Extra, ...]:
    """The bonuses of the running text, or those of the tables where a sentence only repeats them or only they make the total."""

    def whole(extras: tuple[Extra, ...]) -> Decimal:
        return sum(((extra.claimed or Decimal(0)) * (-1 if extra.deduction else 1) for extra in extras), Decimal(0))

    repeated = tabled and all(extra.section is None for extra in told) and whole(told) == whole(tabled)
    proved = tabled and whole(tabled) == wanted != whole(told)
    return tabled if repeated or proved or not told else told


def _settled(
    told: Narrative, loose: tuple[ScoredItem, ...], parts: tuple[Passage, ...], tree: Outline
) -> tuple[Narrative, tuple[ScoredItem, ...]]:
    """The running text as its sums prove it; leaves of loose sentences are then among its own."""
    grouped = by_groups(told, parts, tree)
    anew = settled(grouped, parts, tree) if grouped is told else grouped
    return (anew, ()) if anew is not told else (told, loose)


def _titles(document: Document) -> dict[int, Cell]:
    """The lines that stand right above tables and can be a leaf's name, by where the table begins."""
    found: dict[int, Cell] = {}
    for before, block in itertools.pairwise(document.blocks):
        if block.kind is BlockKind.TABLE and before.kind is not BlockKind.TABLE:
            line = before.text.rstrip().rsplit("\n", 1)[-1]
            words = bare_words(flat(line)).strip(" :")
            at = flat(before.text).rfind(words) if is_name(words) else -1
            if at >= 0:
                found[block.start] = Cell(before.text[at : at + len(words)], 0, 0, before.start + at)
    return found


def _without_groups(
    items: tuple[ScoredItem, ...], groups: tuple[ScoredGroup, ...], tree: Outline
) -> tuple[ScoredItem, ...]:
    """The items without those that only repeat a group: 「其中投入20分得20分，过程30分得29分」; a heading repeats none."""

    def repeats(item: ScoredItem) -> bool:
        return any(
            group.points == item.points and group.name.startswith(item.name) and group.span != item.span
            for group in groups
        )

    if sum((item.points or Decimal(0) for item in items), Decimal(0)) == _FULL:
        return items  # a group of one leaf bears its name and points
    return tuple(
        item for item in items if item.table or item.points is None or is_headed(item, tree) or not repeats(item)
    )


def _as_written(items: tuple[ScoredItem, ...], parts: tuple[Passage, ...]) -> tuple[ScoredItem, ...]:
    """The items with the characters of their names as the document has them (a text in traditional characters)."""
    if not any(len(part.text) < _TITLE and TRADITIONAL.search(part.text) for part in parts[:_HEADS]):
        return items
    return tuple(replace(item, name=_written(item, parts)) for item in items)


def _written(item: ScoredItem, parts: tuple[Passage, ...]) -> str:
    part = next((p for p in parts if p.whole.start <= item.span.start < max(p.whole.end, p.whole.start + 1)), None)
    at = part.flat.find(item.name) if part is not None else -1
    return part.text[at : at + len(item.name)] if part is not None and at >= 0 else item.name


_TITLE = 60
_HEADS = 20


def _summed_up(tables: TableScores) -> TableScores:
    """The tables with rows of a summary (a row a group) among the groups, not a second time among the leaves."""
    summed = [item for item in tables.items if item.points is not None and _sums_up(item, tables.items)]
    known = {group.name for group in tables.groups if group.claimed is not None}
    groups = [
        ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True)
        for item in summed
        if item.name not in known
    ]
    leaves = [item for item in tables.items if item not in summed]
    return replace(tables, items=leaves, groups=[*tables.groups, *groups])


def _sums_up(item: ScoredItem, rows: list[ScoredItem]) -> bool:
    """Whether a row is the group of other rows; one with a group of its own must have their points, since a leaf may be named as its group."""
    if not item.path:
        return any(item.name in other.path and item.name != other.name for other in rows)
    whole = (*item.path, item.name)
    below = [other for other in rows if other.name != item.name and other.path[: len(whole)] == whole]
    return bool(below) and sum((other.points or Decimal(0) for other in below), Decimal(0)) == item.points


def _all_read(rows: Sequence[ScoredItem], groups: Sequence[ScoredGroup]) -> bool:
    """Whether a table's groups make 100 and their rows' points make each of them but one, which misses less than any row is worth: no row is missing."""
    first = [group for group in groups if group.table and group.points is not None and group.depth == 0]
    if len(first) < _FEW or any(not item.points for item in rows):
        return False
    below = [[item.points or Decimal(0) for item in rows if group.name in item.path] for group in first]
    alone = sum((item.points or Decimal(0) for item in rows if not item.path), Decimal(0))
    wholes = [group.points or Decimal(0) for group in first]
    gaps = [
        (abs(whole - sum(parts, Decimal(0))), min(parts, default=Decimal(0)))
        for whole, parts in zip(wholes, below, strict=True)
    ]
    off = [(gap, least) for gap, least in gaps if gap]
    return sum(wholes, alone) == _FULL and len(off) == 1 and off[0][0] < off[0][1]


def _doubted(items: tuple[ScoredItem, ...], found: Totals, form: str) -> tuple[tuple[ScoredItem, ...], tuple[str, ...]]:
    """Marks rows doubtful where a table lost its borders and neither points nor scores add up: then a cell was not read."""
    rows = [item for item in items if item.table and not item.doubtful]
    if (
        form not in _LOSSY
        or found.claimed is None
        or len(rows) < _FEW
        or not found.claimed.value.replace(".", "").isdigit()
    ):
        return items, ()
    points = sum((item.points or Decimal(0) for item in rows), Decimal(0))
    if points and points % _FULL == 0:
        points = _FULL  # several forms, or groups that hold 100 points each
    scores = sum(((item.weighted or item.claimed or Decimal(0)) for item in rows), Decimal(0))
    printed = {
        Decimal(t.value)
        for t in (*found.all_claimed, *((found.base,) if found.base else ()))
        if _DECIMAL.fullmatch(t.value)
    }
    every = sum((item.points or Decimal(0) for item in items), Decimal(0))  # running text tells some of the leaves
    if _FULL in (points, every) or scores in printed:
        return items, ()
    doubt = f"表格没有边框，读出的分值之和{points}、得分之和{scores}与总分{found.claimed.value}都对不上，可能有单元格没有认出"
    return tuple(replace(item, doubtful=True) if item.table else item for item in items), (doubt,)


def _told_once(items: tuple[ScoredItem, ...]) -> tuple[ScoredItem, ...]:
    """The items without a form's row of funds whose rate, points and score a row of its indicators repeats."""
    rows = {(item.name, item.points, item.claimed) for item in items if item.table and item.path}
    if len(rows) == len(items):
        return items
    return tuple(
        item
        for item in items
        if not item.table or item.path or item.claimed is None or (item.name, item.points, item.claimed) not in rows
    )


def _left_out(
    told: Narrative, items: tuple[ScoredItem, ...], heads: tuple[ScoredGroup, ...], tree: Outline
) -> Iterator[ScoredGroup]:
    """The headings of leaves that stand beside groups, where the leaves are taken from a table: the group above counts them."""
    if any(item.section is not None for item in items):
        return
    known = {group.section for group in (*told.groups, *heads)}
    above = {tree.sections[section].parent for section in known if section is not None} & known
    for item in told.items:
        section = tree.sections[item.section] if item.section is not None else None
        if section is not None and item.section not in known and section.parent in above and section.span == item.span:
            yield ScoredGroup(section.title, item.points, item.claimed, item.span, len(item.path), section=item.section)


def _under(base: Extraction, parts: tuple[Passage, ...], tree: Outline, key: str) -> tuple[str, ...]:
    """The paragraphs under a canonical chapter, those of deeper headings included."""
    chapters = {index for index, section in enumerate(tree.sections) if section.key == key}
    if not chapters:
        return ()
    inside = {index for chapter in chapters for index in tree.within(chapter)}
    found: list[str] = []
    for passage, owner in zip(parts, tree.of_passage, strict=True):
        if owner is None or passage.cell is not None or owner not in inside:
            continue
        section = tree.sections[owner]
        start = passage.whole.start
        if owner in chapters and start <= section.span.start < passage.whole.end:
            rest = base.text(Span(section.span.end, max(section.span.end, passage.whole.end))).strip()
            found.extend((rest,) if rest else ())
        elif passage.text.strip():
            found.append(passage.text.strip())
    return tuple(found)
