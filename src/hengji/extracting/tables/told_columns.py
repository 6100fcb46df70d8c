"""Columns that a line of words tells above rows without a header: 「评分表（一级指标、二级指标、三级指标、分值、得分）」, 「依次为指标、分值、得分：」."""

import re
from collections.abc import Iterator

from hengji.extracting.flat import flat
from hengji.extracting.tables.header_words import header_kind
from hengji.model.patterns import pattern

_FEWEST = 3  # columns
_LONGEST = 12  # characters of a column's name
_PARTED = pattern(r"[、,;/|—→+·-]{1,2}|\s+")
_OTHERS = pattern(r"序号|编号|(?:佐证|证明|支撑)(?:材料|资料)|(?:数据|资料)来源")
_LISTED = pattern(r"[、,;/]")
# What may stand behind the last column: 「（…得分）：」, 「…得分的顺序排列：」, 「…得分五列。」
_CLOSING = pattern(
    r"[\"'」』)\]】。:;,\s]*(?:(?:[2-9二三四五六七八九]|多)[列栏项]|各[列栏项]|等[列栏]?|的?(?:顺序|次序|先后)?(?:依次|逐[行项])?(?:排列|列示|填列|列出|书写|填写|列(?:出)?)?)?[\"'」』)\]】。:;,\s]*$"
)
_OPENING = pattern(r"(?:[(\[【\"'「『:]|依次[为是]|分别[为是]|顺序[为是]|列[为是]|栏[为是]|按|包括|[为是])\s*$")


def told_columns(line: str) -> list[tuple[int, int]]:
    """Where the names of columns stand that a line ends with; nothing for a line that tells none, or has them between bars or blanks."""
    text = flat(line)
    closing = _CLOSING.search(text)
    end = closing.start() if closing is not None else len(text)
    found: list[tuple[int, int]] = []
    for start, stop in _backwards(text, end):
        name = _name(text, start, stop)
        if name is None:
            return []
        found.append((name, stop))
        if name > start:  # words in front of the first column
            opened = _OPENING.search(text, start, name) is not None
            return found[::-1] if opened and len(found) >= _FEWEST else []
    listed = _LISTED.search(text) is not None and len(text) <= _LONGEST * len(
        found
    )  # 「三级指标,分值,得分」, a line of its own
    return found[::-1] if len(found) >= _FEWEST and (listed or _OPENING.search(text[: found[-1][0]])) else []


def _backwards(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a text between marks of a list, the last first."""
    marks = [match.span() for match in _PARTED.finditer(text, 0, end)]
    for start, stop in reversed(marks):
        yield stop, end
        end = start
    yield 0, end


def _name(text: str, start: int, stop: int) -> int | None:
    """Where the name of a column begins that a part ends with, its longest words first."""
    for at in range(max(start, stop - _LONGEST), stop):
        words = re.sub(r"\s", "", text[at:stop])
        if (header_kind(words) or _OTHERS.fullmatch(words)) and (at == start or _OPENING.search(text, start, at)):
            return at
    return None
