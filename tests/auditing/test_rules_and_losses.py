"""Rules told in other columns and for all leaves, losses that the problems leave out, targets and evidence: whole small reports."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_CASES = yaml.safe_load((Path(__file__).parent / "rules_and_losses.yaml").read_text(encoding="utf-8"))


def _tabbed(text: str) -> str:
    lines = text.splitlines()
    return "\n".join("\t".join(cell.strip() for cell in line.split("|")) if " |" in line else line for line in lines)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["told"])
def test_whole_reports(case: dict[str, Any]) -> None:
    findings = audit(extract(read_text("报告.txt", _tabbed(case["text"]).encode()))).findings
    assert (case["code"] in {finding.code for finding in findings}) is case["fires"]
