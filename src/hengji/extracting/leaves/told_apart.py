"""Budget execution, where it is scored in a chapter of its own and the other leaves in another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.leaves.shared_scores import shared_scores
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_MOST = Decimal(30)  # points
_FEWEST = 4  # leaves that lack it
_ROUNDED = Decimal("0.05")
_EXECUTION = pattern(r"[^,。;]{0,6}(?:执行|支出|完成)(?:率|情况|进度)")
_SCORED = pattern(r"执行|支出")


def with_execution(items: tuple[ScoredItem, ...], passages: Sequence[Passage], tree: Outline) -> tuple[ScoredItem, ...]:
    """The leaves and, where just its points are lacking to a hundred, budget execution as running text scores it."""
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    if not 0 < lacking <= _MOST or len(items) < _FEWEST or any(item.of_execution for item in items):
        return items
    worth, known = f"{lacking.normalize():f}分", {item.name for item in items}
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        text = passage.flat
        if passage.cell is not None or not _SCORED.search(text):
            continue
        for told in shared_scores([text]) if worth in text else ():
            claim = told.claim
            if told.name in known:
                continue
            if told.points == lacking and claim is not None and claim <= lacking and _EXECUTION.fullmatch(told.name):
                span = passage.span(told.start, told.named)
                quote = passage.span(told.start, max(told.end, told.named))
                body = passage.span(told.start, len(text))
                found = ScoredItem(told.name, (), lacking, claim, span, quote, body, section=owner)
                return tuple(sorted((*items, found), key=lambda item: item.span.start))
        product = next((m for m in _PRODUCT.finditer(text) if _scores(m, lacking)), None)
        if product is not None:
            span = passage.span(product.start(), product.end())
            found = ScoredItem(
                "预算执行率", (), lacking, Decimal(product["got"]), span, span, passage.whole, section=owner
            )
            return tuple(sorted((*items, found), key=lambda item: item.span.start))
    return items


_PRODUCT = pattern(  # 「得20分×97.15%＝19.43分」, 「按20分的97.15%计19.43分」
    r"(?<![\d.])(?P<worth>\d{1,2}(?:\.\d+)?)\s?分?(?:\s?[×*]|的)\s?(?P<rate>\d{1,3}(?:\.\d+)?)%[\s=,计得为算]*(?P<got>\d{1,2}(?:\.\d+)?)\s?分"
)


def _scores(match: re.Match[str], points: Decimal) -> bool:
    """Whether a product of points and a rate is a score for just these points."""
    worth, rate, got = (Decimal(match[name]) for name in ("worth", "rate", "got"))
    return worth == points and abs(worth * rate / _HUNDRED - got) <= _ROUNDED


def with_execution_points(items: tuple[ScoredItem, ...], parts: tuple[Passage, ...]) -> tuple[ScoredItem, ...]:
    """The points of budget execution where its row prints none: what the other leaves lack to a hundred, or what a sentence tells.

    「不含预算执行率10分」.
    """
    row = next((item for item in items if item.of_execution and item.points is None and item.table), None)
    if row is None:
        return items
    claim = row.claimed or Decimal(0)
    lacking = _HUNDRED - sum((item.points or Decimal(0) for item in items), Decimal(0))
    if len(items) > _FEWEST and claim <= lacking <= _MOST and lacking:
        told = {lacking}
    else:
        told = {Decimal(n) for part in parts for n in re.findall(r"预算执行率?\(?(\d{1,2}(?:\.\d+)?)分", part.flat)}
    points = max((n for n in told if n >= claim), default=None)
    return tuple(replace(item, points=points) if item is row else item for item in items)
