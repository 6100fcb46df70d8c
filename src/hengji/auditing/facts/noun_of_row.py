"""R08: how many there are of what ends a row's name, told in the text with its digits changed: 「75个行政村」, and 「健身设施更新行政村数 57个」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.slips import REPLACED, SWAPPED, slip
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_RESULT = pattern(r"(?:完成|实际|共)?(?P<n>[1-9]\d{1,4})\s?(?P<unit>[个座家所处户人名件份项条台辆场期卷头栋起])")
_COUNTED = pattern(r"(?:个数|数量|数)$")
_NUMBER = pattern(r"\d+")
_OTHERWISE = pattern("上年|去年|20\\d\\d年|目标|计划|应|其中|拟|预计|每|上半年|新增|另|剩余|累计|全[县市区省]|辖")
_NOUN, _LONG = 3, 3  # characters of a noun that is not common to all, digits of which one alone is written wrong
_FEW = 2  # a number below one in so many is of some of them


def noun_of_row(case: Case) -> Iterator[Finding]:
    """The one other number that running text gives the noun, where nothing sets it apart."""
    for item in case.found.items:
        match = _RESULT.fullmatch(item.actual.strip()) if item.table and not item.doubtful else None
        name = _COUNTED.sub("", item.name)
        noun = name[-_NOUN:]
        if match is None or name == item.name or len(name) <= _NOUN:
            continue
        own = {match["n"], *_NUMBER.findall(item.target)}
        told = list(_told(case, noun, match["unit"]))
        numbers = {number for number, _ in told if int(number) * _FEW > int(match["n"])}
        odd = [(number, span) for number, span in told if number not in own and _slipped(number, match["n"])]
        if len(odd) == 1 and numbers <= {odd[0][0], *own}:
            yield _finding(case, item, noun, match, odd[0])


def _told(case: Case, noun: str, unit: str) -> Iterator[tuple[str, Span]]:
    """The numbers of running text right before the noun, and where they stand."""
    for match in re.finditer(rf"(?<![\d.,第])(\d+)\s?{unit}[\u4e00-\u9fff]{{0,3}}{re.escape(noun)}", case.flat):
        before = case.flat[max(case.flat.rfind(mark, 0, match.start()) for mark in ",。;\n") + 1 : match.start()]
        if not case.in_table(match.start()) and not case.aimed_at(match.start()) and not _OTHERWISE.search(before):
            yield match[1], Span(match.start(), match.end())


def _slipped(told: str, meant: str) -> bool:
    kind = slip(told, meant)
    return kind == SWAPPED or (kind == REPLACED and len(told) >= _LONG)


def _finding(case: Case, item: ScoredItem, noun: str, match: re.Match[str], odd: tuple[str, Span]) -> Finding:
    (number, span), unit = odd, match["unit"]
    message = f"{noun}这里写{number}{unit}，“{item.name}”一行写{match['n']}{unit}；同一份报告只用一个数"
    there = f"{match['n']}{unit}"
    return case.finding("R08", span, message, stated=f"{number}{unit}", recomputed=there, also=(item.quote,))
