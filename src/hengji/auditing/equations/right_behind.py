"""R11 last of all: a rate told right behind (or right before) the two figures that it is plainly of, however far off it is.

Other checks hold a rate against figures that their words find, and ask that it be off by a slip or by little. Here the sentence leaves
no choice: 「应检52个，年检50个，年检率3.85%」 names the rate as the second figure, 「461.70万元，占486.00万元的5.00%」 says of what it is a
share, 「由412立方米降至362立方米，节水率16.44%」 from what to what. A share told as what is left of it, two figures divided the wrong way
round, a rate of last year left standing are found. Nothing is told where any other two figures of the paragraph make the rate.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengji.auditing.case import Case
from hengji.auditing.equations.reading import (
    Pair,
    Reading,
    change,
    clause,
    is_direct,
    over,
    part_of_named,
    share,
    values,
)
from hengji.auditing.numbers import exact, number, percent_fits, places
from hengji.auditing.rates.pairs import LESS_SOME, TWO, WHOLE, are_people, fits_lists, without_parts
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_NO_PARTS = ("%", "‰", "个百分点", "分", "年", "月", "日", "天", "小时", "工作日", "个工作日", "个月", "分钟", "")
_BRACKETS = pattern(r"\([^()]*\)")
_BETWEEN = 48  # characters from the first of the two figures to the second
_LEAD = 26  # characters from the second to the rate
_WORDS = 24  # characters before a figure that say what it is
_IS = r"(?:仅|只有|约)?(?:为|是|即|达到?|等于)?(?:了|仅|约)?[:=]?\s?"
# 「，年检率」, 「，完成率为」, 「按期完工，及时率」
_NAMED = pattern(
    rf"(?P<more>[^,。;:、\d%()]{{0,12}}[,、:;])?\s?(?P<name>[^,。;:、\d%()]{{0,14}}?(?:率|满意度|比例|密度|进度)){_IS}"
)
_BARE = pattern(r"(?P<more>[^,。;:、\d%()]{0,8})[,、]\s?(?:即|为|达到?|是)?")
_DONE = pattern(
    rf"[,、]\s?(?:支出|实际|已|共|仅)*(?:(?:完成|实现)(?:了|全年|年度)?|(?:完成|实现|达到|占|为|是)[^,。;\d]{{0,6}}(?:计划|目标|任务|预算|概算)(?:数|额|总额|金额)?的?){_IS}"
)
_RATIO = pattern(rf"(?:之比|的比值|相比)?[,、]?(?:结果|比值)?{_IS}")
_OVER = pattern(r"[,、]?[^,。;\d]{0,8}(?:与|比(?![上去20])|除以|÷|/)[^,。;\d]{0,12}$")
_CHANGED = pattern(
    rf"(?:相比|比)?[,、]?\s?(?:同比|实际)?(?:增长|增加|上升|提高|上涨|提升|增幅|下降|减少|降低|压减|压缩|缩减|下滑|降幅|减幅|节水|节能|节约)(?:率|幅度?|比例)?{_IS}"
)
_OF = pattern(rf"的(?:比例|比重)?{_IS}")
_SHARE_OF = pattern(r"[,、]?(?P<what>[^,。;\d]{0,12}?)(?:占|完成|达到|为|是)[^,。;\d]{0,14}$")
_SHARE = pattern(
    rf"[^,。;:、\d%()]{{0,8}}[,、]\s?[^,。;:、\d%()]{{0,6}}?占(?:比|了)?(?P<of>[^,。;:、\d%()]{{0,10}}?)(?:的?(?:比例|比重))?{_IS}"
)
_OTHERS = pattern(
    r"(?:森林|林木|绿化|植被|绿地)覆盖率|绿地率|依次|分别|平均|加权|综合|其中[^,。;\d]{0,12}率|(?:上年|去年|上一年)[^,。;\d]{0,10}$"
)
_TOGETHER = pattern(r"累计|合计|各|两项|三项|总体|总的")
_ABOUT = pattern(r"(?:约|近|超过?|逾|不足|不到|将近|接近|高于|低于|≥|≤|>|<|目标|标准|应|计划)[^,。;\d的]{0,4}$")
_ABOUT_BEHIND = pattern(r" ?(?:以上|以下|以内|左右|多|\(含|及以|的?(?:目标|标准|要求)|-|—|~|至\d|×|÷|\*)")
_UNITS_APART = 50  # times: one of the two bears a wrong unit, which is R12's


def rates_right_behind(case: Case) -> Iterator[Finding]:
    """R11: the rates that the two figures right beside them do not make."""
    for rate in case.found.quantities:
        if rate.unit != "%" or rate.about == "目标" or not rate.number or case.aimed_at(rate.span.start):
            continue
        if LESS_SOME.search(case.text(rate.sentence)) or _is_about(case, rate):
            continue
        figures = _before(case, rate)
        plain = _reading(case, rate, figures)
        reading = plain or _in_bracket(case, rate)
        if reading is None or _fits(rate, reading) or not 1 <= reading.meant * _UNITS_APART <= _UNITS_APART**2:
            continue
        if _is_made_otherwise(case, rate, figures[-TWO:]):
            continue
        shown = number(reading.meant * WHOLE, max(TWO, places(rate.value)))
        message = f"写{rate.value}%，按{reading.how}计算是{shown}%"
        also = tuple(figure.span for figure in figures[-TWO:]) if plain is not None else ()
        yield case.finding("R11", rate.span, message, stated=f"{rate.value}%", recomputed=f"{shown}%", also=also)


def _is_about(case: Case, rate: Quantity) -> bool:
    """Whether a rate is told as a bound or an aim, or stands in a formula."""
    start = max(rate.sentence.start, rate.span.start - _WORDS)
    told = _ABOUT.search(case.flat, start, rate.span.start) or _ABOUT_BEHIND.match(case.flat, rate.span.end)
    return told is not None or case.flat[rate.span.start - 1] in "×*÷/"


def _before(case: Case, rate: Quantity) -> list[Quantity]:
    """The figures of its sentence since the rate before, without those in brackets and the parts that make one of the others."""
    told = [q for q in case.by_sentence.get(rate.sentence, ()) if q.span.end <= rate.span.start]
    start = max((q.span.end for q in told if q.unit in ("%", "‰", "个百分点")), default=rate.sentence.start)
    edges = ";\t\n" if rate.table else ";"
    start = max(start, *(case.flat.rfind(edge, rate.sentence.start, rate.span.start) for edge in edges))
    closed = [Span(*m.span()) for m in _BRACKETS.finditer(case.flat, rate.sentence.start, rate.span.start)]
    return without_parts(
        [
            q
            for q in told
            if q.span.start >= start
            and q.unit not in _NO_PARTS
            and q.number
            and not any(b.start < q.span.start < b.end for b in closed)
        ]
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    return dimension(one.unit) == dimension(other.unit) or are_people(one, other)


def _pair(case: Case, figures: Sequence[Quantity], end: int) -> Pair | None:
    """The last two figures before a place with their words, where they are of one kind and stand close."""
    if len(figures) < TWO or not _alike(*figures[-TWO:]):
        return None
    one, other = figures[-TWO:]
    before = figures[-TWO - 1].span.end if len(figures) > TWO else one.sentence.start
    lead = case.flat[max(before, one.span.start - _WORDS) : one.span.start]
    between = _plain(case, one.span.end, other)
    if len(between) > _BETWEEN or _OTHERS.search(lead + between + case.flat[other.span.end : end]):
        return None
    if re.search(r"[;。]", between):
        return None
    return Pair(one, other, clause(_BRACKETS.sub("", lead)), between, clause(between), lead)


def _plain(case: Case, start: int, figure: Quantity) -> str:
    """The words from a place to a figure without what stands in brackets, and without the parts that were left out on the way."""
    told = case.by_sentence.get(figure.sentence, ())
    cut = max((q.span.end for q in told if start < q.span.end <= figure.span.start and q.unit not in _SPANS), default=0)
    text = _BRACKETS.sub("", case.flat[max(start, cut) : figure.span.start])
    return text if not cut else text[max(0, *(text.find(mark) for mark in ",;、")) :]


_SPANS = ("年", "月", "日", "")


def _reading(case: Case, rate: Quantity, figures: Sequence[Quantity]) -> Reading | None:
    """What the words between two figures and behind them say that a rate is, or nothing where they leave a choice."""
    pair = _pair(case, figures, rate.span.start)
    if pair is None or _DIVIDED.match(case.flat, rate.span.end):
        return None
    lead = _plain(case, pair.other.span.end, rate)
    if len(lead) > _LEAD or re.search(r"[。;]", lead):
        return None
    if _OF.fullmatch(lead):
        return _share_of(case, rate, figures)
    if _TOGETHER.search(case.flat, pair.one.span.end, rate.span.start):
        return None
    if _CHANGED.fullmatch(lead):
        words = case.flat[max(pair.one.sentence.start, pair.one.span.start - _WORDS) : pair.one.span.start]
        return change(pair, words)
    if _RATIO.fullmatch(lead) and _OVER.fullmatch(pair.between):
        return pair.over()
    return _named(pair, lead, rate)


def _named(pair: Pair, lead: str, rate: Quantity) -> Reading | None:
    """What a rate is by its own name."""
    stated = exact(rate.number)
    shared = _SHARE.fullmatch(lead)
    if shared is not None and not _DONE.fullmatch(lead):
        return part_of_named(pair, shared["of"].strip('"'))
    if _DONE.fullmatch(lead):
        return share(pair, "完成率", stated=stated)
    if _BARE.fullmatch(lead):
        name = "满意度" if "满意" in pair.second else "执行率" if pair.is_money else "完成率"
        return share(pair, name, stated=stated)
    named = _NAMED.fullmatch(lead)
    if named is None or not is_direct(named["name"], pair):
        return None
    told = pair.second + (named["more"] or "")
    if _DENIED.search(told) and not _DENIED.search(named["name"]):
        return None
    return share(replace(pair, second=told), named["name"], stated=stated)


_DENIED = pattern(r"没有|未|不|无(?!障碍|线|人机|害)")


def _share_of(case: Case, rate: Quantity, figures: Sequence[Quantity]) -> Reading | None:
    """The figure before 占, 为 or 完成 over the whole that stands right before a rate; a whole's parts between them are left out, or the last is meant."""
    whole = figures[-1]
    told = [q for q in case.by_sentence[rate.sentence] if q.span.end <= whole.span.start and q.unit not in _NO_PARTS]
    if not told or not _alike(told[-1], whole) or not told[-1].number:
        return None
    match = _SHARE_OF.fullmatch(_BRACKETS.sub("", case.flat[told[-1].span.end : whole.span.start]))
    if match is None:
        return None
    tops = [told[-1], *(q for q in figures[-TWO:-1] if q is not told[-1] and _alike(q, whole))]
    if not match["what"]:
        tops.reverse()
    bottom = values(whole, whole)[0]
    return over(tops[0], whole, [values(q, q)[0] / bottom for q in tops]) if bottom else None


_DIVIDED = pattern(r"\s?\([^()]*\d[^()]*[/÷]")  # its own figures stand behind it
_LAST_NAME = pattern(r"(?P<name>[^,。;:、\d%()]{1,14}?(?:率|满意度|比例|占比))(?:为|是|达到?|仅)?\s?$")
_BRACKET = pattern(r"\s?\((?P<said>[^()%]{5,60})\)")


def _in_bracket(case: Case, rate: Quantity) -> Reading | None:
    """「准点率89.70%（抽查1,000班，准点897班）」: the only two figures of the bracket right behind a rate, by the rate's name."""
    bracket = _BRACKET.match(case.flat, rate.span.end)
    start = max(rate.sentence.start, rate.span.start - _WORDS)
    named = _LAST_NAME.search(case.flat, start, rate.span.start)
    if bracket is None or named is None:
        return None
    told = case.by_sentence.get(rate.sentence, ())
    inside = [
        q for q in told if bracket.start() < q.span.start < bracket.end() and q.unit not in _NO_PARTS and q.number
    ]
    if len(inside) != TWO or not _alike(*inside):
        return None
    one, other = inside
    between = case.flat[one.span.end : other.span.start]
    if _TOGETHER.search(between) or _OTHERS.search(between):
        return None
    pair = Pair(one, other, clause(case.flat[bracket.start("said") : one.span.start]), between, clause(between))
    return share(pair, named["name"], stated=exact(rate.number)) if is_direct(named["name"], pair) else None


def _fits(rate: Quantity, reading: Reading) -> bool:
    """Whether a rate is what it should be; what is done beyond all may be told as all."""
    stated, decimals = exact(rate.number), places(rate.value)
    if stated == WHOLE and reading.meant > 1:
        return True
    return any(percent_fits(stated, decimals, value, 1, reading.loose) for value in (reading.meant, *reading.also))


def _is_made_otherwise(case: Case, rate: Quantity, pair: Sequence[Quantity]) -> bool:
    """Whether two figures of its paragraph other than these make a rate, as share or change, or sums of them do."""
    place = case.paragraph(rate.span.start)
    near = [
        q
        for q in case.found.quantities
        if place.start <= q.span.start < place.end and q.unit not in _NO_PARTS and q.number
    ]
    stated, decimals = exact(rate.number), places(rate.value)
    for one, base in itertools.permutations(near, 2):
        if (one in pair and base in pair) or not _alike(one, base):
            continue
        top, bottom, *_ = values(one, base)
        if percent_fits(stated, decimals, top, bottom) or percent_fits(stated, decimals, abs(top - bottom), bottom):
            return True
    return fits_lists(rate, near)
