"""R01: a sentence that shares the hundred out among the first levels, against what their leaves share out."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """清河县水务局2024年度部门整体支出绩效自评报告
一、部门概况
清河县水务局负责全县供水，内设5个股室。
二、评价方法
指标满分100分，由预算执行10分、产出指标{output}分、效益指标{effect}分、满意度指标10分组成。
三、自评结论
自评得分100分，等级为“优”。
附件 2024年度部门整体支出绩效自评表
一级指标\t三级指标\t分值\t自评得分\t完成情况
预算执行\t预算执行率\t10\t10\t100.00%
产出\t河道清淤长度\t26\t26\t52公里
产出\t渠道整治长度\t26\t26\t18公里
效益\t新增供水人口\t28\t28\t3260人
满意度\t群众满意度\t10\t10\t问卷300份，满意288份，96.00%
合计\t\t100\t100\t
"""


def _codes(output: int, effect: int) -> set[str]:
    text = _REPORT.format(output=output, effect=effect)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize("shares", [(50, 30), (45, 35)])
def test_another_share_is_told(shares: tuple[int, int]) -> None:
    assert "R01" in _codes(*shares)


def test_the_same_share_is_quiet() -> None:
    assert "R01" not in _codes(52, 28)
