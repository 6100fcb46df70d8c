"""A row that a page's end parted from the name of its group, and totals beside scales, losses and bonuses."""

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading.html import read_html
from hengji.reading.text import read_text

_HEAD = "<h1>清河县工业局2024年度部门整体支出绩效自评报告</h1><p>一、自评结论</p><p>自评得分99分，等级为“优”。</p>"
_ROWS = (
    ("投入（20分）", 2, ("目标合理性", 10, 10), ("指标明确性", 10, 10)),
    ("", 1, ("预算执行率", 10, 9)),
    ("过程（40分）", 2, ("财务合规性", 15, 15), ("预决算公开", 15, 15)),
    ("产出（40分）", 2, ("新建5G基站", 20, 20), ("企业培训人次", 20, 20)),
)


def _table(points: str = "40") -> Extraction:
    rows = "<tr><td>一级指标</td><td>三级指标</td><td>分值</td><td>得分</td></tr>"
    for name, high, *leaves in _ROWS:
        for n, (leaf, worth, score) in enumerate(leaves):
            group = f'<td rowspan="{high}">{name.replace("过程（40", f"过程（{points}")}</td>' if n == 0 else ""
            rows += f"<tr>{group}<td>{leaf}</td><td>{worth}</td><td>{score}</td></tr>"
    page = f"{_HEAD}<table>{rows}</table>"
    return extract(read_html("报告.html", f"<html><body>{page}</body></html>".encode()))


def test_a_row_without_its_group_belongs_where_both_groups_make_their_points() -> None:
    paths = {item.name: item.path for item in _table().items}
    assert paths["预算执行率"] == paths["财务合规性"] == ("过程",)
    assert paths["指标明确性"] == ("投入",)


def test_where_no_sum_proves_it_the_row_stays() -> None:
    paths = {item.name: item.path for item in _table("41").items}
    assert paths["预算执行率"] != paths["财务合规性"]


@pytest.mark.parametrize(
    ("told", "total", "base"),
    [
        ("自评总分100分，自评得分98.08分，扣分1.92分", "98.08", None),
        ("自评总分为100分，共扣1.92分，得98.08分", "98.08", None),
        ("指标体系基础分100分。基础分96.9分，加分1.5分，最终得分98.4分", "98.4", "96.9"),
        ("自评总分100分，基础得分98分，加分2分", "100", "98"),
    ],
)
def test_the_total_is_what_the_loss_or_the_bonus_leaves(told: str, total: str, base: str | None) -> None:
    text = (
        f"清河县工业局2024年度部门整体支出绩效自评报告\n一、自评结论\n{told}，等级为“优”。\n二、存在问题\n支付偏慢。\n"
    )
    found = extract(read_text("报告.txt", text.encode())).totals
    assert found.claimed is not None
    assert found.claimed.value == total
    assert (found.base.value if found.base is not None else None) == base
