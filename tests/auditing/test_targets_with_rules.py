"""R06 where a cell tells the target and its rule together, and the bound from which a change takes points off."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_HEAD = "三级指标\t指标值\t完成情况\t分值\t得分\t偏差原因\n水表更换\t≥300只\t310只\t5\t5\t无\n"


def _told(row: str) -> list[str]:
    text = f"2023年度部门整体支出绩效自评报告\n{_HEAD}{row}\n落款\n"
    return [f.message for f in audit(extract(read_text("报告.txt", text.encode()))).findings if f.code == "R06"]


@pytest.mark.parametrize(
    "row",
    [
        "管网巡检里程\t2000公里，未完成的按完成比例计分\t1880公里，94.00%\t5\t4.7\t汛期停检",
        "用水户满意度\t90%，不足按比例计分\t有效问卷400份，满意356份，89.00%\t6\t5.93\t水压不足",
    ],
)
def test_the_rule_behind_a_target_is_kept(row: str) -> None:
    assert not _told(row)


def test_the_rule_behind_a_target_is_broken() -> None:
    assert _told("管网巡检里程\t2000公里，未完成的按完成比例计分\t1880公里，94.00%\t5\t4.85\t汛期停检")
