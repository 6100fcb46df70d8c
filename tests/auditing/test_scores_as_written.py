"""Scores, rules, totals and bonus as careful clerks write them: figures that explain each other stay quiet, those that do not are found."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_KINDS = yaml.safe_load((Path(__file__).parent / "scores_as_written.yaml").read_text(encoding="utf-8"))
_OURS = {"R01", "R02", "R03", "R04", "R05", "R06", "R33", "R40", "R43"}
_REPORT = """青溪县水务局2023年度部门整体支出绩效自评报告
一、部门概况
青溪县水务局负责全县供水与河道管理，内设5个股室。
二、自评结论
{said}
{leaf}
附件 2023年度部门整体支出绩效自评表
{table}
"""
_HEAD = "一级指标 | 三级指标 | 分值 | 自评得分 | 说明"


def _tabbed(row: str) -> str:
    return "\t".join(cell.strip() for cell in row.split("|"))


def _row_report(kind: str, row: str) -> str:
    """A table of the row, and another that makes the hundred full."""
    head = [cell.strip() for cell in _KINDS[kind]["head"].split("|")]
    cells = [cell.strip() for cell in row.split("|")]
    points = next(i for i, name in enumerate(head) if name == "分值")
    score = next(i for i, name in enumerate(head) if name in ("得分", "自评得分"))
    claimed = Decimal(cells[score]) if cells[score][0].isdigit() else None
    rest = 100 - Decimal(cells[points])
    other, total = [""] * len(head), [""] * len(head)
    other[0], other[points], other[score] = (
        "重点工作",
        str(rest),
        str(rest + (Decimal(cells[points]) if claimed is None else 0)),
    )
    total[0], total[points], total[score] = "合计", "100", str(rest + (claimed or Decimal(cells[points])))
    if claimed is None:
        other[-1] = f"含调入{cells[points]}分"
    said = f"基础分{total[score]}分，没有加减分，自评得分{total[score]}分，等级为“优”。"
    return _REPORT.format(said=said, leaf="", table="\n".join("\t".join(r) for r in (head, cells, other, total)))


def _leaf_report(leaf: str) -> str:
    """The leaf in running text, with another that makes the hundred full."""
    points, score = (
        Decimal(leaf.split("（")[1].split("分", maxsplit=1)[0]),
        Decimal(leaf.split("得")[1].split("分", maxsplit=1)[0]),
    )
    total = 100 - points + score
    said = f"基础分{total}分，没有加减分，自评得分{total}分，等级为“优”。"
    leaves = f"三、指标得分说明\n{leaf}\n重点工作（{100 - points}分），得{100 - points}分。县政府交办重点工作8项，完成8项，见台账。\n四、下一步工作"
    return _REPORT.format(said=said, leaf=leaves, table="").replace(
        "附件 2023年度部门整体支出绩效自评表\n", "办公室2024年6月底前完善台账。"
    )


def _table_report(rows: list[str], said: str) -> str:
    return _REPORT.format(said=said, leaf="", table="\n".join(_tabbed(row) for row in (_HEAD, *rows)))


def _bonus_report(row: str, said: str) -> str:
    rows = [
        "过程 | 预算编制 | 40 | 39.5 |",
        "产出 | 重点工作 | 40 | 39 |",
        "效益 | 满意度 | 20 | 18 |",
        row,
        "合计 |  | 100 | 98 |",
    ]
    lost = "基础分96.5分，加1.5分后自评得分98分，等级为优。失分为预算编制0.5分、重点工作1分、满意度2分。"
    return _table_report(rows, lost + said)


def _said_report(said: str) -> str:
    rows = [
        "过程 | 预算编制 | 40 | 39.5 |",
        "产出 | 重点工作 | 40 | 39 |",
        "效益 | 满意度 | 20 | 18 |",
        "合计 |  | 100 | 96.5 |",
    ]
    told = "自评得分96.5分，等级为优。失分为预算编制0.5分、重点工作1分、满意度2分。"
    return _table_report(rows, told + said)


def _text(kind: str, case: Any) -> str:
    if kind == "documents":
        return "\n".join(_tabbed(line) for line in case.splitlines())
    if kind in ("split", "ruled", "valued"):
        return _row_report(kind, case)
    if kind == "listed":
        return _leaf_report(case)
    if kind == "said":
        return _said_report(case)
    if kind == "bonus":
        return _bonus_report(case["row"], case["said"])
    return _table_report(case["rows"], case["said"])


def _found(kind: str, case: Any) -> list[str]:
    findings = audit(extract(read_text("报告.txt", _text(kind, case).encode()))).findings
    return [f"{f.code} {f.message}" for f in findings if f.code in _OURS]


def _listed(side: str) -> list[tuple[str, Any]]:
    return [(kind, case) for kind, cases in _KINDS.items() for case in cases.get(side) or ()]


@pytest.mark.parametrize(("kind", "case"), _listed("quiet"), ids=str)
def test_what_is_right_stays_quiet(kind: str, case: Any) -> None:
    assert not _found(kind, case)


@pytest.mark.parametrize(("kind", "case"), _listed("fires"), ids=str)
def test_what_is_wrong_is_found(kind: str, case: Any) -> None:
    assert _found(kind, case)
