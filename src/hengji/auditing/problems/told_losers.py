"""R19: the leaves that the conclusion says lost points, against their scores; reasons said to stand under a problem that there is not."""

import re
from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese
from hengji.model.patterns import pattern

_LOSERS = pattern(
    r"(?:失分|扣分|丢分)(?:指标|项目?|点)(?P<count>(?:共|有|为)?(?P<n>\d{1,2}|[一二两三四五六七八九十])[个项])?(?:,?(?:分别)?(?:为|是|包括|有|:))(?P<who>[^。;\n]{2,120})"
)
_REFERS = pattern(
    r"(?:见|在)[\"“]?存在(?:的)?(?:主要)?问题[\"”]?(?:部分|一章)?第?[(（]?(?P<n>[一二三四五六七八九十]|\d{1,2})[)）]?[条点项个款]?"
)
_NUMBERED = pattern(
    r"(?:^|\n)[ \t]*(?:\((?P<a>[一二三四五六七八九十])\)|(?P<b>\d{1,2})[.、．]|(?P<c>[一二三四五六七八九十])、)|(?P<d>[一二三四五六七八九十])是"
)


def losers_as_told(case: Case) -> Iterator[Finding]:
    """A leaf named as one that lost points, which has them all; another number of them than there are."""
    if not case.certainty.tree:
        return
    for match in _LOSERS.finditer(case.flat):
        if case.item_at(match.start()) is not None or case.in_table(match.start()):
            continue
        named = _named(case, match["who"])
        for item in named:
            if item.claimed == worth(case, item) and len(named) <= _FEW:
                at = match.start("who") + match["who"].find(item.name)
                message = f"这里把“{item.name}”列为失分指标，该指标却得了满分"
                span = Span(at, at + len(item.name))
                yield case.finding("R19", span, message, item=item.name, also=(item.quote,))
        lost = [i for i in case.found.items if _scored(i) and _lost(case, i)]
        told = _count(match["n"]) if match["n"] else 0
        if told and told != len(lost) and "等" not in match["who"] and not any(i.doubtful for i in case.found.items):
            message = f"这里写失分指标{told}个，得分低于分值的指标是{len(lost)}个"
            span = Span(match.start(), match.end("count"))
            yield case.finding("R19", span, message, stated=str(told), recomputed=str(len(lost)))


_FEW = 8


def _lost(case: Case, item: ScoredItem) -> bool:
    """Whether a leaf has fewer points than it is worth; one that took none of the points moved to it lost none."""
    points, claimed, after = item.points or 0, item.claimed or 0, worth(case, item) or 0
    return claimed < points or points < claimed < after


def _scored(item: ScoredItem) -> bool:
    return item.points is not None and item.claimed is not None and not item.not_applicable


def _named(case: Case, words: str) -> list[ScoredItem]:
    """The leaves named in full in these words, no longer name around theirs."""
    inside = [i for i in case.found.items if _scored(i) and not i.doubtful and len(i.name) >= _LONG and i.name in words]
    names = [i.name for i in case.found.items]
    return [
        i
        for i in inside
        if names.count(i.name) == 1
        and not any(i.name != other and i.name in other and other in words for other in names)
    ]


_LONG = 4


def _count(told: str) -> int:
    return int(told) if told.isdigit() else int(read_chinese(told.replace("两", "二")) or 0)


def reasons_referred(case: Case) -> Iterator[Finding]:
    """「原因见存在问题第（四）条」, where three problems are numbered."""
    chapter = case.chapter_span("存在问题")
    if chapter is None or "见" not in case.flat:
        return
    numbers = [
        _count(next(g for g in m.groups() if g)) for m in _NUMBERED.finditer(case.flat, chapter.start, chapter.end)
    ]
    for match in _REFERS.finditer(case.flat):
        inside = chapter.start <= match.start() < chapter.end
        marked = re.search(r"第|[(（]|[条点项个款]$", match[0].partition("问题")[2]) is not None
        if inside or not marked or _count(match["n"]) <= max([1, *numbers]):
            continue
        message = f"这里写见存在问题第{match['n']}条，“存在问题”一章没有这一条"
        yield case.finding("R19", Span(match.start(), match.end()), message, stated=match["n"])
