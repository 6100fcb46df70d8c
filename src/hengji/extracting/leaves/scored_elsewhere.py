"""Leaves whose points a table lists and whose scores the running text tells: 「目标分解落实得4.5分」, 「其余指标均得满分」."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.narrative import NEVER_ITEMS, closed_sections
from hengji.extracting.leaves.shared_scores import Told, shared_scores
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem

_HUNDRED = Decimal(100)
_FEWEST = 5  # leaves


def scored_elsewhere(
    items: tuple[ScoredItem, ...], passages: Sequence[Passage], tree: Outline
) -> tuple[ScoredItem, ...]:
    """The leaves with the scores that the text gives them, where a table has hardly any and their points make a hundred."""
    silent = [item for item in items if item.claimed is None and not item.not_applicable and item.points is not None]
    if len(silent) < _FEWEST or len(silent) * 2 < len(items) or not any(item.table for item in silent):
        return items
    if sum((item.points or Decimal(0) for item in items), Decimal(0)) != _HUNDRED:
        return items
    closed = closed_sections(tree, NEVER_ITEMS)
    texts = [
        (passage, owner)
        for passage, owner in zip(passages, tree.of_passage, strict=True)
        if passage.cell is None and "分" in passage.flat and (owner is None or owner not in closed)
    ]
    worth = {item.name: item.points for item in silent if item.points is not None}
    told = {each.name: each for each in shared_scores([p.flat for p, _ in texts], worth) if each.name in worth}
    known = {name for name, each in told.items() if each.claim is not None and 0 <= each.claim <= worth[name]}
    if len(known) * 3 < len(worth) * 2:
        return items
    return tuple(_scored(item, told[item.name], texts) if item.name in known else item for item in items)


def _scored(item: ScoredItem, told: Told, texts: Sequence[tuple[Passage, int | None]]) -> ScoredItem:
    """The leaf with its score and the sentence that tells it."""
    if told.said is None:
        return item
    place, start, end = told.said
    passage, owner = texts[place]
    text = passage.flat
    named = text.rfind(item.name, 0, end)
    begin = named if named >= 0 else max(text.rfind(mark, 0, start) for mark in "。;") + 1
    stops = [at for mark in "。;" if (at := text.find(mark, end)) >= 0]
    quote, body = passage.span(begin, end), passage.span(begin, min(stops, default=len(text)))
    return replace(item, claimed=told.claim, quote=quote, body=body, table=False, section=owner)
