"""Amounts whose unit a report tells once: at its head, in a sentence, in a heading, above or in lines that are a table."""

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data

_SCORES = "三、指标得分\n1.预算执行率（10分）得9.80分。\n2.巡护任务（60分）得60分，巡护12.50公里。\n3.满意度（30分）得28.60分。\n"


def _read(body: str, head: str = "", heading: str = "二、收支情况") -> Extraction:
    text = (
        f"某某县林业局2023年度部门整体支出绩效自评报告\n{head}\n一、部门概况\n编制30名，在编28人，2023.05批复。\n{heading}\n{body}\n"
        f"{_SCORES}四、存在问题\n1.巡护车辆少。林业局2024年5月底前购置。\n"
    )
    return extract(read_data("自评.txt", text.encode()))


def _money(found: Extraction) -> list[str]:
    return [f"{q.value}{q.unit}" for q in found.quantities if q.unit.endswith("元")]


_PROSE = "年初预算512.60，年中追加30.40，调整后预算543.00。全年支出540.10，其中人员经费320.10、公用经费20.00、项目支出200.00。"
_AMOUNTS = ["512.60", "30.40", "543.00", "540.10", "320.10", "20.00", "200.00"]


@pytest.mark.parametrize(
    ("head", "heading", "lead"),
    [
        ("金额单位：万元", "二、收支情况", ""),
        ("填报单位：某某县林业局　　单位：万元、分", "二、收支情况", ""),
        ("（货币单位：人民币万元）", "二、收支情况", ""),
        ("（以下金额单位均为万元）", "二、收支情况", ""),
        ("（本报告金额除注明外单位为万元，比率保留两位小数）", "二、收支情况", ""),
        ("如无特别说明，本文金额均以万元为单位。", "二、收支情况", ""),
        ("", "二、收支情况（单位：万元）", ""),
        ("", "二、收支情况（万元，下同）", ""),
        ("", "二、收支情况", "收支情况如下（单位：万元）：\n"),
        ("", "二、收支情况", "除另有说明外，各项数额均以万元计。\n"),
    ],
)
def test_amounts_take_the_unit_told(head: str, heading: str, lead: str) -> None:
    assert _money(_read(lead + _PROSE, head, heading)) == [f"{amount}万元" for amount in _AMOUNTS]


def test_without_a_unit_told_numbers_are_no_amounts() -> None:
    assert _money(_read(_PROSE)) == []
    assert _money(_read(_PROSE, "填报单位：万元镇人民政府")) == []


@pytest.mark.parametrize(
    "body",
    [
        "支出完成率98.36，资金管理得4.95，预算编制 5.00，采购管理 3.00。",
        "人均公用经费1.26，每公里投入3.20，单价2.50。",
        "预算执行 10.00 9.80",
        "预算于2023.02批复，决算见表2.10。",
        "资金使用 5.00 合规",
        "预算调整幅度2.40，经费增长系数1.05。",
    ],
)
def test_scores_rates_and_dates_are_no_amounts(body: str) -> None:
    assert _money(_read(body, "金额单位：万元")) == []


def test_a_sum_tells_its_parts() -> None:
    body = "2023年部门预算（万元）：\n  年初预算 512.60 ＝ 基本支出 386.40（人员 341.20，公用 45.20）＋ 项目支出 126.20\n  年末结余 8.76 ＝ 基本支出 4.45 ＋ 项目支出 4.31"
    found = {q.value: (q.name, q.item, q.scope) for q in _read(body).quantities}
    assert found["126.20"] == ("项目支出", "项目支出年初预算数", "")
    assert found["4.31"][2] == "结转"


_HEADS = ["科目", "年初预算", "全年预算", "决算数", "执行率"]
_ROWS = [
    ["基本支出", "512.00", "530.40", "530.40", "100.00%"],
    ["项目支出", "186.00", "203.00", "190.20", "93.69%"],
    ["合计", "698.00", "733.40", "720.60", "98.25%"],
]


@pytest.mark.parametrize(
    "body",
    [
        "单位：万元\n" + "\n".join(cell for row in (_HEADS, *_ROWS) for cell in row),
        "\n".join(cell for row in (_HEADS[1:], *_ROWS) for cell in row),
        "\n".join("    ".join(row) for row in (_HEADS[1:], *_ROWS)),
        "\n".join(
            cell
            for row in (
                ["项目", "年初预算（万元）", "全年预算（万元）", "决算数（万元）", "执行率", "备注"],
                [*_ROWS[0], "含调资"],
                *_ROWS[1:],
            )
            for cell in row
        ),
    ],
)
def test_tables_of_amounts_in_lines(body: str) -> None:
    found = {q.value: q.name for q in _read(body).quantities if q.table}
    assert found["698.00"].startswith("合计年初预算")
    assert found["190.20"].startswith("项目支出决算数")
    assert found["98.25"] == "合计执行率"


def test_names_and_amounts_in_turn() -> None:
    body = "年初预算\n320.00\n调整后预算\n342.60\n支出决算\n338.20\n三公经费支出\n1.20"
    assert _money(_read(body, "金额单位：万元")) == ["320.00万元", "342.60万元", "338.20万元", "1.20万元"]


def test_tables_of_scores_are_none() -> None:
    body = "指标\n分值\n得分\n资金到位\n10.00\n9.50\n预算支出\n20.00\n19.00"
    assert _money(_read(body, "金额单位：万元")) == []


def test_amounts_that_make_a_hundred_are_no_scores() -> None:
    rows = (
        ("资金来源", "预算数（万元）", "支出数（万元）"),
        ("省级资金", "20.00", "19.20"),
        ("市级资金", "30.00", "29.00"),
        ("县级资金", "40.00", "39.10"),
        ("自筹资金", "10.00", "10.00"),
        ("合计", "100.00", "97.30"),
    )
    text = "某县供水站2023年度管网改造项目支出绩效自评报告\n一、项目资金\n"
    text += "\n".join(cell for row in rows for cell in row)
    text += "\n二、自评结论\n自评总分97.30分，等级为优。\n三、绩效情况\n管网改造完成，群众满意。\n"
    found = extract(read_data("自评.txt", text.encode()))
    assert not found.items
    assert "39.10万元" in _money(found)
