"""Which figure before a list of parts it is told of."""

from collections.abc import Sequence

from hengji.auditing.case import Case
from hengji.auditing.sums.told_figures import Told
from hengji.model.patterns import pattern

_FEW = 2
_BACK = 3  # figures before a list among which its whole stands
_MOST = 6  # parts of one list
DIVIDED = pattern(r"按[^,。;:]{1,8}分(?!别)|划分为|分为")
_COMPARED = pattern(r"^(?:同?比|较|与|上年|去年)")
_SUBJECT = pattern(
    r"(?:^|[。;,])(?!其中|按|包括|包含|分[为别])(?P<what>[\u4e00-\u9fff]{2,12}?)(?:中|按|由|包括|分为|其中|分别|具体|主要|构成|投向|用于|来源)"
)  # 「项目支出由四块构成：」


def whole_before(case: Case, passage: Sequence[Told], start: int) -> Told | None:
    """The figure before a list that it is told of: of its kind and year, not in brackets that are closed again."""
    first, inside_of = passage[start].quantity, start
    for index in range(start - 1, max(-1, start - _BACK - 1), -1):
        told = passage[index]
        end = told.quantity.span.end
        closed = case.flat.find(")", end, first.span.start)
        inside = closed >= 0 and "(" not in case.flat[end:closed]
        if told.kind != passage[start].kind or inside or _COMPARED.match(told.lead) or told.quantity.year != first.year:
            continue
        if index >= inside_of:
            continue
        between = case.flat[end : first.span.start]
        if (ENDED.search(between) or DIVIDED.search(between)) and (opens := _opening_of(passage, index)):
            inside_of = opens if DIVIDED.search(between) else inside_of
            continue  # 「按类型，基本支出…、项目支出…；按功能分类，…」 divides the same whole again
        subject = _SUBJECT.search(case.flat, end, first.span.start)
        if subject is None or _named_alike(subject["what"], told):
            return told
    return None


def of_a_list_before(case: Case, passage: Sequence[Told], start: int, whole: Told) -> bool:
    """Whether a figure belongs to a list that ended before another begins and that has a whole of its own."""
    first = passage[start].quantity.span.start
    for index in range(start - 1, max(-1, start - _BACK - 1), -1):
        if ENDED.search(case.flat, passage[index].quantity.span.end, first) and (opens := _opening_of(passage, index)):
            return whole in passage[opens : index + 1]
    return False


def _named_alike(subject: str, told: Told) -> bool:
    """Whether the words that open a list name a figure: they share two characters in a row."""
    name, subject = told.lead + told.quantity.name, _OF_MONEY.sub("", subject)
    return not subject or any(subject[k : k + _FEW] in name for k in range(len(subject) - 1))


_OF_MONEY = pattern(r"支出|经费|资金|费用|收入|预算|决算|全年|本年")  # what names of money have in common
ENDED = pattern("[;。]")


def _opening_of(passage: Sequence[Told], last: int) -> int:
    """Where the list begins that a figure closes and that makes a whole told before it; 0 where there is none."""
    total, opens = passage[last].value, 0
    wholes = {t.value for t in passage[:last]}
    for index in range(last - 1, max(0, last - _MOST) - 1, -1):
        total += passage[index].value
        opens = index if total in wholes else opens
    return opens
