"""Times, prices and sums beside scores: what is no leaf is none, what stands in a list, a label or a heading is read."""

import pytest

from hengji.extracting import extract
from hengji.extracting.leaves.leaf_names import is_name, leaf_name
from hengji.extracting.leaves.score_marks import score_marks
from hengji.model.extraction import Extraction
from hengji.reading import read_data


def _read(body: str) -> Extraction:
    text = (
        "栾川县水务局2023年度部门整体支出绩效自评报告\n一、部门基本情况\n编制32名，在职30人。2023年预算1300.00万元，支出1261.00万元。\n"
        f"{body}\n四、存在问题\n一是部分指标没有完成。\n五、改进措施\n一是财务股2024年6月底前完善制度。\n"
    )
    return extract(read_data("自评.txt", text.encode()))


def _told(found: Extraction) -> list[tuple[str, str, str]]:
    return [(item.name, str(item.points), str(item.claimed)) for item in found.items]


@pytest.mark.parametrize(
    "text",
    [
        "平均到场用时8分50秒",
        "每日开放9小时45分",
        "14时30分前送达",
        "班车晚点不超过5分以内",
        "北纬31度20分",
        "每立方米3角5分",
        "度电补贴2分/千瓦时",
        "候诊18分半,较上年缩短",
    ],
)
def test_a_time_an_arc_or_a_price_is_no_score(text: str) -> None:
    assert score_marks(text) == ()


def test_a_score_beside_a_time_is_read() -> None:
    assert [str(mark.number) for mark in score_marks("响应时间(10分),平均7分20秒,得9.5分")] == ["10", "9.5"]


@pytest.mark.parametrize("words", ["累计", "目标", "实绩"])
def test_what_opens_a_fact_is_no_name(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize("words", ["每周开放时间", "总分馆建设", "每月巡河次数"])
def test_a_frequency_and_a_branch_are_names(words: str) -> None:
    assert is_name(words)


def test_the_group_of_a_list_is_not_part_of_its_first_name() -> None:
    assert leaf_name("管理效率指标包括预算执行率") == leaf_name("过程由预算执行率") == "预算执行率"


_LISTED = (
    "二、自评结论\n自评得分90.4分。一级指标得分如下。\n一级指标\t分值\t得分\n投入管理\t20\t19\n过程管理\t30\t27.4\n履职产出\t50\t44\n三、分项说明\n"
    "（一）投入管理分析\n投入管理指标包括目标设定（10分）、预算编制（10分）两项，得19分。\n目标设定得10分。目标清晰。\n预算编制得9分。漏编一项，扣1分。\n"
    "（二）过程管理分析\n过程管理指标包括预算执行率（10分）、采购管理（10分）、资产管理（10分）三项，得27.4分。\n"
    "预算执行率得9.7分。执行率97.00%。\n采购管理得8.7分。一个项目晚签合同，扣1.3分。\n资产管理得9分。一台车没有入账，扣1分。\n"
    "（三）履职产出分析\n履职产出指标包括供水改造（25分）、用户满意度（25分）两项，得44分。\n供水改造得23分。计划25处，完成23处。\n用户满意度得21分。满意度84.00%。"
)


def test_leaves_listed_ahead_of_their_lines() -> None:
    found = _read(_LISTED)
    assert _told(found) == [
        ("目标设定", "10", "10"),
        ("预算编制", "10", "9"),
        ("预算执行率", "10", "9.7"),
        ("采购管理", "10", "8.7"),
        ("资产管理", "10", "9"),
        ("供水改造", "25", "23"),
        ("用户满意度", "25", "21"),
    ]
    assert {("20", "19"), ("30", "27.4"), ("50", "44")} <= {(str(g.points), str(g.claimed)) for g in found.groups}


def test_some_leaves_of_headings_in_a_table() -> None:
    table = "三级指标\t分值\t目标\t完成\t得分\n供水改造\t25\t25处\t23处\t23\n用户满意度\t25\t90%\t84%\t21"
    cut = _LISTED.index("履职产出指标包括")
    found = _read(f"{_LISTED[:cut]}履职产出指标两项，得44分，明细见下表。\n{table}")
    assert [name for name, _, _ in _told(found)][-2:] == ["供水改造", "用户满意度"]
    assert len(found.items) == 7


def test_a_group_scored_in_its_heading_is_no_leaf() -> None:
    found = _read(
        "二、自评结论\n自评得分86分。\n三、指标分析\n（一）决策类得14分\n1.目标合理性（8分）得8分。\n2.资金测算（12分）得6分。\n"
        "（二）产出类，自评得分72分\n3.管网维护（40分）得36分。\n4.抢修到场时间（20分）得20分。平均37分20秒，目标40分以内。\n5.水质合格率（20分）得16分。"
    )
    assert [name for name, _, _ in _told(found)] == ["目标合理性", "资金测算", "管网维护", "抢修到场时间", "水质合格率"]
    assert {(g.name, str(g.claimed)) for g in found.groups} >= {("决策类", "14"), ("产出类", "72")}


def test_what_a_formula_comes_to_is_the_score() -> None:
    found = _read(
        "三、指标情况\n1.预算执行率（8分）。评分办法为：执行率×分值，计7.76分，按0.5分取整后得7.5分。\n2.资产管理（8分）。得8分。"
    )
    assert _told(found)[0] == ("预算执行率", "8", "7.5")


@pytest.mark.parametrize(
    "told",
    [
        "适用分值95分，实得85.5分，按百分制折算为90分",
        "参评分值95分，实得85.5分，换算成百分制为90分",
        "满分95分，实得85.5分，折算后自评得分90分",
    ],
)
def test_a_total_put_to_the_hundred(told: str) -> None:
    found = _read(
        f"二、自评结论\n{told}，等级为“优”。\n三、指标\n1.预算执行率（50分）。得45分。\n2.维修（25分）。得22.5分。\n3.抢修（10分）。得10分。\n4.检测（10分）。得8分。"
    )
    assert found.totals.claimed is not None
    assert found.totals.claimed.value == "90"


def test_a_level_with_its_only_leaf_in_one_sentence() -> None:
    found = _read(
        "二、自评结论\n自评得分93分。\n三、指标\n（一）过程（40分），自评39分，包括：预算执行（20分）得19分，执行率97.00%；内部控制（20分）得20分。\n"
        "（二）产出（40分），自评36分，包括：供水改造（20分）得16分；水质检测（20分）得20分。\n"
        "（三）效益（20分），自评18分，包括：用户满意度（20分）得18分，满意度90.00%。"
    )
    assert [name for name, _, _ in _told(found)] == ["预算执行", "内部控制", "供水改造", "水质检测", "用户满意度"]
    assert [(g.name, str(g.claimed)) for g in found.groups if g.points] == [
        ("过程", "39"),
        ("产出", "36"),
        ("效益", "18"),
    ]


def test_a_levels_wrong_score_is_still_the_levels() -> None:
    found = _read(
        "二、自评结论\n自评得分91分。\n三、指标\n（一）产出（80分），自评75分，包括：供水改造（40分）得34分；水质检测（40分）得40分。\n"
        "（二）效益（20分），自评17分，包括：用户满意度（20分）得18分，满意度90.00%。"
    )
    assert [name for name, _, _ in _told(found)] == ["供水改造", "水质检测", "用户满意度"]


def test_another_bodys_total_is_not_this_reports() -> None:
    found = _read(
        "二、自评结论\n自评得分93分。县水务集团自评得分96.4分，其范围不含本局机关。\n三、指标\n1.维修（100分）。得93分。"
    )
    assert [total.value for total in found.totals.all_claimed] == ["93"]
