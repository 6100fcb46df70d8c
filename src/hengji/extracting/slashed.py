"""Points and score that a heading sets against each other, 「（5/4.5）」: which of the two stands first."""

import re
from dataclasses import replace
from decimal import Decimal

from hengji.extracting.flat import flat
from hengji.model.extraction import Extraction, ScoredItem
from hengji.model.patterns import pattern

_FEW = 3
_SLASH = pattern(r"(?P<a>\d{1,3}(?:\.\d+)?)\s?分?\s?/\s?(?P<b>\d{1,3}(?:\.\d+)?)\s?分?")
_GOT = r"(?:自评得分|自评分|自评|实际得分|实得分?|得分)"
_WORTH = r"(?:指标分值|标准分值|分值|满分值?|标准分|权重|应得分?)"
# 「（括号内为“得分/分值”）」, 「括号内前为得分、后为满分」, 「斜线前是自评得分，斜线后是分值」
_LEGEND = pattern(
    rf"(?P<score>{_GOT}\s?/\s?{_WORTH})|(?P<points>{_WORTH}\s?/\s?{_GOT})"
    rf"|(?:前|左)[\u4e00-\u9fff]{{0,4}}?[为是]?[\"]?(?:(?P<s>{_GOT})|(?P<p>{_WORTH}))[\"]?[,、;]?[\u4e00-\u9fff]{{0,6}}?(?:后|右)[\u4e00-\u9fff]{{0,4}}?[为是]?[\"]?(?:{_WORTH}|{_GOT})"
)


def in_order(items: tuple[ScoredItem, ...], base: Extraction) -> tuple[ScoredItem, ...]:
    """The items with points and score of 「（5.5分/5分）」 in the order that a legend tells, or else that the other headings have.

    A score may be above its points.
    """
    pairs = {n: _slash(item, base) for n, item in enumerate(items) if not item.table}
    read = {n: (Decimal(m["a"]), Decimal(m["b"])) for n, m in pairs.items() if m is not None}
    told = _legend(base.document.text) if len(read) >= _FEW else None
    if told is not None:
        return tuple(
            _set(item, *(read[n][::-1] if told == "score" else read[n])) if n in read else item
            for n, item in enumerate(items)
        )
    score_first = [n for n, (a, b) in read.items() if a < b]
    points_first = [n for n, (a, b) in read.items() if a > b]
    odd, usual = sorted((score_first, points_first), key=len)
    if len(usual) < _FEW or len(odd) * _FEW > len(usual):
        return items
    return tuple(
        _set(item, item.claimed, item.points) if n in odd and {item.points, item.claimed} == set(read[n]) else item
        for n, item in enumerate(items)
    )


def _set(item: ScoredItem, points: Decimal | None, claimed: Decimal | None) -> ScoredItem:
    """The item with the two figures that it has, as points and as score; one with other figures stays what it is."""
    return replace(item, points=points, claimed=claimed) if {points, claimed} == {item.points, item.claimed} else item


def _legend(text: str) -> str | None:
    """Which of the two a report says stands first: 「score」, 「points」, or nothing where it does not say, or says both."""
    found = {"score" if match["score"] or match["s"] else "points" for match in _LEGEND.finditer(flat(text))}
    return found.pop() if len(found) == 1 else None


def _slash(item: ScoredItem, base: Extraction) -> re.Match[str] | None:
    """The points and the score that a heading sets against each other, in it or right behind it."""
    told = _SLASH.search(base.text(item.span))
    beside = item.span.start <= item.quote.start <= item.span.end + 2
    return told or (_SLASH.search(base.text(item.quote)) if beside else None)
