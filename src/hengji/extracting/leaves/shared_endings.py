"""The verb that all leaves of a text have in front of their points, in whatever words a clerk gives them: 「甲列5分」, 「乙列8分」."""

import re
from dataclasses import replace

from hengji.extracting.leaves.leaf_names import is_name
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_FEWEST = 5  # leaves
_LONGEST = 3  # characters of a verb
_HEADS = frozenset("率度性量数额值比")  # what leaves count: the names of all of a short form may end in it
_POINTS = pattern(r"[”\"』」]?[,，]?\s?\d{1,3}(?:\.\d+)?\s?分")


def without_shared_ending(items: tuple[ScoredItem, ...], text: str) -> tuple[ScoredItem, ...]:
    """The items without an ending that all their names share and that stands nowhere but in front of points."""
    if len(items) < _FEWEST or any(item.table for item in items):
        return items
    ending = _ending([item.name for item in items])
    names = [item.name[: len(item.name) - len(ending)] for item in items]
    if not ending or ending[-1] in _HEADS or not all(map(is_name, names)):
        return items
    if not all(_POINTS.match(text, match.end()) for item in items for match in re.finditer(re.escape(item.name), text)):
        return items
    return tuple(
        replace(item, name=name, span=Span(item.span.start, item.span.end - len(ending)))
        if text[item.span.start : item.span.end].endswith(ending)
        else replace(item, name=name)
        for item, name in zip(items, names, strict=True)
    )


def _ending(names: list[str]) -> str:
    """The longest ending, up to that of a verb, which all names share."""
    for size in range(_LONGEST, 0, -1):
        ending = names[0][-size:]
        if all(name.endswith(ending) and len(name) > size for name in names):
            return ending
    return ""
