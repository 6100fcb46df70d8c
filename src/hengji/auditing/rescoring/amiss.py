"""How much of what a scoring rule counts the facts of a leaf tell: what is amiss, what goes beyond, and what earns points."""

import re
from fractions import Fraction
from itertools import pairwise

from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import RATIOS, TIME, Fact, Facts, faulty, plain, sentence_before
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.auditing.rescoring.scoring_rule import Every
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, dimension

_DENIED = pattern(
    r"均未|未(?:发现|发生|出现|提出|指出|反馈|查出|见)|没有(?:发现|发生|出现|提出|指出|查出|反馈)|无(?:一|逾|超|投)|全部(?:按|办结)|逐[件项一]|一致|未被|没有逾|^按[期时]|均按|其余|其他|(?:未|没有|无)[\u4e00-\u9fff]{0,3}(?:问题|异常|违[规纪法]|不符|差错|瑕疵)"
)
_KINDS = tuple(
    pattern(words)
    for words in (
        r"超期|逾期|延期|推迟|超时|晚|滞后|延误|延至|时限|(?:未|没有)(?:能)?(?:按[期时]|及时|如期)|迟",
        r"缺|少|漏|未完成|未开展|未实施|差|取消|未建|未达",
        r"超编|超标|超支|超员|超出|超",
        r"闲置",
        r"投诉|信访|举报",
        r"不符|不一致|未入账|卡片|不规范|不合格|不全|有误|错|白条|不完整|未登记|账外|违规|违反",
        r"事故|烫伤|烧伤|坠|摔|溺|中毒|触电|火[灾情]|碰撞|受伤|伤亡|死亡|踩踏|坍塌|爆炸|侧翻",
    )
)
_GENERIC = pattern(r"^(?:发现|有|出现|发生|存在|查出|检查|指出|问题|任何|的|,|评分|标准|为|规定|扣分|细则|按|:)*$")
_OF_OTHERS = pattern(
    r"隐患|排查|查处|督促|整治|执法|(?:检查|巡查|抽检)[^,。;]{0,6}(?:企业|场所|单位|经营|市场|商户|门店|\d[家户])"
)
_NOT_DONE = pattern(r"未(?!按|及时|如期|经)(?P<what>[\u4e00-\u9fff]{2})(?:的|$)")
_ANY = "个件项处次起例"  # in a rule these count whatever the facts count


def beyond_bound(facts: Facts, every: Every, full: Fraction | None) -> tuple[Fraction, Fact] | None:
    """By how much a count goes beyond the number that a rule leaves free: 「追加3次以内不扣分，超过的每次扣1分」."""
    bound = every.bound if every.bound is not None else full
    counted = [f for f in facts.figures if f.unit == canonical_unit(every.unit) and not f.aimed]
    if bound is None or len({f.number for f in counted}) != 1:
        return None
    gap = bound - counted[0].number if every.down and not every.up else counted[0].number - bound
    return max(gap, Fraction(0)), counted[0]


def amiss(facts: Facts, every: Every) -> Fact | None:
    """How many of what a rule takes points off for; None where the facts do not tell it, or tell several."""
    found = [f for f in facts.figures if _counts(f, every.unit) and not f.aimed and _is_amiss(f, facts, every)]
    if len(found) > 1 and all(
        _NEXT.fullmatch(facts.text[a.end + len(a.after) : b.at - len(b.lead)]) for a, b in pairwise(found)
    ):
        first, last = found[0], found[-1]
        words = f"{first.words}、{last.lead}"
        return Fact(sum((f.number for f in found), Fraction(0)), first.unit, words, last.after, first.at, last.end)
    if len({f.number for f in found}) > 1:
        common = {f: len(pairs_of(f.words) & pairs_of(every.about)) for f in found}
        most = max(common.values())
        found = [f for f in found if common[f] == most]
    return found[0] if len({f.number for f in found}) == 1 else None


_NEXT = pattern(r"、(?:\d{1,2}月(?:\d{1,2}日)?)?")  # 「3月车间烫伤1起、10月宿舍坠床1起」


def parts_within(facts: Facts, fact: Fact) -> list[Fact]:
    """The parts of a count that are told right behind it: 「发现问题3个，其中2个为上年遗留」."""
    return [
        f
        for f in facts.figures
        if f.unit == fact.unit and f.at > fact.at and f.number < fact.number and f.lead.startswith(_WITHIN)
    ]


_WITHIN = ("其中", "有", "属于", "属")
_ALL_WELL = (  # what the rest of a whole is not, by the kind of fault that a rule counts
    (_KINDS[0], pattern(r"按期|按时|按合同|按计划|及时|如期|准时|[时期]限内|规定时间内")),
    (_KINDS[1], pattern(r"完成|开展|办结|实施|建成|完工|到位|达到|落实")),
    (_KINDS[5], pattern(r"合格|规范|达标|完整|相符|一致|符合|合规")),
)
_BEHIND_IT = pattern(r",[\u4e00-\u9fff]{2,8}")  # 「签订合同5份,按期备案4份」
_PART_OF = pattern(r"[\u4e00-\u9fff,(]{0,10}?(?:中|,其中)(?:有|已)?[\u4e00-\u9fff]{0,8}")


def left_over(facts: Facts, every: Every) -> Fact | None:
    """How many of a whole are not as they should be, where those that are well are told: 「14个项目中13个按期完工」, 「20家机构达标19家」."""
    well = [good for kind, good in _ALL_WELL if kind.search(every.about)]
    undone = _UNDONE.search(every.about)
    for whole, part in pairwise(facts.figures if well or undone else ()):
        if whole.unit != part.unit or not whole.number > part.number > 0 or not _counts(part, every.unit):
            continue
        between = facts.text[whole.end : part.at]
        well_done = any(good.search(part.words) for good in well)
        rest = _REST.match(facts.text, part.end) is not None
        behind = not rest and _KINDS[1].search(every.about) is None and _BEHIND_IT.fullmatch(between)
        of_it = well_done and (_PART_OF.fullmatch(between) or behind)
        told = undone is not None and undone["what"] in between and _NEXT_TO_IT.fullmatch(between)
        rest_is_told = told and not of_it and rest
        if (of_it or told) and not rest_is_told and not faulty(part.words) and not whole.aimed:
            lead = part.lead if behind else "只有"
            words = f"{number(whole.number)}{whole.unit}中{lead}{number(part.number)}{part.unit}{part.after}、差"
            return Fact(whole.number - part.number, part.unit, words, "", part.at, part.end)
    return None


_UNDONE = pattern(r"(?:不|未能?|没有)(?P<what>[\u4e00-\u9fff]{2})")  # 「每1家不达标」: what the others are
_NEXT_TO_IT = pattern(r"[\u4e00-\u9fff,]{2,14}")
_REST = pattern(r"[^。;\d]{0,8}[,;](?:其余|其他|剩余|余下|还有|另)")  # which may not be due yet


_TOLD_BY = pattern(r"审计|检查|抽查|巡察|核查|发现|指出|查出|通报|复核")
_NO_FAULT = pattern(
    r"制度|机制|防|避免|杜绝|控制在|整治|查处|排查|按规定|得满分|不扣分|没有|均无|无[^,;。]{0,8}$|为?0[个件起次]|未有"
)
_COUNTED = pattern(r"\d\s?[个件项处次起例笔份家户]")
_OTHER_TIME = pattern(r"上一?年|去年|往年|未接受|未安排|均已|均按")
_TOLD_IN_KIND = (0, 1, 2, 3, 5)  # kinds of fault that a clause may tell without a number
_CLAUSE = pattern(r"[^,;。|]{4,60}")


def fault_told(facts: Facts, about: str, *, alone: bool = False) -> str:
    """The clause of a leaf that tells a fault of the kind that a rule speaks of, without a number of them; nothing where none does.

    ``alone``: words that it shares with the rule will do.
    """
    kinds = [kind for n, kind in enumerate(_KINDS) if n in _TOLD_IN_KIND and kind.search(about)]
    generic = _GENERIC.match(about) is not None or _KINDS[5].search(about) is not None
    wanted = _pairs(about)
    for match in _CLAUSE.finditer(facts.text):
        clause = match[0]
        if clause.endswith(("的", "时", "者")) or _OTHER_TIME.search(clause) or _COUNTED.search(clause):
            continue  # the rule's own condition
        if facts.text.startswith(";;", match.end()) or facts.text[: match.start()].endswith(";;"):
            continue  # its words on either side
        following = _CLAUSE.match(facts.text, match.end() + 1)
        if following is not None and _NONE_FOUND.search(following[0]):
            continue
        if not faulty(clause) or _DENIED.search(clause) or _NO_FAULT.search(clause) or _OF_OTHERS.search(clause):
            continue
        alike = any(kind.search(clause) for kind in kinds) or (
            alone and (len(wanted & _pairs(clause)) >= _MUCH or _any_of(about, clause))
        )
        if alike or (generic and _TOLD_BY.search(clause)):
            return clause
    return ""


_NONE_FOUND = pattern(r"^[^,。;|\d]{0,6}(?:未|没有|无)(?:发现|发生|出现|提出|指出|反馈|查出|见)?")
_MUCH = 2  # pairs of characters


def _any_of(about: str, clause: str) -> bool:
    """Whether a clause tells one of the faults that a rule lists: 「截留、挤占、挪用」."""
    listed = [word for word in _APART.split(about) if word]
    return len(listed) > 1 and any(len(word) > 1 and word in clause for word in listed)


_APART = pattern(r"[、或及和]|等?(?:情况|问题|行为|现象)")


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text)}


def _counts(fact: Fact, unit: str) -> bool:
    """Whether a figure may count what a rule counts."""
    own, wanted = fact.unit, canonical_unit(unit)
    if own in RATIOS or wanted in RATIOS:
        return False
    if dimension(own) == "money" or dimension(wanted) == "money":
        return dimension(own) == dimension(wanted)
    if own in TIME or wanted in TIME:
        return own == wanted or {own, wanted} <= {"天", "日"}
    return own == wanted or wanted in _ANY or (own == "个" and fact.after.startswith(wanted))


def _is_amiss(fact: Fact, facts: Facts, every: Every) -> bool:
    words = plain(fact.words)
    behind = facts.text[fact.end + len(fact.after) : fact.end + len(fact.after) + 24].lstrip(",(")
    undone = _NOT_DONE.search(every.about)
    if undone is not None and re.match(rf"均?已[^,;。]{{0,10}}{undone['what']}", behind):
        return False
    if not (faulty(words) or fact.unit == "起") or (_GROWS.search(every.about) and not fact.beyond):
        return False
    if (
        _DENIED.search(words)
        or _UNFOUNDED.match(behind)
        or ("整改" in every.about and "整改" in behind)
        or behind.startswith(("均未", "均按"))
    ):
        return False
    if len(fact.after) >= _WORD and fact.after[:_WORD] in every.about and faulty(fact.after[:_WORD]):
        return not _OF_OTHERS.search(sentence_before(facts.text, fact.at))  # 「指出1个问题」 of 「共4个问题」
    if _GENERIC.match(every.about) or (fact.number == 1 and _ANY_FAULT.search(every.about)):
        return not _OF_OTHERS.search(sentence_before(facts.text, fact.at))
    kinds = [kind for kind in _KINDS if kind.search(every.about)]
    return any(kind.search(words) for kind in kinds) or bool(pairs_of(words) & pairs_of(every.about))


_WORD = 2
_UNFOUNDED = pattern(
    r"(?:[^,。;\d]{0,8},?)?[^,。;\d]{0,8}(?:无|没有|不承担|不负|不属)[^,。;\d]{0,4}责|(?:[^,。;\d]{0,6},?)?(?:均|都|全部)?(?:不属实|不实|查无|无效|非[^,。;]{1,10}(?:责任|原因)|与[^,。;]{1,10}无关|未[予被]?(?:认定|采信))"
)
_ANY_FAULT = pattern(r"不规范|不合规|不符合(?:要求|规定)")
_GROWS = pattern(r"[比较]上年|同比|增[加长]")


_CHANGES = pattern(r"减少|降低|缩短|压缩|下降|增加|提高|上升|增长")
_MOVED = pattern(r"(?:减少|降低|缩短|压缩|下降|降|减|缩|增加|提高|上升|增长|增|升)(?:到|至|为)")


def moved_by(facts: Facts, every: Every) -> Fact | None:
    """By how much a figure moved from one value to another: 「由95分钟减少到80分钟」."""
    for before, after in pairwise(facts.figures):
        between = facts.text[before.end : after.at]
        if before.unit == after.unit == canonical_unit(every.unit) and _MOVED.fullmatch(between.lstrip(",")):
            return Fact(
                abs(before.number - after.number), after.unit, f"{before.lead}{between[:2]}", "", after.at, after.end
            )
    told = [f for f in facts.figures if f.unit == canonical_unit(every.unit) and (f.short or f.beyond)]
    return told[0] if len({f.number for f in told}) == 1 else None


def earned(facts: Facts, every: Every) -> Fact | None:
    """How many of what a rule gives points for."""
    if _CHANGES.search(every.about):
        return moved_by(facts, every)
    found = [
        f
        for f in facts.figures
        if _counts(f, every.unit) and not faulty(f.words) and (pairs_of(f.words) & pairs_of(every.about))
    ]
    if len({f.number for f in found}) == 1:
        return found[0]
    alike = [f for f in facts.figures if _counts(f, every.unit) and not faulty(f.words) and f.about != "目标"]
    if not found and len({f.number for f in alike}) == 1 and _NO_OTHER.fullmatch(every.words):
        return alike[0]  # 「举办培训6期，每期计1.5分」: there is nothing else to count
    pair = planned_and_done(facts)
    return pair[1] if pair is not None and pair[1].unit == canonical_unit(every.unit) else None


_NO_OTHER = pattern(
    r"每(?:完成|举办|开展|组织|办理|落实|实施)?(?:一|1)?(?:个百分点|[\u4e00-\u9fff]{1,3})[得计加]\d{1,2}(?:\.\d+)?分"
)
