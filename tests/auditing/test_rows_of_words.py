"""Rows whose words decide: waived with and without a reason, evidence still to come, a rate named alone."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """2023年度部门整体支出绩效自评报告
部门名称：青溪县民政局
填报日期：2024年4月18日
一、基本情况
青溪县民政局核定编制40名，2023年总支出860.40万元，其中基本支出612.30万元，项目支出248.10万元。{facts}
二、自评结论
自评小组逐项核对台账，自评得分100分，等级为“优”。
三、绩效分析
一级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | 佐证材料
产出 | 供养人数 | 30 | ≥300人 | 312人，名册逐月核对 | 30 | {proof}
产出 | 救助及时率 | 20 | 100% | {rate} | 20 | 救助台账
产出 | 残疾人补贴发放及时率 | 10 | 100% | 应发3,186人，按时发放3,186人，发放及时率100% | 10 | 发放名册
产出 | 低保复核覆盖率 | 10 | 100% | 应核2,640户，已核2,640户，复核覆盖率100% | 10 | 复核台账
过程 | 非税收入征缴 | 5 | 按时缴库 | {waived} | 0 | —
效益 | 供养对象满意度 | 25 | ≥90% | 2023年11月问卷200份，满意187份，满意率93.50% | 25 | 问卷汇总表
四、存在问题
2名工作人员培训不足，由办公室在2024年6月底前组织培训。
五、相关建议
建议县财政局提高护理补贴标准，由救助股于2024年5月底前提出测算。
青溪县民政局
2024年4月18日
"""
_CLEAN = {
    "facts": "",
    "proof": "供养名册",
    "rate": "受理救助申请412件，5日内办结412件，及时率100%",
    "waived": "县财政局青财绩〔2024〕6号同意我局无非税收入征收任务，不考核，5分并入“供养人数”",
}


def _codes(cells: str = "", **changed: str) -> set[str]:
    text = _REPORT.format(**_CLEAN | changed)
    if cells:
        line = next(line for line in text.split("\n") if "非税收入征缴" in line)
        text = text.replace(line, f"过程 | 非税收入征缴 | 5 | 按时缴库 | {cells}").replace(
            "供养人数 | 30 | ≥300人 | 312人，名册逐月核对 | 30", "供养人数 | 30 | ≥300人 | 312人，名册逐月核对 | 35"
        )
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize("proof", ["待补充", "后补", "暂缺", "尚未收集", "资料整理中", "（待上传）", "未提供"])
def test_evidence_still_to_come(proof: str) -> None:
    assert "R35" in _codes(proof=proof)


@pytest.mark.parametrize("proof", ["供养名册", "补充供养协议12份", "见附件2", "待遇审批表"])
def test_evidence_that_is_there(proof: str) -> None:
    assert "R35" not in _codes(proof=proof)


@pytest.mark.parametrize(
    "cells",
    [
        "不考核，5分并入“供养人数” | 不考核 | —",
        "本项免评，5分由“供养人数”承接 | 免评 | —",
        "不评，分值调入“供养人数” | 不评 | —",
    ],
)
def test_waived_without_a_reason(cells: str) -> None:
    assert "R34" in _codes(cells)


@pytest.mark.parametrize(
    "cells",
    [
        "我局无非税收入征收任务，本项不评，5分并入“供养人数” | 不评 | —",
        "收费职能已划转税务部门，本项免评，5分并入“供养人数” | 免评 | —",
    ],
)
def test_waived_with_a_reason(cells: str) -> None:
    assert not {"R04", "R34"} & _codes(cells)


def test_waived_against_the_text() -> None:
    cells = "我局无非税收入征收任务，本项不评，5分并入“供养人数” | 不评 | —"
    assert "R34" in _codes(cells, facts="代征殡葬服务费326.00万元，全部缴入县级国库。")


@pytest.mark.parametrize("rate", ["救助及时率100%", "及时率达到100%"])
def test_a_rate_named_alone_among_rows_that_count(rate: str) -> None:
    assert "R23" in _codes(rate=rate)


@pytest.mark.parametrize("rate", ["100%", "412件全部按时办结，及时率100%"])
def test_a_value_alone_or_a_rate_with_its_counts(rate: str) -> None:
    assert "R23" not in _codes(rate=rate)
