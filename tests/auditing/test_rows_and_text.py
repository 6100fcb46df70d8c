"""What rows of tables say against running text - people, targets, counts of none, units - and years, bodies and grades told beside them."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """石涧县{office}2023年度部门整体支出绩效自评报告
一、基本情况
石涧县{office}内设7个股室。{facts}
{staff}
二、绩效目标
年度目标：救助残疾儿童412人，适配辅助器具680件。{goals}
三、自评工作开展情况
2024年3月成立自评小组，逐项打分。{process}
四、自评结论
自评得分{total}分{grade}。
五、指标分析
一级指标\t三级指标\t分值\t年度目标值\t完成值\t评分标准\t得分\t说明
产出\t救助残疾儿童人数\t40\t{aim}\t415人\t完成得满分\t40\t台账
产出\t安全责任事故\t20\t0起\t{accidents}\t发生1起扣5分\t20\t工作日志
过程\t资金管理\t40\t规范\t{managed}\t每查出1处扣2分\t40\t{remark}
合计\t\t100\t\t\t\t100\t
六、存在问题
1.{problem}
七、改进措施
1.办公室2024年9月底前修订巡查制度，明确责任人。
"""
_STAFF = """人员情况表
人员类别\t编制数\t实有人数
事业编制\t186\t171
另：警务辅助人员\t—\t120
合计\t186\t171"""


def _found(code: str, **words: str) -> list[str]:
    usual = {
        "office": "残疾人联合会", "facts": "", "staff": "", "goals": "", "process": "", "total": "100", "grade": "，等级为优",
        "aim": "412人", "accidents": "0起", "managed": "全年检查未发现问题", "remark": "检查记录4份", "problem": "巡查制度不细，个别台账缺页。",
    }  # fmt: skip
    text = _REPORT.format(**(usual | words))
    return [f.quote for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == code]


def test_people_of_a_row_told_otherwise_are_found() -> None:
    told = "警务辅助人员132人，未超过核定员额。"
    assert any("132" in quote for quote in _found("R08", staff=_STAFF, problem=told))


@pytest.mark.parametrize(
    "told", ["警务辅助人员120人，未超员额。", "培训警务辅助人员132人次。", "上年警务辅助人员132人。"]
)
def test_other_people_are_not(told: str) -> None:
    assert not _found("R08", staff=_STAFF, problem=told)


def test_a_target_of_a_row_against_the_goals_is_found() -> None:
    assert any("421" in quote for quote in _found("R08", aim="421人"))


@pytest.mark.parametrize("words", [{}, {"aim": "≥300人"}])
def test_the_same_target_or_one_far_away_is_not(words: dict[str, str]) -> None:
    assert not _found("R08", **words)


def test_none_of_something_that_the_problems_count_is_found() -> None:
    assert _found("R18", problem="操作台老化，10月发生1起烫伤，已追究责任。")


@pytest.mark.parametrize("problem", ["操作台老化，存在隐患。", "上年曾发生1起烫伤，本年已更换操作台。"])
def test_none_that_was_none_is_not(problem: str) -> None:
    assert not _found("R18", problem=problem)


@pytest.mark.parametrize(
    "process",
    [
        "自评报告经县水利局党组会议审定后上报。",
        "县林业和草原局党组对自评结果进行了集体审议。",
        "初评结果经县妇联党组会审定。",
    ],
)
def test_the_party_group_of_another_body_is_found(process: str) -> None:
    assert _found("R41", process=process)


@pytest.mark.parametrize(
    "process", ["自评报告经县残联党组会议审定后上报。", "将自评结果报局党组研究。", "自评结果报县委审定。"]
)
def test_ones_own_or_one_above_is_not(process: str) -> None:
    assert not _found("R41", process=process)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"facts": "截至2022年12月31日，人员情况如表1。"}, True),
        ({"facts": "截至2023年12月31日，人员情况如表1。"}, False),
        ({"managed": "2024年汛期出动机械76台班，抢通水毁14处"}, True),
        ({"managed": "2023年汛期出动机械76台班，抢通水毁14处"}, False),
        ({"problem": "水毁较多，2024年汛期前拟储备机械20台。"}, False),
        ({"remark": "2021年决算公开及时完整"}, True),
        ({"remark": "2022年决算公开及时完整"}, False),
        ({"facts": "2022年末在册儿童348人。2023年因两村合并新增64人，年末412人。"}, False),
    ],
)
def test_matters_of_another_year(words: dict[str, str], found: bool) -> None:
    assert bool(_found("R13", **words)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"grade": "，等级为“良”"}, True),
        ({"grade": "，等级为“优”"}, False),
        ({"grade": "，等级为“良”（95分以下为良，95分及以上为优）", "total": "100"}, True),
        ({"grade": "，等级为“良”，等次标准见县财政局办法"}, False),
    ],
)
def test_a_grade_without_a_scale_is_held_against_the_usual_one(words: dict[str, str], found: bool) -> None:
    assert bool(_found("R03", **words)) == found


_MONEY = """表2 支出情况（单位：{unit}）
项目\t年初预算\t调整预算\t支出
人员经费\t163.20\t168.35\t168.35
公用经费\t15.20\t15.20\t14.62
专项支出\t90.00\t102.00\t98.73
合计\t268.40\t285.55\t281.70"""
_SPENT = "年初预算268.40万元，调整预算285.55万元，支出281.70万元，其中公用经费14.62万元、预算15.20万元。"


def test_a_table_in_yuan_of_what_the_text_has_in_ten_thousands_is_told_once() -> None:
    assert _found("R12", staff=_MONEY.format(unit="元"), facts=_SPENT) == ["单位：元"]
    assert not _found("R12", staff=_MONEY.format(unit="万元"), facts=_SPENT)


_PUBLIC = """“三公”经费情况（单位：万元）
项目\t预算\t决算
公务用车运行维护\t7.00\t6.84
公务接待费\t9.00\t{spent}
合计\t16.00\t{whole}"""


@pytest.mark.parametrize(("spent", "whole", "found"), [("10.36", "17.20", True), ("8.36", "15.20", False)])
def test_what_is_said_of_the_three_public_lines_against_their_table(spent: str, whole: str, found: bool) -> None:
    told = "严格审批，“三公”支出控制在年初预算之内"
    quotes = _found("R15", staff=_PUBLIC.format(spent=spent, whole=whole), managed=told)
    assert [told in quote for quote in quotes] == ([True] if found else [])


@pytest.mark.parametrize(("sum_", "found"), [("13.06", True), ("11.06", False)])
def test_a_sum_of_the_year_beyond_the_budget_of_its_sentence(sum_: str, found: bool) -> None:
    told = f"“三公”经费年初预算12.00万元，全年公务用车运行维护费{float(sum_) - 1.86:.2f}万元、公务接待费1.86万元，合计{sum_}万元，控制在预算以内。"
    assert bool(_found("R15", facts=told)) == found


_BOUGHT = """政府采购情况（单位：万元）
采购类别\t采购预算\t实际采购
货物\t120.00\t{goods}
工程\t260.00\t241.40
合计\t380.00\t370.00
两类采购均按批准的预算实施，没有超预算采购的情形。"""


@pytest.mark.parametrize(("goods", "found"), [("128.60", True), ("118.60", False)])
def test_no_purchase_beyond_its_budget_against_a_kind_that_is(goods: str, found: bool) -> None:
    quotes = _found("R16", staff=_BOUGHT.format(goods=goods))
    assert any("没有超预算采购" in quote for quote in quotes) == found


_ROWS = """石涧县供水中心2023年度部门整体支出绩效自评报告
二、自评结论
自评得分100分，等级为优。
三、评分表
{above}
三级指标\t分值\t衡量标准\t批复目标\t工作实绩\t得分\t减分理由
{row}
服务管理\t80\t不投诉得满分\t0件\t0件\t80\t
合计\t100\t\t\t\t100\t
"""


@pytest.mark.parametrize(
    ("row", "code", "found"),
    [
        ("供水量 | 20 | 完成得满分 | 年949万吨 | 年966.2吨 | 20 | ", "R12", True),
        ("供水量 | 20 | 完成得满分 | 年949万吨 | 年966.2万吨 | 20 | ", "R12", False),
        ("单页成本 | 20 | 不超过得满分 | ≤0.42元 | 0.39万元 | 20 | ", "R06", False),
        (
            "采购执行 | 20 | 达到95%得满分 | 货物300.00万元、服务60.00万元 | 货物228.40万元、工程66.80万元 | 20 | ",
            "R16",
            True,
        ),
        (
            "采购执行 | 20 | 达到95%得满分 | 货物300.00万元、工程70.00万元 | 货物228.40万元、工程66.80万元 | 20 | ",
            "R16",
            False,
        ),
    ],
)
def test_a_row_against_what_was_approved(row: str, code: str, found: bool) -> None:
    text = _ROWS.format(row=row.replace(" | ", "\t"), above="")
    assert any(f.code == code for f in audit(extract(read_text("报告.txt", text.encode()))).findings) == found


@pytest.mark.parametrize(("year", "found"), [("2022", True), ("2023", False)])
def test_the_year_in_a_line_below_the_name_of_a_form(year: str, found: bool) -> None:
    text = _ROWS.format(
        row="供水量\t20\t完成得满分\t949万吨\t966.2万吨\t20\t", above=f"部门整体支出绩效自评表\n（{year}年度）"
    )
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    assert any(f.code == "R13" and year in (f.quote or "") for f in findings) == found


def test_days_left_as_crosses_are_found() -> None:
    assert _found("R41", process="自评小组于2024年X月X日召开会议。")


@pytest.mark.parametrize(
    ("told", "code", "found"),
    [
        ("机扫率少完成3.2个百分点，南片道路改造围挡。", "R08", True),
        ("机扫率少完成2.3个百分点，南片道路改造围挡。", "R08", False),
        ("机扫率比上年低3.2个百分点。", "R08", False),
        ("改造项目于2022年9月12日完成竣工验收。", "R13", True),
        ("改造项目于2023年9月12日完成竣工验收。", "R13", False),
        ("改造项目于2022年9月18日立项。", "R13", False),
    ],
)
def test_what_the_text_tells_of_a_rows_gap_and_day(told: str, code: str, found: bool) -> None:
    rows = "主城区机扫率\t10\t完成率×分值\t92%\t89.7%\t9.75\t\n改造完成时间\t10\t按期得满分\t9月底前\t9月12日\t10\t"
    text = _ROWS.replace("自评得分100分", "自评得分99.75分").replace("\t100\t\n", "\t99.75\t\n")
    text = text.format(row=rows, above="").replace("六、", "") + f"四、存在问题\n1.{told}\n"
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    assert any(f.code == code and f.quote and f.quote in told for f in findings) == found
