"""The kind of a document by its head alone: what pages and files put before a title, and titles that only look like one."""

import pytest

from hengji.extracting import extract
from hengji.model.extraction import DocumentKind
from hengji.reading.text import read_text

_BODY = "\n一、基本情况\n我单位2023年支出860.40万元，其中项目支出248.10万元，保障了各项工作正常开展。\n"
_CASES = (
    (
        DocumentKind.PROJECT,
        "索引号: qx-2024-00002\n发布机构: 青溪县数据中心\n青溪县数据中心2023年度项目支出绩效单位自评报告",
    ),
    (
        DocumentKind.PROJECT,
        "索引号\n发布日期\n2024-03-01\n青溪县图书馆2023年度项目支出绩效自评报告(2023年农家书屋补助资金",
    ),
    (
        DocumentKind.PROJECT,
        "附件: 项目支出绩效自评表 (2023年度) 项目名称 规划编制 主管部门 青溪县石桥镇人民政府 年初预算数 全年执行数 分值 得分 年度资金总额: 90 89.97 10 规划 8 8",
    ),
    (
        DocumentKind.OVERALL,
        "青溪县水务局信息公开\n来源:财务科\n青溪县2023年度部门整体支出\n绩效评价自评报告\n评价机构:部门(单位)评价组",
    ),
    (DocumentKind.OVERALL, "青溪县2023年水务局部门整体支出绩效自评报告.pdf\n根据通知要求，现将自评情况报告如下"),
    (DocumentKind.OVERALL, "部门整体支出绩效评价自评报告\n(2023年度)\n部门(单位)全称:青溪县水务局\n云岭市财政局制"),
    (
        DocumentKind.OTHER,
        "关于开展2023年度部门整体支出绩效自评工作的通知\n各部门：请于3月31日前报送自评报告。联系人:某某。特此通知。",
    ),
    (
        DocumentKind.OTHER,
        "青溪县财政局\n关于2023年度县直部门整体支出绩效自评抽查复核情况的通报\n青财绩〔2024〕9号\n各部门：某局自评得分96.20分，复核得分88.50分。请于9月底前整改。",
    ),
    (
        DocumentKind.OTHER,
        "青溪县财政局文件\n青财绩函〔2024〕41号\n关于反馈县博物馆2023年度部门整体支出绩效自评抽查复核意见的函\n县博物馆：你馆自评得分96.20分，复核得分88.50分。请于9月底前整改。",
    ),
    (
        DocumentKind.OVERALL,
        "关于报送2023年度部门整体支出绩效自评报告的函\n县财政局：我局组织了绩效自评，现将自评情况报告如下。自评得分96.20分，等级为优。",
    ),
    (DocumentKind.ACCOUNTS, "青溪县水务局2023年度部门决算\n目录\n第四部分 附件\n部门整体支出绩效评价报告"),
    (
        DocumentKind.ACCOUNTS,
        "首页>政务公开>决算 > 交通运输委员会\n青溪县公路中心决算公开说明\n青溪县公路中心2023年度决算公开说明\n一、单位基本情况\n设6个科室。\n二、单位决算情况说明\n收入总计1328.56万元。",
    ),
)


@pytest.mark.parametrize(("kind", "head"), _CASES)
def test_the_kind_is_told_by_the_head_of_the_page(kind: DocumentKind, head: str) -> None:
    found = extract(read_text("报告.txt", (head + _BODY).encode()))
    assert found.kind is kind, found.kind_reason


@pytest.mark.parametrize("dated", ["2024年3月20日", "2024年9月2日"])
def test_a_year_that_is_not_over_is_not_the_evaluated_one(dated: str) -> None:
    text = (
        f"附件3\n农村公路日常养护项目支出绩效自评报告\n项目单位：青溪县公路中心\n填报日期：{dated}\n一、项目概况\n"
        "2023年养护农村公路386.5公里。资金全年支出412.86万元。自评得分99.43分。\n二、问题和改进措施\n"
        "标志牌少装2块，2024年6月前补装。结余7.14万元，2024年3月前办理指标收回。3条村道2024年9月前限高限宽。2024年全部完工。\n"
    )
    assert extract(read_text("报告.txt", text.encode())).year == 2023


def test_a_list_below_a_decimal_heading_is_no_chapter() -> None:
    text = (
        "某县法院2023年度部门整体支出绩效自评报告\n1.引言\n1.1部门职责\n依法审判。\n1.2支出情况\n"
        "1.基本支出612.30万元，其中人员经费502.30万元。\n2.项目支出248.10万元，用于审判。\n1.3项目实施\n按计划实施。\n2.自评结论\n自评得分95分。\n"
    )
    sections = extract(read_text("报告.txt", text.encode())).sections
    above = {s.title[:4]: sections[s.parent].title if s.parent is not None else "" for s in sections}
    assert (above["基本支出"], above["项目支出"], above["项目实施"], above["自评结论"]) == (
        "支出情况",
        "支出情况",
        "引言",
        "",
    )


_FORM_WITH_SPARE_ROWS = """项目支出绩效自评表
（2023年度）
项目名称\t食堂设备更新
年度资金总额\t{a}\t{a}\t{b}\t10\t{c}\t{d}
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t指标1更新灶台数量\t{a}\t{b}\t10\t{d}
\t\t指标2\t\t\t\t
\t\t……\t\t\t\t
\t时效指标\t指标1
\t\t……\t\t\t\t
\t成本指标\t指标1
\t\t……\t\t\t\t
\t质量指标\t指标1验收合格率\t{a}\t{b}\t10\t{d}
\t\t……\t\t\t\t
效益指标\t社会效益\t指标1就餐满意率\t{a}\t{b}\t10\t{d}
\t\t……\t\t\t\t
满意度指标\t服务对象\t指标1学生满意度\t{a}\t{b}\t10\t{d}
\t\t……\t\t\t\t
"""


def test_spare_rows_of_a_form_that_is_filled_in_make_no_template() -> None:
    filled = _FORM_WITH_SPARE_ROWS.format(a=40, b=38, c="95%", d=9)
    blank = _FORM_WITH_SPARE_ROWS.format(a="", b="", c="", d="")
    assert extract(read_text("表.txt", filled.encode())).kind is DocumentKind.PROJECT
    assert extract(read_text("表.txt", blank.encode())).kind is DocumentKind.OTHER
