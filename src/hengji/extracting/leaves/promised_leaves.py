"""Leaves whose points stand in a list ahead of them: 「投入15分，含甲5分、乙6分、丙4分。」, and then each on its line: 「甲：自评得5分」."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.leaves.scored import claim_in
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_N = r"\d{1,2}(?:\.\d{1,2})?"
_OPENS = "含|包括|包含|其中|下设|下分|(?<![扣失减])分为|设有|由|分别为|分别是"
_NAME = rf"(?!自评|扣|得|{_OPENS})[\u4e00-\u9fff\"《》A-Z\d]{{2,24}}?"
_WORTH = rf"(?:\((?:分值|满分|权重)?:?{_N}\s?(?:分|%)?\)|(?:占|计)?{_N}\s?分)"
_LIST = pattern(rf"(?:{_OPENS}|[:,;。])(?:{_OPENS})?[:,]?(?P<list>(?:{_NAME}{_WORTH}[、,;和及与])+{_NAME}{_WORTH})")
_IN_A_ROW = pattern(r"\d\s?(?:分|[分%]?\))[、,;和及与]")  # stands in every list
_ONE = pattern(rf"(?P<name>{_NAME})(?:\((?:分值|满分|权重)?:?|占|计)?(?P<n>{_N})\s?(?:分|%)?\)?(?:[、,;和及与]|$)")
_SCORED = pattern(r"得\s?\d|自评|扣\s?\d|满分")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Promise:
    """A name and its points in such a list."""

    name: str
    points: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a promised leaf is told: its name, its score and its paragraph."""

    promise: _Promise
    claimed: Decimal
    span: Span
    quote: Span
    body: Span


def with_promised(
    items: Sequence[ScoredItem], own: Mapping[int, Sequence[Passage]], tree: Outline, skip: frozenset[int]
) -> tuple[ScoredItem, ...]:
    """The items with the points that lists ahead of them give, those that a line scores and those that nothing scores.

    ``own`` are the paragraphs by section; sections of ``skip`` hold no leaves.
    """
    found = list(items)
    for index in range(len(tree.sections)):
        if index in skip:
            continue
        passages = own.get(index, ())
        for at, passage in enumerate(passages):
            promises = tuple(_promises(passage))
            if len(promises) >= _FEWEST:
                inside = _reach(index, {promise.name for promise in promises}, tree)
                found = _kept(found, promises, (passage, *passages[at + 1 :]), index, inside, tree)
                break
    return tuple(sorted(found, key=lambda item: item.span.start)) if len(found) != len(items) else tuple(found)


def _reach(index: int, names: set[str], tree: Outline) -> frozenset[int]:
    """The sections under a list, and those behind it that bear its names (numbered as the list's own heading is)."""
    reach = list(tree.within(index))
    while reach[-1] + 1 < len(tree.sections) and tree.sections[reach[-1] + 1].title in names:
        reach.extend(tree.within(reach[-1] + 1))
    return frozenset(reach)


def _promises(passage: Passage) -> Iterator[_Promise]:
    text = passage.flat
    if text.count("分") < _FEWEST or not _IN_A_ROW.search(text):
        return
    match = next((m for m in _LIST.finditer(text) if not _SCORED.match(text, m.end())), None)
    if match is None:
        return
    for leaf in _ONE.finditer(text, match.start("list"), match.end("list")):
        name = leaf_name(leaf["name"])
        if is_name(name):
            yield _Promise(name, Decimal(leaf["n"]), passage.span(leaf.start("name"), leaf.end()))


def _kept(
    items: list[ScoredItem],
    promises: tuple[_Promise, ...],
    passages: Sequence[Passage],
    index: int,
    inside: frozenset[int],
    tree: Outline,
) -> list[ScoredItem]:
    """The items where the list is one of leaves: at least half of its names are scored below it."""
    every = {line.promise.name: line for line in _lines(promises, passages)}
    listed = Span(promises[0].span.start, promises[-1].span.end)
    whole = len(every) == len(promises)  # each has a line of its own, so that none is told in the list
    told = {item.name: item for item in items if item.section in inside and not (whole and _stands_in(item, listed))}
    scored = {p.name for p in promises if p.name in told and told[p.name].claimed is not None}
    if len(scored) == len(promises) and all(told[name].points is not None for name in scored):
        return items
    lines = {name: line for name, line in every.items() if name not in scored}
    if (len(scored) + len(lines)) * 2 < len(promises) or len(scored) + len(lines) < _FEWEST:
        return items
    section = tree.sections[index]
    kept: list[ScoredItem] = []
    for item in items:
        if whole and _stands_in(item, listed):
            continue
        promise = next((p for p in promises if p.name == item.name and item.section in inside), None)
        if promise is not None and item.name in lines:
            continue
        if item.section == index and promise is None and item.name == section.title:
            continue  # the group itself, taken for a leaf by the first score under it
        kept.append(replace(item, points=promise.points) if promise is not None and item.points is None else item)
    known = {item.name for item in kept if item.section in inside}
    path = () if section.key else (section.title,)
    for promise in promises:
        line = lines.get(promise.name)
        if promise.name in known:
            continue
        span, quote, body = (line.span, line.quote, line.body) if line else (promise.span,) * 3
        claimed = line.claimed if line else None
        kept.append(ScoredItem(promise.name, path, promise.points, claimed, span, quote, body, section=index))
    return kept


def _stands_in(item: ScoredItem, listed: Span) -> bool:
    """Whether an item was read out of the list itself: 「指标包括甲（8分）」 up to its last."""
    return item.span.start < listed.end and item.span.end > listed.start


def _lines(promises: tuple[_Promise, ...], passages: Sequence[Passage]) -> Iterator[_Line]:
    """The lines and sentences behind the list that open with a promised name and give it a score."""
    for promise in promises:
        for passage in passages:
            text = passage.flat
            at = _opening(text, promise.name)
            if at < 0 or passage.at(at) < promise.span.end:
                continue
            behind = at + len(promise.name)
            stop = _next_name(text, behind, promises)
            claim = claim_in(text[behind:stop], promise.points)
            if claim is not None:
                yield _Line(
                    promise,
                    claim.number,
                    passage.span(at, behind),
                    passage.span(behind + claim.start, behind + claim.end),
                    passage.span(at, stop),
                )
                break


def _opening(text: str, name: str) -> int:
    """Where a name opens the text or a sentence of it and goes on as a leaf's does; -1 where it does not."""
    begin = len(text) - len(bare_words(text))
    places = [begin, *(at + 1 for mark in "。;" if (at := text.find(f"{mark}{name}")) >= 0)]
    return next((at for at in places if text.startswith(name, at) and _GOES_ON.match(text, at + len(name))), -1)


_GOES_ON = pattern(r"(?:指标|方面|情况|一?项)?(?:\s?[:,(—。]|(?:自评|实际|本项)?(?:得分|得|自评|评)[:为]?\s?\d)")


def _next_name(text: str, start: int, promises: tuple[_Promise, ...]) -> int:
    """Where the next promised name opens a sentence of the same paragraph."""
    starts = [
        at + 1 for promise in promises for mark in "。;" if (at := text.find(f"{mark}{promise.name}", start)) >= 0
    ]
    return min(starts, default=len(text))
