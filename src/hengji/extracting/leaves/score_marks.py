"""Every number that speaks of points in a text, and what it is: points, a score, points lost, or full marks; rules speak of none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from hengji.extracting.leaves.leaf_names import bare_words, is_name
from hengji.model.numerals import CHINESE, read_chinese
from hengji.model.patterns import pattern


class Role(Enum):
    """What a number of points says."""

    WORTH = auto()  # 分值5分
    GOT = auto()  # 自评得分4.5分
    LOST = auto()  # 扣0.5分
    FULL = auto()  # 得满分, 不扣分
    BARE = auto()  # 5分, told by its place alone
    PAIR = auto()  # 4.5/5


@dataclass(frozen=True, slots=True)
class Mark:
    """One such number: where its label begins, where it ends, and whether it stands first in a bracket.

    ``strong`` is a score with a word that only scores have (自评, 实得, 本项得). A pair has its score in ``other``.
    """

    role: Role
    number: Decimal
    start: int
    end: int
    at: int  # where the number begins
    label: str = ""
    strong: bool = False
    other: Decimal = Decimal(0)


# It begins with what it looks for and looks back from there, which is searched for much faster.
_NUMBER = pattern(r"[-\d](?<![\d.].)(?:(?<=-)\d{1,3}|(?<=\d)\d{0,2})(?:\.\d{1,4})?(?![\d.]|,\d{3}(?!\d)|\s?[%‰])")
_PERCENT = pattern(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})?\s?%")
_UNIT = pattern(r"\s?分(?!钟|之|公|贝|期|批|类|级|别|布|析|解|阶段|钱|队|支|册|管|局|校|院|店|项|值|\s?\d{1,2}\s?秒)")
_LOOK_BACK = 18  # characters: the longest label
_OF = r"(?:(?:本|该|此|这)(?:一)?(?:项|指标|条)(?:指标|工作|内容)?)"
# Before a noun the word that says whose points they are may stand, unless it ends the leaf's own name (绩效目标设定分值5分).
_WORTH_NOUNS = (
    r"(?:原|指标|(?<!目标)(?<!指标)(?<!任务)设定|规定|项目|(?<!绩效)考核|(?<!绩效)评价|标准|小计|权重)*"
    r"(?:分值权重|标准分值|指标分|标准分|标准值|权重分值|权重分|权重|分值|满分值|满分|应得分|(?<![\u4e00-\u9fff])标准(?=\s?:)|(?<=[法则案件])规定|应得|赋分|赋值|配分|占分|基准分|基本分|总分值|总分|分数)"
)
# A verb has none: 「年度目标设定赋6分」, 「绩效评价占5分」. Some end nouns too (建设, 分配).
_WORTH_VERBS = (
    r"(?:指标|权重|小计|标准)*(?:赋|占|共计|共|合计|值)"
    r"|(?:(?<!目标)(?<!指标)(?<!任务)设定|设置|规定|确定|[设列占]|(?<!设)定)为|(?<![建增铺架敷创修摆附])设|(?<![分调支匹搭装])配"
    r"|本来(?:就)?[有是为占值设]?|(?<![高草平燎还复中])原(?:来|本|先|定|始)?[为是有占设值]?"
)
_WORTH_WORDS = rf"(?:(?<=\()[原由]|{_WORTH_NOUNS}|{_WORTH_VERBS})"
# 「得分85分，折算8.5分」: what counts for the total where scores are weighted
_CONVERTED_WORDS = r"[×x*]\s?\d{1,3}(?:\.\d+)?%\s?=|(?:按权重|加权后?|权重)?(?:折算|折合|折计|换算|加权|折)(?:后|为|成|得)*(?:综合|实际)?(?:得分值|得分|分值|分数|得|计分|计入|计|分)?(?:总分)?"
_GOT_WORDS = (
    rf"(?:{_CONVERTED_WORDS}|-\s?\d{{1,2}}(?:\.\d{{1,2}})?\s?分?\s?=|"
    r"(?:单位|部门|我局|我委|我办|我中心)?(?:自评价|自我评价|自我评分|自评|自查|自我)(?:实际|最终|综合|评价)?(?:得分值|得分|分值|分数|评分|打分|计分|评定|认定|核定|赋分|得|分|计|记|评|打|给)?"
    r"|(?:实际|最终|最后|综合|评价|评定|指标|累计|合计|共|应)*(?:(?<![落充真务翔扎切如属确核])实得分?|得分|评分|打分|计分|记分|评定|核定|认定|自核|得|计入|计|记|评|打|给予|给分|(?<![供补配])给|(?<![还尚])剩下?|拿到|拿|获得|获|取得)|后取)"
)
_LOST_WORDS = r"(?:自评|自查|实际|主动|共|合计|累计|酌情|应|予以|被|再|各)*(?:扣减|扣除|扣掉|扣去|扣分|扣|失分|失去|丢分|丢掉|减分|失|丢|少得)"
_GLUE = r"(?:了|为|是|计|达到|达|到|合计|共计|满分|满)?\s?[】\]〕]?\s?[:]?\s?(?:为)?\s?"
_LABEL = pattern(
    rf"(?:(?P<lost>{_OF}?{_LOST_WORDS})|(?P<worth>{_OF}?的?{_WORTH_WORDS})|(?P<got>{_OF}?的?{_GOT_WORDS})|(?P<own>{_OF}))(?P<glue>{_GLUE})$"
)
_STRONG = pattern(r"后取|自评|自我|自查|实得|本|该|此|这|实际|最终|最后|综合|评定|核定|折|换算|加权")
_CONVERTED = pattern(r"折|换算|加权|[×x*]\s?\d")
_WORDED = pattern(rf"(?<![\d一二三四五六七八九十百点]){CHINESE}(?=\s?分(?![\u4e00-\u9fff]))")
_NUMERAL_OF_POINTS = pattern(r"[零〇一二两三四五六七八九十百]\s?分")
_FULL = pattern(
    r"(?:(?:本|该|此)(?:项|指标))?(?:自评|自查|自我评价|本项|综合)*(?:为|得|计|评|记|拿到?|打|给予?|获得?|按)(?:了|为)?(?:分为)?满分(?!值|[为是:]?\s?\d)(?:计算|计分|计|评定)?"
    r"|自评满分(?!值|[为是:]?\s?\d)|(?:全部|都|均)(?:是|为)?满分(?![\d值])"
    r"|(?:自评|自查|本项|该项|此项|故|因此|予以)*(?:不予|不作|不|未予|未|没有|没|无)(?:被)?(?:扣减?分|失分|丢分)(?!的|项|\d|情形|情况)"
    r"|(?<=[,、])满分(?=[,。;、)]|$)|全部?(?:得分?|得到|拿到)(?=[,。;)]|$)|得全分"
)
_PAIR = pattern(
    r"(?P<w>(?:自评得分|自评|得分|满分|分值)\s?:?\s?)?(?<![\d./])(?P<a>\d{1,3}(?:\.\d{1,2})?)\s?分?\s?(?:/|→|->)\s?(?:满分|分值|自评|得分)?(?P<b>\d{1,3}(?:\.\d{1,2})?)(?![\d./%])\s?(?P<u>分)?"
)
# 「营造林面积【10】得10。」
_BRACKETED_PAIR = pattern(
    r"[(\[【](?P<a>\d{1,2}(?:\.\d)?)[)\]】]\s?[:,]?\s?(?:(?:自评|实)?(?:得分|得|自评)[:为]?(?P<b>\d{1,2}(?:\.\d{1,2})?)(?:分(?![钟之]))?(?=[。;,(\s]|$)|(?P<c>\d{1,2}(?:\.\d{1,2})?)分(?=[:。;,\s]|$))"
)
# Numbers of a scale (「90分（含）以上为优」), of points taken in (「含承接2分」) and what a score was rounded from (「5.07分取整得5分」).
_OF_A_SCALE = pattern(
    r"\s?(?:\((?:不?含)\)|\(含\d+\s?分\))?\s?(?:(?:及|或)?以[上下](?!各)|[至到—~～-]+\s?\d|为?[\"「]?(?:优|良|中|差|合格|不合格)(?![\u4e00-\u9fff]{2}))"
)
_ADJUSTED_TO = pattern(r"\s?(?:调整|调剂)(?:后|为|到|至)")
# What the points of a bracket were adjusted to: 「（2分，调整后4分）」, 「（由2分调整为4分）」.
_PUT_TO = pattern(
    r"\([^()\d]{0,4}\d{1,3}(?:\.\d+)?\s?分?[,、;]?\s?(?:调整|调剂)(?:后|为|到|至)(?:的)?(?:分值|满分|权重)?[为是:]?\s?$"
)
_TAKEN_IN = pattern(r"(?:\(含|承接)[^,。;()]{0,24}$")
_ROUNDED = pattern(r"\s?(?:[,(]\s?(?:按[^,。;()]{0,8})?)?(?:取整|四舍五入|舍去|进位|按整数)")
_FACTOR = pattern(
    r"\s?(?:[×x*÷]|乘以?)\s?(?:\d|[\u4e00-\u9fff]{1,10}(?:率|比例?|进度|系数))|\s?-\s?\d{1,2}(?:\.\d{1,2})?\s?分?\s?="
)
_MOVED_ON = pattern(
    r"后按|的?(?:分值|分数|权重)?(?:全部|已|均|平均)?(?:调整|调剂|调至|调到|调给|调入|转|并入|计入|移|划|归入|平移|分配|分摊|加到|加在)"
)
_OPENING, _CLOSING = frozenset("([{【〔"), frozenset(")]}】〕")
_NO_LABEL = pattern(r"[,、。;([{【〔]")  # stands in no label
_CLOSERS = frozenset(")】],;。、([【〔 \t|") | {""}  # what may follow a number of points without its unit
_STOPS = frozenset(")】],;。、:")
_MOST = Decimal(100)
_GRADES_LEAST = Decimal(50)
_LARGE = Decimal(30)  # few leaves are worth so much
_NOT_SCORES = pattern(
    r"(?:测评|测试|考试|测验|平均|成绩|排名|评比|满意度|百分制|答题|竞赛|评审|上年|去年|年度考核|年终考核|绩效考核|第三方|省级?|市级|县级|上级)[^,。;\d]{0,6}$"
)


_MAY_TELL = pattern(r"[分/→=]|->|\d[)\]】]\s?[:—-]")


@lru_cache(maxsize=1024)  # a paragraph is asked for its leaves, its points and its score
def score_marks(text: str) -> tuple[Mark, ...]:
    """The marks of a text in one spelling, in order."""
    text = without_times(text)
    if not _MAY_TELL.search(text) and "权重" not in text and not _got_behind_bracket(text):
        return ()
    weights = _percents(text)
    numbers = [*_numbers(text), *_worded(text)]
    if weights:  # 「（满分100分，权重8%）」: the scale of each score is no leaf's points
        numbers = [mark for mark in numbers if mark.role is not Role.WORTH or mark.number != _MOST]
    marks = [*_pairs(text), *_numbered_fulls(text), *numbers, *weights, *_fulls(text)]
    if not any(mark.role in (Role.PAIR, Role.GOT, Role.FULL) for mark in marks):
        counted = _counted_as(text)
        marks = [*(mark for mark in marks if all(mark.at != each.at for each in counted)), *counted]
    marks.sort(key=lambda mark: (mark.at, mark.role is not Role.PAIR))
    return tuple(_as_listed(text, _apart(marks)))


# 「未达标，按3.5分计。」, the last words of a leaf that tells its score in no other way
_COUNTED_AS = pattern(
    r"(?:^|[,;。])\s?(?:故|因此|只|仅|本项)?按\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分\s?(?:计算?|计分|打分|赋分|计入)。?\s*$"
)


def _counted_as(text: str) -> list[Mark]:
    match = _COUNTED_AS.search(text) if "按" in text else None
    if match is None:
        return []
    return [Mark(Role.GOT, Decimal(match["n"]), match.start("n"), match.end(), match.start("n"), strong=True)]


# Minutes, arc minutes and cents: 「6分40秒」, 「9小时50分」, 「14时30分」, 「每次用时4分半」, 「东经108度20分」, 「3角5分」, 「2分/千瓦时」.
_NO_POINTS = pattern(
    r"(?<=\d)\s?分(?=\s?(?:零\s?)?\d{1,2}(?:\.\d{1,2})?\s?秒|半(?:钟|[,。;、)以之的]|$)|\s?(?:以|之)内|\s?/\s?(?:千瓦|度|吨|公里|立方|斤|公斤))"
    r"|(?<=\d)\s?(?:个?小时|时|点钟?|度|角|毛)\s?(?:零\s?)?\d{1,2}\s?分"
)


def without_times(text: str) -> str:
    """A text in which no minutes can be taken for points: each 「分」 of a time, an arc or a price is blanked, every place stays."""
    if "分" not in text:
        return text
    return _NO_POINTS.sub(lambda match: match[0].replace("分", "·"), text)


_BEHIND_BRACKET = pattern(r"\d[)\]】]\s?(?:得|自评|\d)")


def _got_behind_bracket(text: str) -> bool:
    return _BEHIND_BRACKET.search(text) is not None


def _apart(marks: list[Mark]) -> tuple[Mark, ...]:
    """The marks without those that stand inside another."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.at >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _as_listed(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks, those of a list bare whose label ends a name of it: 「台账完整4分、面积核定4分、权属登记2分」."""
    before: Mark | None = None
    for mark in marks:
        listed = before is not None and _is_listed(text, before, mark)
        before = replace(mark, role=Role.BARE, start=mark.at, label="", strong=False) if listed else mark
        yield before


def _is_listed(text: str, before: Mark, mark: Mark) -> bool:
    """Whether the label of a score is how a name ends that follows bare points in a list."""
    if before.role is not Role.BARE or mark.role is not Role.GOT or not text.startswith("、", before.end):
        return False
    words = text[before.end + 1 : mark.at]
    return mark.label.endswith(("定", "记", "计")) and len(words) > len(mark.label) + 1 and is_name(words)


def _pairs(text: str) -> list[Mark]:
    found = list(_subtracted(text)) if "=" in text else []
    for match in _BRACKETED_PAIR.finditer(text) if _got_behind_bracket(text) else ():
        a, b = Decimal(match["a"]), Decimal(match["b"] or match["c"])
        if 0 < b <= a <= _MOST or b == 0 < a:
            found.append(Mark(Role.PAIR, a, match.start(), match.end(), match.start("a"), strong=True, other=b))
    headed = _BEHIND_NAME.search(text)
    if headed is not None and Decimal(headed["b"]) <= Decimal(headed["a"]) and _heads_its_line(text, headed):
        a, b = Decimal(headed["a"]), Decimal(headed["b"])
        found.append(Mark(Role.PAIR, a, headed.start(), headed.end(), headed.start("a"), strong=True, other=b))
    for match in _PAIR.finditer(text) if "/" in text or "→" in text or "->" in text else ():
        a, b = Decimal(match["a"]), Decimal(match["b"])
        bracketed = (
            text[match.start() - 1 : match.start()] in _OPENING and text[match.end() : match.end() + 1] in _CLOSING
        )
        told = match["u"] or match["w"] or bracketed or _heads_its_line(text, match)
        if told and max(a, b) <= _MOST and max(a, b) > 0:
            found.append(
                Mark(Role.PAIR, max(a, b), match.start(), match.end(), match.start("a"), strong=True, other=min(a, b))
            )
    return found


# 「目标设定（5）：4.5。」
_BEHIND_NAME = pattern(
    r"[(\[【](?:满分|分值|权重)?:?(?P<a>\d{1,2}(?:\.\d)?)分?[)\]】]\s?[:—-]{1,2}\s?(?P<b>\d{1,2}(?:\.\d{1,2})?)(?!,\d{3}(?!\d))(?=[。;,)】\s]|$)"
)
_ENDS_HEADING = pattern(r"\s?(?:[:。,;、—]|$|\s)")
_SENTENCE = pattern(r"[。,;:!?]")


def _heads_its_line(text: str, match: re.Match[str]) -> bool:
    """Whether only a name stands in front of a pair in its line, and the pair ends what stands there: 「3.财务管理 6.8/8：事实」."""
    end = match.end("b")
    if _ENDS_HEADING.match(text, end) is None or match.start() > _LONGEST_LEAD:
        return False
    words = bare_words(text[: match.start()]).strip(" :,")
    return _SENTENCE.search(words) is None and is_name(words)


_LONGEST_LEAD = 36  # characters of a number, a name and blanks
_SUBTRACTED = pattern(
    r"(?<![\d./])(?P<a>\d{1,2}(?:\.\d{1,2})?)\s?分?\s?-\s?(?P<lost>\d{1,2}(?:\.\d{1,2})?)\s?分?\s?=\s?(?P<b>\d{1,2}(?:\.\d{1,2})?)\s?(?:分|(?=[。;)】]|$)(?P<bare>))"
)


_APART_FROM_FACTS = frozenset("。,;:(【")


def _subtracted(text: str) -> Iterator[Mark]:
    """Points, what was taken off and the score in one sum: 「（5-0.5=4.5分）」."""
    for match in _SUBTRACTED.finditer(text):
        a, lost, b = (Decimal(match[key]) for key in ("a", "lost", "b"))
        apart = match["bare"] is None or text[: match.start()].rstrip()[-1:] in _APART_FROM_FACTS
        if a - lost == b and apart:
            yield Mark(Role.PAIR, a, match.start(), match.end(), match.start("a"), strong=True, other=b)


def _numbers(text: str) -> list[Mark]:
    found: list[Mark] = []
    for match in _NUMBER.finditer(text):
        after = text[match.end() : match.end() + 1]
        unit = _UNIT.match(text, match.end()) if after == "分" or after.isspace() else None
        if unit is None and after not in _CLOSERS:
            continue
        label = _label(text, match.start())
        if unit is None and not _stands_alone(text, label, match.end(), found):
            continue
        end = unit.end() if unit is not None else match.end()
        on = text[end : end + 1] not in _STOPS and (_MOVED_ON.match(text, end) or _FACTOR.match(text, end))
        if on and not ((told := _ADJUSTED_TO.match(text, end)) and _is_put_to(text, told.end())):
            continue  # 「3分调整至本指标」, 「5分×90%＝4.5分」
        number = Decimal(match[0])
        if _of_no_leaf(text, number, match.start(), end, label) or _is_put_to(text, match.start()):
            continue
        mark = _mark(text, number, match.start(), end, label)
        if mark is not None:
            found.append(mark)
    return found


def _is_put_to(text: str, at: int) -> bool:
    """Whether a number that begins here is what the points in front of it in its bracket were adjusted to."""
    return "调" in text[max(0, at - _CLOSE) : at] and _PUT_TO.search(text, max(0, at - _LOOK_BACK * 2), at) is not None


_CLOSE = 8  # characters of 「调整后的分值为」


def _label(text: str, at: int) -> re.Match[str] | None:
    """The label in front of a number; most numbers open a bracket and have none."""
    before = _NO_LABEL.split(text[max(0, at - _LOOK_BACK) : at])[-1]
    return _LABEL.search(text, at - len(before), at) if before else None


def _of_no_leaf(text: str, number: Decimal, start: int, end: int, label: re.Match[str] | None) -> bool:
    """Whether a number belongs to a scale of grades, was taken in from another indicator, or was rounded to the score behind it."""
    if number >= _GRADES_LEAST and _OF_A_SCALE.match(text, end):
        return True
    if label is None and _ROUNDED.match(text, end):
        return True
    if label is not None or not ("含" in text or "承接" in text):
        return False
    return _TAKEN_IN.search(text, max(0, start - _LOOK_BACK * 2), start) is not None


def _worded(text: str) -> list[Mark]:
    """Points and scores in Chinese numerals, each with a word of its own or in a bracket: 「自评得九点五分」, 「（十分）」."""
    found: list[Mark] = []
    for match in _WORDED.finditer(text) if _NUMERAL_OF_POINTS.search(text) else ():
        number, label = read_chinese(match[0]), _LABEL.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        unit = _UNIT.match(text, match.end())
        bracketed = text[match.start() - 1 : match.start()] == "(" and re.match(r"\s?分[),，]", text[match.end() :])
        if number is None or unit is None or (label is None and not bracketed):
            continue
        mark = _mark(text, number, match.start(), unit.end(), label)
        if mark is not None:
            found.append(mark)
    return found


def _stands_alone(text: str, label: re.Match[str] | None, end: int, before: Sequence[Mark]) -> bool:
    """Whether a number without 「分」 is one of points by its label: 「得分：4.5」, 「（分值5，得分4.5）」, 「权重5，得4.5」."""
    if label is None or not (label["worth"] or label["got"] or label["lost"]):
        return False
    closed = end >= len(text) or text[end] in _CLOSERS
    beside = bool(before) and before[-1].role is Role.WORTH and label.start() - before[-1].end <= _BESIDE
    if beside and closed and _UNIT.search(text, before[-1].at, before[-1].end) is None:
        return True
    if label["lost"]:
        return False
    words = label["worth"] or label["got"]
    celled = text[label.start() - 1 : label.start()] in ("|", "\t")  # 「满分10｜自评9.5」
    return closed and (celled or words.endswith(("分", "分值", "权重", "满分", "分数")) or ":" in label["glue"])


_BESIDE = 2  # characters between points and a score beside them


def is_converted(mark: Mark) -> bool:
    """Whether a score is one that a weight has been put to already."""
    return mark.role is Role.GOT and _CONVERTED.search(mark.label) is not None


_ALL_LOST = pattern(
    r"(?:扣|失|丢|减)分(?:指标|事项|项目|情况|因素)?\s?\d{1,2}\s?[项处个条](?:指标)?,?\s?$"
)  # 「扣分2项共1.6分」


_THEN_GOT = pattern(r"[,;、]\s?(?:自评|实际|综合|最终|实)?(?:得分|得|评分)")


def _mark(text: str, number: Decimal, at: int, end: int, label: re.Match[str] | None) -> Mark | None:
    if label is None:
        return Mark(Role.BARE, number, at, end, at)
    start = label.start()
    if label["lost"]:
        return Mark(Role.LOST, number, start, end, at, label["lost"])
    if label["own"]:
        return Mark(Role.BARE, number, start, end, at, label["own"])
    if label["got"] == "自评" and number == _MOST and "满分" in label["glue"] and _THEN_GOT.match(text, end):
        return Mark(Role.WORTH, number, start, end, at, label["got"])  # 「自评满分100分，得分97.3分」
    if label["worth"] and _ALL_LOST.search(text, max(0, start - _LOOK_BACK), start):
        return Mark(Role.LOST, number, start, end, at, label["worth"])
    if label["worth"] and _due(text, start, label["worth"]):
        return Mark(Role.GOT, number, start, end, at, label["worth"], True)
    if label["worth"]:
        return Mark(Role.WORTH, number, start, end, at, label["worth"])
    words = label["got"]
    if words == "计" and (text[start - 1 : start] == "(" or _heads(text, start, end)):
        return Mark(Role.WORTH, number, start, end, at, words)
    strong = bool(_STRONG.search(words))
    if not strong and number > _LARGE and _NOT_SCORES.search(text, max(0, start - _LOOK_BACK), start):
        return None  # 「满意度测评得分92.5分」
    return Mark(Role.GOT, number, start, end, at, words, strong)


def _heads(text: str, start: int, end: int) -> bool:
    """Whether 「计」 tells the points of a heading, its score behind them: 「（一）基础工作，计30分，实得28.85分」."""
    words = bare_words(text[:start])
    return words.endswith((",", " ")) and is_name(words[:-1]) and _THEN_GOT.match(text, end) is not None


_BY_RULE = pattern(r"(?:标准|规则|细则|办法|规定)[^。;\d]{0,6}$")


def _due(text: str, start: int, label: str) -> bool:
    """Whether what a leaf is due is its score: 「根据评分标准，此项应得4.5分」."""
    pointing = label.startswith(("本", "该", "此", "这"))
    return pointing and label.endswith("应得") and _BY_RULE.search(text, max(0, start - _LOOK_BACK), start) is not None


def _percents(text: str) -> list[Mark]:
    """Points told as a weight: 「（权重5%）」."""
    found: list[Mark] = []
    if "权重" not in text and not _CONVERTED.search(text):
        return found
    for match in _PERCENT.finditer(text):
        label = _WEIGHT.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        if label is None and text[match.end() : match.end() + 1] == ")":
            label = _IN_BRACKETS.search(text, max(0, match.start() - 2), match.start())
        number = Decimal(match[0].rstrip("% "))
        if label is not None and (label[0] != "(" or number <= _LARGE):
            found.append(Mark(Role.WORTH, number, label.start(), match.end(), match.start(), label[0]))
    return found


_WEIGHT = pattern(rf"{_OF}?(?:指标)?(?:分值)?权重{_GLUE}$")


_IN_BRACKETS = pattern(r"(?<=[\u4e00-\u9fff\"])\($")  # 「预算编制质量（7%）」


_MAY_BE_FULL = pattern(r"满分|扣分|扣减分|失分|丢分|全得|全部[得拿]|得全分")


def _fulls(text: str) -> list[Mark]:
    found = _FULL.finditer(text) if _MAY_BE_FULL.search(text) else ()
    return [Mark(Role.FULL, Decimal(0), m.start(), m.end(), m.start(), m[0]) for m in found]


_NUMBERED_FULL = pattern(
    r"(?:得|计|获|拿)(?:到|了|为)?满分\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?分(?!值)"
    r"|(?<![\d.])(?P<all>\d{1,3}(?:\.\d{1,2})?)\s?分(?:全部?|悉数|如数)(?:得到?|拿到?|计得?|记|获得|取得)(?=[,。;、)]|$)"
)


_MAY_BE_ALL = pattern(r"满分|分(?:全|悉|如)")


def _numbered_fulls(text: str) -> Iterator[Mark]:
    """Points and score in one, where a leaf has all: 「不扣分，得满分12分」, 「6分全得」."""
    for match in _NUMBERED_FULL.finditer(text) if _MAY_BE_ALL.search(text) else ():
        number = Decimal(match["n"] or match["all"])
        at = match.start("n") if match["n"] else match.start("all")
        yield Mark(Role.PAIR, number, match.start(), match.end(), at, match[0], other=number)
