"""R08: a change or a share told in words, against the percentage that another sentence tells of the same: 「较上年压减近两成」, 「下降10.61%」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_DIGIT = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_WORDS = pattern(
    r"(?P<bound>超过?|逾|高于|不足|将?近|接近|不到|约)?(?:(?P<n>[一二两三四五六七八九])成(?P<half>半)?|(?P<m>一半|半数))(?P<more>以上|多|左右)?(?=[,。;、)]|$)"
)
_FELL, _ROSE = pattern("下降|压减|减少|降低|压缩|节约|降幅|减幅"), pattern("增长|上升|增加|提高|增幅|提升")
_SHARED = pattern("占比|比例|比重|占")
_CLAUSE = ",。;:\n\t"
_EARLIER = pattern("(?:较|比|同比)?(?:上年|去年|上一年|20\\d\\d年)(?:同期)?|全年|年内|本年|今年|总体")
_OTHER = pattern("目标|计划|上年.{0,4}占|力争|预计|其中|同期.{0,4}占|以来|累计|季度|上半年|月")
_LEAST = 2  # pairs of characters by which the two speak of one thing
_LOOSE = Fraction(3)  # percentage points by which words may be off


def tenths_told(case: Case) -> Iterator[Finding]:
    """R08: tenths of a thing that only one percentage of the report tells, in the same sense, and that it does not fit."""
    for match in _WORDS.finditer(case.flat) if "成" in case.flat or "半" in case.flat else ():
        start = max(case.flat.rfind(mark, 0, match.start()) for mark in _CLAUSE) + 1
        clause = case.flat[start : match.start()]
        sense = next((form for form in (_FELL, _ROSE, _SHARED) if form.search(clause)), None)
        if sense is None or case.aimed_at(start) or _OTHER.search(clause):
            continue
        words = pairs_of(sense.split(_EARLIER.sub(" ", clause))[0])
        told = [q for q in case.found.quantities if _tells(case, q, sense, words, case.sentence(start))]
        values = {q.number for q in told}
        if len(values) == 1 and not _fits(match, Fraction(told[0].number)):
            span = Span(start, match.end())
            message = f"这里写{match[0]}，另一处写{told[0].value}%"
            stated, also = match[0], (told[0].span,)
            yield case.finding("R08", span, message, stated=stated, recomputed=f"{told[0].value}%", also=also)


def _tells(case: Case, rate: Quantity, sense: re.Pattern[str], words: frozenset[str], place: Span) -> bool:
    """Whether a percentage is of the same thing in the same sense, told in another sentence: by its clause, and what its sentence or leaf is about."""
    year = rate.year == case.year or (sense is not _SHARED and rate.year == case.year - 1)  # 「比2022年的…下降」
    if rate.unit != "%" or not year or rate.sentence == place or rate.about == "目标":
        return False
    start = max(case.flat.rfind(mark, 0, rate.span.start) for mark in _CLAUSE) + 1
    clause = case.flat[start : rate.span.start]
    if not sense.search(clause) or _OTHER.search(clause):
        return False
    item = case.item_at(rate.span.start)
    around = case.flat[rate.sentence.start : rate.span.start] + " " + (item.name if item is not None else "")
    return len(words) >= _LEAST and len(words & pairs_of(around)) * 4 >= len(words) * 3


def _fits(match: re.Match[str], told: Fraction) -> bool:
    """Whether a percentage is what the words say, with as much room as words leave."""
    groups = match.groupdict()
    tenths = Fraction(_DIGIT[groups["n"]] * 10) if groups["n"] else Fraction(50)
    tenths += 5 if groups["half"] else 0
    bound, more = groups["bound"] or "", groups["more"] or ""
    if bound.startswith(("超", "逾", "高")) or more in ("以上", "多"):
        return tenths - 1 <= told <= tenths + 15
    if bound in ("不足", "不到"):
        return tenths - 10 < told <= tenths
    if "近" in bound:
        return tenths - 5 < told <= tenths + 1
    return abs(told - tenths) <= _LOOSE + 2
