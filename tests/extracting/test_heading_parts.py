"""Leaves whose text tells the points of its parts, and leaves that are not assessed one behind the other in a line."""

from decimal import Decimal

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.reading import read_data

_TOP = "某某县水利局2024年度部门整体支出绩效自评报告\n一、部门基本情况\n局机关内设5个股室，编制45名，年末实有42名。\n二、自评结论\n自评得分{}分，等级为优。\n三、绩效指标分析\n"
_END = "\n四、存在的问题\n1.预算执行不够均衡。上半年支出进度偏慢。\n五、改进措施\n1.财务股按月通报支出进度，2025年6月底前完成。\n"
_HEADED = (
    "（一）目标（20分，自评19分）\n1.目标设定（10分，自评10分）。目标6项均有数值。\n2.预算编制（10分，自评9分）。年中追加2次，扣1分。\n"
    "（二）过程（40分，自评40分）\n1.预算执行（20分，自评20分）。支出2880万元。\n2.采购管理（10分，自评10分）。合同9份。\n3.资产管理（10分，自评10分）。已盘点。\n"
    "（三）产出和效益（40分，自评38分）\n1.堤防巡查（25分，自评25分）。巡查48次。\n2.{}\n"
)


def _read(total: str, body: str) -> Extraction:
    return extract(read_data("自评.txt", (_TOP.format(total) + body + _END).encode()), 2024)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("经济效益和社会效益（15分，自评13分）。其中经济效益8分得8分：灌溉面积增加2.1万亩；社会效益7分得5分：事故2起，扣2分。", "经济效益和社会效益"),
        ("社会与生态效益（15分，自评13分）。社会效益（8分）得8分，灌溉面积增加2.1万亩；生态效益（7分）得5分，2个断面未达标，扣2分。", "社会与生态效益"),
        ("综合效益（15分，自评13分）。（1）经济效益8分，得8分：灌溉面积增加2.1万亩。（2）社会效益7分，得5分：事故2起，扣2分。", "综合效益"),
        ("工程质量与时效（15分，自评13分）。质量占8分，验收合格9处，得8分；时效占7分，1处逾期，扣2分，得5分。", "工程质量与时效"),
    ],
)  # fmt: skip
def test_a_heading_among_leaves_is_one_though_its_parts_have_points(told: str, name: str) -> None:
    found = _read("97", _HEADED.format(told))
    assert len(found.items) == 7
    assert (found.items[-1].name, found.items[-1].points, found.items[-1].claimed) == (name, Decimal(15), Decimal(13))


_LISTED = (
    "（一）投入（20分，得19分）\n1.目标设定：分值10分，得10分。目标6项均有数值。\n2.预算编制：分值10分，得9分。年中追加2次。\n"
    "（二）过程（40分，得40分）\n1.预算执行：分值30分，得35分。支出2880万元，承接不考核指标转入的5分，实得35分。\n"
    "2.非税收入征收：{0}3.非税收入上缴：{1}我局没有执收项目，两项共5分转入“预算执行”。\n4.资产管理：分值5分，得5分。已盘点。\n"
    "（三）产出（40分，得40分）\n1.堤防巡查：分值20分，得20分。巡查48次。\n2.险工整治：分值20分，得20分。完成9处。"
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("分值2分，不考核。", "分值3分，不考核。"),
        ("分值2分，不参评。", "分值3分，不参评。"),
        ("2分，不纳入评分。", "3分，不纳入评分。"),
    ],
)
def test_two_leaves_of_one_line_give_their_points_away_together(first: str, second: str) -> None:
    found = _read("99", _LISTED.format(first, second))
    gone = [(i.name, i.points, i.receiver) for i in found.items if i.not_applicable]
    assert gone == [("非税收入征收", Decimal(2), "预算执行"), ("非税收入上缴", Decimal(3), "预算执行")]
    assert not [f for f in audit(found).findings if f.code in ("R02", "R34")]


def test_a_group_in_a_sentence_is_none_of_the_leaves_of_its_table() -> None:
    body = (
        "预算执行率，满分20分，得分19分。支出2880万元。\n本部分60分，产出40分，自评38分；效果20分，自评20分。\n"
        "类别\t指标\t目标值\t实际值\t分值\t得分\t说明\n产出\t堤防巡查\t48次\t48次\t20\t20\t—\n险工整治\t10处\t9处\t20\t18\t少1处\n"
        "效果\t灌溉面积\t2万亩\t2.1万亩\t10\t10\t—\n群众满意度\t90%\t95%\t10\t10\t—\n四、预算管理情况\n预算管理共20分，得18.5分。\n"
        "1.财务管理，满分8分，得分8分。制度11项。\n2.资产管理，满分6分，得分5.5分。2件未贴标签，扣0.5分。\n"
        "3.结转结余率，满分6分，得分5分。按规则以年末结余计，1%以内得6分，1%至2%（含）5分，扣1分。"
    )
    names = {i.name for i in _read("95.5", body).items}
    assert names == {
        "预算执行率",
        "堤防巡查",
        "险工整治",
        "灌溉面积",
        "群众满意度",
        "财务管理",
        "资产管理",
        "结转结余率",
    }
