"""The score a rule gives for the figure told beside it, in leaves and rows of tables: what follows stays quiet, what does not is found."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_FILES = [
    yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in (
        "scores_by_rule.yaml",
        "scores_by_printed_rule.yaml",
        "scores_by_ways_and_works.yaml",
        "scores_by_clauses.yaml",
        "scores_of_rows.yaml",
    )
]
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
    rows = [_of_row(kind["head"], row) for cases in _FILES for kind in cases["head_and_rows"] for row in kind[side]]
    ruled = [
        _of_row(kind["head"], row).replace("四、", f"四、评分办法\n{kind['rules']}五、")
        for cases in _FILES
        for kind in cases.get("elsewhere", ())
        for row in kind[side]
    ]
    return [_of_leaf(leaf) for cases in _FILES for leaf in cases["leaf"][side]] + rows + ruled


def _found(text: str) -> dict[str, str]:
    findings: Any = audit(extract(read_text("报告.txt", text.encode()))).findings
    return {finding.code: finding.message for finding in findings if finding.code in _OURS}


@pytest.mark.parametrize("text", _listed("quiet"))
def test_a_score_that_follows_stays_quiet(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize("text", _listed("fires"))
def test_a_score_that_does_not_follow_is_found(text: str) -> None:
    assert "R06" in _found(text)


_LIST = """一、概况
我局内设5个股室。
二、自评结论
自评得分97分。
三、指标得分说明
（一）管理（50分）
1.预算编制（15分）得15分：年初预算860.40万元，细化率100%。2.预算执行（20分）得18分：执行率90.00%，扣2分。3.制度执行（5分）得5分：{said}4.信息公开（10分）得9分：2023年2月8日公开预算，决算公开迟2天，扣1分。
（二）产出（50分）
1.渠道改造（20分）得20分：完成24.6公里。2.供水人口（10分）得10分：新增3260人。3.用水户满意度（20分）得20分：回收问卷300份，满意度92%。
四、下一步工作
办公室2024年6月底前完善台账。
"""


@pytest.mark.parametrize(
    ("said", "praise"),
    [
        ("高度重视制度建设，不断完善内控体系，取得了良好成效。", True),
        ("制度健全，执行到位，管理规范有序，成效显著。", True),
        ("修订采购、合同2项制度，抽查凭证60份均合规。", False),
    ],
)
def test_the_number_of_a_leaf_in_a_list_proves_nothing(said: str, praise: bool) -> None:
    findings: Any = audit(extract(read_text("报告.txt", _LIST.format(said=said).encode()))).findings
    assert ("R21" in {finding.code for finding in findings}) is praise


@pytest.mark.parametrize(
    "score",
    [
        "各指标合计96.5分，评价等级“优”。",
        "按附件计算，各项指标合计96.5分，等级为优。",
    ],
)
def test_the_whole_of_a_system_is_no_score(score: str) -> None:
    text = f"一、评分方法\n指标体系由县财政局统一规定，总分100分，分管理、产出两类。\n二、自评结论\n{score}\n"
    text += "三、指标得分说明\n" + "\n".join(
        f"{n}.{name}（25分），得{got}分。见附件{n}。"
        for n, (name, got) in enumerate(
            {"预算执行": "23.5", "采购管理": "25", "渠道改造": "25", "供水人口": "23"}.items(), 1
        )
    )
    assert "R03" not in _found(text)
