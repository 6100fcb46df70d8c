"""Scores in tables: columns told by their headers, never by position; rows of leaves, groups, execution and total."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.absences import absence_in
from hengji.extracting.cell_names import carry_points, parted, path_in, without_code
from hengji.extracting.grid import Grid, cell_number, is_empty, row_spans_of, squeezed
from hengji.extracting.leaf_names import is_name
from hengji.extracting.upright import upright
from hengji.model.extraction import ScoredGroup, ScoredItem, Span, Stated

_HEADERS = {
    "raw": r"百分制(?:自评)?(?:得分|评分|打分|分数|分值?)|(?:自评)?(?:得分|评分|打分)\(百分制\)|原始(?:得分|评分|打分|分数?)|折算前得?分",
    "lost": r"(?:自评|实际|单位|指标)?(?:扣分|失分|减分|扣减分|丢分)(?:值|数|数值|分值)?(?:\(分\))?",
    "score": r"(?:自评)?(?:得分|评分)/(?:分值|满分|标准分|权重)|(?:分值|满分|标准分|权重)/(?:自评)?(?:得分|评分)|执行率得分|(?:自评|实际|指标|评价|评定|单位自评|部门自评|年度|实得|考核|自评价|本次|初评|执行|自我|单位|最终|最后)?(?:得分|评分|自评分|分数|得分值)(?:值|情况)?|自评分|实得分|(?:单位|部门)?自评|(?:自评)?打分|自评得分\(?分?\)?",
    "weighted": r"(?:折算|加权|权重|折合|换算|计权|折后)(?:后)?(?:自评)?(?:得分|分值?|分数)",
    "points": r"执行率(?:分值|权重)|(?:指标|标准|基准|本项|总|三级指标|三级|考核|评分|评价|设定)?(?:分值|满分|标准分数?|权重分值?|分数值)(?:\(.{0,6}\))?|满分值?|分值权重|指标分值?\(.*分.*\)|(?:标准|指标|基本|基准|规定)分|应得分|配分|赋分值?|占分|满分分值|规定分值",
    "weight": r"(?:指标|所占)?权重(?:比例|系数)?(?:\(.{0,4}\))?|(?:指标)?权重占比(?:\(.{0,4}\))?|权数",
    "level1": r"一级(?:指标)?(?:名称)?|(?:指标|评价|考核)?(?:类别|维度|大类|板块|模块)|(?:评价|考核)方面|一级类别|目标层",
    "level2": r"二级(?:指标)?(?:名称)?|二级类别|准则层",
    "level3": r"指标层|小项|小类|(?:三级|末级|最末级|末端|底层)(?:指标)?(?:名称)?|四级(?:指标)?(?:名称)?|(?:明细|分项|细化|子)指标(?:名称)?",
    "name": r"(?:绩效|评价|考核|具体)?指标(?:名称|名|内容)?|(?:评价|考核|评分|自评)(?:内容|项目|指标|要素|事项)|事项(?:名称)?|项目|项目(?:名称|内容)|指标解释名称",
    "adjusted": r"调整后?(?:的)?(?:年度)?(?:指标|目标)值(?:\(.*\))?",
    "target": r"(?:年度|年初|预期|全年|计划|目标)?(?:设定|绩效)?(?:指标|目标|计划|绩效目标|设定|预期)值(?:\(.*\)|及.*)?|年初目标值?|(?:预期|年度|绩效)?目标|计划(?:完成)?(?:值|数)|年度计划|绩效标准",
    "actual": r"(?:全年|实际|年度|本年|指标|自评|年末)?(?:实际)?(?:完成|实现)(?:值|数|情况|指标值?|结果).*|(?:全年)?实际(?:指标)?值|实际情况|完成值|实际完成.*",
    "remark": r"(?:偏差|未完成|扣分|失分|偏离|差异).*|备注|说明|存在(?:的)?问题.{0,10}|自评得分(?:说明|依据|理由).*|(?:扣分|评分|得分|自评)(?:说明|理由|依据|情况说明|原因).*|原因分析.*|改进措施.*",
    "unit": r"(?:计量|度量|指标)?单位(?:名称)?",
    "nature": r"指标性质|指标方向|指标类型|计算符号|符号",
    "rule": r"(?:评分|评价|计分|考核|赋分|得分)(?:标准|规则|办法|方法|细则|要点|计算方法).*|计算公式|指标(?:解释|说明)|评分依据及标准",
    "budget": r"(?:年初|全年|调整)?.{0,4}预算(?:数|安排数|安排|资金|总额|金额|批复数).*|当年预算|预算安排|(?:年初|全年|年度|调整后?)(?:的)?预算(?:\(.*\))?",
    "spent": r"(?:全年|实际)?.{0,4}(?:执行|支出|使用)(?:数|金额|额).*|(?:全年|实际|累计)?(?:执行|支出|使用)|(?:支出)?决算数",
    "rate": r"执行率.*|预算执行率.*|完成率|支出率|完成比例|支出进度.*|执行进度",
}
_FORMS = {key: re.compile(form) for key, form in _HEADERS.items()}
_TOTAL = re.compile(
    r"(?:(?:自评|评价|综合|最终|最后|基础|基本|指标|实际|加权)*(?:总分|合计|总计|总得分|得分合计|合计得分|总分值|总评分|分数合计|最终得分|最后得分|综合得分|基础得?分|基本得?分|加权得分)(?:合计|小计)?)(?:数)?(?:\(.{0,12}\))?:?"
)
_FINAL = re.compile(r"最[终后]|总得分|总评分|综合得分")
_EXTRA = re.compile(
    r"(?:[一二三四五六七八九十]、|\d[.、]|\([一二三四五六七八九十\d]\))?(?:加减分|加扣分|加分|减分|扣分|附加分|奖励分|扣减分?)(?:项目|项|因素|事项|情况)?(?:得分|合计)?(?:\(.{0,12}\))?:?"
)
_GRADED = re.compile(r"(?:自评|评价|绩效|评定)*(?:等级|等次|档次|结论|结果)")
_GRADE = re.compile(r"优秀|优|良好|良|中等?|差|合格|不合格")
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, by header."""

    of: dict[str, int]
    row: int
    levels: tuple[int, ...] = ()
    plain: bool = False  # a form of goals without points or scores
    carried: bool = False  # no column of points: the names carry them
    joined: bool = False  # no columns of levels: the names carry their path

    def get(self, key: str) -> int | None:
        return self.of.get(key)


def score_tables(grids: Iterable[Grid]) -> TableScores:
    """The scores of every table that has a column of points or of scores."""
    found = TableScores()
    for grid in grids:
        for part in upright(grid, header_kind):
            _read(part, found)
    return found


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
    before = len(found.items)
    _read_rows(grid, found)
    heads = _heading_rows(found.items[before:])
    found.items[before:] = [item for item in found.items[before:] if item not in heads]
    found.groups.extend(ScoredGroup(item.name, item.points, item.claimed, item.span, 0, table=True) for item in heads)


def _heading_rows(items: list[ScoredItem]) -> list[ScoredItem]:
    """The rows of groups among the leaves of a table without columns of levels: each has the points of the rows under it together."""
    points = [item.points for item in items]
    if None in points or any(item.path for item in items) or sum(points, Decimal(0)) != 2 * _HUNDRED:
        return []
    heads: list[ScoredItem] = []
    at = 0
    while at < len(items):
        left, end = points[at] or Decimal(0), at + 1
        while left > 0 and end < len(items):
            left, end = left - (points[end] or Decimal(0)), end + 1
        if left != 0 or end == at + 1:
            return []
        heads.append(items[at])
        at = end
    return heads


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
    columns = _leaf_column(grid, columns, last)
    levels = tuple(columns[key] for key in ("level1", "level2", "level3") if key in columns)
    return _proved(grid, _Columns(columns, row, levels, _is_plain(columns)), last), last


def _carrying(grid: Grid, row: int, column: int) -> str:
    """The name of a row that may have lost the cells in front of it: the first from its column back that carries points."""
    back = [grid.text(row, at) for at in range(column, -1, -1)]
    return next((text for text in back if parted(text, bare=True)[1] is not None), back[0])


def _leaf_column(grid: Grid, columns: dict[str, int], last: int) -> dict[str, int]:
    """The columns with the leaves' own: where the column of names is merged over several rows, the next one of short words."""
    at = next((columns[key] for key in ("level3", "name", "level2") if key in columns), None)
    ends = min((columns[key] for key in ("points", "weight", "score") if key in columns), default=0)
    if at is None or _spread(grid, at, last) or "level3" in columns:
        return columns
    for column in range(at + 1, ends):
        if column not in columns.values() or header_kind(grid.text(last, column)) == "rule":
            names = [grid.text(row, column) for row in range(last + 1, grid.rows)]
            if _spread(grid, column, last) and sum(1 for name in names if is_name(name)) * 2 > len(names):
                of = {key: place for key, place in columns.items() if place != column}
                return of | {"level3": column}
    return columns


def _spread(grid: Grid, column: int, last: int) -> bool:
    """Whether nearly every row below a header has a cell of its own in a column."""
    rows = range(last + 1, grid.rows)
    own = {cell.start for row in rows if (cell := grid.cells.get((row, column))) is not None}
    return len(own) * 5 >= len(rows) * 4


def _proved(grid: Grid, columns: _Columns, last: int) -> _Columns:
    """The columns after a look at the rows below: whether names carry the points, and whether scores are marks out of 100."""
    below = range(last + 1, grid.rows)
    places = [(row, column) for row in below if (column := _name_column(grid, row, columns)) is not None]
    places = [(row, column) for row, column in places if not _sums(grid, row)]
    names = [grid.text(row, column) for row, column in places]
    if "level1" not in columns.of and names:
        columns = replace(columns, joined=all(len(path_in(name)) > 1 for name in names))
    if columns.get("points") is None:
        return replace(columns, carried=carry_points([_carrying(grid, row, column) for row, column in places]))
    if "score" in columns.of and "weighted" in columns.of and "raw" not in columns.of:
        rows = [[_number(grid, row, columns.of[key]) for key in ("points", "score", "weighted")] for row in below]
        told = [(worth, mark, got) for worth, mark, got in rows if None not in (worth, mark, got) and worth != _HUNDRED]
        over = [each for each in told if each[1] > each[0] >= each[2]]
        if len(over) * 2 > len(told):
            of = {key: column for key, column in columns.of.items() if key not in ("score", "weighted")}
            return replace(columns, of=of | {"raw": columns.of["score"], "score": columns.of["weighted"]})
    return columns


_VALUE = re.compile(r"[≥≤<>=]?\d.*|\W*")


def _set_right(grid: Grid, header: int, columns: _Columns) -> Grid:
    """The grid with the rows that lost the cell of a group above them, and so stand one or two columns to the left, set right.

    A row is moved only where its end is empty, it does not fit where it stands, and fits better further to the right.
    """
    shifts: dict[int, int] = {}
    for row in range(header + 1, grid.rows):
        shift = _shift(grid, row, columns)
        if shift:
            shifts[row] = shift
    if not shifts:
        return grid
    cells = {(r, c + shifts.get(r, 0)): cell for (r, c), cell in grid.cells.items()}
    texts = {(r, c + shifts.get(r, 0)): text for (r, c), text in grid.texts.items()}
    within = {key: cell for key, cell in cells.items() if key[1] < grid.columns}
    lines = tuple(tuple(texts.get((row, column), "") for column in range(grid.columns)) for row in range(grid.rows))
    return replace(grid, cells=within, texts=texts, lines=lines, row_spans=row_spans_of(within))


def _shift(grid: Grid, row: int, columns: _Columns) -> int:
    """How many columns a row stands too far to the left."""
    name = next((columns.of[key] for key in ("level3", "name", "level2") if key in columns.of), None)
    if not name or ("score" not in columns.of and "lost" not in columns.of) or _fit(grid, row, columns, 0) == _FITS:
        return 0
    texts = grid.row(row)
    free = next((back for back, text in enumerate(reversed(texts)) if text), len(texts))
    shifts = range(min(name, free) + 1)
    return max(shifts, key=lambda shift: (_fit(grid, row, columns, shift), -shift), default=0)


_FITS = 3


def _fit(grid: Grid, row: int, columns: _Columns, shift: int) -> int:
    """How many of name, points and score stand in their columns when a row is moved to the right."""

    def text(*keys: str) -> str:
        column = next((columns.of[key] for key in keys if key in columns.of), None)
        return grid.text(row, column - shift) if column is not None and column >= shift else ""

    named, score = text("level3", "name", "level2"), text("score", "lost")
    carries = columns.get("points") is None and parted(named, bare=True)[1] is not None
    fits = int(bool(named) and not _VALUE.fullmatch(named))
    fits += int(cell_number(text("points")) is not None or carries or _pair(score) is not None)
    return fits + int(cell_number(score) is not None or _pair(score) is not None or bool(_ABSENT.fullmatch(score)))


_DASHES = "—－/\\-"
_ABSENT = re.compile(r"[—－/\\-]+|不考核|不适用|不涉及|不参评|不计分|N/A|无此项")


def stands_right(grid: Grid) -> bool:
    """Whether a table has a header and nearly all rows below fit it, moved to the right where they lost a group's cell."""
    for row in range(grid.rows):
        header = _header(grid, row)
        if header is not None:
            columns, last = header
            rows = [below for below in range(last + 1, grid.rows) if not _sums(grid, below)]
            fit = [_fit(grid, below, columns, _shift(grid, below, columns)) for below in rows]
            return len(rows) > 1 and sum(1 for each in fit if each == _FITS) * 5 >= len(rows) * 4
    return False


def _sums(grid: Grid, row: int) -> bool:
    first = next((text for text in grid.row(row) if text), "")
    return bool(_ends(first) or _GROUP_NAME.match(first))


def _is_plain(columns: dict[str, int]) -> bool:
    """A form of goals that scores nothing: levels, targets and what was achieved."""
    scoring = {"score", "weighted", "points", "weight"} & columns.keys()
    return not scoring and {"level1", "level3", "target", "actual"} <= columns.keys()


def _is_header(columns: dict[str, int]) -> bool:
    if _is_plain(columns):
        return True
    worth = "points" in columns or "weight" in columns
    scored = "score" in columns or "weighted" in columns or ("lost" in columns and worth)
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
    fourth = next((column for column, text in labels.items() if _FOURTH.match(text)), None)
    if fourth is not None and found["level3"] < fourth:
        found.setdefault("name", found["level3"])  # the third level heads the fourth
        found["level3"] = fourth
    if "raw" in found and "score" not in found:
        found["score"] = found.pop("weighted", found["raw"])
    name = next((found[key] for key in ("level3", "name", "level2") if key in found), None)
    beside = header_kind(labels.get(name + 1, "")) if name is not None else ""
    if name is not None and beside in ("points", "weight"):
        found[beside] = name + 1  # every level has a column of points: the leaf's stands beside its name
    if "points" not in found and "weight" in found:
        found["points"] = found["weight"]
    return found


_FOURTH = re.compile(r"四级(?:指标)?")


_MARKS = re.compile(r"\d$|\*|:$")
_BRACKETED = re.compile(r"\(.*?\)|[\[【〔].*?[\]】〕]")
_AND_POINTS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:及|与|和|、|/|\+)(?:分值|权重|满分|标准分|分数)$")


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
        if _GRADE_LABEL.fullmatch(label) and _GRADE.fullmatch(after.text.strip()):
            found.grades.append(Stated(after.text.strip(), Span(after.start, after.end)))


def _row(grid: Grid, row: int, columns: _Columns, found: TableScores) -> None:
    texts = grid.row(row)
    first = next((text for text in texts if text), "")
    if columns.get("budget") is None and _ends(first):
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
    name_column = _name_column(grid, row, columns)
    if name_column is None:
        return
    name = grid.text(row, name_column)
    if _ends(name):
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


def _ends(label: str) -> bool:
    """Whether a row's first words name a total, a bonus or the grade: then it is no leaf."""
    return bool(_TOTAL.fullmatch(label) or _EXTRA.fullmatch(label) or _GRADED.fullmatch(label))


def _states(grid: Grid, row: int, name_column: int, columns: _Columns) -> bool:
    """Whether a row of a form without points says what was achieved, in a cell of its own."""
    column = columns.of["actual"]
    told, name = grid.text(row, column), grid.text(row, name_column)
    return bool(told) and told != name and not name.endswith("。")


def _with_points(text: str) -> tuple[str, Decimal] | None:
    """The name and points of a group's cell: 「产出指标（50分）」, 「A 投入 20分」."""
    name, points = parted(text) if text.count("分") == 1 else ("", None)
    return (name, points) if points is not None and _SHORTEST <= len(name) <= _LONGEST else None


_SHORTEST, _LONGEST = 2, 20  # characters of a group's name


def _named_points(grid: Grid, row: int, name_column: int, columns: _Columns, found: TableScores) -> None:
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


def _beside_points(grid: Grid, row: int, name_column: int, columns: _Columns, found: TableScores) -> None:
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
        if len(grid.distinct(below)) == 1 or _TOTAL.fullmatch(first):
            return below - 1
    return grid.rows - 1


_IN_HEADER = re.compile(r"\((\d{1,3}(?:\.\d+)?)分[^()]*\)")


def _points(grid: Grid, row: int, columns: _Columns) -> Decimal | None:
    column = columns.get("points")
    number = _number(grid, row, column)
    if column is None and columns.carried:
        named = _name_column(grid, row, columns)
        return parted(grid.text(row, named), bare=True)[1]
    if column is None:
        paired = _pair(grid.text(row, columns.get("score")))
        return paired[0] if paired is not None else _header_points(grid, columns)
    if number is not None:
        return number
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%", grid.text(row, column))
    return Decimal(percent[1]) if percent else None


_PAIR = re.compile(
    r"(?:自评|实际|本项|满分|分值|得分?|[:为])*(?P<a>\d{1,3}(?:\.\d{1,2})?)分?[,;(/](?:自评|实际|本项|满分|标准分|分值|权重|得分?|[:为])*(?P<b>\d{1,3}(?:\.\d{1,2})?)分?\)?"
)


def _pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Points and score that stand in one cell: 「4.5/5」, 「4.5（5）」, 「得4.5分（满分5分）」."""
    match = _PAIR.fullmatch(text)
    both = (Decimal(match["a"]), Decimal(match["b"])) if match is not None else None
    return (max(both), min(both)) if both is not None and max(both) > 0 else None


def _score(grid: Grid, row: int, columns: _Columns, points: Decimal | None) -> Decimal | None:
    """The score of a row: of its column, beside the points in one cell, or what the points taken off leave."""
    column = columns.get("score")
    if column is not None and columns.get("points") is None and not columns.carried:
        paired = _pair(grid.text(row, column))
        if paired is not None:
            return paired[1]
    if column is None and points is not None and "weighted" not in columns.of and "lost" in columns.of:
        lost = _number(grid, row, columns.of["lost"])
        return points - lost if lost is not None and lost <= points else None
    return _number(grid, row, column)


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
            return "" if _TOTAL.fullmatch(text) else text
    return ""


def _plain_name(text: str) -> str:
    bare = re.sub(
        r"^(?:指标\d+[:.、]|\d{1,2}(?:\.\d+)*[.、]|\(\d+\)|[①-⑳]|[一二三四五六七八九十]+、(?![一二三四五六七八九十][类级等]))",
        "",
        text,
    )
    return re.sub(r"\(\d{1,3}(?:\.\d+)?分\)$", "", bare) or text


def _name(text: str, points: Decimal | None, columns: _Columns) -> str:
    """A leaf's name without its order, its code and the points it carries."""
    name, told = parted(_plain_name(text), bare=columns.carried)
    return name if columns.carried or told is None or told == points else without_code(_plain_name(text))


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


def _absent(grid: Grid, row: int, columns: _Columns) -> tuple[str, str] | None:
    """The words and the receiver where a row says that it is not assessed."""
    dash = grid.text(row, columns.get("score"))
    if _ABSENT.fullmatch(dash) and dash[0] in _DASHES and _points(grid, row, columns) is not None:
        return f"得分栏为“{dash}”", ""
    for key in ("score", "actual", "remark", "points"):
        text = grid.text(row, columns.get(key))
        if _ABSENT.fullmatch(text) and text[0] not in _DASHES:
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
        weighted=_number(grid, row, columns.get("weighted")),
        raw=_number(grid, row, columns.get("raw")),
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


def _weight(grid: Grid, row: int, columns: _Columns) -> Decimal | None:
    """The weight of a row that prints a weighted score."""
    column = columns.get("weight")
    if column is None or columns.get("weighted") is None or column == columns.get("points"):
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


def _total(grid: Grid, row: int, columns: _Columns, found: TableScores, label: str) -> None:
    """A row of the whole: its score and points, and its grade; a bonus is told in words elsewhere."""
    if not _TOTAL.fullmatch(label):
        _grade(grid, row, found)
        return
    column = columns.get("weighted") if columns.get("weighted") is not None else columns.get("score")
    number = _number(grid, row, column)
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
