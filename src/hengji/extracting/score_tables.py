"""Scores in tables: columns told by their headers, never by position; rows of leaves, groups, execution and total."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.absences import ABSENT_CELL, absence_in
from hengji.extracting.grid import Grid, cell_number, is_empty, row_spans_of, squeezed
from hengji.extracting.score_cells import NamedPoints, named_points, pair_in, score_in
from hengji.extracting.upright import upright
from hengji.model.document import Cell
from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Span, Stated

_HEADERS = {
    "hundred": r"百分制(?:自评)?(?:得分|评分)?|(?:自评)?(?:得分|评分)\(百分制\)|原始得分|折前得分|加权前得分",
    "score": r"执行率得分|(?:自评|实际|指标|评价|评定|单位自评|部门自评|年度|实得|考核|自评价|本次|初评|执行|自我|自查|单位|本单位|最终|综合|初步|本年|当年|自评及)?(?:得分|评分|自评分|分数|得分值)(?:值|情况)?|自评分|自评(?:值|计分|赋分)|评价分|(?:单位|本单位|部门)自评分|实得分?|(?:单位|部门)?自评|(?:自评)?打分|自评得分\(?分?\)?",
    "weighted": r"折算得分|加权得分|折算后得分|权重得分",
    "points": r"执行率(?:分值|权重)|(?:指标|标准|基准|本项|总|三级指标|三级|考核|评分|评价|设定)?(?:分值|满分|标准分数?|权重分值?|分数值)(?:\(.{0,6}\))?|满分值?|分值权重|指标分值?\(.*分.*\)|(?:标准|指标|基本|基准|规定|设定|最高)分|应得分?|考评分值|原分值|[配赋]分值?|(?:基础|最高)分值|分值(?:比重|设置|标准)|满分标准|满分分值|规定分值",
    "weight": r"(?:指标|所占)?权重(?:比例|系数)?(?:\(.{0,4}\))?|(?:指标)?权重占比(?:\(.{0,4}\))?|权数",
    "both": r"(?:分值|满分|标准分|权重)[/和与及、](?:自评)?(?:得分|评分|自评分)",
    "lost": r"(?:自评)?(?:扣分|扣减分|失分|扣减)(?:值|数)?",
    "level1": r"第?一级(?:评价|绩效|考核)?(?:指标)?(?:名称|内容)?|指标一级|(?:指标|评价|考核|评分)?(?:类别|维度|大类|板块)|一级类别",
    "level2": r"第?二级(?:评价|绩效|考核)?(?:指标)?(?:名称|内容)?|指标二级",
    "level3": r"(?:第?三级|末级|最末级|末端|底层|第?四级)(?:评价|绩效|考核)?(?:指标)?(?:名称|内容)?|指标[三四]级|(?:明细|分项|细化|子)指标(?:名称)?",
    "name": r"(?:绩效|评价|考核|具体)?指标(?:名称|名|内容)?|(?:评价|考核|评分|考评|评估)(?:内容|项目?|指标|要素|事项)|评价指标及内容|项目(?:名称|内容)?|指标解释名称",
    "adjusted": r"调整后?(?:的)?(?:年度)?(?:指标|目标)值(?:\(.*\))?",
    "target": r"(?:年度|年初|预期|全年|计划|目标)?(?:设定|绩效)?(?:指标|目标|计划|绩效目标|设定|预期)值(?:\(.*\)|及.*)?|年初目标值?|(?:预期|年度|绩效|计划)?目标|年初设定目标|目标任务|年度指标|计划(?:完成)?(?:值|数)|年度计划|绩效标准",
    "actual": r"(?:全年|实际|年度|本年|指标|自评|年末)?(?:实际)?(?:完成|实现)(?:值|数|情况|指标值?|结果).*|(?:全年)?实际(?:指标)?值|实际情况|实际达成值|完成进度|完成值|实际完成.*",
    "remark": r"(?:偏差|未完成|扣分|失分|偏离|差异).*|备注|说明|情况说明|证明材料|存在(?:的)?问题.{0,10}|自评得分(?:说明|依据|理由).*|(?:扣分|评分|得分|自评)(?:说明|理由|依据|情况说明|原因).*|原因分析.*|改进措施.*",
    "unit": r"(?:计量|度量|指标)?单位(?:名称)?",
    "nature": r"指标性质|指标方向|指标类型|计算符号|符号",
    "rule": r"(?:评分|评价|计分|考核|赋分|得分|打分)(?:标准|规则|办法|方法|细则|要点|计算方法).*|计算公式|指标(?:解释|说明)|评分依据及标准",
    "budget": r"(?:年初|全年|调整)?.{0,4}预算(?:数|安排数|安排|资金|总额|金额|批复数).*|当年预算|预算安排|(?:年初|全年|年度|调整后?)(?:的)?预算(?:\(.*\))?",
    "spent": r"(?:全年|实际)?.{0,4}(?:执行|支出|使用)(?:数|金额|额).*|(?:全年|实际|累计)?(?:执行|支出|使用)|(?:支出)?决算数",
    "rate": r"执行率.*|预算执行率.*|完成率|支出率|完成比例|支出进度.*|执行进度",
}
_FORMS = {key: re.compile(form) for key, form in _HEADERS.items()}
_TOTAL = re.compile(
    r"(?:总分|合计|总计|基础分|基本分|自评总分|基础得分|最终得分|总得分|得分合计|合计得分|综合得分|总分值|总评分|分数合计)(?:数)?(?:\(.{0,8}\))?[::]?"
)
_GRADE = re.compile(
    r"(?:(?:自评|评价|综合|绩效)?(?:等级|等次|结论|评级)[:为]?)?\"?(?P<g>优秀|优|良好|良|中等?|差|合格|不合格)\"?(?:[(;,。].*)?"
)
_BONUS_ROW = re.compile(r"(?:加减分|加分|减分|扣减分|附加分|奖励分|奖励加分)(?:项目?|情况|合计)?")
_PLACEHOLDER = re.compile(r"(?:指标\d+[:]?|[…\.]+|无|/|—|-)?")
_GROUP_NAME = re.compile(r"小计|合计")


@dataclass(slots=True)
class TableScores:
    """What the tables of a document say of scores."""

    items: list[ScoredItem] = field(default_factory=list)
    groups: list[ScoredGroup] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    points_total: list[Stated] = field(default_factory=list)
    grades: list[Stated] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # starts of the blocks that hold scores
    extras: list[Extra] = field(default_factory=list)
    bases: list[Stated] = field(default_factory=list)
    marks: dict[int, str] = field(
        default_factory=dict
    )  # the form of number in front of the name of a row, by its start


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, by header."""

    of: dict[str, int]
    row: int
    levels: tuple[int, ...] = ()
    plain: bool = False  # a form of goals without points or scores

    def get(self, key: str) -> int | None:
        return self.of.get(key)


def score_tables(grids: Iterable[Grid], titles: Mapping[int, Cell] | None = None) -> TableScores:
    """The scores of every table that has a column of points or of scores; ``titles`` are the lines above tables, by where these begin."""
    found = TableScores()
    parts: list[list[ScoredItem]] = []
    for grid in grids:
        known = len(found.items)
        _read(upright(grid, header_kind, (titles or {}).get(grid.block.start)), found)
        parts.append(found.items[known:])
    for summary in _summaries(parts):
        found.items = [item for item in found.items if item not in summary]
        found.groups.extend(ScoredGroup(i.name, i.points, i.claimed, i.span, 0, table=True) for i in summary)
    return found


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
_NAME_CELL = re.compile(r"(?:\d{1,2}[.、]|[(]\d{1,2}[)])?(?P<name>[\u4e00-\u9fff\"“”、()]{3,24})")


def _headless(grid: Grid, found: TableScores) -> bool:
    """A table without a header whose rows all say name, points and score themselves: 「预算执行率｜满分10分｜得9.5分｜…」."""
    told: list[ScoredItem] = []
    for row in range(grid.rows):
        name, points, score = (_NAME_CELL, _POINTS_CELL, _SCORE_CELL)
        cells = [form.fullmatch(grid.text(row, column)) for column, form in enumerate((name, points, score))]
        if grid.columns < len(cells) or any(cell is None for cell in cells):
            return False
        named, worth, got = (cell for cell in cells if cell is not None)
        span = grid.row_span(row)
        number = Decimal(worth["n"])
        facts = ";".join(text for text in grid.row(row)[3:] if text)
        rule = facts if "比例" in facts else ""
        told.append(
            ScoredItem(
                named["name"], (), number, Decimal(got["n"]), span, span, span, actual=facts, rule=rule, table=True
            )
        )
    worded = all("分" in grid.text(row, column) for row in range(grid.rows) for column in (1, 2))
    if not told or not (worded or sum((i.points or Decimal(0) for i in told), Decimal(0)) == _HUNDRED):
        return False
    found.items.extend(told)
    found.tables.add(grid.block.start)
    return True


_HUNDRED = Decimal(100)


def _read(grid: Grid, found: TableScores) -> None:
    if _headless(grid, found):
        return
    halves = _halves(grid)
    if halves:
        for half in halves:
            _read(half, found)
        return
    before = len(found.items)
    _read_rows(grid, found)
    _nest(found, before)


def _read_rows(grid: Grid, found: TableScores) -> None:
    columns: _Columns | None = None
    skip = -1
    _spanning(grid, found)
    for row in range(grid.rows):
        if row <= skip:
            continue
        header = _header(grid, row)
        if header is not None:
            columns, skip = header
            grid = _set_right(grid, skip, columns)
            found.tables.add(grid.block.start)
            continue
        if columns is None:
            _outside(grid, row, found)
            continue
        _row(grid, row, columns, found)


_NARROWEST = 3  # columns of half a table


def _halves(grid: Grid) -> tuple[Grid, ...]:
    """The two tables of a form that sets two leaves beside each other, under the same headers twice; none for any other table."""
    width = grid.columns // 2
    if grid.columns % 2 or width < _NARROWEST:
        return ()
    twice = any(
        line[:width] == line[width:] and all(line) and "score" in {header_kind(text) for text in line}
        for line in grid.lines
    )
    return (_part(grid, 0, width), _part(grid, width, width)) if twice else ()


def _part(grid: Grid, first: int, width: int) -> Grid:
    """Some of a table's columns."""
    inside = {(r, c - first): (r, c) for r, c in grid.cells if first <= c < first + width}
    cells = {key: grid.cells[old] for key, old in inside.items()}
    return replace(
        grid,
        cells=cells,
        row_spans=row_spans_of(cells),
        texts={key: grid.texts[old] for key, old in inside.items()},
        columns=width,
        lines=tuple(line[first : first + width] for line in grid.lines),
    )


def _header(grid: Grid, row: int) -> tuple[_Columns, int] | None:
    """The columns of a header row (of two rows where the second goes on), and its last row."""
    labels = {column: text for column, text in enumerate(grid.row(row)) if text}
    columns = _columns(labels)
    if not _is_header(columns):
        return None
    last = row
    below = {column: text for column, text in enumerate(grid.row(row + 1)) if text}
    changed = {c: t for c, t in below.items() if labels.get(c) != t}
    if (
        changed
        and sum(1 for text in changed.values() if header_kind(text)) >= max(1, len(changed) - 1)
        and not any(cell_number(text) is not None for text in below.values())
    ):
        merged = _columns(labels | changed)
        if _is_header(merged):
            columns, last = merged, row + 1
    levels = tuple(columns[key] for key in ("level1", "level2", "level3") if key in columns)
    return _Columns(columns, row, levels, _is_plain(columns)), last


_VALUE = re.compile(r"[≥≤<>=]?\d.*|\W*")


def _set_right(grid: Grid, header: int, columns: _Columns) -> Grid:
    """The grid with the rows that lost the cell of a group above them, and so stand one or two columns to the left, set right.

    A row is moved only where its end is empty, its score is missing and points, score and name then stand in their columns.
    """
    name, points, score = (columns.get(key) for key in ("level3", "points", "score"))
    if name is None or points is None or score is None or name == 0:
        return grid
    shifts: dict[int, int] = {}
    for row in range(header + 1, grid.rows):
        if cell_number(grid.text(row, score)) is not None and not _VALUE.fullmatch(grid.text(row, name)):
            continue
        for shift in range(1, name + 1):
            ends = all(not grid.text(row, grid.columns - back) for back in range(1, shift + 1))
            ends = ends or shifts.get(row - 1) == shift  # as the row above it, whatever stands at its end
            worth, got = (cell_number(grid.text(row, column - shift)) for column in (points, score))
            if ends and None not in (worth, got) and not _VALUE.fullmatch(grid.text(row, name - shift)):
                shifts[row] = shift
                break
    if not shifts:
        return grid
    cells = {(r, c + shifts.get(r, 0)): cell for (r, c), cell in grid.cells.items()}
    texts = {(r, c + shifts.get(r, 0)): text for (r, c), text in grid.texts.items()}
    within = {key: cell for key, cell in cells.items() if key[1] < grid.columns}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    return replace(grid, cells=within, texts=texts, lines=lines, row_spans=row_spans_of(within))


def _is_plain(columns: dict[str, int]) -> bool:
    """A form of goals that scores nothing: levels, targets and what was achieved."""
    scoring = {"score", "weighted", "points", "weight", "both"} & columns.keys()
    return not scoring and {"level1", "level3", "target", "actual"} <= columns.keys()


def _is_header(columns: dict[str, int]) -> bool:
    if _is_plain(columns):
        return True
    scored = bool({"score", "weighted", "both"} & columns.keys()) or {"points", "lost"} <= columns.keys()
    worth = "points" in columns or "weight" in columns
    named = any(key in columns for key in ("level3", "level2", "name", "level1", "budget", "spent", "target", "actual"))
    paid = scored and "rate" in columns and "spent" in columns
    return paid or (scored and named) or (worth and named and len(columns) >= 3)


def _columns(labels: dict[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in labels.items():
        kind = header_kind(text)
        if text == "分数" and any(header_kind(t) == "score" for t in labels.values() if t != text):
            kind = "points"  # beside a column of scores
        if kind and kind not in found:
            found[kind] = column
    if "lost" in found:
        found.setdefault("remark", found["lost"])
    fourth = next((column for column, text in labels.items() if text.startswith("四级")), None)
    if fourth is not None and found.get("level3", fourth) != fourth:
        found["name"], found["level3"] = found["level3"], fourth
    name = next((found[key] for key in ("level3", "name", "level2") if key in found), None)
    worth = next((kind for kind in ("points", "weight") if kind in found), None)
    if worth is not None:  # where every level has a column of points the leaf's stands beside its name
        beside = name is not None and header_kind(labels.get(name + 1, "")) == worth
        found["points"] = name + 1 if name is not None and beside else found[worth]
    return found


_MARKS = re.compile(r"\d$|\*|:$")
_BRACKETED = re.compile(r"\(.*?\)")
_AND_POINTS = re.compile(r"(?:及|和|与|/)(?:分值|权重|满分)$")  # 「三级指标及分值」


@lru_cache(maxsize=4096)  # the same cells are asked about by every reader and check of tables
def header_kind(text: str) -> str:
    """Which column a header's words name (points, score, level3 …), or nothing."""
    if not text:
        return ""
    plain = _MARKS.sub("", text)
    if len(plain) > 24:
        return ""
    for kind, form in _FORMS.items():
        if form.fullmatch(plain):
            return kind
    bare = _AND_POINTS.sub("", _BRACKETED.sub("", plain))
    if not bare or bare == plain:
        return ""
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(bare)), "")


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
        graded = _GRADE.fullmatch(squeezed(after.text)) if _GRADE_LABEL.fullmatch(label) else None
        if graded is not None:
            found.grades.append(Stated(graded["g"], Span(after.start, after.end)))


def _row(grid: Grid, row: int, columns: _Columns, found: TableScores) -> None:
    first = next((text for text in grid.row(row) if text), "")
    if _TOTAL.fullmatch(first) and columns.get("budget") is None:
        _total(grid, row, columns, found)
        return
    points, score = _worth(grid, row, columns)
    if columns.get("budget") is not None or columns.get("spent") is not None:
        if "level1" not in columns.of and (points is not None or score is not None):
            _execution(grid, row, columns, points, score, found)
            return
        if "level1" not in columns.of:
            return
    name_column = _name_column(grid, row, columns)
    if name_column is None:
        return
    if _TOTAL.fullmatch(grid.text(row, name_column)):
        _total(grid, row, columns, found)
    elif _continues(grid, row, name_column, columns):
        _go_on(grid, row, columns, score, found)
    else:
        _named_row(grid, row, name_column, columns, (points, score), found)


def _named_row(
    grid: Grid,
    row: int,
    name_column: int,
    columns: _Columns,
    worth: tuple[Decimal | None, Decimal | None],
    found: TableScores,
) -> None:
    """A row with a name of its own: a bonus, a group or a leaf, or one that says nothing."""
    name, (points, score) = grid.text(row, name_column), worth
    if points is None:
        name, points, score = _named(grid, row, name_column, columns, score)
    absent = _absent(grid, row, columns, points) if not columns.plain else None
    _named_points(grid, row, name_column, columns, found)
    _beside_points(grid, row, name_column, columns, found)
    if _BONUS_ROW.fullmatch(_plain_name(name)) and score is not None and (points is None or score <= points):
        span = grid.row_span(row)
        found.extras.append(Extra(name, abs(score), span, span, name.startswith(("减", "扣"))))
        return
    unscored = points is None and score is None and absent is None
    told = columns.plain and _states(grid, row, name_column, columns) and not _PLACEHOLDER.fullmatch(name)
    if (unscored and not told) or (_PLACEHOLDER.fullmatch(name) and score is None):
        return
    path = _path(grid, row, name_column, columns)
    found.marks[grid.row_span(row).start] = _style(name)
    name = _plain_name(name)
    if _is_group(grid, row, name_column, columns, name):
        found.groups.append(ScoredGroup(name, points, score, grid.row_span(row), len(path), table=True))
        return
    found.items.append(_item(grid, row, columns, name, path, points, score, absent))


def _worth(grid: Grid, row: int, columns: _Columns) -> tuple[Decimal | None, Decimal | None]:
    """Points and score of a row, from the columns of either or of both."""
    pair = pair_in(grid.text(row, columns.get("both")))
    if pair is not None:
        return pair
    points = _points(grid, row, columns)
    if columns.get("score") is None and columns.get("weighted") is None and columns.get("lost") is not None:
        return points, _less(points, grid.text(row, columns.get("lost")))
    return points, score_in(grid.text(row, columns.get("score")), points)


def _less(points: Decimal | None, lost: str) -> Decimal | None:
    """What is left of the points where a table has a column of points taken off only."""
    if points is None or is_empty(lost) or lost in ("无", "不扣分", "未扣分"):
        return points
    number = cell_number(lost.lstrip("-－—"))
    return points - number if number is not None else score_in(lost, points)


def _named(
    grid: Grid, row: int, name_column: int, columns: _Columns, score: Decimal | None
) -> tuple[str, Decimal | None, Decimal | None]:
    """Name, points and score of a row whose points stand in the cell of its name."""
    text = grid.text(row, name_column)
    bare = re.search("分值|满分|权重", grid.text(columns.row, name_column)) is not None
    told = named_points(text, bare=bare)
    if told is None:
        return text, None, score
    return told.name, told.points, score_in(grid.text(row, columns.get("score")), told.points)


def _continues(grid: Grid, row: int, name_column: int, columns: _Columns) -> bool:
    """Whether a row only goes on with the leaf above it: name and points are merged from there, or blank."""

    def above(column: int | None) -> bool:
        cell = grid.cells.get((row, column)) if column is not None else None
        return cell is None or cell.row < row

    deepest = next((columns.of[key] for key in ("level3", "name", "level2") if key in columns.of), None)
    cell = grid.cells.get((row, name_column))
    if cell is None or name_column != deepest or cell.row == row or not above(columns.get("points")):
        return False
    return above(columns.get("score")) or columns.get("points") is not None


def _go_on(grid: Grid, row: int, columns: _Columns, score: Decimal | None, found: TableScores) -> None:
    """Puts the rule and the score of such a row to those of its leaf."""
    if not found.items:
        return
    item = found.items[-1]
    cell = grid.cells.get((row, columns.of["score"])) if "score" in columns.of else None
    if cell is not None and cell.row == row and score is not None:
        item = replace(item, claimed=(item.claimed or Decimal(0)) + score)
    rule = grid.text(row, columns.get("rule"))
    rules = ";".join(dict.fromkeys(text for text in (item.rule, rule) if text))
    end = max(item.span.end, grid.row_span(row).end)
    whole = Span(item.span.start, end)
    found.items[-1] = replace(item, rule=rules, span=whole, quote=whole, body=whole)


_STYLE = re.compile(
    r"(?P<big>[一二三四五六七八九十]{1,3}、)|(?P<round>\([一二三四五六七八九十]{1,3}\))|(?P<small>\d{1,2}[.、](?!\d))"
    r"|(?P<rounded>\(\d{1,2}\))|(?P<ring>[①-⑳])|(?P<dotted>\d{1,2}(?:\.\d{1,2})+)"
)


def _style(name: str) -> str:
    """The form of the number in front of a name; empty where there is none."""
    match = _STYLE.match(name)
    if match is None:
        return ""
    return f"dotted{match[0].count('.')}" if match.lastgroup == "dotted" else str(match.lastgroup)


def _nest(found: TableScores, first: int) -> None:
    """Puts the rows of a table that only sum up the rows under them among the groups: by their numbers, or by their points."""
    items = found.items[first:]
    heads = _heads_by_mark(items, [found.marks.get(item.span.start, "") for item in items]) or _heads_by_sum(items)
    for at in heads:
        item = items[at]
        found.groups.append(ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True))
    if heads:
        found.items[first:] = [item for at, item in enumerate(items) if at not in heads]


def _heads_by_mark(items: list[ScoredItem], styles: list[str]) -> set[int]:
    """The rows that are followed by rows numbered in a deeper form; at least half of them are the sum of those."""
    order = list(dict.fromkeys(styles))
    ranks = [order.index(style) for style in styles]
    heads = [at for at in range(len(items) - 1) if ranks[at + 1] > ranks[at]]
    if not heads or any(items[at].path for at in heads):
        return set()
    right = 0
    for at in heads:
        end = next((n for n in range(at + 1, len(items)) if ranks[n] <= ranks[at]), len(items))
        inner = [items[n].points or Decimal(0) for n in range(at + 1, end) if n not in heads]
        right += sum(inner, Decimal(0)) == items[at].points
    return set(heads) if right * 2 >= len(heads) else set()


def _heads_by_sum(items: list[ScoredItem]) -> set[int]:
    """The rows of a table of two levels without numbers: each is the sum of the rows up to the next, over the whole table."""
    points = [item.points for item in items]
    known = [worth for worth in points if worth is not None]
    if len(known) < len(points) or sum(known, Decimal(0)) != 2 * _HUNDRED or any(item.path for item in items):
        return set()
    heads: set[int] = set()
    at = 0
    while at < len(known):
        end, left = at + 1, known[at]
        while end < len(known) and left > 0:
            left -= known[end]
            end += 1
        if left != 0:
            return set()
        heads.add(at)
        at = end
    return heads


def _states(grid: Grid, row: int, name_column: int, columns: _Columns) -> bool:
    """Whether a row of a form without points says what was achieved, in a cell of its own."""
    column = columns.of["actual"]
    told, name = grid.text(row, column), grid.text(row, name_column)
    return bool(told) and told != name and not name.endswith("。")


_NO_GROUP = re.compile(r"[满得总计]分|合计|[扣≥≤]|得分|加分|[。;]")
_LONGEST = 20  # characters of a group's name


def _with_points(text: str) -> NamedPoints | None:
    """Name and points of a group's cell: 「产出指标（50分）」, 「（24分）数字化与利用」, 「医保管理产出（43%）」."""
    if len(text) > _LONGEST * 2 or (not text.endswith((")", "分", "]")) and not text.startswith("(")):
        return None
    told = named_points(text)
    if told is None or _NO_GROUP.search(told.name) or not 2 <= len(told.name) <= _LONGEST or "(" in told.name:
        return None
    return told


def _named_points(grid: Grid, row: int, name_column: int, columns: _Columns, found: TableScores) -> None:
    """A group whose cell prints its points: 「产出指标（50分）」, told once."""
    for key in ("level1", "level2"):
        column = columns.of.get(key)
        cell = grid.cells.get((row, column)) if column is not None else None
        if cell is None or cell.rows > 1:
            continue
        told = _with_points(grid.text(row, column)) if column is not None and column < name_column else None
        if told is None or any(g.name == told.name and g.table for g in found.groups):
            continue
        depth = 0 if key == "level1" else 1
        found.groups.append(ScoredGroup(told.name, told.points, None, grid.span(row, column or 0), depth, table=True))


def _beside_points(grid: Grid, row: int, name_column: int, columns: _Columns, found: TableScores) -> None:
    """A group whose points stand in a column of their own beside its name, told once."""
    for depth, key in enumerate(("level1", "level2")):
        column = columns.of.get(key)
        if column is None or column + 1 >= name_column or column + 1 == columns.of.get("points"):
            continue
        cell, name = grid.cells.get((row, column)), _plain_name(grid.text(row, column))
        points = _percent_or_number(grid.text(row, column + 1))
        if (
            cell is None
            or cell.row != row
            or not name
            or points is None
            or _with_points(grid.text(row, column)) is not None
        ):
            continue
        if header_kind(grid.text(columns.row, column + 1)) in ("points", "weight") and not any(
            g.name == name and g.table for g in found.groups
        ):
            cover = Span(grid.row_span(row).start, grid.row_span(row + cell.rows - 1).end) if cell.rows > 1 else None
            span = Span(cell.start, grid.span(row, column + 1).end)
            found.groups.append(ScoredGroup(name, points, None, span, depth, table=True, cover=cover))


def _spanning(grid: Grid, found: TableScores) -> None:
    """A group whose merged cell prints its points and reaches over the rows it holds: 「绩效指标（90分）」."""
    for cell in grid.block.cells:
        told = _with_points(squeezed(cell.text))
        alone = told is not None and len(grid.distinct(cell.row)) == 1
        if told is not None and (cell.rows > 1 or alone):
            last = grid.row_span(_last_row(grid, cell.row) if alone else cell.row + cell.rows - 1)
            cover = Span(grid.row_span(cell.row).start, last.end)
            span = Span(cell.start, cell.end)
            found.groups.append(ScoredGroup(told.name, told.points, None, span, cell.column, table=True, cover=cover))


def _last_row(grid: Grid, row: int) -> int:
    """The last row under a line that stands over the whole width: before the next such line or the total."""
    for below in range(row + 1, grid.rows):
        first = next((text for text in grid.row(below) if text), "")
        if len(grid.distinct(below)) == 1 or _TOTAL.fullmatch(first):
            return below - 1
    return grid.rows - 1


_IN_HEADER = re.compile(r"\((\d{1,3}(?:\.\d+)?)分[^()]*\)")


def _points(grid: Grid, row: int, columns: _Columns) -> Decimal | None:
    column = columns.get("points")
    if column is None:
        return _header_points(grid, columns)
    return _percent_or_number(grid.text(row, column))


def _percent_or_number(text: str) -> Decimal | None:
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", text)
    return Decimal(percent[1]) if percent else cell_number(text)


def _header_points(grid: Grid, columns: _Columns) -> Decimal | None:
    """Points that the header of the score gives for the whole column: 「得分（10分）」."""
    column = columns.get("score")
    match = _IN_HEADER.search(grid.text(columns.row, column)) if column is not None else None
    return Decimal(match[1]) if match and "rate" in columns.of else None


def _number(grid: Grid, row: int, column: int | None) -> Decimal | None:
    return cell_number(grid.text(row, column)) if column is not None else None


def _name_column(grid: Grid, row: int, columns: _Columns) -> int | None:
    """The deepest name column that holds words in this row and begins in it."""
    wanted = [columns.of[key] for key in ("level3", "name", "level2", "level1") if key in columns.of]
    for column in wanted:
        text = grid.text(row, column)
        if text and not is_empty(text) and cell_number(text) is None:
            return column
    return None


def _path(grid: Grid, row: int, name_column: int, columns: _Columns) -> tuple[str, ...]:
    names: list[str] = []
    for key in ("level1", "level2", "name"):
        column = columns.of.get(key)
        if column is None or column >= name_column:
            continue
        text = grid.text(row, column) or _above(grid, row, column, columns.row)
        level = _LEVEL_POINTS.sub("", _plain_name(text))
        if text and not is_empty(text) and level not in names and cell_number(text) is None:
            names.append(level)
    own = _plain_name(grid.text(row, name_column))
    return tuple(name for name in names if name != own)


_LEVEL_POINTS = re.compile(r"(?<=[\u4e00-\u9fff]{2})\(?\d{1,3}(?:\.\d+)?(?:分|%)?\)?$")  # 「过程40分」


def _above(grid: Grid, row: int, column: int, header: int) -> str:
    """The last words above an empty cell of a level column: files that lose merging leave it blank."""
    for upper in range(row - 1, header, -1):
        text = grid.text(upper, column)
        if text:
            return "" if _TOTAL.fullmatch(text) else text
    return ""


_OWN_NUMBER = re.compile(
    r"^(?:指标\d+[:.、]|\d{1,2}(?:\.\d+)*[.、]|\d{1,2}(?:\.\d+)+|[A-Z]\d{1,4}(?:[-.]?\d+)*[.、:]?(?=[\u4e00-\u9fff\"])|\(\d+\)|[①-⑳]|[一二三四五六七八九十]+、(?![一二三四五六七八九十][类级等]))"
)
_OWN_POINTS = re.compile(r"\(\d{1,3}(?:\.\d+)?分\)$|^\(\d{1,3}(?:\.\d+)?分\)")


def _plain_name(text: str) -> str:
    return _OWN_POINTS.sub("", _OWN_NUMBER.sub("", text)) or text


def _is_group(grid: Grid, row: int, name_column: int, columns: _Columns, name: str) -> bool:
    """A row of a group: named so, or its name reaches from a level column over the leaf's."""
    if _GROUP_NAME.search(name):
        return True
    deepest = next((columns.of[key] for key in ("level3", "name") if key in columns.of), None)
    if deepest is None or name_column >= deepest:
        return False
    cell = grid.cells.get((row, name_column))
    return cell is not None and cell.columns > 1 and cell.rows == 1 and _followed(grid, row, deepest)


def _followed(grid: Grid, row: int, deepest: int) -> bool:
    """Whether the next row goes one level deeper."""
    return bool(grid.text(row + 1, deepest)) and not grid.text(row, deepest)


_DASH = re.compile(r"[—－/\\-]+")


def _absent(grid: Grid, row: int, columns: _Columns, points: Decimal | None) -> tuple[str, str] | None:
    """The words and the receiver where a row says that it is not assessed."""
    dash = grid.text(row, columns.get("score"))
    if _DASH.fullmatch(dash) and points is not None:
        return f"得分栏为“{dash}”", _receiver(grid, row, columns)
    for key in ("score", "actual", "remark", "points"):
        text = grid.text(row, columns.get(key))
        if ABSENT_CELL.fullmatch(text):
            remark = grid.text(row, columns.get("remark"))
            return (text if key != "remark" else remark) or text, _receiver(grid, row, columns)
        absence = absence_in(text) if key == "remark" else None
        if absence is not None and (absence.receiver or re.search("不考核|不适用|不参与|不计分|不涉及", text)):
            return text, absence.receiver
    return None


def _receiver(grid: Grid, row: int, columns: _Columns) -> str:
    """Where the points of a row went that is not assessed, by its remark or by what it says was done."""
    told = (absence_in(grid.text(row, columns.get(key))) for key in ("remark", "actual"))
    return next((absence.receiver for absence in told if absence is not None and absence.receiver), "")


def _item(
    grid: Grid,
    row: int,
    columns: _Columns,
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
    weighted, hundred = _number(grid, row, columns.get("weighted")), None
    if columns.get("score") is None and weighted is not None:
        score, weighted, hundred = weighted, None, _number(grid, row, columns.get("hundred"))
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
        weighted=weighted,
        hundred=hundred,
        weight=_weight(grid, row, columns),
        target=target,
        actual=grid.text(row, columns.get("actual")),
        remark=grid.text(row, columns.get("remark")),
        rule=grid.text(row, columns.get("rule")),
        has_remark=columns.get("remark") is not None,
        table=True,
    )


def _weight(grid: Grid, row: int, columns: _Columns) -> Decimal | None:
    """The weight of a row that prints a weighted score."""
    column = columns.get("weight")
    if column is None or columns.get("weighted") is None:
        return None
    if column == columns.get("points") and columns.get("hundred") is None:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%?", grid.text(row, column))
    return Decimal(match[1]) if match else None


def _with_parts(grid: Grid, row: int, columns: _Columns) -> str:
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
    grid: Grid, row: int, columns: _Columns, points: Decimal | None, score: Decimal | None, found: TableScores
) -> None:
    """The row that scores budget execution; the rows of its sources carry no score."""
    if any(item.name == "预算执行率" and item.span.start >= grid.block.start for item in found.items):
        return
    whole = _TOTAL.fullmatch(next((text for text in grid.row(row) if text), "")) is not None
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


def _total(grid: Grid, row: int, columns: _Columns, found: TableScores) -> None:
    column = columns.get("weighted") if columns.get("weighted") is not None else columns.get("score")
    number = _number(grid, row, column)
    points, got = _worth(grid, row, columns)
    if number is None and got is not None and (columns.get("both") is not None or columns.get("score") is None):
        number, column = got, next(columns.of[key] for key in ("both", "lost", "points") if key in columns.of)
    numbers = list(_numbers(grid, row))
    if number is None and numbers:
        number, column = numbers[-1]
    if number is not None and column is not None:
        first = next((text for text in grid.row(row) if text), "")
        (found.bases if first.startswith(("基础", "基本")) else found.totals).append(
            Stated(str(number), grid.span(row, column))
        )
    if points is not None and len(numbers) > 1:
        found.points_total.append(Stated(str(points), grid.span(row, columns.of["points"])))
    for cell in grid.distinct(row):
        graded = _GRADE.fullmatch(squeezed(cell.text))
        if graded is not None:
            found.grades.append(Stated(graded["g"], Span(cell.start, cell.end)))


def _numbers(grid: Grid, row: int) -> Iterator[tuple[Decimal, int]]:
    for cell in grid.distinct(row):
        number = cell_number(re.sub(r"\s", "", cell.text))
        if number is not None:
            yield number, cell.column
