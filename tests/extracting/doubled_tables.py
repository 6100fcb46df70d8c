"""Score tables in which the group has points and a score of its own beside those of the leaf, in columns of the same words."""

from collections.abc import Callable
from decimal import Decimal

from tests.extracting.manners import Group
from tests.extracting.tables import (
    Rows,
    claim,
    empty,
    fact,
    group,
    group_points,
    level_of,
    lost,
    name,
    of_columns,
    points,
)

_group_claim = level_of(lambda g, *_: g.claim)
_group_lost = level_of(lambda g, *_: f"{Decimal(g.points) - Decimal(g.claim):f}")
_second = level_of(lambda g, *_: f"{g.name}管理")

LAYOUTS: dict[str, Callable[[tuple[Group, ...]], Rows]] = {
    "一级分值得分、二级分值……得分": of_columns(
        ("一级指标", group),
        ("分值", group_points),
        ("自评分", _group_claim),
        ("二级指标", name),
        ("分值", points),
        ("评分标准（要点）", lambda *_: "达到目标得满分，每少1项扣0.5分"),
        ("实际情况", fact),
        ("自评分", claim),
        ("佐证", empty),
        total=lambda p, s: [["合计", p, s, "", p, "", "", s]],
    ),
    "大类权重得分、小项……权重得分": of_columns(
        ("大类", group),
        ("权重", group_points),
        ("得分", _group_claim),
        ("小项", name),
        ("完成情况", fact),
        ("权重", points),
        ("得分", claim),
        total=lambda p, s: [["总计", p, s, "", "", p, s]],
    ),
    "组得分、叶分值得分": of_columns(
        ("一级指标", group),
        ("得分", _group_claim),
        ("三级指标", name),
        ("年度指标值", lambda *_: "≥95%"),
        ("完成值", lambda *_: "96.5%"),
        ("分值", points),
        ("得分", claim),
        total=lambda p, s: [["合计", s, "", "", "", p, s]],
    ),
    "三级皆有分值得分": of_columns(
        ("一级指标", group),
        ("满分", group_points),
        ("得分", _group_claim),
        ("二级指标", _second),
        ("满分", group_points),
        ("得分", _group_claim),
        ("三级指标", name),
        ("评分依据", fact),
        ("满分", points),
        ("得分", claim),
    ),
    "组分值扣分、叶分值扣分": of_columns(
        ("考核类别", group),
        ("标准分", group_points),
        ("扣分", _group_lost),
        ("考核指标", name),
        ("标准分", points),
        ("扣分原因", fact),
        ("扣分", lost),
    ),
}
