"""A loss without a cause among losses that have theirs, and a problem left out where measures answer one by one."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """林丰县粮食和物资储备局2024年度部门整体支出绩效自评报告
一、部门概况
林丰县粮食和物资储备局负责全县粮食收储，内设5个股室。
二、主要绩效
（一）收储。收购稻谷2,480吨，完成轮换1,600吨。
三、自评结论
自评得分92.5分，等级为“优”。
{problems}
附件 2024年度部门整体支出绩效自评表
一级指标\t三级指标\t分值\t自评得分\t扣分原因及得分依据
过程\t预算执行率\t20\t18.5\t执行率92.50%，按比例计分
过程\t{name}\t20\t18\t{told}
产出\t仓房维修完成率\t30\t27\t10栋仓房中1栋因雨季推迟，未完工
产出\t储备粮轮换\t20\t20\t轮换1,600吨，与计划一致
效益\t应急供应网点覆盖\t10\t9\t应设20个，实设18个，少2个
合计\t\t100\t92.5\t
"""
_PROBLEMS = """四、存在问题
1.预算执行进度偏慢。四季度支付集中。
2.仓房维修推迟，网点少2个。
五、改进措施
1.财务股2025年起按月通报支付进度，四季度支付不超过三成。
2.储备股2025年5月底前补完仓房维修，补设网点2个。"""


def _quotes(code: str, problems: str = _PROBLEMS, name: str = "资产管理规范性", told: str = "账实相符") -> list[str]:
    text = _REPORT.format(problems=problems, name=name, told=told)
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    return [finding.quote for finding in findings if finding.code == code]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("资产管理规范性", "2024年10月完成盘点，应盘312件，实盘312件"),
        ("管理制度健全性", "已制定收储、出入库等制度9项并印发执行"),
        ("采购管理规范性", "采购全部在平台进行，手续齐全"),
        ("信息公开及时性", "预算、决算均按时限公开，内容完整"),
    ],
)
def test_a_row_that_tells_only_what_was_done_well_has_no_cause(name: str, told: str) -> None:
    assert any(name in quote for quote in _quotes("R19", name=name, told=told))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("资产管理规范性", "2024年10月完成盘点，应盘312件，实盘308件"),
        ("采购管理规范性", "2笔采购事后补签合同，已整改"),
        ("信息公开及时性", "决算公开晚7天，内容完整"),
        ("资产管理规范性", "固定资产利用率96.10%，已全部贴签"),
    ],
)
def test_a_row_that_tells_what_was_missed_has_its_cause(name: str, told: str) -> None:

    assert not any(name in quote for quote in _quotes("R19", name=name, told=told))


_ASIDE = """四、存在的问题和{heading}
（一）存在的问题
1.预算执行进度偏慢。四季度支付集中。
2.仓房维修推迟。第8号仓因雨季停工。
3.{third}
（二）{heading}
1.财务股2025年起按月通报支付进度，四季度支付不超过三成。
2.仓储股2025年5月底前补完第8号仓房维修。
3.{measure}"""


@pytest.mark.parametrize("heading", ["整改情况", "改进措施", "下一步打算"])
def test_measures_under_a_heading_of_their_own_answer_the_problems_before_them(heading: str) -> None:
    told = _ASIDE.format(
        heading=heading,
        third="应急网点布局不均。山区乡镇少2个网点。",
        measure="物资股2025年6月底前在山区乡镇补设网点2个。",
    )
    assert not any(
        "网点布局" in quote or "仓房维修" in quote for quote in _quotes("R19", problems=told, told="1台叉车未贴签")
    )


_IN_ORDER = """四、存在问题
1.支付进度偏慢。稻谷收购贷款贴息集中在四季度支付。
2.第8号仓房维修推迟。雨季停工46天。
3.{third}
五、改进措施
1.财务股自2025年起按季度支付稻谷收购贷款贴息。
2.仓储股2025年5月底前补完第8号仓房维修，雨季前搭设防雨棚。{more}"""


@pytest.mark.parametrize(
    "third",
    [
        "保管员责任落实不到位。粮情检测记录有缺页。",
        "山区应急网点偏少。3个乡镇没有供应点。",
        "质检仪器老化。出具报告耗时长。",
    ],
)
def test_the_problem_behind_measures_in_order_is_left_out(third: str) -> None:
    said = _IN_ORDER.format(third=third, more="")
    assert any(third[:5] in quote for quote in _quotes("R19", problems=said, told="1台叉车未贴签"))


@pytest.mark.parametrize(
    ("third", "more"),
    [
        ("保管员责任落实不到位。粮情检测记录有缺页。", "并由保管员每周核对粮情检测记录。"),
        ("山区应急网点偏少。3个乡镇没有供应点。", "\n3.物资股2025年6月底前在3个乡镇增设供应点。"),
        ("质检仪器老化，出具报告耗时长，拟于2025年3月更换。", ""),
    ],
)
def test_a_problem_with_a_measure_is_not(third: str, more: str) -> None:
    said = _IN_ORDER.format(third=third, more=more)
    assert not any(third[:5] in quote for quote in _quotes("R19", problems=said, told="1台叉车未贴签"))


_OTHERS = _PROBLEMS.partition("五、改进措施")[0] + "五、其他需要说明的情况及相关建议\n佐证材料共7盒。{said}\n"


@pytest.mark.parametrize("said", ["无相关建议。", "暂无意见和建议。", "我局没有其他建议。"])
def test_no_suggestions_beside_other_matters_is_told(said: str) -> None:
    assert _quotes("R20", problems=_OTHERS.format(said=said))


@pytest.mark.parametrize(
    "said", ["建议提高山区网点运行补助标准。", "本年度无其他需要说明的情况。", "代表委员没有提出建议5件以外的意见。"]
)
def test_suggestions_beside_other_matters_are_not(said: str) -> None:
    assert not _quotes("R20", problems=_OTHERS.format(said=said))


_FULL = """林丰县粮食和物资储备局2024年度部门整体支出绩效自评报告
二、指标分析
（1）{name}（10分）。自评得分10分。{told}
（2）预算执行率（10分）。自评得分9.25分。执行率92.50%。
四、存在问题
1.{problem}
五、改进措施
1.财务股2025年6月底前按季度通报支付进度，并修订有关办法。
"""


def _held_against(name: str, told: str, problem: str) -> bool:
    text = _FULL.format(name=name, told=told, problem=problem)
    return any(
        f.code == "R18" and f.item == name for f in audit(extract(read_text("报告.txt", text.encode()))).findings
    )


@pytest.mark.parametrize(
    ("name", "told", "problem"),
    [
        ("绩效管理制度建设", "印发绩效管理办法，流程健全。", "产出指标设置与实际衔接不够。轮换数量没有考虑仓容。"),
        (
            "监控结果处置",
            "对监控发现的3个进度偏慢项目调减预算46.00万元，均在9月底前完成。",
            "部分项目进度偏慢，9月支出进度61.80%，未达到序时要求。",
        ),
        (
            "财务管理合规性",
            "县委巡察组开展常规巡察，未反馈截留、挤占、挪用问题。",
            "山区网点布局不均，少2个网点。",
        ),
        ("财务管理合规性", "县审计局未查出虚列支出、超标准开支情形。", "山区网点布局不均，少2个网点。"),
    ],
)
def test_full_marks_are_not_held_against_what_speaks_of_another_matter(name: str, told: str, problem: str) -> None:
    assert not _held_against(name, told, problem)


@pytest.mark.parametrize(
    ("name", "told", "problem"),
    [
        ("绩效管理制度建设", "印发绩效管理办法，流程健全。", "绩效管理制度不健全。监控办法一直没有修订。"),
        ("资产管理规范性", "资产账实相符，处置规范。", "资产管理不规范，2台烘干机未登记入账，账实不符。"),
        ("财务管理合规性", "各项支出合规，没有违规问题。", "县审计局指出挤占专项资金12.00万元，尚未归还。"),
    ],
)
def test_full_marks_are_held_against_the_same_matter(name: str, told: str, problem: str) -> None:
    assert _held_against(name, told, problem)


_ABSENT = """林丰县民政局2024年度部门整体支出绩效自评报告
二、指标分析
（1）专项资金分配（4分）。{why}，不参与评分，分值调整到预算执行率。
（2）预算执行率（10分）。自评得分9.25分。执行率92.50%。
三、其他说明
{fact}
"""


def _allotted(why: str, fact: str) -> bool:
    findings = audit(extract(read_text("报告.txt", _ABSENT.format(why=why, fact=fact).encode()))).findings
    return any(f.code == "R34" and "另一处写" in f.message for f in findings)


@pytest.mark.parametrize(
    ("why", "fact"),
    [
        ("因我局无管理分配的专项资金", "县级分配给16个乡镇的临时救助专项资金48.00万元，由我局提出方案并下达。"),
        ("本年度没有向下级分配的专项资金", "全年拨付给12个社区的惠民项目经费36.00万元。"),
        ("我局无转拨专款", "下达至各中心校的公用经费补助212.50万元。"),
    ],
)
def test_money_that_was_allotted_is_told_against_there_was_none(why: str, fact: str) -> None:
    assert _allotted(why, fact)


@pytest.mark.parametrize(
    ("why", "fact"),
    [
        ("因我局无管理分配的专项资金", "县财政局分配给我局的业务经费48.00万元已全部支付。"),
        ("我局无转拨专款", "征收防洪保安资金12.00万元上缴国库。"),
        ("没有向下级分配的专项资金", "上年分配到乡镇的补助由县财政局直接下达。"),
    ],
)
def test_money_of_its_own_is_not(why: str, fact: str) -> None:
    assert not _allotted(why, fact)


_ROWS = """林丰县粮食和物资储备局2024年度部门整体支出绩效自评报告
一、部门概况
林丰县粮食和物资储备局负责全县粮食收储，内设5个股室。
二、自评结论
自评得分{total}分，等级为“优”。
三、存在问题
1.预算执行进度偏慢。四季度支付集中。
四、改进措施
1.财务股2025年起按月通报支付进度，四季度支付不超过三成。
附件 2024年度部门整体支出绩效自评表
一级指标\t三级指标\t分值\t年度指标值\t实际完成值\t自评得分\t{heading}
过程\t预算执行率\t20\t100%\t92.50%\t18.5\t执行率92.50%，按比例计分
产出\t储备粮轮换\t30\t1,600吨\t1,600吨\t30\t轮换1,600吨
产出\t{name}\t30\t{target}\t{actual}\t{claimed}\t{told}
效益\t应急供应网点\t20\t20个\t20个\t20\t20个网点
合计\t\t100\t\t\t{total}\t
"""


def _row_findings(code: str, heading: str, row: tuple[str, str, str, str, str]) -> list[str]:
    name, target, actual, claimed, told = row
    total = f"{68.5 + float(claimed):g}"
    text = _ROWS.format(
        heading=heading, name=name, target=target, actual=actual, claimed=claimed, told=told, total=total
    )
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    return [finding.item for finding in findings if finding.code == code and finding.item == name]


@pytest.mark.parametrize(
    "row",
    [
        ("仓储信息准确率", "≥98%", "98.60%", "28", "复核8,500条，准确8,381条"),
        ("仓储信息准确率", "≥98", "98.60", "28", "复核8,500条"),
        ("公用经费控制率", "≤100%", "98.87%", "28", "支出122.30万元，预算123.70万元"),
        ("平均出库时长", "不超过3天", "2.4天", "29", "出库单126份"),
        ("仓房改造", "不少于6栋", "6栋", "27", "竣工验收单6份"),
        ("仓房按期交付率", "≥98%", "92.75%", "28.4", "—"),
    ],
)
def test_a_result_that_reaches_its_target_is_no_reason_for_a_loss(row: tuple[str, str, str, str, str]) -> None:
    assert _row_findings("R19", "扣分原因", row)


@pytest.mark.parametrize(
    "row",
    [
        ("仓储信息准确率", "≥98%", "97.60%", "28", "复核8,500条，准确8,296条"),
        ("公用经费控制率", "≤100%", "104.20%", "28", "支出128.90万元，预算123.70万元"),
        ("仓房改造", "不少于6栋", "6栋", "27", "1栋未按期完工，扣3分"),
    ],
)
def test_a_result_below_its_target_tells_its_loss(row: tuple[str, str, str, str, str]) -> None:
    assert not _row_findings("R19", "扣分原因", row)


@pytest.mark.parametrize("heading", ["计分说明", "得分依据", "自评情况", "评分理由"])
def test_praise_in_the_column_of_accounts_is_found(heading: str) -> None:
    row = ("财务管理合规性", "合规", "合规", "30", "严格执行财务制度，资金管理规范到位")
    assert _row_findings("R21", heading, row)


@pytest.mark.parametrize("told", ["抽查凭证240份，附件齐全", "《财务管理办法》执行到位", "合规得满分，每发现1处扣1分"])
def test_an_account_with_figures_papers_or_the_rule_is_none(told: str) -> None:
    assert not _row_findings("R21", "计分说明", ("财务管理合规性", "合规", "合规", "30", told))
