"""R18: a lapse told in passing, outside the problems, against the leaf with full marks that says there was none (lapses.yaml)."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import (
    ALLOWED,
    NONE_OF_IT,
    RULE,
    Admission,
    clause_around,
    is_denied,
    is_inside,
    is_of_another_year,
)
from hengji.auditing.problems.claiming import NOT_ADMITTED, claim_of
from hengji.auditing.problems.contradicting import said_with, special_of, spoken_of
from hengji.auditing.problems.zones import measure_zones
from hengji.library.lapses import Lapse, load_lapses
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_Claims = list[tuple[ScoredItem, Span]]


def lapses_in_passing(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """A lapse that a sentence outside the leaves and the problems tells, of a kind that one leaf says there was none of."""
    for lapse in load_lapses():
        if any(_paid(case, lapse, item) for item in lost):
            continue
        claims = list(_denying(case, lapse, full)) if lapse.told.search(case.flat) else []
        for match in lapse.told.finditer(case.flat) if claims else ():
            if _elsewhere(case, match.start(), zones) and (span := _told(case, lapse, match)) is not None:
                found = _nearest(case, lapse, span, claims)
                if found is not None:
                    yield Admission(span, *found, sure=True)


def _paid(case: Case, lapse: Lapse, lost: ScoredItem) -> bool:
    """Whether a leaf that lost points answers for a kind of lapse: by its name, unless that is of a rate, or by what it tells."""
    if lapse.leaves.search(lost.name) is None:
        return False
    return not lost.name.endswith("率") or lapse.told.search(case.text(lost.body)) is not None


def _denying(case: Case, lapse: Lapse, full: list[ScoredItem]) -> Iterator[tuple[ScoredItem, Span]]:
    """The leaves that answer for a kind of lapse, and where they say that there was none."""
    for item in full:
        claim = (
            claim_of(case, item, lapse.claims) if lapse.leaves.search(f"{item.name}{case.text(item.body)}") else None
        )
        if claim is not None and lapse.leaves.search(f"{item.name} {said_with(case, item, claim)}"):
            yield item, claim


def _elsewhere(case: Case, at: int, zones: list[Span]) -> bool:
    """Whether a place outside the leaves tells what happened, and neither a problem, a goal, a measure nor a proposal."""
    return not (
        case.item_at(at) is not None
        or case.in_table(at)
        or case.aimed_at(at)
        or case.chapter_key(at) in NOT_ADMITTED
        or is_inside(zones, at)
        or is_inside(measure_zones(case), at)
    )


def _told(case: Case, lapse: Lapse, match: re.Match[str]) -> Span | None:
    """The clause that tells a lapse: the unit's own, of this year, counted, not denied and no rule."""
    start, end = clause_around(case.flat, match.start(), match.end())
    clause = case.flat[start:end]
    before = case.flat[start : match.start()]
    if lapse.things.search(clause) is None or not (lapse.bare or _COUNTED.search(_DATE.sub(" ", clause))):
        return None
    if is_denied(case.flat, start, match) or RULE.search(clause) or (not lapse.allowed and ALLOWED.search(clause)):
        return None
    if lapse.unless is not None and lapse.unless.search(clause):
        return None
    if _IN_TIME.search(clause):
        return None
    if is_of_another_year(case, clause, clause) or NONE_OF_IT.search(clause[match.start() - start :]):
        return None
    return None if told_of_others(clause, before) else Span(start, end)


def told_of_others(clause: str, before: str) -> bool:
    """Whether a clause tells of another body, or its words before a lapse of what was done against such lapses."""
    if _NOT_OURS.search(clause) or _NO_LAPSE.search(before):
        return True
    return _OTHERS.search(before) is not None and _OURS.search(clause) is None


# 「竣工验收单日期均在各自工期以内,最后一个12月14日验收」
_IN_TIME = pattern(r"(?:均|全部|都)[^,。;]{0,10}(?:工期|期限|时限|规定时间|合同期)[^,。;]{0,4}(?:内|前)")
_COUNTED = pattern(r"\d|[一两二三四五六七八九十](?=[个笔份件户台套项名批处人次宗起])")
_DATE = pattern(r"20\d\d年度?(?!\d)|第?\d{1,2}季度")
_OURS = pattern(r"[我本](?:局|委|院|馆|站|校|单位|部门|中心|镇|街道|乡|办|厅|处|队)")
_NOT_OURS = pattern(r"不(?:属于|涉及|是)[^,。;]{0,4}[我本](?:局|委|院|馆|站|校|单位|部门|中心|镇|街道|乡|办)")
# What the unit found with those it oversees, or did against such lapses.
_OTHERS = pattern(
    r"企业|商户|群众|市民|失主|用户|经营|业主|市场主体|用人单位|开发商|物业|车主|驾驶|门店|农户|养殖户|居民|村民|学校|医院|药店|机构|乡镇|镇街|村(?!级?道)|社区|下属|所属|二级单位|辖区|全[县市区省州]|各(?:单位|乡|镇|部门)|对\d+[家个]|\d+家"
)
_NO_LAPSE = pattern(
    r"(?:演练|培训|讲解|模拟|宣传|打击|查处|查办|防止|防范|杜绝|严禁|纠正|解决|清理(?!出)|化解|减少|降低|避免|排查(?!出|中)|督促|如(?!期|下)|若|一旦|是否|有无)[^,。;]{0,16}$|(?:演练|培训|宣传|讲解)(?:\d|[^。;]{0,4}风险)|风险[^。;]{0,10}$"
)


def _nearest(case: Case, lapse: Lapse, span: Span, claims: _Claims) -> tuple[ScoredItem, Span] | None:
    """The leaf that shares the most words of its own with what is told."""
    told = special_of(spoken_of(case.text(span)))
    weighed = [
        (len(told & special_of(spoken_of(f"{item.name} {said_with(case, item, claim)}"))), item, claim)
        for item, claim in claims
    ]
    best = max(weight for weight, _, _ in weighed)
    if lapse.near and not best:
        return None
    meant = [
        (item, claim)
        for weight, item, claim in weighed
        if weight == best and (weight or lapse.leaves.search(item.name))  # named after the kind, or of the same thing
    ]
    return meant[0] if len(meant) == 1 else None  # it might be of either
