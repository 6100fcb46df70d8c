"""R08: one noun counted on both sides of itself: 「教学班54个」, and 「全校56个教学班」; a row's name and the same words with another number.

The noun that stands right before a number in one sentence stands right behind it in another; no act, part or plan parts the two.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hengji.auditing.case import Case, once
from hengji.auditing.facts.told_facts import achieved
from hengji.library.texts import load_fact_words
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_UNITS = "个|家|所|座|处|条|套|台|辆|户|栋|口|眼|盏|株|间|艘|宗|项|期|场|次|批|支|张|部"
_COUNT = rf"(?<![\d.,第])(?P<n>[1-9]\d{{0,4}})\s?(?P<u>{_UNITS})"
_BEHIND = pattern(rf"{_COUNT}(?P<noun>[\u4e00-\u9fff]{{3,14}})")
_LEAD = pattern(r"[^,。;:、()\d\n\t]{0,14}\Z")  # the words before such a number
_BEFORE = pattern(rf"{_COUNT}(?=[,。;、()\n和及]|其中|$)")
_NOUN = pattern(r"(?P<noun>[\u4e00-\u9fff]{3,20}?)(?:共有|共计|合计|共|现有|有|为|达)?\s?\Z")  # before such a number
_FAR = 24  # characters that the two take at most
_OF_SCHOOL = pattern("学期|学年")  # a school year is told by the year it begins in
_SHORTEST, _ROW = 3, 5  # characters of a noun; of the name of a row, or of a noun that no other thing has
_MORE, _PART = 1.6, 0.5  # how far two numbers of one thing may be apart
_WHOLE = pattern(
    r"(?:全[县市区校镇乡局院馆村站旗州]|所有|全部|辖区|城区|[我本][县市区局校院馆镇乡]|共有?|现有)(?:的)?$"
)
_OPENS = pattern(
    r"(?:设|设置|辖|有|共|现|拥有|[全我本][县市区校镇乡局院馆村站旗州])$"
)  # before a noun that is counted as a whole
_EVERY = pattern(r"全部|均|都|全面|全数|悉数")
_SOME = pattern(
    r"其中|部分|另|首批|其余|剩余|计划|目标|拟|将|应|力争|新增|累计|历年|以来|上年|去年|每|各[个项类]|平均|涉及|抽[查取检]|选取|试点|季度|上半年|下半年|未|不|仅|尚|续建|第|同比|原有?|分别|至少|重点|以上|以下|占|比"
)
_TAIL = pattern(r"(?:实际)?(?:完成|建成)?(?:总?数量?|个数|次数|期数|场次|总量|完成值|实际完成值)$")
_HEADER = pattern(r"(?:措施|原因|说明|备注|完成情况|完成值|指标值|得分|分值)$")  # of a column: it names no thing
_RESULT = pattern(r",[^。;\d]{0,8}(?:参训|参加|培训|惠及|服务|覆盖|受益)[^,。;\d]{0,8}\d")


@dataclass(frozen=True, slots=True)
class _Told:
    """A number beside a noun: the words that hold the noun, those round it, and whether the noun stands before the number."""

    number: int
    unit: str
    noun: str
    lead: str
    span: Span
    row: bool = False


def noun_counts(case: Case) -> Iterator[Finding]:
    """R08: two numbers of one noun, the only ones it has, in two paragraphs."""
    before, behind = _told(case)
    given: set[Span] = set()
    for one, other in itertools.product(before, behind):
        noun = _shared(one, other) if one.unit == other.unit and one.number != other.number else ""
        differs = noun and _differs(case, one, other, noun) and _only_two(before, behind, noun, one.unit)
        if differs and given.isdisjoint({one.span, other.span}):
            given.update((one.span, other.span))
            yield _finding(case, one, other, noun)
    for row in before:
        for told in before if row.row else ():
            if _same_row(case, row, told) and given.isdisjoint({row.span, told.span}):
                given.update((row.span, told.span))
                yield _finding(case, row, told, row.noun)


@once
def _told(case: Case) -> tuple[Sequence[_Told], Sequence[_Told]]:
    """The numbers right behind a noun, the rows of indicators among them, and those right before one."""
    years = {q.span.start: q.year for q in case.found.quantities if not q.table}
    before: list[_Told] = []
    behind: list[_Told] = []
    for count, words in _counts(case.flat, _BEFORE, _NOUN):
        clause = _clause(case, count, words)
        if _counts_now(case, count, clause, years) and not _HEADER.search(words["noun"]):
            before.append(_beside(count, words["noun"], clause))
    for count, words in _counts(case.flat, _BEHIND, _LEAD):
        if _counts_now(case, count, _clause(case, count, words), years) and not _HEADER.search(count["noun"]):
            behind.append(_beside(count, count["noun"], words[0]))
    for fact in achieved(case):
        name = _TAIL.sub("", re.sub(r"[^\u4e00-\u9fff]", "", fact.before))
        if fact.value == fact.value.to_integral_value() and len(name) >= _SHORTEST and not _HEADER.search(name):
            before.append(_Told(int(fact.value), fact.unit, name, name, fact.span, row=True))
    return before, behind


def _counts(text: str, form: re.Pattern[str], before: re.Pattern[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The counts of a form, each with the words of another right before it that belong to no count in front."""
    end = 0
    for match in form.finditer(text):
        words = before.search(text, max(end, match.start() - _FAR), match.start())
        if words is not None:
            yield match, words
            end = match.end()


def _clause(case: Case, count: re.Match[str], words: re.Match[str]) -> str:
    """The words of its clause before a count, up to where those right before it begin in another."""
    start = max(case.flat.rfind(mark, 0, words.start()) for mark in ",。;:、()\n\t") + 1
    return case.flat[start : count.start()]


def _counts_now(case: Case, count: re.Match[str], clause: str, years: Mapping[int, int]) -> bool:
    """Whether running text tells a count of the evaluated year."""
    at = count.start()
    if case.in_table(at) or case.aimed_at(at):
        return False
    return years.get(at, 0) == case.year or _OF_SCHOOL.search(clause) is not None


def _beside(count: re.Match[str], noun: str, lead: str) -> _Told:
    unit = load_fact_words().units.get(count["u"], count["u"])
    return _Told(int(count["n"]), unit, noun, lead, Span(count.start(), count.end("u")))


def _shared(one: _Told, other: _Told) -> str:
    """The longest end of the words before a number that those behind the other begin with."""
    top = min(len(one.noun), len(other.noun))
    return next((other.noun[:k] for k in range(top, _SHORTEST - 1, -1) if one.noun.endswith(other.noun[:k])), "")


def _differs(case: Case, one: _Told, other: _Told, noun: str) -> bool:
    """Whether a number behind its noun, told of all of them, is another than the one before it."""
    rest, around = other.noun[len(noun) :], one.lead.removesuffix(noun)
    if case.paragraph(one.span.start) == case.paragraph(other.span.start):
        return False
    if len(around) > (len(noun) >= _ROW) and not _OPENS.search(around):
        return False
    if _SOME.search(one.lead) or _SOME.search(other.lead) or _SOME.match(rest):
        return False
    acts = load_fact_words().acts
    if not set(acts.findall(around)) <= set(acts.findall(other.lead + rest)) or acts.search(other.lead):
        return False
    whole = not other.lead or _WHOLE.search(other.lead) is not None
    if one.number < other.number <= one.number * _MORE:
        return whole or len(noun) >= _ROW
    every = (bool(other.lead) and whole) or _EVERY.match(rest) is not None
    return every and one.number * _PART <= other.number < one.number


def _only_two(before: Sequence[_Told], behind: Sequence[_Told], noun: str, unit: str) -> bool:
    """Whether no third number stands beside the noun."""
    told = {each.number for each in before if each.unit == unit and each.noun.endswith(noun)}
    told |= {each.number for each in behind if each.unit == unit and each.noun.startswith(noun)}
    return len(told) == len(("one", "other"))


def _same_row(case: Case, row: _Told, told: _Told) -> bool:
    """Whether a sentence tells the very words of a row with another number, as something done with its result behind it."""
    if told.row or row.unit != told.unit or row.number == told.number or len(row.noun) < _ROW:
        return False
    named = re.sub(r"[班会次]$", "", told.noun).endswith(re.sub(r"[班会次]$", "", row.noun))
    near = max(row.number, told.number) <= 2 * min(row.number, told.number)
    return named and near and not _SOME.search(told.lead) and _RESULT.match(case.flat, told.span.end) is not None


def _finding(case: Case, one: _Told, other: _Told, noun: str) -> Finding:
    message = f"“{noun}”这里是{case.text(other.span)}，另一处是{case.text(one.span)}；同一份报告只用一个数"
    stated, meant = str(other.number), str(one.number)
    return case.finding("R08", other.span, message, stated=stated, recomputed=meant, also=(one.span,))
