"""Self-evaluations as public pages print them: under a site's own lines, without a score, by their chapters alone."""

import pytest

from hengji.extracting import extract
from hengji.model.extraction import DocumentKind, Extraction
from hengji.reading.text import read_text

_PROJECT, _OVERALL = DocumentKind.PROJECT, DocumentKind.OVERALL


def _read(text: str) -> Extraction:
    return extract(read_text("网页.txt", text.encode()))


_GRANT = "一、绩效目标分解下达情况\n（一）中央下达情况。2023年下达我县粮油绿色高产补助资金420.00万元。\n"
_DONE = "二、绩效目标完成情况分析\n（一）资金投入情况分析。全年执行416.50万元，执行率99.17%。\n"
_KINDS = (
    # no title at all: the chapters that only a grant's self-evaluation has
    (_PROJECT, _GRANT + _DONE),
    (_PROJECT, "发布时间：2024-06-20 08:17\n来源：本站\n" + _GRANT + "二、绩效情况分析\n" + _DONE[14:]),
    # a title that names neither 项目 nor 专项资金
    (_PROJECT, "青溪县人民政府\n首页 >> 县交通局 >> 正文\n青溪县2023年第二批危桥改造工程绩效自评报告\n" + _GRANT),
    (_PROJECT, "青溪县2023年度福利彩票公益金支持养老服务资金绩效\n自评情况\n一、基本情况\n下达我县64.20万元。\n"),
    (_PROJECT, "就业见习补贴绩效自评表\n（2023年度）\n资金使用单位 | 青溪县人社局\n年度资金总额 | 80.81 | 69.30\n"),
    # a site's own table with the title in a cell
    (
        _PROJECT,
        "标题：青溪县湿地保护补助资金2023年度绩效自评报告 | |||\n索引号：1-6/2024-00020 | 发文字号： |\n" + _GRANT,
    ),
    (_PROJECT, "文号： | 有效性：有效 |\n名称： | 青溪县湿地保护补助2023年度绩效自评报告 | ||\n" + _GRANT),
    # an opening sentence that says what follows
    (
        _OVERALL,
        (
            "根据《青溪县财政局关于开展绩效自评的通知》（青财绩〔2024〕4号）要求，我局组织开展了2023年度部门整体支出绩效自评。"
            "现将自评情况报告如下：\n一、部门基本情况\n青溪县水务局内设6个股室。\n"
        ),
    ),
    (
        _PROJECT,
        "为做好衔接资金管理，现将青溪县农业农村局2023年衔接资金绩效自评总结报告如下：\n一、资金基本情况\n计划投资217.90万元。\n",
    ),
    (
        _PROJECT,
        "一、绩效自评工作开展情况\n我中心按通知要求对供水管网改造资金开展了自评，并形成自评报告如下：\n二、资金到位情况\n安排20.00万元。\n",
    ),
    # a page about the whole department and its projects in one
    (
        _OVERALL,
        "-\n发布机构青溪县教育局\n-\n时效性有效\n青溪县城关中心校2023年度部门整体和项目支出绩效自评报告\n一、部门基本情况\n中心校下辖8所小学。\n",
    ),
    # a form without a title
    (_PROJECT, "（护林站房租项目）\n一、项目基本情况\n安排11.20万元。\n二、项目绩效自评工作开展情况\n成立工作组。\n"),
    (
        _PROJECT,
        "项目名称：村道养护\n项目单位：青溪县公路养护中心\n评价方式：部门(单位)绩效自评\n报告日期：2024年7月12日\n项目起止时间\n2023年\n",
    ),
    (
        DocumentKind.ACCOUNTS,
        "索引号： | 1/2024-01 | 信息分类： | 决算 |\n名称： | 青溪县交通局2023年度部门决算情况说明 | ||\n一、部门基本情况\n（一）职能职责。\n规划公路。\n",
    ),
    # what only speaks of self-evaluations is none
    (
        DocumentKind.OTHER,
        "青溪县财政局部署绩效评价工作\n近日，青溪县财政局印发了通知，要求各部门5月底前完成绩效自评工作。\n",
    ),
    (
        DocumentKind.OTHER,
        "养护资金绩效目标申报表\n（2024年度）\n项目名称\n村道养护\n年度资金总额\n85.40万元\n产出指标\n养护里程\n≥100公里\n",
    ),
    (
        DocumentKind.OTHER,
        "青溪县高标准农田专项资金绩效评价报告\n某会计师事务所受青溪县财政局委托，于2024年7月开展绩效评价，现将评价情况报告如下：\n一、基本情况\n建设4.2万亩。\n",
    ),
    (
        DocumentKind.OTHER,
        "关于报送2023年度绩效自评报告的通知\n各乡镇：请于3月31日前报送，特此通知。\n一、绩效目标分解下达情况由各单位填写。\n",
    ),
)


@pytest.mark.parametrize(("kind", "text"), _KINDS)
def test_the_kind_of_a_public_page(kind: DocumentKind, text: str) -> None:
    found = _read(text)
    assert found.kind is kind, found.kind_reason


_UNITS = (
    # whoever issued the notices that are cited is not who reports
    (
        (
            "青溪县福利资金绩效自评情况\n来源：民政局\n一、基本情况\n根据《云岭省财政厅 云岭省民政厅关于下达资金预算的通知》（云财社〔2023〕13号）、"
            "《云岭省财政厅关于提前下达资金的通知》（云财社〔2022〕8号），下达我县75.60万元。\n"
        ),
        "民政局",
    ),
    ("资金绩效自评报告\n2023年5月省财政厅下达57.00万元，8月省财政厅下达88.00万元。\n", ""),
    ("石桥乡部门整体支出绩效自评报告\n（2023年度）\n一、基本情况\n辖12个村。\n", "石桥乡"),
    ("青溪县财政局2023年度 机关整体支出绩效评价报告\n一、自评得分情况\n综合评分为97分。\n", "青溪县财政局"),
    (
        "青溪县城关中心校2023年度部门整体和项目支出绩效自评报告\n一、基本情况\n青溪县城关中心校下辖8所小学，青溪县城关中心校设教导处。\n",
        "青溪县城关中心校",
    ),
    (
        "标      题 青溪县残疾人联合会2023年度预算绩效自评报告\n青溪县残疾人联合会2023年度预算绩效自评报告\n一、单位基本情况\n设4个部门。\n",
        "青溪县残疾人联合会",
    ),
    ("某资金绩效自评报告\n项目主管部门：青溪县农业农村局。\n项目实施单位：石桥乡人民政府。\n", "石桥乡人民政府"),
    ("资金绩效自评表\n地方主管部门\n青溪县生态环境局\n实施单位\n大气环境科\n项目资金（万元）\n", "青溪县生态环境局"),
    (
        "青溪县第四中学专项资金绩效自评价报告一、基本情况（一）项目概况我校2023年有一个项目：公用经费。"
        + "资金按规定使用。" * 12,
        "青溪县第四中学",
    ),
    (
        "2023年度水土保持监测项目绩效自评表单位名称：青溪县水土保持科研所 填报日期：2024年3月10日项目名称水土保持监测主管部门青溪县水务局项目实施单位本单位"
        "预算执行情况预算数（A）执行数（B）年度财政资金总额10 10 100% 20产出指标监测数据合格100%100%10"
        + "监测资料整编100%100%20"
        * 4,
        "青溪县水土保持科研所",
    ),
    (
        "首页 >> 部门信息公开 >> 青溪县交通运输局 >> 正文\n青溪县2023年危桥改造工程绩效自评报告\n一、绩效目标\n改造5座。\n",
        "青溪县交通运输局",
    ),
    (
        "2023年度部门整体支出绩效自评报告\n一、部门概况\n我局内设3个股室。\n青溪县城市管理局（印章）\n2024年4月2日\n",
        "青溪县城市管理局",
    ),
)


@pytest.mark.parametrize(("text", "unit"), _UNITS)
def test_the_unit_that_a_public_page_is_of(text: str, unit: str) -> None:
    assert _read(text).department == unit
