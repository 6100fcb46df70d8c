"""R35: a column of evidence in which one scored row is left blank, where all others hold theirs."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_LEAVES = ("工程验收率", "巡查次数", "培训人次", "供水保证率", "水质合格率", "投诉办结率", "群众满意度", "资金支付率")


def _told(proofs: list[str]) -> list[str]:
    rows = "\n".join(f"产出\t{name}\t{12.5}\t{12.5}\t{proof}" for name, proof in zip(_LEAVES, proofs, strict=True))
    text = (
        "清河县水务局2024年度部门整体支出绩效自评报告\n一、部门概况\n清河县水务局负责全县供水，内设5个股室。\n"
        "二、自评结论\n自评得分100分，等级为“优”。\n附件 2024年度部门整体支出绩效自评表\n"
        f"一级指标\t三级指标\t分值\t自评得分\t佐证材料\n{rows}\n合计\t\t100\t100\t\n"
    )
    found = audit(extract(read_text("报告.txt", text.encode()))).findings
    return [finding.item or "" for finding in found if finding.code == "R35"]


def test_the_one_blank_cell_is_told() -> None:
    assert _told(["台账"] * 4 + [""] + ["台账"] * 3) == ["水质合格率"]


@pytest.mark.parametrize("proofs", [["台账"] * 8, [""] * 8, ["台账", ""] * 4, ["见附件1"] + [""] * 7])
def test_a_column_that_is_full_or_mostly_blank_is_left(proofs: list[str]) -> None:
    assert not _told(proofs)
