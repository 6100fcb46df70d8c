"""The leaves of the running text as the sums prove them: each section read strictly or clause by clause, whichever makes a hundred."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.joined_items import sums_among
from hengji.extracting.leaves.narrative import NEVER_ITEMS, NOT_ITEMS, Narrative, closed_sections, is_title, path_of
from hengji.extracting.leaves.shared_scores import Told, shared_scores
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredGroup, ScoredItem, Span
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_MOST = 10  # sections that are read in two ways: more are read all in one way or all in the other
_FEWEST = 4  # leaves
_FEW = 6  # leaves
_MANY = 8  # leaves
_OFF = Decimal(3)  # points that a report may lack or have too many
_POINTS = pattern(r"\d\s?分")
_MET = pattern(r"(?:均|都|全部|全面)[^,。;]{0,6}(?:达到|达标|完成|符合|实现|达成|落实|到位)")
_TOTAL = pattern(r"(?:自评|总分|得分|总得|综合|合计|评定)[^。;\d]{0,16}(?P<n>\d{2,3}(?:\.\d{1,3})?)\s?分")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf of either reading: its figures, and what it becomes."""

    item: ScoredItem
    open: bool = False  # only said to be met, so that the total must tell that it has all its points


@dataclass(frozen=True, slots=True)
class _Section:
    """A section in two readings; ``head`` is its own points and score, where it is a group in the second."""

    index: int
    strict: tuple[_Leaf, ...]
    freely: tuple[_Leaf, ...]
    head: Told | None = None
    top: bool = False  # right under a chapter
    below: tuple[
        Decimal | None, ...
    ] = ()  # the points of the leaves that the second reading finds under it, in headings of their own too
    parts: bool = False  # whether the second reading found parts of a leaf, which the text itself sums up

    @property
    def freer(self) -> bool:
        """Whether the second reading is the likelier where both make the same points: the first took a group or parts for leaves."""
        return self.parts or self.grouped or not self.strict

    @property
    def grouped(self) -> bool:
        """Whether the first reading took the group for its only leaf: the second finds others that make its points."""
        if len(self.strict) != 1 or (self.head is None and not self.top):
            return False
        item = self.strict[0].item
        if self.head is not None and (item.name.startswith(self.head.name) or self.head.name.startswith(item.name)):
            return True
        return len(self.below) > 1 and sum((each or Decimal(0) for each in self.below), Decimal(0)) == item.points


def settled(told: Narrative, passages: Sequence[Passage], tree: Outline) -> Narrative:
    """The same, with sections read anew where that proves: the points make a hundred, and nothing is left without a score."""
    if _is_proven(told.items) or (not told.items and not _may_score(passages)):
        return told
    if proven_converted(told.items, passages):
        return told
    before: frozenset[int] | None = None
    for without in (NOT_ITEMS, NEVER_ITEMS):
        closed = closed_sections(tree, without)
        anew = _settled(told, passages, tree, closed) if closed != before else told
        before = closed
        if anew is not told and (_points(told.items) != _HUNDRED or _tells_more(anew.items, told.items)):
            return anew
    return told


def _may_score(passages: Sequence[Passage]) -> bool:
    """Whether running text has as many numbers of points as a few leaves have."""
    found = (match for passage in passages if passage.cell is None for match in _POINTS.finditer(passage.flat))
    return sum(1 for _ in itertools.islice(found, 2 * _FEWEST)) == 2 * _FEWEST


def _settled(told: Narrative, passages: Sequence[Passage], tree: Outline, closed: frozenset[int]) -> Narrative:
    """The same, with sections left out."""
    sections = _sections(told, passages, tree, closed)
    fixed = tuple(_Leaf(item) for item in told.items if item.section not in {each.index for each in sections})
    chosen = _chosen(sections, fixed, totals_in(passages))
    if chosen is None:
        return told
    anew = {each.index: each for each, freely in zip(sections, chosen, strict=True) if freely}
    items = [leaf.item for leaf in fixed]
    for each, freely in zip(sections, chosen, strict=True):
        items.extend(_closed(leaf) for leaf in (each.freely if freely else each.strict))
    known = {group.section for group in told.groups}
    groups = [*told.groups, *(_group(each, tree) for each in anew.values() if _is_group(each, tree, known))]
    return replace(
        told,
        items=tuple(sorted(items, key=lambda item: item.span.start)),
        groups=tuple(sorted(groups, key=lambda group: group.span.start)),
    )


def _is_proven(items: Sequence[ScoredItem]) -> bool:
    """Whether the points make a hundred and most leaves have a score; few may be groups that were taken for leaves."""
    if sums_among(tuple(items)):
        return True  # leaves and their groups, each of which make a hundred
    silent = sum(1 for item in items if item.claimed is None and not item.not_applicable)
    return _points(items) == _HUNDRED and silent * 4 <= len(items) and len(items) > _FEW


def proven_converted(items: Sequence[ScoredItem], passages: Sequence[Passage]) -> bool:
    """Whether the leaves, all scored, are worth more or less than a hundred, and a total is their score put to the hundred: 72 of 80 are 90."""
    assessed = [item for item in items if not item.not_applicable]
    worth = _points(assessed)
    if len(assessed) < _FEWEST or worth == _HUNDRED or any(not i.points or i.claimed is None for i in assessed):
        return False
    got = sum((item.claimed or Decimal(0) for item in assessed), Decimal(0))
    totals = {Decimal(m["n"]) for p in passages if "分" in p.flat for m in _CONVERTED.finditer(p.flat)}
    return got not in totals and any(abs(got * _HUNDRED / worth - total) <= _ROUNDED for total in totals)


_CONVERTED = pattern(
    r"(?:折算|换算|折合|百分制)[^。;\d]{0,16}(?:100\s?分[^。;\d]{0,8})?(?P<n>\d{2,3}(?:\.\d{1,3})?)\s?分"
)
_ROUNDED = Decimal("0.05")  # half of a tenth: a total is printed with one place at least


def _tells_more(items: Sequence[ScoredItem], others: Sequence[ScoredItem]) -> bool:
    """Whether there are more leaves than others, or more of them have a score."""
    scored, before = (sum(1 for item in each if item.claimed is not None) for each in (items, others))
    return len(items) > len(others) or scored > before


def _points(items: Sequence[ScoredItem]) -> Decimal:
    return sum((item.points or Decimal(0) for item in items), Decimal(0))


def totals_in(passages: Sequence[Passage]) -> frozenset[Decimal]:
    """The totals that the text may mean."""
    return frozenset(Decimal(m["n"]) for p in passages if "分" in p.flat for m in _TOTAL.finditer(p.flat))


def _chosen(
    sections: Sequence[_Section], fixed: tuple[_Leaf, ...], totals: frozenset[Decimal]
) -> tuple[bool, ...] | None:
    """Which sections to read freely so that the sums prove it, as few as need be; None where nothing does."""
    free = [
        each
        for each in sections
        if (each.freely or each.head or each.grouped) and _figures(each.freely) != _figures(each.strict)
    ]
    if not free:
        return None
    ways: Iterator[tuple[bool, ...]] = (
        iter([(True,) * len(free)])
        if len(free) > _MOST
        else itertools.product(*((True,) if each.grouped else (False, True) for each in free))
    )
    best: tuple[int, dict[int, bool]] | None = None
    for way in ways:
        turned = {each.index: turn for each, turn in zip(free, way, strict=True)}
        leaves = [*fixed, *(x for s in sections for x in (s.freely if turned.get(s.index) else s.strict))]
        worth = _worth(leaves, totals)
        if worth and any(way):
            rank = worth * 100 - sum(turn is not each.freer for each, turn in zip(free, way, strict=True))
            best = (rank, turned) if best is None or rank > best[0] else best
    return tuple(best[1].get(each.index, False) for each in sections) if best is not None else None


def _figures(leaves: Sequence[_Leaf]) -> list[tuple[str, Decimal | None, Decimal | None, bool]]:
    return [(leaf.item.name, leaf.item.points, leaf.item.claimed, leaf.open) for leaf in leaves]


def _worth(leaves: Sequence[_Leaf], totals: frozenset[Decimal]) -> int:
    """How well sums prove the leaves: 3 where points and scores do, 2 where the points do and every score is said, 1 where the scores do."""
    points = _points([leaf.item for leaf in leaves])
    if abs(points - _HUNDRED) > _OFF or len(leaves) < _FEWEST or len({x.item.name for x in leaves}) < len(leaves):
        return 0
    items = [_closed(leaf) for leaf in leaves]
    if any(item.claimed is None and not item.not_applicable for item in items):
        return 0
    summed = sum((item.claimed or Decimal(0) for item in items), Decimal(0)) in totals
    if points != _HUNDRED:  # a group's points may not be what its leaves have
        return 1 if summed and len(leaves) > _MANY and not any(leaf.open for leaf in leaves) else 0
    return 3 if summed else 0 if any(leaf.open for leaf in leaves) else 2


def _closed(leaf: _Leaf) -> ScoredItem:
    """The leaf's item, with all its points where only the total tells its score."""
    return replace(leaf.item, claimed=leaf.item.points) if leaf.open else leaf.item


def _sections(told: Narrative, passages: Sequence[Passage], tree: Outline, closed: frozenset[int]) -> list[_Section]:
    """The sections that either reading finds leaves in."""
    texts = [
        (passage, owner)
        for passage, owner in zip(passages, tree.of_passage, strict=True)
        if owner is not None and passage.cell is None and owner not in closed and "分" in passage.flat
    ]
    read = shared_scores([passage.flat for passage, _ in texts])
    strict: dict[int, list[_Leaf]] = {}
    for item in told.items:
        if item.section is not None:
            strict.setdefault(item.section, []).append(_Leaf(item))
    freely: dict[int, list[Told]] = {}
    parted = {texts[each.place][1] for each in read if each.parted}
    for each in read:
        if each.points is not None:
            freely.setdefault(texts[each.place][1], []).append(each)
    found: list[_Section] = []
    for index in sorted({*strict, *freely}):
        own = _without_parts(freely.get(index, []))
        below = [each for other in tree.within(index)[1:] for each in freely.get(other, [])]
        title = tree.sections[index].title
        head = own[0] if own and _heads(own[0], [*own[1:], *below], title, deep=bool(below)) else None
        leaves = [each for each in own if each is not head and (not each.head or each.scored)]
        made = tuple(_made(each, leaves, texts[each.place][0], index, tree) for each in leaves)
        parent = tree.sections[index].parent
        top = parent is None or bool(tree.sections[parent].key)
        points = tuple(each.points for each in (*leaves, *below))
        found.append(_Section(index, tuple(strict.get(index, ())), made, head, top, points, index in parted))
    return found


def _heads(first: Told, others: Sequence[Told], title: str, *, deep: bool) -> bool:
    """Whether a name is the group of those behind it: their points make its own, or, ``deep`` under its heading, their scores do."""
    named = bool(title) and (title.startswith(first.name) or first.name.startswith(title))
    if len(others) <= 1 or (title and not named and not first.head):
        return False
    claims = [each.claim for each in others]
    scored = None not in claims and sum((c for c in claims if c is not None), Decimal(0)) == first.claim
    if sum((each.points or Decimal(0) for each in others), Decimal(0)) != first.points:
        return named and deep and scored
    return named or first.claim is None or scored


def _without_parts(leaves: list[Told]) -> list[Told]:
    """The names without those that are parts of a scored one in front of them and have no score of their own."""
    kept: list[Told] = []
    for each in leaves:
        last = kept[-1] if kept else None
        part = last is not None and last.head and last.scored and not each.scored and last.place == each.place
        if not part:
            kept.append(each)
    return kept


def _made(told: Told, leaves: Sequence[Told], passage: Passage, index: int, tree: Outline) -> _Leaf:
    """The leaf as an item of its section: its body reaches from its sentence to that of the next one."""
    section = tree.sections[index]
    own = section.title == told.name
    unnamed = own or bool(section.key) or not _names_group(section.title)
    text = passage.flat
    quote = (told.start, max(told.end, told.named))
    after = [x.start for x in leaves if x.place == told.place and x.start > told.start]
    begin = told.start if own else _sentence(text, told.start)
    stop = max(min((at for x in after if (at := _sentence(text, x)) > told.start), default=len(text)), told.end)
    if told.said is not None and told.said[0] == told.place and _sentence(text, told.said[1]) > told.named:
        quote = told.said[1:]
        beside = (x for x in leaves if x is not told and x.place == told.place)
        if any(
            _sentence(text, x.start) == begin for x in beside
        ):  # a list of names, and what was done for each behind it
            begin, stop = _sentence(text, told.said[1]), _closing(text, told.said[2])
    item = ScoredItem(
        told.name,
        (*path_of(section, tree), *(() if unnamed else (section.title,))),
        told.points,
        told.claim,
        passage.span(told.start, told.named),
        passage.span(*quote),
        passage.span(begin, stop),
        section=index,
    )
    if own:
        item = replace(item, body=Span(item.body.start, max(item.body.end, section.body.end)))
    met = told.claim is None and _MET.search(passage.flat, told.start) is not None
    return _Leaf(item, open=met)


def _sentence(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。;") + 1


def _closing(text: str, at: int) -> int:
    return min((end for mark in "。;" if (end := text.find(mark, at)) >= 0), default=len(text))


def _is_group(each: _Section, tree: Outline, known: set[int | None]) -> bool:
    section = tree.sections[each.index]
    alone = len(each.freely) == 1 and each.freely[0].item.name == section.title
    if alone or section.key or each.index in known or is_title(section):
        return False
    return _names_group(section.title)


def _names_group(title: str) -> bool:
    """Whether a heading can name a group: it is not the list of its leaves itself."""
    return bool(title) and "分、" not in title and "分," not in title


def _group(each: _Section, tree: Outline) -> ScoredGroup:
    section, head = tree.sections[each.index], each.head
    item = each.strict[0].item if each.grouped else None
    points = head.points if head is not None else item.points if item is not None else None
    claim = head.claim if head is not None else item.claimed if item is not None else None
    return ScoredGroup(section.title, points, claim, section.span, len(path_of(section, tree)), section=each.index)
