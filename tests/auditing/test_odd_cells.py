"""A column that misses its total: the finding points at the one cell its own row convicts, and at the total where none does."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text
from tests.auditing.test_properties import CLEAN

_BEFORE = "其中基本支出612.30万元，项目支出248.10万元。\n"

_WRONG = {
    "saved, from the two amounts before it": (
        "类别 采购预算 实际采购 执行率 节约金额|货物 26.20 24.98 95.34% 1.22|工程 29.00 27.40 94.48% 1.90|服务 14.80 14.30 96.62% 0.50|合计 70.00 66.68 95.26% 3.32",
        "1.90",
    ),
    "share of the total": (
        "科目 支出 占比|行政运行 386.20 61.33%|养老保险 96.80 15.37%|医疗 64.50 10.24%|住房公积金 28.20 13.05%|合计 629.70 100.00%",
        "28.20",
    ),
    "a part of the row's whole": (
        "季度 清运量 焚烧 厨余|一季度 12864 11682 1182|二季度 13528 12235 1293|三季度 14139 12846 1347|四季度 13215 11978 1237|全年 53800 48741 5059",
        "14139",
    ),
    "closing from opening, in and out": (
        "类别 年初数 增加 减少 年末数|房屋 412.00 0.00 0.00 412.00|设备 186.40 32.50 12.30 206.60|车辆 96.00 18.00 24.00 96.00|家具 42.60 5.10 1.20 46.50|合计 737.00 55.60 37.50 755.10",
        "96.00",
    ),
    "staff in post and vacant posts": (
        "单位 核定数 在册数 空缺数|机关 18 16 2|大队 24 21 3|中心 36 33 8|所 12 11 1|合计 90 81 9",
        "8",
    ),
    "rate of the budget beside it": (
        "项目 预算数 决算数 执行率|渠道 420.00 386.40 92.00%|泵站 210.00 201.60 96.00%|水质 86.00 48.20 98.00%|监测 64.00 60.80 95.00%|合计 780.00 733.08 93.98%",
        "48.20",
    ),
    "two money sources and the whole of each row": (
        "项目 中央 省级 合计|渠道 420.00 120.00 540.00|泵站 210.00 66.00 267.00|水质 86.00 30.00 116.00|总计 716.00 216.00 932.00",
        "267.00",
    ),
}
_TOTAL = {
    "no other column": ("单位 人数 备注|机关 318 无|大队 324 无|中心 336 无|所 312 无|合计 1299 无", "1299"),
    "the total's own rate": (
        "项目 预算数 决算数 执行率|渠道 420.00 386.40 92.00%|泵站 210.00 201.60 96.00%|水质 86.00 84.28 98.00%|监测 64.00 60.80 95.00%|合计 780.00 738.03 94.62%",
        "738.03",
    ),
    "shares all of the parts' own sum": (
        "科目 支出 占比|行政运行 386.20 60.00%|养老保险 96.80 15.04%|医疗 64.50 10.02%|住房公积金 96.20 14.94%|合计 643.07 100.00%",
        "643.07",
    ),
}


def _quotes(table: str) -> list[tuple[str, str]]:
    lines = "\n".join(line.replace(" ", "\t") for line in table.split("|"))
    assert CLEAN.count(_BEFORE) == 1
    text = CLEAN.replace(_BEFORE, f"{_BEFORE}附表\n{lines}\n")
    found = extract(read_text("报告.txt", text.encode()))
    return [
        (finding.code, found.document.text[finding.start : finding.end])
        for finding in audit(found).findings
        if finding.start is not None
    ]


@pytest.mark.parametrize(("table", "cell"), [*_WRONG.values(), *_TOTAL.values()], ids=[*_WRONG, *_TOTAL])
def test_points_at_the_cell_that_is_wrong(table: str, cell: str) -> None:
    quotes = [quote for code, quote in _quotes(table) if code == "R07"]
    assert quotes == [cell]
