"""The scoring rules that a report tells outside its leaves: in tables of rules, in passages that name a leaf, and for all leaves at once."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case, once
from hengji.auditing.rescoring.sheet import compact
from hengji.model.extraction import Span
from hengji.model.patterns import pattern

Told = tuple[str, Span | None]  # the words of a rule, and the passage that may tell its facts too

_RULE_HEADER = pattern(r"(?:评分|计分|打分|考核|评价|扣分|得分)(?:标准|细则|方法|办法|规则|说明|要点)")


def bare(name: str) -> str:
    """A name without marks and blanks."""
    return _MARKS.sub("", name)


_MARKS = pattern(r"[\s\"'“”()（）、,，]")


@once
def rules_elsewhere(case: Case) -> dict[str, Told]:
    """The rules that a report tells outside its leaves, by the bare name of the leaf: in its tables, or in passages that name it."""
    told = dict(_told_rules(case)) if _RULE_TOLD.search(case.flat) else {}
    return told | dict(_table_rules(case))


@once
def rule_of_all(case: Case) -> str:
    """The words by which a report scores all its measured leaves in proportion to what was aimed at, or nothing."""
    found = _OF_ALL.search(case.flat) if "比例" in case.flat or "÷" in case.flat else None
    return compact(found[0]) if found is not None else ""


_OF_ALL = pattern(
    r"(?:定量|量化|数量|产出|正向)[^。;]{0,6}指标[^。]{0,40}?(?:(?:未达到|未完成|没有达到)[^。;]{0,6}按[^。;]{0,16}比例[^。;]{0,6}(?:得|计)[^。;,]{0,4}|得分\s?=[^。;,]{0,24}÷[^。;,]{0,12})"
)


def _table_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The rules of scoring tables by the name of the indicator that stands in the same row."""
    for grid in case.grids:
        columns = [
            c
            for row in range(min(grid.rows, 3))
            for c, text in enumerate(grid.row(row))
            if _RULE_HEADER.search(text) and len(text) < 12
        ]
        for row in range(1, grid.rows) if columns else ():
            rule = grid.text(row, columns[0])
            for text in grid.row(row)[: columns[0]] if _RULE_TOLD.search(rule) else ():
                if text and not text[0].isdigit():
                    yield bare(text), (compact(rule), None)


_RULE_TOLD = pattern(
    r"每[^。;]{1,24}[扣减得计]\s?\d|得\s?满分|计\s?满分|不得分|得分\s?=|分值|按[^。;]{0,8}(?:率|比例)|"
    + "|".join(rf"{re.escape(mark)}[得计]?\d+分" for mark in "≥≤上下内)%")
)
_SCORE_FIRST = pattern(r"[\"”]?(?:指标)?(?:自评|实?得)(?:得)?分?\s?\d")
_NEXT_IN_LIST = pattern(r"(?<=[;。])\s?\(?\d{1,2}[.、)](?!\d)")
_FAR = 240  # characters behind a leaf's name in which its rule may stand


def _told_rules(case: Case) -> Iterator[tuple[str, Told]]:
    """The passages outside leaves that name a leaf and give a rule, up to the name of another."""
    names = sorted({item.name for item in case.found.items if len(item.name) > 2}, key=len, reverse=True)
    for span in case.found.paragraphs:
        if case.item_at(span.start) is not None or case.in_table(span.start) or not _RULE_TOLD.search(case.flat, *span):
            continue
        found = sorted(_named(case.flat, span, names).items())
        for (start, name), (following, _) in zip(found, [*found[1:], (span.end, "")], strict=True) if found else ():
            end = min(following, start + len(name) + _FAR)
            other = _NEXT_IN_LIST.search(case.flat, start + len(name), end)
            passage = Span(start + len(name), other.start() if other is not None else end)
            if _RULE_TOLD.search(case.flat, *passage) and not _SCORE_FIRST.match(case.flat, passage.start):
                yield bare(name), (compact(case.text(passage)), passage)


def _named(text: str, span: Span, names: list[str]) -> dict[int, str]:
    """Where leaves are named in a passage, of names within names the longest."""
    found: dict[int, str] = {}
    for name in names:
        at = text.find(name, *span)
        while at >= 0:
            if not any(start <= at < start + len(other) for start, other in found.items()):
                found[at] = name
            at = text.find(name, at + len(name), span.end)
    return found
