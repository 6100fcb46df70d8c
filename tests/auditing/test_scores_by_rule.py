"""The score a rule gives for the figure told beside it, in leaves and rows of tables: what follows stays quiet, what does not is found."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_CASES = yaml.safe_load((Path(__file__).parent / "scores_by_rule.yaml").read_text(encoding="utf-8"))
_OURS = {"R01", "R02", "R03", "R04", "R06"}
_REPORT = """青溪县水务局2023年度部门整体支出绩效自评报告
一、部门概况
青溪县水务局负责全县供水与河道管理，内设5个股室。
二、自评结论
基础分{total}分，没有加减分，自评得分{total}分，等级为“优”。
三、指标得分说明
{leaves}
四、下一步工作
办公室2024年6月底前完善台账。
"""


def _of_leaf(leaf: str) -> str:
    points = Decimal(leaf.split("（")[1].split("分", maxsplit=1)[0])
    score = Decimal(leaf.split("得")[1].split("分", maxsplit=1)[0])
    other = f"重点工作（{100 - points}分），得{100 - points}分。县政府交办重点工作8项，完成8项，见台账。"
    return _REPORT.format(total=100 - points + score, leaves=f"{leaf}\n{other}")


def _of_row(head: str, row: str) -> str:
    names, cells = ([cell.strip() for cell in line.split("|")] for line in (head, row))
    points, score = names.index("分值"), names.index("得分")
    rest = 100 - Decimal(cells[points])
    other, total = [""] * len(names), [""] * len(names)
    other[0], other[points], other[score] = "重点工作", str(rest), str(rest)
    total[0], total[points], total[score] = "合计", "100", str(rest + Decimal(cells[score]))
    table = "\n".join("\t".join(line) for line in (names, cells, other, total))
    return _REPORT.format(total=total[score], leaves=table)


def _listed(side: str) -> list[str]:
    rows = [_of_row(kind["head"], row) for kind in _CASES["head_and_rows"] for row in kind[side]]
    return [_of_leaf(leaf) for leaf in _CASES["leaf"][side]] + rows


def _found(text: str) -> dict[str, str]:
    findings: Any = audit(extract(read_text("报告.txt", text.encode()))).findings
    return {finding.code: finding.message for finding in findings if finding.code in _OURS}


@pytest.mark.parametrize("text", _listed("quiet"))
def test_a_score_that_follows_stays_quiet(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize("text", _listed("fires"))
def test_a_score_that_does_not_follow_is_found(text: str) -> None:
    assert "R06" in _found(text)
