"""Layouts that no word of a header names are read where sums prove them; the row of funds and the total that a bonus makes."""

import zlib
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data
from hengji.reading.text import read_text
from tests.extracting import fresh_tables
from tests.extracting.manners import Group, tree
from tests.extracting.tables import FORMATS, Rows, html_of, row_of
from tests.extracting.test_table_forms import read_leaves, wanted

_BEFORE = (
    "某某县服务中心2024年度部门整体支出绩效自评报告\n一、部门基本情况\n中心内设3个股室，年末实有42名。\n二、自评结论\n"
)
_END = "四、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。"


def _trees(form: str) -> tuple[tuple[Group, ...], ...]:
    return tree(zlib.crc32(form.encode()) % 1000), tree(23)


@pytest.mark.parametrize("file", ["自评.html", "自评.txt"])
@pytest.mark.parametrize("layout", fresh_tables.LAYOUTS)
def test_tables_that_only_sums_tell(layout: str, file: str) -> None:
    for groups in _trees(layout):
        assert read_leaves(file, FORMATS[file](fresh_tables.LAYOUTS[layout](groups))) == wanted(groups)


@pytest.mark.parametrize("form", fresh_tables.LINES)
def test_lines_that_only_sums_tell(form: str) -> None:
    for groups in _trees(form):
        told = sum((Decimal(x.claim) for x in fresh_tables.leaves(groups)), Decimal(0))
        body = "\n".join(fresh_tables.LINES[form](groups))
        report = f"{_BEFORE}自评得分{told}分。\n三、绩效指标分析\n{body}\n{_END}\n"
        assert read_leaves("自评.txt", report.encode()) == wanted(groups)


@pytest.mark.parametrize(
    "marks",
    [
        ("style='display:table'", "style='display:table-row'", "style='display: table-cell;color:red'"),
        ("role='table'", "role='row'", "role='cell'"),
    ],
)
def test_tables_drawn_by_other_elements(marks: tuple[str, str, str]) -> None:
    groups = tree(7)
    page = html_of(_BEFORE, "三、绩效指标分析").decode()
    page = page.replace("</body>", fresh_tables.drawn(groups, *marks) + "</body>")
    assert read_leaves("自评.html", page.encode()) == wanted(groups)


_LEAVES = (("培训场次", "30", "29"), ("质量达标率", "20", "20"), ("服务企业数量", "20", "19"), ("办件及时率", "10", "10"), ("群众满意度", "10", "10"))  # fmt: skip
_FUNDS: dict[str, Rows] = {
    "no points": [row_of("资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"), row_of("年度资金总额", "80.00", "90.00", "87.30", "97.00%", "9.7"), row_of("其中：基本支出", "40.00", "40.00", "39.00", "—", "—")],
    "full in the header": [row_of("资金来源", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分（满分10分）"), row_of("年度资金总额：", "80.00", "90.00", "87.30", "97.00%", "9.7"), row_of("财政拨款", "40.00", "40.00", "39.00", "97.50%", "—")],
    "bare in the header": [row_of("项目", "年初预算", "全年预算", "全年执行", "执行率", "得分（10）"), row_of("资金合计", "80.00", "90.00", "87.30", "97.00%", "9.7")],
}  # fmt: skip


def _execution(found: Extraction) -> tuple[Decimal | None, Decimal | None]:
    return next((i.points, i.claimed) for i in found.items if i.name == "预算执行率")


@pytest.mark.parametrize("form", _FUNDS)
def test_the_row_of_funds_is_budget_execution(form: str) -> None:
    rows = [row_of("三级指标", "分值", "得分"), *(row_of(*leaf) for leaf in _LEAVES), row_of("总分", "100", "97.7")]
    found = extract(read_data("自评.html", html_of(_BEFORE + "自评得分97.7分。", _FUNDS[form], "绩效指标", rows, _END)))
    assert _execution(found) == (Decimal(10), Decimal("9.7"))


def test_rows_of_money_keep_the_empty_cells_at_their_end() -> None:
    lines = (
        "项目 | 年初预算数（万元） | 全年预算数（万元） | 全年执行数（万元） | 分值 | 执行率 | 得分",
        "年度资金总额 | 80.30 | 80.30 | 80.30 | 10 | 100.00% | 10",
        "其中：基本支出 | 40.20 | 40.20 | 41.70 | | | ",
        "项目支出 | 40.10 | 40.10 | 38.60 | | | ",
        "三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        *(f"{n} | 100% | 100% | {p} | {c}" for n, p, c in _LEAVES),
    )
    report = _BEFORE + "自评得分98分。\n" + "\n".join(lines) + "\n" + _END
    found = extract(read_text("自评.txt", report.encode()))
    assert {"41.70", "38.60"} <= {q.value for q in found.quantities}
    assert _execution(found) == (Decimal(10), Decimal(10))


def test_a_level_alone_stands_beside_the_name() -> None:
    head = ("一级指标", "二级指标", "三级指标", "分值", "得分")
    rows = (
        "产出指标（60分）\n数量指标\n培训场次\n30\n29",
        "质量指标\n质量达标率\n20\n20",
        "时效指标\n办件及时率\n10\n10",
        "效益指标（40分）\n社会效益指标\n服务企业数量\n20\n19",
        "群众满意度\n20\n20",
    )
    report = _BEFORE + "自评得分98分。\n" + "\n".join((*head, *rows)) + "\n总分\n100\n98\n" + _END
    items = extract(read_text("自评.txt", report.encode())).items
    assert [i.path[0].split("（")[0] for i in items] == ["产出指标"] * 3 + ["效益指标"] * 2


@pytest.mark.parametrize(
    ("said", "base", "whole"),
    [
        ("基础分自评96.8分，加分1.5分，合计98.3分，等级为优。", "96.8", "98.3"),
        ("基础评分96.8分，奖励加分1.5分，合计得98.3分。", "96.8", "98.3"),
        ("基本分自评得分96.8分，加分项自评得1.5分，加分后98.3分。", "96.8", "98.3"),
        ("自评96.8分，加分1.5分，合计98.3分，等级为优。", "96.8", "98.3"),
        ("自评得分96.8分，扣3.2分，满分100分。", None, "96.8"),
    ],
)
def test_a_base_and_a_bonus_make_the_total(said: str, base: str | None, whole: str) -> None:
    totals = extract(read_text("自评.txt", f"{_BEFORE}{said}\n{_END}".encode())).totals
    assert (totals.base and totals.base.value, totals.claimed and totals.claimed.value) == (base, whole)


@pytest.mark.parametrize("below", ["上表单位为万元。", "注：本表金额单位为万元。", "（表中金额以万元为单位）"])
def test_the_unit_of_a_table_may_stand_below_it(below: str) -> None:
    rows = [row_of("项目", "年初预算", "追加", "余额"), row_of("人员经费", "498.60", "9.60", "1.46")]
    found = extract(read_data("自评.html", html_of(_BEFORE, rows, below, _END)))
    assert {("9.60", "万元"), ("1.46", "万元")} <= {(q.value, q.unit) for q in found.quantities}


def test_a_column_of_units_tells_what_its_rows_are_counted_in() -> None:
    text = "2023年基础数据\n指标\t2022年\t2023年\t单位\t说明\n馆藏档案\t11.60\t12.86\t万卷\t净增\n在职人员\t30\t31\t人\t见名册\n全年支出\t401.20\t436.20\t万元\t见决算\n"
    found = extract(read_text("报告.txt", f"清河县档案馆2023年度部门整体支出绩效自评报告\n{text}".encode()))
    told = {(q.value, q.unit) for q in found.quantities}
    assert {("12.86", "万卷"), ("11.60", "万卷"), ("31", "人"), ("436.20", "万元")} <= told


def test_a_row_is_named_before_its_points_and_its_rule() -> None:
    text = "一级指标\t分值\t三级指标\t分值\t评分标准\t年度目标值\t实际完成值\t自评得分\n产出\t45\t高标准农田建设面积\t8\t完成率×8分\t2.00万亩\t1.85万亩\t7.4\n"
    found = extract(read_text("报告.txt", f"清河县农业局2023年度部门整体支出绩效自评报告\n{text}".encode()))
    assert [q.name for q in found.quantities if q.value == "1.85"] == ["高标准农田建设面积实际完成值"]


def test_an_amount_behind_a_colon_and_a_factor_are_no_scores() -> None:
    text = (
        "清河县水务局2023年度部门整体支出绩效自评报告\n二、指标得分\n（一）管理效率（13分，得11.76分）\n"
        "1.预算执行率（8分）：4,966.40万元与5,120.00万元之比为97.00%，按8分乘97.00%计7.76分。\n"
        "2.采购执行率（3分，自评得分2.87分）。执行率95.78%，按“3分×执行率”得2.87分。\n"
        "3.设备更新（2分）：目标4台，完成3台，按2分乘3再除以4计1.5分。\n"
    )
    found = extract(read_text("自评.txt", text.encode()))
    assert [(i.name, str(i.points), str(i.claimed)) for i in found.items] == [
        ("预算执行率", "8", "7.76"),
        ("采购执行率", "3", "2.87"),
        ("设备更新", "2", "1.5"),
    ]
