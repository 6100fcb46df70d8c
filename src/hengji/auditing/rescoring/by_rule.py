"""R06 by the rule that a report itself tells: what the rule gives for the leaf's facts, against the score that is claimed.

Every reading that the words leave open is allowed, and the one that is best for the report is held against it.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rates.impossible_targets import impossible_target
from hengji.auditing.rates.written_rates import DERIVED
from hengji.auditing.rescoring.by_clauses import decided, verdicts
from hengji.auditing.rescoring.by_stages import has_stages
from hengji.auditing.rescoring.exemptions import EXEMPT, LEFT_OUT
from hengji.auditing.rescoring.leaf_facts import facts_of, own_words, rate_elsewhere, without, words_of
from hengji.auditing.rescoring.of_budget import added_rate
from hengji.auditing.rescoring.readings import Reading, Scoring
from hengji.auditing.rescoring.rounding import LITTLE, rounded
from hengji.auditing.rescoring.rule_readings import reading
from hengji.auditing.rescoring.rules_elsewhere import bare, rule_of_all, rules_elsewhere
from hengji.auditing.rescoring.scoring_rule import ScoringRule, may_be_rule, read_rule
from hengji.auditing.rescoring.sheet import compact
from hengji.auditing.rescoring.told_parts import made_of_parts
from hengji.auditing.rescoring.told_shares import share_told
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_LONGEST = 420  # characters of a leaf: a longer one tells of more than one fault
_QUOTED = 40  # characters of a rule that a message quotes
_OPEN = pattern(r"酌情|视情|视具体|综合评定|专家")
# What changes the points of a rule in a way that its parts do not tell: coefficients, floors, limits of each single case.
_MODIFIED = pattern(
    r"系数|减半|折半|半数扣|加倍|翻倍|递增|累进|减轻|减按|(?:最低|最少|至少|保底)(?:可|应)?(?:计|得|为|给)?\d{1,2}(?:\.\d+)?分|(?:单[\u4e00-\u9fff]{1,4}|每[\u4e00-\u9fff]{1,4}|同一[\u4e00-\u9fff]{1,4})(?:最多|最高|至多)扣"
)
_BESIDES = pattern(r"(?:另外?|再|还|加|同时)扣")  # more than the parts of a rule that are read
_PARTS = pattern(
    r"(?:每[项个][^,;。|\d]{0,4}|各)\d+(?:\.\d+)?分(?!/)|\d分[:)]|[(,;](?:该|此|其|这)[^,。;\d]{0,6}(?:分值|满分|权重)(?:为|是)?\d"
)


def scored_by_rule(case: Case) -> Iterator[Finding]:
    """A leaf whose score is not what the rule that the report tells gives for the facts that it tells."""
    for item in case.found.items:
        told = reading_of(case, item)
        if told is None or item.claimed is None or decided(case, item):
            continue
        claimed, most, least = Fraction(item.claimed), max(told.scores), min(told.scores)
        words = f"{item.rule};{told.rule}"
        if least - LITTLE <= claimed <= most + LITTLE or claimed in rounded(case, words, most) | rounded(
            case, words, least
        ):
            continue
        if made_of_parts(case, item) or _by_another_rate(case, item, told):
            continue
        if claimed > most or (told.sure and most - least <= LITTLE and not _left_out(case, item)):
            yield _finding(case, item, told, most if claimed > most else least)


def _by_another_rate(case: Case, item: ScoredItem, told: Reading) -> bool:
    """Whether a score in proportion is that of a division that the leaf prints, whose words tell of more than the rule is for."""
    if "比例" not in told.rule or item.points is None or item.claimed is None:
        return False
    rates = (Fraction(match["rate"]) / 100 for match in DERIVED.finditer(own_words(case, item)))
    return any(abs(Fraction(item.points) * rate - Fraction(item.claimed)) <= LITTLE for rate in rates)


def _left_out(case: Case, item: ScoredItem) -> bool:
    """Whether points that were moved to a leaf may not have been taken, which is R34's matter."""
    return item.points is not None and (item.claimed or 0) <= item.points != worth(case, item)


def reading_of(case: Case, item: ScoredItem) -> Reading | None:
    """What the rule that a report tells for a leaf gives for its facts; None where it tells no rule or not enough."""
    return _readings(case).get(item)


@once
def _readings(case: Case) -> dict[ScoredItem, Reading]:
    found: dict[ScoredItem, Reading] = {}
    for item in case.found.items:
        if item.doubtful or item.not_applicable or item.claimed is None or not item.points:
            continue
        if impossible_target(item.name, item.target):
            continue  # a slip of writing, which R12 tells
        if not item.table and _in_parts(case.text(item.body)):
            continue
        if LEFT_OUT.search(f"{compact(item.rule)};{compact(case.text(item.body))}"):
            continue
        whole = verdicts(case).get(item)
        if whole is not None and decided(case, item):
            scores = tuple(sorted(whole.weighed.scores, reverse=True))
            found[item] = Reading(scores, whole.rule.whole_words, whole.weighed.told, whole.weighed.sure)
            continue
        points = worth(case, item) or item.points
        if has_stages(compact(case.text(item.body)), Fraction(points)):
            continue  # each stage has its own points
        told = _reading(case, _with_rule(item), Fraction(points)) if item.claimed <= points else None
        if told is not None and not _met_anyway(case, item, told, Fraction(points)):
            found[item] = _of_a_hundred(case, item, told, Fraction(points)) if item.hundred is not None else told
    return found


def _of_a_hundred(case: Case, item: ScoredItem, told: Reading, points: Fraction) -> Reading:
    """What a rule gives for a leaf that is scored out of 100 and weighted then: its points may be of the hundred."""
    whole = replace(item, points=Decimal(_HUNDRED), claimed=item.hundred)
    of_whole = _reading(case, _with_rule(whole), Fraction(_HUNDRED))
    scaled = tuple(score * points / _HUNDRED for score in of_whole.scores) if of_whole is not None else ()
    return replace(told, scores=(*told.scores, *scaled))


_HUNDRED = 100
_PARTS = pattern(r"①[^①②。;；]{2,24}\d\s?[分)）][^②]{0,120}②[^②。;；]{2,24}\d\s?[分)）]")


def _in_parts(text: str) -> bool:
    """Whether a leaf tells the points of its parts, whose rules are not its own: 「①甲3分，在5%以内，得3分；②乙2分，……」."""
    return "②" in text and _PARTS.search(text) is not None


def _met_anyway(case: Case, item: ScoredItem, told: Reading, points: Fraction) -> bool:
    """Whether a reading is only of the rule for all that fell short, and this leaf did not."""
    return set(told.scores) == {points} and not item.rule and told.rule in rule_of_all(case, item)


def _facts_beside(item: ScoredItem) -> str:
    """The facts of a row that stand in the cell of its rule."""
    beside = _FACTS_BESIDE.search(compact(item.rule)) if item.table else None
    return f"|{beside['before'] or beside['behind']}" if beside is not None else ""


def _with_rule(item: ScoredItem) -> ScoredItem:
    """A row whose target goes on with its rule: 「1200人，未完成的按完成比例计分」."""
    target, comma, rule = item.target.partition(",")
    own = _ONE_AIM.fullmatch(target) is not None and "按" in rule and "比例" in rule and item.actual
    if not item.rule and item.table and (named := _RULE_IN_NAME.search(item.name)) is not None:
        return replace(item, rule=named["rule"])  # 「预算执行率(得分=执行率×20分)」
    if comma and own and not item.rule:
        return replace(item, target=target, rule=rule)
    told = item.table and item.actual and not item.rule and _EVERY.match(item.target) is not None
    return replace(item, target="", rule=item.target) if told else item  # 「账实相符，每1件不符扣0.5分」


# The facts of a row that stand in the cell of its rule: 「20家机构达标19家，规则为每1家不达标扣0.5分」, 「……扣1分。实际检查6次」.
_FACTS_BESIDE = pattern(
    r"^(?P<before>[^。;|]*\d[^。;|]*?)[,。;](?:按?(?:评分|计分|扣分)?(?:规则|标准|细则)(?:为|规定|是|:))|[。;](?P<behind>实际[^|]*\d[^|]*)$"
)
_EVERY = pattern(r"^[^\d]*每[^,，;；。]{1,14}扣\s?\d")
_RULE_IN_NAME = pattern(r"\((?P<rule>[^()]*(?:得分=|[×*÷]|每[^()]{1,14}扣|比例)[^()]*)\)")
_ONE_AIM = pattern(r"[≥≤]?\d[\d,]*(?:\.\d+)?[\u4e00-\u9fff]{1,4}")


def _finding(case: Case, item: ScoredItem, told: Reading, right: Fraction) -> Finding:
    claimed = number(item.claimed or Fraction(0))
    rule = told.rule if len(told.rule) <= _QUOTED else f"{told.rule[:_QUOTED]}……"
    rule = _COMMA.sub("，", rule.translate(_PRINTED))
    facts = None if item.table else _told_at(case, item, told)
    leaf = case.leaf_span(item) if item.table else _as_far_as(case.leaf_passage(item), facts)
    apart = (
        told.place is not None
        and not item.table
        and "分" in case.text(leaf)
        and f"{claimed}分" not in case.text(told.place)
    )
    return case.finding(
        "R06",
        leaf if told.place is None or apart else told.place,
        f"“{item.name}”按“{rule}”，{told.told}应得{number(right)}分，自评{claimed}分",
        severity=Severity.WARNING,
        stated=claimed,
        recomputed=number(right),
        item=item.name,
        also=(item.quote,) if facts is not None and told.place is None else (),
    )


def _as_far_as(leaf: Span, facts: Span | None) -> Span:
    """A leaf's passage with the sentence of the figures that its score is held against, where its rule stands between."""
    return leaf if facts is None else Span(leaf.start, max(leaf.end, facts.end))


def _told_at(case: Case, item: ScoredItem, told: Reading) -> Span | None:
    """The paragraph of a leaf behind its rule that tells its figures: the first with one of those that were held against the rule."""
    wanted = {Fraction(match[0]) for match in _FIGURE.finditer(told.told)}
    at = item.span.end
    while at < item.body.end:
        paragraph = case.paragraph(at)
        start, end = max(paragraph.start, item.span.end), min(paragraph.end, item.body.end)
        text = compact(case.flat[start:end])
        own = {Fraction(match[0].replace(",", "")) for match in _FIGURE.finditer(text)}
        if not may_be_rule(text) and (wanted & own if wanted else own):
            return Span(start, end)
        at = max(paragraph.end, at) + 1
    return None


_FIGURE = pattern(r"\d[\d,]*(?:\.\d+)?")
_PRINTED = str.maketrans(";:()", "；：（）")
_COMMA = pattern(r"(?<!\d),|,(?!\d)")


def _reading(case: Case, item: ScoredItem, points: Fraction) -> Reading | None:
    """What the leaf's rule gives: the one of its own row or text, else the one told for it elsewhere."""
    of_all = "" if _NO_MORE.search(item.target) else rule_of_all(case, item)  # a limit is not reached in proportion
    elsewhere = bare(item.name) in rules_elsewhere(case) or of_all
    if not item.rule and not elsewhere and not may_be_rule(case.text(item.body)):
        return None
    text, places = words_of(case, item)
    text = _ROUNDED.sub(lambda match: ";" * len(match[0]), text)
    span: Span | None = None
    place: Span | None = None
    own = read_rule(text, points)
    rule = read_rule(compact(item.rule), points) if item.rule else own
    if not rule and item.rule and "分" not in item.rule and not _BOUGHT_BEYOND.search(own.words):
        rule = own  # the column that was taken for the rule says what the indicator means
    if not rule and not item.rule:
        words, place = rules_elsewhere(case).get(bare(item.name), (of_all, None))
        rule = read_rule(words, points) if words else rule
    if not rule or _OPEN.search(rule.text if rule is not own else rule.words):
        return None
    if _MODIFIED.search(rule.text) or (rule is not own and _BESIDES.search(rule.text)):
        return None
    told = without(text, own.spans)
    if _undecided(told):
        return None
    facts = facts_of(case, item, f"{told}{_facts_beside(item)}", places)
    if not facts.figures and facts.actual is None and place is not None:
        told = without(rule.text, rule.spans)
        facts, span = facts_of(case, item, told, []), place
    if span is not None and _undecided(told):
        return None
    if item.table and not facts.figures and facts.actual is None:
        rate = rate_elsewhere(case, item.name)
        if rate is not None:
            facts, span = replace(facts, figures=(rate[0],)), rate[1] or _score_told(case, item)
    added = added_rate(case, rule.text, facts) or (share_told(case, rule.text, facts) if rule.steps else None)
    facts = facts if added is None else replace(facts, figures=(*facts.figures, added))
    span = span or _score_in(case, item, place)
    if _of_parts(rule, points, Fraction(item.claimed or 0)):
        return None
    found = reading(Scoring(rule, facts, points, Fraction(item.claimed or 0)))
    return replace(found, place=span) if found is not None and span is not None else found


_NO_MORE = pattern(r"[≤<＜]|不超过?|不高于|不大于|不多于|以内|之内|以下|低于|控制在")  # 「调整幅度≤5%」
# 「97.98%，取整为98%」: no rule knows it.
_ROUNDED = pattern(
    r"(?<=%)[,、(]?(?:取整|四舍五入|进位|修约|近似)(?:数|值|后)?(?:为|是|按|得|计|到|取)?\d{1,3}(?:\.\d+)?%(?:计算?|计分)?\)?"
)
_BOUGHT_BEYOND = pattern(r"超(?:出|过)?(?:采购)?(?:计划|预算)")  # R16's


def _of_parts(rule: ScoringRule, points: Fraction, claimed: Fraction) -> bool:
    """Whether steps are those of a leaf's parts, none of which gives what the leaf has: 「甲低于90%得3分；乙在90%—100%得2分，扣1分」."""
    given = [step.score for step in rule.steps if step.score is not None]
    return (
        bool(given)
        and not rule.every
        and max(given) < claimed < points
        and sum(given, Fraction(0)) in (points, claimed)
    )


def _score_told(case: Case, item: ScoredItem) -> Span | None:
    """The sentence of running text that names a row and tells its score: 「政府采购执行率……，本项得2.93分」."""
    said = f"得{item.claimed}分"
    at = case.flat.find(said)
    while at >= 0:
        sentence = case.sentence(at)
        if item.name in case.text(sentence):
            return sentence
        at = case.flat.find(said, at + len(said))
    return None


def _score_in(case: Case, item: ScoredItem, passage: Span | None) -> Span | None:
    """The sentence of a passage that tells the rule of a row and its score: 「按“分值×完成值÷目标值”计算，得4.92分」."""
    at = case.flat.find(f"得{item.claimed}分", passage.start, passage.end) if passage is not None else -1
    return case.sentence(at) if at >= 0 else None


def _undecided(told: str) -> bool:
    """Whether a leaf's words leave more open than its rule: too long, something excepted, or parts with points of their own."""
    told = _SCORED_AHEAD.sub("", told, count=1)
    return len(told.replace(";", "")) > _LONGEST or EXEMPT.search(told) is not None or _PARTS.search(told) is not None


_SCORED_AHEAD = pattern(r"^[^。;\d]{0,6}\d{1,3}(?:\.\d+)?分[^。;:\d]{0,8}(?:\d{1,2}(?:\.\d+)?分[^。;:\d]{0,8}){0,2}:")
