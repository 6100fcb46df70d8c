"""R06 where a rule works a score out and no reading of it gives the one that is claimed."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.by_rule import reading_of
from hengji.auditing.rescoring.worked.at_times import scores_at_times, timed_rule
from hengji.auditing.rescoring.worked.compared import compared_rule, scores_compared
from hengji.auditing.rescoring.worked.leaf import Leaf, leaves
from hengji.auditing.rescoring.worked.measures import measures
from hengji.auditing.rescoring.worked.proportion import Scores, scores_in_proportion
from hengji.auditing.rescoring.worked.rounded import agrees
from hengji.auditing.rescoring.worked.share_rule import share_rule
from hengji.auditing.rescoring.worked.wording import wording
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

# What in the facts makes more than the rule decide.
_MORE = pattern(
    r"剔除|不计入|不纳入|免|注销|减半|不可抗|批准|同意|批复后|调整目标|目标调|调减|核减|扣除|不含|另|顺延|视同|应急|口径|按整|酌|从严|主动|加权|系数|(?<!合)[扣减得计给]\d+(?:\.\d+)?分"
)


# 「基本支出执行率和项目支出执行率各占5分，分别按执行率计分」
_PARTED = pattern(r"各(?:占|计|得|为)?\d|分别(?:按|计|得)|两部分|①|其中[^,;。]{0,12}\d分")


def scores_worked_out(case: Case) -> Iterator[Finding]:
    """A leaf whose claim is none of the scores that its rule can give for the measures that it tells."""
    for leaf in leaves(case):
        told = scores_of(leaf, case.year)
        if told is None or told.right is None or agrees(case, leaf.claimed, (*told.possible, told.right)):
            continue
        if told.vague and _of_round_goal(told.right, leaf):
            continue
        if (
            leaf.item is not None
            and (known := reading_of(case, leaf.item)) is not None
            and agrees(case, leaf.claimed, known.scores)
        ):
            continue
        yield _finding(case, leaf, told.right)


def scores_of(leaf: Leaf, year: int) -> Scores | None:
    """The scores that the rule of a leaf gives for its facts; None where it tells none, or more than these decides."""
    said = wording(leaf)
    if not said.rule or not said.facts or _MORE.search(said.facts):
        return None
    told = measures(said.facts, year)
    timed = timed_rule(said.rule, leaf.points)
    if timed is not None:
        return scores_at_times(timed, said.facts)
    if _PARTED.search(said.rule):
        return None
    shared = share_rule(said.rule, leaf.points)
    if shared is not None:
        return scores_in_proportion(shared, told, leaf.points)
    compared = compared_rule(said.rule, leaf.points)
    if compared is None or (compared.open and leaf.claimed != leaf.points):
        return None
    return scores_compared(compared, told, leaf.points)


def _of_round_goal(right: Fraction, leaf: Leaf) -> bool:
    """Whether an uneven score is in proportion to a goal in full fives that stands elsewhere: 89.11 % of 90 % are 7.92 of 8 points."""
    if (leaf.claimed * 2).denominator == 1:
        return False
    goal = round(right / leaf.claimed * 20)
    return abs(right * 20 / goal - leaf.claimed) <= Fraction(11, 1000) if goal else False


def _finding(case: Case, leaf: Leaf, right: Fraction) -> Finding:
    claimed = number(leaf.claimed)
    message = f"“{leaf.name}”按写明的评分标准应得{number(right)}分，自评{claimed}分"
    return case.finding(
        "R06", leaf.place, message, severity=Severity.WARNING, stated=claimed, recomputed=number(right), item=leaf.name
    )
