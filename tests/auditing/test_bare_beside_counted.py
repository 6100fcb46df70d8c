"""What one row or one leaf leaves out that all its fellows tell: the counts of a rate, its survey, a loss among the problems."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """青溪县民政局2023年度部门整体支出绩效自评报告
一、基本情况
青溪县民政局内设5个股室。
二、绩效目标完成情况
（一）数量目标。供养特困人员312人，完成计划312人。{results}
（二）满意度目标。{content}
三、自评结论
自评得分{total}分，等级为“优”。
四、指标得分情况
三级指标\t分值\t扣分规则\t2023年完成值\t自评得分\t扣分说明
救助及时率\t20\t每低1个百分点扣1分\t应救助862户，及时救助862户\t20\t
低保复核率\t20\t每低1个百分点扣1分\t应复核2640户，复核2640户\t20\t
抽查准确率\t10\t每低1个百分点扣1分\t抽查500户，准确495户，99.00%\t{accurate}\t{why}
护理补贴发放率\t20\t应补尽补得满分\t{paid}\t20\t
供养对象满意度\t20\t90%以上得满分\t2023年11月入户问卷200份，满意187份，93.50%\t20\t
家属满意度\t10\t90%以上得满分\t{families}\t10\t
合计\t100\t\t\t{total}\t
五、存在问题
{problems}
六、改进措施
办公室2024年6月底前完善台账。
"""
_PLAIN = {
    "results": "",
    "content": "供养对象满意度93.50%，来自11月的200份入户问卷。",
    "accurate": "9",
    "why": "",
    "paid": "应发3186人，实发3186人",
    "families": "2023年12月回访80人，满意75人，93.75%",
    "problems": "低保抽查准确率还差1个百分点，扣1分。",
    "total": "99",
}


def _codes(**words: str) -> set[str]:
    text = _REPORT.format_map(_PLAIN | words)
    return {finding.code for finding in audit(extract(read_text("报告.txt", text.encode()))).findings}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("R23", {"paid": "应补尽补率100%"}),
        ("R23", {"paid": "应补尽补率100%，含调入4分"}),
        ("R23", {"results": "残疾人培训41人、评残26人、回访71人。残疾人两项补贴发放率100%。"}),
        ("R24", {"families": "满意度96.5%"}),
        ("R24", {"families": "第三方测评结果96.10%"}),
        ("R24", {"content": "供养对象普遍认可，社会组织满意度为96.50%，高于95%的目标。"}),
    ],
)
def test_what_alone_tells_nothing_is_found(code: str, words: dict[str, str]) -> None:
    assert code in _codes(**words)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("R23", {}),
        ("R23", {"paid": "3186人应补尽补，发放率100%"}),
        ("R24", {}),
        ("R24", {"families": "满意度93.75%", "content": "12月回访家属80人，满意75人，家属满意度93.75%。"}),
    ],
)
def test_what_is_told_stays_quiet(code: str, words: dict[str, str]) -> None:
    assert code not in _codes(**words)
