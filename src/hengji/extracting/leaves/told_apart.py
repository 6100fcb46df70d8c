"""Budget execution, where it is scored in a chapter of its own and the other leaves in another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.shared_scores import shared_scores
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem

_HUNDRED = Decimal(100)
_MOST = Decimal(30)  # points
_FEWEST = 4  # leaves that lack it
_EXECUTION = re.compile(r"[^,。;]{0,6}(?:执行|支出|完成)(?:率|情况|进度)")
_SCORED = re.compile(r"执行|支出")


def with_execution(items: tuple[ScoredItem, ...], passages: Sequence[Passage], tree: Outline) -> tuple[ScoredItem, ...]:
    """The leaves and, where just its points are lacking to a hundred, budget execution as running text scores it."""
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    if not 0 < lacking <= _MOST or len(items) < _FEWEST or any(_EXECUTION.fullmatch(item.name) for item in items):
        return items
    worth = f"{lacking.normalize():f}分"
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        text = passage.flat
        if passage.cell is not None or worth not in text or not _SCORED.search(text):
            continue
        for told in shared_scores([text]):
            claim = told.claim
            if told.points == lacking and claim is not None and claim <= lacking and _EXECUTION.fullmatch(told.name):
                span = passage.span(told.start, told.named)
                quote = passage.span(told.start, max(told.end, told.named))
                body = passage.span(told.start, len(text))
                found = ScoredItem(told.name, (), lacking, claim, span, quote, body, section=owner)
                return tuple(sorted((*items, found), key=lambda item: item.span.start))
    return items


def with_execution_points(items: tuple[ScoredItem, ...], parts: tuple[Passage, ...]) -> tuple[ScoredItem, ...]:
    """The points of budget execution where its row prints none and a sentence does: 「不含预算执行率10分」."""
    if not any(item.name == "预算执行率" and item.points is None and item.table for item in items):
        return items
    told = {Decimal(n) for passage in parts for n in re.findall(r"预算执行率?\(?(\d{1,2}(?:\.\d+)?)分", passage.flat)}
    return tuple(
        replace(item, points=max((n for n in told if n >= (item.claimed or 0)), default=None))
        if item.name == "预算执行率" and item.points is None and item.table
        else item
        for item in items
    )
