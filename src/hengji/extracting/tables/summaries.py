"""Tables that sum up by group what running text scores leaf by leaf: 「附表：自评评分汇总表」, a row a group."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.narrative import Narrative
from hengji.extracting.outline import Outline
from hengji.extracting.tables.table_scores import TableScores
from hengji.model.extraction import ScoredGroup, ScoredItem, Section

_TWO = 2
_TAILS = ("指标", "情况", "方面", "类", "维度", "分析", "部分")
_SHORTEST = 2


def without_summaries(tables: TableScores, told: Narrative) -> TableScores:
    """The tables with the rows that are groups of the running text among the groups, where all rows are such.

    A row may shorten the group's name; its points may be wrong where most are right, and its sums are then looked at.
    """
    if not tables.items or len(told.items) < len(tables.items):
        return tables
    names = _groups(told)
    leaves = {_bare(item.name) for item in told.items}
    pairs = [(row, _named(row, names)) for row in tables.items]
    rows = [(row, name) for row, name in pairs if name is not None and _bare(row.name) not in leaves]
    others = [row for row, name in pairs if name is None or _bare(row.name) in leaves]
    right = sum(row.points in (None, names[name]) for row, name in rows)
    if len(rows) < _TWO or right * 2 < len(rows) or any(_bare(row.name) not in leaves for row in others):
        return tables
    if len(others) > len(rows) or len({name for _, name in rows}) < len(rows):
        return tables
    summed = [ScoredGroup(name, row.points, row.claimed, row.span, len(row.path), table=True) for row, name in rows]
    return replace(tables, items=others, groups=[*tables.groups, *summed])


def without_sums_of_sections(tables: TableScores, told: Narrative, tree: Outline) -> tuple[TableScores, Narrative]:
    """The tables with the rows that sum up headings among the groups, where the rows of one place make the hundred and each is called as a heading.

    The leaves under such a heading stand in its text or in another table, and most of the rows have their points.
    """
    for rows in _runs(tables.items):
        if sum((row.points or _NONE for row in rows), _NONE) != _HUNDRED:
            continue
        above = [_section_of(row, tree) for row in rows]
        others = [item for item in (*told.items, *tables.items) if item not in rows]
        parts = [[item for item in others if _within(item, section)] for section in above]
        if None in above or len(set(above)) < len(rows) or sum(map(bool, parts)) < len(rows):
            continue
        right = sum(
            sum((i.points or _NONE for i in each), _NONE) == row.points for row, each in zip(rows, parts, strict=True)
        )
        if right * 2 < len(rows) or sum(map(len, parts)) < _TWO * len(rows):
            continue
        summed = [
            ScoredGroup(s.title, row.points, row.claimed, row.span, 0, section=tree.sections.index(s), table=True)
            for s, row in zip(above, rows, strict=True)
            if s is not None
        ]
        kept = [_under(item, above) for item in tables.items if item not in rows]
        scores = {group.section: group.claimed for group in summed}
        own = tuple(
            g
            for g in told.groups
            if g.section not in scores or g.points is not None or g.claimed not in (None, scores[g.section])
        )
        items = tuple(_under(item, above) for item in told.items)
        return replace(tables, items=kept, groups=[*tables.groups, *summed]), replace(told, items=items, groups=own)
    return tables, told


def _runs(items: Sequence[ScoredItem]) -> Iterator[list[ScoredItem]]:
    """The rows that follow each other up to the hundred."""
    run: list[ScoredItem] = []
    for item in items:
        run.append(item)
        if sum((row.points or _NONE for row in run), _NONE) == _HUNDRED:
            yield run
            run = []


def _section_of(row: ScoredItem, tree: Outline) -> Section | None:
    """The heading behind a row that is called as it is."""
    bare = _bare(row.name)
    return next(
        (s for s in tree.sections if s.heading and s.span.start > row.span.start and _bare(s.title) == bare), None
    )


def _within(item: ScoredItem, section: Section | None) -> bool:
    return section is not None and section.span.start < item.span.start < section.body.end


def _under(item: ScoredItem, above: Sequence[Section | None]) -> ScoredItem:
    """A row of another table, in the group whose heading it stands under."""
    own = next((section for section in above if _within(item, section)), None)
    return replace(item, path=(own.title,)) if own is not None and not item.path else item


_NONE, _HUNDRED = Decimal(0), Decimal(100)


def _groups(told: Narrative) -> dict[str, Decimal | None]:
    """The groups of running text and their points; those of a group that prints none are what its leaves make."""
    found: dict[str, Decimal | None] = {}
    for name in dict.fromkeys(name for item in told.items for name in item.path):
        points = [item.points for item in told.items if name in item.path]
        known = [each for each in points if each is not None]
        found[name] = sum(known, Decimal(0)) if len(known) == len(points) else None
    return found | {group.name: group.points for group in told.groups if group.points is not None}


def _named(row: ScoredItem, names: dict[str, Decimal | None]) -> str | None:
    """The group that a row names, in full or shortened; one with its points where several could be meant."""
    bare = _bare(row.name)
    same = [name for name in names if _bare(name) == bare]
    alike = same or [name for name in names if _alike(bare, _bare(name))]
    return next((name for name in alike if names[name] == row.points), alike[0] if len(alike) == 1 else None)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and (longer.startswith(shorter) or longer.endswith(shorter))


def _bare(name: str) -> str:
    """A name without the words that only say that it is a group's."""
    bare = name.strip('"“” ')
    while tail := next((tail for tail in _TAILS if bare.endswith(tail) and len(bare) - len(tail) >= _SHORTEST), ""):
        bare = bare.removesuffix(tail)
    return bare
