"""R08, R11: shares and changes told in rough words, against the rate told elsewhere or the figures that make it."""

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case, once
from hengji.auditing.measures import measured
from hengji.auditing.numbers import number
from hengji.auditing.rates.rough_words import Rough, rough_words
from hengji.auditing.wording import pairs_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_CLAUSE = pattern(r"[,。;、:()\n\t]")
_AIMED = pattern(r"目标|计划|要求|力争|不低于|应当|确保|争取|预计|标准|规定|下一步|将|扣|得分|按比例|预算数?的")
_HUNDRED = 100


def _clause(case: Case, rough: Rough) -> str:
    """The words of its clause before a rough word."""
    start = case.sentence(rough.span.start).start
    return _CLAUSE.split(case.flat[start : rough.span.start])[-1]


@once
def _all(case: Case) -> tuple[tuple[Rough, str, Span], ...]:
    """The rough words of running text that tell what was, each with the words of its clause before it and its sentence."""
    return tuple(
        (rough, lead, sentence)
        for sentence, text in case.running
        if not text.startswith("满分")
        for rough in rough_words(case.flat, *sentence)
        if not _AIMED.search(lead := _clause(case, rough))
    )


# 「占项目支出的近三成」, 「高级教师占专任教师的四成左右」
_OF_A_WHOLE = pattern(
    r"(?P<part>[\u4e00-\u9fff“”\"]*?)(?:约|只|仅|共|就)?占(?:到|了)?(?P<whole>[\u4e00-\u9fff“”\"]{2,12}?)(?:总数|总量|总额)?的?$"
)
_CALLED = pattern(r"(?:合计|共计|总计|共有?|总数|为|是|达到?|完成|实现|[:\s\"“”])*$")
_SHORTEST = 3  # characters of a whole's name
_LONG = 6  # characters of the name of a share that says of what it is


def shares_of_a_named_whole(case: Case) -> Iterator[Finding]:
    """R11: 「数字资源建设88.00万元，占项目支出的近三成」 where 项目支出 is 522.57万元: no figure of that name makes it so."""
    for rough, lead, sentence in _all(case):
        match = _OF_A_WHOLE.search(lead) if "占" in lead and not rough.of_growth else None
        if match is None or len(match["whole"]) < _SHORTEST:
            continue
        wholes = _called(case, match["whole"])
        named = _parts_named(case, match["part"], match["whole"]) if match["part"] else ()
        runs = [[part] for part in named] if match["part"] else _runs_before(case, rough, sentence)
        shares = [each for run in runs for whole in wholes if (each := _share(run, whole)) is not None]
        if not shares or any(rough.fits(share) for share, _, _ in shares):
            continue
        share, part, whole = shares[0]
        shown = f"{number(share * _HUNDRED)}%"
        message = f"{part.value}{part.unit} ÷ {whole.value}{whole.unit}是{shown}，这里写{rough.words}"
        also = (part.span, whole.span)
        yield case.finding("R11", rough.span, message, stated=rough.words, recomputed=shown, also=also)


def _share(run: list[Quantity], whole: Quantity) -> tuple[Fraction, Quantity, Quantity] | None:
    """What figures side by side make of a whole of their measure, with the last of them; None where they are not less than it."""
    values, own = [measured(part) for part in run], measured(whole)
    if own is None or any(value is None or value[0] != own[0] for value in values):
        return None
    total = sum((value[1] for value in values if value is not None), Fraction(0))
    return (total / own[1], run[-1], whole) if 0 < total < own[1] else None


def _runs_before(case: Case, rough: Rough, sentence: Span) -> list[list[Quantity]]:
    """The last figure of the sentence before the share, the last two of them, and so on: 「A 88万元、B 66万元，占项目支出的近三成」."""
    before = [q for q in case.by_sentence.get(sentence, ()) if q.span.end <= rough.span.start and measured(q)]
    return [before[-n:] for n in range(1, len(before) + 1)] + [[q] for q in before[:-1]]


def _called(case: Case, name: str) -> list[Quantity]:
    """The figures of the year that the words right before them call by a name; those of tables by their row."""
    found = []
    for quantity in case.found.quantities:
        if quantity.year != case.year or quantity.about == "目标" or not quantity.number:
            continue
        lead = case.flat[max(quantity.sentence.start, quantity.span.start - 24) : quantity.span.start]
        if quantity.table:
            if quantity.name.startswith(name):
                found.append(quantity)
        elif _CALLED.sub("", lead).endswith(name):
            found.append(quantity)
        elif case.flat.startswith((f"名{name}", f"个{name}"), quantity.span.end - 1):
            found.append(quantity)  # 「187名专任教师」
    return found


def _parts_named(case: Case, part: str, whole: str) -> list[Quantity]:
    """The figures anywhere that the words before them call by the words of a part, of which those of the whole say nothing."""
    own = pairs_of(part) - pairs_of(whole)
    found = []
    for quantity in case.found.quantities if own else ():
        start = max(quantity.sentence.start, quantity.span.start - 20)
        lead = _CLAUSE.split(case.flat[start : quantity.span.start])[-1]
        of_it = lead.endswith(part) or (whole in lead and not own.isdisjoint(pairs_of(lead)))
        if of_it and quantity.year == case.year and quantity.about != "目标" and not quantity.table:
            found.append(quantity)
    return found


_SHARE = pattern(r"(?P<part>[\u4e00-\u9fff]{4,12})(?:的?占比|比例|比重|占)(?:达到?|为|已|约)*$")


_OF_THE_PLACE = pattern(r"^(?:其中|目前|年末|[全我本][省市县区镇乡村局校院馆站])")


def shares_told_elsewhere(case: Case) -> Iterator[Finding]:
    """R08: 「重度残疾人占比超过五成」 where another place tells 「重度残疾人4,231人，占持证人数的43%」."""
    for rough, lead, sentence in _all(case):
        match = _SHARE.search(lead) if not rough.of_growth else None
        name = _OF_THE_PLACE.sub("", match["part"] if match is not None else lead)
        rates = [
            rate
            for part in (_called(case, name) if match is not None else ())
            for rate in _share_behind(case, part)
            if part.sentence != sentence
        ] or _shares_called(case, name, sentence)
        if rates and not any(rough.fits(Fraction(rate.number) / _HUNDRED) for rate in rates):
            yield _told_elsewhere(case, rough, name, rates[0])


def _shares_called(case: Case, name: str, sentence: Span) -> list[Quantity]:
    """The shares of the year of that very name in other sentences: 「漏损水量占供水总量」."""
    if "占" not in name or len(name) < _LONG:
        return []
    alike = (q for q in case.found.quantities if q.unit == "%" and q.name == name and q.about != "目标")
    return [q for q in alike if q.sentence != sentence and q.year == case.year]


def _share_behind(case: Case, part: Quantity) -> list[Quantity]:
    """The share that is told right behind a figure."""
    behind = [q for q in case.by_sentence.get(part.sentence, ()) if q.span > part.span][:1]
    return [q for q in behind if q.unit == "%" and "占" in case.flat[part.span.end : q.span.start]]


def _told_elsewhere(case: Case, rough: Rough, name: str, rate: Quantity) -> Finding:
    message = f"“{name}”这里写{rough.words}，另一处写{rate.value}%；同一份报告只用一个数"
    return case.finding("R08", rough.span, message, stated=rough.words, recomputed=f"{rate.value}%", also=(rate.span,))


_RATE = pattern(
    r"(?P<name>[\u4e00-\u9fff]{0,10}(?:[\u4e00-\u9fff]率|满意度))(?:已|均|都|也|就|也就)?(?:达到?|为|在|保持在?|提升到?|升至|降至)*$"
)


def rates_told_elsewhere(case: Case) -> Iterator[Finding]:
    """R08: 「群众满意度超过九成五」 where every place that tells this rate in figures has less: 「满意度92.40%」."""
    for rough, lead, sentence in _all(case):
        match = _RATE.search(lead) if not rough.of_growth else None
        if match is None:
            continue
        own = [
            q
            for q in case.found.quantities
            if q.unit == "%" and q.about != "目标" and q.year == case.year and _of_rate(case, q, match["name"])
        ]
        if (
            own
            and not any(rough.fits(Fraction(q.number) / _HUNDRED) for q in own)
            and all(q.sentence != sentence for q in own)
        ):
            yield _told_elsewhere(case, rough, match["name"], own[0])


def _of_rate(case: Case, rate: Quantity, name: str) -> bool:
    """Whether a rate may be the one of a name: its own words, or those of its leaf, end as the name does."""
    tail = name[-4:] if len(name) >= len("满意度") + 1 else name
    item = case.item_at(rate.span.start)
    lead = _CLAUSE.split(case.flat[max(0, rate.span.start - 20) : rate.span.start])[-1]
    return tail in lead or tail in rate.name or (item is not None and tail in item.name and name[-2:] in lead)


_FELL, _ROSE = r"压减|下降|减少|降低|压缩|缩减|回落", r"增长|增加|提高|上升|提升|增幅"
_CHANGE = pattern(rf"^(?P<what>.*?)(?:(?P<fell>{_FELL})|(?P<rose>{_ROSE}))(?:了|幅度)?(?:达到?|为)?$")
_OVER_TIME = pattern(r"同比|上年|去年|年初|20\d\d年|较|比")
_IDLE = pattern(
    r"全年|本年|今年|年度|我[局县镇乡校院馆]|同比|环比|[较比](?:上年|去年|20\d\d年|年初|预算|同期)?(?:的)?|合计|总[量额数]|方面|大幅|明显|持续|实现|进一步|已|又|均|也"
)
_ENOUGH = 2


def changes_told_elsewhere(case: Case) -> Iterator[Finding]:
    """R08: 「三公经费较上年压减近两成」 where every other place of this subject tells 「下降10.61%」."""
    for rough, lead, sentence in _all(case):
        match = _CHANGE.search(lead)
        if match is None or not _OVER_TIME.search(lead):
            continue
        subject = pairs_of(_IDLE.sub(" ", match["what"]).replace('"', " "))
        words = _FELL if match["fell"] else _ROSE
        if len(subject) < _ENOUGH or any(q.unit == "%" for q in case.by_sentence.get(sentence, ())):
            continue
        rates = [
            q
            for q in case.told_rates
            if q.about != "目标" and q.year >= case.year - 1 and _changes_by(case, q, words, subject)
        ]
        if rates and not any(rough.fits(Fraction(rate.number) / _HUNDRED) for rate in rates):
            yield _told_elsewhere(case, rough, match["what"].strip('" ') or lead, rates[0])


def _changes_by(case: Case, rate: Quantity, words: str, subject: frozenset[str]) -> bool:
    """Whether a rate is by how much a subject fell (or rose): its clause names the subject, or nothing, and then its sentence or leaf does."""
    lead = _CLAUSE.split(case.flat[rate.sentence.start : rate.span.start])[-1]
    change = re.search(rf"(?P<what>.*?)(?:{words})[^,。;]{{0,3}}$", lead)
    if change is None:
        return False
    if _IDLE.sub("", change["what"]):
        return all(pair in lead for pair in subject)
    item = case.item_at(rate.span.start)
    around = case.flat[rate.sentence.start : rate.span.start] + (f" {item.name}" if item is not None else "")
    return all(pair in around for pair in subject)


_FROM_TO = pattern(r"[增降减提升]|到|至|比|较|上年|去年|由|从|20\d\d年")


def changes_of_two_figures(case: Case) -> Iterator[Finding]:
    """R11: 「由1,260件降至1,134件，下降近三成」: the two figures of the sentence make another change."""
    for rough, lead, sentence in _all(case):
        text = case.flat[sentence.start : rough.span.start]
        if not re.search(rf"(?:{_FELL}|{_ROSE})[^,。;]{{0,3}}$|翻$", lead) and not rough.of_growth:
            continue
        figures = [q for q in case.by_sentence.get(sentence, ()) if measured(q)]
        before = [q for q in figures if q.span.end <= rough.span.start]
        if len(figures) != _ENOUGH or len(before) != _ENOUGH or any(q.unit == "%" for q in case.by_sentence[sentence]):
            continue
        (a, b), between = before, case.flat[before[0].span.end : before[1].span.start]
        values = [m for q in (a, b) if (m := measured(q))]
        if (
            values[0][0] != values[1][0]
            or not _FROM_TO.search(between)
            or not re.search(r"上年|去年|20\d\d年|由|从", text)
        ):
            continue
        x, y = values[0][1], values[1][1]
        changes = [abs(x - y) / base for base in (x, y) if base]
        if x == y or any(rough.fits(change) for change in changes):
            continue
        base = x if re.search(r"[由从][^,。;]*$", case.flat[sentence.start : a.span.start]) else y
        shown = f"{number(abs(x - y) / base * _HUNDRED)}%"
        message = f"{a.value}{a.unit}与{b.value}{b.unit}相差{shown}，这里写{rough.words}"
        yield case.finding("R11", rough.span, message, stated=rough.words, recomputed=shown, also=(a.span, b.span))


_N = r"\d[\d,]*(?:\.\d+)?"
_MORE_THAN_PLANNED = pattern(
    rf"[比较](?:年度|年初)?(?:计划|目标|任务|预期)(?:任务|目标|数)?(?:多|超|增加|少)(?:完成|出|建设?)?(?P<n>{_N})(?P<unit>[\u4e00-\u9fff]{{1,3}}),(?:超额|超出?|超计划|超目标|增幅|高出|低)(?:完成)?(?:任务|计划|目标)?(?P<rate>\d+(?:\.\d+)?)%"
)


_OF_A_PLAN = pattern("计划|目标|任务|预期|应|[≥>]")


def more_than_planned(case: Case) -> Iterator[Finding]:
    """R11: 「比计划多12户，超额10%」 where the plan, told elsewhere beside what was done, was 240户."""
    for match in _MORE_THAN_PLANNED.finditer(case.flat) if "计划" in case.flat or "目标" in case.flat else ():
        gap, rate = Fraction(match["n"].replace(",", "")), Fraction(match["rate"])
        pairs = [
            (a, b)
            for sentence, figures in case.by_sentence.items()
            if _OF_A_PLAN.search(case.flat, *sentence)
            for a, b in itertools.pairwise(q for q in figures if q.unit == match["unit"])
            if abs(Fraction(b.number) - Fraction(a.number)) == gap and a.number
        ]
        digits = len(match["rate"].partition(".")[2])
        right = [gap / Fraction(a.number) * _HUNDRED for a, _ in pairs]
        if right and not any(abs(each - rate) * 10**digits <= 1 for each in right):
            shown = f"{number(right[0])}%"
            message = f"多出{match['n']}{match['unit']}，计划{pairs[0][0].value}{match['unit']}，超出{shown}，这里写{match['rate']}%"
            span = Span(match.start(), match.end())
            yield case.finding(
                "R11", span, message, stated=f"{match['rate']}%", recomputed=shown, also=(pairs[0][0].span,)
            )
