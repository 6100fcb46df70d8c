"""What a scoring rule gives for the facts of a leaf, in every way that its words leave open."""

import re
from dataclasses import replace
from fractions import Fraction

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.amiss import fault_told
from hengji.auditing.rescoring.count_readings import NODE, by_counts, nothing_amiss, said, times, told_so
from hengji.auditing.rescoring.formulas import worked_out
from hengji.auditing.rescoring.leaf_facts import EITHER_WAY, Fact, Facts, amount_in
from hengji.auditing.rescoring.reached import rate_of, ratio_by_names, ratio_of, ratio_of_name, series
from hengji.auditing.rescoring.readings import Reading, Scoring
from hengji.auditing.rescoring.scoring_rule import Every, ScoringRule, Step
from hengji.auditing.rescoring.shares import Share
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_LITTLE = Fraction(11, 1000)
_HUNDRED = Fraction(100)


def reading(of: Scoring) -> Reading | None:
    """All readings of a rule as one: what any of its parts can give."""
    beyond = _by_over(of)
    if beyond is not None:
        return beyond
    found = [
        each
        for each in (
            by_counts(of),
            _by_nodes(of),
            _by_rate(of),
            _by_share(of),
            _by_all(of),
            _by_formula(of),
            _by_void(of),
        )
        if each is not None
    ]
    if not found:
        return None
    best = max(found, key=lambda each: max(each.scores))
    scores = tuple(score for each in found for score in each.scores)
    return Reading(scores, best.rule, best.told, best.sure and len(found) == 1)


def _by_formula(of: Scoring) -> Reading | None:
    """What a formula of one rate gives for it."""
    if not of.rule.formula:
        return None
    value, told = _reached(of.rule, of.facts)
    score = worked_out(of.rule.formula, value, of.points) if value is not None else None
    return Reading((score,), of.rule.formula, f"{told}，", True) if score is not None else None


def _by_void(of: Scoring) -> Reading | None:
    """Nothing for a leaf that tells what its rule gives nothing for."""
    clause = fault_told(of.facts, of.rule.void, alone=True) if of.rule.void else ""
    return Reading((Fraction(0),), of.rule.words, f"“{clause[:24]}”，") if clause else None


def _by_nodes(of: Scoring) -> Reading | None:
    """So much for every point in time at which the rate that was asked for was reached; nothing where less is told to be had of one."""
    rule, facts, points = of.rule, of.facts, of.points
    every = next((e for e in rule.every if NODE.search(e.unit)), None)
    lists = series(facts, 2) if every is not None else []
    partly = every is not None and any(
        0 < Fraction(n) < every.cut for n in _SCORES.findall(f"{rule.text};{facts.text}")
    )
    if every is None or partly or len(lists) != len(("asked", "reached")) or len(lists[0]) != len(lists[1]):
        return None
    asked, reached = sorted(lists, key=lambda each: not _ASKED.search(facts.before(each[0])))
    if not _ASKED.search(facts.before(asked[0])) or _ASKED.search(facts.before(reached[0])):
        return None
    met = sum(1 for goal, fact in zip(asked, reached, strict=True) if fact.number >= goal.number)
    times = met if every.earns else len(asked) - met
    score = min(points, every.cut * met) if every.earns else max(points - every.cut * times, Fraction(0))
    return Reading((score,), every.words, f"{len(asked)}个节点达到{met}个，")


_ASKED = pattern(r"应|要求|目标|计划|规定|标准")


def _by_rate(of: Scoring) -> Reading | None:
    """What the steps of a rule give for a rate, or its deductions for every per cent beyond a bound."""
    rule, facts, points = of.rule, of.facts, of.points
    every = next((e for e in rule.every if e.of_rates), None)
    if every is None and not rule.steps and not rule.on_target:
        return None
    if every is None and any(each.earns for each in rule.every):
        return None  # its steps give for one of many: 「每完成1座得2.5分、进度达50%得1分」
    value, told = _off_the_whole(rule, points, *_reached(rule, facts))
    if every is not None and not every.earns:
        found = _deducted(of, every, value, told)
        if found is None:
            return None
        whole = set(found.scores) == {points} and nothing_amiss(of)
        return replace(found, sure=whole or told_so(of))
    if rule.on_target and _on_target(facts, value):
        return Reading((points,), rule.words, "")
    if value is None:
        return None
    for step in rule.steps if every is None and not _adds_up(rule, points) else ():
        if step.unit in ("%", "") and step.holds(value):
            scores = _below_full(rule, points, value) if step.score is None else (step.score,)
            return Reading(scores, rule.words, f"{told}，", not rule.every and nothing_amiss(of)) if scores else None
    return None


def _off_the_whole(
    rule: ScoringRule, points: Fraction, value: Fraction | None, told: str
) -> tuple[Fraction | None, str]:
    """By how much a rate near the whole is off it, where full marks are given up to a few per cent: 「偏差5%以内不扣分」, 「执行率96.48%」."""
    limits = [step.high for step in rule.steps if step.score == points and step.unit in ("%", "")]
    few = bool(limits) and all(high is not None and 0 < high <= _FEW for high in limits)
    if value is None or value < _HUNDRED - _FEW or not few:
        return value, told
    return abs(_HUNDRED - value), f"{told}偏差{number(abs(_HUNDRED - value))}%"


_FEW = 25  # per cent: a limit of no more is none of a rate that comes so near to the whole


def _adds_up(rule: ScoringRule, points: Fraction) -> bool:
    """Whether the scores that a rule names make the points together, so that each is for a part: 「账实相符2分、利用率≥90%计2分」."""
    told = [Fraction(n) for n in _SCORES.findall(rule.text)]
    return len(told) > 1 and sum(told) == points


_SCORES = pattern(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)分")


def _below_full(rule: ScoringRule, points: Fraction, value: Fraction) -> tuple[Fraction, ...]:
    """What a rate gives that misses the bound of full marks, where the rest is in proportion: of the whole, or of that bound."""
    bounds = [step.low for step in rule.steps if step.score == points and step.low and step.low > value >= 0]
    if "按比例" not in rule.text or len(bounds) != 1:
        return ()
    return value / _HUNDRED * points, value / bounds[0] * points


def _on_target(facts: Facts, value: Fraction | None) -> bool:
    """Whether the target that a table or the text gives was reached."""
    if facts.target is not None and facts.actual is not None:
        reached, aim = facts.actual.number, facts.target.number
        return reached <= aim if _LIMIT.search(facts.target.lead) else reached >= aim
    if facts.target is not None and facts.target.unit == "%" and value is not None:
        return value <= facts.target.number if _LIMIT.search(facts.target.lead) else value >= facts.target.number
    aims = [f.number for f in facts.figures if f.unit == "%" and f.aimed]
    return bool(aims) and value is not None and value >= min(aims)


def _reached(rule: ScoringRule, facts: Facts) -> tuple[Fraction | None, str]:
    """The rate that was reached, told or worked out of what was planned and done, and the words for it."""
    fact = rate_of(facts, rule.subject)
    if fact is not None and fact.number > 0 and EITHER_WAY.search(fact.lead or facts.name) and _FELL.search(facts.text):
        return None, ""  # 「比上年减少0.70万元，变动率6.67%」: its sign is told in words
    if fact is not None:
        return fact.number, f"{_name(fact)}{number(fact.number)}%"
    rates = [f for f in facts.figures if f.unit == "%" and not f.aimed and not f.short and not f.beyond]
    if len(rates) == 1 and len(rates[0].lead) >= _RATE_NAME and facts.name.endswith(rates[0].lead):
        return rates[0].number, f"{_name(rates[0])}{number(rates[0].number)}%"  # the leaf's own rate
    if rates:
        return None, ""
    ratio = ratio_of(facts)
    return (ratio[0] * _HUNDRED, f"{number(ratio[0] * _HUNDRED)}%") if ratio is not None else (None, "")


_RATE_NAME = 3  # characters: 执行率
_FELL = pattern(r"减少|下降|降低|压减|压缩|减低")


def _name(fact: Fact) -> str:
    return re.sub(r"(?:为|是|达到?|仅|=|:)+$", "", fact.lead)[-8:].strip('"')


_NAMED = pattern(r"[率度比重]")
_CONTROL = pattern(r"控制率")
_CHANGE = pattern(r"变动率|增长率|增幅|增加|增长")


def _bounds(of: Scoring, every: Every, told: str) -> tuple[Fraction, ...]:
    """From where a rule may take points off."""
    rule, facts, points = of.rule, of.facts, of.points
    full = [step for step in rule.steps if step.score == points and step.unit in ("%", "")]
    if len(full) == 1:
        bound = full[0].high if full[0].high is not None else full[0].low
        return (bound,) if bound is not None else ()
    if full:
        return ()
    if every.bound is not None:
        return (every.bound,)
    if aims := set(_aims(rule, facts)):
        return tuple(aims)
    missed = {f.number for f in facts.figures if f.bounded and f.lead in ("低于", "不足", "未达到", "超过")}
    if len(missed) == 1:
        return tuple(missed)  # 「执行率83.46%，低于95%共11.54个百分点」
    named = f"{rule.subject}{told}" if _NAMED.search(told) else f"{rule.subject}{facts.name}{facts.text}"
    if every.down and not every.up and _DONE_RATE.search(named):
        return (_HUNDRED,)
    about = f"{rule.subject}{facts.name}"
    if every.up and _CHANGE.search(about):
        return (Fraction(0),)
    return (_HUNDRED,) if every.up and _CONTROL.search(about) else ()


_DONE_RATE = pattern(r"(?:完成|执行|及时|办结|达标|合格|覆盖|支出|整改|履约|利用|到位|入库|通过)(?:率|进度|比例)")


def _deducted(of: Scoring, every: Every, value: Fraction | None, told: str) -> Reading | None:
    """Full marks up to a bound and so many points off for every per cent beyond it, or for the gap that is told."""
    rule, facts, points = of.rule, of.facts, of.points
    full = [step for step in rule.steps if step.score == points]
    gaps = [f for f in facts.figures if f.unit in ("%", "个百分点") and (f.short or f.beyond)]
    bounds = _bounds(of, every, told)
    if gaps and bounds == (_HUNDRED,) and every.bound is None and not full:
        bounds = ()  # nothing names a bound, and by how much it is missed is told
    beyond = [_beyond(value, bound, every, full) for bound in bounds] if value is not None else []
    if len({f.number for f in gaps}) == 1 and (gaps[0].short == every.down or gaps[0].beyond == every.up):
        free = bounds[0] if gaps[0].change and len(bounds) == 1 and 0 < bounds[0] <= _FEW else 0
        beyond.append(max(gaps[0].number - free, Fraction(0)))
        told = told or said(gaps[0])
    if not beyond:
        return None
    others = [step.score for step in rule.steps if step not in full and value is not None and step.holds(value)]
    lost = [every.cut * count for gap in beyond for count in times(gap, every, rule)]
    if rule.cap is not None:
        lost = [min(each, rule.cap) for each in lost]
    scores = [max(points - each, Fraction(0)) for each in lost] + [score for score in others if score is not None]
    words = f"{told}应扣{number(min(lost))}分，" if min(lost) else f"{told}，"
    return Reading(tuple(scores), every.words, words)


def _beyond(value: Fraction, bound: Fraction, every: Every, full: list[Step]) -> Fraction:
    """By how much a rate misses the bound on the side on which points are taken off."""
    gap = value - bound
    wrong = (gap > 0 and (every.up or not every.down)) or (gap < 0 and (every.down or not every.up))
    return abs(gap) if wrong and not any(step.holds(value) for step in full) else Fraction(0)


def _by_share(of: Scoring) -> Reading | None:
    """Points in proportion to what was reached, by every figure of it that is told."""
    rule, facts, points = of.rule, of.facts, of.points
    if not rule.shares or _shares_apart(of):
        return None
    shown = next((share for share in rule.shares if share.value is not None), None)
    if shown is not None and shown.value is not None:
        return Reading((min(shown.value, Fraction(1)) * points,), shown.words, "", True)
    share = rule.shares[0]
    turned = _turned(share, facts)
    if turned is not None:
        return Reading((min(turned, Fraction(1)) * points,), share.words, "", True)
    if LESS_IS_BETTER.search(facts.name) or _at_most(facts) or "或" in share.over or _of_untold_aim(of):
        return None
    shares: dict[Fraction, str] = {}
    rate = rate_of(facts, rule.subject) if not share.due else None
    ratio = (
        _of_due(share.due, facts)
        if share.due
        else ratio_of(facts) or ratio_by_names(facts, share.over, share.under) or ratio_of_name(facts, share.words)
    )
    if rate is not None and rate.number >= 0:
        bounds = [step.low for step in rule.steps if step.low] + ([rule.aim] if rule.aim else [])
        wholes = [] if _divided_by_aim(of) else [_HUNDRED]
        wholes += bounds + (_aims(rule, facts) if share.of_target or "率" in rule.subject else [])
        shares = dict.fromkeys([rate.number / whole for whole in wholes], f"{_name(rate)}{number(rate.number)}%，")
        if len(shares) == 1 and ratio is None and share.vague and not _DONE_RATE.search(f"{rate.lead}{facts.name}"):
            return None  # in proportion to a target that is told elsewhere
    if ratio is not None:
        of_rates = facts.target is not None and facts.actual is not None and facts.target.unit == "%"
        aim = _HUNDRED if of_rates else rule.aim or _HUNDRED  # that of a rate is in the ratio already
        shares |= dict.fromkeys((ratio[0], ratio[0] * _HUNDRED / aim), ratio[1])
    if not shares:
        return None
    best = max(shares)
    scores = tuple(min(each, Fraction(1)) * points for each in shares)
    if _FOR_THE_REST.search(rule.text) is not None and _on_target(facts, rate.number if rate is not None else None):
        return Reading((points,), share.words, "", True)  # what fell short is scored in proportion, and this did not
    claimed = of.claimed
    if _of_others(facts, points, claimed):
        return Reading((*scores, claimed), share.words, "")
    said = _BY_SHARE.search(rule.text, share.at, share.at + len(share.words) + 12)
    if said is not None and Fraction(said["n"]) not in (claimed, points):
        return None  # the score of a part
    sure = said is not None and (claimed * 2).denominator != 1
    sure = sure or (_FORMULA.search(rule.text) is not None and not facts.losses and not rule.steps)
    exact = len(set(scores)) == 1 and claimed != round_half_up(scores[0], 0) and not facts.losses and not rule.steps
    sure = sure or (exact and nothing_amiss(of))
    return Reading(scores, share.words, shares[best], sure)


def _shares_apart(of: Scoring) -> bool:
    """Whether the share of a rule is for other cases than the leaf's: counted ones, or rates beside those of its steps."""
    rule, share = of.rule, of.rule.shares[0]
    if rule.every and share.value is None:
        return True
    return bool(rule.steps) and (share.words.endswith("比例") or _by_rate(of) is not None)


def _turned(share: Share, facts: Facts) -> Fraction | None:
    """The part that a rule divides the other way round, for what is to be small: 「目标÷实际×分值」 of 28 and 29."""
    named = _AIMED_AT.search(share.over) is not None and _REACHED.search(share.under) is not None
    target, actual = facts.target, facts.actual
    if not named or target is None or actual is None or target.unit != actual.unit or not actual.number:
        return None
    return target.number / actual.number


_AIMED_AT, _REACHED = pattern(r"^(?:年度|年初)?(?:目标|指标|计划)"), pattern(r"^(?:实际|完成)")


def _of_due(told: str, facts: Facts) -> tuple[Fraction, str] | None:
    """What was reached of the count that a rule divides by, and the words for it: 241.80万页 of 「完成数÷260万页×8」."""
    due = amount_in(told)
    figures = [facts.actual] if facts.actual is not None and facts.actual.unit else facts.figures
    done = {f.number for f in figures if due is not None and f is not None and f.unit == due.unit}
    if due is None or not due.number or len(done) != 1:
        return None
    (reached,) = done
    return reached / due.number, f"{number(reached)}÷{number(due.number)}，"


def _of_untold_aim(of: Scoring) -> bool:
    """Whether a rule divides a rate by an aim that the leaf does not tell: 「实际÷目标×8」 of 「生态安葬率38.00%」."""
    share = of.rule.shares[0]
    by_aim = share.of_target and not share.vague and not share.due and not _aims(of.rule, of.facts)
    rate = rate_of(of.facts, of.rule.subject) if by_aim else None
    return rate is not None and _DONE_RATE.search(f"{rate.lead}{of.facts.name}") is None


def _divided_by_aim(of: Scoring) -> bool:
    """Whether a rule divides by what was aimed at, and that is told once: 「得分=实际满意度÷目标满意度×分值」, 「目标95%」."""
    share = of.rule.shares[0]
    return share.of_target and not share.vague and len(set(_aims(of.rule, of.facts)) - {_HUNDRED}) == 1


_FOR_THE_REST = pattern(
    r"(?:未|没有|没能?|不)(?:能)?(?:全部)?(?:完成|达[到标]|做够|做到|足)|低于|不足|(?:达到|完成)[^,;。]{0,8}(?:目标|指标)[^,;。]{0,4}(?:的|得|计)?满分"
)
LESS_IS_BETTER = pattern(r"控制|调整率|变动|结转|结余|成本|差错|失业|误|投诉|能耗|死亡|发生率|下降")


def _at_most(facts: Facts) -> bool:
    """Whether what was aimed at is a limit that is not to be gone beyond."""
    limits = [fact.lead for fact in (facts.target, *facts.figures) if fact is not None]
    return any(_LIMIT.search(lead) for lead in limits)


_LIMIT = pattern(r"(?:[≤<]|不超过|不高于|不大于|低于)$")
_FORMULA = pattern(r"得分=[^,;。]{2,24}×")
_BY_SHARE = pattern(r"[计得](?P<n>\d{1,2}(?:\.\d+)?)分")


def _aims(rule: ScoringRule, facts: Facts) -> list[Fraction]:
    """The rates that were aimed at, by the rule, the text or the table."""
    found = [rule.aim] if rule.aim else []
    found += [f.number for f in facts.figures if f.unit == "%" and f.aimed and not f.short and not f.beyond]
    found += [facts.target.number] if facts.target is not None and facts.target.unit == "%" else []
    return [aim for aim in found if aim]


def _of_others(facts: Facts, points: Fraction, claimed: Fraction) -> bool:
    """Whether two other figures of the leaf give its score: 「18项指标中17项达标，按比例得2.83分」."""
    figures = {f.number for f in facts.figures[:12]}
    return any(abs(a / b * points - claimed) <= _LITTLE for a in figures for b in figures if 0 < a < b)


def _by_over(of: Scoring) -> Reading | None:
    """Nothing for a rate beyond the budget where the rule gives nothing for that, whatever else it gives."""
    rule, facts = of.rule, of.facts
    fact = rate_of(facts, rule.subject) if rule.only is not None and rule.over else None
    if fact is None or rule.only is None or fact.number <= _HUNDRED or not _OF_BUDGET.search(fact.lead or facts.name):
        return None
    return Reading((rule.only,), rule.words, f"{_name(fact)}{number(fact.number)}%，")


_OF_BUDGET = pattern(r"执行|控制|支出|预算")


def _by_all(of: Scoring) -> Reading | None:
    """All or nothing: nothing for less than the whole, or for more than the budget."""
    rule, facts = of.rule, of.facts
    if rule.only is None or rule.every or rule.steps or _asks_for_less(rule):
        return None
    fact = rate_of(facts, rule.subject)
    ratio = ratio_of(facts) if fact is None else None
    if fact is None and ratio is None:
        return None
    reached = fact.number if fact is not None else ratio[0] * _HUNDRED if ratio is not None else _HUNDRED
    wanted = max(_aims(rule, facts), default=_HUNDRED)
    if fact is not None and wanted == _HUNDRED and not _DONE_RATE.search(f"{fact.lead}{facts.name}") and not rule.over:
        return None  # its target is told elsewhere
    missed = reached > _HUNDRED if rule.over else reached < wanted
    told = f"{_name(fact) if fact is not None else ''}{number(reached)}%，"
    return Reading((rule.only if missed else of.points,), rule.words, told)


def _asks_for_less(rule: ScoringRule) -> bool:
    """Whether what a rule gives nothing for is not what its leaf's rate tells: less than a limit is well, and other things have no rate."""
    opens = rule.text.find("否则")
    if opens < 0 or rule.over:
        return False
    condition = rule.text[max(rule.text.rfind(mark, 0, opens) for mark in "。;|") + 1 : opens]
    return _LIMITED.search(condition) is not None or _OF_THE_WHOLE.search(condition) is None


# 「实际支出数不大于预算数得4分，否则不得分」
_LIMITED = pattern(r"不大于|不超|不高于|不多于|未超|没有超|[≤<]|以内|之内|以下|控制在|低于|小于|少于|不突破|未突破")
# 「全部按期办结得6分，否则不得分」
_OF_THE_WHOLE = pattern(r"全部|全额|足额|100%|率|完成|达到|达标|[均都]")
