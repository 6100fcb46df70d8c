"""The points that a leaf has after others were moved to it: 「产出数量（10分，并入后20分，自评20分）」."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredItem

_AFTER = re.compile(
    r"分[,、;(]\s?(?:调整|调剂|调入|并入|转入|移入|平移|增加)后(?:的)?(?:本项)?(?:分值|满分|权重)?(?:为|是|:)?\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?分"
)
_NEAR = 24  # characters behind a leaf's name


def with_adjusted_points(items: tuple[ScoredItem, ...], passages: Sequence[Passage]) -> tuple[ScoredItem, ...]:
    """The items of running text with the points that count, where a text prints those before and after."""
    told = {
        passage.at(match.start()): Decimal(match["n"])
        for passage in passages
        if passage.cell is None and "后" in passage.flat
        for match in _AFTER.finditer(passage.flat)
    }
    return tuple(_adjusted(item, told) for item in items) if told else items


def _adjusted(item: ScoredItem, told: dict[int, Decimal]) -> ScoredItem:
    """The item with the number that stands close behind its name, where that is above its points and no score exceeds it."""
    if item.table or item.points is None or item.not_applicable:
        return item
    number = next((n for at, n in told.items() if item.span.start <= at <= item.span.end + _NEAR), None)
    fits = number is not None and number > item.points and (item.claimed or Decimal(0)) <= number
    return replace(item, points=number) if fits else item
