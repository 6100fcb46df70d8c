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
_SAME_REASON = pattern(
    r"(?:理由|原因|情况)?(?:同(?:上|征收|前)|[与和](?:上一?项|前一?项|上述?指标|前述?指标)(?:相同|一致|一样)|同第\s?\d{1,2}\s?项)|同上一?项"
)
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


_FULL_BY_RULE = pattern(
    r"(?:标准|规则|办法|规定|细则|说明|口径|方案|评分表)[^。;]{0,24}?(?:得|计|给|按|记)满分|按(?:照)?(?:评分)?(?:标准|规则|办法|规定|细则|说明|口径)"
)
_SUBJECT = 4  # characters that the names of two leaves of one matter begin with


def full_by_rule(case: Case, item: ScoredItem) -> bool:
    """Whether a rule is told by which a leaf counts in full though there was none: by itself, or by the leaf before of which its reason is the same.

    「标准写明没有新建的得满分」, and below it 「理由同上一项，没有新建，直接得满分」.
    """
    told = case.text(item.body)
    if _FULL_BY_RULE.search(told) or _FULL_BY_RULE.search(f"{item.rule} {item.remark}"):
        return True
    items = case.found.items
    before = items[items.index(item) - 1] if items.index(item) else None
    if before is None or not (_SAME_REASON.search(told) or before.name[:_SUBJECT] == item.name[:_SUBJECT]):
        return False
    return _FULL_BY_RULE.search(case.text(before.body)) is not None


_NOT_THERE = pattern(r"(?:[本我][局办委馆院校站]|本单位)?(?:无|没有|未)[\u4e00-\u9fff]{3}")


def argued(told: str) -> str:
    """A text without the words that say 不考核 and where the points went."""
    return re.sub(r"\W", "", _ABSENCE.sub("", told))


def reasoned(told: str) -> bool:
    """Whether a cell says more than that its row is not assessed."""
    return _WORDS.search(_ABSENCE.sub("", flat(told))) is not None
