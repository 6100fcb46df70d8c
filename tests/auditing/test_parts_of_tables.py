"""Tables whose totals are named in other ways, and what follows from one wrong cell of them."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_HEAD = """石涧县民政局2023年度部门整体支出绩效自评报告
一、基本情况
石涧县民政局内设7个股室。{facts}
{table}
二、自评结论
自评得分{total}分，等级为优。
三、指标分析
{scores}
四、存在问题
1.巡查制度不细，个别台账缺页。
五、改进措施
1.办公室2024年9月底前修订巡查制度，明确责任人。
"""
_SCORES = """一级指标\t三级指标\t分值\t年度目标值\t完成值\t得分\t说明
产出\t走访困难家庭\t60\t120户\t120户\t60\t走访记录
过程\t资金管理\t40\t规范\t全年检查未发现问题\t40\t检查记录4份
合计\t\t100\t\t\t100\t"""


def _found(*codes: str, **words: str) -> list[tuple[str, str]]:
    usual = {"facts": "", "table": "", "total": "100", "scores": _SCORES}
    found = audit(extract(read_text("甲.txt", _HEAD.format(**{**usual, **words}).encode())))
    return [(f.code, f.quote) for f in found.findings if f.code in codes]


_PROJECTS = """内容\t全年预算\t全年支出\t执行率
基本支出\t612.00\t612.00\t100.00%
福利机构建设\t210.00\t186.40\t88.76%
社区助餐\t130.00\t{meals}\t90.92%
应急救助\t58.00\t42.60\t73.45%
{row}\t398.00\t347.20\t87.24%
合计\t1010.00\t959.20\t94.97%"""


@pytest.mark.parametrize(("meals", "quotes"), [("118.20", []), ("112.80", [("R07", "112.80")])])
@pytest.mark.parametrize("row", ["小计", "项目小计"])
def test_a_subtotal_is_of_its_kind(row: str, meals: str, quotes: list[tuple[str, str]]) -> None:
    """The rows above a subtotal that make none of its columns are of another kind."""
    assert _found("R07", table=_PROJECTS.format(meals=meals, row=row)) == quotes


_BELOW = """支出类别\t预算\t支出\t执行率
基本支出\t690.00\t684.22\t99.16%
项目支出\t1013.00\t984.65\t97.20%
低保\t625.00\t612.41\t97.99%
特困供养\t190.00\t183.65\t96.66%
高龄津贴\t198.00\t{last}\t95.25%
合计\t1703.00\t1668.87\t98.00%"""


@pytest.mark.parametrize(("last", "quotes"), [("188.59", []), ("185.89", [("R07", "185.89")])])
def test_projects_below_their_side(last: str, quotes: list[tuple[str, str]]) -> None:
    assert _found("R07", table=_BELOW.format(last=last)) == quotes


@pytest.mark.parametrize(("whole", "quotes"), [("33人", []), ("34人", [("R07", "34人")])])
def test_people_with_their_unit_are_summed(whole: str, quotes: list[tuple[str, str]]) -> None:
    table = f"类别\t编制\t实有\n行政\t20名\t19人\n事业\t15名\t13人\n工勤\t1名\t1人\n合计\t36名\t{whole}"
    assert _found("R07", table=table) == quotes


def test_yuan_in_a_column_of_ten_thousands() -> None:
    table = "支出内容\t金额（万元）\t标准\n运行补助\t446.40\t186个\n设施提升\t42.60\t11个\n消防改造\t{}\t31个\n合计\t507.60\t"
    assert _found("R12", table=table.format("186000.00")) == [("R12", "186000.00")]
    assert _found("R12", table=table.format("18.60")) == []


def test_a_score_by_the_right_rate_is_no_second_fault() -> None:
    """95.51% should be 95.15%, and 19.03 of 20 points are right by that."""
    scores = """指标\t分值\t年度目标值\t完成值\t评分标准\t得分
预算执行率\t20\t100%\t预算96.00万元，支出91.34万元，执行率{rate}\t得分＝执行率×20\t19.03
走访困难家庭\t80\t120户\t120户\t完成得满分\t80
合计\t100\t\t\t\t99.03"""
    wrong = _found("R06", "R11", scores=scores.format(rate="95.51%"), total="99.03")
    assert [code for code, _ in wrong] == ["R11"]
    assert _found("R06", "R11", scores=scores.format(rate="95.15%"), total="99.03") == []


def test_a_wrong_group_is_not_told_of_the_one_above() -> None:
    """The score of 过程 counts its leaves, of which 预算管理 claims one too many."""
    scores = """（一）过程（30分，自评得分29分）
1.预算管理（10分，自评得分{claim}分）
（1）预算执行率（6分，自评得分5分）。执行率95%，扣1分。
（2）公用经费控制率（4分，自评得分4分）。控制率92%。
2.资产管理（20分，自评得分20分）
（1）资产盘点（20分，自评得分20分）。11月盘点12件。
（二）产出（70分，自评得分70分）
1.走访（70分，自评得分70分）
（1）走访困难家庭（70分，自评得分70分）。走访120户。"""
    told = _found("R03", scores=scores.format(claim="10"), total="99")
    assert len(told) == 1
    assert "预算管理" in told[0][1]
    assert _found("R03", scores=scores.format(claim="9"), total="99") == []


@pytest.mark.parametrize(("rate", "codes"), [("87.50%", ["R17"]), ("114.29%", ["R17"])])
def test_posts_over_people(rate: str, codes: list[str]) -> None:
    """A rate under the bare word 控制率, in the leaf of the control rate."""
    scores = f"""（一）投入（40分，自评40分）
1.在职人员控制率（40分，自评40分）。编制7名，在职8人，控制率{rate}。
（二）产出（60分，自评60分）
1.走访困难家庭（60分，自评60分）。走访120户。"""
    assert [code for code, _ in _found("R11", "R17", scores=scores)] == codes


def test_some_of_a_whole_and_their_rate() -> None:
    facts = "全年开班42期，培训1260人次，其中1071人次取得证书，取证率{}。"
    assert _found("R11", facts=facts.format("88.50%")) == [("R11", "88.50%")]
    assert _found("R11", facts=facts.format("85.00%")) == []


def test_all_that_fell_short_is_scored_in_proportion() -> None:
    scores = """按县财政局评分表打分：量化指标完成目标的得满分，未完成的按“实际值÷目标值×分值”计分。
指标\t目标值\t完成值\t分值\t得分
规范管理率\t≥90%\t应管210人，规范管理186人，88.57%\t40\t{}
走访困难家庭\t120户\t120户\t60\t60
合计\t\t\t100\t{}"""
    assert [code for code, _ in _found("R06", scores=scores.format("40", "100"))] == ["R06"]
    assert _found("R06", scores=scores.format("39.36", "99.36"), total="99.36") == []
