"""R18: a fault of the things that a leaf with full marks is about, in whatever words, where that leaf says that nothing is amiss."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    NO_PROBLEM,
    RULE,
    Admission,
    is_of_another_year,
    is_right_again,
    leaves_of,
)
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.contradicting import said_with, special_of, spoken_of
from hengji.auditing.problems.qualities import at_fault, of_its_object, of_its_quality
from hengji.auditing.wording import pairs_of
from hengji.library.texts import Topic, load_objects, load_topics, load_whole
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_FAULT = pattern(
    r"未(?!来)|(?<![淹沉埋出])没(?![收落])|无(?=[\u4e00-\u9fff]{2,6}(?:手续|依据|合同|公函|清单|记录|签字|验收))|不(?:规范|完整|全|齐|符|及时|严|到位|准确|实|细|清|明|一致|合规|足30|够[规完及严准细])|缺[少失]|缺(?=[\u4e00-\u9fff])|漏|差错|错误|逾期|超期|擅自|直接(?:确定|指定|委托|购买)|后才?补|补签|找不到|查不到|漏洞|倒签|重复|混"
)


def faults_of_things(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """The sentences of the problems that tell a fault of the things of one topic, against its leaf that claims that all is well."""
    topics = {topic.name: topic for topic in load_topics() if topic.name in load_objects()}
    for zone in zones:
        for match in re.finditer(r"[^。;\n]+", case.text(zone)):
            text = match[0]
            faulty = "，".join(part for part in text.split(",") if _is_faulty(part))
            if not faulty or not _holds(case, text):
                continue
            name = _topic_of(faulty)
            if name is None:
                continue
            topic = topics[name]
            if topic.unless is not None and topic.unless.search(text):
                continue
            if any(word in item.name for word in topic.leaves for item in lost):
                continue
            span = Span(zone.start + match.start(), zone.start + match.end())
            found = _claimed(case, topic, leaves_of(topic.leaves, full), text)
            if found is not None:
                yield Admission(span, *found)


def _is_faulty(part: str) -> bool:
    """Whether a part of a sentence tells a fault, and not that something was slow or a goal was missed."""
    return _FAULT.search(part) is not None and not _SLOW_OR_SHORT.search(part)


_SLOW_OR_SHORT = pattern(
    r"进度|执行率|支出率|(?:未|没有)[^,。;]{0,4}(?:达|完成|实现)|满意|时间长|[偏较]慢|结转|结余|下达|下拨|到账|列入|超期|逾期|未支付|没有支付|尾款|系统[^,。;]{0,8}对接"
)


def _holds(case: Case, text: str) -> bool:
    """Whether a sentence tells a fault of the unit's own, of this year, that still stands."""
    if RULE.search(text) or ALLOWED.search(text) or NO_PROBLEM.search(text.strip(" 。;")):
        return False
    return at_fault(text) and not is_right_again(case, text) and not is_of_another_year(case, text, text)


def _topic_of(text: str) -> str | None:
    """The topic of whose things a sentence names the most; None where two are named as much."""
    first = topics_of(text)
    return next(iter(first)) if len(first) == 1 else None


def topics_of(text: str) -> frozenset[str]:
    """The topics of whose things a sentence names the most, several where it names as much of each."""
    named = {name: len(set(form.findall(text))) for name, form in load_objects().items()}
    best = max(named.values())
    return frozenset(name for name, count in named.items() if best and count == best)


def _claimed(case: Case, topic: Topic, leaves: list[ScoredItem], text: str) -> tuple[ScoredItem, Span] | None:
    """The leaf of a topic that claims that nothing is amiss: the one that shares the most words with a sentence first."""
    told = pairs_of(text)
    ours = [i for i in leaves if of_its_quality(i.name, text) and of_its_object(i.name, text)]
    for item in sorted(ours, key=lambda i: -len(told & pairs_of(f"{i.name} {case.text(i.body)}"))):
        if item.name.endswith(("率", "度")):
            continue
        claim = claim_of(case, item, topic.claims) or claim_of(case, item, load_whole())
        if claim is not None and _of_its_aspect(case, item, claim, text):
            return item, claim
    return None


def _of_its_aspect(case: Case, item: ScoredItem, claim: Span, text: str) -> bool:
    """Whether a fault is of the side of its things that a leaf judges: one named after the things alone (资产管理) judges all, another what it says."""
    if _ALL_SIDES.search(item.name):
        return True
    special = special_of(spoken_of(text))
    thing = spoken_of(" ".join(match[0] for form in load_objects().values() for match in form.finditer(text)))
    return bool((special - thing) & spoken_of(f"{item.name} {said_with(case, item, claim)}"))


_ALL_SIDES = pattern(r"(?:管理|采购|使用|核算)(?:工作)?(?:情况|规范性?|合规性?|水平)?$")
