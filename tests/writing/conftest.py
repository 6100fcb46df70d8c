"""A small invented department and a system that shows every standing, for the tests of documents."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hengji.library import load_dictionary, load_system_text
from hengji.model.filing import Answer, Claim, Evidence, Filing, Judgement, Register, Row, Value, ValueKey
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
from hengji.writing.blocks import Report
from hengji.writing.report import compose_report

SYSTEM = """
id: test/small
version: 3
name: 云溪县试行体系
total: {points: 100, cap: 100}
bonus: {name: 加减分项, tariff: none}
grades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]
outline: guangdong-2019
indicators:
  - id: "1"
    name: 预算执行情况
    points: 60
    parts:
      - id: "1.1"
        name: 资金管理
        points: 40
        parts:
          - {id: 1.1.1, name: 预算支出率, points: 20, measure: 部门预算资金实际支出 / 年度部门预算资金, rule: {kind: proportional}}
          - id: 1.1.2
            name: 政府采购执行率
            points: 10
            measure: 实际采购金额 / 采购预算金额
            rule: {kind: proportional}
            guards: [{when: 实际采购金额 > 采购预算金额, score: 0, because: 实际采购金额大于采购计划金额}]
            zero_denominator: {both: full, only: zero}
          - id: 1.1.3
            name: 资金下达合法性
            points: 10
            measure: 计数(转移支付, 天数(批准日期, 下达日期) <= 期限) / 计数(转移支付)
            rule: {kind: proportional}
            not_applicable: {when: 无(转移支付), policy: to_item, to: 1.1.1, because: 没有转移支付}
      - id: "1.2"
        name: 制度管理
        points: 20
        rule: {kind: checklist, statements: [{text: 有财务制度, points: 15}, {text: 有采购制度, points: 5}]}
  - id: "2"
    name: 履职效益
    points: 40
    parts:
      - {id: "2.1", name: “三公”经费控制, points: 20, standard: 按实际情况评定}
      - {id: "2.2", name: 服务满意度, points: 20, measure: 满意人数 / 满意度调查人数, rule: {kind: proportional, to: 90%}}
"""
FIGURES = {
    "本年收入合计": "1200.5",
    "一般公共预算财政拨款收入": "1200.5",
    "本年支出合计": "1180",
    "基本支出年初预算数": "800",
    "基本支出": "790.12",
    "项目支出年初预算数": "400",
    "项目支出": "389.88",
    "年度部门预算资金": "1200",
    "部门预算资金实际支出": "1080",
    "采购预算金额": "50",
    "实际采购金额": "61.3",
    "编制数": "20",
    "在编人数": "18",
}


@pytest.fixture(scope="session")
def system() -> IndicatorSystem:
    """Two sections of 60 and 40 points: computed, guarded, not applicable, judged, claimed and missing leaves."""
    return load_system_text(SYSTEM, load_dictionary())


@pytest.fixture(scope="session")
def filing() -> Filing:
    """A department that left out one score, the cover's names and most of its text."""
    return Filing(
        department="云溪县粮食和物资储备局",
        year=2023,
        system="test/small",
        cover={"附件": "4", "填报日期": "2024-06-03", "联系电话": "0000000"},
        values={ValueKey(name, 2023): Value(text) for name, text in FIGURES.items()},
        registers={
            "转移支付": Register(none_this_year=True),
            "工作开展": Register(
                (
                    Row(
                        {"方面": "储备管理", "事项": "开展库存检查", "数量": "14", "单位": "次", "成效": "整改隐患23处"}
                    ),
                    Row({"方面": "储备管理", "事项": "轮换储备粮", "数量": "5200", "单位": "吨"}),
                ),
                complete=True,
            ),
            "表彰奖励": Register(
                (Row({"荣誉名称": "先进单位", "级别": "县级", "颁发单位": "云溪县人民政府"}),), complete=True
            ),
        },
        judgements={"1.2": Judgement(answers={"1": Answer(holds=True), "2": Answer(holds=False)})},
        claims={
            "1.1.1": Claim(Decimal(30), reason="按调整前的预算计算"),
            "2.1": Claim(Decimal(18)),
            "加分": Claim(Decimal("1.5")),
            "总分": Claim(Decimal(90)),
        },
        narrative={
            "主要职责": ("负责全县粮食储备，年末编制{编制数}。",),
            "存在问题": ("支出进度偏慢，支出率为{=部门预算资金实际支出 / 年度部门预算资金}。",),
            "指标:2.1": ("全年压减会议，“三公”经费由办公室统一审批。",),
        },
        evidence=(Evidence("国库支付台账", ("1.1.1",), locator="第2页"), Evidence("采购合同汇总", ("实际采购金额",))),
    )


@pytest.fixture(scope="session")
def scorecard(system: IndicatorSystem, filing: Filing) -> Scorecard:
    """The department's score."""
    return score(system, filing)


@pytest.fixture(scope="session")
def report(filing: Filing, system: IndicatorSystem, scorecard: Scorecard) -> Report:
    """The department's report as blocks."""
    return compose_report(filing, system, scorecard)


INJECTION = '#set page("a0") $x$ *粗* <script>alert(1)</script> & <w:p/> =1+1 \\ // 注 @ref `c` {{年度}} "引" \'单\''


@pytest.fixture(scope="session")
def hostile(filing: Filing) -> Filing:
    """The same filing with markup of every kind in each text a department writes."""
    return replace(
        filing,
        department=f"甲局{INJECTION.replace('{{', '{').replace('}}', '}')}",
        cover={"单位负责人": '=HYPERLINK("x")', "填报人": '#eval("1")', "填报日期": "@SUM(1)", "附件": "<b>"},
        narrative={"主要职责": (INJECTION,), "指标:2.1": (INJECTION,), "存在问题": ("-1+1", "+2", "@x", "=3")},
        evidence=(Evidence("=1+1", ("1.1.1",), locator="<a>&"),),
        claims={**filing.claims, "1.1.1": Claim(Decimal(1), reason="=cmd|' /C calc'!A0")},
    )
