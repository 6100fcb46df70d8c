"""The leaves of running text, tables and lines as one list: what stands in several of them is told once."""

from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.joined_items import joined, makes_hundred, named_as_tabled, scored_as_tabled
from hengji.extracting.leaves.narrative import Narrative
from hengji.extracting.outline import Outline
from hengji.extracting.tables.glued import LineScores
from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import ScoredGroup, ScoredItem
from hengji.model.patterns import pattern

_SLIP, _NONE = Decimal(3), Decimal(0)  # points


def _heads_a_table(item: ScoredItem, tabled: tuple[ScoredItem, ...]) -> bool:
    """Whether a heading without a score of its own only introduces the table of its parts."""
    inside = [row for row in tabled if item.body.start <= row.span.start < item.body.end]
    if len(inside) > 1 and sum((row.points or Decimal(0) for row in inside), Decimal(0)) == item.points:
        return True  # its score is the sum of theirs
    return bool(inside) and item.claimed is None and not item.not_applicable


def merged(
    told: Narrative, loose: tuple[ScoredItem, ...], tables: TableScores, lines: LineScores, tree: Outline
) -> tuple[tuple[ScoredItem, ...], tuple[ScoredGroup, ...]]:
    """The items of all sources, one that stands in running text and in a table once; and the headings that only head a table.

    The table is kept where it holds more of them (a narrative then only comments on its rows).
    """
    tabled = (*tables.items, *lines.items)
    both = joined((*told.items, *loose, *tabled))
    if len(both) < len(told.items) + len(loose) + len(tabled):
        told = replace(told, items=tuple(item for item in both if not item.table))
        loose, tabled = (), tuple(item for item in both if item.table)
    if any(item.claimed is not None for item in told.items):
        tabled = tuple(
            item for item in tabled if item.points is not None or item.claimed is not None or item.not_applicable
        )
    above = {name for item in tabled for name in item.path}
    levels = {level_name(name) for name in above}
    heading = tuple(
        item
        for item in told.items
        if _heads_a_table(item, tabled)
        or (item.points is None and _own_claim(item) is not None and level_name(item.name) in levels)
        or (item.name in above and (item.claimed is None or (is_headed(item, tree) and _is_made_of(item, tabled))))
    )
    heads = tuple(
        ScoredGroup(item.name, item.points, _own_claim(item), item.span, len(item.path), section=item.section)
        for item in heading
    )
    every = (*told.items, *tabled)
    repeated = tuple(i for i in told.items if _is_made_of(i, every, _NONE))  # in a sentence
    written = tuple(item for item in (*told.items, *loose) if item not in heading and item not in repeated)
    if not written or not tabled:
        return tuple(sorted((*written, *tabled), key=lambda item: item.span.start)), heads
    written = scored_as_tabled(named_as_tabled(written, tabled), tabled)
    known = {item.name for item in tabled}
    every = (*tabled, *(item for item in written if item.name not in known))
    for chosen in (*sorted((written, tabled), key=len, reverse=True), every):
        if makes_hundred(chosen):
            return tuple(sorted(chosen, key=lambda item: item.span.start)), heads
    first, second = (written, tabled) if len(written) >= len(tabled) else (tabled, written)
    names = {item.name for item in first}
    apart = _of_other_sections(written, tabled, tree)
    if not apart and (len(second) * 2 > len(first) or any(item.name in names for item in second)):
        second = tuple(item for item in second if item.of_execution and item.name not in names)
    return tuple(sorted((*first, *second), key=lambda item: item.span.start)), heads


def _of_other_sections(written: tuple[ScoredItem, ...], tabled: tuple[ScoredItem, ...], tree: Outline) -> bool:
    """Whether some headings have their leaves in running text and others in tables, which make about a hundred together."""
    worth = sum((item.points or _NONE for item in (*written, *tabled)), _NONE)
    if abs(worth - _HUNDRED) > _SLIP or {item.name for item in written} & {item.name for item in tabled}:
        return False
    own = {_heading_of(item, tree) for item in written}
    rows = {_heading_of(item, tree) for item in tabled}
    return None not in own | rows and own.isdisjoint(rows)


def _heading_of(item: ScoredItem, tree: Outline) -> int | None:
    """The innermost heading of a number in Chinese that an item stands under."""
    inside = (
        i
        for i, section in enumerate(tree.sections)
        if section.rank <= _GROUPS and section.body.start <= item.span.start < section.body.end
    )
    return max(inside, default=None)


_HUNDRED = Decimal(100)
_GROUPS = 20  # the rank of 「（一）」

_OF_LEVEL = pattern(r"(?<=.{2})(?:类|方面|部分|环节)?(?:[一二]级)?(?:指标)?$")


def level_name(name: str) -> str:
    """A group's name without what a report calls its level: 「决策类」 and 「决策指标」 are 「决策」."""
    return _OF_LEVEL.sub("", name, count=1)


def is_headed(item: ScoredItem, tree: Outline) -> bool:
    """Whether an item is a heading of its own."""
    return item.section is not None and tree.sections[item.section].span == item.span


def _is_made_of(item: ScoredItem, rows: tuple[ScoredItem, ...], slip: Decimal = _SLIP) -> bool:
    """Whether an item with points is the group of several rows, which make them but for a slip."""
    parts = [row.points for row in rows if item.name in row.path]
    made = sum((part for part in parts if part is not None), Decimal(0))
    return len(parts) > 1 and None not in parts and item.points is not None and abs(made - item.points) <= slip


def _own_claim(item: ScoredItem) -> Decimal | None:
    """The score of a heading that is a group's; one that stands far behind it is a leaf's."""
    return item.claimed if item.quote.start - item.span.end <= _BESIDE else None


_BESIDE = 12  # characters
