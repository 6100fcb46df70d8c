"""Rates in the cells of a row: shares of its target, rates of its counts, ends of a rule's range, and rates that follow from a wrong sum."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """石涧县中医医院2023年度部门整体支出绩效自评报告
一、基本情况
{facts}
二、自评结论
自评得分100分，等级为优。
三、指标分析
三级指标\t分值\t评分标准\t目标值\t完成值\t得分\t说明
{row}
资产管理\t40\t账实相符得满分\t相符\t账实相符\t40\t盘点表12份
服务管理\t40\t不投诉得满分\t0件\t0件\t40\t投诉登记簿
合计\t100\t\t\t\t100\t
"""


def _quotes(row: str, facts: str = "医院开放床位120张。") -> list[str]:
    text = _REPORT.format(row=row.replace(" | ", "\t"), facts=facts)
    return [f.quote for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == "R11"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("“三公”经费控制 | 20 | 不超预算得满分 | ≤32.00万元 | 27.45万元 | 20 | 占预算的87.58%", True),
        ("“三公”经费控制 | 20 | 不超预算得满分 | ≤32.00万元 | 27.45万元 | 20 | 占预算的85.78%", False),
        ("中药处方比例 | 20 | 达到60%得满分 | ≥60% | 66.01% | 20 | 中药处方58930张，处方总量96514张", True),
        ("中药处方比例 | 20 | 达到60%得满分 | ≥60% | 61.06% | 20 | 中药处方58930张，处方总量96514张", False),
        ("沟渠清淤长度 | 20 | 完成得满分 | ≥120公里 | 114公里，完成率96% | 20 | 验收单", True),
        ("沟渠清淤长度 | 20 | 完成得满分 | ≥120公里 | 114公里，完成率95% | 20 | 验收单", False),
    ],
)
def test_rates_of_a_row(row: str, found: bool) -> None:
    assert bool(_quotes(row)) == found


def test_an_end_of_a_rules_range_is_no_rate() -> None:
    row = "政府采购执行率 | 20 | 执行率95%—100%得满分 | 100% | 1832.10÷1860.00＝98.50% | 20 | 采购台账"
    assert not _quotes(row)


_TABLE = """项目\t年初预算\t调整预算\t支出\t执行率
基本支出\t1680.00\t1700.00\t1692.00\t99.53%
项目支出\t359.80\t341.30\t330.00\t96.69%
合计\t2039.80\t2041.30\t{sum}\t99.05%"""


@pytest.mark.parametrize("whole", ["2020.00", "2022.00"])
def test_a_rate_of_the_sum_that_should_be_written_is_right(whole: str) -> None:
    row = "预算执行率 | 20 | 不低于95%得满分 | ≥95% | 99.05% | 20 | 决算表"
    assert not any("99.05" in quote for quote in _quotes(row, _TABLE.format(sum=whole)))


_YUAN = """资金来源\t年初预算数\t全年预算数\t全年执行数\t执行率
上级补助\t98.00\t103.24\t95.50\t92.50%
县级资金\t148.80\t154.86\t1548600.00\t100.00%"""


def test_a_rate_of_an_amount_in_another_unit_is_told_of_the_amount_only() -> None:
    row = "预算执行率 | 20 | 不低于95%得满分 | ≥95% | 97.00% | 20 | 决算表"
    text = _REPORT.format(row=row.replace(" | ", "\t"), facts=f"单位：万元\n{_YUAN}")
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    assert any(f.code == "R12" and "1548600" in (f.quote or "") for f in findings)
    assert not any(f.code == "R11" and "100.00" in (f.quote or "") for f in findings)


_MANAGED = "高血压患者在管2412人，其中规范管理1528人；持证读者由上年末的15200人增至16568人。"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("高血压患者规范管理率 | 20 | 达到62%得满分 | ≥62% | 65.33% | 20 | 报表", True),
        ("高血压患者规范管理率 | 20 | 达到62%得满分 | ≥62% | 63.35% | 20 | 报表", False),
        ("糖尿病患者规范管理率 | 20 | 达到62%得满分 | ≥62% | 65.33% | 20 | 报表", False),
        ("持证读者增长率 | 20 | 达到8%得满分 | ≥8% | 9.9% | 20 | 报表", True),
        ("持证读者增长率 | 20 | 达到8%得满分 | ≥8% | 9.0% | 20 | 报表", False),
    ],
)
def test_a_bare_rate_against_the_counts_of_the_text(row: str, found: bool) -> None:
    assert bool(_quotes(row, _MANAGED)) == found
