"""Leaves told a line each in cells that bear their labels, whatever parts the cells; bonuses honour by honour; scores behind what was kept within a bound."""

from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading.text import read_text

Row = tuple[str, str, str, str, str]  # name, points, score, target and result
ROWS: list[Row] = [
    ("预算执行率", "10", "9.7", "100%", "97%"),
    ("供水管网新建长度", "15", "15", "24公里", "24.6公里"),
    ("水质检测合格率", "15", "15", "≥98%", "99.1%"),
    ("24小时抢修到位率", "10", "9", "≥95%", "93.2%"),
    ("管护机制", "10", "10", "建立", "已建立"),
    ("单位供水成本", "10", "10", "≤1.20元", "1.18元"),
    ("受益人口", "15", "14.5", "12万人", "11.6万人"),
    ("用水户满意度", "15", "14.2", "≥90%", "89.4%"),
]
HEAD = """江桥县水务局2023年度部门整体支出绩效自评报告
一、部门概况
江桥县水务局下设5个股室。2023年预算1200.00万元，支出1164.00万元，执行率97.00%。
二、自评结论
自评得分97.4分，等级为“优”。
三、指标评分
"""
TAIL = """四、存在问题
（一）管网漏损仍偏高，抢修不够及时。
江桥县水务局
2024年3月5日
"""


def _hundred(points: str, score: str) -> str:
    return f"{Decimal(score) * 100 / Decimal(points):.1f}"


FORMS: dict[str, str] = {
    "commas": "（{i}）{n}，满分{p}，目标{t}，实绩{a}，得{s}",
    "semicolons": "{n}；权数：{p}；目标：{t}；实绩：{a}；自评：{s}",
    "blanks": "指标{i}：{n}  指标值{t}  完成{a}  分值{p}  得分{s}",
    "single blanks": "指标{i}：{n} 满分{p} 目标{t} 实际{a} 得分{s}",
    "points behind the name": "{n}（{p}分）  目标{t}  实绩{a}  得{s}",
    "brackets": "◇{n}  分值[{p}]  指标值[{t}]  完成值[{a}]  自评得分[{s}]",
    "dashes": "{i}.{n}——目标{t}——实绩{a}——满分{p}——得{s}",
    "levels, values without labels": "产出  {n}  {t}  {a}  配分{p}  自评{s}",
    "strokes": "{n} / 满分{p} / 实得{s} / 目标{t} / 实绩{a}",
    "codes": "C{i}　{n}　标准分：{p}分　计划{t}　完成{a}　实得分：{s}分",
    "converted": "{i}、{n}    权重{p}%    百分制{h}    折算{s}",
    "weighted": "{n}，权重{p}%，原始分{h}，加权分{s}",
}


def _rows(form: str) -> str:
    return "\n".join(
        FORMS[form].format(i=i, n=n, p=p, s=s, t=t, a=a, h=_hundred(p, s)) for i, (n, p, s, t, a) in enumerate(ROWS, 1)
    )


def _read(rows: str) -> Extraction:
    return extract(read_text("自评报告.txt", (HEAD + rows + "\n" + TAIL).encode()))


@pytest.mark.parametrize("form", FORMS)
def test_labelled_lines(form: str) -> None:
    found = _read(_rows(form))
    told = [(item.name, item.points, item.claimed) for item in found.items]
    assert told == [(name, Decimal(points), Decimal(score)) for name, points, score, *_ in ROWS]


def test_converted_scores_keep_their_hundred() -> None:
    found = _read(_rows("converted"))
    assert found.items[0].hundred == Decimal("97.0")


@pytest.mark.parametrize(
    "line",
    [
        "成本控制（8分）：实际142.50万元，控制在150.00万元以内，得8分。",
        "施工周期（8分）：完成用时85天，总体控制在90天以内，得8分。",
        "次品比例（8分）：实际0.8%，稳定在1%以下，得8分。",
    ],
)
def test_kept_within_a_bound(line: str) -> None:
    found = _read(f"（一）产出指标（20分）\n1.清淤长度（12分）：目标680米，完成684米，得12分。\n2.{line}")
    assert [item.claimed for item in found.items] == [Decimal(12), Decimal(8)]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("办法：省级表彰加1.5分，市级加1分。\n（一）获省厅表彰，加1.5分。\n（二）获市局通报表扬，加1分。", "2.5"),
        ("标准：国家级每项2分、省级每项1分。\n1.省局通报表扬，加1分。\n2.省妇联授予先进集体（加1分）。", "2"),
        ("①省住建厅2024年1月通报表扬，加1分。\n②省爱卫会授予先进单位，加1分。", "2"),
    ],
)
def test_bonus_by_honour(lines: str, whole: str) -> None:
    rows = "\n".join(f"{n}，分值{p}，得{c}" for n, p, c, *_ in ROWS)
    text = HEAD.replace("自评得分97.4分", f"基础分97.4分，加分{whole}分，自评总分{Decimal('97.4') + Decimal(whole)}分")
    found = extract(
        read_text("自评报告.txt", f"{text}{rows}\n四、加分情况\n{lines}\n五、存在问题\n管网漏损偏高。\n".encode())
    )
    assert [extra.claimed for extra in found.extras] == [Decimal(whole)]


def test_values_under_names_of_their_own_lines() -> None:
    rows = "\n".join(f"指标{i}　{n}\n　目标{t}，完成{a}，分值{p}，得分{s}" for i, (n, p, s, t, a) in enumerate(ROWS, 1))
    assert not [item.name for item in _read(rows).items if item.name.startswith("目标")]
