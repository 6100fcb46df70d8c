"""Points of a leaf that is not assessed, moved to another or spread: wherever and however that is told, the sums must come out again."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """清河县工业局2024年度部门整体支出绩效自评报告
一、部门概况
清河县工业局负责全县工业运行，内设5个股室。{before}
二、自评结论
自评得分99.8分，等级为“优”。
三、自评评分表
一级指标\t三级指标\t分值\t指标值\t完成值\t得分\t说明
投入\t绩效目标合理性\t10\t合理\t合理\t10\t与职责对应
投入\t新增项目事前评估\t4\t评估\t不适用\t不考核\t{giver}
投入\t预算执行率\t{points}\t100%\t98.00%\t{score}\t{row}
过程\t财务合规性\t{other}\t合规\t合规\t{other_score}\t{other_row}
过程\t预决算公开\t10\t公开\t公开\t10\t按期公开
产出\t新建5G基站\t30\t60个\t78个\t30\t名录
效益\t企业培训人次\t26\t300人次\t320人次\t26\t签到册
合计\t\t100\t\t\t99.8\t
四、评分说明
{behind}
五、存在问题
预算执行率98.00%，部分专项资金支付偏慢，扣0.2分。
六、改进措施
投资股按月跟踪支付，2025年6月底前完成。
"""
_PLAIN = {
    "points": "6",
    "score": "9.8",
    "row": "支付偏慢",
    "other": "14",
    "other_score": "14",
    "other_row": "审计无问题",
}
_NONE = "当年没有500万元以上的新增项目，不考核"


def _codes(**words: str) -> set[str]:
    text = _REPORT.format_map(dict.fromkeys(("before", "behind"), "") | {"giver": _NONE} | _PLAIN | words)
    return {f.code for f in audit(extract(read_text("报告.txt", text.encode()))).findings} & {
        "R01",
        "R02",
        "R03",
        "R06",
    }


@pytest.mark.parametrize(
    "words",
    [
        {"row": "含新增项目事前评估移入的4分，扣0.2分"},
        {"row": "另接收4分，支付偏慢"},
        {"row": "6分+4分=10分，支付偏慢"},
        {"row": "调整后分值10分，10×98.00%"},
        {"row": "该项按10分计，10×98.00%"},
        {"behind": "新增项目事前评估不考核，其4分并入预算执行率，该项按10分计。"},
        {"behind": "预算执行率由6分变为10分，得分高于表列分值系此缘故，该4分来自新增项目事前评估。"},
        {"behind": "按通知第五条，不适用指标的4分计入“预算执行率”，该指标满分10分。"},
        {"before": "经财政局同意，新增项目事前评估的4分由预算执行率承担，预算执行率分值10分。"},
        {"giver": f"{_NONE}，4分调整至“预算执行率”", "row": "按10分计，扣0.2分"},
        {
            "row": "调整后分值8分",
            "score": "7.8",
            "other": "14",
            "other_score": "16",
            "other_row": "调整后分值16分",
            "behind": "新增项目事前评估的4分由预算执行率、财务合规性各承接2分。",
        },
    ],
)
def test_points_that_were_moved_are_understood_wherever_they_are_told(words: dict[str, str]) -> None:
    assert _codes(**words) == set()


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"behind": "财务合规性得14分，预决算公开得10分。"},
        {"behind": "新增项目事前评估不考核，其4分并入财务合规性，该项按18分计。"},
    ],
)
def test_what_no_move_makes_up_is_beyond_its_points(words: dict[str, str]) -> None:
    assert "R02" in _codes(**words)


def test_points_printed_as_they_are_after_the_move_make_the_hundred() -> None:
    assert _codes(points="10", row="含移入的4分") == set()


@pytest.mark.parametrize(("total", "wrong"), [("99.79", False), ("99.8", False), ("98.5", True)])
def test_a_total_may_be_in_per_cent_of_what_is_assessed(total: str, wrong: bool) -> None:
    behind = "新增项目事前评估不考核，该4分从总分中剔除，其余96分折算为百分制。"
    text = _REPORT.format_map({"before": "", "behind": behind, "giver": _NONE} | _PLAIN | {"score": "5.8"})
    text = text.replace("自评得分99.8分", f"自评得分{total}分").replace("100\t\t\t99.8", f"100\t\t\t{total}")
    codes = {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}
    assert ("R03" in codes) is wrong
