"""The same indicators in the forms that reports give them: what is read must not depend on the form."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hengji.extracting import extract
from hengji.extracting.extract import as_self_evaluation
from hengji.extracting.tables.header_words import header_kind
from hengji.model.extraction import Extraction
from hengji.reading import read_document
from hengji.reading.text import read_text

_CORPUS = Path(__file__).parent.parent / "corpus" / "made"
_NARRATIVES = ("n01_chenghu_nongye_2023.txt", "a15_ronghu_fagai_2023.html", "b24_urban_management_narrative.docx")
_POINTS = r"（(\d+(?:\.\d+)?)分）"
_CLAIM = r"自评得分(\d)"
# How a report may write points and scores -> what is replaced, by what.
_FORMS = {
    "自评5分": (_CLAIM, r"自评\1"),
    "得5分": (_CLAIM, r"得\1"),
    "得分5分": (_CLAIM, r"得分\1"),
    "自评得分为5分": (_CLAIM, r"自评得分为\1"),
    "自评得分：5分": (_CLAIM, r"自评得分：\1"),
    "本项自评得5分": (_CLAIM, r"本项自评得\1"),
    "（满分5分）": (_POINTS, r"（满分\1分）"),
    "（分值：5分）": (_POINTS, r"（分值：\1分）"),
    "(5分)": (_POINTS, r"(\1分)"),
    "，分值5分。": (rf"{_POINTS}(。?)\n", r"，分值\1分。\n"),
    "（5分，自评得5分）": (rf"{_POINTS}。?\s*\n?\s*自评得分(\d+(?:\.\d+)?)分", r"（\1分，自评得\2分）"),
    "1、": (r"^(\d{1,2})\.(?=[\u4e00-\u9fff])", r"\1、"),
    "1）": (r"^\s*（(\d)）", r"\1）"),
    "标题与正文一段": (rf"({_POINTS}。?)\n(自评得分)", r"\1\3"),
}


def _read(text: str) -> Extraction:
    return extract(read_text("报告.txt", text.encode()))


def _items(found: Extraction) -> Counter[tuple[str, Decimal | None, Decimal | None, bool]]:
    return Counter(
        (i.name, i.points and i.points.normalize(), i.claimed and i.claimed.normalize(), i.not_applicable)
        for i in found.items
    )


@pytest.mark.parametrize("file", _NARRATIVES)
@pytest.mark.parametrize("form", _FORMS)
def test_the_form_of_points_and_scores_changes_nothing(file: str, form: str) -> None:
    text = "\n".join(block.text for block in read_document(_CORPUS / file).blocks)
    wanted, by = _FORMS[form]
    other = re.sub(wanted, by, text, flags=re.MULTILINE)
    assert _items(_read(other)) == _items(_read(text))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1.目标任务（15分，自评得14分）\n相关性5分，得5分。目标与职责对应。明确性5分，得5分。合理性5分，自评4分，目标沿用上年。",
            [("相关性", 5, 5), ("明确性", 5, 5), ("合理性", 5, 4)],
        ),
        (
            "7.信息公开（6分，自评6分）\n预算公开2分、决算公开2分、绩效公开2分，均自评满分：2023年预算2月8日批复。",
            [("预算公开", 2, 2), ("决算公开", 2, 2), ("绩效公开", 2, 2)],
        ),
        (
            "（1）预算编制合理性5分，得5分。年初预算305.00万元。\n（2）预算编制规范性5分，得4分。1个项目未入库，扣1分。",
            [("预算编制合理性", 5, 5), ("预算编制规范性", 5, 4)],
        ),
        (
            "（1）预算完成率，分值4分，得3.88分。完成率97.00%。\n（2）支付进度率，分值3分，得2分。6月末低于进度，扣1分。",
            [("预算完成率", 4, "3.88"), ("支付进度率", 3, 2)],
        ),
        (
            "3.新建楼堂馆所面积控制率（5分）和新建楼堂馆所投资概算控制率（5分）。本年没有新建，各计5分，共自评10分。",
            [("新建楼堂馆所面积控制率", 5, 5), ("新建楼堂馆所投资概算控制率", 5, 5)],
        ),
        (
            "1.预算执行率\n本项20分，自评18.80分。支出率94.00%。",
            [("预算执行率", 20, "18.80")],
        ),
    ],
)
def test_leaves_told_in_running_text(text: str, items: list[tuple[str, object, object]]) -> None:
    found = as_self_evaluation(read_text("报告.txt", f"三、绩效分析\n{text}\n".encode()), 2023)
    assert [(i.name, i.points, i.claimed) for i in found.items] == [
        (name, Decimal(str(points)), Decimal(str(claimed))) for name, points, claimed in items
    ]


def test_a_leaf_that_is_not_assessed_gives_its_points_away() -> None:
    text = "三、绩效分析\n6.资产管理（8分）\n资产配置合规性1分，自评1分，新增设备42台。资产收益上缴的及时性1分，本部门没有处置收入，该指标不考核，1分并入“资产盘点情况”。资产盘点情况6分，自评7分，盘点1208件。\n"
    items = as_self_evaluation(read_text("报告.txt", text.encode()), 2023).items
    assert [(i.name, i.not_applicable) for i in items][1] == ("资产收益上缴的及时性", True)
    assert items[1].receiver == "资产盘点情况"


@pytest.mark.parametrize(
    "told",
    [
        "2.政府采购执行率（6分）。2023年没有安排政府采购预算，本项不考核，6分调整至“预算执行率”。",
        "2.政府采购执行率（6分，不考核）。本年无采购事项，分值并入预算执行率。",
        "2.政府采购执行率（6分）。不适用。无采购预算，6分平移到预算执行率指标。",
        "2.政府采购执行率。分值6分，因未安排采购，经县财政局同意不参与评分，其分值6分计入预算执行率。",
        "2.政府采购执行率（6分）——不涉及本项，6分加到预算执行率。",
        "2.政府采购执行率（不考核，6分已调入预算执行率）。本年度没有采购预算。",
        "2.政府采购执行率（6分）。自评得分：/。无此项业务，分值转入预算执行率。",
        "2.政府采购执行率（6分）。自评得分：不涉及。6分由预算执行率承接。",
        "2.政府采购执行率（6分）。未发生采购业务，该指标免予考核，对应的6分由预算执行率承担。",
    ],
)
def test_where_the_points_of_a_leaf_went_that_is_not_assessed(told: str) -> None:
    text = f"三、绩效分析\n（一）过程（16分）\n1.预算执行率（10分）。自评得分15.68分。支出率98.00%。\n{told}\n"
    items = as_self_evaluation(read_text("报告.txt", text.encode()), 2023).items
    assert [(i.name, i.points, i.not_applicable) for i in items] == [
        ("预算执行率", 10, False),
        ("政府采购执行率", 6, True),
    ]
    assert items[1].receiver == "预算执行率"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("score", "得分 自评得分 自评分 实得分 部门自评得分 初评得分 自评打分 自评值 自评赋分 最终得分 部门自评分"),
        ("points", "分值 标准分 满分 指标分值 权重分 基准分 设定分值 赋分 配分值 基础分值 最高分 设定分"),
        ("level3", "三级指标 末级指标 三级评价指标 第三级指标 三级指标内容 四级指标"),
        ("name", "评价内容 考评项目 评分项 评估指标 考核事项"),
        ("weight", "权重 指标权重 权重（%） 权重系数"),
        ("target", "年度指标值 目标值 预期指标值 计划完成值 年初绩效指标值 预期值"),
        ("actual", "实际完成值 全年实际值 完成情况 实际情况 完成数 指标完成情况"),
        ("remark", "偏差原因分析及改进措施 扣分原因 失分原因 得分依据 自评得分说明"),
        ("rule", "评分标准 评分细则 得分计算方法 计算公式 评分方法"),
        ("budget", "年初预算数 全年预算数（A） 预算金额 调整后预算数"),
        ("spent", "全年执行数（B） 实际支出 决算数 累计支出"),
        ("rate", "执行率（B/A） 预算执行率（%） 支出率 完成比例"),
    ],
)
def test_columns_are_told_by_any_of_their_names(kind: str, words: str) -> None:
    from hengji.extracting.tables.grid import squeezed

    assert [word for word in words.split() if header_kind(squeezed(word)) != kind] == []


def test_rows_that_lost_their_merged_cells_stand_under_their_columns() -> None:
    text = """2023年度部门整体支出绩效自评表
一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 评分标准 | 得分 | 得分说明 |
投入 | 20 | 目标设定 | 20 | 目标合理性 | 12 | 符合职责 | 12 | 目标4项 |
目标明确性 | 8 | 指标量化 | 8 | 量化指标9个 | ||
过程 | 80 | 预算执行 | 80 | 预算完成率 | 50 | 完成率×分值 | 48 | 518.40/540.00=96.00% |
政府采购执行率 | 30 | 100%得满分 | 30 | ||
合计 | 100 | 98 | ||
"""
    found = _read(text)
    assert [(i.name, i.points, i.claimed) for i in found.items] == [
        ("目标合理性", 12, 12),
        ("目标明确性", 8, 8),
        ("预算完成率", 50, 48),
        ("政府采购执行率", 30, 30),
    ]
    assert found.items[3].path == ("过程", "预算执行")


def test_digits_that_run_together_are_cut_where_they_add_up() -> None:
    text = """项目支出绩效自评表（2022年度）
资金情况（万元）全年预算数全年执行数分值执行率得分
年度资金总额35035010100.00%10
产出指标(50分)数量指标新建渠道长度10≥4.2公里≥4.2公里10
道路硬化长度
清淤长度
20≥3公里2.7公里18路面加宽，变更已批复
20≥5公里5.2公里20
满意度指标(40分)受益群众满意度40290%296%40
总分10098
"""
    found = _read(text)
    assert [(i.name, i.points, i.claimed) for i in found.items] == [
        ("预算执行率", 10, 10),
        ("新建渠道长度", 10, 10),
        ("道路硬化长度", 20, 18),
        ("清淤长度", 20, 20),
        ("受益群众满意度", 40, 40),
    ]
    assert not found.doubts
    assert {(q.name, q.value, q.unit) for q in found.quantities} >= {
        ("年度资金总额", "350", "万元"),
        ("受益群众满意度实际完成值", "96", "%"),
    }


def test_traditional_characters_with_readings_between_are_read() -> None:
    text = "2022年度部門整體支出績(jī)效自評(píng)報(bào)告\n一、自評(píng)結論\n自評(píng)得分97分，自評(píng)等級為優(yōu)。\n二、績(jī)效分析\n1.預算完整性（60分）\n自評(píng)得分60分。\n2.審(shěn)計整改率（40分）\n自評(píng)得分37分。\n"
    found = _read(text)
    assert [(i.name, i.claimed) for i in found.items] == [("預算完整性", 60), ("審計整改率", 37)]
    assert found.totals.claimed is not None
    assert found.totals.claimed.value == "97"
    assert found.document.text == text.strip()


@pytest.mark.parametrize(
    ("text", "total", "grade"),
    [
        ("项目自评分：100分", "100", None),
        ("总体得分为84.47分，评级为“优”。", "84.47", "优"),
        ("部门整体支出绩效得98.52分，等级为“优”。", "98.52", "优"),
        ("最终得分93.5分，为“优秀”等级。", "93.5", "优秀"),
        ("自评得分：\n90分", "90", None),
        ("合计得分94分（优）", "94", "优"),
        ("评价结果分为优、良、中、差四个等级，自评得分85分，等级为良。", "85", "良"),
        ("按90分（含）以上为优、80分（含）至90分为良、60分（含）至80分为中、60分以下为差的标准，自评得分82分，等级为良。", "82", "良"),
        ("自评基础得分96.49分，加分1.00分，自评得分97.49分，等级为优。", "97.49", "优"),
    ],
)  # fmt: skip
def test_totals_and_grades(text: str, total: str, grade: str | None) -> None:
    found = as_self_evaluation(read_text("报告.txt", f"二、自评结论\n{text}\n三、绩效分析\n".encode()), 2023).totals
    assert found.claimed is not None
    assert found.claimed.value == total
    assert (found.grade.value if found.grade else None) == grade


def test_units_told_in_tens_of_thousands_and_hundreds_of_millions() -> None:
    text = "全县用水总量1.38亿立方米，服务3.4万人次，完成投资2.3亿元，融资1.2亿。"
    found = _read(f"某某县水务局2023年度部门整体支出绩效自评报告\n一、基本情况\n{text}\n")
    assert [(q.value, q.unit) for q in found.quantities] == [
        ("1.38", "亿立方米"),
        ("3.4", "万人次"),
        ("2.3", "亿元"),
        ("1.2", "亿"),
    ]
