"""A scoring rule read whole: its bands, its steps and limits. A rule with one clause that is not understood is none."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from hengji.auditing.rescoring.exact.ranges import NUMBER, RANGE, UNITS, Range, range_of
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit

_WORTH = r"(?:分值|满分|权重分?|标准分|总分)"
_GIVES = (
    r"(?:到达|办结|送达|完工|到位)?(?:的|时|者)*,?(?:该项|本项|此项|本?指标)?(?:可|应|则|均|就|即)?"
    rf"(?:(?:得|计|给|为|记|赋|评|打|按)?(?:(?P<full>满分|全分|权重分|标准分)(?![的×乘*\d])|(?:{_WORTH}的?)(?P<part>\d{{1,3}})%|(?P<of>\d{{1,3}})%的?{_WORTH}|(?P<n>\d{{1,3}}(?:\.\d+)?)分(?![的×乘*/]))"
    rf"|(?P<keep>不(?:予)?扣(?:减)?分?)|(?P<no>不(?:予)?[得计给]分|(?:得|计)?零分)|(?:扣|减)(?:减|除|去)?(?P<off>\d{{1,2}}(?:\.\d+)?)分)"
)
_SUBJECT = r"(?P<subject>[\u4e00-\u9fff\"、]{0,16}?)"
_BAND = pattern(rf"{_SUBJECT}{RANGE}{_GIVES}(?=[,;。、:|)]|$)")
_SHARED = pattern(
    rf"{_SUBJECT}{RANGE}(?:的|时|部分)*,?(?:则|均|就)?按(?:照)?(?:公式)?[:\"]?(?P<formula>[(\d分值满权实完][^,;。\"]{{5,40}}?)\"?(?:计算|计分|得分|计|得|算)?(?:得分)?(?=[,;。|]|$)"
)
_TARGET_MET = pattern(
    rf"(?P<subject>[\u4e00-\u9fff\"]{{0,8}}?)(?P<way>(?<!未)达到|完成|不低于|不少于|≥|不超过?|不高于|不大于|≤)(?:或(?:超过|优于))?(?:年度|年初|既定|预期)?(?:目标|指标|计划|任务|标准)(?:值|数|要求)?{_GIVES}(?=[,;。|]|$)"
)
_REST = pattern(rf"(?:其余|其他|其它|否则|除此(?:以|之)外)(?:的|情况|情形|档次?)*(?:均|一律)?,?{_GIVES}(?=[,;。|]|$)")
_LOW = r"低于?|少(?:于|建|完成)?|降低|下降|降|慢|欠|漏|不足|差|缺(?:少)?|减少|小于?"
_HIGH = r"高于?|高出|超(?:出|过|支|编)?|多(?:于|出)?|增加|增|大于?|上升|上涨|涨"
_OFF = r"偏离|相差|偏差|高于或低于|低于或高于|浮动"
_LATE = r"晚|迟|推迟|延迟|逾期|超期|滞后|延期|拖延|延后|推后|晚于规定"
_EVERY = pattern(
    rf"(?:{_SUBJECT}{RANGE}(?:的|时|部分)*,?(?:按|则)?)?"
    rf"(?P<about>(?:(?!满分|不扣|[得扣计]\d)[^,;。|\d每()]){{0,16}}?)(?:,(?=每))?每(?P<verb>[^,;。|\d一每满]{{0,6}}?)(?P<way>{_LATE}|{_OFF}|{_HIGH}|{_LOW})?(?:目标值?|指标值?|标准值?|规定|基准值?)?(?P<filled>满)?(?P<size>一|{NUMBER})?(?P<unit>{UNITS}|百分点)(?P<what>[^,;。|\d]{{0,8}}?)(?:的)?,?(?:就)?(?:扣|减)(?:减|除|去)?(?P<worth>{_WORTH}的?)?(?P<cut>{NUMBER})(?P<in>分|%)(?:{_WORTH})?(?=[,;。|()]|$)"
)
_AIM = pattern(rf"(?:年度)?(?:目标|指标|基准|标准|控制)(?:值|数)?(?:为|是|:)?{RANGE}(?=[,;。|]|$)")
_DROPPED = pattern(
    rf"(?:不足|不满|未满|不到|小于)(?:一|{NUMBER})?(?:{UNITS}|[\u4e00-\u9fff]{{1,2}})?(?:的|部分)*,?(?:均|也|都)?(?:不予?[扣计减](?:分|算)?|不作扣分|舍去|忽略不计|不予计算)|(?:零头|尾数)[\u4e00-\u9fff]{{0,3}}(?:不计|不扣|舍去|忽略不计)|(?:只|仅)(?:按|计)整(?:数|档)[\u4e00-\u9fff]{{0,3}}"
)
_RAISED = pattern(
    rf"(?:不足|不满|未满|不到|小于)(?:一|{NUMBER})?(?:{UNITS}|[\u4e00-\u9fff]{{1,2}})?(?:的|部分)*,?(?:均|也|都)?(?:按|以|算|作)(?:一|{NUMBER})?(?:{UNITS}|[\u4e00-\u9fff]{{1,2}})(?:计算?|扣减?|减|算)?分?"
)
_EXACTLY = pattern(
    r"(?:按|以)实际(?:百分比|天数|比例|数)[计扣算](?:算|分)?|(?:不足|不满|未满|不到)[^,;。]{0,12}按(?:其|相应|实际|同等)?比例[^,;。]{0,6}"
)
_CAP = pattern(
    rf"(?:此项|本项|该项|累计|合计|共|总计|但|,)*(?:最多|最高|至多)(?:可|不超过)?扣(?:减|除)?(?:不超过)?(?P<cap>{NUMBER})分(?:为止)?|(?:扣分)?(?:以|上限为?|不超过)(?P<cap2>{NUMBER})分(?:为限|为上限|封顶)?(?=[,;。|]|$)"
)
_LEAST = pattern(rf"(?:最低|至少|最少|保底)(?:可|应)?(?:得|计|给)?(?P<least>{NUMBER})分")
_NOTE = pattern(
    r"(?:直至)?扣完(?:本项|该项|分值|为止|的|分)*(?:为止)?|(?:直至|直到)?扣(?:至|到)(?:0|零)分?(?:为止)?|(?:反向|正向|逆向|负向|区间|定量)(?:性)?指标|分档(?:计分|得分|评分)|不适用比例法|(?:评分|计分|得分|打分|扣分|考核|评价)(?:标准|办法|规则|细则|方法|依据)(?:为|是|规定)?|(?:规则|标准|细则|办法)(?:为|是|规定)?|得分?(?:保留)?(?:两|一|二|1|2)位小数|保留(?:两|一|二|1|2)位小数|该项|本项|其中|\"|为"
)
_MARKS = pattern(r"[,;。、:|\"()【】\s]+")
_CLAUSE = pattern(r"[^,;。|:]+")
# What a clause beside a rule may not hold: then more decides than what was read.
RULE_LIKE = pattern(
    r"每[^,;。]{0,16}\d[^,;。]{0,10}[扣减得加计]\d|满分(?!\d)|[得计给]分|不[得计扣]|按[^,。;]{0,14}(?:比例|完成率|折)|\d%?(?:及|或)?以[上下内]|系数|酌|免|剔除|除外|封顶|最[多高低少]|视(?:同|为|情)|扣(?!除)[^,。;]{0,6}\d|为止|[×÷*].*分值|起评|基础分"
)


@dataclass(frozen=True, slots=True)
class Band:
    """What a range gives: a score, or a formula for it."""

    range: Range
    score: Fraction | None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """So many points off for every ``size`` units beyond a bound; ``way`` is -1 below it, 1 above it, 0 either way or not told."""

    size: Fraction
    unit: str
    cut: Fraction
    way: int
    late: bool
    bound: Fraction | None
    about: str
    filled: bool


@dataclass(slots=True)
class PrintedRule:
    """A rule with all its clauses understood, the words of each where they stand, and what its text tells besides."""

    bands: list[Band] = field(default_factory=list)
    steps: list[Steps] = field(default_factory=list)
    rest: Fraction | None = None  # for all other figures
    on_target: Fraction | None = None  # for what was aimed at
    aim: Range | None = None
    whole: str = ""  # what is done with part of a step: 舍, 进, 按; nothing where that is not told
    cap: Fraction | None = None
    least: Fraction = Fraction(0)
    subject: str = ""
    subjects: list[str] = field(default_factory=list)  # of all its bands that name one
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


@lru_cache(maxsize=256)
def printed_rule(text: str, points: Fraction) -> PrintedRule | None:
    """The rule of a text in one spelling (see ``compact``) for a leaf of so many points; None where a clause of it is not understood."""
    rule = PrintedRule()
    at = 0
    while at < len(text):
        marks = _MARKS.match(text, at)
        if marks is not None and text[at] not in "([":
            at = marks.end()
            continue
        end = _element(rule, text, at, points)
        if end is None and text[at] in "()":
            at += 1
            continue
        if end is None:
            clause = _CLAUSE.match(text, at)
            if clause is None:
                return None
            if RULE_LIKE.search(_own_score(clause[0])):
                return None
            end = clause.end()
        at = end
    return rule if (rule.bands or rule.steps) and _sound(rule, points) else None


_SCORED = pattern(
    r"^(?:\d{1,3}(?:\.\d+)?分)?[\]\)】]?(?:故|因此|所以|本项|该项|此项|合计|最终|按标准|对照标准|依规则)*(?:自评|实|应|评)?(?:得分|得|计|评)(?:为|是|:)?\d{1,3}(?:\.\d+)?分?[)\]】]?"
    r"|^(?:〔|【|\(|满分|分值|权重)*\d{1,3}(?:\.\d+)?分(?:〕|】|\))*(?:自评)?(?:得分|得|计|评)?\d{0,3}(?:\.\d+)?分?:?"
    r"|(?:故|因此|共|应|按规定|按标准|此项|本项)*扣(?:了|减|除)?\d{1,2}(?:\.\d+)?分$"
)


def _own_score(clause: str) -> str:
    """A clause without the score of the leaf that it tells."""
    return _SCORED.sub("", clause)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a rule that was found, and the rule that it is read into."""

    rule: PrintedRule
    match: re.Match[str]
    points: Fraction


def _element(rule: PrintedRule, text: str, at: int, points: Fraction) -> int | None:
    """Reads the part of a rule that begins at a place into it, and gives where that ends."""
    for form, read in _ELEMENTS:
        match = form.match(text, at)
        if match is None or match.end() == at or not read(_Part(rule, match, points)):
            continue
        if read is not _note:
            rule.words.append(match[0])
        if match[0] != "其中":
            rule.spans.append(match.span())
        return match.end()
    return None


def _score(match: re.Match[str], points: Fraction) -> Fraction:
    share = match["part"] or match["of"]
    if share is not None:
        return points * Fraction(share) / 100
    if match["n"] is not None:
        return Fraction(match["n"])
    if match["off"] is not None:
        return points - Fraction(match["off"])
    return Fraction(0) if match["no"] is not None else points


def _band(found: _Part) -> bool:
    told = range_of(found.match)
    if told is None or ("," in found.match[0] and _FACT.search(found.match["subject"])):
        return False
    if told.low == told.high and ((told.low not in (0, 100) and not found.match["full"]) or "," in found.match[0]):
        return False  # a figure that was reached, and its score
    if _GAP.search(found.match[0]):
        return False
    found.rule.subject = found.rule.subject or found.match["subject"]
    found.rule.subjects.append(_RATE.sub("", found.match["subject"]))
    found.rule.bands.append(Band(told, _score(found.match, found.points)))
    return True


_RATE = pattern(r"^.*?(?:为|是)|(?:在|为|实际|应|介于)$")
_GAP = pattern(r"个百分点,[^,]*[扣减]|\.\d\d(?!\d)[^,]*,")  # 「超出2.28个百分点,扣2分」 tells what came of it
_FACT = pattern(r"实际|全年|共|已|累计|经")


def _by_formula(found: _Part) -> bool:
    told = range_of(found.match)
    if told is None or told.low == told.high or _SIGN.search(found.match["formula"]) is None:
        return False
    found.rule.bands.append(Band(told, None, found.match["formula"]))
    return True


_SIGN = pattern(r"[×÷/*xX]")


def _target_met(found: _Part) -> bool:
    found.rule.on_target = _score(found.match, found.points)
    found.rule.subject = found.rule.subject or found.match["subject"]
    return True


def _rest(found: _Part) -> bool:
    found.rule.rest = _score(found.match, found.points)
    return True


def _steps(found: _Part) -> bool:
    unit = "%" if found.match["unit"] in ("个百分点", "百分点", "%") else found.match["unit"]
    told = found.match["way"] or ""
    about = f"{found.match['about']}{found.match['verb']}{told}{found.match['what']}"
    late = _IS_LATE.search(about) is not None
    way = _way(told) or (_way(found.match["about"]) if not late else 0)
    bound = None
    if found.match["xn"] or found.match["bl"] or found.match["cl"]:
        lead = range_of(found.match)
        if lead is None or lead.low == lead.high:
            return False  # 「其中定性为责任的2起,每起扣1分」 tells a fact
        bounds = [each for each in (lead.low, lead.high) if each is not None]
        if len(bounds) == 1:
            bound = bounds[0]
            open_end = lead.with_high if lead.high is not None else lead.with_low
            if not way and open_end is not False:
                return False  # 「5%以内每1个百分点扣0.1分」 counts from nought
            way = way or (-1 if lead.high is not None else 1)
    cut = Fraction(found.match["cut"]) * (found.points / 100 if found.match["in"] == "%" else 1)
    size = Fraction(1) if found.match["size"] in (None, "一") else Fraction(found.match["size"])
    if not size:
        return False
    unit = unit if unit.startswith("/") else canonical_unit(unit.partition("/")[0])
    found.rule.steps.append(Steps(size, unit, cut, way, late, bound, about, found.match["filled"] is not None))
    return True


_IS_LATE = pattern(_LATE)
_IS_LOW, _IS_HIGH, _IS_OFF = pattern(_LOW), pattern(_HIGH), pattern(_OFF)


def _way(words: str) -> int:
    if not words or _IS_OFF.search(words):
        return 0
    low, high = _IS_LOW.search(words) is not None, _IS_HIGH.search(words) is not None
    return 0 if low == high else 1 if high else -1


def _aim(found: _Part) -> bool:
    found.rule.aim = range_of(found.match)
    return found.rule.aim is not None


def _part(letter: str) -> "_Reader":
    def read(found: _Part) -> bool:
        if found.rule.whole and found.rule.whole != letter:
            return False
        found.rule.whole = letter
        return True

    return read


def _cap(found: _Part) -> bool:
    found.rule.cap = Fraction(found.match["cap"] or found.match["cap2"])
    return True


def _floor(found: _Part) -> bool:
    found.rule.least = Fraction(found.match["least"])
    return True


def _note(found: _Part) -> bool:
    return bool(found.match[0])


_Reader = Callable[[_Part], bool]
_ELEMENTS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_AIM, _aim),
    (_EXACTLY, _part("按")),
    (_DROPPED, _part("舍")),
    (_RAISED, _part("进")),
    (_EVERY, _steps),
    (_SHARED, _by_formula),
    (_CAP, _cap),
    (_LEAST, _floor),
    (_BAND, _band),
    (_TARGET_MET, _target_met),
    (_REST, _rest),
    (_NOTE, _note),
)


_OFF_THE_WHOLE = pattern(r"偏差|偏离|相差|差异|差距")


def _sound(rule: PrintedRule, points: Fraction) -> bool:
    """Whether the parts of a rule can be of one leaf: full marks are its points, and no more than one kind of step stands in it."""
    given = [band.score for band in rule.bands if band.score is not None]
    given += [each for each in (rule.rest, rule.on_target) if each is not None]
    if any(each > points or each < 0 for each in given) or len(rule.steps) > 1:
        return False
    if _OFF_THE_WHOLE.search(rule.subject) or any(_OFF_THE_WHOLE.search(words) for words in rule.words):
        return False  # what is scored is how far a figure is from another
    if given and max(given) != points and not (rule.steps and max(given) == 0):
        return False
    named = [subject for subject in rule.subjects if len(subject) > 1]
    if any(not (a.endswith(b) or b.endswith(a)) for a, b in pairwise(named)):
        return False  # the rules of two things
    return len({band.range.unit for band in rule.bands}) <= 1
