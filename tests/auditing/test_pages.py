"""Sentences as published self-evaluations write them: what is right stays quiet, and its twin with the fault is found."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.auditing.test_properties import CLEAN

_PROJECT = (
    "青溪县2023年度农村供水补助资金绩效自评报告\n一、绩效目标分解下达情况\n下达我县供水补助资金420.00万元。\n"
    "二、绩效目标完成情况分析\n{}\n三、其他需要说明的问题\n无。\n"
)


def _found(sentence: str, *, whole: bool) -> set[str]:
    text = (
        CLEAN.replace("完成渠道改造24.6公里", f"{sentence}完成渠道改造24.6公里") if whole else _PROJECT.format(sentence)
    )
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


_PAIRS = (
    # R41: what a web page prints around its text; a place that was left open
    ("R41", "【发布时间：2024-04-15 14:54】【作者：办公室】【字号大小：  】\n", "【单位名称】\n"),
    ("R41", "【浏览次数：128】 【打印本页】\n", "【待补充】\n"),
    # R39: a row of the site's own table, a code; somebody's number
    ("R39", "有效性：有效，主题分类：农业，咨询电话：0562-3000000\n", "联系电话：0562-3000000。"),
    ("R39", "项目代码51000021R000000019951。", "经办人手机13800000000。"),
    # R13: the year of a book or standard whose title follows
    (
        "R13",
        "供水服务严格按照2017年《农村供水服务规范（第三版）》执行。",
        "2017年，我局完成水厂改造2座，新增供水人口300人。",
    ),
    (
        "R13",
        "2022年10月30日，省财政厅以《关于提前下达2023年供水资金的通知》（云财农〔2022〕90号）文件下达我县供水资金463.14万元。",
        "2021年我局改造水厂2座，新增供水人口300人，支出463.14万元。",
    ),
    # R22: 基本 of a name
    (
        "R22",
        "基本公共服务覆盖率100%（应覆盖24村，已覆盖24村）。",
        "渠道基本完成修复，修复率100%（应修24处，已修24处）。",
    ),
    # R11: a share of an area that the sentence does not tell
    (
        "R11",
        "全县林地面积145.29万亩，森林面积133.14万亩，森林覆盖率达69.83%。",
        "全县渠道145.29公里，完好渠道133.14公里，完好率达69.83%。",
    ),
    (
        "R11",
        "安排资金1904.00万元，支付1850.00万元，未支54.00万元，支付率97.16%。",
        "安排资金1904.00万元，支付1850.00万元，未支54.00万元，支付率95%。",
    ),
    # R07: a part beside what was paid of the whole
    (
        "R07",
        "安排水厂改造资金303.00万元，其中项目管理费3.00万元，项目资金已拨付290.00万元。",
        "安排水厂改造资金303.00万元，其中设备费103.00万元、工程费190.00万元。",
    ),
    # R41: what a form says is to be written, and nothing written
    ("R41", "项目实施情况（一）改造24村，（二）新建2站。", "对照年度目标，说明相关任务的完成情况（100字以内）"),
    # R38: a name written twice
    ("R38", "青溪县、云岭县水务局联合巡查。", "青溪县青溪县水务局组织巡查。"),
    (
        "R12",
        "供水资金全年预算数208.90万元：其中中央资金177.70万元，县级资金31.20万元。",
        "供水资金预算合计208.90万元。\n供水资金全年预算数208.90元：其中中央资金177.70万元，县级资金31.20万元。",
    ),
    # R08: one line of work paid from two sources, each with its whole
    (
        "R08",
        (
            "下达县级水利资金226.30万元。其中：河道治理工程143.50万元，小流域综合治理70.00万元，水价改革12.80万元。\n"
            "下达衔接资金79.10万元。其中：河道治理工程49.10万元，小流域综合治理30.00万元。\n"
        ),
        "供水水质提升工程投资1,268.40万元，工程已验收。\n供水水质提升工程投资1,286.40万元，均已支付。\n",
    ),
    # R23: what was due is what was paid in full, as the same sentence tells
    ("R23", "全年下达71.00万元，已全额划转至各乡镇发放，发放率100%。", "水质检测合格率100%。"),
    (
        "R11",
        "改造管网20.31公里，完成投资241.87万元，截至9月底完成20.31公里建设任务，完工率为100%。",
        "改造管网38.00公里，完成投资241.87万元，截至9月底完成20.31公里建设任务，完工率为100%。",
    ),
    ("R23", "改造管网20.31公里，截至9月底完成20.31公里建设任务，完工率为100%。", "管网漏损点修复率为100%。"),
    # R32: goals of two years, goal and result; the same words pasted twice
    (
        "R32",
        (
            "2022年目标：新建高标准供水管网62公里，同步发展村级净化站16座；以乡镇为单位平均计算，每公里投入不超过1.50万元。\n"
            "2023年目标：新建高标准供水管网64公里，同步发展村级净化站17座；以乡镇为单位平均计算，每公里投入不超过1.95万元。\n"
        ),
        (
            "一是组织各乡镇对供水管网逐段排查，建立问题清单，明确整改责任人和整改时限，确保群众饮水安全；\n"
            "二是组织各乡镇对供水管网逐段排查，建立问题清单，明确整改责任人和整改时限，确保群众饮水安全；\n"
        ),
    ),
    # R32: amounts, which the form asks for twice
    (
        "R32",
        (
            "2023年共下达我县供水补助资金246.20万元（其中：中央补助资金226.70万元，省级补助资金19.50万元），均用于管网改造。\n"
            "县财政局收到资金后按规定拨付到各乡镇，由乡镇财政所专账核算，全年没有发现截留挪用问题，各项目均已完成结算审核。2023年共下达我县供水补助资金246.20万元（其中：中央补助资金226.70万元，省级补助资金19.50万元），均用于管网改造。\n"
        ),
        (
            "我局组织各乡镇逐段排查供水管网并建立问题清单，明确整改责任人和整改时限后逐项销号，群众饮水安全得到保障。\n"
            "县财政局收到资金后按规定拨付到各乡镇，由乡镇财政所专账核算，全年没有发现截留挪用问题，各项目均已完成结算审核。我局组织各乡镇逐段排查供水管网并建立问题清单，明确整改责任人和整改时限后逐项销号，群众饮水安全得到保障。\n"
        ),
    ),
    # R24: a form's cells run together; a sentence
    (
        "R24",
        "一级指标 二级指标 三级指标 年初目标值 实际完成值 得分 满意度指标 服务对象满意度指标 用水户满意度98% 98% 10\n",
        "用水户满意度为98%。",
    ),
    # R27: the word before a number is none of it
    ("R27", "按照云编办发〔2010〕35号核定编制。", "按照云编办发[2010]35号核定编制。"),
    ("R27", "县财政局青财农指〔2023〕10号文件下达资金。", "县财政局青财农指【2023】10号文件下达资金。"),
)


@pytest.mark.parametrize("whole", [True, False], ids=["dept", "project"])
@pytest.mark.parametrize(("code", "right", "wrong"), _PAIRS)
def test_what_is_right_is_quiet_and_its_twin_is_found(code: str, right: str, wrong: str, *, whole: bool) -> None:
    assert code not in _found(right, whole=whole)
    assert code in _found(wrong, whole=whole)


def test_half_width_marks_are_told_once_with_the_number_of_their_paragraphs() -> None:
    text = CLEAN.replace("完成渠道改造24.6公里，", "完成渠道改造24.6公里,").replace("台账后，", "台账后,")
    (told,) = (f for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == "R38")
    assert told.message.endswith("，共2段有")
    assert len(told.also) == 1


def test_what_is_left_open_everywhere_is_told_once_with_its_number() -> None:
    text = CLEAN.replace(
        "完成渠道改造24.6公里", "XX镇完成改造；xx镇新增供水XX人；目前完成渠道改造24.6公里，目前均已通水"
    )
    told = {f.code: f for f in audit(extract(read_text("报告.txt", text.encode()))).findings}
    assert sorted(told) == ["R14", "R41"]
    assert told["R41"].message.endswith("，共3处")
    assert told["R14"].message.endswith("，共2处")
    assert [len(told[code].also) for code in ("R14", "R41")] == [1, 2]


@pytest.mark.parametrize("lead", ["按照", "根据", "县财政局", "云岭县财政局"])
def test_a_number_is_told_without_the_words_before_it(lead: str) -> None:
    text = CLEAN.replace("完成渠道改造24.6公里", f"{lead}青财农指[2023]10号文件，完成渠道改造24.6公里")
    (told,) = (f for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == "R27")
    assert (told.stated, told.recomputed) == ("青财农指[2023]10号", "青财农指〔2023〕10号")
