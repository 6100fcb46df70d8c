"""Leaves that stand under a heading in a table of their own, sums among leaves, and scores told as 「按3.5分计」."""

from decimal import Decimal

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading.html import read_html
from hengji.reading.text import read_text

_HTML = """<html><body><p>石涧县仲裁院2023年度部门整体支出绩效自评报告</p>
<p>三、绩效自评情况</p><p>本院自评得分{total}分。</p>
<p>（一）决策指标（20分，自评20分）</p><p>1.目标明确性（20分）。目标均可核验，自评得20分（佐证3份）。</p>
<p>（二）产出指标（50分，自评{output}分）</p>
<table><tr><td>指标</td><td>分值</td><td>年度目标</td><td>实际完成</td><td>自评得分</td></tr>
<tr><td>案件审结数</td><td>30</td><td>420件</td><td>审结441件</td><td>30</td></tr>
<tr><td>普法场次</td><td>20</td><td>12场</td><td>完成9场</td><td>15分</td></tr></table>
<p>（三）效益指标（30分，自评30分）</p><p>2.当事人满意度（30分）。12月问卷200份，满意190份，自评得30分。</p>
</body></html>"""


def _html(output: str, total: str) -> Extraction:
    return extract(read_html("报告.html", _HTML.format(output=output, total=total).encode()))


def test_rows_under_a_heading_are_leaves_of_it() -> None:
    items = {item.name: item for item in _html("45", "95").items}
    assert items["普法场次"].path[-1] == "产出指标"
    assert not any(item.doubtful for item in items.values())


@pytest.mark.parametrize(("output", "total", "found"), [("43", "93", True), ("45", "95", False)])
def test_the_score_of_a_heading_is_held_against_its_rows(output: str, total: str, found: bool) -> None:
    findings = audit(_html(output, total)).findings
    assert any(f.code == "R03" and "产出指标" in (f.quote or "") for f in findings) == found


_PROSE = """石涧县教育局2023年校车补助项目支出绩效自评报告
{heading}
【预算执行率】满分10分，自评10分。
【产出指标】满分60分，自评60分。
数量指标
1.签约校车数量（30分）：目标66台，完成66台，自评30分。
质量指标
2.驾驶员持证上岗率（30分）：驾驶员71人，持证71人，自评30分。
【效益指标】满分20分，自评20分。
3.校车安全责任事故（20分）：目标0起，实际0起，自评20分。
【满意度指标】满分10分，自评7分。
4.家长满意度（10分）：目标≥90%，实际88.00%（1150份中1012份满意），未达标，按7分计。
综上，项目自评得分97分。
"""


@pytest.mark.parametrize("heading", ["一、指标得分", "一、指标分析情况"])
def test_levels_that_sum_up_the_leaves_behind_them_are_none(heading: str) -> None:
    found = extract(read_text("报告.txt", _PROSE.format(heading=heading).encode()))
    items = {item.name: item for item in found.items}
    assert "产出指标" not in items
    assert items["签约校车数量"].path[-1] == "产出指标"
    assert items["家长满意度"].claimed == Decimal(7)
    audit(found)  # a chapter named by words that every level may bear once was looked for without end


_LINES = """石涧县人民医院2023年度部门整体支出绩效自评表
一、资金情况（万元）
{head}
三、绩效指标
一级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因及说明
产出指标
门急诊人次
≥21万人次
22.36万人次
45
45
产出指标
出院人次
≥15000人次
15874人次
45
45
总分
99.76
"""


@pytest.mark.parametrize(
    "rows",
    [
        "资金来源 年初预算数 全年预算数 全年执行数 分值 执行率 得分 合计 18650.00 19890.00 19412.64 10 97.60% 9.76",
        "资金来源 年初预算数 调整数 全年预算数 全年执行数 分值 执行率 得分 合计 18650.00 1240.00 19890.00 19412.64 10 97.60% 9.76",
        "项目 年初预算数 年中追加 全年预算数 全年执行数 执行率 分值 得分 年度资金总额 18650.00 1240.00 19890.00 19412.64 97.60% 10 9.76",
    ],
)
def test_a_column_of_what_was_added_is_one(rows: str) -> None:
    found = extract(read_text("表.txt", _LINES.format(head=rows.replace(" ", "\n")).encode()))
    execution = found.items[0]
    assert (execution.points, execution.claimed, execution.doubtful) == (Decimal(10), Decimal("9.76"), False)
