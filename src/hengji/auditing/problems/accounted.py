"""R19: problems that account for every loss but one: by its points, or by name where that one is a fault by its own words, and the largest."""

from collections.abc import Callable
from decimal import Decimal

from hengji.auditing.case import Case, once
from hengji.auditing.problems.clauses import problem_texts
from hengji.auditing.problems.contradicting import names_alone
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern

_POINTS = pattern(r"(?:[扣失丢减]|影响[^,。;]{0,20}得分)\s?(?P<n>\d+(?:\.\d+)?)\s?分")
_RATE = pattern(r"[\u4e00-\u9fff]{2}率")
_OTHERS = 2  # losses told with their points: fewer are no account of them


def left_unaccounted(case: Case, item: ScoredItem) -> bool:
    """Whether the problems account for what all other leaves lost, and have no word of this one, which lost as much as any.

    Unless it has a place for the reason it need only have lost as much as one of them.
    """
    losses = _losses(case)
    own = losses.get(id(item))
    others = {each: loss for each, loss in losses.items() if each != id(item)}
    least = max if item.has_remark else min
    if own is None or len(others) < _OTHERS or own < least(others.values()):
        return False
    text = "".join(text for _, text in problem_texts(case))
    if not text or any(pair in text for pair in names_alone(case).get(item.name, ())):
        return False
    if any(rate in text for rate in _RATE.findall(case.text(item.body))):
        return False
    told = _told_points(case)
    if own in told or sum(losses.values()) in told:
        return False
    apart = [loss for loss in others.values() if loss not in told]
    return not apart or (len(apart) > 1 and sum(apart) in told)  # 「合计扣0.22分」


def fault_unnamed(case: Case, item: ScoredItem, is_told: Callable[[Case, ScoredItem], bool]) -> bool:
    """Whether a leaf took many points off for a fault that it names and does nothing about, where the problems tell of all other leaves that lost."""
    losses, own = _losses(case), _losses(case).get(id(item))
    words = f"{item.actual};{item.remark}" if item.table else case.text(item.body)
    faults = [m for m in _FAULT.finditer(words) if Decimal(m["n"]) == own]
    others = [each for each in case.found.items if id(each) in losses and each is not item]
    if own is None or len(faults) != 1 or len(others) < _OTHERS or own * 2 < max(losses.values()):
        return False
    if DEALT_WITH.search(words):
        return False
    text = "".join(text for _, text in problem_texts(case))
    named = names_alone(case)
    if (pairs_of(faults[0]["what"]) | named.get(item.name, frozenset())) & pairs_of(text):
        return False
    return all(named.get(each.name, frozenset()) & pairs_of(text) or is_told(case, each) for each in others)


# 「报销不及时扣1分」, 「附件不全，扣2分」
_FAULT = pattern(
    r"(?<=[^\u4e00-\u9fff])(?:(?<=[\d\s])[万亿]?[元份笔件次张项个名人]的?)?(?P<what>[\u4e00-\u9fff]{0,14}?(?:不(?:及时|规范|全|齐|完整|准确|到位|严|合规|符)|(?:未|没有?)(?:附|按|及时|经|登记|入账|备案|签|量化|细化|数值|目标值|指标值|归档|公开|上传)|超[期时]|逾期|迟[报交缴]|漏[报登填归列记签]|缺[少失项页章签件]|违规|差错)[\u4e00-\u9fff\d]{0,8}?)[,、:(]?(?:应|各|共|酌情?|按[^,。;]{0,6})?扣\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分"
)
DEALT_WITH = pattern(
    r"整改|已(?:于|经|在|由|全部|按|补|追|收|退|纠|完)|将(?!来)|拟(?!定)|下一步|今后|补[办齐充签报做]|改进|\d月(?:底|末)?前|责任"
)


@once
def _losses(case: Case) -> dict[int, Decimal]:
    """What each leaf lost, by its identity."""
    return {
        id(item): item.points - item.claimed
        for item in case.found.items
        if item.points is not None and item.claimed is not None and item.claimed < item.points
    }


@once
def _told_points(case: Case) -> frozenset[Decimal]:
    return frozenset(Decimal(m["n"]) for _, text in problem_texts(case) for m in _POINTS.finditer(text))
