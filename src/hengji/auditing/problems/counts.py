"""R18: so many of a thing amiss, against the leaf with full marks that counts all of them as done."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    RULE,
    Admission,
    clause_around,
    is_of_another_year,
    is_right_again,
)
from hengji.auditing.problems.claiming import claim_of, place_of, row_said, scored_in_prose
from hengji.auditing.problems.contradicting import names_alone
from hengji.auditing.problems.qualities import at_fault
from hengji.library.texts import load_acts, load_throughout
from hengji.model.extraction import ScoredItem, Span
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_COUNTER = r"(?:批次|人次|[个笔份件户处台套项名人条座辆宗例所家张起栋批支村口路场期眼块盏])"
_FIGURE = r"(?<![\d.第])(?<!\d,)(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,5}(?!,\d)|[一两二三四五六七八九])"
_SO_MANY = pattern(rf"(?P<n>{_FIGURE})\s?(?P<c>{_COUNTER})(?!多?月|以上|百分)(?P<noun>[\u4e00-\u9fff]{{0,8}})")

# By which a clause says that something was late, and a leaf that nothing was.
_LATE = pattern(
    r"(?:未能?|没有|没能?)(?:够)?(?:按|在|如期|及时|于)[^,。;]{0,16}|逾期|超期|超时|延期|延迟|延误|推迟|推后|顺延|拖延|滞后|[晚迟](?:于|了|\d|[一两二三四五六七八九十])|分别晚|(?:以后|后|月|日|底|年)才|超(?:过|出)[^,。;]{0,10}(?:时限|期限|日|天|月)"
)
_TIMELY = pattern(
    r"按期|按时|及时|如期|时效|(?:规定|约定|要求|计划)[^,。;]{0,6}(?:时间|期限|时限|节点)|[日时限期]内|[日月底]前"
)
_FAILED = pattern(r"不合格|不达标|不符合|不符|返工|未(?:能)?(?:一次)?(?:通过|达标)|没有(?:通过|达标)")
_NOT_DUE = pattern(r"(?:未|没有|不)(?:到|满|达到?|具备)[^,。;]{0,8}(?:节点|条件|期限|付款|支付|质保期)")
_PASSED = pattern(r"合格|达标|通过|符合|优良")
_NOT = pattern(r"(?:尚未|仍未|还未|均未|未能?|没有|没能?|无)(?P<what>[^,。;]{0,12})")
_OF_OTHERS = pattern(r"\d\s?[家户个]\s?(?:企业|商户|经营|业主|用人单位|机构(?!改革)|小微)")
_TOOK = pattern(
    r"(?:用了?|耗时|历时|长达|超过|才|相隔|间隔|拖了)[^,。;\d]{0,4}(?P<n>\d{1,3})\s?(?:多|余)?(?:个工作日|天|日(?!前))"
)
_WITHIN = pattern(r"(?<!\d)(?P<n>\d{1,3})\s?(?:个工作)?[日天](?:之|以)?内")
_ALL = pattern(r"(?:均|全部|全数|都|逐[个笔份件户项])|100%|无一")
_DONE = pattern(r"完成|办结|建成|完工|实现|达成")


@dataclass(frozen=True, slots=True)
class _Amiss:
    """A clause that counts what went wrong: how many, by what counter, and the words around it."""

    span: Span
    text: str
    number: int
    counter: str
    words: frozenset[str]
    around: str  # the paragraph, which may tell how many there were in all


def counted_amiss(case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """What the problems count as late, undone or failed, against the one leaf with full marks that counts all of the same."""
    told = list(_amiss(case, zones))
    if not told:
        return
    for amiss in told:
        weights = [(weight, item) for item in full if (weight := _weight(case, amiss, item, whole=True))]
        if not weights:
            continue
        best, item = max(weights, key=lambda each: each[0])
        if sum(1 for weight, _ in weights if weight == best) > 1:
            continue  # it might be of either
        if tells_shortfall(case, item) or any(_leaves_out(case, amiss, i) for i in (item, *lost)):
            continue
        timely = _LATE.search(amiss.text) is not None and _TIMELY.search(item.name) is not None
        rivals = [other for other in lost if not timely or _TIMELY.search(f"{other.name} {_told(case, other)}")]
        if any(_weight(case, amiss, other, whole=False) >= best for other in rivals):
            continue
        claim = claim_of(case, item, load_throughout())
        inside = claim is not None and item.body.start <= claim.start < item.body.end and not item.table
        yield Admission(amiss.span, item, claim if inside else place_of(case, item), sure=True)


def _amiss(case: Case, zones: list[Span]) -> Iterator[_Amiss]:
    for zone in zones:
        for match in _SO_MANY.finditer(case.flat, zone.start, zone.end):
            start, end = clause_around(case.flat, match.start(), match.end())
            text = case.flat[start:end]
            if not _is_amiss(text) or is_right_again(case, text) or is_of_another_year(case, text, text):
                continue
            text = _part(case.flat, match, start, end, text)
            yield _Amiss(
                Span(start, end),
                text,
                _number(match["n"]),
                _counter(match["c"]),
                _pairs(text),
                _problem(case, start, end),
            )


def _part(flat: str, match: re.Match[str], start: int, end: int, text: str) -> str:
    """What is told of a count: the part between commas that holds it, where several parts each count something amiss."""
    first = max(flat.rfind(",", start, match.start()) + 1, start)
    last = flat.find(",", match.end(), end)
    part = flat[first : last if last >= 0 else end]
    others = text.replace(part, " ", 1)
    return part if _SO_MANY.search(others) and _is_amiss(part) else text


def _is_amiss(text: str) -> bool:
    """Whether a clause tells that something was late, undone or failed, and was due."""
    if _OF_OTHERS.search(text) or RULE.search(text) or ALLOWED.search(text) or _NOT_DUE.search(text):
        return False
    told = _LATE.search(text) or _FAILED.search(text) or _NOT.search(text)
    if _BROKEN.search(text) or _CALLED_OFF.search(text):
        return True
    return (told is not None and at_fault(text)) or _TOOK.search(text) is not None


# Things that do not work, and what says that all of them do.
_BROKEN = pattern(
    r"离线|掉线|断线|黄闪|黑屏|死机|停用|停摆|失灵|损坏|(?<!无)(?<!零)故障|(?:不能|无法)(?:正常)?(?:使用|运行|调看|调取|工作|启动)"
)
_WORKING = pattern(
    r"(?:正常|稳定|良好)(?:使用|运行|运转|工作|供水|供电)|(?:运行|运转|使用|工作)(?:均|都|全部)?(?:正常|良好|稳定)|(?:设施|设备)完好|无故障|在线率|完好率"
)
_NONE_BROKEN = pattern(
    r"(?:无|零|未发生|没有(?:发生|出现)?)[^,。;]{0,2}(?:故障|停机|中断)|(?:运行|运转|使用)(?:正常|良好)"
)
# Things counted as done that did not take place, or not as meant: 「60场中有4场因暴雨取消」.
_CALLED_OFF = pattern(
    r"取消(?!了?资格|限制|收费)|改为(?:线上|录播|视频|书面|电话)|没有(?:举办|举行|开展|成行)|停[办演训](?!证)"
)
_OF_USE = pattern(r"维修|检修|维护|巡检|故障|停用|使用|运行|运转|设备|设施|正常|一直|长期")
_NOT_COUNTED = pattern(r"[^,。;]*(?:不计入?|不算|不得分|除外|扣)[^,。;]*")  # of the rule
_OF_COST = pattern(r"成本|费用|单价|均价|满意")
_HELD = pattern(r"完成|开展|举办|组织|演出|实际|实施")


def _problem(case: Case, start: int, end: int) -> str:
    """The paragraph that a clause stands in; the clause alone where a whole chapter was run together."""
    around = case.paragraph(start)
    return case.text(around if around.end - around.start < _ONE_PROBLEM else Span(start, end))


_ONE_PROBLEM = 240  # characters


def _number(figure: str) -> int:
    return int(read_chinese(figure) or 0)


def _counter(counter: str) -> str:
    """People are counted by several words."""
    return "人" if counter == "名" else counter


def _told(case: Case, item: ScoredItem) -> str:
    """What a leaf tells of itself: its text, or its row with what running text scores by its name."""
    if not item.table:
        return case.text(item.body)
    prose = scored_in_prose(case, item)
    return f"{row_said(case, item)} {case.text(prose) if prose is not None else ''}"


def _weight(case: Case, amiss: _Amiss, item: ScoredItem, *, whole: bool) -> int:
    """How much a leaf is of what went wrong: nothing unless it counts more of the same, and says the contrary where ``whole``."""
    told = _told(case, item)
    counts = [_number(m["n"]) for m in _SO_MANY.finditer(told) if _counter(m["c"]) == amiss.counter]
    same = [n for n in counts if n > amiss.number or (whole and n == amiss.number)]
    if not same:
        return 0
    said = f"{item.name} {told}"
    own = _pairs(said)
    shared = amiss.words & own
    if not shared:
        return 0
    if _BROKEN.search(amiss.text) and not shared - _pairs(" ".join(_OF_USE.findall(amiss.text))):
        return 0  # what broke is named by no word of the leaf
    works = _BROKEN.search(amiss.text) is not None and _NONE_BROKEN.search(told) is not None
    if whole and not (works or _says_all(told, same) or _counted_there(amiss, same)):
        return 0
    if not _contrary(amiss.text, item.name, f"{said} {_asked(item)}"):
        return 0
    if _CALLED_OFF.search(amiss.text) and not _pairs(amiss.around) & _pairs(_KIND.sub("", item.name)):
        return 0
    alone = names_alone(case).get(item.name, frozenset())
    return len(shared) + 2 * len(shared & _pairs(item.name)) + 2 * len(shared & alone)


def _asked(item: ScoredItem) -> str:
    """What the rule of a row asks for beside the number: 「足额、及时发放得8分」."""
    asked = _ASKS_FOR.search(item.rule) if item.table else None
    return asked[0] if asked is not None else ""


_ASKS_FOR = pattern(r"(?:及时|按时|按期|如期)[^,。;]{0,8}(?=得|的|为|,)")


def _leaves_out(case: Case, amiss: _Amiss, item: ScoredItem) -> bool:
    """Whether a leaf itself tells that as many were left out: 「30项任务完成27项」 and three that were not done."""
    return (amiss.counter, amiss.number) in _left_out(case, item)


def _left_out(case: Case, item: ScoredItem) -> frozenset[tuple[str, int]]:
    """How many of each counter a leaf itself says were not done: two of 「11件中按期办结9件」."""
    text = _EACH.sub(" ", case.text(item.body))
    counts = [
        (m["c"], _number(m["n"]), _DONE_OF.search(text, 0, m.start()) is not None) for m in _SO_MANY.finditer(text)
    ]
    return frozenset(
        (whole[0], whole[1] - part[1])
        for whole, part in itertools.permutations(counts, 2)
        if whole[0] == part[0] and whole[1] > part[1] and part[2]
    )


_EACH = pattern(r"每[^,。;\d]{0,6}(?:\d+|[一两二三])\s?[\u4e00-\u9fff]")  # of the rule: 「每完成一场计入」
_DONE_OF = pattern(
    r"(?:完成|办结|按期|按时|及时|如期|合格|通过|达标|实际|实有|到位|建成|完工|处置|支付|签订|回复)[^,。;\d]{0,6}$"
)


def tells_shortfall(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf itself tells that it fell short: a figure below its target, a rate below all, fewer done than there were."""
    goal, done = _FIRST.search(item.target), _FIRST.search(item.actual)
    reached = goal is not None and goal[0] in _FIRST.findall(item.actual)  # 「分赴9个镇完成60场」 of 60
    if goal is not None and done is not None and not reached and not _AT_MOST.search(item.target):
        return Decimal(done[0].replace(",", "")) < Decimal(goal[0].replace(",", ""))
    text = _told(case, item)
    rates = [Decimal(m["n"]) for m in _RATE.finditer(text)]
    missed = _AIMED_AND_DONE.search(text)
    short = missed is not None and _amount(missed["done"]) < _amount(missed["due"])
    return short or bool(_left_out(case, item)) or any(_HALF < rate < _ALL_OF_IT for rate in rates)


def falls_short(text: str) -> bool:
    """Whether a text tells that less was done than planned: 「计划6期,只办了4期」."""
    return any(_amount(m["done"]) < _amount(m["due"]) for m in _ONLY_DONE.finditer(text))


_ONLY_DONE = pattern(
    r"(?:目标|计划|任务|应|要求)[^,。;\d]{0,6}(?P<due>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff%])[^。;\d]{0,14}(?:完成|实际|达到|只|仅)[^,。;\d]{0,6}(?P<done>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)"
)


def _amount(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


_FIRST = pattern(r"\d[\d,]*(?:\.\d+)?")
_AT_MOST = pattern(r"[≤<]|不高于|不超过|以内|以下|控制")
_RATE = pattern(r"率[^,。;\d]{0,4}(?P<n>\d{1,3}(?:\.\d+)?)\s?%")
_AIMED_AND_DONE = pattern(
    r"(?:目标|计划|任务)[^,。;\d]{0,6}(?P<due>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff%])[^。;\d]{0,12}(?:完成|实际|达到)[^,。;\d]{0,6}(?P<done>\d[\d,]*(?:\.\d+)?)\s?(?P=unit)"
)
_HALF, _ALL_OF_IT = Decimal(50), Decimal(100)


def told_openly(case: Case, admission: Admission) -> bool:
    """Whether a leaf itself leaves out just as many as an admission tells, 「9,405件中按期9,123件」 and 282 that were late, or tells its amount.

    An amount counts only where the leaf claims nothing by itself: 「年中追加460.00万元」 in both, against a claim elsewhere.
    """
    clause, body = case.text(admission.span), admission.item.body
    if body.start <= admission.span.start < body.end:
        return False
    own = admission.claim is not None and body.start <= admission.claim.start < body.end
    if not own and set(_AMOUNT.findall(clause)) & set(_AMOUNT.findall(case.text(body))):
        return True
    told = {(_counter(m["c"]), _number(m["n"])) for m in _SO_MANY.finditer(clause)}
    return bool(told & _left_out(case, admission.item)) if told else False


_AMOUNT = pattern(r"(?<![\d.])\d[\d,]*\.\d+(?=\s?[万亿]?元)")


def _says_all(told: str, counts: list[int]) -> bool:
    """Whether a leaf tells the same count twice, or that all were."""
    return any(counts.count(n) > 1 for n in counts) or _ALL.search(told) is not None


def _counted_there(amiss: _Amiss, counts: list[int]) -> bool:
    """Whether the problem itself tells the leaf's count as the whole: 「交办的12项中1项没有完成」."""
    return any(
        re.search(rf"(?<![\d.]){n}\s?(?:{amiss.counter}|名)", amiss.around.replace(",", ""))
        for n in counts
        if n > amiss.number
    )


def _contrary(amiss: str, name: str, said: str) -> bool:
    """Whether a leaf says the contrary of a clause: in time and late, passed and failed, an act and that it was not done."""
    if _other_act(amiss, name, said):
        return False
    if _LATE.search(amiss) and _TIMELY.search(said):
        return True
    if _BROKEN.search(amiss) and _WORKING.search(said) and not _BROKEN.search(said):
        return True
    if _CALLED_OFF.search(amiss) and _HELD.search(said) and not _OF_COST.search(name):
        return _CALLED_OFF.search(_NOT_COUNTED.sub(" ", said)) is None
    if _FAILED.search(amiss) and _PASSED.search(said):
        return True
    took, within = _TOOK.search(amiss), _WITHIN.search(said)
    if took is not None and within is not None and int(took["n"]) > int(within["n"]):
        return True
    undone = (match["what"] for match in _NOT.finditer(amiss) if not _IN_TIME.match(match["what"]))
    return any(_denies(what, name, said) for what in undone)


_IN_TIME = pattern(r"按[期时]|如期|及时")  # late, and not undone: 「未按期完工」 is against no mere number


def _denies(what: str, name: str, said: str) -> bool:
    """Whether what was not done is what a leaf is named after, or says was done."""
    if _DONE.search(what) and _DONE.search(said):
        return True
    if _pairs(what) & _pairs(_KIND.sub("", name)):
        return True
    return any(any(word in what for word in act) and any(word in said for word in act) for act in load_acts())


_KIND = pattern(r"项目|任务|[人户件]次|[人户件]数")


def _other_act(amiss: str, name: str, said: str) -> bool:
    """Whether a clause speaks of acts, and a leaf that is named after one of none of them: 结题 against 拨付."""
    acts = _acts(amiss)
    return bool(acts) and bool(_acts(name)) and not acts & _acts(said)


def _acts(text: str) -> frozenset[int]:
    return frozenset(n for n, words in enumerate(load_acts()) if any(word in text for word in words))


def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters of what a text is about: of its words, common ones of acts and times left out."""
    words = re.findall(r"[\u4e00-\u9fff]{2,}", _NO_OBJECT.sub(" ", text))
    return frozenset(word[k : k + 2] for word in words for k in range(len(word) - 1))


_NO_OBJECT = pattern(
    r"按期|按时|及时|如期|完成|未能?|没有|问题|存在|自评|得分|附件|年底|年末|全年|实际|计划|应当?|逾期|超期|滞后|推迟|个别|部分|仍有|其中|不够|工作|情况|规定|要求|时间|时限|期限|[率性的了有和及与在为由因中等]"
)
