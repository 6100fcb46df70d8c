"""How much of what a scoring rule counts the facts of a leaf tell: what is amiss, what goes beyond, and what earns points."""

import re
from fractions import Fraction
from itertools import pairwise

from hengji.auditing.rescoring.leaf_facts import AMISS, RATIOS, TIME, Fact, Facts, sentence_before
from hengji.auditing.rescoring.reached import planned_and_done
from hengji.auditing.rescoring.scoring_rule import Every
from hengji.auditing.wording import pairs_of
from hengji.model.units import canonical_unit, dimension

_DENIED = re.compile(
    r"均未|未发现|未发生|未出现|没有(?:发现|发生|出现)|无(?:一|逾|超|投)|全部(?:按|办结)|逐[件项一]|一致|未被|没有逾|^按[期时]|均按|其余|其他"
)
_KINDS = tuple(
    re.compile(words)
    for words in (
        r"超期|逾期|延期|推迟|超时|晚|滞后|延误|延至|时限|未按[期时]|未及时|迟|未如期",
        r"缺|少|漏|未完成|未开展|未实施|差|取消|未建|未达",
        r"超编|超标|超支|超员|超出|超",
        r"闲置",
        r"投诉|信访|举报",
        r"不符|不一致|未入账|卡片|不规范|不合格|不全|有误|错|白条|不完整|未登记|账外|违规|违反",
    )
)
_GENERIC = re.compile(r"^(?:发现|有|出现|发生|存在|查出|检查|指出|问题|的|,|评分|标准|为|规定|扣分|细则|按|:)*$")
_OF_OTHERS = re.compile(
    r"隐患|排查|查处|督促|整治|执法|(?:检查|巡查|抽检)[^,。;]{0,6}(?:企业|场所|单位|经营|市场|商户|门店|\d[家户])"
)
_NOT_DONE = re.compile(r"未(?!按|及时|如期|经)(?P<what>[\u4e00-\u9fff]{2})(?:的|$)")
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
        facts.text[a.end + len(a.after) : b.at - len(b.lead)] == "、" for a, b in pairwise(found)
    ):
        first, last = found[0], found[-1]
        words = f"{first.words}、{last.lead}"
        return Fact(sum((f.number for f in found), Fraction(0)), first.unit, words, last.after, first.at, last.end)
    if len({f.number for f in found}) > 1:
        common = {f: len(pairs_of(f.words) & pairs_of(every.about)) for f in found}
        most = max(common.values())
        found = [f for f in found if common[f] == most]
    return found[0] if len({f.number for f in found}) == 1 else None


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
    words = fact.words
    behind = facts.text[fact.end + len(fact.after) : fact.end + len(fact.after) + 16].lstrip(",(")
    undone = _NOT_DONE.search(every.about)
    if undone is not None and re.match(rf"均?已[^,;。]{{0,10}}{undone['what']}", behind):
        return False
    if not (AMISS.search(words) or fact.unit == "起") or (_GROWS.search(every.about) and not fact.beyond):
        return False
    if _DENIED.search(words) or ("整改" in every.about and "整改" in behind) or behind.startswith(("均未", "均按")):
        return False
    if _GENERIC.match(every.about):
        return not _OF_OTHERS.search(sentence_before(facts.text, fact.at))
    kinds = [kind for kind in _KINDS if kind.search(every.about)]
    return any(kind.search(words) for kind in kinds) or bool(pairs_of(words) & pairs_of(every.about))


_GROWS = re.compile(r"[比较]上年|同比|增[加长]")


def earned(facts: Facts, every: Every) -> Fact | None:
    """How many of what a rule gives points for."""
    found = [
        f
        for f in facts.figures
        if _counts(f, every.unit) and not AMISS.search(f.words) and (pairs_of(f.words) & pairs_of(every.about))
    ]
    if len({f.number for f in found}) == 1:
        return found[0]
    pair = planned_and_done(facts)
    return pair[1] if pair is not None and pair[1].unit == canonical_unit(every.unit) else None
