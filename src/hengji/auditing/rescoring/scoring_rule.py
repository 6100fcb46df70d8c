"""What the words of a scoring rule say, as a value: steps, so much for every unit, a share, all or nothing, and their limits.

The text is without blanks, in one spelling, with one kind of dash. Each part knows where its words stand, so that what else is told
beside a rule can be told from it. What cannot be read is no part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hengji.auditing.rescoring.formulas import FORMULA
from hengji.auditing.rescoring.shares import Share, read_shares
from hengji.auditing.rescoring.sheet import Sheet, clause_before, quoted
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

UNIT = (
    "亿元|万元|公顷|公斤|千克|公里|千米|平方米|延米|立方米|个?节点|个?时点|工作日|个工作日|个月|人次|户次|场次|批次|家次|例次|亩次|分钟|小时|元"
    "|[个件项处次人起天日户家份套台条篇批笔例张座吨节门场名位宗辆栋所村校点米册页块只间段档级卷组幅亩株头本部队班对片盏根口眼棵种艘趟枚]|(?<![逾超延按工到过定如日限长短近前后])期"
)
_N = r"\d{1,4}(?:\.\d+)?"
_B = r"-?(?<![\d.])\d{1,4}(?:\.\d)?(?![\d.])"  # a bound is a round figure; what was reached seldom is
_GIVES = (
    r"[,:(]?(?:的|时|者)?[,:]?(?:本项|该项|本?指标)?(?:可|应|则|均)?"
    r"(?:(?:[按计得给为记赋]|打分)?(?:本项|该项|指标)?(?:(?:分值|满分|权重分?|标准分)的(?P<part>\d{1,3})%|(?P<of>\d{1,3})%的?(?:分值|满分|权重分?|标准分))"
    r"|(?:按|计|得|给|为|记|赋)?(?P<n>(?:满分|全分|权重分|标准分)(?![的×乘x*线])|\d{1,3}(?:\.\d+)?(?=分(?![的×乘x*])))|(?:不扣分?)(?P<keep>)|(?:(?:不得|不计|不给)分)(?P<no>)|(?<!,)扣(?P<off>\d{1,2}(?:\.\d+)?)分|(?=按(?:比例(?:$|[,;。|])|[^,;。|]{1,14}[计得]))(?P<open>))"
)


def _of(words: str) -> re.Pattern[str]:
    return pattern(words.replace("GIVES", _GIVES).replace("UNIT", UNIT).replace("NUM", _N).replace("BOUND", _B))


_U = r"(?P<u>%|UNIT)?"
_RANGE = _of(
    r"(?P<low>BOUND)%?(?P<a>\(含\))?(?:\(不含\))?(?:(?:及)?以上)?(?:(?P<lt><|≤)[^\d,;。|]{0,10}(?P<rt><|≤)|-{1,2}|[至到])(?P<high>BOUND)(?P<u>%)(?P<b>\(含\))?(?:\(不含\))?(?:以[下内]|之间)?GIVES"
)
_LEAST = _of(
    rf"(?:(?:≥|不低于|不少于|不小于|大于等于|大于或等于|(?<![未没不有])达到|(?<![未没不有])达)(?P<low>BOUND){_U}(?:\(含\))?(?:及?以上)?|(?P<from>BOUND){_U.replace('<u>', '<v>')}(?:\(含\))?(?:及)?以上(?:\(含\))?)GIVES"
)
_MOST = _of(
    rf"(?:(?:≤|不超过|不高于|不大于|小于等于|小于或等于|W)(?P<high>BOUND){_U}(?:以[下内])?|(?P<to>BOUND){_U.replace('<u>', '<v>')}(?:\(含\))?(?:及)?以[下内](?:\(含\))?)GIVES"
)
_BELOW = _of(rf"(?:(?<![不未])(?:低于|小于)|不足|未达到?|没有达到|达不到|不达|<)(?P<high>BOUND){_U}GIVES")
_ABOVE = _of(rf"(?:(?<![不未])(?:大于|超过|高于)|>)(?P<low>BOUND){_U}GIVES")
_EQUAL = _of(r"(?:(?<=[;。,:|])|^|=|等于|率|为)=?(?P<low>BOUND)(?P<u>%?)GIVES")
_ELSE = _of(r"(?:其余|其他|否则|以外)(?:的|情况|情形)?[,]?GIVES")
_ON_TARGET = _of(
    r"(?:达到|完成|不低于|高于|满足|实现)(?:或超过)?(?:年度|年初|既定|预期)?(?:目标|指标|计划|任务)(?:值|数|要求)?(?:及?以上)?GIVES"
)
_AT_NODE = pattern(r"(?:未达到?|未完成|低于)[^,;。|]{0,8}该(?P<unit>时点|节点|时间节点)扣(?P<cut>\d+(?:\.\d+)?)分")
_ONLY = pattern(
    r"(?:否则|未全部|没有全部|未能全部|有未|有一[项处次个件]|有任何|只要有|(?<!未)超(?:出|过)?[^,;。|\d]{0,4}预算|未完成|未达标|未达到要求)[^,;。|\d]{0,14}?,?(?:不得分|不计分|[得计]0分|(?<!,)扣(?P<off>\d{1,2}(?:\.\d+)?)分)"
)
_VOID = pattern(
    r"(?:存在|出现|发生|发现|凡有|有)(?P<about>[^,;。|:\d]{2,18}?)(?:的|行为|情形|情况|问题)*,?(?:则|均|实行)?(?:一票否决)?,?(?:本项|该项|此项|本指标|该指标)?(?:均|全部|一律)?(?:不得分|不计分|[得计为]0分|零分)"
)
_EVERY = _of(
    r"每(?P<a>[^,;。|\d每]{0,14}?)(?:(?P<from>\d{2,3}(?:\.\d+)?)%的?(?P<way>[^,;。|\d每一]{0,4}))?(?P<step>[一两二三四五十]|NUM)?(?P<unit>个百分点|百分点|%|UNIT|月)(?P<b>[^,;。|每\d]{0,16}?)(?:\([^()]{0,24}\))?,?(?P<verb>扣减|扣除|扣|减|[得计加](?=\d))(?:除|去)?(?P<share>(?:该项|本项)?(?:分值|满分|权重分?|标准分|总分)的?)?(?P<cut>NUM)(?P<in>分|%)"
)
_ONCE = _of(
    r"(?<![每\d])(?P<a>发现|出现|存在|有|逾期|超期|超时|延期|延迟|推迟|迟|晚|缺少?|漏|少|超|差|低)(?P<c>[\u4e00-\u9fff]{0,8}?)(?:1|一)(?P<unit>个百分点|UNIT)(?!以[内上下]|之内|内|及以)(?P<b>[^,;。|\d]{0,12}?)的?,?扣(?P<cut>NUM)分"
)
_EACH = _of(r"每(?:完成)?(?:一|1)?(?P<unit>UNIT)(?P<cut>NUM)分(?!/)")
_PER = _of(r"按?(?P<verb>扣)(?P<cut>NUM)分/(?P<unit>UNIT)(?:扣分)?|按(?P<cut2>NUM)分/(?P<unit2>UNIT)的?(?:标准)?扣")
_LEAD_BOUND = _of(
    r"(?:低于|不足|未达到?|达不到|超过|超出|高于|小于|大于)(?P<n>NUM)(?P<u>%|UNIT)的?(?:部分)?[,]?(?:每|按每)?$"
)
_AIMED = pattern(
    r"(?:目标值?|标准|要求|基准值?|应达到?|指标值)(?:为|是|:|应)?(?:≥|≤|不低于|不超过|不高于|达到)?(?P<n>\d{1,3}(?:\.\d+)?)%"
    r"|^(?:目标|标准)?[≥:]?(?P<o>\d{2,3}(?:\.\d+)?)%[,;](?=不足|低于|未达|未完成|不达|按比例)"
    r"|(?:以|比|低于|超过)(?P<m>\d{1,3}(?:\.\d+)?)%(?:为|的|作为)(?:基准|目标|标准|要求)"
)
_WHOLE_STEPS = pattern(
    r"不足[\d一两二三四五十.]*(?:个?百分点|%|万元|个?(?:月|工作日)|小时|分钟|人次|公里|个?[\u4e00-\u9fff])?(?:部分)?的?,?不(?:扣|计|予?计算)分?"
)
_PART_COUNTS = pattern(
    r"不足[\d一两二三四五十.]*(?:个?百分点|%|万元|个?(?:月|工作日)|小时|分钟|人次|公里|个?[件天次])?(?:部分)?的?,?(?:均|也|都)?(?:按|以|算)(?!比例)[\d一]*(?:个?百分点|%|万元|个?(?:月|工作日)|小时|分钟|人次|公里|个)?(?:计算?|扣分)?"
)
_IN_PROPORTION = pattern(
    r"不足[\d一两二三四五十.]*(?:个?百分点|%|亿元|万元|个|[\u4e00-\u9fff]{1,2})?的?(?:部分)?,?(?:均|也)?按(?:相应)?比例"
)
_CAP = pattern(
    r"(?:最多|最高|至多)(?:可|不超过)?扣(?:减)?(?:不超过)?(?P<n>NUM)分|扣分(?:不超过|上限为?)(?P<m>NUM)分".replace(
        "NUM", _N
    )
)
_DOWN = pattern(r"低|少|降|差|减|欠|未达|未完成|不足|落后|缺")
_UP = pattern(r"超|高|增|多|上升|大于")
_BOTH = pattern(r"偏离|相差|高于或低于|低于或高于")
_FULL_WORDS = ("满分", "全分", "权重分", "标准分")


@dataclass(frozen=True, slots=True)
class Step:
    """A range of what was reached and its score: None where it is said to be worked out in another way."""

    low: Fraction | None
    high: Fraction | None
    with_low: bool
    with_high: bool
    unit: str
    score: Fraction | None

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in the range."""
        above = self.low is None or value > self.low or (self.with_low and value == self.low)
        below = self.high is None or value < self.high or (self.with_high and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Every:
    """So many points off (or, with ``earns``, on) for every ``size`` units; ``about`` are the words that say of what."""

    size: Fraction
    unit: str
    cut: Fraction
    earns: bool
    down: bool
    up: bool
    bound: Fraction | None
    about: str
    words: str
    at: int

    @property
    def of_rates(self) -> bool:
        """Whether what is counted are per cents of a rate."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """The parts of a rule, its limits, and where in its text they stand."""

    text: str
    steps: tuple[Step, ...]
    every: tuple[Every, ...]
    shares: tuple[Share, ...]
    on_target: bool  # full marks for what was aimed at
    only: Fraction | None  # all or nothing: the score for less than all
    void: str  # nothing at all for this: 「存在无预算采购的，本项不得分」
    formula: str  # of one rate, which an arithmetic of its own reads
    over: bool  # … and nothing for more than the budget, not for less
    cap: Fraction | None
    whole_steps: bool
    part_counts: bool
    in_proportion: bool  # part of a step counts for its part
    aim: Fraction | None
    spans: tuple[Span, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.every or self.shares or self.void or self.formula or self.only is not None)

    @property
    def words(self) -> str:
        """The words of the rule from its first part to its last, as a message quotes them."""
        return quoted(self.text, self.spans[0].start, self.spans[-1].end) if self.spans else ""

    @property
    def subject(self) -> str:
        """The rule's words with the clause that opens it: of which rate it speaks."""
        return f"{clause_before(self.text, self.spans[0].start)}{self.words}" if self.spans else ""


def may_be_rule(text: str) -> bool:
    """A cheap test: whether a text can hold a rule at all."""
    return _HINT.search(text) is not None


# Each of these begins with a character of its own, which is searched for much faster.
_HINT = pattern(
    r"每|时点|节点|占比|比重|1(?<!\d.)[^。;]{1,14}扣|一(?<!\d.)[^。;]{1,14}扣|%(?:\(含\))?的?[,]?[得计]?\d{1,2}(?:\.\d)?分|超预算|不足[^。]{0,8}扣|低于[^。]{0,8}扣|满分|不得分|不计分|×|÷|\*|/|乘|比例|按[^。]{0,8}率|之比|以[上下内]|≥|≤"
)


@lru_cache(maxsize=256)  # several checks read the rule of every leaf
def read_rule(text: str, points: Fraction) -> ScoringRule:
    """The rule that a text (see ``compact``) gives for a leaf of so many points."""
    sheet = Sheet(text if may_be_rule(text) else "")
    formula = sheet.take(FORMULA, ("率-", "度-"), most=1)
    every = tuple(_counted(sheet, points))
    target = sheet.take(_ON_TARGET, "目指计任")
    caps = sheet.take(_CAP, "最至上超", most=1)
    whole, parts = sheet.take(_WHOLE_STEPS, "足", most=1), sheet.take(_PART_COUNTS, "足", most=1)
    steps = tuple(_steps(sheet, points)) if "分" in sheet.rest else ()
    only = sheet.take(_ONLY, "不扣0")
    void = sheet.take(_VOID, "不0零", most=1)
    shares = tuple(read_shares(sheet, points))
    aim = _AIMED.search(sheet.text)
    divided = next((share.aim for share in shares if share.aim is not None), None)
    return ScoringRule(
        text=text,
        steps=steps,
        every=every,
        shares=shares,
        on_target=any(_score(match, points) == points for match in target),
        only=points - Fraction(only[0]["off"] or points) if only else None,
        void=void[0]["about"] if void else "",
        formula=formula[0][0] if formula else "",
        over=any("超" in match[0] for match in only),
        cap=Fraction(caps[0]["n"] or caps[0]["m"]) if caps else None,
        whole_steps=bool(whole),
        part_counts=bool(parts) and not whole,
        in_proportion=bool(every) and _IN_PROPORTION.search(text) is not None,
        aim=Fraction(aim["n"] or aim["o"] or aim["m"]) if aim is not None else divided,
        spans=tuple(sorted(sheet.spans)),
    )


def _counted(sheet: Sheet, points: Fraction) -> Iterator[Every]:
    """What a rule takes off or gives for every one of something."""
    every = sheet.take(_EVERY, "每")
    for match in every:
        lead = _LEAD_BOUND.search(sheet.text[: match.start()])
        if lead is not None and lead["u"] not in (None, "%", match["unit"]):
            lead = None  # 「公开时间不足30天，每发现一项」 tells a fault
        if lead is not None:
            sheet.spans.append(Span(lead.start(), match.start()))
        yield _every(sheet.text, match, lead, points)
    yield from (_per(match) for match in sheet.take(_PER, "/"))
    yield from (_once(match) for match in sheet.take(_ONCE, "扣") if not every)
    yield from (_each(match) for match in sheet.take(_EACH, "每") if not every)
    yield from (_at_node(match) for match in sheet.take(_AT_NODE, "点"))


_SPELT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}  # 「每闲置两处扣1分」


def _every(text: str, match: re.Match[str], lead: re.Match[str] | None, points: Fraction) -> Every:
    before = clause_before(text, match.start())
    if not before and text[max(0, match.start() - 2) : match.start()] in ("的,", "%,"):
        before = clause_before(text, match.start() - 1)  # 「账实不符的，每件扣1分」
    about = f"{before}{match['a']}{match['way'] or ''}{match['b']}"
    told = match["from"] or (lead["n"] if lead is not None else None)
    unit = "%" if match["unit"] in ("个百分点", "百分点", "%") else "个月" if match["unit"] == "月" else match["unit"]
    lead = lead if lead is not None and (lead["u"] == unit or unit != "%") else None
    cut = Fraction(match["cut"]) * (points / 100 if match["in"] == "%" else 1)
    both = _BOTH.search(about) is not None
    return Every(
        Fraction(_SPELT.get(match["step"] or "一") or match["step"]) or Fraction(1),
        unit,
        cut,
        match["verb"] in ("得", "计", "加"),
        both or _DOWN.search(about) is not None,
        both or _UP.search(about) is not None,
        Fraction(told) if told else None,
        about,
        quoted(text, *match.span()),
        match.start(),
    )


def _per(match: re.Match[str]) -> Every:
    cut, unit = match["cut"] or match["cut2"], match["unit"] or match["unit2"]
    return Every(Fraction(1), unit, Fraction(cut), False, False, False, None, "", match[0], match.start())


def _once(match: re.Match[str]) -> Every:
    about, unit = f"{match['a']}{match['c']}{match['b']}", "%" if match["unit"] == "个百分点" else match["unit"]
    down, up = _DOWN.search(about) is not None, _UP.search(about) is not None
    return Every(Fraction(1), unit, Fraction(match["cut"]), False, down, up, None, about, match[0], match.start())


def _each(match: re.Match[str]) -> Every:
    return Every(
        Fraction(1), match["unit"], Fraction(match["cut"]), True, False, False, None, "", match[0], match.start()
    )


def _at_node(match: re.Match[str]) -> Every:
    cut = Fraction(match["cut"])
    return Every(Fraction(1), match["unit"], cut, False, True, False, None, "", match[0], match.start())


def _score(match: re.Match[str], points: Fraction) -> Fraction | None:
    part, told = match["part"] or match["of"], match["n"]
    if part is not None:
        return points * Fraction(part) / 100
    if told is not None:
        return points if told in _FULL_WORDS else Fraction(told)
    if match["off"] is not None:
        return points - Fraction(match["off"])
    return Fraction(0) if match["no"] is not None else points if match["keep"] is not None else None


def _steps(sheet: Sheet, points: Fraction) -> list[Step]:
    """The steps of a rule in the order in which they are tried."""
    found = [make(match, _score(match, points)) for form, make, marks in _STEPS for match in sheet.take(form, marks)]
    if found:
        rest = sheet.take(_ELSE)
        found += [Step(None, None, False, False, found[0].unit, _score(match, points)) for match in rest]
    return found


def _between(match: re.Match[str], score: Fraction | None) -> Step:
    low, high = Fraction(match["low"]), Fraction(match["high"])
    if match["lt"]:
        return Step(low, high, match["lt"] == "≤", match["rt"] == "≤", "%", score)
    upper = match["b"] is not None
    low, high = min(low, high), max(low, high)
    return Step(low, high, not upper or match["a"] is not None, upper, "%", score)


def _least(match: re.Match[str], score: Fraction | None) -> Step:
    groups = match.groupdict()
    low, unit = groups["low"] or groups["from"], groups["u"] or groups.get("v") or ""
    return Step(Fraction(low), None, match.re.pattern == _LEAST.pattern, False, unit, score)


def _most(match: re.Match[str], score: Fraction | None) -> Step:
    groups = match.groupdict()
    high, unit = groups["high"] or groups["to"], groups["u"] or groups.get("v") or ""
    return Step(None, Fraction(high), False, match.re.pattern == _MOST.pattern, unit, score)


def _exactly(match: re.Match[str], score: Fraction | None) -> Step:
    value = Fraction(match["low"])
    return Step(value, value, True, True, match["u"], score)


# The forms of steps, what they are read as, and characters of which one stands in each.
_STEPS = (
    (_RANGE, _between, "%"),
    (_LEAST, _least, "≥不大达上"),
    (_MOST, _most, "≤不小W下内"),
    (_BELOW, _most, "低小不未<"),
    (_ABOVE, _least, "大超高>"),
    (_EQUAL, _exactly, ""),
)
