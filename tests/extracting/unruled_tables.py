"""Layouts of score tables without a plain column of scores: ticks, halves, tables that complete one another."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group, Leaf
from tests.extracting.tables import (
    Each,
    Rows,
    claim,
    empty,
    fact,
    group,
    name,
    of_columns,
    points,
    raw,
    row_of,
    sum_of,
)

Groups = tuple[Group, ...]


def _leaves(groups: Groups) -> list[Leaf]:
    return [x for each in groups for x in each.leaves]


def _worth(groups: Groups) -> str:
    return sum_of(groups, lambda each: each.points)


def _got(groups: Groups) -> str:
    return sum_of(groups, lambda each: each.claim)


def _cell(text: Callable[[Leaf], str]) -> Each:
    return lambda _g, x, *_: text(x)


def _grade(x: Leaf) -> int:
    rate = Decimal(x.claim) / Decimal(x.points)
    return 0 if rate == 1 else 1 if rate >= Decimal("0.85") else 2


def _tick(at: int) -> Each:
    return _cell(lambda x: "√" if _grade(x) == at else "")


def _lying_by_groups(groups: Groups) -> Rows:
    """Names, points and scores in three rows, a block a group."""
    rows: Rows = []
    widest = max(len(each.leaves) for each in groups)
    for each in groups:
        blank = [""] * (widest - len(each.leaves))
        rows.append(row_of("指标名称", *(x.name for x in each.leaves), *blank))
        rows.append(row_of("分值", *(x.points for x in each.leaves), *blank))
        rows.append(row_of("自评得分", *(x.claim for x in each.leaves), *blank))
    return rows


def _worth_below(groups: Groups) -> Rows:
    """The row of a group's points stands below its leaves."""
    rows = [row_of("指标名称", "分值", "自评得分", "说明")]
    for each in groups:
        rows.extend(row_of(x.name, x.points, x.claim, x.fact) for x in each.leaves)
        rows.append(row_of(f"{each.name}指标小计", each.points, each.claim, ""))
    return [*rows, row_of("总分", _worth(groups), _got(groups), "")]


def _side_by_side_apart(groups: Groups) -> Rows:
    """Two blocks beside each other with an empty column between, the numbers of the leaves running on."""
    leaves = _leaves(groups)
    half = (len(leaves) + 1) // 2
    head = ("序号", "指标名称", "分值", "得分")
    rows = [row_of(*head, "", *head)]
    for n in range(half):
        left, right = leaves[n], leaves[n + half] if n + half < len(leaves) else None
        other = (str(n + half + 1), right.name, right.points, right.claim) if right else ("", "", "", "")
        rows.append(row_of(str(n + 1), left.name, left.points, left.claim, "", *other))
    return rows


def _side_by_side_unequal(groups: Groups) -> Rows:
    """Two blocks with different words in their headers."""
    leaves = _leaves(groups)
    half = (len(leaves) + 1) // 2
    rows = [row_of("管理指标", "分值", "得分", "绩效指标", "分值", "得分")]
    for n in range(half):
        left, right = leaves[n], leaves[n + half] if n + half < len(leaves) else None
        other = (right.name, right.points, right.claim) if right else ("", "", "")
        rows.append(row_of(left.name, left.points, left.claim, *other))
    return rows


def _side_by_side_headless(groups: Groups) -> Rows:
    return _side_by_side_unequal(groups)[1:]


def _total_of_ticks(*columns: tuple[str, Each]) -> Callable[[Groups], Rows]:
    def lay(groups: Groups) -> Rows:
        rows = of_columns(*columns)(groups)
        return [*rows, row_of("合计", *[""] * (len(columns) - 2), _got(groups))]

    return lay


LAYOUTS: dict[str, Callable[[Groups], Rows]] = {
    "√等次在得分旁": of_columns(("一级指标", group), ("三级指标", name), ("分值", points), ("优", _tick(0)), ("良", _tick(1)), ("中", _tick(2)), ("差", empty), ("自评得分", claim)),
    "√在得分前": of_columns(("指标名称", name), ("分值", points), ("是", _tick(0)), ("否", _cell(lambda x: "" if x.full else "√")), ("得分", claim), ("说明", fact)),
    "等次一列": of_columns(("指标名称", name), ("分值", points), ("评价等次", _cell(lambda x: "优良中"[_grade(x)])), ("得分", claim), ("说明", fact)),
    "等次在后": of_columns(("一级指标", group), ("指标名称", name), ("分值", points), ("得分", claim), ("等次", _cell(lambda x: "优良中"[_grade(x)])), ("说明", fact)),
    "√完成未完成": of_columns(("指标名称", name), ("满分", points), ("完成", _tick(0)), ("基本完成", _tick(1)), ("未完成", _tick(2)), ("实得分", claim)),
    "自评复核得分率": of_columns(("一级指标", group), ("指标", name), ("分值", points), ("自评分", claim), ("复核分", claim), ("得分率", _cell(lambda x: f"{raw(x)}%")), ("说明", fact)),
    "自评初核复核": of_columns(("指标", name), ("分值", points), ("自评分", claim), ("初核分", _cell(lambda x: x.points)), ("复核分", claim)),
    "得分率在前": of_columns(("指标", name), ("分值", points), ("得分率（%）", _cell(raw)), ("得分", claim), ("说明", fact)),
    "得分率在得分前后": of_columns(("指标", name), ("满分", points), ("完成率", _cell(lambda x: f"{raw(x)}%")), ("自评得分", claim), ("得分率", _cell(lambda x: f"{raw(x)}%"))),
    "一组三行": _lying_by_groups,
    "小计在下": _worth_below,
    "两栏隔开": _side_by_side_apart,
    "两栏表头不同": _side_by_side_unequal,
    "两栏无表头": _side_by_side_headless,
    "无表头": lambda gs: of_columns(("", group), ("", name), ("", points), ("", claim), ("", fact))(gs)[1:],
    "无表头两列数": lambda gs: of_columns(("", name), ("", points), ("", claim))(gs)[1:],
    "无表头，分": lambda gs: of_columns(("", name), ("", _cell(lambda x: f"{x.points}分")), ("", _cell(lambda x: f"{x.claim}分")), ("", fact))(gs)[1:],
    "无表头合计": lambda gs: [*of_columns(("", group), ("", name), ("", fact), ("", points), ("", claim))(gs)[1:], row_of("合计", "", "", _worth(gs), _got(gs))],
    "表头有单位": of_columns(("序号", lambda _g, _x, i, n: str(i * 10 + n + 1)), ("指标", name), ("标准分（分）", points), ("自评（分）", claim), ("依据", fact)),
}  # fmt: skip

NOT_AS_TEXT: tuple[str, ...] = ()
