"""R18: just what a leaf's own rule takes points off for, told elsewhere as having happened: 「每超预算一个品目扣2分」, 「有两个品目超预算」."""

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
    is_right_again,
)
from hengji.auditing.problems.claiming import NOT_ADMITTED, place_of
from hengji.auditing.problems.contradicting import special_of, spoken_of
from hengji.auditing.problems.passing import told_of_others
from hengji.auditing.problems.zones import measure_zones
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

# 「每超预算一个品目扣2分」, 「有一个项目未编报扣2分」, 「发现1笔白条入账扣1分」
_CONDITION = pattern(
    r"(?:每|凡|如有|若有|有|发现|出现|发生|存在)(?P<what>[^,。;%\d分]{0,10}?(?:[1一]\s?[个件笔份次起项处户台例人名批期天日家所宗张])?[^,。;%\d分]{0,12}?)(?:的)?,?(?:扣|不得分)"
)
_FILLING = pattern(
    r"每|凡|如|若|有|发现|出现|发生|存在|的|[1一]\s?[个件笔份次起项处户台例人名批期天日家所宗张]|(?:情形|情况|现象|问题|行为|者)"
)
_FAULT = pattern(
    r"超(?:预算|标准|范围|编|期|时|概算|定额)|逾期|未|没|不(?!低|少|高|超)|漏|缺|无(?=[\u4e00-\u9fff]{2})|白条|挪用|截留|虚报|重复|迟[报交]|拖欠|违[规反]|错|差错|闲置|丢失|退回|投诉|事故"
)
_COUNTED = pattern(r"\d|[一两二三四五六七八九](?=[个笔份件户台套项名批处人次宗起家例期天日所张])")
_SHORT = 2  # characters of a part of what is punished; a single part says enough with more
_ENOUGH = 4


def conditions_met(
    case: Case, full: list[ScoredItem], lost: list[ScoredItem], zones: list[Span]
) -> Iterator[Admission]:
    """The counted clauses that tell, in a rule's own words, what the rule of a leaf with full marks punishes."""
    punished = [(item, parts) for item in full if (parts := _punished(case, item))]
    ruled = {part for item in lost for part in _punished(case, item)}
    for item, parts in punished:
        for chunks in parts - ruled:
            span = _told(case, item, chunks, zones)
            if span is not None:
                yield Admission(span, item, place_of(case, item), sure=True)
                break


def _punished(case: Case, item: ScoredItem) -> frozenset[tuple[str, ...]]:
    """The words by which a leaf's rule tells what points are taken off for."""
    rule = item.rule if item.table else case.text(item.body)
    found = (tuple(c for c in _FILLING.split(m["what"]) if len(c) >= _SHORT) for m in _CONDITION.finditer(rule))
    return frozenset(chunks for chunks in found if any(_FAULT.search(c) for c in chunks))


def _told(case: Case, item: ScoredItem, chunks: tuple[str, ...], zones: list[Span]) -> Span | None:
    first = max(chunks, key=len)
    at = case.flat.find(first)
    while at >= 0:
        if _is_told(case, at, zones):
            start, end = clause_around(case.flat, at, at + len(first))
            text = case.flat[start:end]
            enough = sum(map(len, chunks)) >= _ENOUGH or _is_of(item, text)
            if all(chunk in text for chunk in chunks) and enough and _holds(case, start, end, at, first, zones):
                return Span(start, end)
        at = case.flat.find(first, at + 1)
    return None


def _is_of(item: ScoredItem, text: str) -> bool:
    """Whether a clause names what a leaf is about: 报表 of 统计报表报送."""
    shared = spoken_of(item.name) & spoken_of(text)
    return bool(special_of(shared))


def _is_told(case: Case, at: int, zones: list[Span]) -> bool:
    if case.item_at(at) is not None or case.in_table(at) or case.aimed_at(at):
        return False
    return is_inside(zones, at) or not (case.chapter_key(at) in NOT_ADMITTED or is_inside(measure_zones(case), at))


def _holds(case: Case, start: int, end: int, at: int, word: str, zones: list[Span]) -> bool:
    """Whether a clause counts such a thing as having happened to the unit in this year, and not as denied, a rule or put right."""
    text = case.flat[start:end]
    found = re.compile(re.escape(word)).match(case.flat, at)
    if _NONE_BEFORE.search(case.flat, start, at):
        return False
    if found is None or is_denied(case.flat, start, found) or NONE_OF_IT.search(case.flat[at:end]):
        return False
    if RULE.search(text) or ALLOWED.search(text) or is_right_again(case, text) or is_of_another_year(case, text, text):
        return False
    others = not is_inside(zones, at) and told_of_others(text, case.flat[start:at])
    return _COUNTED.search(text) is not None and not others


_NONE_BEFORE = pattern(r"(?:没有|无|未)(?:一|任何|发现)[^,。;]{0,6}\Z")
