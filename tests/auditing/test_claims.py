"""What a report claims against what it shows: faults in many wordings, and what looks like one, in a report of many leaves."""

from pathlib import Path

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.finding import Finding
from hengji.reading.text import read_text

_CASES = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))
_SCORES = {"政府采购执行率": "3.5", "森林抚育完成面积": "7"}
_LEAVES = {
    "预算编制合理性": "部门预算1,284.60万元，其中基本支出806.20万元、项目支出478.40万元，细化到43人、6个项目。",
    "预算编制规范性": "6个项目于2022年9月全部入库，经局党组会2次审议。",
    "绩效目标合理性": "整体绩效目标4条，与林业“十四五”规划的4项任务逐条对应。",
    "绩效指标明确性": "设置三级指标19个，19个均有指标值。",
    "预算资金支出率": "年度预算1,284.60万元，支出1,284.60万元，支出率100%。",
    "结转结余率": "年末结转结余0万元，年度预算1,284.60万元。",
    "财务合规性": "抽查凭证126份，审批单和附件完整。",
    "政府采购执行率": "采购预算80.00万元，实际采购70.00万元，执行率87.50%，因防火服流标1次少采购10.00万元，扣0.5分。",
    "资产盘点情况": "10月盘点，账面1,204件，实有1,204件。",
    "项目监管": "对6个项目检查24次，形成检查记录24份。",
    "人工造林完成面积": "计划12000亩，完成12060亩，完成率100.50%。",
    "森林抚育完成面积": "计划8000亩，完成7000亩，完成率87.50%，1000亩因采伐限额批复晚未实施，扣1分。",
    "重点工作完成率": "县政府交办重点工作9项，完成9项，完成率100%。",
    "检疫及时性": "受理产地检疫申请312件，3个工作日内办结312件，及时率100%。",
    "社会效益": "吸纳林农务工2140人次，发放务工工资86.40万元。",
    "服务对象满意度": "2023年11月在8个乡镇发放问卷240份，收回240份，满意232份，满意度96.67%。",
}
_REPORT = """安和县林业局2023年度部门整体支出绩效自评报告
一、部门基本情况
（一）部门概况
安和县林业局核定编制46名，2023年末在编人员43人，内设7个股室。<概况>
（二）部门收支情况
2023年收入合计1,284.60万元，支出合计1,284.60万元，其中基本支出806.20万元、项目支出478.40万元。<收支>
（三）部门整体支出绩效目标
<目标节><目标>
二、自评结论
局自评小组于2024年3月逐项核对账簿和台账，基础分98.5分，没有加减分，自评得分98.5分，等级为“优”。失分指标为政府采购执行率和森林抚育完成面积。
三、绩效分析
（一）预算编制（20分）
<#预算编制合理性|1.预算编制合理性（6分）>
<预算编制合理性|6>
<#预算编制规范性|2.预算编制规范性（4分）>
<预算编制规范性|4>
<#绩效目标合理性|3.绩效目标合理性（5分）>
<绩效目标合理性|5>
<#绩效指标明确性|4.绩效指标明确性（5分）>
<绩效指标明确性|5>
（二）预算执行（30分）
<#预算资金支出率|1.预算资金支出率（6分）>
<预算资金支出率|6>
<#结转结余率|2.结转结余率（4分）>
<结转结余率|4>
<#财务合规性|3.财务合规性（6分）>
<财务合规性|6>
<#政府采购执行率|4.政府采购执行率（4分）>
<政府采购执行率|3.5>
<#资产盘点情况|5.资产盘点情况（5分）>
<资产盘点情况|5>
<#项目监管|6.项目监管（5分）>
<项目监管|5>
（三）履职产出（30分）
<#人工造林完成面积|1.人工造林完成面积（10分）>
<人工造林完成面积|10>
<#森林抚育完成面积|2.森林抚育完成面积（8分）>
<森林抚育完成面积|7>
<#重点工作完成率|3.重点工作完成率（6分）>
<重点工作完成率|6>
<#检疫及时性|4.检疫及时性（6分）>
<检疫及时性|6>
（四）履职效果（20分）
<#社会效益|1.社会效益（10分）>
<社会效益|10>
<#服务对象满意度|2.服务对象满意度（10分）>
<服务对象满意度|10>
四、主要绩效
全年完成人工造林和森林抚育，建设林区防火道36公里。<主要绩效>
五、存在问题
<五、存在问题>
六、相关建议
<六、相关建议>
<附件>
安和县林业局
2024年4月16日
"""
_PLACES = {
    "目标节": "2023年计划完成人工造林12000亩、森林抚育8000亩，林农满意度90%以上。",
    "附件": "附件：1.自评评分表 2.采购合同 3.会计凭证复印件",
}
_PROBLEMS = "（一）政府采购需求论证不充分，防火服流标1次。2024年起由办公室提前一个季度论证。\n{二}\n{三}"
_SECOND = "（二）采伐限额批复与抚育季节衔接不够，拟于2024年6月底前由资源股提前申报。"
_SUGGESTION = "建议财政部门统一绩效指标的口径，由局计财股在2024年5月底前提出林业指标清单。"


def _report(case: dict[str, str]) -> str:
    text = _REPORT
    third = f"（三）{case['问题']}由办公室在2024年6月底前牵头落实。" if "问题" in case else ""
    filled = _PLACES | {
        "五、存在问题": _PROBLEMS.replace("{二}", case.get("问题二", _SECOND)).replace("{三}", third).strip(),
        "六、相关建议": _SUGGESTION + case.get("建议", ""),
    }
    for part in text.split("<")[1:]:
        name, _, default = part.partition(">")[0].partition("|")
        if name in _LEAVES:
            words = case.get(name, _LEAVES[name])
            score = (
                ""
                if name in case
                and ("自评" in words[:14] or any(w in words[:40] for w in ("不考核", "不适用", "不参与评分")))
                else f"自评得分{default}分，"
            )
            new = score + words
        else:
            new = case.get(name, filled.get(name, default))
        text = text.replace(f"<{part.partition('>')[0]}>", new)
    return text


def _found(case: dict[str, str], code: str) -> tuple[str, list[Finding]]:
    text = _report(case)
    outcome = audit(extract(read_text("报告.txt", text.encode())))
    return text, [finding for finding in outcome.findings if finding.code == code]


def _listed(kind: str) -> list[tuple[str, dict[str, str]]]:
    return [(code, case) for code, cases in _CASES.items() for case in cases.get(kind) or ()]


@pytest.mark.parametrize(("code", "case"), _listed("fires"))
def test_a_claim_without_its_proof_is_found(code: str, case: dict[str, str]) -> None:
    assert _found(case, code)[1]


@pytest.mark.parametrize(("code", "case"), _listed("quiet"))
def test_a_claim_that_only_looks_bare_stays_quiet(code: str, case: dict[str, str]) -> None:
    assert not _found(case, code)[1]


def test_the_report_itself_is_clean() -> None:
    text = _report({})
    assert not audit(extract(read_text("报告.txt", text.encode()))).findings
