"""Every leaf with all its points: told where the report itself tells of problems, quiet where it tells of none or lost a point."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_LEAVES = (
    "展览场次", "讲座场次", "文物修复件数", "图书流通册次", "少儿活动场次", "志愿服务场次", "送戏场次", "培训期数", "开放天数", "数字资源更新",
)  # fmt: skip
_REPORT = """2023年度部门整体支出绩效自评报告
部门名称：青溪县文化馆
一、基本情况
青溪县文化馆核定编制20名，2023年末在编人员18人。
二、绩效分析
三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
{rows}
合计 | | | 100 | {total}
三、自评结论
{said}
四、存在问题
{problems}
"""
_PROBLEMS = "（一）展厅面积偏小。旺季观众排队超过40分钟，群众意见较多。\n（二）数字资源以图片为主，视频占比不到两成。"


def _codes(problems: str = _PROBLEMS, said: str = "", lost: int = 0, leaves: int = 10) -> list[str]:
    points = 100 // leaves
    rows = [f"{name} | ≥{10 + n}次 | {10 + n}次 | {points} | {points}" for n, name in enumerate(_LEAVES[:leaves])]
    for n in range(lost):
        rows[n] = f"{_LEAVES[n]} | ≥{10 + n}次 | {9 + n}次 | {points} | {points - 1}"
    total = points * leaves - lost
    said = said or f"自评得分{total}分，等级为“优”。"
    text = _REPORT.format(rows="\n".join(rows), total=total, said=said, problems=problems)
    return [f"{f.code} {f.quote}" for f in audit(extract(read_text("报告.txt", text.encode()))).findings]


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("自评得分100分，等级为“优”。", "100"),
        ("10项指标均得满分，自评得分100分。", "指标均得满分"),
        ("各项指标都达到规则规定的满分条件，自评得分100分。", "各项指标都达到规则规定的满分"),
        ("自评得分100分，无一扣分。", "无一扣分"),
        ("全部指标获得满分，自评得分100分。", "全部指标获得满分"),
    ],
)
def test_all_full_beside_problems(said: str, quote: str) -> None:
    assert any(found.startswith("R40") and quote in found for found in _codes(said=said))


@pytest.mark.parametrize("problems", ["无。", "未发现明显问题，将继续保持现有做法，做好下一年度预算绩效管理各项工作。"])
def test_all_full_and_no_problem_told(problems: str) -> None:
    assert not any(found.startswith("R40") for found in _codes(problems))


@pytest.mark.parametrize(("lost", "leaves"), [(1, 10), (3, 10), (0, 5)])
def test_points_lost_or_few_leaves(lost: int, leaves: int) -> None:
    assert not any(found.startswith("R40") for found in _codes(lost=lost, leaves=leaves))
