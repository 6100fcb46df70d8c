"""R06 of rules that take points off for far more than was aimed at: 「超过目标值20%以上的，视为目标设置偏低，减1分」."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import facts_of, own_words, without, words_of
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_LOW = r"(?:\(不?含\))?(?:及?以上|以外)?的?(?:部分)?,?(?:则|均)?(?:(?:视为|视同|说明|表明|属于?)[^,;。\d]{2,16},)?(?:酌情)?"
# 「超过目标值20%以上的」 beyond the whole, 「完成率超过130%的」 of the whole
_RULE = pattern(
    rf"(?:(?:超(?:过|出)|高于|大于)(?:年度|年初|原定)?(?:目标|计划|任务|指标)(?:值|数|任务)?(?:的)?(?P<over>\d{{1,2}}(?:\.\d+)?)%|(?:超(?:过|出)|高于|大于)(?P<of>1\d\d)%){_LOW}[扣减](?:除|去)?(?P<cut>\d(?:\.\d+)?)分"
)
_OTHER = pattern(r"每|酌情|批准|调整|不可抗|除外|剔除")
_LONGEST = 260  # characters of a leaf


def scored_over_goal(case: Case) -> Iterator[Finding]:
    """A leaf with full marks whose result is beyond its goal by more than its rule leaves free of a deduction."""
    for item in case.found.items:
        points = worth(case, item)
        if item.claimed is None or not points or item.claimed != points or item.doubtful or item.not_applicable:
            continue
        right = _less(case, item, Fraction(points))
        if right is not None:
            claimed = number(Fraction(item.claimed))
            message = f"“{item.name}”超过目标太多，按评分标准应得{number(right)}分，自评{claimed}分"
            place = item.quote if item.table else case.leaf_passage(item)
            yield case.finding(
                "R06",
                place,
                message,
                severity=Severity.WARNING,
                stated=claimed,
                recomputed=number(right),
                item=item.name,
            )


def _less(case: Case, item: ScoredItem, points: Fraction) -> Fraction | None:
    """What is left of the points; None where the result is within what is free, or not told once."""
    text = f"{compact(item.rule)};{own_words(case, item)}" if item.rule else own_words(case, item)
    rule = _RULE.search(text) if "%" in text and len(text) <= _LONGEST else None
    if rule is None or _OTHER.search(rule[0]):
        return None
    own, places = words_of(case, item)
    at = own.find(rule[0])
    opens = max(own.rfind(mark, 0, at) for mark in "。|") + 1 if at >= 0 else 0
    facts = facts_of(case, item, without(own, (Span(opens, at + len(rule[0])),)) if at >= 0 else own, places)
    pair = planned_and_done(facts)
    if pair is None or pair[0].unit != pair[1].unit or not pair[0].number:
        return None
    free = Fraction(rule["of"]) / 100 if rule["of"] else 1 + Fraction(rule["over"]) / 100
    return max(points - Fraction(rule["cut"]), Fraction(0)) if pair[1].number / pair[0].number > free else None
