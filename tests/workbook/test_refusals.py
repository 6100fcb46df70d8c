"""What a clerk may get wrong in a way that would change the score is refused, in the workbook and in a filing kept as text."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hengji import load_system
from hengji.model.filing import Claim, Exemption, Filing, Register, Row
from hengji.workbook.check import check_filing, plain_filing
from hengji.workbook.table import unit_in

SYSTEM = load_system("guangdong/lechang/department-overall")
EMPTY = Filing(department="某某局", year=2023, system=SYSTEM.id)


def said(filing: Filing) -> str:
    return "；".join(problem.message for problem in check_filing(filing, SYSTEM, "本局.yaml"))


@pytest.mark.parametrize("title", ["合同金额（元） *", "合同金额（元）*", "合同金额（元）", "合同金额 (元) * "])
def test_a_unit_in_a_head_is_read_with_its_star(title: str) -> None:
    assert unit_in(title) == "元"


def test_a_claim_above_its_points_is_refused() -> None:
    leaf = SYSTEM.leaves()[0]
    assert leaf.points is not None
    over = Claim(Decimal(int(leaf.points) + 1))
    assert "高于" in said(replace(EMPTY, claims={leaf.id: over}))
    assert "高于" not in said(replace(EMPTY, claims={leaf.id: Claim(Decimal(int(leaf.points)))}))


def test_a_claim_may_hold_points_that_moved_to_it() -> None:
    first, second = SYSTEM.leaves()[:2]
    assert first.points is not None
    claims = {first.id: Claim(Decimal(int(first.points) + 1))}
    assert "高于" not in said(replace(EMPTY, claims=claims, exemptions={second.id: Exemption("本年没有此项")}))


@pytest.mark.parametrize(
    ("cells", "complete", "expected"),
    [
        ({"合同名称": "甲", "类别": "货物", "合同金额": "-10"}, True, "负数"),
        ({"合同名称": "甲", "类别": "货物"}, True, "必填"),
        ({"合同名称": "甲", "类别": "货物"}, False, ""),
        ({"合同名称": "甲", "类别": "货物", "合同金额": "10"}, True, ""),
    ],
)
def test_amounts_of_a_finished_register(cells: dict[str, str], complete: bool, expected: str) -> None:
    filing = replace(EMPTY, registers={"采购合同": Register((Row(cells),), complete=complete)})
    assert (expected in said(filing)) if expected else said(filing) == ""


def test_a_register_is_finished_or_empty_not_both() -> None:
    filing = replace(EMPTY, registers={"采购合同": Register((), complete=True, none_this_year=True)})
    assert "只能标一个" in said(filing)


@pytest.mark.parametrize(
    ("stated", "kept"),
    [("56000元", "5.6"), ("5.6万元", "5.6"), ("５，６００元", "0.56"), ("¥56000", "5.6"), ("无", "0")],
)
def test_an_amount_with_its_unit_is_converted_in_a_text_filing_as_in_a_workbook(stated: str, kept: str) -> None:
    rows = (Row({"合同名称": "甲", "合同金额": stated}),)
    filing = plain_filing(replace(EMPTY, registers={"采购合同": Register(rows)}), SYSTEM)
    assert filing.registers["采购合同"].rows[0].cells["合同金额"] == kept


def test_an_amount_in_another_kind_of_unit_is_refused() -> None:
    rows = (Row({"合同名称": "甲", "合同金额": "56人"}),)
    assert "单位应是“万元”" in said(replace(EMPTY, registers={"采购合同": Register(rows)}))


def test_a_rows_claim_above_its_points_is_refused() -> None:
    cells = {"一级指标": "产出指标", "三级指标": "甲", "指标值": "≥1个", "分值": "5", "自评得分": "6"}
    assert "自评得分6高于这一行的分值5" in said(replace(EMPTY, registers={"绩效目标": Register((Row(cells),))}))
