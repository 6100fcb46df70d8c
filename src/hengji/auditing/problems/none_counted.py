"""R18: a leaf with full marks for none of something, and the problems tell that one was: 「安全事故 0起」, 「发生1起烫伤」."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.clauses import problem_texts
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_NONE = pattern(r"(?:0|零)\s?(?P<unit>起|件|次|例|所|家|宗|人次|人|笔|处|批次|批|户)(?:事故|违规|投诉|案件|差错)?")
_SOME = pattern(
    r"(?:发生|发现|出现|查出|检出|引发|造成)(?:了)?[^,。;\d]{0,12}?(?P<n>[1-9]\d*|[一两二三四五六七八九十])\s?(?P<unit>起|件|次|例|所|家|宗|人次|人|笔|处|批次|批|户)(?P<what>[^,。;]{0,30})"
)
_BEFORE = pattern(r"上年|去年|往年|20\d\d年(?!度?(?:[^,。]{0,6})[1-9]\d?月)")


def none_counted(case: Case) -> Iterator[Finding]:
    """R18: the only such leaf of its unit against the first that the problems count."""
    leaves: dict[str, list[ScoredItem]] = {}
    for item in case.found.items:
        match = _NONE.fullmatch(item.actual.strip()) if item.table and not item.doubtful else None
        if match is not None and item.claimed is not None and item.claimed == item.points:
            leaves.setdefault(match["unit"], []).append(item)
    for start, text in problem_texts(case) if leaves else ():
        for match in _SOME.finditer(text):
            items = leaves.pop(match["unit"], [])
            if len(items) != 1 or _BEFORE.search(text, max(0, match.start() - 20), match.start()):
                continue
            item, at = items[0], Span(start + match.start(), start + match.end())
            message = f"“{item.name}”写{item.actual.strip()}并得满分，“存在问题”写“{match[0]}”，请核对"
            yield case.finding("R18", case.leaf_passage(item), message, item=item.name, also=(at,))
