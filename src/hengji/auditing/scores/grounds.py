"""R34: what is given as the reason that a leaf is not assessed, beside the words that say that it is not."""

import re

from hengji.auditing.case import Case
from hengji.extracting.flat import flat
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

SHORTEST = 6  # characters of a reason
_ABSENCE = pattern(
    r"(?:本|该|此)?(?:项|指标)*(?:指标)?(?:本次|此次|本年度?)?(?:不(?:予|参与|纳入|计入|作|进行)?(?:考核|评价|评分|计分)|不(?:参评|评)|免(?:予|于)?(?:考核|评价?))"
    r"|不适用|按满分计?|\d*分?分值[^。]*|(?:调整|转移(?!支付)|并入|[调转移]入)[^。]*|\d+(?:\.\d+)?分由[^。]*(?:承接|承担|吸收)|自评得?分?[^。,]*"
)
_SAME_REASON = pattern(r"(?:理由|原因)?同(?:上|征收|前)|同上一?项")
_WORDS = pattern(r"[\u4e00-\u9fff]{2}")


def grounds(case: Case, item: ScoredItem) -> str:
    """What an item's text gives as the reason, without heading and the words that say 不考核."""
    told = case.text(Span(item.span.end, item.body.end))
    said = _SAME_REASON.search(told)
    return said[0] * SHORTEST if said is not None else argued(told)


def unreasoned(case: Case, item: ScoredItem) -> bool:
    """Whether an item's text gives no reason: too few words, and none that something is not there."""
    told = grounds(case, item)
    return len(told) < SHORTEST and _NOT_THERE.match(told) is None


_NOT_THERE = pattern(r"(?:[本我][局办委馆院校站]|本单位)?(?:无|没有|未)[\u4e00-\u9fff]{3}")


def argued(told: str) -> str:
    """A text without the words that say 不考核 and where the points went."""
    return re.sub(r"\W", "", _ABSENCE.sub("", told))


def reasoned(told: str) -> bool:
    """Whether a cell says more than that its row is not assessed."""
    return _WORDS.search(_ABSENCE.sub("", flat(told))) is not None
