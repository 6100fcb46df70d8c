"""How sure it is that the scored tree was read whole. A check on sums may speak only where it is.

The outcome of reading bears its own proof: points that make 100 or their printed groups, claims that make the printed total, and no
score left in the text that no indicator took. Where none of it holds, a difference is more likely a leaf that was not read than a
fault of the report.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from hengji.extracting.tables.grid import Grid
from hengji.model.extraction import Extraction, ScoredItem, Span
from hengji.model.patterns import pattern

_FULL = Decimal(100)
_FEW = 3
_EXCERPT = 1600  # characters: what is shorter and prints no total is a part of a report
_NEAR = Decimal(3)  # points: a slip in one leaf or group is about as large, a leaf that was not read mostly larger
# Points or a score as reports print them beside an indicator.
_PRINTED = pattern(
    r"\((?:分值|满分|权重|标准分|计)?:?\s?\d{1,3}(?:\.\d+)?\s?分(?=[,;、:)])"
    r"|(?:自评|评分|得分|实得|分值|权重|标准分|本项)[^,。;()\d\n]{0,6}\d{1,3}(?:\.\d+)?\s?分"
    r"|(?:^|[,。;:、])\s?(?:得|计|评)\s?\d{1,3}(?:\.\d+)?\s?分"
    r"|(?:得分|自评)[:：]?\s?\d{1,3}(?:\.\d+)?\s?/\s?\d{1,3}(?!\d)",
    re.MULTILINE,
)
# Scores that are no leaf's: of a rule, of the whole, of an honour, of points that were moved.
_OF_OTHERS = pattern(
    r"满分|标准(?!化)|总分|合计|基础[分得]|加分|扣分|减分|失分|等级|调整[至到为]|调[至到入]|并入|本项|其中|按权重|[≥≤<>]|以上|以下|每"
)
_AROUND = 14
_BESIDE = 12  # characters behind a heading or a score within which another print of it may stand
_SUM_ROW = pattern(r"合计|总计|小计|总分|得分|总得分")


@dataclass(frozen=True, slots=True)
class Certainty:
    """``points`` and ``claims``: all leaves were read with theirs. ``groups``: what the printed groups prove where neither sum does.

    ``loose`` are printed scores that no indicator took.
    """

    points: bool
    claims: bool
    groups: bool = False
    loose: tuple[Span, ...] = ()

    @property
    def tree(self) -> bool:
        """Whether the leaves are all there: both sums prove it, or one does and hardly a score is left over."""
        if self.points:
            return self.claims or len(self.loose) < _FEW
        return not self.loose and (self.claims or self.groups)


def certainty_of(found: Extraction, text: str, grids: Iterable[Grid]) -> Certainty:
    """What the figures that were read prove of the reading; ``text`` is the document's in one spelling."""
    items = found.items
    if not items or any(item.doubtful for item in items):
        return Certainty(points=False, claims=False)
    loose = (*_loose_in_text(found, text), *_loose_rows(found, grids))
    points = [item.points for item in items]
    claims = [item.claimed if not item.not_applicable else Decimal(0) for item in items]
    weighted = [item.weighted for item in items]
    return Certainty(
        points=None not in points and _makes_hundreds(points),
        claims=None not in claims
        and (_makes_total(found, claims) or (None not in weighted and _makes_total(found, weighted))),
        groups=_groups_agree(found, points, claims),
        loose=loose,
    )


def _groups_agree(found: Extraction, points: list[Decimal | None], claims: list[Decimal | None]) -> bool:
    """Whether printed groups make 100 beside leaves that nearly do, no points are printed, or the text is an excerpt without a whole."""
    if found.totals.claimed is None and len(found.document.text) < _EXCERPT:
        return True
    if all(each is None for each in points):
        return len(claims) > _FEW and None not in claims
    near = None not in points and abs(_sum(points) - _FULL) <= _NEAR
    return near and any(_first_level_whole(found, table=table) for table in (False, True))


def _first_level_whole(found: Extraction, *, table: bool) -> bool:
    """Whether the groups of the first level, of running text or of tables, make 100, budget execution beside them counted in."""
    groups = [group for group in found.groups if group.table is table]
    top = min((group.depth for group in groups), default=0)
    first = [group.points for group in groups if group.depth == top]
    beside = _sum(item.points for item in found.items if item.of_execution and not item.path and table)
    return bool(first) and None not in first and _FULL in (_sum(first), _sum(first) + beside)


def _sum(figures: Iterable[Decimal | None]) -> Decimal:
    return sum((figure for figure in figures if figure is not None), Decimal(0))


def _makes_hundreds(points: list[Decimal | None]) -> bool:
    """Whether points make 100, or the 100 of each of several forms."""
    whole = _sum(points)
    return whole > 0 and whole % _FULL == 0


def _makes_total(found: Extraction, claims: list[Decimal | None]) -> bool:
    """Whether claims make a printed total: the base, or the final one with bonus and deduction."""
    whole = _sum(claims)
    extras = _sum(
        -extra.claimed if extra.deduction else extra.claimed for extra in found.extras if extra.claimed is not None
    )
    printed = {Decimal(each.value) for each in (*found.totals.all_claimed, found.totals.base) if each is not None}
    capped = _FULL in printed and whole <= _FULL < whole + extras  # a bonus carries the total over the cap, told or not
    return whole in printed or whole + extras in printed or capped


def _loose_in_text(found: Extraction, text: str) -> tuple[Span, ...]:
    """Printed scores in running text that stand beside no indicator, group, bonus or total."""
    tables = [(block.start, block.end) for block in found.document.blocks if block.cells]
    taken = [span for item in found.items for span in (item.span, item.quote)]
    taken += [group.span for group in found.groups]
    taken += [extra.body for extra in found.extras]
    totals = found.totals
    taken += [each.span for each in (*totals.all_claimed, totals.base, totals.scale, totals.cap) if each is not None]
    near = sorted((span.start - 2, span.end + _BESIDE) for span in taken)
    starts, reached = [start for start, _ in near], list(accumulate((end for _, end in near), max))
    told = [item for item in found.items if not item.table]
    low = min((item.span.start for item in told), default=len(text))
    high = max((item.body.end for item in told), default=0)
    loose: list[Span] = []
    for match in _PRINTED.finditer(text, low, high):
        before = bisect_right(starts, match.end())
        if before and match.start() <= reached[before - 1]:
            continue
        around = text[max(0, match.start() - _AROUND) : match.end() + 4]
        if any(start <= match.start() < end for start, end in tables) or _OF_OTHERS.search(around):
            continue
        if text.count('"', text.rfind("\n", 0, match.start()) + 1, match.start()) % 2:
            continue  # a rule that is quoted
        own = next((i for i in told if i.body.start <= match.start() < i.body.end), None)
        if (
            own is not None
            and own.claimed is not None
            and re.findall(r"\d+(?:\.\d+)?", match[0])[:1] == [str(own.claimed)]
        ):
            continue  # its score, told again
        if _listed(text, match, told) or _of_group(text, match, found):
            continue
        loose.append(Span(match.start(), match.end()))
    return tuple(loose)


def _listed(text: str, match: re.Match[str], told: Sequence[ScoredItem]) -> bool:
    """Whether points stand right behind the name of a leaf that has them, as a list of a group's leaves tells them: 「包括甲（8分）、乙（6分）」."""
    figures = re.findall(r"\d+(?:\.\d+)?", match[0])
    named = text[: match.start() + match[0].find(figures[0])].rstrip("( ") if figures else ""
    return any(
        item.points == Decimal(figures[0]) and named.endswith(item.name)
        for item in told
        if figures and item.points is not None
    )


def _of_group(text: str, match: re.Match[str], found: Extraction) -> bool:
    """Whether a score is what a group got, told again in a sentence that its name opens: 「履职效能指标六项，得28.1分」."""
    figure = re.findall(r"\d+(?:\.\d+)?", match[0])[-1:]
    opens = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
    return any(
        figure == [str(group.claimed)] and text.startswith(group.name.removesuffix("分析").removesuffix("情况"), opens)
        for group in found.groups
    )


def _loose_rows(found: Extraction, grids: Iterable[Grid]) -> tuple[Span, ...]:
    """Rows of a scoring table with a figure where the others have their points, of which neither an indicator nor a bonus was made."""
    loose: list[Span] = []
    bonus = {extra.span.start for extra in found.extras}
    for grid in grids:
        inside = [
            i
            for i in found.items
            if i.table and grid.block.start <= i.span.start < grid.block.end and i.points is not None
        ]
        if len(inside) < _FEW:
            continue
        starts = {cell.start: cell.row for cell in grid.cells.values()}
        at = sorted(starts)
        rows = {starts[at[bisect_right(at, item.span.start) - 1]]: item for item in inside}
        for column in range(grid.columns):
            if sum(_figure(grid.text(row, column)) == item.points for row, item in rows.items()) < len(rows):
                continue
            for row in range(grid.rows):
                figure = _figure(grid.text(row, column))
                own = (row, column) in grid.cells and grid.cells[row, column].row == row
                if row in rows or not (figure and own) or grid.row_span(row).start in bonus:
                    continue
                if not any(map(_SUM_ROW.search, grid.row(row))):
                    loose.append(grid.row_span(row))
            break
    return tuple(loose)


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text[:1].isdecimal() and _POINTS.fullmatch(text) else None


_POINTS = pattern(r"\d{1,3}(?:\.\d+)?")
