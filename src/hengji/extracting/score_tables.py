"""Scores in tables: columns told by their headers, never by position; rows of leaves, groups, execution and total."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hengji.extracting.absences import absence_in
from hengji.extracting.cell_names import pair_in, parted, path_in, without_code, without_meaning
from hengji.extracting.grid import Grid, cell_number, is_empty, squeezed
from hengji.extracting.ragged import fits, set_right
from hengji.extracting.score_columns import (
    DASH,
    GROUP_NAME,
    HUNDRED,
    NOT_ASSESSED,
    OWN_NUMBER,
    TOTAL,
    Columns,
    ends_table,
    header_at,
    header_kind,
    is_sum,
    named_at,
    number_in,
)
from hengji.extracting.scores import claim_in
from hengji.extracting.upright import upright
from hengji.model.document import Cell
from hengji.model.extraction import ScoredGroup, ScoredItem, Span, Stated

_FINAL = re.compile(r"最[终后]|总得分|总评分|综合得分")
_GRADE = re.compile(r"优秀|优|良好|良|中等?|差|合格|不合格")
_PLACEHOLDER = re.compile(r"(?:指标\d+[:]?|[…\.]+|无|/|—|-)?")


@dataclass(slots=True)
class TableScores:
    """What the tables of a document say of scores."""

    items: list[ScoredItem] = field(default_factory=list)
    groups: list[ScoredGroup] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    points_total: list[Stated] = field(default_factory=list)
    grades: list[Stated] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # starts of the blocks that hold scores


def score_tables(grids: Iterable[Grid], titles: Mapping[int, Cell] | None = None) -> TableScores:
    """The scores of every table that has a column of points or of scores; ``titles`` are the lines above tables, by where these begin."""
    found = TableScores()
    before: Headed | None = None
    parts: list[list[ScoredItem]] = []
    for grid in grids:
        for part in upright(grid, header_kind, (titles or {}).get(grid.block.start)):
            known = len(found.items)
            before = _read(part, found, before)
            parts.append(found.items[known:])
    for summary in _summaries(parts):
        found.items = [item for item in found.items if item not in summary]
        found.groups.extend(ScoredGroup(i.name, i.points, i.claimed, i.span, 0, table=True) for i in summary)
    return found


Headed = tuple[Columns, int]  # the columns of the last header, and how many columns its table has


def _summaries(parts: list[list[ScoredItem]]) -> Iterator[list[ScoredItem]]:
    """The tables with a row a group: whose points and scores are the sums of the rows of the others, in their order."""
    for part in parts:
        others = [item for other in parts if other is not part for item in other]
        if len(part) > 1 and len(others) > len(part) and _sums_up(part, others):
            yield part
            return


def _sums_up(heads: list[ScoredItem], leaves: list[ScoredItem]) -> bool:
    """Whether each head has the points of the leaves that follow it and most have their score, and none is left over."""
    rest, wrong = list(leaves), 0
    for head in heads:
        points, score, taken = Decimal(0), Decimal(0), 0
        while rest and head.points is not None and points < head.points:
            item, taken = rest.pop(0), taken + 1
            points, score = points + (item.points or 0), score + (item.claimed or 0)
        if points != head.points or not taken:
            return False
        wrong += score != head.claimed
    return not rest and wrong * 3 <= len(heads)


_POINTS_CELL = re.compile(r"(?:满分|分值|权重|应得分?|标准分|指标分值)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,2})?)分?")
_SCORE_CELL = re.compile(r"(?:本项|实际|单位)?(?:自评|实)?(?:得分|得|计|评分)?[:为]?(?P<n>\d{1,2}(?:\.\d{1,4})?)分?")
_NAME_CELL = re.compile(r"(?:\d{1,2}[.、]|[(]\d{1,2}[)])?(?P<name>(?:12\d{3})?[\u4e00-\u9fff\"“”、()]{3,24})")


def _all(grid: Grid, column: int, form: re.Pattern[str]) -> bool:
    """Whether all cells of a column have a form."""
    return all(form.fullmatch(grid.text(row, column)) for row in range(grid.rows))


def _headless(grid: Grid, found: TableScores) -> bool:
    """A table without a header whose rows all say name, points and score themselves: 「预算执行率｜满分10分｜得9.5分｜…」."""
    every = range(grid.rows)
    name = next((c for c in range(min(grid.columns, 2)) if _all(grid, c, _NAME_CELL)), None)
    worth = next((c for c in range((name or 0) + 1, grid.columns) if _all(grid, c, _POINTS_CELL)), None)
    score = next((c for c in range((worth or 0) + 1, grid.columns) if _all(grid, c, _SCORE_CELL)), None)
    if name is None or worth is None or score is None:
        return False
    told: list[ScoredItem] = []
    for row in every:
        named, span = _NAME_CELL.fullmatch(grid.text(row, name)), grid.row_span(row)
        points = _POINTS_CELL.fullmatch(grid.text(row, worth))
        got = _SCORE_CELL.fullmatch(grid.text(row, score))
        assert named is not None
        assert points is not None
        assert got is not None
        facts = ";".join(text for c, text in enumerate(grid.row(row)) if text and c > name and c not in (worth, score))
        rule = facts if "比例" in facts else ""
        number, claim = Decimal(points["n"]), Decimal(got["n"])
        told.append(ScoredItem(named["name"], (), number, claim, span, span, span, actual=facts, rule=rule, table=True))
    worded = all("分" in grid.text(row, column) for row in every for column in (worth, score))
    if not told or not (worded or sum((i.points or Decimal(0) for i in told), Decimal(0)) == HUNDRED):
        return False
    found.items.extend(told)
    found.tables.add(grid.block.start)
    return True


def _read(grid: Grid, found: TableScores, last: Headed | None) -> Headed | None:
    """Reads a table, under the header of the one before where it has none; the last header and the width of its table."""
    if _headless(grid, found):
        return last
    before = len(found.items)
    columns = _read_rows(grid, found, last[0] if last is not None and _goes_on(grid, last) else None)
    heads = _heading_rows(found.items[before:])
    found.items[before:] = [item for item in found.items[before:] if item not in heads]
    found.groups.extend(ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True) for item in heads)
    return (columns, grid.columns) if columns is not None else None


def _goes_on(grid: Grid, last: Headed) -> bool:
    """Whether a table is as wide as the one before and all its rows stand right under the header of that."""
    columns, width = last
    if grid.columns != width or columns.get("points") is None:
        return False
    rows = [row for row in range(grid.rows) if not is_sum(grid, row)]
    rows = rows[1:] if rows and len(grid.distinct(rows[0])) == 1 else rows  # a title
    return bool(rows) and all(fits(grid, row, columns) for row in rows)


def _heading_rows(items: list[ScoredItem]) -> list[ScoredItem]:
    """The rows of groups among the leaves of a table without columns of levels: each has the points of the rows under it together."""
    points = [item.points or Decimal(0) for item in items]
    if any(item.path for item in items) or sum(points, Decimal(0)) != 2 * HUNDRED:
        return []
    heads: list[ScoredItem] = []
    at = 0
    while at < len(items):
        left, end = points[at], at + 1
        while left > 0 and end < len(items):
            left, end = left - points[end], end + 1
        if left != 0 or end == at + 1:
            return []
        heads.append(items[at])
        at = end
    return heads


def _read_rows(grid: Grid, found: TableScores, columns: Columns | None) -> Columns | None:
    skip = -1
    _spanning(grid, found)
    for row in range(grid.rows):
        if row <= skip:
            continue
        header = header_at(grid, row)
        if header is not None:
            columns, skip = header
            grid = set_right(grid, skip, columns)
            found.tables.add(grid.block.start)
            continue
        if columns is None:
            _outside(grid, row, found)
            continue
        _row(grid, row, columns, found)
    return columns


_LABEL_MARKS = re.compile(r"[\s:：]")
_TOTAL_LABEL = re.compile(r"(?:自评|综合|评价|总)(?:总)?(?:得分|分|评分|总分)(?:\(分\)|（分）)?")
_GRADE_LABEL = re.compile(r"(?:自评|评价|绩效)?(?:等级|等次|结论|评级)")


def _outside(grid: Grid, row: int, found: TableScores) -> None:
    """Rows before any header: a total or a grade on the cover of a form (「自评得分」 | 「96.5」)."""
    cells = grid.distinct(row)
    for cell, after in itertools.pairwise(cells):
        label = _LABEL_MARKS.sub("", cell.text)
        if _TOTAL_LABEL.fullmatch(label):
            number = cell_number(re.sub(r"\s", "", after.text))
            if number is not None:
                found.totals.append(Stated(str(number), Span(after.start, after.end)))
        if _GRADE_LABEL.fullmatch(label) and _GRADE.fullmatch(after.text.strip()):
            found.grades.append(Stated(after.text.strip(), Span(after.start, after.end)))


def _row(grid: Grid, row: int, columns: Columns, found: TableScores) -> None:
    texts = grid.row(row)
    first = next((text for text in texts if text), "")
    if columns.get("budget") is None and ends_table(first):
        _total(grid, row, columns, found, first)
        return
    points = _points(grid, row, columns)
    score = _score(grid, row, columns, points)
    if columns.get("budget") is not None or columns.get("spent") is not None:
        if "level1" not in columns.of and (points is not None or score is not None):
            _execution(grid, row, columns, points, score, found)
            return
        if "level1" not in columns.of:
            return
    name_column = named_at(grid, row, columns)
    if name_column is None:
        return
    name = grid.text(row, name_column)
    if ends_table(name):
        _total(grid, row, columns, found, name)
        return
    absent = _absent(grid, row, columns) if not columns.plain else None
    _named_points(grid, row, name_column, columns, found)
    _beside_points(grid, row, name_column, columns, found)
    unscored = points is None and score is None and absent is None
    if unscored and not (
        columns.plain and _states(grid, row, name_column, columns) and not _PLACEHOLDER.fullmatch(name)
    ):
        return
    if _PLACEHOLDER.fullmatch(name) and score is None:
        return
    path = _path(grid, row, name_column, columns)
    name = _name(name, points, columns)
    if columns.joined:
        *above, name = path_in(name)
        path = tuple(above)
    if _is_group(grid, row, name_column, columns, name):
        found.groups.append(ScoredGroup(name, points, score, grid.row_span(row), len(path), table=True))
        return
    found.items.append(_item(grid, row, columns, name, path, points, score, absent))


def _states(grid: Grid, row: int, name_column: int, columns: Columns) -> bool:
    """Whether a row of a form without points says what was achieved, in a cell of its own."""
    column = columns.of["actual"]
    told, name = grid.text(row, column), grid.text(row, name_column)
    return bool(told) and told != name and not name.endswith("。")


def _with_points(text: str) -> tuple[str, Decimal] | None:
    """The name and points of a group's cell: 「产出指标（50分）」, 「A 投入 20分」."""
    name, points = parted(text) if text.count("分") == 1 else ("", None)
    return (name, points) if points is not None and _SHORTEST <= len(name) <= _LONGEST else None


_SHORTEST, _LONGEST = 2, 20  # characters of a group's name


def _named_points(grid: Grid, row: int, name_column: int, columns: Columns, found: TableScores) -> None:
    """A group whose cell prints its points: 「产出指标（50分）」, told once."""
    for key in ("level1", "level2"):
        column = columns.of.get(key)
        cell = grid.cells.get((row, column)) if column is not None else None
        if cell is None or cell.rows > 1:
            continue
        told = _with_points(grid.text(row, column)) if column is not None and column < name_column else None
        if told is None or any(g.name == told[0] and g.table for g in found.groups):
            continue
        depth = 0 if key == "level1" else 1
        found.groups.append(ScoredGroup(*told, None, grid.span(row, column or 0), depth, table=True))


def _beside_points(grid: Grid, row: int, name_column: int, columns: Columns, found: TableScores) -> None:
    """A group whose points stand in a column of their own beside its name, told once."""
    for depth, key in enumerate(("level1", "level2")):
        column = columns.of.get(key)
        if column is None or column + 1 >= name_column or column + 1 == columns.of.get("points"):
            continue
        cell, name = grid.cells.get((row, column)), _plain_name(grid.text(row, column))
        points = cell_number(grid.text(row, column + 1))
        if cell is None or cell.row != row or not name or points is None or _with_points(grid.text(row, column)):
            continue
        if header_kind(grid.text(columns.row, column + 1)) == "points" and not any(
            g.name == name and g.table for g in found.groups
        ):
            cover = Span(grid.row_span(row).start, grid.row_span(row + cell.rows - 1).end) if cell.rows > 1 else None
            span = Span(cell.start, grid.span(row, column + 1).end)
            found.groups.append(ScoredGroup(name, points, None, span, depth, table=True, cover=cover))


def _spanning(grid: Grid, found: TableScores) -> None:
    """A group whose merged cell prints its points and reaches over the rows it holds: 「绩效指标（90分）」."""
    for cell in grid.block.cells:
        told = _with_points(squeezed(cell.text)) if "分" in cell.text else None
        alone = told is not None and len(grid.distinct(cell.row)) == 1
        if told is not None and (cell.rows > 1 or alone):
            last = grid.row_span(_last_row(grid, cell.row) if alone else cell.row + cell.rows - 1)
            cover = Span(grid.row_span(cell.row).start, last.end)
            span = Span(cell.start, cell.end)
            found.groups.append(ScoredGroup(*told, None, span, cell.column, table=True, cover=cover))


def _last_row(grid: Grid, row: int) -> int:
    """The last row under a line that stands over the whole width: before the next such line or the total."""
    for below in range(row + 1, grid.rows):
        first = next((text for text in grid.row(below) if text), "")
        if len(grid.distinct(below)) == 1 or TOTAL.fullmatch(first):
            return below - 1
    return grid.rows - 1


_IN_HEADER = re.compile(r"\((\d{1,3}(?:\.\d+)?)分[^()]*\)")


def _points(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    column = columns.get("points")
    number = number_in(grid, row, column)
    if column is None and columns.carried:
        named = named_at(grid, row, columns)
        return parted(grid.text(row, named), bare=True)[1]
    if column is None:
        paired = pair_in(grid.text(row, columns.get("score")))
        return paired[0] if paired is not None else _header_points(grid, columns)
    if number is not None:
        return number
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", grid.text(row, column))
    return Decimal(percent[1]) if percent else None


def _score(grid: Grid, row: int, columns: Columns, points: Decimal | None) -> Decimal | None:
    """The score of a row: of its column, beside the points in one cell, or what the points taken off leave."""
    column = columns.get("score")
    if column is not None and columns.get("points") is None and not columns.carried:
        paired = pair_in(grid.text(row, column))
        if paired is not None:
            return paired[1]
    if column is None and points is not None and "told" in columns.of:
        told = claim_in(grid.text(row, columns.of["told"]), points)
        return told.number if told is not None else None
    if column is None and points is not None and "weighted" not in columns.of and "lost" in columns.of:
        lost = _lost(grid, row, columns)
        return points - lost if lost is not None and lost <= points else None
    return number_in(grid, row, column) if column is None else cell_number(_RESULT.sub("", grid.text(row, column)))


_RESULT = re.compile(r"^[\d.,%×x*÷/()+分-]+=(?=\d)")  # 「5×90%=4.5」


def _lost(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    """The points taken off in a row; nothing where the cell is empty and others of its column are not."""
    column = columns.of["lost"]
    text = grid.text(row, column)
    if is_empty(text):
        told = (grid.text(below, column) for below in range(columns.row + 1, grid.rows))
        return Decimal(0) if any(cell_number(each.lstrip("-")) for each in told) else None
    return cell_number(text.lstrip("-"))


def _header_points(grid: Grid, columns: Columns) -> Decimal | None:
    """Points that the header of the score gives for the whole column: 「得分（10分）」."""
    column = columns.get("score")
    match = _IN_HEADER.search(grid.text(columns.row, column)) if column is not None else None
    return Decimal(match[1]) if match and "rate" in columns.of else None


def _path(grid: Grid, row: int, name_column: int, columns: Columns) -> tuple[str, ...]:
    names: list[str] = []
    for key in ("level1", "level2", "name"):
        column = columns.of.get(key)
        if column is None or column >= name_column:
            continue
        text = grid.text(row, column) or _above(grid, row, column, columns.row)
        level = _LEVEL_POINTS.sub("", parted(_plain_name(text))[0])
        if text and not is_empty(text) and level not in names and cell_number(text) is None:
            names.append(level)
    own = _plain_name(grid.text(row, name_column))
    return tuple(name for name in names if name != own)


_LEVEL_POINTS = re.compile(r"(?<=[\u4e00-\u9fff]{2})\d{1,3}(?:\.\d+)?分?$")  # 「过程40分」


def _above(grid: Grid, row: int, column: int, header: int) -> str:
    """The last words above an empty cell of a level column: files that lose merging leave it blank."""
    for upper in range(row - 1, header, -1):
        text = grid.text(upper, column)
        if text:
            return "" if TOTAL.fullmatch(text) else text
    return ""


_OWN_POINTS = re.compile(r"\(\d{1,3}(?:\.\d+)?分\)$")


def _plain_name(text: str) -> str:
    return _OWN_POINTS.sub("", OWN_NUMBER.sub("", text)) or text


def _name(text: str, points: Decimal | None, columns: Columns) -> str:
    """A leaf's name without its order, its code and the points it carries."""
    name, told = parted(_plain_name(without_meaning(text) if columns.explained else text), bare=columns.carried)
    return name if columns.carried or told is None or told == points else without_code(_plain_name(text))


def _is_group(grid: Grid, row: int, name_column: int, columns: Columns, name: str) -> bool:
    """A row of a group: named so, or its name reaches from a level column over the leaf's."""
    if GROUP_NAME.search(name):
        return True
    deepest = next((columns.of[key] for key in ("level3", "name") if key in columns.of), None)
    if deepest is None or name_column >= deepest:
        return False
    cell = grid.cells.get((row, name_column))
    if cell is None or cell.rows > 1 or grid.text(row, deepest):
        return False
    return _heads_rows(grid, row, name_column, columns) or (cell.columns > 1 and bool(grid.text(row + 1, deepest)))


def _heads_rows(grid: Grid, row: int, name_column: int, columns: Columns) -> bool:
    """Whether the rows below, down to the next of its level, stand deeper and have the points of a row together."""
    points = [number_in(grid, row, columns.get("points"))]
    for below in range(row + 1, grid.rows):
        if any(grid.text(below, column) for column in range(name_column + 1)):
            break
        if named_at(grid, below, columns) == max(columns.levels):
            points.append(number_in(grid, below, columns.get("points")))
    first, *under = [each or Decimal(0) for each in points]
    return first > 0 and sum(under, Decimal(0)) == first


def _absent(grid: Grid, row: int, columns: Columns) -> tuple[str, str] | None:
    """The words and the receiver where a row says that it is not assessed."""
    dash = grid.text(row, columns.get("score"))
    if DASH.fullmatch(dash) and _points(grid, row, columns) is not None:
        return f"得分栏为“{dash}”", ""
    for key in ("score", "actual", "remark", "points"):
        text = grid.text(row, columns.get(key))
        if NOT_ASSESSED.fullmatch(text):
            remark = grid.text(row, columns.get("remark"))
            absence = absence_in(remark)
            return (text if key != "remark" else remark) or text, absence.receiver if absence else ""
        absence = absence_in(text) if key == "remark" else None
        if absence is not None and (absence.receiver or re.search("不考核|不适用|不参与|不计分", text)):
            return text, absence.receiver
    return None


def _item(
    grid: Grid,
    row: int,
    columns: Columns,
    name: str,
    path: tuple[str, ...],
    points: Decimal | None,
    score: Decimal | None,
    absent: tuple[str, str] | None,
) -> ScoredItem:
    target = grid.text(row, columns.get("target"))
    if columns.get("target") is not None:
        target = _with_parts(grid, row, columns)
    gone = absent is not None and not score
    return ScoredItem(
        name=name,
        path=path,
        points=points,
        claimed=None if gone else score,
        span=grid.row_span(row),
        quote=grid.row_span(row),
        body=grid.row_span(row),
        not_applicable=gone,
        reason=absent[0] if absent and gone else "",
        receiver=absent[1] if absent and gone else "",
        weighted=number_in(grid, row, columns.get("weighted")),
        raw=number_in(grid, row, columns.get("raw")),
        weight=_weight(grid, row, columns),
        target=target,
        actual=grid.text(row, columns.get("actual")),
        remark=grid.text(row, columns.get("remark")) or _reason(grid.text(row, columns.get("lost"))),
        rule=grid.text(row, columns.get("rule")),
        has_remark=columns.get("remark") is not None or columns.get("lost") is not None,
        table=True,
    )


def _reason(lost: str) -> str:
    """What a cell under 「扣分」 says beside a number."""
    return lost if cell_number(lost) is None and not is_empty(lost) else ""


def _weight(grid: Grid, row: int, columns: Columns) -> Decimal | None:
    """The weight of a row that prints a weighted score."""
    column = columns.get("weight")
    if column is None or columns.get("weighted") is None or column == columns.get("points"):
        return None
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%?", grid.text(row, column))
    return Decimal(match[1]) if match else None


def _with_parts(grid: Grid, row: int, columns: Columns) -> str:
    """The target; where operator, number and unit stand in cells of their own they are put together."""
    start = columns.of["target"]
    adjusted = columns.get("adjusted")
    if adjusted is not None and re.match(r"[≥≤=><]*\d", grid.text(row, adjusted)):
        sign = next(
            (t for c in range(max(start - 2, 0), start + 1) if (t := grid.text(row, c)) in ("≥", "≤", "=", ">", "<")),
            "",
        )
        return f"{sign}{grid.text(row, adjusted)}"
    head = grid.text(columns.row, start)
    stop = min((c for k, c in columns.of.items() if c > start), default=start + 1)
    texts: list[str] = []
    for column in range(max(start - 1, 0), min(stop, start + 4)):
        text = grid.text(row, column)
        operator = re.fullmatch(r"[≥≤=><]|[><]=|定性|定量", text)
        if (
            column == start
            or (operator and column < start)
            or (
                column > start
                and len(text) <= 6
                and [text] != texts[-1:]
                and grid.text(columns.row, column) in ("", head, "单位", "计量单位", "度量单位")
            )
        ):
            texts.append(text)
    return "".join(dict.fromkeys(texts))


def _execution(
    grid: Grid, row: int, columns: Columns, points: Decimal | None, score: Decimal | None, found: TableScores
) -> None:
    """The row that scores budget execution; the rows of its sources carry no score."""
    if any(item.name == "预算执行率" and item.span.start >= grid.block.start for item in found.items):
        return
    whole = TOTAL.fullmatch(next((text for text in grid.row(row) if text), "")) is not None
    if score is None or (points is None and not whole):
        return
    found.items.append(
        ScoredItem(
            name="预算执行率",
            path=(),
            points=points,
            claimed=score,
            span=grid.row_span(row),
            quote=grid.row_span(row),
            body=grid.row_span(row),
            actual=grid.text(row, columns.get("rate")),
            remark=grid.text(row, columns.get("remark")),
            table=True,
        )
    )


def _total(grid: Grid, row: int, columns: Columns, found: TableScores, label: str) -> None:
    """A row of the whole: its score and points, and its grade; a bonus is told in words elsewhere."""
    if not TOTAL.fullmatch(label):
        _grade(grid, row, found)
        return
    column = columns.get("weighted") if columns.get("weighted") is not None else columns.get("score")
    number = number_in(grid, row, column)
    points = _points(grid, row, columns)
    numbers = list(_numbers(grid, row))
    if number is None and numbers:
        number, column = numbers[-1]
    if number is not None and column is not None:
        stated = Stated(str(number), grid.span(row, column))
        found.totals.insert(0 if _FINAL.search(label) else len(found.totals), stated)
    if points is not None and len(numbers) > 1:
        found.points_total.append(Stated(str(points), grid.span(row, columns.get("points") or 0)))
    _grade(grid, row, found)


def _grade(grid: Grid, row: int, found: TableScores) -> None:
    for cell in grid.distinct(row):
        if _GRADE.fullmatch(cell.text.strip()):
            found.grades.append(Stated(cell.text.strip(), Span(cell.start, cell.end)))


def _numbers(grid: Grid, row: int) -> Iterator[tuple[Decimal, int]]:
    for cell in grid.distinct(row):
        number = cell_number(re.sub(r"\s", "", cell.text))
        if number is not None:
            yield number, cell.column
