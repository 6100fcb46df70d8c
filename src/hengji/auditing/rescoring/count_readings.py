"""What a scoring rule takes off or gives for every one of what a leaf's facts count."""

import re
from dataclasses import replace
from fractions import Fraction

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.amiss import amiss, beyond_bound, earned, fault_told, left_over, parts_within
from hengji.auditing.rescoring.leaf_facts import Fact, Facts, faulty
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.auditing.rescoring.readings import Reading, Scoring
from hengji.auditing.rescoring.scoring_rule import Every, ScoringRule
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, factor


def told_so(of: Scoring) -> bool:
    """Whether the deduction that is told makes the score that is claimed, so that it is this rule's."""
    return of.facts.losses == {of.points - of.claimed}


def nothing_amiss(of: Scoring) -> bool:
    """Whether a leaf tells nothing beside the figures of its rule that could have cost points."""
    told = _LOSS_TOLD.sub("", _without_gap(of.facts)).replace(";", "")
    return len(told) < _LITTLE_TOLD and not faulty(told)


def _without_gap(facts: Facts) -> str:
    """A leaf's words without the clauses that tell what is wanting of its plan, which costs what the rule says and no more."""
    pair = planned_and_done(facts)
    gap = pair[0].number - pair[1].number if pair is not None else None
    if not gap:
        return facts.text
    told = [f for f in facts.figures if f.number == gap]
    clauses = _CLAUSE_ENDS.split(facts.text)
    kept = [c for c in clauses if not any(f.lead and c.startswith(f.lead) for f in told) and not _MISSED.fullmatch(c)]
    return ",".join(kept)


_CLAUSE_ENDS = pattern(r"[,;。|]")
_MISSED = pattern(r"(?:没有|未)(?:达到?|完成)(?:年度|年初|全部)?(?:目标|计划|任务|指标)值?")
_LOSS_TOLD = pattern(r"扣(?:了|减|除)?\d{1,2}(?:\.\d+)?分")
_LITTLE_TOLD = 70  # characters


def by_counts(of: Scoring) -> Reading | None:
    """So much off (or on) for every one of what the facts count."""
    rule, facts, points = of.rule, of.facts, of.points
    counted = [every for every in rule.every if not every.of_rates and not NODE.search(every.unit)]
    parts = [(every, _units(every, rule, facts)) for every in counted]
    known = [(every, units) for every, units in parts if units is not None]
    if not known or len({every.earns for every, _ in known}) > 1:
        return None
    if known[0][0].earns:
        if len(known) > 1 or "基础分" in rule.text or "起评" in rule.text:
            return None
        every, (counts, told) = known[0]
        partly = _credit_for_part(rule, facts, every)
        scores = tuple(min(points, every.cut * count + more) for count in counts for more in partly)
        return Reading(scores, every.words, f"{told}")
    lost = sum((every.cut * min(counts) for every, (counts, _) in known), Fraction(0))
    most = sum((every.cut * max(counts) for every, (counts, _) in known), Fraction(0))
    if rule.cap is not None:
        lost, most = min(lost, rule.cap), min(most, rule.cap)
    told = "、".join(words for _, (_, words) in known)
    fewer = [each for each in _of_fewer(of, known[0][0], lost) if len(known) == 1]
    scores = tuple(max(points - each, Fraction(0)) for each in dict.fromkeys((lost, most, *fewer)))
    words = "；".join(every.words for every, _ in known)
    sure = len(parts) == 1 and (told_so(of) or nothing_amiss(of))
    return Reading(scores, words, f"{told}应扣{number(lost)}分，", sure)


def _of_fewer(of: Scoring, every: Every, lost: Fraction) -> set[Fraction]:
    """What is lost for those only that stand right before the rule, where just that was lost: 「投诉38起，其中属实的2起，每起扣1分」."""
    before = re.search(rf"其中[^,。;\d]{{0,16}}(\d+){every.unit}[,(]$", of.rule.text[: every.at])
    less = every.cut * Fraction(before[1]) / every.size if before is not None else lost
    return {less} if less < lost and less == of.points - of.claimed else set()


def _credit_for_part(rule: ScoringRule, facts: Facts, every: Every) -> tuple[Fraction, ...]:
    """What a rule may give besides for what was done in part: 「每项2分，进度达50%得1分」, once for each that is wanting."""
    others = {Fraction(match["n"]) for match in _PARTLY.finditer(f"{rule.text};{facts.text}")}
    part = max((each for each in others if each < every.cut), default=None)
    if part is None:
        return (Fraction(0),)
    pair = planned_and_done(facts)
    wanting = max(int(pair[0].number - pair[1].number), 0) if pair is not None else 1
    return tuple(part * count for count in range(min(wanting, _FEW) + 1))


_PARTLY = pattern(
    r"(?:达到?|过半|部分|半|进度|未完成|基本|启动|开工|推迟|延期|逾期|滞后)[^;。|]{0,14}?(?:[得计给]|各)(?P<n>\d{1,2}(?:\.\d+)?)分"
)
_FEW = 20  # things that are wanting
NODE = pattern(r"节点|时点")


def _units(every: Every, rule: ScoringRule, facts: Facts) -> tuple[tuple[Fraction, ...], str] | None:
    """How often a rule of counts applies, in every way that its words allow, and the words of the fact."""
    if every.earns:
        fact = earned(facts, every)
        return (times(fact.number, every, rule), said(fact)) if fact is not None else None
    free = next((s.high if s.high is not None else s.low for s in rule.steps if s.unit == every.unit), None)
    if every.bound is not None or free is not None:
        over = beyond_bound(facts, every, free)
        return (times(over[0], every, rule), said(over[1])) if over is not None else None
    if _OF_EACH.search(rule.text) and every.unit in _MEASURES:
        return None  # 「不高于每公里52万元」 is a bound of no total
    if _TOO_MANY.search(every.about) and (gap := _excess(facts, every)) is not None:
        return times(gap[0], every, rule), gap[1]
    if every.down and (gap := _shortfall(facts, every)) is not None:
        return times(gap[0], every, rule), gap[1]
    fact = amiss(facts, every) or left_over(facts, every)
    if fact is None and (months := _late_months(facts, every)):
        return times(Fraction(months), every, rule), f"{months}个月迟延"
    if fact is None:
        told_of = fault_told(facts, every.about) if _may_be_one(every) else ""
        return ((Fraction(1), _MANY), f"“{told_of[:24]}”") if told_of else None
    days = _DAYS.match(facts.text, fact.end) if fact.unit == "个月" else None
    told = fact.number + (Fraction(min(int(days["n"]), 30), 31) if days is not None else 0)
    fact = replace(fact, after=days[0]) if days is not None else fact
    if every.unit == "万元":
        told = fact.number * (factor(fact.unit, every.unit) or 1)
    parts = [number for part in parts_within(facts, fact) for number in (part.number, fact.number - part.number)]
    fewer = [count for part in parts for count in times(part, every, rule)]
    return (*times(told, every, rule), *fewer), said(fact)


# 「延期1个月零12天」
_DAYS = pattern(r"[零又多]{0,2}(?P<n>\d{1,2})[天日]")
# 「4月、9月因系统切换迟至20日以后」
_LATE_MONTHS = pattern(
    r"(?P<months>\d{1,2}月份?(?:[、和及]\d{1,2}月份?)+)[^。;|]{0,30}?(?:迟|逾期|晚[于到发报]|(?:未|没有|没能?)(?:按时|按期|及时)|滞后|推迟|超期|延[迟期误])"
)
_LATE = pattern(r"迟|逾期|超期|晚|延|未按时|未按期|未及时|不及时")


def _late_months(facts: Facts, every: Every) -> int:
    """How many months a leaf names in which it was late, where so much is taken off for every one."""
    by_month = every.unit in ("个月", "月", "次", "期") and _LATE.search(every.about) is not None
    told = list(_LATE_MONTHS.finditer(facts.text)) if by_month and every.size == 1 else []
    return told[0]["months"].count("月") if len(told) == 1 else 0


_OF_EACH = pattern(
    r"(?:不高于|不超过|不大于|≤|以内)每[\u4e00-\u9fff]{1,3}\d|\d(?:[万亿]?元|分钟|小时|天)/[\u4e00-\u9fff]"
)
_MEASURES = ("元", "万元", "天", "小时", "分钟")
_MANY = Fraction(1000)  # how many there are is not told: one at least


def _may_be_one(every: Every) -> bool:
    """Whether a rule counts faults, of which a clause may tell one."""
    return every.unit in ("个", "件", "项", "处", "次", "起", "例", "笔", "份") and every.size == 1


def _shortfall(facts: Facts, every: Every) -> tuple[Fraction, str] | None:
    """By how much a plan is missed, in the unit of the rule; None where plan, result and what is told do not agree."""
    told = {f.number: said(f) for f in facts.figures if f.short and f.unit == every.unit}
    pair = planned_and_done(facts)
    gap = None
    if pair is not None and (pair[0].unit == every.unit or not pair[0].unit or every.unit in "个件项处次"):
        gap = pair[0].number - pair[1].number
    if gap is None:
        return next(iter(told.items())) if len(told) == 1 else None
    if gap < 0 or (told and gap not in told):
        return None
    assert pair is not None
    return gap, f"计划{number(pair[0].number)}、完成{number(pair[1].number)}"


_TOO_MANY = pattern(r"超(?!期|时|标准)|多于|^多|高于")


def _excess(facts: Facts, every: Every) -> tuple[Fraction, str] | None:
    """By how much a number that is allowed is exceeded; None where it is not told, or told in another way too."""
    limit, actual = facts.target, facts.actual
    pair = planned_and_done(facts)
    if limit is not None and limit.at_most and actual is not None:
        pair = limit, actual
    if (
        pair is None
        or pair[1].unit != pair[0].unit
        or pair[0].unit != canonical_unit(every.unit)
        or any(f.beyond for f in facts.figures)
    ):
        return None
    return max(
        pair[1].number - pair[0].number, Fraction(0)
    ), f"核定{number(pair[0].number)}、实有{number(pair[1].number)}"


def times(amount: Fraction, every: Every, rule: ScoringRule) -> tuple[Fraction, ...]:
    """How many whole steps an amount is, part of a step counted as the rule says, or in every way where it does not."""
    exact = abs(amount) / every.size
    whole = exact.numerator // exact.denominator
    up = Fraction(whole + (exact > whole))
    if rule.in_proportion:
        return (exact,)
    if rule.whole_steps:
        return (Fraction(whole),)
    return (up,) if rule.part_counts else tuple(dict.fromkeys((Fraction(whole), exact, up)))


def said(fact: Fact) -> str:
    """A fact in few words: its clause with the figure."""
    lead = re.sub(r"^(?:其中|全年|经核查|另外|主要是)+", "", fact.lead)
    return f"{lead[-20:]}{number(fact.number)}{fact.unit}{fact.after[:8]}".strip('"')
