"""What the words around two figures share: whether they may be of one thing."""

import re
from typing import Protocol

from hengji.auditing.case import Case
from hengji.model.extraction import Quantity, Span
from hengji.model.patterns import pattern

_BEFORE, _BEHIND = 22, 6  # characters around a figure that say of what it is
_SUBJECT = 10  # characters that open a sentence and may name what it is about: 「高标准农田由……施工，共建成1.58万亩」
_NUMBERED = pattern(r"^\s*(?:\([^()]{1,3}\)|[一二三四五六七八九十\d]{1,3}[.、])")
_BARE = 8  # characters of a clause that names nothing itself: its sentence before does


class Placed(Protocol):
    """What stands somewhere in a document: a figure."""

    @property
    def span(self) -> Span:
        """Where it stands."""


def same_thing(case: Case, one: Placed, other: Placed, least: int = 2) -> bool:
    """Whether the words around two counts share what they count."""
    around: list[set[str]] = []
    for quantity in (one, other):
        start = max(case.flat.rfind(mark, 0, quantity.span.start) for mark in ";。\n")
        lead = case.flat[max(start + 1, quantity.span.start - _BEFORE) : quantity.span.start]
        if start + 1 < quantity.span.start - _BEFORE:
            lead = f"{_NUMBERED.sub('', case.flat[start + 1 : start + 1 + _SUBJECT])} {lead}"
        if len(lead) < _BARE and start > case.paragraph(quantity.span.start).start:
            lead = case.flat[max(case.paragraph(quantity.span.start).start, start - _BEFORE) : start] + " " + lead
        text = re.sub(
            r"[^\u4e00-\u9fff]|全年|完成|实际|累计|年度|目标|计划|其中|人次|工作|服务|单位|项目|人员|开展|发放|管理",
            " ",
            lead + " " + case.flat[quantity.span.end : quantity.span.end + _BEHIND],
        )
        item = case.item_at(quantity.span.start)
        text += f" {item.name}" if item is not None else ""
        around.append({text[k : k + 2] for k in range(len(text) - 1) if " " not in text[k : k + 2]})
    return len(around[0] & around[1]) >= least


def of_several(case: Case, quantity: Quantity) -> bool:
    """Whether a figure is what several kinds named before it come to, and no number of the last of them: 「民警、辅警合计216人」."""
    return _SEVERAL.search(case.flat, quantity.sentence.start, quantity.span.start) is not None


_SEVERAL = pattern(
    r"[\u4e00-\u9fff]{2}[、和与及][\u4e00-\u9fff]{2,14}?(?:合计|共计|总计|一共|总共|共有?|合起来|加起来|[两三四]类)(?:为|是|达)?\s?\Z"
)


def told_seldom(case: Case, one: Quantity, other: Quantity) -> Quantity | None:
    """Of two counts the one whose digits stand once where the other's stand again and again, in whatever unit: 「回执132份」."""
    times = [len(re.findall(rf"(?<![\d.]){re.escape(q.value)}(?![\d.])", case.flat)) for q in (one, other)]
    if min(times) == 1 and max(times) > _TWICE:
        return one if times[0] == 1 else other
    return None


_TWICE = 2
