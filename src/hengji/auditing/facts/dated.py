"""R08: one event told with two dates."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengji.auditing.case import Case
from hengji.auditing.facts.fact import Name, name_of
from hengji.extracting.flat import flat
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

# What happens to a thing once, each by a word of its own.
_EVENT = r"(?:初步|交工|竣工|完工|终期|联合)?验收|完工|竣工|开工|通车|公开|印发|投入使用|投用|启用"
_TOLD = pattern(rf"月(?:(?P<day>\d{{1,2}})日)?(?P<noun>[^,。;、\d]{{0,16}}?)(?P<event>{_EVENT})")
_UP_TO = pattern(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})$")  # what of a date stands before 月
_BEFORE = 24
_DATE = 7  # characters of a year and a month
_OTHERS = pattern(
    "批|其中|分别|各|另|计划|拟|预计|目标|应|要求|将|前|底|起|至|—|-|上年|去年|次年|首次|调整|部分|座|个|处|条"
)
_FILLER = pattern(
    "(?:[省市县区]|本)?[\u4e00-\u9fff]{2}[局委办]$|(?:[省市县区]|本)[\u4e00-\u9fff]{2}[局委办]|组织|通过|全部|完成|在[^,。;]{2,12}(?:网站|平台|专栏)(?:上)?|于|正式|按期|如期|对外|县|市|区|局"
)


_OF_ACCOUNTS = pattern("预算|(?<!预)决算|自评|目标|信息")  # what was published, told before its approval
_OF_YEAR = pattern(r"(20\d\d)年度?(?!\d)")  # the year that a thing bears by name, no date


@dataclass(frozen=True, slots=True)
class _Event:
    """An event and its date, as it stands."""

    name: Name
    kind: str
    year: int
    month: int
    day: int
    span: Span
    sentence: Span
    of: int = 0  # the year that what it happened to bears by name: 「2022年度部门决算」


def dated_twice(case: Case) -> Iterator[Finding]:
    """R08: 「2024年10月通过交工验收」, and 「12月通过交工验收」 of the same road elsewhere."""
    groups: dict[str, list[_Event]] = {}
    for event in _events(case):
        groups.setdefault(event.kind, []).append(event)
    for one, other in (pair for told in groups.values() for pair in itertools.combinations(told, 2)):
        same = [e for e in groups[one.kind] if e.name.core <= one.name.core or one.name.core <= e.name.core]
        if other not in same or not _apart(one, other) or len({(e.month, e.day) for e in same}) > len((one, other)):
            continue
        right, odd = sorted((one, other), key=lambda e: (case.item_at(e.span.start) is None, e.span.start))
        shown = case.text(right.span)
        message = f"这里写“{case.found.text(odd.span)}”，另一处写“{shown}”，同一件事的时间前后不一"
        yield case.finding(
            "R08", odd.span, message, stated=case.found.text(odd.span), recomputed=shown, also=(right.span,)
        )


def _apart(one: _Event, other: _Event) -> bool:
    if one.sentence == other.sentence or one.year != other.year or (one.of != other.of and one.of and other.of):
        return False
    return one.month != other.month or bool(one.day and other.day and one.day != other.day)


def _events(case: Case) -> Iterator[_Event]:
    for match in _TOLD.finditer(case.flat):
        date = _UP_TO.search(case.flat, max(0, match.start() - _DATE), match.start())
        if date is None or case.in_table(date.start()) or case.aimed_at(date.start()):
            continue
        sentence = case.sentence(date.start())
        lead = case.flat[max(sentence.start, date.start() - _BEFORE) : date.start()]
        words = re.split(r"[,。;、:()]", lead)[-1] + match["noun"]
        name = "" if _OTHERS.search(words) else _event_of(case, sentence, match, words)
        if len(name_of(name).core) > 1:
            years = [date["year"] or "", *reversed(re.findall(r"(20\d\d)年(?!度)", lead)), str(case.year)]
            year, month, day = next(filter(None, years)), date["month"], match["day"] or "0"
            span = Span(date.start(), match.end("event"))
            of = [int(told) for told in _OF_YEAR.findall(case.flat, sentence.start, match.end())]
            kind, of_year = match["event"][-2:], of[-1] if of else 0
            yield _Event(name_of(name), kind, int(year), int(month), int(day), span, sentence, of_year)


def _event_of(case: Case, sentence: Span, match: re.Match[str], words: str) -> str:
    """What an event happened to: by the words before it, or by its leaf; which accounts were published."""
    if match["event"] == "公开":
        told = _OF_ACCOUNTS.findall(case.flat, sentence.start, match.end())
        return str(told[-1]) if told else ""
    noun = _FILLER.sub("", re.sub(r"\d[\d,.]*\s?[\u4e00-\u9fff]{2}?", "", words))
    item = case.item_at(match.start())
    return noun if item is None or len(name_of(noun).core) > 1 else _FILLER.sub("", flat(item.name))
