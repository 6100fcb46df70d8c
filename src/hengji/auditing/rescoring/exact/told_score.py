"""What a rule that is read whole gives for the one figure of its leaf: too low a score is wrong by it as well as one too high."""

from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.rescoring.amiss import amiss, parts_within
from hengji.auditing.rescoring.exact.figures import amount_in_unit, days_late, fact_words, pieces_short, rate_in
from hengji.auditing.rescoring.exact.printed_rule import PrintedRule, Steps, printed_rule
from hengji.auditing.rescoring.exact.scores import NONE, Scores, lost_by, scores_for
from hengji.auditing.rescoring.exemptions import EXEMPT
from hengji.auditing.rescoring.leaf_facts import Fact, Facts, facts_of, faulty, own_words, words_of
from hengji.auditing.rescoring.readings import Reading
from hengji.auditing.rescoring.rules_elsewhere import bare, rules_elsewhere
from hengji.auditing.rescoring.scoring_rule import Every
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit

_LONGEST = 300  # characters of a leaf: a longer one tells of more than one figure
_COUNTED = "个件项处次起例家户所座台条篇批套场期人名"


def told_score(case: Case, item: ScoredItem) -> Reading | None:
    """What the rule that is told for a leaf, in its row, in its text or elsewhere, gives for its figure, where all its clauses are understood."""
    if not _plain(case, item):
        return None
    points = Fraction(item.points or 0)
    told = _told(case, item, points)
    if told is None or not told[1]:
        return None
    rule, scores = told
    if not all(_may_be_more(case, item, rule, score, points) for score in scores):
        return None
    return Reading(tuple(sorted(scores, reverse=True)), ",".join(rule.words).strip(","), "", sure=True)


def _may_be_more(case: Case, item: ScoredItem, rule: PrintedRule, score: Fraction, points: Fraction) -> bool:
    """Whether a score that is more than the claim can be held against it: not full marks, nor where points are told to be lost for more."""
    if Fraction(item.claimed or 0) >= score:
        return True
    return score < points and (bool(rule.steps) or _LOSS.search(own_words(case, item)) is None)


def _plain(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf has points and a score of its own that no weight changed."""
    whole = item.claimed is not None and item.points and item.weight is None and item.hundred is None
    if not whole or item.doubtful or item.not_applicable or (item.claimed or 0) > (worth(case, item) or 0):
        return False
    return item.points == worth(case, item)


def _told(case: Case, item: ScoredItem, points: Fraction) -> tuple[PrintedRule, Scores] | None:
    """The rule that is told for a leaf, in its row, in its text or elsewhere, and what it gives for the leaf's figure."""
    text, places = words_of(case, item)
    if len(text) > _LONGEST:
        return None
    elsewhere = rules_elsewhere(case).get(bare(item.name))
    in_text = not item.rule and _RULE.search(text) is not None
    if item.rule:
        rule = printed_rule(compact(item.rule), points)
    elif in_text:
        rule = printed_rule(text, points)
    elif elsewhere is not None:
        rule = printed_rule(elsewhere[0].lstrip(":,、"), points)
    else:
        return None
    if rule is None:
        return None
    told = _blotted(text, rule) if in_text else text
    if EXEMPT.search(told) or _MORE.search(told):
        return None
    losses = [Fraction(m["n"]) for m in _LOSS.finditer(told)]
    if len(losses) > 1 or (losses and losses[0] != points - Fraction(item.claimed or 0)):
        return None
    facts = facts_of(case, item, told, places)
    return rule, _scores(case, item, rule, facts, points)


_RULE = pattern(r"每[^。;]{0,20}扣|满分|\d[^。;\d]{0,8}[得计给]|不得分|不扣|[上下内](?:[得计给])?\d|起\d")
_LOSS = pattern(r"扣(?:了|减|除)?(?P<n>\d{1,2}(?:\.\d+)?)分")
_MORE = pattern(
    r"酌|视情|从严|主动|谨慎|另|还有|同时|其他原因|复核|目标[^,。;]{0,6}调|调整(?:为|后|至|到)|变更|顺延|免责|批准|加分|奖励"
)


def _blotted(text: str, rule: PrintedRule) -> str:
    for start, end in rule.spans:
        text = f"{text[:start]}{';' * (end - start)}{text[end:]}"
    return text


def _scores(case: Case, item: ScoredItem, rule: PrintedRule, facts: Facts, points: Fraction) -> Scores:
    """What a rule gives for the one figure that it is for."""
    aim = _aim(rule, facts)
    steps = rule.steps[0] if rule.steps else None
    unit = rule.bands[0].range.unit if rule.bands else rule.aim.unit if rule.aim is not None else None
    if steps is not None and steps.late:
        if steps.unit not in ("天", "日") or rule.bands or steps.bound is not None:
            return NONE
        late = days_late(facts, compact(item.target), compact(item.actual) or facts.text, case.year)
        return lost_by(rule, steps, late, points) if late is not None else NONE
    if steps is not None and steps.way < 0 and unit is None and steps.unit in _COUNTED:
        short = pieces_short(canonical_unit(steps.unit), facts)
        return lost_by(rule, steps, short, points) if short is not None else NONE
    if steps is not None and not steps.way and unit is None and steps.unit in _COUNTED and not rule.aim:
        return _for_faults(rule, steps, facts, points)
    if unit is None and steps is not None and (steps.bound is not None or aim is not None):
        unit = (
            facts.target.unit if facts.target is not None and steps.bound is None and steps.unit == "%" else steps.unit
        )
    if unit is None:
        return NONE
    value = rate_in(rule, facts) if unit == "%" else amount_in_unit(unit, facts, _per(rule))
    if value is None:
        return NONE
    if steps is not None and steps.unit not in (unit, "%"):
        return NONE
    return scores_for(rule, value, points, aim, rate=unit == "%")


def _for_faults(rule: PrintedRule, steps: Steps, facts: Facts, points: Fraction) -> Scores:
    """What is left where a leaf tells in one number how much is amiss of what its rule counts."""
    every = Every(steps.size, steps.unit, steps.cut, False, False, False, None, steps.about, "", 0)
    found = amiss(facts, every) or _told_by_others(steps, facts)
    if (
        found is None
        or parts_within(facts, found)
        or (steps.unit in _ANY and found.unit not in _ANY)
        or any(f.number != found.number and faulty(f.words) for f in facts.figures)
    ):
        return NONE
    return lost_by(rule, steps, found.number, points)


def _per(rule: PrintedRule) -> str:
    """Of what a bound is the amount for each: 吨 of 「不高于每吨85元」 and of 「≤85元/吨」."""
    found = _OF_EACH.search(",".join(rule.words))
    return found["a"] or found["b"] or found["c"] if found is not None else ""


_OF_EACH = pattern(
    r"(?<=[于过达到在≤<])每(?P<a>[\u4e00-\u9fff]{1,3})\d|\d(?:[万亿]?元|分钟|小时|天)/(?P<b>[\u4e00-\u9fff]{1,2})|^每(?P<c>[\u4e00-\u9fff]{1,2}?)(?:成本|费用)?(?:不[高大超][于过]|低于|≤|控制在)\d"
)


def _told_by_others(steps: Steps, facts: Facts) -> Fact | None:
    """The one number in a clause that says who found it in the words of the rule: of 「巡察每反馈一例」 「巡察组反馈报销跨年4例」."""
    own = [f for f in facts.figures if f.unit == canonical_unit(steps.unit) or (f.unit in _ANY and steps.unit in _ANY)]
    verbs = [verb for verb in _FOUND if verb in steps.about]
    told = [f for f in own if any(verb in f.lead for verb in verbs)]
    return told[0] if len(own) == len(told) == 1 and not _NONE_LEFT.search(fact_words(facts, told[0])) else None


_FOUND = ("反馈", "指出", "查出", "通报", "查实", "发现")
_ANY = ("个", "件", "项", "处", "次", "起", "例")
_NONE_LEFT = pattern(r"未|无|没有|不属实|均已|检查|抽查|隐患")


def _aim(rule: PrintedRule, facts: Facts) -> Fraction | None:
    """What was aimed at: as the rule tells it, else the row."""
    if rule.aim is not None:
        return rule.aim.low if rule.aim.low is not None else rule.aim.high
    return facts.target.number if facts.target is not None else None
