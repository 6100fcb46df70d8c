"""A rule that gives points by how a figure stands to another: last year's, a budget, a plan, a number that is allowed."""

import re
from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.worked.measures import Figure, Measures
from hengji.auditing.rescoring.worked.outcome import GIVES, OPEN, score_of
from hengji.auditing.rescoring.worked.proportion import Scores
from hengji.auditing.rescoring.worked.share_rule import GOAL
from hengji.model.patterns import pattern

_N = r"\d{1,4}(?:\.\d+)?"
_LAST = r"(?:上年同期|上一年度?|上年度?|去年|20\d\d年(?:度)?)"
_PLAN = r"(?:(?:年初|全年|采购|\"?三公\"?|部门|批复|年度|下达)*预算(?:数|额|安排)?|限额|编制(?:数|总数)?|核定(?:数|编制|人数)?|控制(?:数|线)|概算|(?:年度|全年)?计划(?:数|值|任务)?|(?:年度|既定|预期)?目标(?:值|数)?|任务(?:数|量)?|承诺(?:时限|期限|时间)?|合同(?:价|金额)?|应[\u4e00-\u9fff]{1,2}数?|标准)"
_BARE = r"(?<![不未没无])"
_OPERATORS: tuple[tuple[str, frozenset[int]], ...] = (
    (
        r"不高于|只减不增|不增(?!加)|(?:不|未|没有|没)(?:得)?(?:超过?|突破|超编|超支|超员|增加|增长|上升|上涨|提升|提高)(?!\d)|不多于|不大于|≤|小于等于|小于或等于|低于或等于|零增长|(?:下降|减少|降低)(?:或者?|、|及)持平|持平(?:或者?|、|及)(?:下降|减少|降低)|控制在(?=[^,;。\d]{0,8}[以之]?内)|(?=[以之]内)",
        frozenset((-1, 0)),
    ),
    (
        rf"不低于|不少于|不小于|≥|大于等于|{_BARE}(?:达到|完成|达标)(?!\d)|(?:不|未|没有)(?:下降|减少|降低|降(?!低)|减(?!少))|(?:上升|增加|提高|增长)(?:或者?|、|及)持平|持平(?:或者?|、|及)(?:上升|增加|提高|增长)",
        frozenset((0, 1)),
    ),
    (r"持平|不变|相同|一致|等于", frozenset((0,))),
    (
        rf"{_BARE}(?:下降|减少|降低|降幅|压减|压缩|回落|低于|少于|小于|低(?=\d))|未达到?|未完成|没有完成|没有达到|不足|达不到",
        frozenset((-1,)),
    ),
    (
        rf"{_BARE}(?:上升|上涨|增加|增长|增幅|提高|提升|扩大|高于|多于|大于|超过|超出|超支|超编|超员|突破|超了|升(?=\d)|高(?=\d)|超(?=\d))",
        frozenset((1,)),
    ),
)
_OP = "|".join(f"(?P<op{at}>{words})" for at, (words, _) in enumerate(_OPERATORS))
_MARGIN = rf"(?:(?P<from>{_N})(?:%|个?百分点|[\u4e00-\u9fff]{{0,1}}?)(?:\(含\))?(?:至|到|-|以上[,、]?))?(?P<mop>不到|不足|未满|低于|达到?|超过|在)?(?P<m>{_N})(?P<mu>个?百分点|个?点|%|[\u4e00-\u9fff]{{1,2}}?)(?P<mend>\(含\))?(?P<mside>(?:及|或)?以上|以内|之内|(?:及|或)?以下)?"
_REF = rf"(?:{_LAST}|{_PLAN})"
_SUBJECT = r"[\u4e00-\u9fff\"()]{0,12}?"
_CASE = pattern(
    rf"^{_SUBJECT}(?:[较比与同和]?{_REF}(?:相比)?的?[\u4e00-\u9fff]{{0,4}}?)?,?(?:{_OP})(?:[\u4e00-\u9fff]{{0,4}}?{_REF})?(?:[以之]内)?(?:幅度|但)*(?:{_MARGIN})?(?:(?:及|或)?以上)?{GIVES}$"
)
_STEP = pattern(
    rf"^(?:{_SUBJECT}(?:{_OP})(?:{_REF})?的?,?)?(?:增长率|增幅|超支率|幅度)?(?:每[^,;。\d]{{0,6}}?|(?<=[超编支员于]))(?P<filled>满)?(?P<size>{_N}|一)?(?P<unit>个?百分点|个?点|%|[\u4e00-\u9fff]{{1,2}}?)[^,;。\d]{{0,6}}?,?(?:扣|减)(?:减|除|去)?(?P<cut>{_N})分$"
)
_ELSE = pattern(
    rf"^(?:否则|其余|其他(?:情况|情形)?|反之|不符合|(?:有|出现|存在)[^,;。\d]{{1,6}}|(?:再|更)[高低多少]|(?:增加|下降|减少|上升|增长)(?:更多|更大))(?:的|均|一律)*,?{GIVES}$"
)
_ALL = pattern(rf"^{_SUBJECT}(?:全部|应([\u4e00-\u9fff])尽\1|足额|100%)[^,;。\d]{{0,8}}{GIVES}$")
_LIMIT = pattern(
    r"^(?:(?:直至|直到|至)?(?:[扣减](?:完|到|至))?(?:\d分|零分|为止|完)?(?:为止)?|(?:直至|直到)?[扣减](?:完|到|至)[^,;。]{0,6}|(?:最多|至多|最高|累计)[^,;。]{0,4}[扣减]\d+(?:\.\d+)?分)$"
)
_CAP = pattern(r"(?:最多|至多|最高)[^,;。]{0,4}[扣减](?P<n>\d+(?:\.\d+)?)分")
_RULE_LIKE = pattern(r"[扣减得计给]\s?\d|\d分|满分|分值|每|系数|不得|不计|免|除|比例|折")


@dataclass(frozen=True, slots=True)
class Step:
    """So many points off for every size of what is beyond."""

    size: Fraction
    unit: str
    cut: Fraction
    filled: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """What is given where a figure stands so to the other: the ways (-1 less, 0 equal, 1 more) and by how much."""

    ways: frozenset[int]
    low: Fraction | None
    high: Fraction | None
    with_low: bool | None
    with_high: bool | None
    unit: str
    score: Fraction | None
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class ComparedRule:
    """The branches of a rule, what all else gives, and whether the other figure is last year's."""

    branches: tuple[Branch, ...]
    rest: Fraction | None
    of_last: bool
    cap: Fraction | None
    whole: str
    goal: Fraction | None = None  # in per cent, where the rule names what a rate is held against

    @property
    def open(self) -> bool:
        """Whether it tells only when all points are given."""
        return len(self.branches) == 1 and self.rest is None

    @property
    def of_whole(self) -> bool:
        """Whether it asks that something is reached, which a limit turns round."""
        return any(branch.ways == {0, 1} for branch in self.branches)


def compared_rule(text: str, points: Fraction) -> ComparedRule | None:
    """The rule of a text in one spelling; None where a clause of it is not understood."""
    of_last = re.search(_LAST, text) is not None or _TREND.search(text) is not None
    if OPEN.search(text) or (
        not of_last and re.search(rf"{_PLAN}|突破|全部|应([\u4e00-\u9fff])尽\1|超[支编员]", text) is None
    ):
        return None
    whole = _WHOLE.search(text)
    text = _WHOLE.sub("", text)
    branches: list[Branch] = []
    rest: Fraction | None = None
    held = ""
    for clause in re.split(r"[,;。]", text):
        if not clause or _LIMIT.match(clause):
            continue
        for words in (f"{held},{clause}", clause) if held else (clause,):
            if (branch := _branch(words, points, branches)) is not None:
                branches.append(branch)
                break
            if (other := _ELSE.match(words)) is not None:
                rest = score_of(other, points)
                break
        else:
            if _RULE_LIKE.search(clause) and not _ALONE.search(clause):
                return None
            held = f"{held},{clause}" if held else clause
            continue
        held = ""
    full = [branch for branch in branches if branch.score == points]
    if (
        not full
        or held
        or (
            len(branches) == 1
            and rest is None
            and (of_last or branches[0].ways != {-1, 0} or _FIRM.search(text) is None)
        )
    ):
        return None
    cap = _CAP.search(text)
    said = (
        "" if whole is None else "舍" if re.search(r"不[扣计减]|舍", whole[0]) else "按" if "比例" in whole[0] else "进"
    )
    goal = GOAL.search(text) if not of_last else None
    aimed = Fraction(goal["n"] or goal["m"]) if goal is not None else None
    return ComparedRule(tuple(branches), rest, of_last, Fraction(cap["n"]) if cap is not None else None, said, aimed)


# 「下降30%以上得6分，……，上升不得分」 without a word of the year before
_TREND = pattern(
    r"(?:下降|减少|降低|压减)[^。]*(?:上升|增长|增加|持平|不降)|(?:上升|增长|增加|提高)[^。]*(?:下降|减少|降低|持平)"
)
_ALONE = pattern(r"(?:的|时)$")
_WHOLE = pattern(
    r"[,;。(](?:余数|零头|尾数|差额)?(?:不足|不满|未满|不到)[^,;。]{0,14}(?:不[扣计减]分?|舍去|按[^,;。]{0,10}|算[^,;。]{0,6})\)?"
)


_FIRM = pattern(r"预算|编制|限额|核定|超编|超支|计划|目标|任务|概算|合同")


def _branch(words: str, points: Fraction, before: list[Branch]) -> Branch | None:
    step = _STEP.match(words)
    if step is not None:
        ways = _ways(step) or ({1} if any(1 not in b.ways for b in before) else {-1})
        size = Fraction(step["size"]) if step["size"] and step["size"] != "一" else Fraction(1)
        unit = "个百分点" if step["unit"] in ("百分点", "个百分点", "点", "个点") else step["unit"]
        given = Step(size, unit, Fraction(step["cut"]), bool(step["filled"]))
        return Branch(frozenset(ways), None, None, None, None, unit, None, given)
    every = _ALL.match(words)
    if every is not None:
        return Branch(frozenset((0, 1)), None, None, None, None, "", score_of(every, points))
    found = _CASE.match(words)
    if found is None:
        return None
    score = score_of(found, points)
    ways = _ways(found)
    if found["m"] is not None and found["from"] is not None:
        unit = "个百分点" if "点" in found["mu"] else found["mu"]
        return Branch(frozenset(ways), Fraction(found["from"]), Fraction(found["m"]), None, None, unit, score)
    if found["m"] is None:
        return Branch(frozenset(ways), None, None, None, None, "", score)
    amount = Fraction(found["m"])
    unit = "个百分点" if found["mu"] in ("百分点", "个百分点", "点", "个点") else found["mu"]
    side, op = found["mside"] or "", found["mop"] or ""
    inside = True if side[:1] in ("及", "或") or found["mend"] else None
    if side.endswith("上") or op in ("达", "达到", "超过"):
        return Branch(frozenset(ways), amount, None, inside if op != "达到" else True, None, unit, score)
    if side.endswith(("下", "内")) or op in ("不到", "不足", "未满", "低于"):
        return Branch(frozenset(ways), None, amount, None, False if op and op != "在" else inside, unit, score)
    return None


def _ways(match: re.Match[str]) -> set[int]:
    return next((set(ways) for at, (_, ways) in enumerate(_OPERATORS) if match[f"op{at}"] is not None), set())


def scores_compared(rule: ComparedRule, told: Measures, points: Fraction) -> Scores:
    """What a rule gives for every two figures of which one may be the other's measure, and for the only ones."""
    pairs = _pairs(rule, told)
    results = [_given(rule, own, other, points) for own, other in pairs]
    possible = frozenset().union(*results) if results else frozenset[Fraction]()
    return Scores(possible, max(possible) if len(pairs) == 1 and possible else None)


_TWO = 2


def _pairs(rule: ComparedRule, told: Measures) -> list[tuple[Figure, Figure]]:
    """This year's figure with last year's, or what was done with what was allowed."""
    found = []
    figures = [f for f in told.figures if f.unit != "个百分点" and not f.gap and not f.change]
    for unit in {figure.unit for figure in figures}:
        own = [figure for figure in figures if figure.unit == unit]
        others = [f for f in own if f.part == ("last" if rule.of_last else "plan" if unit != "%" else "aim")]
        mine = [f for f in own if f not in others and f.part != "earlier"]
        done = [f for f in mine if f.part == "done"]
        mine = done if len({f.value for f in done}) == 1 else mine
        if len({f.value for f in others}) == 1 and len({f.value for f in mine}) == 1:
            found.append((mine[0], others[0]))
    found = [(own, other) for own, other in found if not (rule.of_whole and _LIMITED.search(other.lead))]
    if not rule.of_last and any(_told_otherwise(told, own, other) for own, other in found):
        return []
    rates = {f.value: f for f in told.rates}
    if rule.goal is not None and len(rates) == 1:
        return [(next(iter(rates.values())), Figure(rule.goal, "%", "aim", 0, "", 0))]
    if not found and not rule.of_last:
        of_plan = {f.value: f for f in told.rates if "控制率" in f.lead or "执行率" in f.lead}
        if len(of_plan) == 1:
            (rate,) = of_plan.values()
            found.append((rate, Figure(Fraction(100), "%", "plan", 0, "", 0)))
    return found


_LIMITED = pattern(r"[≤<]|不超|不高于|不大于|控制|以内|低于|少于")


def _told_otherwise(told: Measures, own: Figure, other: Figure) -> bool:
    """Whether a rate is told that two figures do not make: one of them is wrong, and which is open."""
    rates = [f.value for f in told.rates if f.lead.endswith("率") or f.lead.endswith("率为")]
    if own.unit == "%" or not rates or not other.value or not own.value:
        return False
    made = (own.value / other.value * 100, abs(own.value / other.value - 1) * 100)
    return not any(abs(rate - each) <= Fraction(6, 10) for rate in rates for each in made)


def _given(rule: ComparedRule, own: Figure, other: Figure, points: Fraction) -> frozenset[Fraction]:
    """The scores of the branches that hold, of two on whose common bound a figure lies both."""
    gap = own.value - other.value
    way = (gap > 0) - (gap < 0)
    found: set[Fraction] = set()
    for branch in rule.branches:
        if way not in branch.ways:
            continue
        size = _size(branch, own, other)
        if size is None:
            return frozenset()
        holds = _holds(branch, size)
        if holds is False:
            continue
        found |= _of_branch(rule, branch, size, points)
        if holds:
            break
    if not found and rule.rest is not None:
        found = {rule.rest}
    if not found and len(rule.branches) == 1:
        found = {_BELOW}  # how much is not told, but not all
    return frozenset(found)


_BELOW = Fraction(0)


def _size(branch: Branch, own: Figure, other: Figure) -> Fraction | None:
    """By how much two figures differ, in the unit of a branch."""
    gap = abs(own.value - other.value)
    if branch.unit == "":
        return gap
    if branch.unit == "个百分点" or (branch.unit == "%" and own.unit == "%"):
        if own.unit == "%":
            return gap
        return gap / other.value * 100 if other.value else None
    if branch.unit == "%":
        return gap / other.value * 100 if other.value else None
    return gap if branch.unit == own.unit else None


def _holds(branch: Branch, size: Fraction) -> bool | None:
    above = True if branch.low is None else branch.with_low if size == branch.low else size > branch.low
    below = True if branch.high is None else branch.with_high if size == branch.high else size < branch.high
    return False if False in (above, below) else None if None in (above, below) else True


def _of_branch(rule: ComparedRule, branch: Branch, size: Fraction, points: Fraction) -> set[Fraction]:
    if branch.step is None:
        return {branch.score} if branch.score is not None else set()
    exact = size / branch.step.size
    down = Fraction(exact.numerator // exact.denominator)
    counts = {"舍": {down}, "按": {exact}, "进": {down + (exact > down)}}.get(
        rule.whole, {down, exact, down + (exact > down)}
    )
    counts = {down} if branch.step.filled and not rule.whole else counts
    lost = {branch.step.cut * count for count in counts}
    lost = {min(each, rule.cap) for each in lost} if rule.cap is not None else lost
    return {max(points - each, Fraction(0)) for each in lost}
