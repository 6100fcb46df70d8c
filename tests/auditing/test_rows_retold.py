"""What a row counts, told again in running text: named by its act alone, by the end of its name, beside another figure of it, or as what is left of it."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """石涧县{office}2023年度部门整体支出绩效自评报告
一、基本情况
石涧县{office}内设7个股室。
{plans}
二、绩效目标
年度目标：{goals}。
三、自评工作开展情况
2024年3月成立自评小组，逐项打分。
四、自评结论
自评得分100分，等级为优。
五、指标分析
一级指标\t三级指标\t分值\t年度目标值\t完成值\t得分\t说明
产出\t{name}\t40\t{aim}\t{done}\t40\t{remark}
产出\t安全责任事故\t20\t0起\t0起\t20\t工作日志
过程\t资金管理\t40\t规范\t全年检查未发现问题\t40\t检查记录4份
合计\t\t100\t\t\t100\t
六、主要成效
1.{told}
七、存在问题
1.巡查制度不细，个别台账缺页。
八、改进措施
1.办公室2024年9月底前修订巡查制度，明确责任人。
"""


def _found(code: str, **words: str) -> list[str]:
    usual = {
        "office": "民政局",
        "plans": "",
        "goals": "规范资金管理",
        "aim": "60人",
        "remark": "台账",
        "told": "各项工作有序推进。",
    }
    found = audit(extract(read_text("甲.txt", _REPORT.format(**{**usual, **words}).encode())))
    return [f.quote for f in found.findings if f.code == code]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        # the row counts by an act of its own name alone
        ({"office": "退役军人事务局", "name": "退役士兵接收安置人数", "aim": "67人", "done": "应接收67人，实际接收67人",
          "told": "一是优抚资金按月发放。二是全年接收退役士兵62人，全部办结档案移交。"}, "62人"),
        # so much for each, behind the whole
        ({"office": "农业农村局", "name": "村均集体经营性收入", "aim": "≥60万元", "done": "62.4万元",
          "told": "13个村实现集体经营性收入834.6万元，村均64.2万元。"}, "64.2万元"),
        # a rate by the end of its name
        ({"office": "水务局", "name": "管网漏损率", "aim": "≤9%", "done": "8.90%",
          "told": "全年供水966.2万吨，漏损率9.10%，逐月下降。"}, "9.10%"),
        # beside another figure that the row alone has
        ({"office": "住房和城乡建设局", "name": "老旧小区改造户数", "aim": "1860户", "done": "14个小区、1860户",
          "told": "全年完成16个老旧小区改造，惠及居民1860户。"}, "16个"),
        # right before what ends its name
        ({"office": "体育局", "name": "健身设施更新行政村数", "aim": "57个", "done": "57个",
          "told": "全年为75个行政村更新健身路径和篮球架，均已通过验收。"}, "75个行政村"),
    ],
)  # fmt: skip
def test_a_row_told_otherwise(words: dict[str, str], quote: str) -> None:
    assert any(quote in each for each in _found("R08", **words))


@pytest.mark.parametrize(
    "words",
    [
        # the same, told right
        {"office": "退役军人事务局", "name": "退役士兵接收安置人数", "aim": "67人", "done": "应接收67人，实际接收67人",
         "told": "一是优抚资金按月发放。二是全年接收退役士兵67人，全部办结档案移交。"},
        # of a part of them
        {"office": "退役军人事务局", "name": "退役士兵接收安置人数", "aim": "67人", "done": "应接收67人，实际接收67人",
         "told": "全年接收退役士兵67人，其中符合安排工作条件的退役士兵12人。"},
        # two sources of one result, and last year's rate
        {"office": "融媒体中心", "name": "省级以上媒体采用量", "aim": "≥260篇", "done": "288篇", "remark": "省级232篇、中央级56篇"},
        {"office": "水务局", "name": "管网漏损率", "aim": "≤9%", "done": "8.90%", "told": "2022年漏损率9.10%，当年降到8.90%。"},
        # the aim, and some of the villages
        {"office": "体育局", "name": "健身设施更新行政村数", "aim": "75个", "done": "57个", "told": "目标为75个行政村更新健身路径，另有5个行政村新建球场。"},
    ],
)  # fmt: skip
def test_other_figures_beside_a_row(words: dict[str, str]) -> None:
    assert _found("R08", **words) == []


def test_a_target_told_as_planned_outside_the_goals() -> None:
    row = {"office": "农业农村局", "name": "维修泵站数量", "aim": "42座", "done": "42座"}
    assert _found(
        "R08", **row, plans="为防止重建轻管，县财政设立建后管护项目，计划维修泵站24座，清淤沟渠120公里。"
    ) == ["维修泵站24座"]
    assert (
        _found("R08", **row, plans="为防止重建轻管，县财政设立建后管护项目，计划维修泵站42座，清淤沟渠120公里。") == []
    )


def test_what_a_row_aims_at_not_to_exceed() -> None:
    row = {"office": "人民医院", "name": "平均住院日", "aim": "不超过9天", "done": "7.80天"}
    assert _found("R08", **row, goals="床位使用率75%至85%，平均住院日不超过8天") == ["不超过9天"]
    assert _found("R08", **row, goals="床位使用率75%至85%，平均住院日不超过9天") == []


@pytest.mark.parametrize(("late", "quotes"), [("26", ["26件12345工单超期"]), ("65", [])])
def test_what_is_left_of_a_leafs_count(late: str, quotes: list[str]) -> None:
    report = f"""石涧县信访局2023年度部门整体支出绩效自评报告
一、自评结论
自评得分100分，等级为优。
二、指标分析
（一）产出（100分）
1.热线工单办理。（50分）12345热线共受理工单3268件，按期办结3203件，按期办结率98.01%，达到目标，得50分。
2.制度建设。（50分）修订3项制度，得50分。
三、存在问题
1.全年有{late}件12345工单超期办结，老旧小区改造类诉求办理难度大。
四、改进措施
1.办公室2024年9月底前督办到位。
"""
    found = audit(extract(read_text("甲.txt", report.encode())))
    assert [f.quote for f in found.findings if f.code == "R08"] == quotes


def test_another_unit_is_told_once() -> None:
    row = {
        "office": "住房和城乡建设局",
        "name": "新增集中供热面积",
        "aim": "≥40万平方米",
        "done": "420000万平方米",
        "told": "新增集中供热面积42万平方米，惠及居民3900户。",
    }
    assert _found("R08", **row) == []
    assert _found("R12", **row) == ["420000万平方米"]
