"""R06 in running text beside no leaf: what was aimed at, what was done, the points and the rule, all told in one passage."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import round_half_up
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_SCORED = pattern(
    r"(?:权重|分值|满分)(?:为|是|:)?\s?(?P<w>\d{1,2}(?:\.\d+)?)\s?分[,。;]\s?(?:故|因此)?按(?:照)?(?P<rule>[^。;\n]{2,40}?)[,]?(?:应|可|自评|实)?[得计](?P<n>\d{1,2}(?:\.\d+)?)\s?分"
)
_RULE = pattern(
    r"实际[^。,]{0,6}(?:[/÷]|与|占|除以)[^。,]{0,6}(?:目标|计划|任务)|完成(?:率|比例)|(?:目标|计划)[^。,]{0,6}比例|比例"
)
_PAIR = pattern(
    rf"(?:目标|计划|任务)(?:值|数|为|是|:)*\s?(?P<aim>{_N})(?P<u>%|[\u4e00-\u9fff]{{1,3}}?)[,、;]?(?:全年|年内|本年)?(?:实际|已)?(?:完成|达到?|建成|实现)(?:值|数|了|为|:)*\s?(?P<done>{_N})\s?(?P=u)"
)
_OTHER = pattern(r"扣|每|系数|加权|平均|以上|以内|满分的|档")
_BACK = 160  # characters before the score in which the figures stand
_LITTLE = Fraction(51, 1000)


def scored_in_passages(case: Case) -> Iterator[Finding]:
    """「目标85%，实际完成72.25%。……该项权重10分，按“得分=权重×实际值/目标值”计算，得9分」: the rule gives 8.5."""
    for match in _SCORED.finditer(case.flat) if "按" in case.flat else ():
        rule = compact(match["rule"])
        if case.in_table(match.start()) or not _RULE.search(rule) or _OTHER.search(rule):
            continue
        start = max(case.paragraph(match.start()).start, match.start() - _BACK)
        pairs = list(_PAIR.finditer(compact(case.flat[start : match.start()])))
        scored_before = _SCORE_TOLD.search(case.flat, start + (pairs[-1].start() if pairs else 0), match.start())
        if not pairs or scored_before is not None:
            continue
        aim, done = (Fraction(pairs[-1][name].replace(",", "")) for name in ("aim", "done"))
        if not 0 < done < aim:
            continue
        right, claimed = Fraction(match["w"]) * done / aim, Fraction(match["n"])
        if abs(right - claimed) <= _LITTLE or claimed in [round_half_up(right, places) for places in _kept(case)]:
            continue
        message = f"目标{pairs[-1]['aim']}、完成{pairs[-1]['done']}，{match['w']}分按比例应得{number(right)}分，这里写{match['n']}分"
        yield case.finding(
            "R06", Span(*match.span()), message, severity=Severity.WARNING, stated=match["n"], recomputed=number(right)
        )


def _kept(case: Case) -> tuple[int, ...]:
    """To how many places a report may round its scores: to whole points only where all of them are whole."""
    whole = all(item.claimed is None or item.claimed == int(item.claimed) for item in case.found.items)
    return (0, 1) if whole else (1,)


_SCORE_TOLD = pattern(r"[得计]\s?\d{1,2}(?:\.\d+)?\s?分")
