"""R18: whether a passage admits a fault: of this year, not denied, not yet right again."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from hengji.auditing.case import Case
from hengji.library.texts import Topic, load_acts, load_harmless
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# What tells that a sentence outside the problems speaks of something found, not of something done.
_FOUND = pattern(r"审计|盘点|清查|清点|自查|复核|检查|抽查|核查|巡察|巡视|指出|发现|责令|退回|追回|收回|归还|通报")
_FOUND_NONE = r"(?:未|没有)(?:发现|发生|出现|反馈|反映|查出|查实|提出|指出|收到|接到|通报|移交|披露|涉及|见|检出)"
_DENIED = pattern(
    rf"(?:{_FOUND_NONE}|不存在|无|杜绝|防止|避免|防范|严禁|禁止|不得|从未|有无|是否|严查|严防|打击|查处|治理|纠正|减少|解决|消除)[^,。;]{{0,14}}$|(?:未|没有|零)(?:[^,。;、]{{1,8}}、)*$"
)
RULE = pattern(r"每[^,。;]{0,14}扣|的,?扣|扣完|不得分|评分(?:标准|规则)|计分|目标[是为:]")
_EARLIER = pattern(r"上年|往年|以前年度|历史遗留|上一年度|去年")
RIGHT = pattern(
    r"已(?:经|于|在|全部|按|由)?[^,。;]{0,16}(?:整改|改正|解决|改进|改善|补办|补登|补录|补齐|入账|纠正|完善|销号|查清|处置|办结|完工|验收|归档|公开|签订|核销|修[复缮好]|恢复(?:正常|运行|使用|供[水电])|启用|补[种栽植]|排除|消除|重新|补签|补交|补缴|补报|更正|更换|归还|清退)|(?:均|且|并|全部)[^,。;]{0,12}整改|整改(?:完毕|完成|到位)|当场|核销|补正|补齐|纠偏|重办|退回[^,。;]{0,6}(?:不合规|单据|凭证)"
)
_NOT_YET = pattern(r"(?:未|没有?|待|尚|限期|责令|要求)[^,。;]{0,6}(?:整改|解决|核销|补办|补齐|纠正|处置|入账)")
ALLOWED = pattern(
    r"不扣分|不影响|按规则|允许|经[^,。;]{0,12}(?:批准|同意)|不可抗|视同|规则规定|(?:规则|标准)[^。;]{0,30}满分|为合格"
)
# What happened, and was allowed for.
_WITHIN = pattern(
    r"控制在[^,。;]{0,8}(?:目标|指标|控制数|任务)|(?:目标|指标|控制数)(?:值|数)?(?:以内|之内)|未超(?:过|出)?[^,。;]{0,4}(?:目标|指标)"
)
_YEAR = pattern(r"(?<![系因自为是于由])(20\d\d)年(?!度?(?:部门|绩效|自评|预算|决算))")
FEW = 2  # pairs of characters by which two passages speak of the same thing


@dataclass(frozen=True, slots=True)
class Admission:
    """A clause that admits a defect, and the leaf with full marks that it stands against; ``claim`` where that claims perfection."""

    span: Span
    item: ScoredItem
    claim: Span | None
    sure: bool = False  # a topic's own words on both sides


Claims = list[tuple[ScoredItem, Span]]  # leaves with full marks, and where each says that nothing is amiss
# Words of lack that tell of none: 「不涉及资金截留」, 「票据均无缺失」, 「更正后为186场」, 「死亡3人,控制数4人」, 「差错率不高于0.5%计10分」.
NO_LACK = pattern(
    r"(?:不|未|没有)涉及[^,。;]{0,16}(?:截留|挪用|违|问题|占)|[均都皆全也]无[^,。;]{1,8}(?=[,。;]|$)|更正后|(?<![累合共总])[计记]\s?\d{1,2}(?:\.\d+)?\s?分(?!钟)|控制数\d"
)
NO_PROBLEM = pattern(r"(?:未发现|没有发现|不存在|未出现|暂无|(?<!未)没有|无)[^,。;]{0,8}(?:问题|不足|违规)$")


def leaves_of(words: Sequence[str], full: list[ScoredItem]) -> list[ScoredItem]:
    """The leaves whose names have one of a topic's words; of a rule (科技项目管理制度) only where the word speaks of rules."""
    of_rules = [word for word in words if _OF_RULES.search(word)]
    return [i for i in full if _names_one(spelt_out(i.name), of_rules if "制度" in i.name else words)]


def _names_one(name: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - a plain loop, asked of every leaf for every topic
        if word in name:
            return True
    return False


@lru_cache(maxsize=256)  # every leaf's name is looked at for every topic
def spelt_out(name: str) -> str:
    """A name, and behind it what it means by its parts: 「合同与档案管理」 is 合同管理 too."""
    match = _JOINED.fullmatch(name)
    return name if match is None else f"{name}\n{match['first']}{match['kind']}"


_JOINED = pattern(
    r"(?P<first>[\u4e00-\u9fff]{2,6})[与和及、][\u4e00-\u9fff]{2,6}?(?P<kind>管理|使用|控制|编制|公开|执行)(?:情况|规范性|合规性|规范)?"
)


_OF_RULES = pattern(r"制度|内控|内部控制")


def is_admitted(case: Case, topic: Topic, match: re.Match[str]) -> Span | None:
    """The clause around a form that admits a defect; None where it is denied, of a rule, of another year, or put right before."""
    start, end = clause_around(case.flat, match.start(), match.end())
    clause = case.flat[start:end]
    if (
        is_denied(case.flat, start, match)
        or _OTHERS_DO.search(clause)
        or _ZERO.search(clause[match.start() - start :])
        or (topic.unless is not None and topic.unless.search(_CAME_OF_IT.sub("", clause)))
    ):
        return None
    sentence = case.sentence(match.start())
    whole = case.flat[min(sentence.start, start) : max(sentence.end, end)]
    if RULE.search(whole) or _WITHIN.search(whole) or is_of_another_year(case, whole, clause):
        return None
    return Span(start, end) if not is_right_again(case, whole) or (topic.stays and not _FORMAL.search(whole)) else None


def is_denied(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether words before a form deny it, a list of such things to its end included: 「没有超范围、挤占挪用情形」."""
    if says_no(text[start : match.start()]):
        return True
    return _NONE_OF.search(text, start, match.start()) is not None and _LIST_END.match(text, match.end()) is not None


def says_no(before: str) -> bool:
    """Whether words deny what comes right behind them; 「无人机」 denies nothing."""
    return _DENIED.search(load_harmless().sub(lambda match: "·" * len(match[0]), before)) is not None


_NONE_OF = pattern(rf"(?:没有|无|未有|不存在|{_FOUND_NONE})[^,。;]{{0,24}}$")
_LIST_END = pattern(r"[^,。;]{0,10}(?:情形|现象|行为|问题|情况|事项)(?=[,。;\n\t(]|$)")
# What another body builds, or what was found at others and followed up there: 「审计揭示资金闲置问题6个，推动收回资金」.
_OTHERS_DO = pattern(
    r"由[^,。;]{0,8}(?:代建|承建)|(?:揭示|查出|查处|查实)[^。;]{0,24},[^,。;]{0,8}(?:推动|督促|移送|移交(?:县|市|区|省|州|纪|公安|司法))"
)
_CAME_OF_IT = pattern(r",(?:影响|导致|造成|致使|制约|拖累)[^,。;]*")  # what a defect led to is another matter


_ZERO = pattern(r"^[^,。;\d]{0,14}(?<![\d.])0\s?(?:[^\d.%]|$)|^[^,。;]{0,8}(?:均为|为)零")
# So many that there is none, or no more than a target allows: 「盘盈0件、盘亏0件」, 「2起，低于控制数4起」.
NONE_OF_IT = pattern(
    r"^[^,。;\d]{0,14}(?<![\d.])0\s?(?:[^\d.%]|$)|^[^,。;]{0,8}(?:均为|为)?零|(?:低于|少于|控制在|未超过|不超过)[^,。;]{0,10}(?:控制数|指标|目标|上限|以内|\d)"
)


def found_out(case: Case, position: int) -> bool:
    """Whether the sentence says that something was found, or a leaf tells it of itself."""
    own = case.item_at(position)
    if own is not None and ALLOWED.search(case.text(own.body)):
        return False
    return not case.in_table(position) and _FOUND.search(case.text(case.sentence(position))) is not None


def counted_out(case: Case, position: int) -> bool:
    """Whether a sentence outside the leaves tells how many were found amiss: 「年末盘点有11台领用后未登记使用人」."""
    if case.item_at(position) is not None:
        return False
    clause = case.flat[slice(*clause_around(case.flat, position, position))]
    return _COUNTED_OUT.search(clause) is not None


_COUNTED_OUT = pattern(
    r"(?:盘点|清查|抽查|检查|核查|自查|审计|巡察|复核|清点)(?!率|[^,。;]{0,6}(?:企业|商户|经营|单位|机构|门店|工地))[^,。;\d]{0,6}(?:(?:发现|指出|反映|查出)[,:]?)?[^,。;\d]{0,10}\d+\s?(?:台|件|套|辆|份|笔|处|个|本|卷|项|条|张|册)"
)
_FORMAL = pattern(r"附件|票据|手续|凭证|审批|签字")  # what is mended by a paper


def is_inside(zones: list[Span], position: int) -> bool:
    """Whether a position lies in one of the zones."""
    return any(zone.start <= position < zone.end for zone in zones)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clauses around a passage begin and end: from the mark before it to the mark behind it."""
    first = max(text.rfind(mark, 0, start) for mark in "。;\n\t:") + 1
    while text[first : first + 1] in (" ", "\u3000"):
        first += 1
    ends = [at for at in (text.find(mark, end) for mark in "。;\n\t") if at >= 0]
    return first, min(ends, default=len(text))


def is_of_another_year(case: Case, sentence: str, clause: str) -> bool:
    """Whether a clause, or the sentence around it, speaks of years other than the evaluated one."""
    years = {int(year) for year in _YEAR.findall(clause)} or {int(year) for year in _YEAR.findall(sentence)}
    later = any(int(year) > case.year for year in _OF_YEAR.findall(clause))
    return bool(_EARLIER.search(clause)) or (bool(years) and max(years) < case.year) or later


_OF_YEAR = pattern(r"(20\d\d)年(?:度)?的")  # what belongs to a year, not what is made good in it


def is_right_again(case: Case, sentence: str) -> bool:
    """Whether it was put right, and not only after the year."""
    match = RIGHT.search(_NOT_YET.sub("", sentence))
    later = any(int(year) > case.year for year in _YEAR.findall(sentence[: match.end()] if match else ""))
    return match is not None and not later


@cache
def act_words() -> dict[str, list[str]]:
    """Pairs of characters of the words for acts."""
    found: dict[str, list[str]] = {}
    for word in itertools.chain.from_iterable(load_acts()):
        for k in range(len(word) - 1):
            found.setdefault(word[k : k + 2], []).append(word)
    return found
