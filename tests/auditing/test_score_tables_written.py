"""Whole small score tables as clerks lay them out: the leaves are read, what is right stays quiet, what is wrong is found."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_CASES = yaml.safe_load((Path(__file__).parent / "score_tables_written.yaml").read_text(encoding="utf-8"))
_OURS = {"R01", "R02", "R03", "R04", "R05", "R06"}
_REPORT = """青溪县水务局2023年度部门整体支出绩效自评报告
一、部门概况
青溪县水务局负责全县供水与河道管理，内设5个股室。
二、自评结论
{said}
三、评分情况
{table}
"""


def _tabbed(rows: str) -> str:
    return "\n".join(
        "\t".join(cell.strip() for cell in row.split("|")) if " | " in row else row for row in rows.splitlines()
    )


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["told"])
def test_whole_tables(case: dict[str, Any]) -> None:
    text = _REPORT.format(said=case["said"], table=_tabbed(case["table"] + case.get("after", "")))
    extracted = extract(read_text("报告.txt", text.encode()))
    leaves = {leaf.name: leaf for leaf in extracted.items}
    found = {
        finding.code: finding.message
        for finding in audit(extracted).findings
        if finding.code in _OURS and finding.severity != "info"
    }
    if wrong := case.get("fires"):
        assert wrong in found
        return
    assert not found
    if "items" in case:
        assert len(extracted.items) == case["items"], sorted(leaves)
    for name in case.get("names", ()):
        assert name in leaves
