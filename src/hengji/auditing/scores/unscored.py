"""R04: every leaf has a score."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.scores.tree import FEW_OPEN, HUNDRED, bare_name, children, same_name
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_NEARLY_ALL = 10  # one leaf in so many may be without a score in a tree that is not surely whole


def every_leaf_scored(case: Case) -> Iterator[Finding]:
    """R04: every leaf has a score or a reason not to have one; a leaf of the recognised system is not left out."""
    for item in case.found.items:
        if item.table and item.points is None and item.claimed is None:
            continue  # a form without points
        sure = not item.doubtful and (item.claimed is None and not item.not_applicable) and _surely_open(case, item)
        if sure or _makes_the_total(case, item):
            yield case.finding("R04", item.span, f"“{item.name}”没有自评得分，也没有写不考核的理由", item=item.name)
        elif item.table and item.not_applicable and _bare_dash(case, item):
            yield case.finding("R04", item.span, f"“{item.name}”得分栏没有分数，也没有写不考核的理由", item=item.name)
        elif item.not_applicable and not item.table and item.points is not None and item.section is not None:
            section = case.found.sections[item.section]
            alone = case.paragraph(section.span.start).end <= section.span.end + 1
            if (
                alone
                and section.span == item.span
                and item.receiver
                and case.found.totals.base is None
                and "考核" not in case.text(section.span)
                and not _in_a_table(case, item.name)
            ):
                yield case.finding(
                    "R04",
                    item.span,
                    f"“{item.name}”标题下没有得分，不考核的说明在正文里，按表读的人会看成漏评",
                    severity=Severity.INFO,
                    item=item.name,
                )
    known = case.system is not None and case.leaf_ids and all(item.name in case.leaf_ids for item in case.found.items)
    if known and case.system is not None and not case.certainty.points:  # points that make 100 leave no leaf out
        named = set(case.leaf_ids.values())
        gap = HUNDRED - sum((item.points or Decimal(0) for item in case.found.items), Decimal(0))
        absent = [leaf.points for leaf in case.system.leaves() if leaf.id not in named and leaf.points is not None]
        if sum(absent) != gap:
            return  # other leaves than these are missing, or were not read
        for leaf in case.system.leaves():
            unnamed = leaf.id not in named and not _mentioned(case, leaf.name)
            if unnamed and leaf.points is not None:  # a framework without points is chosen from
                yield case.finding(
                    "R04",
                    case.anchor("绩效分析"),
                    f"“{case.system.name}”的指标“{leaf.name}”在报告里没有出现",
                    item=leaf.name,
                    absent=True,
                )


def _makes_the_total(case: Case, item: ScoredItem) -> bool:
    """Whether the one row with points and no score is what the printed total has more than the scores that are printed, all of its points."""
    if item.claimed is not None or item.not_applicable or not item.points or not item.table:
        return False
    others = [i for i in case.found.items if i is not item]
    total = read_decimal(case.found.totals.claimed.value) if case.found.totals.claimed is not None else None
    if total is None or len(others) < _NEARLY_ALL // 2 or any(i.claimed is None for i in others):
        return False
    left = total - sum((i.claimed or Decimal(0) for i in others), Decimal(0))
    return left == item.points and not _WHY.search(f"{item.actual}{item.remark}{item.reason}")


def _bare_dash(case: Case, item: ScoredItem) -> bool:
    """Whether a row has a dash for a score, tells what was done and nothing that could be why."""
    facts = case.text(item.body).replace(item.name, "")
    told = item.reason.startswith("得分栏为") and not item.receiver and item.points is not None
    return told and _FACT.search(facts) is not None and _WHY.search(facts) is None and case.certainty.points


_FACT = pattern(r"[\u4e00-\u9fff]\D{0,8}\d|[\u4e00-\u9fff]{6}")
_WHY = pattern(r"不|未|无|没有|免|调整|调入|并入|移|另|暂|尚|缓|取消")


_PROMISED = pattern(
    r"(?:包括|分为|下设|设有?|由|从)(?P<names>[\u4e00-\u9fff\"]{2,14}(?:[、和与及][\u4e00-\u9fff\"]{2,14}){1,7}?)(?:等)?[一二两三四五六七八九\d](?:项|个)?(?:指标|方面)?(?:组成|构成|进行)?"
)
_FAR = 60  # characters behind a heading in which its list stands


def promised_leaf_scored(case: Case) -> Iterator[Finding]:
    """R04: of the leaves that a group lists one is not scored, and their points do not make the group's."""
    for group in case.found.groups:
        groups, items = children(case, group) if group.section is not None and group.points else ([], [])
        gap = (group.points or Decimal(0)) - sum((item.points or Decimal(0) for item in items), Decimal(0))
        if groups or not items or gap <= 0:
            continue
        stop = min(items[0].span.start, group.span.end + _FAR * 3)
        match = _PROMISED.search(case.flat, group.span.end, max(group.span.end, stop))
        if match is None or match.start() > group.span.end + _FAR:
            continue
        names = re.split("[、和与及]", match["names"])
        absent = [name for name in names if not any(same_name(name, item.name) or name == item.name for item in items)]
        if len(absent) == 1 and len(names) == len(items) + 1 and absent[0] not in case.flat[match.end() :]:
            message = f"“{group.name}”列有“{absent[0]}”，后面没有它的分值和得分，也没有写不考核（各项分值相加差{gap.normalize():f}分）"
            yield case.finding("R04", Span(match.start(), match.end()), message, item=absent[0])


def leaves_told_once(case: Case) -> Iterator[Finding]:
    """R04: a leaf that stands twice with its points, without which they would make 100."""
    items = [item for item in case.found.items if not item.table and item.points]
    over = sum((item.points or Decimal(0) for item in items), Decimal(0)) - HUNDRED
    for n, item in enumerate(items if over > 0 else ()):
        other = next((o for o in items[:n] if o.name == item.name and o.points == item.points == over), None)
        if other is not None:
            message = f"“{item.name}”列了两次，自评得分分别是{other.claimed}分和{item.claimed}分"
            yield case.finding("R04", case.leaf_span(item), message, item=item.name, also=(case.leaf_span(other),))


def leaves_apart(case: Case) -> Iterator[Finding]:
    """R04: a leaf that stands twice under one heading, its points parted between the two."""
    items = [item for item in case.found.items if not item.table and item.points and item.section is not None]
    for n, item in enumerate(items if sum(item.points or 0 for item in items) == HUNDRED else ()):
        other = next((o for o in items[:n] if o.name == item.name and _above(case, o) == _above(case, item)), None)
        if other is not None and other.claimed is not None and item.claimed is not None and len(item.name) >= _LEAST:
            message = f"“{item.name}”列了两次，自评得分分别是{other.claimed}分和{item.claimed}分"
            yield case.finding("R04", case.leaf_span(item), message, item=item.name, also=(case.leaf_span(other),))


def _above(case: Case, item: ScoredItem) -> int | None:
    """The section that a leaf's own stands under."""
    return case.found.sections[item.section].parent if item.section is not None else None


_LEAST = 4  # characters of a name that says which leaf it is


def summary_rows_scored(case: Case) -> Iterator[Finding]:
    """R04: a row without a score in a table that sums up the leaves of the text."""
    names = {bare_name(item.name) for item in case.found.items if not item.table and item.claimed is not None}
    waived = {bare_name(item.name) for item in case.found.items if item.not_applicable or item.claimed is None}
    for grid in case.grids if len(names) >= _ROWS else ():
        head = grid.row(0)
        column = next((n for n, cell in enumerate(head) if _SCORE.fullmatch(cell)), None)
        named = max(
            range(grid.columns), key=lambda n: sum(bare_name(line[n]) in names for line in grid.lines), default=0
        )
        known = sum(bare_name(line[named]) in names for line in grid.lines)
        if column is None or named >= column or known < _ROWS or known * 2 < grid.rows - 1:
            continue
        for row in range(1, grid.rows):
            name, behind = grid.text(row, named), "".join(grid.row(row)[column:])
            leaf = _NAME.fullmatch(name) and not _NO_LEAF.search(name) and bare_name(name) not in waived
            if leaf and not _DIGIT.search(behind) and not _WHY.search(behind):
                message = f"得分汇总表里“{name}”没有得分，也没有写不考核的理由"
                yield case.finding("R04", grid.span(row, named), message, item=name)


_ROWS = 2  # leaves of the text that a table sums up
_SCORE = pattern(r"(?:自评|评价|实际|最终|本次)?(?:得分|评分)(?:\(分\))?")
_NAME = pattern(r"(?:[\d.]+[、.]?\s?)?[\u4e00-\u9fff、\"“”]{3,24}")
_DIGIT = pattern(r"\d")
_NO_LEAF = pattern("合计|小计|总计|总分|等级|加分|减分|一级|情况$|方面$")


def _mentioned(case: Case, name: str) -> bool:
    """Whether an indicator's name stands anywhere in the text, whatever stands between its characters."""
    return bare_name(name) in re.sub(r"[\s\"'“”、,，()（）]", "", case.flat)


def _in_a_table(case: Case, name: str) -> bool:
    """Whether a table of the report has a row of that name."""
    return any(bare_name(name) == bare_name(text) for grid in case.grids for line in grid.lines for text in line)


_SCORED_SOMEHOW = pattern(
    r"(?:得|计|评|给予?|扣)\s?(?:满分|\d+(?:\.\d+)?\s?分)|满分|不扣分|不考核|不适用|不计分|自评[^,。;]{0,4}\d"
)


def _surely_open(case: Case, item: ScoredItem) -> bool:
    """Whether an indicator has surely no score: the others have theirs, and nothing in its own text may be one."""
    open_items = [i for i in case.found.items if i.claimed is None and not i.not_applicable]
    own = _SCORED_SOMEHOW.search(case.text(Span(item.span.end, max(item.span.end, item.body.end))))
    few = len(open_items) <= FEW_OPEN and len(open_items) * 2 < len(case.found.items)
    bare = item.table or (
        own is None and not any(item.body.start <= s.start < item.body.end for s in case.certainty.loose)
    )
    return few and bare and (case.certainty.tree or len(open_items) * _NEARLY_ALL <= len(case.found.items))
