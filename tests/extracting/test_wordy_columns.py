"""Which column of a table of scores holds the rules and which what was done, whatever their headers say."""

import pytest

from hengji.extracting import extract
from hengji.extracting.flat import flat
from hengji.model.extraction import ScoredItem
from hengji.reading.text import read_text

_ROWS = (
    (
        "预算执行率",
        "10",
        "预算执行的程度",
        "每低1个百分点扣0.5分",
        "预算860.40万元，支出836.31万元，97.20%",
        "9",
        "尾款未付",
    ),
    (
        "采购执行率",
        "20",
        "采购预算的执行",
        "≥95%得满分，低于90%不得分",
        "计划50.00万元，采购48.10万元，96.20%",
        "20",
        "",
    ),
    ("资产管理", "20", "资产是否安全完整", "一处账实不符扣1分", "11月盘点资产412件，账实不符1件", "19", "卡片未更新"),
    ("供水户数", "30", "任务完成的数量", "完成数÷计划数×30分", "计划3260户，完成3260户，验收齐全", "30", ""),
    (
        "用水户满意度",
        "20",
        "服务对象的评价",
        "90%以上20分，每低1个百分点扣1分",
        "12月问卷300份，满意282份，94.00%",
        "20",
        "",
    ),
)
_NAMES = ("三级指标", "分值", "指标说明", "评分标准", "自评依据", "自评得分", "扣分理由")


def _items(heads: dict[str, str], *, without: tuple[str, ...] = ()) -> list[ScoredItem]:
    """The leaves of a table with these columns under other words, some of them left out."""
    kept = [n for n, name in enumerate(_NAMES) if name not in without]
    head = "\t".join(heads.get(_NAMES[n], _NAMES[n]) for n in kept)
    rows = ["\t".join(row[n] for n in kept) for row in _ROWS]
    text = "青溪县水务局2023年度部门整体支出绩效自评报告\n自评得分98分。\n" + "\n".join((head, *rows, "合计\t100"))
    return [item for item in extract(read_text("自评.txt", text.encode())).items if item.table]


@pytest.mark.parametrize(
    ("heads", "without"),
    [
        ({}, ()),
        ({"评分标准": "扣分规则", "自评依据": "2023年完成值"}, ("指标说明",)),
        ({"评分标准": "计分口径", "自评依据": "2023年度实际情况"}, ()),
        ({"评分标准": "自评标准", "自评依据": "指标实际值"}, ("指标说明",)),
        ({"指标说明": "指标内涵", "评分标准": "赋分细则", "自评依据": "核对结果"}, ()),
        ({"评分标准": "尺度", "自评依据": "得失分说明"}, ("指标说明",)),
    ],
)
def test_rules_and_facts_are_told_apart(heads: dict[str, str], without: tuple[str, ...]) -> None:
    items = _items(heads, without=without)
    rows = [[flat(cell) for cell in row] for row in _ROWS]
    assert [item.rule for item in items] == [row[3] for row in rows]
    assert [item.actual or item.remark for item in items] == [row[4] for row in rows]
    assert {item.remark for item in items if item.actual} <= {row[6] for row in rows}


def test_facts_beside_their_rule_are_no_rule() -> None:
    text = (
        "青溪县水务局2023年度部门整体支出绩效自评报告\n自评得分98分。\n指标\t满分\t自评分\t评分依据\n"
        "预算执行率\t20\t18\t执行率96.00%，按评分办法每低1个百分点扣0.5分\n设备完好率\t40\t40\t完好率98.20%，达到98%得满分\n"
        "用水户满意度\t40\t40\t满意度95.07%，达到90%得满分"
    )
    items = extract(read_text("自评.txt", text.encode())).items
    assert [bool(item.remark) for item in items] == [True] * 3


def test_the_column_of_an_earlier_year_is_no_result() -> None:
    text = (
        "青溪县水务局2023年度部门整体支出绩效自评报告\n自评得分98分。\n三级指标\t2022年实际值\t年度指标值\t实际完成值\t分值\t得分\n"
        "供水户数\t3010户\t3260户\t3260户\t60\t60\n水质合格率\t95%\t98%\t96.20%\t40\t38\n合计\t\t\t\t100\t98"
    )
    items = extract(read_text("自评.txt", text.encode())).items
    assert [item.actual for item in items] == ["3260户", "96.20%"]
