"""R18: all of several named things are done, and elsewhere one of those names is not: 「东门、河口、新寨市场均通过竣工验收」, 「东门市场的管网尚未铺完」."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import Admission, is_of_another_year
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_BEGUN, _BUILT, _TAKEN_OVER = 1, 2, 3
_STAGES = (
    (_TAKEN_OVER, pattern("验收|交付|投入使用|投用|移交|启用")),
    (_BUILT, pattern("完工|竣工|完成|建成|完")),
    (_BEGUN, pattern("开工|动工|启动")),
)
_DONE = r"(?:验收|交付|投入使用|投用|移交|启用|完工|竣工|完成|建成|开工|动工)"
_CLAIMED = pattern(
    rf"(?P<names>[\u4e00-\u9fff]{{2,12}}(?:[、和][\u4e00-\u9fff]{{2,10}})+)[^。;\n]{{0,24}}?(?:均|全部|都)(?!未|没)[^,。;\n]{{0,8}}?(?P<act>(?:竣工)?{_DONE})"
)
_NOT = pattern(
    r"(?:尚未|仍未|未能|至今未|没有|还未|未)(?:按期|如期|全部|通过|组织|办理)?[^,。;\d]{0,4}?(?P<act>验收|交付|投入使用|投用|移交|启用|完工|竣工|完成|建成|开工|动工|[铺装修建做砌挖架]完)"
)


def listed_unfinished(case: Case, full: list[ScoredItem], zones: list[Span]) -> Iterator[Admission]:
    """A thing that a leaf with full marks names among those all done, which the problems say is not that far."""
    undone = [(zone, match) for zone in zones for match in _NOT.finditer(case.flat, zone.start, zone.end)]
    for item in full if undone else ():
        for claim in _CLAIMED.finditer(case.flat, item.body.start, item.body.end):
            for _, match in undone:
                span = case.sentence(match.start())
                text = case.text(span)
                if _stage(match["act"]) > _stage(claim["act"]) or is_of_another_year(case, text, text):
                    continue
                if any(name in text for name in _names(claim["names"], text)):
                    yield Admission(span, item, Span(claim.start(), claim.end()))
                    break


def _stage(act: str) -> int:
    return next(stage for stage, form in _STAGES if form.search(act))


def _names(told: str, text: str) -> Iterator[str]:
    """The names of a list as they may stand alone: words run into the first from before, into the last from behind."""
    first, *others = re.split("[、和]", told)
    *middle, last = others
    yield from middle
    for size in range(len(first), 1, -1):
        if first[-size:] in text:
            yield first[-size:]
            break
    yield last[: max(len(last) - 2, 2)]
