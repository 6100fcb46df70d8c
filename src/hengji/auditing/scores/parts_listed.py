"""R06: the parts of a leaf listed with their scores or with what each lost, and a score of a hundred put to its points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import sum_of
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d{1,2}(?:\.\d{1,2})?"
_EACH = rf"[\u4e00-\u9fff\"“”]{{2,14}}(?<![应可评自实])(?:[得计]分?|打)(?:了|为)?\s?{_N}\s?分"
_LIST = pattern(rf"(?:^|[,:;。]|其中)\s?(?P<list>{_EACH}(?:[、,;和]\s?{_EACH}){{1,7}})(?P<end>.?)")
_SCORE = pattern(rf"(?:[得计]分?|打)(?:了|为)?\s?(?P<n>{_N})\s?分")
_APART = pattern(r"各(?:为|占|计)?\s?(?P<n>\d{1,2}(?:\.\d+)?)\s?分")
_OPEN = pattern(r"等|另|减|扣|加分|合计|共得|最高|每|平均|百分制|折|调|并入|移入|标准|规则|不得")
_FEWEST = 2


def parts_listed(case: Case) -> Iterator[Finding]:
    """「其中按时办结得20分、质量得12分」 of a leaf that claims 30; 「三个考核点各10分：甲得10分，乙得10分，丙得8分」."""
    for item in _told(case):
        claimed, points = item.claimed or Decimal(0), worth(case, item) or item.points or Decimal(0)
        words = case.text(Span(item.quote.end, item.body.end))
        found = list(_LIST.finditer(words))
        if len(found) != 1 or _OPEN.search(words):
            continue
        parts = [Decimal(m["n"]) for m in _SCORE.finditer(found[0]["list"])]
        made = sum(parts, Decimal(0))
        if made == claimed or len(parts) < _FEWEST or any(part >= points for part in parts):
            continue
        if len(_SCORE.findall(words)) != len(parts) or made * 2 < points or made > points * 2:
            continue
        apart = _APART.search(words)
        whole = apart is not None and Decimal(apart["n"]) * len(parts) == points
        if made > claimed or whole:
            yield _finding(case, item, made, f"各部分得分{sum_of(parts)}")


def _told(case: Case) -> Iterator[ScoredItem]:
    """The leaves of running text that have points and a score."""
    for item in case.found.items:
        scored = item.claimed is not None and item.points and not item.doubtful and not item.not_applicable
        if scored and not item.table and item.quote.end < item.body.end:
            yield item


def _finding(case: Case, item: ScoredItem, right: Decimal | Fraction, why: str) -> Finding:
    claimed = number(Fraction(item.claimed or 0))
    message = f"“{item.name}”{why}，自评{claimed}分"
    place = case.leaf_passage(item)
    return case.finding("R06", place, message, stated=claimed, recomputed=number(right), item=item.name)


def parts_lost_in_table(case: Case) -> Iterator[Finding]:
    """A small table in a leaf's own text, of points and of what was lost, that leaves another score: 「评分要点 | 标准分 | 扣分」."""
    leaves = list(_told(case))
    for grid in case.grids if leaves else ():
        kinds = [header_kind(text) for text in grid.row(0)] if grid.rows > _FEWEST else []
        if kinds.count("points") != 1 or kinds.count("lost") != 1 or "score" in kinds:
            continue
        start = grid.block.start
        item = next((i for i in leaves if i.body.start <= start < i.body.end), None)
        item = item or next((i for i in reversed(leaves) if 0 <= start - i.body.end <= _FEWEST), None)
        rows = [r for r in range(1, grid.rows) if not re.search(r"合计|总计|小计", grid.text(r, 0))]
        cells = [[read_decimal(grid.text(r, kinds.index(kind))) for r in rows] for kind in ("points", "lost")]
        if item is None or None in cells[0] or None in cells[1]:
            continue
        points, lost = (sum((abs(n) for n in each if n is not None), Decimal(0)) for each in cells)
        if points == item.points and points - lost != item.claimed:
            yield _finding(
                case,
                item,
                points - lost,
                f"分值{number(points)}分，表中各项共扣{number(lost)}分，应得{number(points - lost)}分",
            )


_OF_HUNDRED = pattern(
    r"(?:考核|评议|测评|考评|督查|评估|评价|验收|评审)[^,。;\d]{0,10}?(?:得分|评分|成绩|分数|总分|得|分)(?:为|是|:)?\s?(?P<raw>\d{2}(?:\.\d{1,2})?)\s?分[,(;][^。;\d]{0,16}?(?:折算|换算|按比例|同比例)[^。;\d]{0,12}?(?=[。;,)])"
)
_LITTLE = Fraction(1, 20)


def of_a_hundred(case: Case) -> Iterator[Finding]:
    """「县督查办考核得分94分，按考核分折算计入本项」 of a leaf of 30 points is 28.2."""
    for item in _told(case) if "折算" in case.flat or "比例" in case.flat else ():
        points = Fraction(item.points or 0)
        told = list(_OF_HUNDRED.finditer(case.flat, item.quote.end, item.body.end))
        if len(told) != 1 or Fraction(told[0]["raw"]) <= points:
            continue
        right = Fraction(told[0]["raw"]) * points / 100
        if abs(right - Fraction(item.claimed or 0)) > max(
            _LITTLE, Fraction(1, 2) if "." not in str(item.claimed) else 0
        ):
            yield _finding(case, item, right, f"按{told[0]['raw']}分折算应得{number(right)}分")
