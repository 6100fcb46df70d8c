"""Where running text argues for the score of a table's row."""

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_COUNTED_IN = pattern(r"(?:户次|人次|场次|次数|个数|数量|座数|处数|件数|户数|人数|里程|数)$")
_SHORTEST = 4  # characters of a name without what it counts in
_FAR = 160  # characters between a name and its score


def told_passage(case: Case, item: ScoredItem) -> Span | None:
    """The words of running text from a row's name to its score, no other score between them; None where none tells it."""
    if not item.table or item.claimed is None or not item.name:
        return None
    bare = _COUNTED_IN.sub("", item.name)
    for name in dict.fromkeys((item.name, bare if len(bare) >= _SHORTEST else item.name)):
        at = case.flat.find(name)
        while at >= 0:
            span = _to_score(case, at, at + len(name), number(item.claimed)) if not case.in_table(at) else None
            if span is not None:
                return span
            at = case.flat.find(name, at + len(name))
    return None


_SCORE = pattern(r"(?:得|自评|计)\s?(?:为)?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")


def _to_score(case: Case, start: int, end: int, claimed: str) -> Span | None:
    close = min(case.paragraph(start).end, end + _FAR)
    match = _SCORE.search(case.flat, end, close)
    return Span(start, match.end()) if match is not None and match["n"] == claimed else None
