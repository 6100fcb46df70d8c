"""R08: what a row of a table says was reached, against the same words with another number in running text."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.facts.told_facts import told_as_aim
from hengji.auditing.slips import REPLACED, SWAPPED, digits_of, slip
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_ACTUAL = pattern(
    r"(?:实际)?(?:完成|达到?)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万?[\u4e00-\u9fff]{1,3}|[%‰])(?=$|[,。;(])"
)
_SAID = pattern(
    r"目标[^,;。\d]{0,6}\d[^,;。]{0,10}[,;]\s?(?:实际|完成|达到?|实现|已)+[值数了]?(?:为|是|:)?\s?(?P<n>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万?[\u4e00-\u9fff]{1,3}|[%‰])(?=$|[,。;(\s])"
)
_MEASURE = pattern(r"(?:完成)?(?:数量|次数|场次|人次|个数|人数|面积|里程|[座处户台套辆件家条所栋棵株批期]?数|数)$")
_NAME, _LONG = 4, 5  # characters of a row's name that stand for it in running text, and of its end alone
_LEFT_OUT = 2  # characters that running text may leave out before them
_OTHERWISE = pattern(r"上年|去年|往年|20\d\d年|目标|计划|任务|其中|累计|同期|季度|上半年|下半年|\d月|[少缺差超未漏欠]")
_BACK = 24  # characters before a name that may say of which time or plan the number is
_DIGITS = 2  # of a number one of which is another


def rows_against_prose(case: Case) -> Iterator[Finding]:
    """R08: 「新建5G基站68个」 in running text, 78个 in the row 「新建5G基站」 of the table."""
    for item in case.found.items:
        match = _reached(case, item) if item.table and not item.doubtful else None
        core = _MEASURE.sub("", item.name)
        if match is None or len(core) < _NAME:
            continue
        stated, target, rate = _digits(match["n"]), _digits(_first_number(item.target)), match["unit"] in ("%", "‰")
        named = dict(_told(case, core, match["unit"], stated)) if core in case.flat else {}
        told = named or dict(_told_shorter(case, core, match["unit"], stated))
        near = {value: span for value, span in told.items() if value != target and _slipped(stated, value)}
        unsure = target in told or rate or not named or not item.actual
        if stated in told or not told or (unsure and not near) or _all_changes(told, stated, target):
            continue
        value = next(iter(near or told))
        if digits_of(stated).strip("0") == digits_of(value).strip("0"):
            continue  # of another unit, which R12 tells
        span, reached = (near or told)[value], _actual_span(case, item, match[0])
        row = f"“{item.name}”表里完成{match['n']}{match['unit']}"
        message = f"{row}，正文写{value}{match['unit']}；同一份报告只用一个数"
        if (
            not item.actual or stated == target or slip(stated, value) == SWAPPED
        ):  # what the row says is told twice, or two digits of running text changed places
            yield case.finding("R08", span, message, stated=value, recomputed=match["n"], also=(reached,))
        else:
            yield case.finding("R08", reached, message, stated=match["n"], recomputed=value, also=(span,))


def _reached(case: Case, item: ScoredItem) -> re.Match[str] | None:
    """What a row says was reached: in a cell of its own, or behind its target in words (「目标1.15万亩，完成1.18万亩」)."""
    return _ACTUAL.match(item.actual) if item.actual else _SAID.search(case.text(item.quote))


def _all_changes(told: dict[str, Span], stated: str, target: str) -> bool:
    """Whether what running text tells is by how much more or less was done than was aimed at."""
    if not target[:1].isdigit():
        return False
    return all(abs(Decimal(stated) - Decimal(target)) == Decimal(value) for value in told)


def _slipped(one: str, other: str) -> bool:
    """Whether one digit, or two that changed places, make one number of the other."""
    kind = slip(one, other)
    return kind == SWAPPED or (kind == REPLACED and len(digits_of(one).strip("0")) >= _DIGITS)


def _told_shorter(case: Case, core: str, unit: str, reached: str) -> Iterator[tuple[str, Span]]:
    """The numbers behind the end of a long name: 「火灾受害率」 of 「森林火灾受害率」."""
    for start in range(1, _LEFT_OUT + 1):
        if len(core) - start >= _LONG and core[start:] in case.flat:
            yield from _told(case, core[start:], unit, reached)


def _told(case: Case, core: str, unit: str, reached: str) -> Iterator[tuple[str, Span]]:
    """The numbers that stand right behind the words in running text, as results of the year; the row's own number where the sentence tells that too."""
    for at, number, shown in _numbers_behind(case.flat, core, unit):
        place = case.sentence(at)
        before = case.flat[max(place.start, at - _BACK) : shown.start]
        if case.in_table(at) or case.aimed_at(at) or not re.search("[,。;]", case.text(place)):
            continue  # a row of a table that reached text as a line
        if _OTHERWISE.search(before.replace(core, "")) or told_as_aim(case, place):
            continue
        both = Decimal(reached) in {q.number for q in case.by_sentence.get(place, ())}  # 「由6.82万人增至7.90万人」
        yield reached if both else _digits(number), shown


_NUMBER = pattern(r"[^\d,。;:、()\n]{0,4}(?P<n>\d[\d,]*(?:\.\d+)?)\s?")


def _numbers_behind(text: str, words: str, unit: str) -> Iterator[tuple[int, str, Span]]:
    """Where words stand with a number of a unit right behind them, the number, and where it stands with its unit."""
    at = text.find(words)
    while at >= 0:
        match = _NUMBER.match(text, at + len(words))
        if match is not None and text.startswith(unit, match.end()):
            end = match.end() + len(unit)
            yield at, match["n"], Span(match.start("n"), end)
            at = text.find(words, end)
        else:
            at = text.find(words, at + 1)


def _digits(figure: str) -> str:
    return figure.replace(",", "")


def _first_number(text: str) -> str:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return match[0] if match is not None else "-"


def _actual_span(case: Case, item: ScoredItem, told: str) -> Span:
    """Where the row says what was reached; else the row."""
    at = case.flat.find(told, item.quote.start, item.quote.end)
    return Span(at, at + len(told)) if at >= 0 else item.quote
