"""Rows about people and about what there was none of: a control rate's numerator, several things told in one row."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """2022年度部门整体支出绩效自评报告
部门名称：沅川县文旅局
填报日期：2023年4月18日
基本概况
人员编制（名）\t58\t{people}\t54
一、基本情况
沅川县文旅局核定编制58名，分别为行政编制28名、工勤编制2名、事业编制28名。2022年末实有在职人员54人，计有公务员26人、工勤人员2人、事业人员26人。{facts}
二、自评结论
自评小组逐项核对台账，自评得分100分，等级为“优”。
三、绩效分析
一级指标\t三级指标\t分值\t评价标准\t得分依据\t自评得分
投入\t在职人员控制率\t10\t控制率≤100%计满分，每超过1个百分点扣0.5分\t{rate}\t10
过程\t新建楼堂馆所面积控制率\t10\t≤100%计满分；没有新建项目的按满分计\t{building}\t10
过程\t预算完成率\t30\t100%计满分\t860.40÷860.40＝100%\t30
产出\t送戏下乡场次\t50\t≥60场计满分\t送戏62场\t50
合计\t\t100\t\t\t100
四、存在问题
2名工作人员培训不足，由办公室在2023年6月底前组织培训。
五、相关建议
建议县财政局提高送戏补助标准，由艺术股于2023年5月底前提出测算。
附表1
财政供养人员情况（人）\t编制数\t2022年末实有\t控制率
在职人员\t58\t54\t93.10%
"""
_CLEAN = {
    "people": "实有人数（人）",
    "facts": "",
    "rate": "54人÷58人＝93.10%",
    "building": "本年度没有新建楼堂馆所，按满分计",
}


def _codes(**changed: str) -> set[str]:
    text = _REPORT.format(**_CLEAN | changed)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


def test_a_row_of_names_and_numbers_tells_each_under_its_own_name() -> None:
    assert not {"R08", "R17"} & _codes()


@pytest.mark.parametrize(
    "rate",
    [
        "52人÷58人＝89.66%",
        "52÷58＝89.66%",
        "52人/58名×100%＝89.66%",
        "在职52人除以编制58名，控制率89.66%",
        "（26＋26）÷58＝89.66%",
    ],
)
def test_a_control_rate_without_the_workers(rate: str) -> None:
    assert "R17" in _codes(rate=rate)


@pytest.mark.parametrize(
    "rate",
    [
        "54÷58＝93.10%",
        "54人/58名×100%＝93.10%",
        "在职54人除以编制58名，控制率93.10%",
        "（52＋2）÷58＝93.10%",
        "（26＋26＋2）÷58＝93.10%",
        "上年56人÷58人＝96.55%，本年54人÷58人＝93.10%",
    ],
)
def test_a_control_rate_of_all_in_post(rate: str) -> None:
    assert "R17" not in _codes(rate=rate)


@pytest.mark.parametrize(
    "facts",
    [
        "县文化馆业务用房建设120.00万元，由县财政拨付。",
        "业务用房于11月封顶。",
        "年内新建文物执法业务用房1860平方米。",
        "全年开工建设办公楼1栋。",
    ],
)
def test_full_marks_for_no_building_where_one_is_told(facts: str) -> None:
    assert "R34" in _codes(facts=facts)


@pytest.mark.parametrize(
    "facts",
    [
        "",
        "维修业务用房屋面320平方米。",
        "2019年新建业务用房1860平方米。",
        "租用办公用房120平方米。",
        "为乡镇文化站培训讲解员36人。",
        "城关小学新建综合楼3200平方米，由县教育局组织，我局负责文物勘探。",
    ],
)
def test_full_marks_for_no_building_where_there_was_none(facts: str) -> None:
    assert "R34" not in _codes(facts=facts)


def test_what_is_scored_by_its_number_is_no_absence() -> None:
    assert "R34" not in _codes(building="面积1860÷1860＝100%，没有超出批复", facts="业务用房于11月封顶。")
