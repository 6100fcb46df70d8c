"""Leaves and tables in forms that few offices use: points in 〔〕, coefficients between what was reached and the score, subtotals named beside 小计."""

from decimal import Decimal

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading.text import read_text

_HEAD = "石涧县{}2023年度部门整体支出绩效自评报告\n一、自评结论\n自评得分{}分，等级为优。\n二、指标分析\n"


def _read(office: str, total: str, body: str) -> Extraction:
    return extract(read_text("甲.txt", (_HEAD.format(office, total) + body).encode()))


def _items(found: Extraction) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(i.name, i.points, i.claimed) for i in found.items]


def test_points_in_the_brackets_of_document_numbers() -> None:
    body = "（一）产出。共100分，自评99分。\n目标设定〔本项60分〕。依据石财绩〔2024〕6号，5项目标都有数值。自评：60分。\n技能培训〔本项40分〕。目标10期，完成9期，扣1分。自评：39分。\n"
    found = _read("妇女联合会", "99", body)
    assert _items(found) == [("目标设定", 60, 60), ("技能培训", 40, 39)]
    assert [c.number for c in found.citations if c.number] == ["石财绩〔2024〕6号"]


def test_a_column_of_coefficients_one_cell_a_line() -> None:
    lines = [
        *("指标名称", "计量单位", "指标性质", "指标值", "指标权重", "全年完成值", "得分系数（%）", "指标得分", "偏差原因"),
        *("举办促消费活动", "场", "≥", "20", "30", "23", "100", "30", ""),
        *("新增限上商贸企业", "家", "≥", "15", "40", "12", "80", "32", "部分企业入库资料不齐"),
        *("消费券核销率", "%", "≥", "90", "30", "93.20", "100", "30", ""),
        *("总分", "", "", "", "100", "", "", "92", ""),
    ]  # fmt: skip
    found = _read("商务局", "92", "\n".join(lines) + "\n")
    assert _items(found) == [("举办促消费活动", 30, 30), ("新增限上商贸企业", 40, 32), ("消费券核销率", 30, 30)]
    assert [i.actual for i in found.items] == ["23", "12", "93.20"]


def test_subtotals_with_the_name_of_their_group() -> None:
    rows = [
        "序号 | 指标 | 分值 | 完成情况 | 得分",
        "01 | 预算执行率 | 8 | 执行率97.60%，标准≥95% | 8",
        "02 | 资产管理 | 32 | 账实相符302件 | 31",
        "小计 | 管理绩效 | 40 |  | 39",
        "03 | 抚恤补助发放 | 30 | 实发3162人 | 30",
        "04 | 培训学员就业率 | 30 | 目标80%，实际83.95% | 30",
        "小计 | 履职产出 | 60 |  | 60",
        "合计 |  | 100 |  | 99",
    ]
    found = _read("退役军人事务局", "99", "\n".join(rows) + "\n")
    assert [name for name, _, _ in _items(found)] == ["预算执行率", "资产管理", "抚恤补助发放", "培训学员就业率"]
    assert [(g.points, g.claimed) for g in found.groups if g.name == "小计"] == [(40, 39), (60, 60)]


def test_pages_and_buildings_are_counted() -> None:
    found = _read(
        "档案馆",
        "99",
        "（一）产出（100分）\n1.数字化（100分）得99分。扫描23400页，合格23306页，见第12页；修缮库房3幢，配发防磁柜12具。\n",
    )
    assert {(q.value, q.unit) for q in found.quantities} >= {
        ("23400", "页"),
        ("23306", "页"),
        ("3", "幢"),
        ("12", "具"),
    }
    assert ("12", "页") not in {(q.value, q.unit) for q in found.quantities}
