"""R18: an admission that is held against no leaf: what the leaf itself dealt with, and the heading of another leaf's fault."""

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import Admission, says_no
from hengji.auditing.problems.claiming import scored_in_prose
from hengji.model.patterns import pattern

_NUMBER = pattern(r"\d")


def heads_only(case: Case, admission: Admission, other: Admission) -> bool:
    """Whether an admission only heads the problem whose facts stand against another leaf: 「4.1绩效目标管理不到位。4个项目没有效益指标」."""
    between = case.flat[admission.span.end : other.span.start]
    return (
        other.item.name != admission.item.name
        and between in ("。", "。\n", "\n")
        and _NUMBERED.match(case.text(other.span)) is None
        and _HEADS.match(case.text(admission.span)) is not None
        and _NUMBER.search(case.text(other.span)) is not None
    )


_HEADS = pattern(
    r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、是]|\d{1,2}[.、](?:\d{1,2})?)[^\d,]{4,24}$"
)


_NUMBERED = pattern(r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、是]|\d{1,2}[.、](?!\d))")


def dealt_with(case: Case, admission: Admission) -> bool:
    """Whether a leaf names in its own text just the fault that a problem admits, as what it dealt with: 「对3个进度偏慢项目调减预算」."""
    told, clause = case.text(admission.item.body), case.text(admission.span)
    own = scored_in_prose(case, admission.item)
    if own is not None and own.start <= admission.span.start < own.end and _ALL_RIGHT.search(clause):
        return True
    if admission.item.body.start <= admission.span.start < admission.item.body.end:
        return _PUT_RIGHT.search(clause) is not None
    faults = {match[0] for match in _NAMED_FAULT.finditer(clause)}
    return any(
        (at := told.find(fault)) >= 0 and not says_no(told[:at]) and _DEALT.search(told, at) is not None
        for fault in faults
    )


_ALL_RIGHT = pattern(
    r"(?:已|均|全部){2,3}(?:按期|及时|按要求)?(?:整改|纠正|改正|办结)"
)  # told in the leaf's own account
_PUT_RIGHT = pattern(
    r"已(?:经)?全部|全部已|(?:均|全部|当[日月年场])[^,。;]{0,6}(?:整改|纠正|更正|改正|办结)|已[于在][^,。;]{0,5}\d{1,2}月(?:\d{1,2}日|[底末中初]|[上中下]旬)?前?[\u4e00-\u9fff]{2,8}(?=[,。;]|$)"
    r"|(?:均|都|全部)[在于](?:规定|要求|接报后|\d[\d.]*)[^,。;]{0,8}内(?:得到)?(?:处[置理]|排除|恢复|解决|修复|消除|复位|办结)(?:完毕|到位)?(?=[,。;]|$)"
)  # all of it, or on a day that is told: 「已于10月调账」
_NAMED_FAULT = pattern(
    r"[\u4e00-\u9fff]{2}(?:偏[慢低高大少]|较[慢低高差]|滞后|迟缓|闲置|不足|不到位|不规范|不及时|不准确|不完整|缺失|薄弱)"
)
_DEALT = pattern(
    r"调[减整剂]|收回|压[减缩]|约谈|督[促办]|整改|纠[正偏]|通报|盘活|处置|调拨|补[办齐录登]|清理|退回|暂[缓停]|追回"
)
