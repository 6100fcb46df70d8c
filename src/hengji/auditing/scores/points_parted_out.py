"""R01: points that a sentence or a table parts out, in figures, words or per cent, against the whole that it tells or the leaf and group have."""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import HUNDRED, bare_name, children, level_name, level_sums, shortens, sum_of
from hengji.extracting.tables.grid import Grid
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import ScoredGroup, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_chinese, read_decimal
from hengji.model.patterns import pattern

_FIGURE = r"(?:\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,4})"
_PART = rf"(?P<name>[\u4e00-\u9fff]{{2,14}}?)(?:指标|类|部分)*(?:\(|为|占|共|计|:|各){{0,2}}\s?(?P<n>{_FIGURE})\s?(?P<unit>分|%)\)?"
_EACH = pattern(_PART)
_LIST = pattern(
    rf"(?:[\u4e00-\u9fff]{{2,14}}?(?:\(|为|占|共|计|:){{0,2}}\s?{_FIGURE}\s?(?:分|%)\)?[、,;和及与]{{0,2}}){{2,9}}"
)
_TOLD_APART = pattern(
    rf"分别(?:为|是|占)\s?(?P<list>{_FIGURE}\s?(?:分|%)?(?:[、,和及与]\s?{_FIGURE}\s?(?:分|%)?){{1,8}})"
)
_HUNDRED = pattern(r"百分制|(?:总分|满分|总分值|合计|总计|共计?|权重和)(?:为|是|共)?\s?(?:100|一百)\s?(?:分|%)")
_HINT = pattern(r"百分制|100\s?[分%]|一百分")
_SCORES = pattern(r"得分|[自评]得|评分|得\s?\d|失|扣|加分|每|上年|去年|折算|等级|以上")
_NESTED = pattern(r"其中|\(")
_POINTS = pattern(r"分值|权重|满分|标准分")
_HALF = Decimal(50)


def _read(text: str) -> Decimal:
    return read_decimal(text) or read_chinese(text) or Decimal(0)


def parted_hundred(case: Case) -> Iterator[Finding]:
    """「百分制，编制占四十分、执行占三十分、效益占三十五分」; 「分值分别为40分、30分、35分，满分100分」; 「权重为40%、30%、20%，合计100%」."""
    for span, text in case.running_with(_HUNDRED) if _HINT.search(case.flat) else ():
        if not _HUNDRED.search(text) or _SCORES.search(text) or case.item_at(span.start) is not None:
            continue
        found = _TOLD_APART.search(text)
        if found is not None and _POINTS.search(text):
            parts = [_read(n) for n in re.findall(_FIGURE, found["list"])]
            yield from _unlike(case, Span(span.start + found.start(), span.start + found.end()), parts)
            continue
        for match in _LIST.finditer(text):
            each = [m for m in _EACH.finditer(match[0]) if not _HUNDRED.search(m[0])]
            parts = [_read(m["n"]) for m in each]
            named = len({m["unit"] for m in each}) == 1 and len({m["name"] for m in each}) == len(each) > 1
            if named and (_are_all(case, [m["name"] for m in each]) or _too_much(text, parts)):
                yield from _unlike(case, Span(span.start + match.start(), span.start + match.end()), parts)


_FIRST_LEVELS = ("产出", "效益", "满意")
_SET = pattern(r"设置|设定|构成|组成|分配|赋分|权重|分值|满分|设")
_EXECUTION = pattern(r"执行|资金|投入|过程|决策|管理|成本")
_WITHOUT_EXECUTION = Decimal(90)


def first_levels_parted(case: Case) -> Iterator[Finding]:
    """R01: 「按预算执行10分、产出指标65分、效益指标20分、满意度指标10分设置」: the levels of the national table, which make a hundred."""
    for span, text in case.running_with(_SET) if "满意" in case.flat and "产出" in case.flat else ():
        if _SCORES.search(text) or _NESTED.search(text) or case.item_at(span.start) is not None:
            continue
        for match in _LIST.finditer(text):
            each = [m for m in _EACH.finditer(match[0]) if m["unit"] == "分"]
            names, parts = [m["name"] for m in each], [_read(m["n"]) for m in each]
            known = all(sum(word in name for name in names) == 1 for word in _FIRST_LEVELS)
            others = [name for name in names if not any(word in name for word in _FIRST_LEVELS)]
            if not known or len(others) > 1 or not all(_EXECUTION.search(name) for name in others):
                continue
            if any(part % 1 for part in parts):
                continue  # scores
            if sum(parts) != _WITHOUT_EXECUTION or others:
                yield from _unlike(case, Span(span.start + match.start(), span.start + match.end()), parts)


def _too_much(text: str, parts: list[Decimal]) -> bool:
    """Whether parts none of which lies within another make more than the whole."""
    return not _NESTED.search(text) and sum(parts) > HUNDRED


def _are_all(case: Case, names: list[str]) -> bool:
    """Whether the names are those of all first levels, perhaps shortened."""
    tops = [bare_name(level_name(top)) for top in level_sums(case)]
    told = [bare_name(level_name(name)) for name in names]
    named = {
        top for top in tops for name in told if name == top or shortens(name, top) or shortens(name[-len(top) :], top)
    }
    return len(told) == len(tops) == len(named) > 1


def _unlike(case: Case, span: Span, parts: list[Decimal]) -> Iterator[Finding]:
    made = sum(parts, Decimal(0))
    if len(parts) > 1 and all(parts) and HUNDRED not in (made, *parts) and _HALF < made < HUNDRED + _HALF:
        message = f"所列各部分分值之和是{sum_of(parts)}，不是100分"
        yield case.finding("R01", span, message, stated="100", recomputed=number(made))


_MADE_OF = pattern(
    r"(?:由|分为?|包括|含|设)(?P<list>(?:[\u4e00-\u9fff]{2,14}?(?:\(|为|占|共|计|:){0,2}\s?\d{1,2}(?:\.\d)?\s?分\)?[、,;和及与]{0,2}){2,9})"
    r"(?:等)?(?:[两二三四五六七八九\d]\s?个?(?:部分|项|方面|小项|要点|考核点|评分点)[\u4e00-\u9fff]{0,4}?)?(?P<made>组成|构成)?(?=[。;,\n]|$)"
)


def parts_of_points(case: Case) -> Iterator[Finding]:
    """A leaf's own points, parted: 「本指标40分，由编制完整性20分、编制规范性15分两部分组成」."""
    for item in case.found.items:
        if item.table or not item.points or item.doubtful:
            continue
        for match in _MADE_OF.finditer(case.flat, item.span.end, item.body.end):
            parts = [_read(m["n"]) for m in _EACH.finditer(match["list"])]
            counted = match["made"] or re.search(r"(?:部分|项|方面|小项|要点|点)$", match[0])
            made = sum(parts, Decimal(0))
            if not counted or made in (item.points, item.claimed) or _SCORES.search(match[0]) or len(parts) < _FEWEST:
                continue
            message = f"“{item.name}”分值{number(item.points)}分，所列各部分分值之和是{sum_of(parts)}"
            span = Span(*match.span())
            yield case.finding(
                "R01", span, message, stated=number(item.points), recomputed=number(made), item=item.name
            )


_FEWEST = 2
_GROUPS = pattern(
    r"(?:(?:指标|标准|总)?(?:分值|满分|标准分|权重)(?:之和|总和)?(?:合计|共计|总计|共|为|是|:)*|(?:合计|共计|总计|共)(?:为)?)\s?(?P<n>\d{1,2}(?:\.\d)?)\s?分(?!别)"
)
_APART = pattern(r"分别(?:为|是)\s?(?P<list>\d{1,2}(?:\.\d)?\s?分?(?:[、,和及与]\s?\d{1,2}(?:\.\d)?\s?分?){1,8})")
_MOVED = pattern(r"调|移|并入|承接|不考核|得分|扣|失|加分|上年|每")


def points_under_heading(case: Case) -> Iterator[Finding]:
    """What stands between a group's heading and its first leaf: 「（30分）本部分设1项三级指标，指标分值合计28分」; 「分别为12分和10分」."""
    if not case.certainty.points:
        return
    for group in case.found.groups:
        groups, items = children(case, group) if group.section is not None else ([], [])
        if group.points is None or groups or not items or any(i.points is None for i in items):
            continue
        end = min(i.span.start for i in items)
        lead = case.flat[group.span.end : end]
        if "分" not in lead or _MOVED.search(lead) or len(lead) > _LEAD:
            continue
        yield from _under(case, group, [i.points or Decimal(0) for i in items], lead)


_LEAD = 160  # characters


def _under(case: Case, group: ScoredGroup, parts: list[Decimal], lead: str) -> Iterator[Finding]:
    assert group.points is not None
    made, at = sum(parts, Decimal(0)), group.span.end
    apart = _APART.search(lead)
    if apart is not None:
        told = [Decimal(n) for n in re.findall(r"\d{1,2}(?:\.\d)?", apart["list"])]
        if len(told) == len(parts) and sum(told) not in (made, group.points):
            message = f"“{group.name}”分值{number(group.points)}分，这里所列各项分值之和是{sum_of(told)}"
            span = Span(at + apart.start(), at + apart.end())
            yield case.finding("R01", span, message, stated=number(group.points), recomputed=sum_of(told)[:-1])
        return
    known = {made, group.points, *parts, HUNDRED}
    for match in _GROUPS.finditer(lead):
        if Decimal(match["n"]) not in known:
            message = f"“{group.name}”分值{number(group.points)}分，这里写{match[0]}"
            span = Span(at + match.start(), at + match.end())
            yield case.finding("R01", span, message, stated=match["n"], recomputed=number(group.points))


_TOTAL = pattern(r"合计|总计|总分|总分值|合计分值")
_RANKS = ("level1", "level2", "level3", "name")


def points_column(case: Case) -> Iterator[Finding]:
    """A table of points without scores whose last row is not what its column makes, although that makes 100."""
    for grid in case.grids:
        column = _points_of(grid)
        last = grid.rows - 1
        if column is None or last < _FEWEST or not any(_TOTAL.fullmatch(text) for text in grid.row(last)):
            continue
        told = read_decimal(grid.text(last, column))
        cells = {grid.span(row, column): read_decimal(grid.text(row, column)) for row in range(1, last)}
        parts = [n for n in cells.values() if n is not None]
        made = sum(parts, Decimal(0))
        if told is None or len(parts) != len(cells) or made == told or HUNDRED not in (made, told):
            continue
        message = f"合计写{number(told)}分，各行分值之和是{sum_of(parts)}"
        yield case.finding("R01", grid.row_span(last), message, stated=number(told), recomputed=number(made))


def _points_of(grid: Grid) -> int | None:
    """The column of points of a table that has no scores, and names what they are of."""
    kinds = [header_kind(text) for text in grid.row(0)] if grid.rows else []
    of_points = [c for c, kind in enumerate(kinds) if kind in ("points", "weight")]
    named = any(kind in _RANKS for kind in kinds)
    scored = any(kind in ("score", "both", "weighted", "hundred", "lost", "rule") for kind in kinds)
    return of_points[0] if len(of_points) == 1 and named and not scored else None


def in_points_table(case: Case, place: int) -> bool:
    """Whether a place stands in a table that gives points and no scores, whose sum is no claim."""
    grid = case.found.document.block_at(place)
    return grid is not None and any(
        _points_of(each) is not None and grid.start <= each.span(0, 0).start < grid.end
        for each in case.grids
        if each.rows
    )
