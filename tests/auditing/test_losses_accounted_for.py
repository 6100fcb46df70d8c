"""Losses that the problems account for one by one, reasons told elsewhere by name, measures without a deed, and tables behind the last chapter."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """石涧县交通运输局2024年度部门整体支出绩效自评报告
一、基本情况
石涧县交通运输局承担农村公路建设养护职责，内设7个股室。{facts}
二、自评结论
自评得分93.5分，等级为“优”。{why}
三、指标分析
（1）绩效指标明确性（20分，自评得分19.5分）。21个指标中“路域环境”未量化。
（2）服务站建设（20分，自评得分19分）。计划12个，建成11个，少1个。
（3）政府采购执行率（30分，自评得分25分）。{told}
（4）财务管理（30分，自评得分30分）。{finance}
{problems}
"""
_PROBLEMS = """四、存在问题
1.个别指标未量化。“路域环境”没有数值，影响指标明确性得分0.5分。
2.服务站选址把关不严。城南站产权不清，少建1个，影响得分1分。{more}
五、改进措施
1.规划股2025年8月底前补充“路域环境”指标的量化数值。
2.运输股2025年9月底前为城南服务站另选产权清晰的用房。{measure}"""
_TOLD = "采购预算120.00万元，实际采购143.20万元，实际超出预算，按规则计分。"


def _quotes(code: str, **words: str) -> list[str]:
    problems = words.pop("problems", _PROBLEMS)
    problems = problems.format(more=words.pop("more", ""), measure=words.pop("measure", ""))
    rest = {"facts": "", "why": "", "told": _TOLD, "finance": "抽查凭证310份，要素齐备310份。"} | words
    text = _REPORT.format(problems=problems, **rest)
    return [f.quote for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == code]


def test_the_largest_loss_left_out_of_an_account_of_losses_is_found() -> None:
    assert any("政府采购执行率" in quote for quote in _quotes("R19"))


@pytest.mark.parametrize(
    "more", ["\n3.采购需求论证不足，追加23.20万元，影响得分5分。", "\n3.政府采购超出预算23.20万元，需求论证不足。"]
)
def test_a_loss_that_is_told_there_is_not(more: str) -> None:
    measure = "\n3.办公室2025年3月底前制定采购需求论证办法。"
    assert not _quotes("R19", more=more, measure=measure)


def test_losses_without_points_in_the_problems_are_no_account() -> None:
    problems = _PROBLEMS.replace("，影响指标明确性得分0.5分", "").replace("，影响得分1分", "")
    assert not _quotes("R19", problems=problems)


_MORE = "\n3.采购需求论证不足，追加23.20万元，影响得分5分。"


@pytest.mark.parametrize(
    "measure",
    ["继续推进各项基础工作，不断提升精细化水平。", "坚持久久为功，推动交通事业高质量发展再谱新篇。"],
)
def test_a_measure_without_a_deed_among_dated_ones_is_found(measure: str) -> None:
    assert _quotes("R19", more=_MORE, measure=f"\n3.{measure}")


@pytest.mark.parametrize(
    "measure", ["采购专班逐项审核需求清单。", "由办公室参照近三次成交价编制计划。", "2025年实行采购需求会商。"]
)
def test_a_measure_with_a_doer_or_a_year_is_not(measure: str) -> None:
    assert not _quotes("R19", more=_MORE, measure=f"\n3.{measure}")


@pytest.mark.parametrize(
    "why", ["扣5分，原因是追加采购", "扣5分（因灾毁抢修追加采购）", "扣5分，主要原因为需求论证不足"]
)
def test_a_reason_told_elsewhere_by_name_is_one(why: str) -> None:
    problems = _PROBLEMS.replace("，影响指标明确性得分0.5分", "").replace("，影响得分1分", "")
    told = "采购按程序在平台进行。"
    assert _quotes("R19", problems=problems, told=told)
    assert not _quotes("R19", problems=problems, told=told, why=f"失分说明：政府采购执行率{why}。")


@pytest.mark.parametrize(
    "told",
    ["预决算均按要求在网上及时公开，内容完整。", "预算、决算及“三公”经费信息及时公开。", "绩效自评结果按规定公开。"],
)
def test_disclosure_claimed_by_a_leaf_of_a_wider_name_wants_its_day(told: str) -> None:
    assert _quotes("R36", finance=told)
    assert not _quotes("R36", finance=told, facts="部门预算2024年2月20日在县政府网站公开。")


@pytest.mark.parametrize("told", ["村务公开及时，抽查凭证120份。", "公开招聘2名，按要求完成。"])
def test_what_else_is_public_is_none(told: str) -> None:
    assert not _quotes("R36", finance=told)


_TABLE = """石涧县交通运输局2024年度部门整体支出绩效自评报告
一、基本情况
内设7个股室。全年预算2,480.00万元，支出2,480.00万元，预算执行率100%。
二、自评结论
自评得分100分。
三、{heading}
（一）主要经验。先普查后立项，1条村道未立项即退回。
（二）存在问题。养护里程少，由养护股2025年6月底前补足39公里。
四、有关建议
建议提高养护补助标准。
附件 自评表
三级指标\t分值\t自评得分\t评分说明
项目立项规范性\t50\t50\t6个项目均按程序立项
采购管理\t50\t50\t沥青采购预算260.00万元，合同价238.40万元，节约21.60万元{where}
合计\t100\t100\t
"""


@pytest.mark.parametrize(("where", "found"), [("", True), ("，用于石涧线安防工程", False), ("，由财政收回", False)])
def test_a_saving_in_a_table_behind_the_suggestions_is_of_the_year(where: str, found: bool) -> None:
    text = _TABLE.format(heading="主要经验、存在问题及原因", where=where)
    codes = [f.code for f in audit(extract(read_text("报告.txt", text.encode()))).findings]
    assert ("R42" in codes) == found
    assert "R18" not in codes  # what was done well stands in the chapter of problems, and is none


_SUMMED = """四、存在问题
1.采购需求论证不足。追加23.20万元，采购执行率扣5分。
2.指标和选址有短板。“路域环境”没有数值，城南站产权不清，合计扣1.5分。{more}
五、改进措施
1.办公室2025年3月底前制定采购需求论证办法，规划股6月底前补充数值，运输股9月底前另选用房。{measure}"""
_SMALL = "抽查凭证310份，要素齐备304份，齐备率98.06%。"


def _of_small_loss(more: str = "") -> list[str]:
    problems = _SUMMED.format(more=more, measure="")
    text = _REPORT.format(problems=problems, facts="", why="", told=_TOLD, finance=_SMALL)
    text = text.replace("财务管理（30分，自评得分30分）", "财务管理（30分，自评得分29.4分）").replace(
        "93.5分", "92.9分"
    )
    return [f.quote for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == "R19"]


def test_losses_told_as_one_sum_leave_out_a_small_one() -> None:
    assert any("财务管理" in quote for quote in _of_small_loss())


@pytest.mark.parametrize(
    "more",
    ["\n3.凭证齐备率只有98.06%，报销审核不够细。", "\n3.财务管理中6份凭证缺附件。", "\n3.凭证要素不全，扣0.6分。"],
)
def test_a_small_loss_that_is_told_by_its_rate_or_its_points_is_not(more: str) -> None:
    assert not any("财务管理" in quote for quote in _of_small_loss(more))


_PASSED = """石涧县文化馆2024年度部门整体支出绩效自评报告
二、自评结论
自评得分{total}分，等级为“优”。
三、指标分析
三级指标\t分值\t评分标准\t完成情况\t得分\t说明
馆办培训期数\t30\t每少1期扣1分\t计划20期，完成18期\t28\t器乐教师出缺
流动展览场次\t30\t按完成率计分\t{shows}\t{got}\t{why}
固定资产管理\t40\t一件不符扣0.5分\t盘点412件，相符410件\t39\t卡片没有更新
四、存在问题
1.器乐类师资不足。编外器乐教师1人离职后没有补充，馆办培训少办2期；资产卡片更新不及时，2件账实不符。{more}
五、改进措施
1.办公室2025年6月底前招聘器乐教师1名。
"""


@pytest.mark.parametrize(
    ("more", "why", "found"),
    [
        ("", "", True),
        ("", "3场因暴雨取消", True),  # a reason of its own, which no problem and no measure takes up
        ("2.下乡展览受天气影响大，3场没有办成。", "3场因暴雨取消", False),
        ("2.流动展览少办3场。", "", False),
    ],
)
def test_the_one_loss_that_problems_and_measures_pass_over(more: str, why: str, found: bool) -> None:
    text = _PASSED.format(total="94.9", shows="计划30场，完成27场，90.00%", got="27.9", why=why, more=more)
    findings = audit(extract(read_text("报告.txt", text.encode()))).findings
    assert any(f.code == "R19" and f.item == "流动展览场次" for f in findings) == found


def test_a_loss_that_only_follows_from_the_money_spent_is_not_passed_over() -> None:
    text = _PASSED.replace("流动展览场次", "预算执行率").format(
        total="96.7", shows="480.00÷485.00=98.97%", got="29.7", why="", more=""
    )
    assert not [f for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.item == "预算执行率"]
