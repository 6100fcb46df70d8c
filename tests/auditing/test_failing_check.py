"""A check that raises costs its own code only, and the report says so."""

from collections.abc import Iterator

import pytest

from hengji.auditing import audit
from hengji.auditing.audit import FAILED
from hengji.auditing.case import Case
from hengji.auditing.registry import RULES, Rule
from hengji.extracting import extract
from hengji.model.finding import Finding
from hengji.reading.text import read_text

_REPORT = """青溪县水务局2024年度部门整体支出绩效自评报告
一、自评结论
自评得分95分，今年各项任务全部完成。
二、预算执行
全年预算500万元，支出450万元，预算执行率98.00%。
"""


@pytest.mark.check_may_fail
def test_a_check_that_raises_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case: Case) -> Iterator[Finding]:
        yield case.finding("R14", case.found.quantities[0].span, "在出错之前找到的", stated="")
        raise ValueError("% 万元")

    found = extract(read_text("报告.txt", _REPORT.encode()))
    whole = audit(found)
    monkeypatch.setitem(RULES, "R14", Rule((broken,)))
    partly = audit(found)
    assert ("R14", FAILED) in partly.not_checked
    assert "在出错之前找到的" in [finding.message for finding in partly.findings]
    assert {f.code for f in whole.findings} - {"R14"} <= {f.code for f in partly.findings}


def test_one_name_in_unlike_units_is_two_figures() -> None:
    text = _REPORT.replace("支出450万元，", "支出450万元，资产处置收入完成12.50%；资产处置收入完成3.20万元，")
    audit(extract(read_text("报告.txt", text.encode())))
