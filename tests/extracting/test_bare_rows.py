"""Rows of scores without a header, weighted scores and questions with answers are read."""

from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.extracting.leaves.told_leaves import inline_leaves
from hengji.reading.text import read_text

_HEAD = "2023年度青岭县农业局部门整体支出绩效自评报告\n一、基本情况\n我局在编20人。\n二、自评得分\n"
_ROWS = (
    ("投入", "目标设定", "绩效目标合理性", "5", "5"),
    ("投入", "目标设定", "绩效指标明确性", "5", "4"),
    ("过程", "预算执行", "预算完成率", "30", "29"),
    ("过程", "预算执行", "支付进度率", "10", "9.5"),
    ("产出", "职责履行", "实际完成率", "30", "30"),
    ("效果", "履职效益", "公众满意度", "20", "19"),
)


@pytest.mark.parametrize("between", [" ", "  ", "，", ",", "\u3000", "\t", "；", "/", " | "])
def test_rows_without_a_header(between: str) -> None:
    rows = "\n".join(between.join(row) for row in _ROWS)
    found = extract(read_text("x.txt", f"{_HEAD}{rows}\n合计{between}100{between}96.5\n".encode()))
    told = [(i.name, str(i.points), str(i.claimed)) for i in found.items]
    assert told == [row[2:] for row in _ROWS]


def test_questions_and_answers() -> None:
    rows = "\n".join(f"问：“{r[2]}”这一项（{r[3]}分）怎么打分？\n答：自评得分{r[4]}分。台账齐全。" for r in _ROWS)
    found = extract(read_text("x.txt", f"{_HEAD}{rows}\n问：存在什么问题？\n答：预算编制偏粗。\n".encode()))
    assert [(i.name, str(i.points), str(i.claimed)) for i in found.items] == [row[2:] for row in _ROWS]
    assert any(section.key == "存在问题" for section in found.sections)


@pytest.mark.parametrize(
    "text",
    [
        "预算编制质量(权重7%)。得分90分,折算6.3分。",
        "预算编制质量:得分90分,权重7%,折算6.3分",
        "预算编制质量(满分100分,权重7%)得90分,折算6.3分",
        "预算编制质量(7%):90分×7%=6.3分",
        "预算编制质量 权重7%,百分制得分90分,加权得分6.3分",
        "预算编制质量(七分),得六点三分。",
    ],
)
def test_weighted_and_worded_scores(text: str) -> None:
    (leaf,) = inline_leaves(text)
    assert (leaf.name, leaf.points, leaf.claim) == ("预算编制质量", Decimal(7), Decimal("6.3"))
