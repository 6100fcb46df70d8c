"""Which column of a score table is what: told by headers and by what stands below them, never by position."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.cell_names import carry_paths, carry_points, parted, without_meaning
from hengji.extracting.grid import Grid, cell_number, is_empty
from hengji.extracting.leaf_names import is_name
from hengji.extracting.scores import claim_in

_HEADERS = {
    "raw": r"百分制(?:自评)?(?:得分|评分|打分|分数|分值?)|(?:自评)?(?:得分|评分|打分)\(百分制\)|原始(?:得分|评分|打分|分数?)|折算前得?分",
    "lost": r"(?:自评|实际|单位|指标)?(?:扣分|失分|减分|扣减分|丢分)(?:值|数|数值|分值)?(?:\(分\))?",
    "score": r"(?:自评)?(?:得分|评分)/(?:分值|满分|标准分|权重)|(?:分值|满分|标准分|权重)/(?:自评)?(?:得分|评分)|执行率得分|(?:自评|实际|指标|评价|评定|单位自评|部门自评|年度|实得|考核|考评|自评价|本次|初评|执行|自我评价|自我|自查|单位|最终|最后)?(?:得分|评分|自评分|分数|得分值)(?:值|情况)?|自评分|实得分?|(?:单位|部门)?自评|(?:自评)?打分|自评得分\(?分?\)?",
    "weighted": r"(?:折算|加权|折合|换算|计权|折后)(?:后)?(?:自评)?(?:得分|分值?|分数)|权重得分",
    "points": r"执行率(?:分值|权重)|(?:指标|标准|基准|本项|总|三级指标|三级|考核|考评|评分|评价|设定)?(?:分值|满分|标准分数?|权重分值?|分数值)(?:\(.{0,6}\))?|满分值?|分值权重|指标分值?\(.*分.*\)|(?:标准|指标|基本|基准|规定)分|应得分?|(?:原|原始|初始|调整前)(?:指标)?分值|权重值|配分|赋分值?|占分|满分分值|规定分值",
    "moved": r"调整后(?:的)?(?:指标)?(?:分值|权重|满分|标准分)",
    "weight": r"(?:指标|所占)?权重(?:比例|系数)?(?:\(.{0,4}\))?|(?:指标)?权重占比(?:\(.{0,4}\))?|权数",
    "level1": r"一级(?:指标)?(?:名称)?|(?:指标|评价|考核)?(?:类别|维度|大类|板块|模块)|(?:评价|考核)方面|一级类别|目标层",
    "level2": r"二级(?:指标)?(?:名称)?|二级类别|准则层",
    "level3": r"指标层|小项|小类|(?:三级|末级|最末级|末端|底层)(?:指标)?(?:名称)?|四级(?:指标)?(?:名称)?|(?:明细|分项|细化|子)指标(?:名称)?",
    "name": r"(?:绩效|评价|考核|具体)?指标(?:名称|名|内容)?|(?:评价|考核|考评|评分|自评)(?:内容|项目|指标|要素|事项)|事项(?:名称)?|项目|项目(?:名称|内容)|指标解释名称",
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
TOTAL = re.compile(
    r"(?:(?:自评|评价|综合|最终|最后|基础|基本|指标|实际|加权)*(?:总分|合计|总计|总得分|得分合计|合计得分|总分值|总评分|分数合计|最终得分|最后得分|综合得分|基础得?分|基本得?分|加权得分)(?:合计|小计)?)(?:数)?(?:\(.{0,12}\))?:?"
)
_EXTRA = re.compile(
    r"(?:[一二三四五六七八九十]、|\d[.、]|\([一二三四五六七八九十\d]\))?(?:加减分|加扣分|加分|减分|扣分|附加分|奖励分|扣减分?)(?:项目|项|因素|事项|情况)?(?:得分|合计)?(?:\(.{0,12}\))?:?"
)
_GRADED = re.compile(r"(?:自评|评价|绩效|评定)*(?:等级|等次|档次|结论|结果)")
GROUP_NAME = re.compile(r"小计|合计")

OWN_NUMBER = re.compile(
    r"^(?:指标\d+[:.、]|\d{1,2}(?:\.\d+)*[.、]|\(\d+\)|[①-⑳]|[一二三四五六七八九十]+、(?![一二三四五六七八九十][类级等]))"
)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, by header."""

    of: dict[str, int]
    row: int
    levels: tuple[int, ...] = ()
    plain: bool = False  # a form of goals without points or scores
    carried: bool = False  # no column of points: the names carry them
    joined: bool = False  # no columns of levels: the names carry their path
    explained: bool = False  # the names are followed by what they mean

    def get(self, key: str) -> int | None:
        """The column of a kind, None where there is none."""
        return self.of.get(key)


def header_at(grid: Grid, row: int) -> tuple[Columns, int] | None:
    """The columns of a header row (of two rows where the second goes on), and its last row."""
    labels = {column: text for column, text in enumerate(grid.row(row)) if text}
    columns = _columns(labels)
    if not _is_header(columns) and not ("points" in columns and _telling(grid, columns, row) is not None):
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
    told = _telling(grid, columns, last)
    columns = columns if told is None else columns | {"told": told}
    levels = tuple(columns[key] for key in ("level1", "level2", "level3") if key in columns)
    return _proved(grid, Columns(columns, row, levels, _is_plain(columns)), last), last


_RULES = re.compile(r"标准|规则|办法|细则|方法|公式|要点")


def _telling(grid: Grid, columns: dict[str, int], last: int) -> int | None:
    """The column whose cells tell the scores in words, where no column holds them as numbers: 「举办19场，得4.5分」."""
    at = next((columns[key] for key in ("level3", "name", "level2") if key in columns), None)
    worth = columns.get("points")
    if at is None or worth is None or "score" in columns or "weighted" in columns:
        return None
    rows = [row for row in range(last + 1, grid.rows) if number_in(grid, row, worth) is not None]
    rows = [row for row in rows if not is_sum(grid, row)]
    for column in range(grid.columns) if len(rows) > 1 else ():
        if column in (at, worth) or _RULES.search(grid.text(last, column)):
            continue
        told = [row for row in rows if claim_in(grid.text(row, column), number_in(grid, row, worth)) is not None]
        if len(told) * 4 >= len(rows) * 3:
            return column
    return None


def _is_weighted(points: Decimal | None, mark: Decimal | None, score: Decimal | None) -> bool:
    """Whether a mark is out of 100 and the score what its weight makes of it: 7, 90, 6.3."""
    return None not in (points, mark, score) and (mark or 0) > (points or 0) >= (score or 0)


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


def _proved(grid: Grid, columns: Columns, last: int) -> Columns:
    """The columns after a look at the rows below: whether names carry the points, and whether scores are marks out of 100."""
    below = range(last + 1, grid.rows)
    places = [(row, column) for row in below if (column := named_at(grid, row, columns)) is not None]
    places = [(row, column) for row, column in places if not is_sum(grid, row)]
    names = [grid.text(row, column) for row, column in places]
    if "level1" not in columns.of and names:
        columns = replace(columns, joined=carry_paths([OWN_NUMBER.sub("", name) for name in names]))
    if names and all(without_meaning(name) != name for name in names):
        columns = replace(columns, explained=True)
    if columns.get("points") is None:
        return replace(columns, carried=carry_points([_carrying(grid, row, column) for row, column in places]))
    if "score" in columns.of and "weighted" in columns.of and "raw" not in columns.of:
        below = range(last + 1, grid.rows)
        rows = [
            tuple(number_in(grid, row, columns.of[key]) for key in ("points", "score", "weighted")) for row in below
        ]
        told = [row for row in rows if None not in row and row[0] != HUNDRED]
        over = [row for row in told if _is_weighted(*row)]
        if len(over) * 2 > len(told):
            of = {key: column for key, column in columns.of.items() if key not in ("score", "weighted")}
            return replace(columns, of=of | {"raw": columns.of["score"], "score": columns.of["weighted"]})
    return columns


def is_sum(grid: Grid, row: int) -> bool:
    """Whether a row is one of sums: of a group, of the whole, or of a bonus."""
    first = next((text for text in grid.row(row) if text), "")
    return bool(ends_table(first) or GROUP_NAME.match(first))


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
    if fourth is not None and found.get("level3", fourth) < fourth:
        found.setdefault("name", found["level3"])  # the third level heads the fourth
        found["level3"] = fourth
    if "raw" in found and "score" not in found:
        found["score"] = found.pop("weighted", found["raw"])
    name = next((found[key] for key in ("level3", "name", "level2") if key in found), None)
    beside = header_kind(labels.get(name + 1, "")) if name is not None else ""
    if name is not None and beside in ("points", "weight"):
        found[beside] = name + 1  # every level has a column of points: the leaf's stands beside its name
    if "points" not in found and "moved" in found:
        found["points"] = found["moved"]
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


def ends_table(label: str) -> bool:
    """Whether a row's first words name a total, a bonus or the grade: then it is no leaf."""
    return bool(TOTAL.fullmatch(label) or _EXTRA.fullmatch(label) or _GRADED.fullmatch(label))


def number_in(grid: Grid, row: int, column: int | None) -> Decimal | None:
    """The one number of a cell, None where the column or the number is not there."""
    return cell_number(grid.text(row, column)) if column is not None else None


def named_at(grid: Grid, row: int, columns: Columns) -> int | None:
    """The deepest name column that holds words in this row and begins in it."""
    wanted = [columns.of[key] for key in ("level3", "name", "level2", "level1") if key in columns.of]
    for column in wanted:
        text = grid.text(row, column)
        if text and not is_empty(text) and cell_number(text) is None:
            return column
    return None


DASH = re.compile(r"[—－/\\-]+")
NOT_ASSESSED = re.compile(r"不考核|不适用|不涉及|不参评|不计分|N/A|无此项")
