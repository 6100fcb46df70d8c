"""One row of a table of scores, with its rule and its facts, in many wordings; and groups, losses and lists around such a table."""

from decimal import Decimal

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """清河县工业局2024年度部门整体支出绩效自评报告
一、部门概况
清河县工业局负责全县工业运行，内设5个股室。
二、自评结论
自评得分{total}分，等级为“优”。{said}
附件 2024年度部门整体支出绩效自评表
一级指标\t三级指标\t分值\t评分标准\t自评得分\t得分说明
过程\t{row}
产出\t重点工作\t{rest}\t酌情评定\t{rest}\t见台账
合计\t\t100\t\t{total}\t
"""


def _codes(text: str) -> set[str]:
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


def _scored(row: str, said: str = "") -> set[str]:
    """The codes found in a report with a row 「name | points | rule | score | facts」."""
    cells = [cell.strip() for cell in row.split("|")]
    rest = 100 - Decimal(cells[1])
    return _codes(_REPORT.format(row="\t".join(cells), rest=rest, total=rest + Decimal(cells[3]), said=said))


_CHANGE = "三公经费变动率 | 3 | 变动率≤0得满分，每增1个百分点扣0.3分 | 3 |"
_STEPS = "采购执行率 | 10 | 95%及以上得满分；90%（含）至95%得分值的80%；低于90%不得分"


@pytest.mark.parametrize(
    "row",
    [
        f"{_CHANGE} 2024年预算9.80万元，2023年10.50万元，变动率-6.67%",  # a sign right behind the rate's name
        f"{_CHANGE} 增幅-6.67%",
        f"{_CHANGE} 预算比上年减少0.70万元，变动率6.67%",  # a sign told in words
        "补贴兑付及时性 | 4 | 每超期1批扣1分 | 3 | 共兑付6批，其中第4批因账户信息退回超期12个工作日，扣1分",  # an ordinal
        "台账检查 | 4 | 每缺1本扣1分 | 3 | 抽查第12本台账缺页，扣1分",
        "支出标准执行 | 4 | 超标准一项扣1分 | 4 | 会议费、培训费、差旅费三项按省定标准，抽查91笔未见超标",
        "活动场次 | 5 | 每少1场扣1分 | 5 | 举办少儿活动12场、青少年科普8场",  # names that hold 少, 差
        "资产管理 | 4 | 账实相符2分、利用率≥90%计2分 | 4 | 账实一致，利用率92.00%",  # a rule of two parts
        "资产管理 | 5 | 利用率≥90%计2分，处置规范计3分 | 5 | 利用率92.00%，处置均经批复",
        "机构达标 | 8 | 每1家不达标扣0.5分 | 7.5 | 20家机构达标19家",
        "工单办结 | 8 | 每1件未按期办结扣1分 | 8 | 受理20件，按期办结18件，其余2件未到期",
        f"{_STEPS} | 8 | 执行率92.50%",
        "办结率 | 8 | 办结数除以交办数乘以分值 | 7.5 | 交办重点工作16项，办结15项",
    ],
)
def test_a_score_by_its_rule_stays_quiet(row: str) -> None:
    assert "R06" not in _scored(row)


@pytest.mark.parametrize(
    "row",
    [
        f"{_CHANGE} 2024年预算11.20万元，2023年10.50万元，变动率6.67%",
        "补贴兑付及时性 | 4 | 每超期1批扣1分 | 3 | 共兑付6批，其中4批超期12个工作日",
        "资产利用率 | 4 | ≥95%计4分，≥90%计2分 | 4 | 利用率92.00%",
        "机构达标 | 8 | 每1家不达标扣0.5分 | 8 | 20家机构达标19家",
        "机构达标 | 8 | 每1家不达标扣0.5分 | 7 | 20家机构达标19家",
        "产品抽检 | 8 | 每1批不合格扣1分 | 8 | 抽检20批，合格18批",
        "工单办结 | 8 | 每1件未按期办结扣1分 | 8 | 受理20件，按期办结18件",
        f"{_STEPS} | 10 | 执行率92.50%",
        f"{_STEPS} | 9 | 执行率92.50%",
        "采购执行率 | 10 | ≥95%得100%分值，90%-95%得80%的分值，低于90%不得分 | 10 | 执行率92.50%",
        "办结率 | 8 | 办结数除以交办数乘以分值 | 8 | 交办重点工作16项，办结15项",
        "信访办结 | 8 | 得分=按期办结件数/受理件数×8 | 8 | 受理160件，按期办结150件",
        "检验覆盖 | 8 | 实检台数与应检台数之比乘以分值 | 8 | 应检160台，实检150台",
    ],
)
def test_a_score_against_its_rule_is_found(row: str) -> None:
    assert "R06" in _scored(row)


_TARGETS = """清河县民政局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分100分，等级为“优”。
三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因
{row}
养老床位\t≥900张\t920张\t90\t90\t无
合计\t\t\t100\t100\t
"""


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("资金拨付及时率\t100%\t91.67%\t10\t10\t无", True),  # a rate of what was in time: more is better
        ("平均办理时限\t10个工作日\t8个工作日\t10\t10\t无", False),
        ("特困供养人数\t1260人\t1248人\t10\t10\t无", True),
        ("特困供养人数\t1260人\t1248人\t10\t10\t12人自然减员，按名册动态核减", False),
        ("特困供养人数\t1260人\t1248人\t10\t10\t12人迁出，不属未完成", False),
    ],
)
def test_a_target_is_missed_or_said_not_to_be(row: str, wrong: bool) -> None:
    assert ("R06" in _codes(_TARGETS.format(row=row))) == wrong


_LOST = """清河县工业局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分97.5分，等级为“优”。
{said}
一级指标\t三级指标\t分值\t自评得分\t得分说明
过程\t预算执行率\t20\t19\t执行率95.00%
过程\t采购执行率\t20\t19\t执行率95.00%
产出\t技改项目\t60\t59.5\t完成12个
合计\t\t100\t97.5\t
"""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("项目执行偏慢，预算执行率和采购执行率两项指标共扣2分。", False),
        ("预算执行率、采购执行率合计扣2分。", False),
        ("三项指标共扣2分。", True),
        ("各项指标共扣2分。", True),
    ],
)
def test_what_some_leaves_lost_is_not_all_that_was_lost(said: str, wrong: bool) -> None:
    assert ("R03" in _codes(_LOST.format(said=said))) == wrong


_HEADS = """清河县工业局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分{total}分，等级为“优”。
指标及分值\t评分办法\t自评分\t得分说明
一、部门管理（40分）\t\t40\t
预算执行率（20分）\t执行率×20\t20\t执行率100%
资产管理（20分）\t账实相符得满分\t20\t盘点320件，账实相符
二、履职产出（35分）\t\t{made}\t
技改项目（20分）\t完成计划得满分\t20\t计划12个，完成12个
企业培训（{last}分）\t完成计划得满分\t{got}\t计划300人，培训320人
三、履职效果（25分）\t\t25\t
企业满意度（25分）\t不低于90%得满分\t25\t回访200户，满意190户
总分（100分）\t\t{total}\t
"""


def test_the_points_of_rows_under_a_heading_row_make_its_own() -> None:
    assert not {"R01", "R03"} & _codes(_HEADS.format(total=100, made=35, last=15, got=15))
    found = audit(extract(read_text("报告.txt", _HEADS.format(total=99, made=34, last=16, got=14).encode()))).findings
    assert ["履职产出" in finding.message for finding in found if finding.code == "R01"] == [True]


_ONE_A_LINE = """清河县2024年度部门整体支出绩效自评表
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|备注
产出指标（60分）|数量指标|技改项目|≥12个|12个|20|20|无
企业培训|≥300人|320人|10|10|无
质量指标|验收合格率|≥95%|98%|20|20|无
时效指标|按期完工率|≥95%|96%|10|10|无
效益指标（40分）|社会效益指标|新增就业|≥200人|210人|20|20|无
可持续影响指标|企业存续率|≥90%|92%|20|20|无
总分|100|100
"""


def test_cells_one_a_line_leave_out_the_outer_level_first() -> None:
    text = _ONE_A_LINE.replace("|", "\n")
    items = extract(read_text("报告.txt", text.encode())).items
    assert {item.path for item in items} >= {("产出指标", "质量指标"), ("效益指标", "可持续影响指标")}
    assert "R01" not in _codes(text)


_LEVELS = """清河县工业局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分100分，等级为“优”。
二、绩效分析
（一）过程管理（40分，得40分）
{said}
（二）产出效果（60分，得60分）
全年完成技改项目12个。
附表 自评表
一级指标\t二级指标\t三级指标\t分值\t自评得分
过程管理\t预算\t预算执行率\t10\t10
过程管理\t预算\t采购管理\t10\t10
过程管理\t资产和公开\t资产管理\t10\t10
过程管理\t资产和公开\t信息公开\t10\t10
产出效果\t产出\t技改项目\t60\t60
合计\t\t\t100\t100
"""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("从预算执行、采购管理、资产管理三方面进行考核。", True),
        ("过程管理40分，从预算执行、采购管理和资产管理三个方面进行考核，得40分。", True),
        ("从预算执行、采购管理、资产管理、信息公开四方面进行考核。", False),
        ("从预算执行、采购管理、资产管理和信息公开四个方面进行考核。", False),
        ("从组织领导、制度执行、结果运用三方面进行考核。", False),  # of something else
    ],
)
def test_a_list_counts_the_leaves_of_a_level_in_a_table(said: str, wrong: bool) -> None:
    assert ("R05" in _codes(_LEVELS.format(said=said))) == wrong


_MOVED = """清河县工业局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分98.62分，等级为“优”。
二、绩效分析
{said}
一级指标\t三级指标\t分值\t指标值\t完成值\t自评得分
过程\t预算执行率\t6\t100%\t98.62%\t8.62
过程\t采购执行率\t4\t—\t不考核\t—
产出\t技改项目\t90\t12个\t12个\t90
合计\t\t100\t\t\t98.62
"""


def test_points_that_the_text_moves_to_a_row_are_its_own() -> None:
    said = "本年未安排采购，采购执行率不考核，其4分并入预算执行率，该项按10分计，得8.62分。"
    assert not {"R02", "R06"} & _codes(_MOVED.format(said=said))
    assert "R02" in _codes(_MOVED.format(said="采购执行率不考核。"))


@pytest.mark.parametrize(
    "said",
    ["基础分自评96.8分，加分1.5分，合计98.3分，等级为优。", "基础分自评得分96.8分，加分1.5分，合计98.3分，等级为优。"],
)
def test_a_base_is_told_with_its_verb(said: str) -> None:
    totals = extract(read_text("报告.txt", f"清河县工业局2024年度绩效自评报告\n一、自评结论\n{said}".encode())).totals
    assert totals.base is not None
    assert totals.base.value == "96.8"
    assert totals.claimed is not None
    assert totals.claimed.value == "98.3"


_FUNDS = """清河县2024年度部门整体支出绩效自评表
资金来源\t年初预算数\t全年预算数\t全年执行数\t执行率\t{header}
年度资金总额\t986.20\t1043.80\t1012.49\t97.00%\t9.7
一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t技改项目\t≥12个\t12个\t50\t50
效益指标\t新增就业\t≥200人\t210人\t40\t40
总分\t\t\t\t100\t99.7
"""


@pytest.mark.parametrize("header", ["得分", "得分（满分10分）", "得分（10分）"])
def test_execution_has_ten_points_where_its_score_is_that_of_ten(header: str) -> None:
    items = extract(read_text("报告.txt", _FUNDS.format(header=header).encode())).items
    assert (items[0].name, items[0].points, items[0].claimed) == ("预算执行率", Decimal(10), Decimal("9.7"))
