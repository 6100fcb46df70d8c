"""R06 by rules that are read whole: where every clause is understood and one figure is told, the score must be the one that they give.

Unlike the reading that allows all that words may mean, it tells a score that is too low as well.
"""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.amiss import amiss
from hengji.auditing.rescoring.by_rule import EXEMPT, reading_of
from hengji.auditing.rescoring.exact.figures import amount_in_unit, days_late, pieces_short, rate_in
from hengji.auditing.rescoring.exact.printed_rule import PrintedRule, Steps, printed_rule
from hengji.auditing.rescoring.exact.scores import NONE, Scores, lost_by, scores_for
from hengji.auditing.rescoring.leaf_facts import Facts, facts_of, faulty, words_of
from hengji.auditing.rescoring.rules_elsewhere import bare, rules_elsewhere
from hengji.auditing.rescoring.scoring_rule import Every, may_be_rule
from hengji.auditing.rescoring.sheet import compact
from hengji.auditing.rescoring.told_parts import made_of_parts
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit

_LITTLE = Fraction(11, 1000)
_LONGEST = 300  # characters of a leaf: a longer one tells of more than one figure
_QUOTED = 60
_COUNTED = "个件项处次起例家户所座台条篇批套场期人名"


def scored_by_printed_rule(case: Case) -> Iterator[Finding]:
    """A leaf whose score is not the one that its rule gives for its figure."""
    kept = (0, 1) if all(i.claimed is None or i.claimed == int(i.claimed) for i in case.found.items) else (1,)
    for item in case.found.items:
        if not _plain(case, item) or item.claimed is None:
            continue
        points, claimed = Fraction(worth(case, item) or 0), Fraction(item.claimed)
        told = _told(case, item, points)
        if told is None or not told[1]:
            continue
        rule, scores = told
        if min(scores) - _LITTLE <= claimed <= max(scores) + _LITTLE:
            continue
        if any(claimed == round_half_up(each, places) for each in scores for places in kept):
            continue
        other = reading_of(case, item)
        if other is not None and not set(scores) & set(other.scores) and claimed <= max(other.scores) + _LITTLE:
            continue
        if made_of_parts(case, item):
            continue
        yield _finding(case, item, rule, scores)


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
    beside = ""
    if item.rule:
        rule = printed_rule(compact(item.rule), points)
    elif may_be_rule(text) and _RULE.search(text):
        rule = printed_rule(text, points)
        if rule is not None:
            beside = "own"
    elif elsewhere is not None:
        rule = printed_rule(_first_sentences(elsewhere[0]), points)
    else:
        return None
    if rule is None:
        return None
    told = _blotted(text, rule) if beside else text
    if EXEMPT.search(told) or _MORE.search(told):
        return None
    losses = [Fraction(m["n"]) for m in _LOSS.finditer(told)]
    if len(losses) > 1 or (losses and losses[0] != points - Fraction(item.claimed or 0)):
        return None
    facts = facts_of(case, item, told, places)
    return rule, _scores(case, item, rule, facts, points)


_RULE = pattern(r"每[^。;]{0,20}扣|满分|\d[^。;\d]{0,8}[得计给]|不得分|不扣|[上下内](?:[得计给])?\d|起\d")
_LOSS = pattern(r"扣(?:了|减|除)?(?P<n>\d{1,2}(?:\.\d+)?)分")
_MORE = pattern(r"酌|视情|从严|主动|谨慎|另|还有|同时|其他原因|复核|目标[^,。;]{0,6}调|调整(?:为|后|至|到)|变更|顺延|免责|批准|加分|奖励")


def _first_sentences(text: str) -> str:
    """A rule told elsewhere up to its last full clause."""
    return text.lstrip(":,、")


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
        unit = "%" if steps.unit == "%" else steps.unit
    if unit is None:
        return NONE
    value = rate_in(rule, facts) if unit == "%" else amount_in_unit(unit, facts)
    if value is None:
        return NONE
    if steps is not None and steps.unit not in (unit, "%"):
        return NONE
    return scores_for(rule, value, points, aim, rate=unit == "%")


def _for_faults(rule: PrintedRule, steps: Steps, facts: Facts, points: Fraction) -> Scores:
    """What is left where a leaf tells in one number how much is amiss of what its rule counts."""
    every = Every(steps.size, steps.unit, steps.cut, False, False, False, None, steps.about, "", 0)
    found = amiss(facts, every)
    if found is None or any(f.number != found.number and faulty(f.words) for f in facts.figures):
        return NONE
    return lost_by(rule, steps, found.number, points)


def _aim(rule: PrintedRule, facts: Facts) -> Fraction | None:
    """What was aimed at: as the rule tells it, else the row."""
    if rule.aim is not None:
        return rule.aim.low if rule.aim.low is not None else rule.aim.high
    return facts.target.number if facts.target is not None else None


def _finding(case: Case, item: ScoredItem, rule: PrintedRule, scores: Scores) -> Finding:
    claimed = Fraction(item.claimed or 0)
    right = number(max(scores) if claimed > max(scores) else min(scores))
    words = "；".join(rule.words).strip("；,")
    words = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}……"
    return case.finding(
        "R06",
        case.leaf_span(item) if item.table else case.leaf_passage(item),
        f"“{item.name}”按“{words}”应得{right}分，自评{number(claimed)}分",
        severity=Severity.WARNING,
        stated=number(claimed),
        recomputed=right,
        item=item.name,
    )
