"""A table's row against the same words in running text, and the title of an annex against the evaluated year."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """清河县工业局2024年度部门整体支出绩效自评报告
一、部门概况
清河县工业局负责全县工业运行，内设5个股室。
二、主要绩效
（一）信息化。{prose}，完成36户企业诊断。
三、自评结论
自评得分100分，等级为“优”。
四、存在问题
部分专项资金支付偏慢。
五、改进措施
投资股按月跟踪支付，2025年6月底前完成。
{title}
一级指标\t三级指标\t指标值\t完成值\t分值\t得分
产出\t新建5G基站\t60个\t{actual}\t60\t60
效益\t企业培训人次\t300人次\t320人次\t40\t40
合计\t\t\t\t100\t100
"""


def _codes(prose: str, actual: str = "78个", title: str = "附件 2024年度部门整体支出绩效自评表") -> set[str]:
    text = _REPORT.format(prose=prose, actual=actual, title=title)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize("prose", ["新建5G基站68个", "全年新建5G基站共68个"])
def test_another_number_behind_the_words_of_a_row_is_told(prose: str) -> None:
    assert "R08" in _codes(prose)


@pytest.mark.parametrize(
    "prose", ["新建5G基站78个", "计划新建5G基站60个", "上年新建5G基站68个", "一季度新建5G基站20个"]
)
def test_the_same_number_a_plan_and_another_time_are_not(prose: str) -> None:
    assert "R08" not in _codes(prose)


def test_the_title_of_an_annex_bears_the_year_that_is_evaluated() -> None:
    assert "R13" in _codes("新建5G基站78个", title="附件 2023年度部门整体支出绩效自评表")
    assert "R13" not in _codes("新建5G基站78个")
