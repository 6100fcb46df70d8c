"""What rows of tables tell of their own year, survey and bonus."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """2023年度部门整体支出绩效自评报告
部门名称：青溪县民政局
填报日期：2024年4月18日
一、基本情况
青溪县民政局核定编制40名，2023年总支出860.40万元，其中基本支出612.30万元，项目支出248.10万元。
二、自评结论
自评小组逐项核对台账，自评得分100分，等级为“优”。
三、绩效分析
一级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | {header}
产出 | 供养人数 | 30 | ≥300人 | 312人 | 30 | 名册312人，按月核对并公示
产出 | 敬老院改造完工时间 | 30 | 2023年11月30日前 | {day} | 30 | 监理日志12份，施工资料齐全并归档
效益 | 供养对象满意度 | 20 | ≥90% | 93.50% | 20 | 2023年11月问卷200份，满意187份，占93.50%
效益 | 职工满意度 | 20 | ≥85% | {rate} | 20 | {told}
四、存在问题
2名工作人员培训不足，由办公室在2024年6月底前组织培训。
五、相关建议
建议县财政局提高护理补贴标准，由救助股于2024年5月底前提出测算。
青溪县民政局
2024年4月18日
"""
_CLEAN = {"header": "备注", "day": "2023年11月18日竣工", "rate": "88.20%", "told": "2023年12月问卷50份，满意44份"}


def _codes(**changed: str) -> set[str]:
    text = _REPORT.format(**_CLEAN | changed)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        ("2023年11月18日竣工", False),
        ("2023年8月竣工", False),
        ("2022年11月18日竣工", True),
        ("2022年11月竣工", True),
        ("提前至2022年12月20日竣工", False),
    ],
)
def test_a_row_done_a_year_before_its_day(day: str, wrong: bool) -> None:
    assert ("R13" in _codes(day=day)) is wrong


@pytest.mark.parametrize(
    ("rate", "told", "wrong"),
    [
        ("88.20%", "", True),  # the one survey has another rate of its own
        ("94%", "", False),  # may be the rounding of what was asked
        ("88.20%", "2023年12月问卷50份，满意44份", False),
    ],
)
def test_a_bare_rate_beside_a_survey_of_others(rate: str, told: str, wrong: bool) -> None:
    assert ("R24" in _codes(rate=rate, told=told)) is wrong


@pytest.mark.parametrize("header", ["备注", "计分说明与依据", "计算过程与依据", "取值和依据", "自评数据"])
def test_the_account_is_read_under_any_header(header: str) -> None:
    text = _REPORT.format(**_CLEAN | {"header": header})
    items = extract(read_text("报告.txt", text.encode())).items
    assert [item.remark for item in items][:1] == ["名册312人,按月核对并公示"]
    assert "R24" in _codes(header=header, rate="88.20%", told="职工普遍反映良好，满意率较高")


@pytest.mark.parametrize("header", ["责任单位", "佐证材料", "数据来源"])
def test_other_columns_are_no_account(header: str) -> None:
    text = _REPORT.format(**_CLEAN | {"header": header})
    assert not any(item.remark for item in extract(read_text("报告.txt", text.encode())).items)


_BONUS = """2023年度部门整体支出绩效自评报告
一、自评情况
（一）履职效能（50分，自评50分）
1.救助人数（30分）
自评得30分。救助312人，计划300人。
2.供养人数（20分）
自评得20分。供养186人，应供养186人。
（二）管理效率（50分，自评{score}分）
1.预算执行率（30分）
自评得30分。预算860.40万元，支出860.40万元，执行率100%。
2.资产管理（20分）
自评得18.9分。2023年11月盘点资产412件，少2件，扣1.1分。
3.加分事项
加2分。按照评分办法获省级表彰一次加2分，2023年省民政厅授予先进集体（民发〔2023〕12号），加2分。
"""


@pytest.mark.parametrize(("score", "wrong"), [("48.9", False), ("50.9", True)])
def test_a_bonus_under_a_part_that_does_not_count_it(score: str, wrong: bool) -> None:
    found = audit(extract(read_text("报告.txt", _BONUS.format(score=score).encode()))).findings
    assert any(f.code == "R31" and "加减分" in f.message for f in found) is wrong


def test_a_bonus_without_a_paper() -> None:
    bare = _BONUS.format(score="48.9").replace(
        "2023年省民政厅授予先进集体（民发〔2023〕12号），", "2023年获全省先进集体，"
    )
    texts = (bare, _BONUS.format(score="48.9"))
    told = [[f for f in audit(extract(read_text("报告.txt", t.encode()))).findings if f.code == "R33"] for t in texts]
    assert any("没有写表彰文件" in f.message for f in told[0])
    assert not told[1]
