"""R06 of rules that give points by whether something fell, stayed or rose: 「较上年下降得10分；持平得5分；上升不得分」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.rescoring.leaf_facts import own_words
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

_GIVES = (
    r"(?:的|时|者)?,?(?:本项|该项)?(?:[得计给为]?(?P<n>\d{1,2}(?:\.\d+)?)分|(?P<full>[得计]?满分)|(?P<no>不[得计给]分))"
)
_SIDES = {
    -1: pattern(rf"(?:下降|减少|降低|减低)(?:或|和|以?及)?(?P<too>持平)?{_GIVES}"),
    0: pattern(rf"(?:持平|不变|没有变化|无变化|相同){_GIVES}"),
    1: pattern(rf"(?:上升|增加|增长|提高|升高)(?:或|和|以?及)?(?P<too>持平)?{_GIVES}"),
}
_ALL = 3  # sides: a rule without one of them leaves it open
_N = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)(?P<{0}u>[\u4e00-\u9fff]{{1,2}}|%)"
_SAID = r"(?:全[年县市区镇]|共|仅|实际|发生|受理|完成|实现|达到?|为|是|:)*"
# 「2022年为7起，2023年为7起」, 「上年31件，本年28件」
_YEARS = pattern(
    rf"(?:(?P<then>20\d\d)年度?|上年度?|去年|上一年度?){_SAID}{_N.format('a')}[,、;](?:(?P<now>20\d\d)年度?|本年度?|当年|今年){_SAID}{_N.format('b')}"
    rf"|(?:由|从)(?:(?P<then2>20\d\d)年度?|上年度?|去年)?的?{_SAID}{_N.format('c')}(?:[,、]?(?:下降|减少|降低?|减|上升|增加|增长|增|提高|升|变)?[到至为])(?:(?P<now2>20\d\d)年度?|本年度?)?的?{_N.format('d')}"
)
_OPEN = pattern(r"剔除|酌情|调整|复核|口径|除外|不可抗|每[^,;。]{0,12}[扣得加减]\d|折算")
_LONGEST = 200  # characters of a leaf: a longer one tells of more than one thing


def scored_by_trend(case: Case) -> Iterator[Finding]:
    """A leaf that claims more than its rule gives for the way its one figure went from one year to the next."""
    if "持平" not in case.flat and "不变" not in case.flat:
        return
    for item in case.found.items:
        points = worth(case, item)
        if item.claimed is None or not points or item.doubtful or item.not_applicable:
            continue
        right = _given(case, item, Fraction(points))
        if right is not None and right < Fraction(item.claimed):
            claimed = number(Fraction(item.claimed))
            message = f"“{item.name}”按前后两年的数和评分标准应得{number(right)}分，自评{claimed}分"
            place = item.quote if item.table else case.leaf_passage(item)
            yield case.finding(
                "R06",
                place,
                message,
                severity=Severity.WARNING,
                stated=claimed,
                recomputed=number(right),
                item=item.name,
            )


def _given(case: Case, item: ScoredItem, points: Fraction) -> Fraction | None:
    """What a leaf's rule gives for its figures; None where it does not name all three ways, or the figures are not told once."""
    facts = own_words(case, item)
    text = f"{compact(item.rule)};{facts}"
    told = list(_YEARS.finditer(facts))
    if len(text) > _LONGEST or len(told) != 1 or _OPEN.search(text):
        return None
    scores = {way: score for way, form in _SIDES.items() if (score := _score(form, text, points)) is not None}
    way = _way(told[0], case.year)
    if len(scores) < _ALL - 1 or way is None or max(scores.values()) != points:
        return None
    return scores.get(way)


def _score(form: re.Pattern[str], text: str, points: Fraction) -> Fraction | None:
    """The one score that a rule gives for one way."""
    found = {
        Fraction(0) if match["no"] else points if match["full"] else Fraction(match["n"])
        for match in form.finditer(text)
    }
    return found.pop() if len(found) == 1 else None


def _way(match: re.Match[str], year: int) -> int | None:
    """Whether a figure rose (1), stayed (0) or fell (-1) from the year before to the year itself; None where it is of others."""
    first, last = ("a", "b") if match["a"] else ("c", "d")
    then, now = match["then"] or match["then2"], match["now"] or match["now2"]
    if (
        match[f"{first}u"][:1] != match[f"{last}u"][:1]
        or (then and int(then) != year - 1)
        or (now and int(now) != year)
    ):
        return None
    before, after = (Fraction(match[name].replace(",", "")) for name in (first, last))
    return (after > before) - (after < before)
