"""R18: where a leaf with full marks says that nothing is amiss."""

import re

from hengji.auditing.case import Case, once
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

NOT_ADMITTED = ("相关建议", "绩效目标", "应用公开", "佐证材料")  # chapters that aim, promise or list


@once
def claim_of(case: Case, item: ScoredItem, form: re.Pattern[str]) -> Span | None:
    """Where a leaf says that nothing is amiss: in its text, its row, or where a paragraph tells of it by name."""
    if item.table and form.search(row_said(case, item)):
        return item.quote
    match = form.search(case.flat, max(item.body.start, item.span.end), max(item.body.end, item.span.end))
    if match is not None and not item.table:
        return case.sentence(match.start())
    at = case.flat.find(item.name) if len(item.name) >= _OWN_NAME else -1
    while at >= 0:
        if item.body.start <= at < item.body.end:
            at = case.flat.find(item.name, item.body.end)
            continue
        paragraph = case.paragraph(at)
        match = form.search(case.flat, at, min(paragraph.end, at + _TOLD))
        if (
            match is not None
            and not _ASPECTS.search(case.flat, at, case.sentence(at).end)
            and case.chapter_key(at) not in _NOT_TOLD
            and not case.aimed_at(at)
        ):
            return Span(at, case.sentence(match.start()).end)
        at = case.flat.find(item.name, at + 1)
    return None


_ASPECTS = pattern(
    r"[一二两三四五六七八九\d]个?方面(?:进行|开展)?(?:考核|评价|评定|分析|打分)"
)  # names alone: 「从……四方面进行考核」
_OWN_NAME = 4  # characters by which a leaf is known elsewhere
_NOT_TOLD = (*NOT_ADMITTED, "存在问题", "问题与建议", "基本情况")


@once
def row_said(case: Case, item: ScoredItem) -> str:
    """What a row says beside its name, its target and its rule; a dated clause in the place of the rule tells what was done."""
    text = case.text(item.body)
    for other in (*item.path, item.name, item.target, *_DATED_CLAUSE.sub("\n", item.rule).split("\n")):
        text = text.replace(other, " ", 1) if other else text
    return text


_DATED_CLAUSE = pattern(r"(?<=[;。])[^;。]*20\d\d年[^;。]*")
_TOLD = 120  # characters behind a leaf's name in which a paragraph tells of it


def scored_in_prose(case: Case, item: ScoredItem) -> Span | None:
    """The words of running text that give the full marks of a table's leaf: its name, what was done, the points."""
    at = case.flat.find(item.name) if item.table and len(item.name) >= _OWN_NAME else -1
    while at >= 0:
        if not case.in_table(at) and not _longer(case, item, at):
            end = _NEXT_LEAF.search(case.flat, at, case.paragraph(at).end)
            told = Span(at, end.start() if end is not None else case.paragraph(at).end)
            points = _SCORED.search(case.text(told))
            if points is not None and case.chapter_key(at) not in _NOT_TOLD:
                return told
        at = case.flat.find(item.name, at + 1)
    return None


_SCORED = pattern(r"(?:得|自评)[为计]?\s?\d+(?:\.\d+)?\s?分|满分")
_NEXT_LEAF = pattern(r"[;。](?=[^;。]{2,24}?\d+(?:\.\d+)?分)")


def _longer(case: Case, item: ScoredItem, at: int) -> bool:
    """Whether the name stands inside another leaf's longer one."""
    return any(
        item.name in other.name
        and other.name != item.name
        and case.flat.startswith(other.name, at - other.name.find(item.name))
        for other in case.found.items
    )


def place_of(case: Case, item: ScoredItem) -> Span:
    """Where a leaf is argued for: the words that score it in running text, else its own passage."""
    return scored_in_prose(case, item) or case.leaf_passage(item)
