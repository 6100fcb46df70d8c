"""A rule as its clauses: bands, deductions with their limits, what is given for a condition in words. One that is not understood makes it none."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.rescoring.clauses.words import GIVES, MEASURE, NUMBER, SCORE, TAKES, WORTH
from hengji.auditing.rescoring.exact.ranges import RANGE, Range, range_of
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit


@dataclass(frozen=True, slots=True)
class Band:
    """What a range of figures gives."""

    range: Range
    score: Fraction
    subject: str
    gap: bool = False  # it tells by how much a figure misses its aim: 「低5个百分点以内」


@dataclass(slots=True)
class Off:
    """So many points off for every ``size`` units of something; ``way`` is -1 below a bound, 1 above it, 0 where no side is told."""

    size: Fraction
    unit: str
    cut: Fraction
    way: int
    late: bool
    bound: Range | None
    about: str
    whole: bool  # only full steps count
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a condition in words gives: 「全部按期完成的得6分」."""

    condition: str
    score: Fraction


@dataclass(slots=True)
class Rule:
    """All clauses of a rule, the words of each and where they stand."""

    bands: list[Band] = field(default_factory=list)
    offs: list[Off] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    rest: Fraction | None = None
    aim: Range | None = None
    step: str = ""  # what is done with part of a step: 舍, 进, 按, 圆
    most: Fraction | None = None  # that may be lost
    least: Fraction = Fraction(0)
    spared: list[tuple[str, Fraction]] = field(default_factory=list)  # what costs only a share of the points, or none
    once: bool = False  # what is found twice counts once
    each: int = 0  # of so many things of which each is scored by itself
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def whole_words(self) -> str:
        """The words of the rule as a message quotes them."""
        return ",".join(self.words)


_LATE = r"晚|迟|推迟|延迟|逾期|超期|超时|滞后|延期|拖延|延后|推后|延误"
_LOW = r"低于?|少(?:于|建|完成)?|降低|下降|降|慢|欠|不足|差(?!错|评|旅)|缺口|减少|小于?|短"
_HIGH = r"高于?|高出|超(?:出|过|支|编|额|标)?(?!期|时)|突破|多(?:于|出)?|增加|增长?|大于?|上升|上涨|涨"
_OFF_EITHER = r"偏离|相差|偏差|高于或低于|低于或高于|浮动"
_JOIN = r"(?:的|时|者|部分)*,?(?:一律|就|则|均|即|各|分别|都|要|将|应|须|再|另|加|累计|按)*"
_CUT = rf"{TAKES}(?:该项|本项)?(?:(?P<worth>{WORTH}的?)(?P<share>{NUMBER})%|(?P<cut>{NUMBER})(?:分|(?=[,;。|()\"]|$)))(?:累计|计算|计)?"
_EVERY = pattern(
    rf"(?:(?:[\u4e00-\u9fff\"]{{0,12}}?){RANGE}(?!(?<=\d)[\d.]|分)(?:的|时|部分|者)*,?(?:按|则|以|其)*)?"
    rf"(?P<lead>(?:(?!满分|[不得扣计减给]\d|不扣|给[满足])[^,;。|:()\d]){{0,18}}?),?(?:每|逐)(?![年月季日](?!度?[晚迟延逾]))(?P<verb>[^,;。|\d一满]{{0,10}}?)(?P<filled>满)?(?P<size>一|{NUMBER})?(?P<unit>{MEASURE})"
    rf"(?P<what>[^,;。|\d()]{{0,12}}?)(?:\([^()\d]{{0,20}}\))?{_JOIN}{_CUT}(?=[,;。、|()\"]|赋分|计分|打分|评分|$)"
)
# 「每低于95%1个百分点扣0.5分」
_EVERY_FROM = pattern(
    rf"(?P<lead>[^,;。|:()\d]{{0,12}}?)每(?P<verb>(?:低于|高于|超过|少于|超出|不足))(?P<bn>{NUMBER})(?P<bu>{MEASURE})(?:的)?,?(?P<size>一|{NUMBER})(?P<unit>{MEASURE})(?P<what>){_JOIN}{_CUT}(?=[,;。、|()\"]|赋分|计分|打分|评分|$)"
)
# 「高出10度扣1分」, 「低0.5个百分点扣1分」: the verb says that it is for every so much.
_BEYOND = pattern(
    rf"(?P<lead>[^,;。|:()\d]{{0,14}}?)(?P<verb>{_LOW}|{_HIGH}|{_LATE}|{_OFF_EITHER})(?:了|目标值?|标准)?(?P<size>一|{NUMBER})(?P<unit>{MEASURE})(?P<what>[^,;。|\d()]{{0,6}}?){_JOIN}{_CUT}(?=[,;。、|()\"]|赋分|计分|打分|评分|$)"
)
# 「超期1件减1分」, 「一个问题扣2分」, 「逾期扣0.5分/天」
_ONE = pattern(
    rf"(?P<lead>[^,;。|:()\d]{{0,20}}?)(?:的?,)?(?:有|出现|发生|存在|发现)?(?P<size>一|1)(?P<unit>{MEASURE})(?P<what>[^,;。|\d()]{{0,10}}?){_JOIN}{_CUT}(?=[,;。、|()\"]|赋分|计分|打分|评分|$)"
)
_PER = pattern(
    rf"(?P<lead>[^,;。|:()\d]{{1,14}}?){_JOIN}{TAKES}(?P<cut>{NUMBER})分/(?:每)?(?P<size>{NUMBER})?(?P<unit>{MEASURE})(?P<what>)(?=[,;。、|()\"]|赋分|计分|打分|评分|$)"
)
# 「迟报一次0.5分」 of a rule that takes points off
_BARE = pattern(
    rf"(?P<lead>[^,;。|:()\d]{{1,14}}?)(?P<size>一|1)(?P<unit>{MEASURE})(?P<what>)(?P<cut>{NUMBER})分(?=[,;。|()][^得给计]*扣)"
)
_BAND = pattern(
    rf"(?P<subject>[\u4e00-\u9fff\"、]{{0,16}}?){RANGE}(?!(?<=\d)[\d.]|分)(?P<behind>[\u4e00-\u9fff]{{0,6}}?){SCORE}"
)
_REST = pattern(
    rf"(?:其余|其他|其它|否则|反之|除此(?:以|之)外|(?:再|更)(?:往?[上下]|高|低|多|少|差|大|小|晚|迟)|以[上下](?=[\d不得计给为])|余下|剩余|此外|(?:未达到?|达不到|不达标|未达标|未完成|低于|超过|超出|突破)(?:目标|标准|要求|上述|该|此)*(?:值|线|比例|数|标准)?(?=[的者]))(?:的|者|情况|情形|档次?|均|一律)*,?{SCORE}"
)
_GIVEN = pattern(
    rf"(?P<condition>(?:(?![每](?![月季年])|{GIVES}\d)(?:[^,;。|:\d×÷=*]|\d{{1,2}}(?=[月日号]))){{2,26}}?)(?P<mark>(?:的|时|者)?,)?{SCORE}"
)
_AIM = pattern(
    rf"[\u4e00-\u9fff]{{0,8}}?(?:目标|指标|基准|标准|控制|任务)(?:值|数)?(?:为|是|:|\()?{RANGE}\)?(?:相比|为基准)?(?=[,;。|]|$)"
)
# 「成活率95%为基准」, 「从97%起扣」
_AIM_BEHIND = pattern(
    rf"[\u4e00-\u9fff]{{0,8}}?(?:以|从|自)?{RANGE}(?:为|作为?)?(?:基准|标准|目标值?|底线|起点|(?:起|开始)扣分?)(?=[,;。|)]|$)"
)
_DROPPED = pattern(
    rf"(?:[\u4e00-\u9fff]{{0,3}}?)(?:不足|不满|未满|不到|不够|小于|未达)(?:一|{NUMBER})?(?:{MEASURE}|[\u4e00-\u9fff]{{1,2}})?(?:的|部分)*,?(?:部分|均|也|都|可)*(?:不予?[扣计减作](?:分|算|扣分)?|免(?:予)?扣(?:分)?|舍去|忽略(?:不计)?|略去|免计)|(?:[\u4e00-\u9fff]{{0,3}})(?:零头|尾数|余数|小数)[\u4e00-\u9fff]{{0,3}}(?:不计|不扣|舍去|舍|忽略不计|抹去)|(?:只|仅)(?:按|计)整(?:数|档)[\u4e00-\u9fff]{{0,3}}"
)
_RAISED = pattern(
    rf"(?:[\u4e00-\u9fff]{{0,3}}?)(?:不足|不满|未满|不到|不够|小于)(?:一|{NUMBER})?(?:{MEASURE}|[\u4e00-\u9fff]{{1,2}})?(?:的|部分|时)*,?(?:部分|均|也|都)*(?:按|以|算|作|当作|视同|计为)(?:一|{NUMBER})?(?:{MEASURE}|[\u4e00-\u9fff]{{1,2}})(?:计算?|扣减?|减|算|计扣)?分?"
)
_ROUNDED = pattern(r"(?:尾数|零头|不足部分|余数|不足[^,;。|]{0,6})?(?:按)?四舍五入(?:计算?)?")
_EXACT = pattern(
    r"(?:有)?小数的?按小数[计算扣]?|(?:按|以)(?:实际|比例)(?:百分[比点]|天数|比例|数)?(?:折)?[计扣算](?:算|分)?|(?:不足|不满|未满|不到|零头)[^,;。]{0,12}按(?:其|相应|实际|同等)?比例[^,;。]{0,6}"
)
_MOST = pattern(
    rf"(?:[\u4e00-\u9fff]{{0,4}}?)(?:此项|本项|该项|单项|全年|累计|合计|共计?|总计|总共|但|最终|扣分|,)*(?:最多|最高|至多|最大|顶多)(?:可|只|不超过)*{TAKES}(?:不超过)?(?P<n>{NUMBER})分(?:为止)?"
    rf"|(?:此项|本项|该项|累计|合计|共计?|总计|但|最高|最多)*(?:扣分|{TAKES}分?)(?:总数|总额|总分|合计|累计|上限|数|值)*(?:以|上限为?|不超过|为|至多|限)*(?P<m>{NUMBER})分(?:为限|为上限|封顶|止|为止)"
    rf"|(?:累计|合计|共计?|总计|最高|最多|总)?(?:扣分|扣减|{TAKES})(?:总数|总额|总分|合计|累计|上限|数|值)*(?:不超过|上限为?|不得超过|至多|限于)(?P<o>{NUMBER})分(?:为限)?"
    rf"|以(?:扣)?(?P<p>{NUMBER})分(?:为限|封顶|为上限)|{TAKES}满(?P<q>{NUMBER})分(?:为止|止)?"
)
_LEAST = pattern(
    rf"(?:最低|至少|最少|保底|下限)(?:可|应)?(?:得|计|给|为|保留)?(?P<n>{NUMBER})分|(?:扣|减)(?:至|到)(?P<m>[1-9]\d*(?:\.\d+)?)分(?:为?止)|(?:得分)?不低于(?P<o>{NUMBER})分(?=[,;。|]|$)"
)
_ONCE = pattern(
    r"(?:同一|同类|重复|多次|屡次)[^,;。|\d]{0,16}(?:(?:只|仅|不|按)[^,;。|\d]{0,6}(?:一次|1次|重复扣分?|累加|累计|计|扣)|算一次|不重复[^,;。|]{0,4})|不重复扣分?"
)
# 「主动纠正的减半」, 「不可抗力造成的不扣分」
_SPARED = pattern(
    rf"(?P<what>(?:(?!不足|不满|未满|不到)[^,;。|:\d每]){{2,20}}?)(?:的|者)?,?(?:可|应|则|均|就)*(?:(?P<half>减半|折半)(?:扣分|扣减|计算|计扣|扣)?|(?:不予?|免(?:予|于)?)扣(?:减)?分?|剔除|除外|不算(?:在内|数)?|不(?:予)?(?:计算|计入|计|作)(?:扣分|[\u4e00-\u9fff]{2, 4})?)(?=[,;。|()]|$)"
)
_EACH = pattern(
    rf"分?(?P<k>[二两三四五六2-6])(?:个|类|项|部分|方面|段|种|期)?(?:[\u4e00-\u9fff]{{0,4}}),?(?:每[\u4e00-\u9fff]|各)(?:占|得|计|为)?(?P<n>{NUMBER})分(?=[,;。:|()]|$)"
)
_ALIKE = pattern(
    rf"(?P<names>[\u4e00-\u9fff]{{2,10}}(?:[、和及][\u4e00-\u9fff]{{2,10}})+?)[\u4e00-\u9fff]{{0,6}}?(?:各|每[项个]?)(?:占|得|计|为)?(?P<n>{NUMBER})分(?=[,;。|()]|$)"
)
_NOTE = pattern(
    r"(?:直至|直到)?(?:扣|减)(?:完|光)(?:本项|该项|分值|为止|的|分)*(?:为?止)?|(?:直至|直到)?(?:扣|减)(?:至|到)(?:0|零)分?(?:为?止)?|(?:以)?满分(?:为限|封顶|为止)|最[高多]不?(?:得|计)?(?:超过)?(?:满分|\d{1,3}分)(?=[,;。|]|$)"
    r"|(?:反向|正向|逆向|负向|区间|定量|约束性)(?:性)?(?:考核)?指标|分档(?:计分|得分|评分)?|(?:评分|计分|得分|打分|扣分|考核|评价)(?:标准|办法|规则|细则|方法|依据|要点|说明|口径)(?:为|是|规定)?|(?:规则|标准|细则|办法|要点|口径)(?:为|是|规定)?"
    r"|得?分?(?:保留)?(?:两|一|二|1|2)位小数|保留(?:两|一|二|1|2)位小数|扣分制|不设中间(?:分|档|档次)?|从\d{1,3}分[里中]?(?:往下|开始|起)?扣(?:减)?|该项|本项|其中|(?:超过|低于|突破|高于|超出|未达到?|达不到|不足|不达标|超支)(?:的|部分|者)+(?=[,;])|但|且|\"|为"
)
_MARKS = pattern(r"(?:[,;。、:|\")【】\]\s]|[\[(](?!\d+(?:\.\d+)?%?,\d))+")
_CLAUSE = pattern(r"[^,;。|:()]+")
# What a clause that was not read may not hold: then more decides than what was read.
_RULE_LIKE = pattern(
    rf"每[^,;。]{{0,16}}\d[^,;。]{{0,10}}[扣减得加计]\d|满分|(?<!自评)(?<!实)[得计给记]\d[\d.]*分|\d分(?!钟?\d+秒)|不[得计扣]分?|按[^,;。]{{0,14}}(?:比例|完成率|折)|系数|酌|免|剔除|除外|封顶|最[多高低少]|至多|视(?:同|为|情)|{TAKES}(?!除)[^,;。]{{0,6}}\d|为止|[×÷*].*分|起评|基础分|折半|减半|加倍|不超过?\d+分"
)


_SURELY_RULE = pattern(rf"每[^,;。]{{0,16}}{TAKES}\d|酌|系数|折半|减半|加倍|起评|基础分")


@dataclass(frozen=True, slots=True)
class _Part:
    rule: Rule
    match: re.Match[str]
    points: Fraction


@lru_cache(maxsize=512)
def rule_in(text: str, points: Fraction, own: tuple[int, int]) -> Rule | None:
    """The rule that a text tells (see ``in_digits``), of which ``own`` is nothing else; None where a clause of it is not understood."""
    rule, at = Rule(), 0
    while at < len(text):
        marks = _MARKS.match(text, at)
        if marks is not None:
            at = marks.end()
            continue
        end = _clause(rule, text, at, points, alone=own[0] <= at < own[1])
        if end is None:
            clause = _CLAUSE.match(text, at)
            if clause is None:
                return None
            end = own[0] if at < own[0] < clause.end() else clause.end()
            apart = own[1] and not own[0] <= at < own[1]
            if (_SURELY_RULE if apart else _RULE_LIKE).search(text, at, end):
                return None
        at = end
    rule.offs = _once_told(rule.offs)
    told = rule.bands or rule.offs or rule.given
    return rule if told and _OPEN.search(rule.whole_words) is None else None


_OPEN = pattern(r"酌|视情|从严|系数")


def _once_told(offs: list[Off]) -> list[Off]:
    """Deductions without those that only tell what one of them comes to: 「每低1个百分点扣0.2分,低7个百分点扣1.4分」."""
    kept: list[Off] = []
    for off in offs:
        same = (o for o in kept if (o.unit, o.late) == (off.unit, off.late) and o.size != off.size)
        if not any(o.cut / o.size == off.cut / off.size for o in same):
            kept.append(off)
    return kept


def _clause(rule: Rule, text: str, at: int, points: Fraction, *, alone: bool) -> int | None:
    """Reads the clause that begins at a place into the rule, and gives where it ends; None where it is none of a rule."""
    for form, read in _FORMS:
        match = form.match(text, at)
        if match is not None and read is _given and not alone and not _is_condition(rule, match):
            continue  # facts that earn a score are told alike
        if match is None or match.end() == at or not read(_Part(rule, match, points)):
            continue
        if read is not _note:
            rule.words.append(match[0].strip(","))
        if match[0] not in ("其中", "为"):
            rule.spans.append(match.span())
        return match.end()
    return None


def _is_condition(rule: Rule, match: re.Match[str]) -> bool:
    return bool(rule.words) or match.string[match.end("condition")] in "的时者"


def _score(match: re.Match[str], points: Fraction) -> Fraction:
    share = match["part"] or match["of"]
    if share is not None:
        return points * Fraction(share) / 100
    if (told := match["v"] or match["w"]) is not None:
        return Fraction(told)
    if match["off"] is not None:
        return points - Fraction(match["off"])
    if match["half"] is not None:
        return points / 2
    return Fraction(0) if match["no"] is not None else points


def _band(found: _Part) -> bool:
    told = range_of(found.match)
    if told is None:
        return False
    if told.low == told.high not in (0, 100) and found.match["full"] is not None and "," not in found.match[0]:
        found.rule.aim = told  # 「完好率98%为满分」
        return True
    if told.low == told.high and (told.low not in (0, 100) or "," in found.match[0]):
        return False  # a figure that was reached, and its score
    if _TOLD.search(found.match["subject"]) and "," in found.match[0]:
        return False
    if _TO_AIM.search(found.match["subject"]) or _AND.search(f"{found.match['subject']}{found.match['behind']}"):
        return False
    gap = (
        "百分点" in (found.match["xu"] or "")
        and _GAP.search(f"{found.match['subject']}{found.match['xop'] or ''}") is not None
    )
    found.rule.bands.append(Band(told, _score(found.match, found.points), found.match["subject"], gap))
    return True


_TO_AIM = pattern(r"(?:超过?|高于|低于|比)(?:年度)?(?:目标|计划|预算|任务)[值数]?$")
_AND = pattern(r"且|并|同时|或者")
_GAP = pattern(r"(?:低|差|少|相差|偏离|高出?|超出?)$|相差|偏离|偏差")
_TOLD = pattern(r"实际|全年|共|已|累计|经")


def _off(found: _Part) -> bool:
    groups = found.match.groupdict()
    unit = "%" if "百分点" in groups["unit"] or groups["unit"] == "%" else canonical_unit(groups["unit"])
    size = Fraction(1) if groups["size"] in (None, "一") else Fraction(groups["size"])
    if not size:
        return False
    bound = _bound_of(groups, found.match)
    ahead = found.match[0].partition("每")[0]
    if bound is not None and bound.low == bound.high and "," in ahead:
        return False  # 「完成率90.00%,每低5个百分点扣1分」: a fact before the rule
    if (
        "系数" in found.match[0]
        or _WITHIN.search(groups["what"] or "")
        or ("," in found.match[0] and "每" not in found.match[0] and not _IF_SO.search(found.match[0]))
    ):
        return False  # 「低0.87个百分点,扣0.5分」 tells what came of it
    own = groups.get("verb") or ""
    about = f"{groups['lead'] or ''}{own}{groups['what'] or ''}"
    late = unit in _TIMES and _IS_LATE.search(about) is not None
    way = _way(own) or _way(f"{groups['lead'] or ''}") or _way(groups["what"] or "")
    if bound is not None and not way:
        way = -1 if bound.low is None else 1 if bound.high is None else 0
    share = groups.get("share")
    cut = found.points * Fraction(share) / 100 if share is not None else Fraction(groups["cut"] or 0)
    found.rule.offs.append(
        Off(size, unit, cut, 0 if late else way, late, bound, about, groups.get("filled") is not None)
    )
    return True


_FROM_NOUGHT = pattern(r"以内(?:的)?$|或[高低]于")
_WITHIN = pattern(r"以[内上下]|之[内间]")
_IF_SO = pattern(r"[的时者],")


def _bound_of(groups: dict[str, str | None], match: re.Match[str]) -> Range | None:
    if groups.get("bn") is not None:
        low = _way(groups["verb"] or "") < 0
        number, unit = (
            Fraction(groups["bn"] or 0),
            "%" if "%" in (groups["bu"] or "") else canonical_unit(groups["bu"] or ""),
        )
        return Range(None, number, None, False, unit) if low else Range(number, None, False, None, unit)
    if not (groups.get("xn") or groups.get("bl") or groups.get("cl")):
        return None
    return range_of(match)


_TIMES = ("天", "日", "工作日", "个工作日", "周", "星期", "旬", "个月", "月", "季度", "个季度", "年", "小时", "分钟")
_IS_LATE = pattern(_LATE)
_IS_LOW, _IS_HIGH, _IS_OFF = pattern(_LOW), pattern(_HIGH), pattern(_OFF_EITHER)


def _way(words: str) -> int:
    if not words or _IS_OFF.search(words):
        return 0
    low, high = _IS_LOW.search(words) is not None, _IS_HIGH.search(words) is not None
    return 0 if low == high else 1 if high else -1


def _rest(found: _Part) -> bool:
    found.rule.rest = _score(found.match, found.points)
    return True


def _given(found: _Part) -> bool:
    condition = found.match["condition"]
    if found.match["mark"] == "," and not _IF.search(condition):
        return False  # a fact, and the score
    if _SCORED.search(condition):
        return False
    found.rule.given.append(Given(condition, _score(found.match, found.points)))
    return True


_IF = pattern(r"的$|时$|者$|^(?:若|如|凡)|^全部|^未|^无|^有|达到|完成|不|否")
_SCORED = pattern(
    r"自评|本项|该项|此项|^故|因此|所以|合计|实得|共(?:扣|得)?$|^应?$|规则|标准得分|最[高多低]|至多|累计$"
)


def _aim(found: _Part) -> bool:
    if found.match["xu"] is None and found.match["bl"] is None:
        return False  # 「目标7」
    found.rule.aim = range_of(found.match)
    return found.rule.aim is not None


def _part(letter: str) -> "_Reader":
    def read(found: _Part) -> bool:
        if found.rule.step not in ("", letter):
            return False
        found.rule.step = letter
        return True

    return read


def _most(found: _Part) -> bool:
    told = next(Fraction(found.match[name]) for name in "nmopq" if found.match[name] is not None)
    if found.rule.offs and _OF_ALL.match(found.match[0]) is None and len(found.rule.offs) > 1:
        found.rule.offs[-1].most = told
    else:
        found.rule.most = told
    return True


_OF_ALL = pattern(r",?(?:但)?(?:此项|本项|该项|累计|合计|共|总)")


def _least(found: _Part) -> bool:
    found.rule.least = next(Fraction(found.match[name]) for name in "nmo" if found.match[name] is not None)
    return True


def _once(found: _Part) -> bool:
    found.rule.once = True
    return True


def _spared(found: _Part) -> bool:
    if not found.rule.offs:
        return False
    found.rule.spared.append((found.match["what"], Fraction(1, 2) if found.match["half"] else Fraction(0)))
    return True


def _alike_parts(found: _Part) -> bool:
    """「依据充分、符合实际、量化各2分」: as many as the points hold."""
    score = Fraction(found.match["n"])
    count = found.points / score if score else Fraction(0)
    if count.denominator != 1 or not 1 < count <= _MOST_PARTS:
        return False
    found.rule.given += [Given(found.match["names"], score)] * int(count)
    return True


_MOST_PARTS = 8


def _each(found: _Part) -> bool:
    count = (
        "二三四五六".find(found.match["k"]) + 2
        if found.match["k"] in "二三四五六"
        else 2
        if found.match["k"] == "两"
        else int(found.match["k"])
    )
    if Fraction(found.match["n"]) * count != found.points:
        return False
    found.rule.each = count
    return True


def _note(found: _Part) -> bool:
    return bool(found.match[0])


_Reader = Callable[[_Part], bool]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_AIM, _aim),
    (_AIM_BEHIND, _aim),
    (_EACH, _each),
    (_ALIKE, _alike_parts),
    (_ROUNDED, _part("圆")),
    (_EXACT, _part("按")),
    (_DROPPED, _part("舍")),
    (_RAISED, _part("进")),
    (_ONCE, _once),
    (_SPARED, _spared),
    (_EVERY_FROM, _off),
    (_EVERY, _off),
    (_PER, _off),
    (_ONE, _off),
    (_BEYOND, _off),
    (_BARE, _off),
    (_MOST, _most),
    (_LEAST, _least),
    (_REST, _rest),
    (_BAND, _band),
    (_NOTE, _note),
    (_GIVEN, _given),
)
