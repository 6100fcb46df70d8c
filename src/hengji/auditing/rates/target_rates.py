"""R11: what was done over what was aimed at, told beside the rate or elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.around import same_thing
from hengji.auditing.case import Case
from hengji.auditing.numbers import number, ratio_fits
from hengji.auditing.rates.pairs import TWO, WHOLE, without_parts
from hengji.auditing.slips import slipped_rate
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NAMED = 16  # characters from a figure to the rate that it makes
_OF_TARGET = pattern(
    r"(?<!分别)(?:为|是|达到?|占)(?:年度|全年|年初)?(?:计划|目标|任务)(?:数|任务|值)?的\s?$|完成(?:了)?(?:年度|全年|年初|既定|计划)?[\u4e00-\u9fff]{0,6}?(?:目标|任务|计划)(?:任务|目标)?(?:值|数)?的?\s?$"
)


def of_the_target(case: Case) -> Iterator[Finding]:
    """「处置闲置土地431亩，完成目标的106.22%」, where the goals chapter gives the target of the same name."""
    for rate in case.told_rates:
        words = case.flat[max(rate.sentence.start, rate.span.start - 14) : rate.span.start]
        if not _OF_TARGET.search(words):
            yield from _of_that_planned(case, rate, words)
            continue
        before = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= rate.span.start]
        if not before or before[-1].unit in ("%", "‰"):
            continue
        before = without_parts(before)
        done = before[-1]
        planned = [q for q in before[:-1] if q.unit == done.unit and q.number]
        if len(planned) == 1 and re.search(r"计划|目标|任务|应", planned[0].name):
            yield from _of_planned(case, rate, done, planned[0])
            continue
        named = {
            q.number: q
            for q in case.found.quantities
            if q.name and q.name == done.name and q.unit == done.unit and q.sentence != done.sentence
            and case.chapter_key(q.span.start) in ("绩效目标", "基本情况") and q.number
        }  # fmt: skip
        if len(named) != 1:
            continue
        yield from _of_planned(case, rate, done, next(iter(named.values())))


_OF_THAT = pattern(r"(?:计划|目标|任务)(?:数|值|任务)?\s?\d[\d,.]*\s?万?[\u4e00-\u9fff]{1,4}的\s?$")


def _of_that_planned(case: Case, rate: Quantity, words: str) -> Iterator[Finding]:
    """「讲座146场，完成计划120场的112.67%」: the two figures right before the rate."""
    if "的" not in words or not _OF_THAT.search(words) or _BEYOND.search(words):
        return
    before = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span < rate.span and q.unit not in _NO_COUNT]
    if any(ratio_fits(rate, Fraction(q.number), Fraction(before[-1].number)) for q in before[:-1]):
        return
    if len(before) >= TWO and before[-1].unit == before[-2].unit and before[-1].number:
        apart = before[-1].span.start - before[-2].span.end
        if apart <= _NAMED and not _OTHERS.search(case.flat, before[-2].span.end, before[-1].span.start):
            yield from _of_planned(case, rate, before[-2], before[-1])


_BEYOND = pattern(r"超过|超出|超额?|多出")  # 「超过年初计划25公里的12.00%」: by how much, not how much of it
_OTHERS = pattern(r"[。;]|其中|上年|去年")
_FAR = 3  # times: what is further from a target is of something else


def done_of_target(case: Case) -> Iterator[Finding]:
    """「接待读者8.64万人次，目标8.00万人次，完成率106.00%」: what was done and what was aimed at, right before the rate."""
    for rate in case.told_rates:
        if not rate.name.endswith("完成率") and not case.flat.endswith("完成率", 0, rate.span.start):
            continue
        own = [
            q
            for q in case.by_sentence.get(rate.sentence, ())
            if q.span.end <= rate.span.start and q.unit not in ("%", "‰")
        ]
        if len(own) < TWO or own[-1].unit != own[-2].unit or dimension(own[-1].unit) == "money":
            continue
        aims = [q for q in own[-TWO:] if q.about == "目标"]
        if len(aims) != 1 or rate.span.start - own[-1].span.end > _NAMED or not aims[0].number:
            continue
        done = own[-1] if aims[0] is own[-2] else own[-2]
        if not Fraction(1, _FAR) <= Fraction(done.number) / Fraction(aims[0].number) <= _FAR:
            continue
        upside = done.number and ratio_fits(rate, Fraction(aims[0].number), Fraction(done.number))
        if upside or (rate.number == WHOLE and done.number >= aims[0].number):
            continue
        yield from _of_planned(case, rate, done, aims[0])


def _of_planned(case: Case, rate: Quantity, done: Quantity, target: Quantity) -> Iterator[Finding]:
    top, bottom = Fraction(done.number), Fraction(target.number)
    if not ratio_fits(rate, top, bottom):
        shown = number(top / bottom * 100)
        message = f"写{rate.value}%，按{done.value}{done.unit} ÷ 目标{target.value}{target.unit}计算是{shown}%"
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%")


_COMPLETED = pattern(r"(?:完成|达标|办结|整改|检查|改造|落实|任务)率(?:达到?|为|是|:)?\s?$")
_NO_COUNT = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "")


def of_target_elsewhere(case: Case) -> Iterator[Finding]:
    """「水库维修完成58座，完成率96.08%」, where the goals tell 61 of them: a rate that is the two figures' but for one slip."""
    for rate in case.told_rates:
        words = case.flat[max(rate.sentence.start, rate.span.start - _NAMED) : rate.span.start]
        named = rate.about != "目标" and _COMPLETED.search(words)
        if (not named and not _OF_TARGET.search(words)) or "." not in rate.value:
            continue  # of two digits any two may be a slip of each other
        own = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span < rate.span and q.unit not in _NO_COUNT]
        if not own or rate.span.start - own[-1].span.end > _NAMED or not own[-1].number:
            continue
        done = own[-1]
        bottoms = {q.number: q for q in _alike(case, done)} | {q.number: q for q in _aims(case, done)}
        if any(ratio_fits(rate, Fraction(done.number), Fraction(q.number)) for q in bottoms.values()):
            continue
        if rate.number == WHOLE and any(q.number <= done.number for q in bottoms.values()):
            continue
        slipped = [q for q in bottoms.values() if slipped_rate(rate, Fraction(done.number), Fraction(q.number))]
        if len(slipped) == 1:
            yield from _of_planned(case, rate, done, slipped[0])


def _alike(case: Case, done: Quantity) -> Iterator[Quantity]:
    """The figures of another sentence, or before it in its own, that may be what was aimed at of the same thing."""
    for other in case.found.quantities:
        if other.unit == done.unit and other.number > 0 and other.span != done.span and other.number != done.number:
            near = Fraction(1, _FAR) <= Fraction(done.number) / Fraction(other.number) <= _FAR
            if near and same_thing(case, done, other):
                yield other


_FIGURE = pattern(r"\d[\d,]*(?:\.\d+)?")


def _aims(case: Case, done: Quantity) -> Iterator[Quantity]:
    """What the row of a table aimed at, where its result is the figure and its name is told before it."""
    words = pairs_of(case.flat[done.sentence.start : done.span.start])
    for item in case.found.items:
        aim, reached = _FIGURE.search(item.target), _FIGURE.search(item.actual)
        if not item.table or aim is None or reached is None or reached[0] != done.value:
            continue
        if len(pairs_of(item.name) & words) > 1 and (number := Decimal(aim[0].replace(",", ""))):
            yield replace(done, value=aim[0], number=number)
