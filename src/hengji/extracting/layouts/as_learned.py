"""The leaves and groups of running text as its own layout tells them, where what was read otherwise is not whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.flat import flat_whole
from hengji.extracting.layouts.learned_layout import Branch, Layout, Leaf, learned_layout, told_total
from hengji.extracting.layouts.text_lines import TextLines, broken_lines, joined_lines
from hengji.extracting.leaves.absences import absence_in
from hengji.extracting.leaves.narrative import NEVER_ITEMS, Narrative, closed_sections, path_of
from hengji.extracting.leaves.settled import totals_in
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.document import Document
from hengji.model.extraction import ScoredGroup, ScoredItem, Stated

_HUNDRED = Decimal(100)
_BOTH = 2  # sums that prove a layout
_TOGETHER = 40  # characters from a name to a score that belongs to its head


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the layout tells, as running text is told, and how many sums prove it; ``alike`` as of ``Layout``."""

    told: Narrative
    proofs: int
    alike: bool
    total: Stated | None = None


def as_learned(document: Document, parts: tuple[Passage, ...], tree: Outline) -> Learnt | None:
    """The leaves of the best layout, or None where the text repeats none."""
    closed = closed_sections(tree, NEVER_ITEMS)
    shut = tuple(
        part.whole for part, owner in zip(parts, tree.of_passage, strict=True) if part.cell is None and owner in closed
    )
    totals = frozenset(totals_in(parts))
    best: tuple[TextLines, Layout] | None = None
    for lines in (joined_lines(parts, shut), broken_lines(document, shut)):
        layout = learned_layout(lines, totals, _stops(lines, tree))
        if layout is not None and (best is None or layout.proofs > best[1].proofs):
            best = lines, layout
        if best is not None and best[1].proofs == _BOTH:
            break
    if best is None:
        return None
    lines, layout = best
    sections = _Sections(parts, tree)
    groups = tuple(_group(lines, branch, sections) for branch in layout.branches)
    items = tuple(
        _item(lines, leaf, _path(index, leaf, lines, layout, sections), sections)
        for index, leaf in enumerate(layout.leaves)
    )
    total = Stated(lines.text[slice(*layout.total)], lines.span(*layout.total)) if layout.total is not None else None
    return Learnt(Narrative(items, groups, ()), layout.proofs, layout.alike, total)


class _Sections:
    """Which heading a place belongs to."""

    def __init__(self, parts: Sequence[Passage], tree: Outline) -> None:
        self._owners = [(part.whole, owner) for part, owner in zip(parts, tree.of_passage, strict=True)]
        self.tree = tree
        self._own = {section.span.start: index for index, section in enumerate(tree.sections)}

    def headed(self, place: int) -> int | None:
        """The heading whose title begins at a place."""
        return self._own.get(place)

    def over(self, place: int) -> int | None:
        """The heading that a place stands under."""
        return next(
            (owner for whole, owner in self._owners if whole.start <= place < max(whole.end, whole.start + 1)), None
        )


def _stops(lines: TextLines, tree: Outline) -> frozenset[int]:
    """Where lines begin that a known chapter opens."""
    chapters = {section.span.start for section in tree.sections if section.key}
    found: set[int] = set()
    at = 0
    for line in lines.text.split("\n"):
        if line and any(lines.at(at) <= place < lines.at(at) + len(line) for place in chapters):
            found.add(at)
        at += len(line) + 1
    return frozenset(found)


def _path(index: int, leaf: Leaf, lines: TextLines, layout: Layout, sections: _Sections) -> tuple[str, ...]:
    """The groups of a leaf: those learnt, else its headings."""
    learnt = tuple(b.site.name for b in layout.branches if b.first <= index < b.last)
    if learnt:
        return learnt
    place = lines.at(leaf.site.start)
    own, over = sections.headed(place), sections.over(place)
    if own is not None:
        return path_of(sections.tree.sections[own], sections.tree)
    if over is None:
        return ()
    section = sections.tree.sections[over]
    names = {other.site.name for other in layout.leaves}
    titled = section.heading and not section.key and section.title not in names
    return (*path_of(section, sections.tree), *((section.title,) if titled else ()))


def _group(lines: TextLines, branch: Branch, sections: _Sections) -> ScoredGroup:
    span = lines.span(branch.site.start, branch.site.named)
    return ScoredGroup(
        branch.site.name, branch.site.number, branch.claimed, span, 0, section=sections.headed(span.start)
    )


def _item(lines: TextLines, leaf: Leaf, path: tuple[str, ...], sections: _Sections) -> ScoredItem:
    site, score = leaf.site, leaf.score
    span = lines.span(site.start, site.named)
    body = lines.text[site.start : leaf.end].rstrip()
    near = score.start - site.named <= _TOGETHER
    absence = absence_in(body) if score.number is None else None
    return ScoredItem(
        name=site.name,
        path=path,
        points=leaf.points,
        claimed=score.number,
        span=span,
        quote=lines.span(min(site.start, score.start) if near else score.start, max(score.end, site.named)),
        body=lines.span(site.start, site.start + len(body)),
        not_applicable=score.number is None,
        reason=body[:120] if absence is not None else "",
        receiver=absence.receiver if absence is not None else "",
        moved=absence.moved if absence is not None else None,
        section=sections.headed(span.start),
    )


def is_better(learnt: Learnt, items: Sequence[ScoredItem], document: Document, totals: frozenset[Decimal]) -> bool:
    """Whether a layout tells more than what was read otherwise: it is proven better, or tells the leaves of what were taken for leaves."""
    worth = _worth(items, document, totals)
    whole = 1 + learnt.proofs
    leaves = [item for item in items if not _is_group(item, learnt.told)]
    if len(learnt.told.items) < len(leaves):
        return False
    if learnt.proofs < _BOTH:
        # what one sum proves may take another number for a score that is left blank or wrong
        return worth < whole and len(leaves) * _OF_IT < len(learnt.told.items)
    if worth == whole:
        return len(learnt.told.items) > len(items) and all(_is_known(item, learnt.told) for item in items)
    return not _is_full(items) or (learnt.alike and _claims(learnt.told.items) in totals - {_HUNDRED})


def is_whole(items: Sequence[ScoredItem], document: Document, totals: frozenset[Decimal]) -> bool:
    """Whether what was read otherwise is surely all: so many leaves with scores that are worth 100 and make the total."""
    return len(items) >= _MANY and _worth(items, document, totals) == 1 + _BOTH


_OF_IT = 2  # most of the leaves were read: at least every second
_MANY = 7  # leaves: fewer could be the groups of others


def _is_full(items: Sequence[ScoredItem]) -> bool:
    """Whether leaves are all scored and worth 100: where they make no total, the report may be at fault."""
    scored = all(item.claimed is not None or item.not_applicable for item in items)
    return scored and len(items) >= _MANY and _points(items) == _HUNDRED


def _points(items: Sequence[ScoredItem]) -> Decimal:
    return sum((item.points or Decimal(0) for item in items), Decimal(0))


def _claims(items: Sequence[ScoredItem]) -> Decimal:
    return sum((item.claimed or Decimal(0) for item in items), Decimal(0))


def _is_group(item: ScoredItem, told: Narrative) -> bool:
    """Whether an item is a group of a layout."""
    return any(g.points == item.points and (g.name in item.name or item.name in g.name) for g in told.groups)


def _is_known(item: ScoredItem, told: Narrative) -> bool:
    """Whether an item is a leaf of a layout, or holds one of its groups."""
    leaf = any((each.name, each.points) == (item.name, item.points) for each in told.items)
    held = any(item.span.start <= group.span.start < item.span.end for group in told.groups)
    return leaf or held or _is_group(item, told)


def _worth(items: Sequence[ScoredItem], document: Document, totals: frozenset[Decimal]) -> int:
    """How whole leaves are: whether points make 100, every leaf is scored, scores make a total of the text."""
    scored = bool(items) and all(item.claimed is not None or item.not_applicable for item in items)
    made = _claims(items)
    spans = [(item.quote.start, item.quote.end) for item in items]
    return (
        (_points(items) == _HUNDRED)
        + scored
        + (made in totals or told_total(flat_whole(document.text), made, spans) is not None)
    )
