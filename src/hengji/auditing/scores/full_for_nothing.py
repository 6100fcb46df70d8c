"""R34 of leaves that are said not to apply and have all their points, given to no other leaf: 「— | — | 5 | 5 | 不涉及」."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NONE = pattern(r"不(?:予|再|作|做)?(?:考核|评价|计分|评分)|不适用|不涉及|不参评|无此项")
# In running text: the leaf itself is said not to be assessed; by what rule it counts all the same, or where its points went.
_ITSELF = pattern(
    r"(?:本|该|此)项?(?:指标)?(?:本次|本年度?)?(?:不(?:予|再|参与|纳入|进行|作|做)?(?:考核|评价|计分|评分)|不适用|不参评)"
)
_DISPOSED = pattern(
    r"按(?:照)?[^,。;]{0,10}(?:标准|规则|规定|办法|细则|说明|口径)|文件|〔|调[整至入到剂减增]|并入|转[入至]|承接|分摊|满分"
)
_AS_FULL = pattern(r"(?:按|计|得|给)满分")
_BY_RULE = pattern(
    r"按(?:照)?[^,。;]{0,10}(?:标准|规则|规定|办法|细则|说明|口径)|文件|〔|调|并入|转|(?:不涉及|不适用|未发生|没有|无)[^,。;]{0,6}的,?(?:按|计|得|给)"
)  # 「不涉及的按满分计」


def full_for_nothing(case: Case) -> Iterator[Finding]:
    """A row without a target, a result or a figure that does not apply, or that says it counts in full."""
    for item in case.found.items:
        unassessed = _scored_unassessed(case, item)
        if unassessed is not None:
            message = f"“{item.name}”写不考核，又计了{number(item.claimed or Decimal(0))}分，分值没有调整到其他指标"
            yield case.finding("R34", unassessed, message, item=item.name)
        if not (item.table and item.claimed and item.claimed == item.points) or item.not_applicable or item.doubtful:
            continue
        said = f"{item.actual} {item.remark}"
        if _NONE.search(said) is None or _BY_RULE.search(said) or _NONE.search(item.rule) or "满分" in item.rule:
            continue
        if _AS_FULL.search(said) or re.search(r"\d", said + item.target) is None:
            message = f"“{item.name}”写不适用，分值没有调整到其他指标，直接计入了得分"
            yield case.finding("R34", item.quote, message, item=item.name)


def _scored_unassessed(case: Case, item: ScoredItem) -> Span | None:
    """Where a leaf of running text says that it is not assessed although it has all its points: 「本项指标不考核,自评得分5分」."""
    if item.table or item.not_applicable or item.doubtful or not item.claimed or item.claimed != item.points:
        return None
    told = case.text(item.body)
    said = _ITSELF.search(told)
    if said is None or _DISPOSED.search(told) is not None:
        return None
    return Span(item.body.start + said.start(), item.body.start + said.end())
