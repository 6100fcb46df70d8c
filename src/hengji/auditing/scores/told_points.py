"""R01 of points that a sentence tells group by group, against 100 and against the tree."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import HUNDRED, level_name, level_sums, sum_of
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_GROUP = r"[\u4e00-\u9fff]{2,8}?(?:指标)?(?:\d{1,2}[项个](?:指标)?[,]?)?(?:\(|为|占|共|计)?\d{1,2}(?:\.\d)?分\)?"
_HUNDRED_TOLD = pattern(
    rf"(?P<parts>{_GROUP}(?:[、,;和]{_GROUP}){{2,7}})(?:组成|构成)?[,;。)]{{0,2}}(?:总分|满分|总计|合计|共计?|总分值)(?:为|是)?100分"
)
_HUNDRED_SAID = pattern(r"(?:总分|满分|总计|合计|共计?|总分值)(?:为|是)?100分")
_HUNDRED_AHEAD = pattern(
    rf"(?:总分|满分|总计|合计|共计?|总分值)(?:为|是)?100分[,:;(](?:由|分为|包括|设有?|设置|分别为)(?P<parts>{_GROUP}(?:[、,;和]{_GROUP}){{2,7}})(?:等)?(?:[三四五六七八]个?(?:部分|方面|大?类|项|维度|一级指标))?(?:组成|构成)?[。;,)]"
)
_LISTED = 160  # characters: no list of eight groups is longer


def _hundreds_told(text: str) -> Iterator[re.Match[str]]:
    """Such sentences, looked for only in front of a 「共100分」 and behind it."""
    for said in _HUNDRED_SAID.finditer(text):
        for match in _HUNDRED_TOLD.finditer(text, max(0, said.start() - _LISTED), said.end()):
            if match.end() == said.end():
                yield match
        ahead = _HUNDRED_AHEAD.match(text, said.start())
        if ahead is not None:
            yield ahead


def told_hundred(case: Case) -> Iterator[Finding]:
    """R01 of a sentence that makes 100 out of groups: 「决策15分、过程25分、产出35分、效益20分，共100分」."""
    for match in _hundreds_told(case.flat):
        parts = [Decimal(n) for n in re.findall(r"(\d{1,2}(?:\.\d)?)分", match["parts"])]
        if sum(parts) != HUNDRED:
            yield case.finding(
                "R01",
                Span(match.start(), match.end()),
                f"所列各部分分值之和是{sum_of(parts)}，不是100分",
                stated="100",
                recomputed=number(sum(parts, Decimal(0))),
            )


_EACH = pattern(r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:指标)?(?:\(|为|占|共|计)?(?P<n>\d{1,2}(?:\.\d)?)分\)?")
_LIST = pattern(rf"{_GROUP}(?:[、,;和]{_GROUP}){{2,7}}")
_POINTS = pattern(r"满分|分值|权重|100分|组成|构成|分为|体系")
_NEAR = 24  # characters before a list in which such a word stands


def told_levels(case: Case) -> Iterator[Finding]:
    """R01 of a list of the first levels' points of which one is not what its leaves make, which together make 100."""
    sums = level_sums(case) if case.certainty.points else {}
    if len(sums) < _LEVELS or "" in sums or sum(worth for worth, _ in sums.values()) != HUNDRED:
        return
    name = next(iter(sums))
    at = case.flat.find(name)
    while at >= 0:
        match = _LIST.match(case.flat, at)
        if match is not None:
            yield from _unlike_tree(case, match, sums)
        at = case.flat.find(name, at + len(name))


_LEVELS = 3


def _unlike_tree(case: Case, match: re.Match[str], sums: dict[str, tuple[Decimal, Decimal]]) -> Iterator[Finding]:
    told = {level_name(each["name"]): each for each in itertools.islice(_EACH.finditer(match[0]), len(sums))}
    if told.keys() != sums.keys():
        return
    if sum(Decimal(each["n"]) for each in told.values()) == HUNDRED:
        yield from _shared_out_otherwise(case, match, told, sums)
        return
    points = any(Decimal(each["n"]) == sums[name][0] != sums[name][1] for name, each in told.items())
    if not points and not _POINTS.search(case.flat, max(0, match.start() - _NEAR), match.end() + _NEAR):
        return
    wrong = [name for name, each in told.items() if Decimal(each["n"]) != sums[name][0]]
    if len(wrong) != 1 or Decimal(told[wrong[0]]["n"]) == sums[wrong[0]][1]:
        return  # scores
    (name,) = wrong
    each, worth = told[name], sums[name][0]
    if Decimal(each["n"]) > worth or "得" not in case.text(Span(max(0, match.start() - _NEAR), match.start())):
        yield case.finding(
            "R01",
            Span(match.start() + each.start(), match.start() + each.end()),
            f"“{name}”写{each['n']}分，所列各部分之和不是100分；各项指标里“{name}”共{number(worth)}分",
            stated=each["n"],
            recomputed=number(worth),
        )


def _shared_out_otherwise(
    case: Case, match: re.Match[str], told: dict[str, re.Match[str]], sums: dict[str, tuple[Decimal, Decimal]]
) -> Iterator[Finding]:
    """A hundred shared out among the levels otherwise than their leaves share it: 「产出50分、效益30分」 over leaves of 52 and 28."""
    wrong = [name for name, each in told.items() if Decimal(each["n"]) != sums[name][0]]
    if (
        len(wrong) != _BOTH
        or case.not_assessed
        or not _POINTS.search(case.flat, max(0, match.start() - _NEAR), match.end() + _NEAR)
    ):
        return
    first = told[wrong[0]]
    right = "、".join(f"“{name}”共{number(sums[name][0])}分" for name in wrong)
    span = Span(match.start() + first.start(), match.start() + told[wrong[1]].end())
    message = f"这里写{case.found.text(span)}，各项指标里{right}"
    stated, recomputed = first["n"], number(sums[wrong[0]][0])
    yield case.finding("R01", span, message, stated=stated, recomputed=recomputed)


_BOTH = 2  # levels: what one has more the other has less
