"""Both evaluators over the same trees agree: every leaf's standing, every base, final and grade, to the last digit."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengji.library import load_system
from hengji.model.item import ItemType
from hengji.model.scorecard import Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import score_table
from hengji.workbook.needs import needed_items

_SYSTEMS = (
    "guangdong/lechang/department-overall",
    "hunan/department-overall",
    "guangdong/shenzhen/department-overall",
    "examples/all-rule-kinds",
    "national/2013-53-framework",
    "guangdong/2022-50-50",
)
# Figures that hit thresholds exactly, zeros, awkward decimals, and amounts whose products leave 64 bits.
_FIGURES = [None, None, "0", "1", "5", "10", "60", "75", "90", "95", "99.99", "100", "100.01", "105", "200", "33.33", "912.96",
            "999999999999.99", "123456789012.34", ""]  # fmt: skip
_CLAIMS = [None, "0", "1", "2.5", "3", "6", "0.4", "100"]


def _columns(system: IndicatorSystem, size: int, seed: int) -> tuple[dict[str, list[str | None]], ...]:
    chance = random.Random(seed)
    values: dict[str, list[str | None]] = {}
    before: dict[str, list[str | None]] = {}
    for item in needed_items(system):
        if item.type is ItemType.FLAG:
            values[item.name] = [chance.choice([None, "是", "否", "否"]) for _ in range(size)]
        elif item.type is ItemType.NUMBER:
            values[item.name] = [chance.choice(_FIGURES) for _ in range(size)]
            before[item.name] = [chance.choice(_FIGURES) for _ in range(size)]
    claims = {leaf.id: [chance.choice(_CLAIMS) for _ in range(size)] for leaf in system.leaves()}
    claims["加分"] = [chance.choice(_CLAIMS) for _ in range(size)]
    claims["扣分"] = [chance.choice(_CLAIMS) for _ in range(size)]
    return values, before, claims


@pytest.mark.parametrize("system_id", _SYSTEMS)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_both_evaluators_agree(system_id: str, seed: int) -> None:
    system = load_system(system_id)
    size = 8
    values, before, claims = _columns(system, size, seed)
    table = score_table(system, 2023, values, before, claims)
    for number in range(size):
        card = table.card(number)
        for leaf in card.leaves:
            if leaf.standing is Standing.RECORDED:
                continue
            assert table.standing(leaf.id, number) is leaf.standing, (leaf.id, leaf.trace, table.filing(number).values)
            if leaf.standing is Standing.COMPUTED and not leaf.vetoed:
                own = leaf.own if leaf.own is not None else Fraction(-1)
                assert int(table.leaves[leaf.id].own[number]) == own * 100, (leaf.id, leaf.trace)
        if card.totals is not None:
            assert table.base(number) == card.totals.base
            assert table.final(number) == card.totals.final
            assert table.grade(number) == card.totals.grade


def test_a_table_of_one_is_the_real_case() -> None:
    system = load_system("guangdong/lechang/department-overall")
    table = score_table(
        system,
        2023,
        {"采购预算金额": [Decimal(5), "5"], "实际采购金额": ["26.12", Decimal(4)], "年度部门预算资金": ["912.96", None],
         "部门预算资金实际支出": ["912.96", "1"]},
        claims={"2.1.1": [None, "3"]},
    )  # fmt: skip
    assert [int(own) for own in table.leaves["2.1.4"].own] == [0, 160]
    assert [table.standing("2.1.1", n) for n in range(2)] == [Standing.COMPUTED, Standing.CLAIMED]
    assert "522.4%" in table.card(0).leaf("2.1.4").trace.sentence
    assert list(table.finals) == [300, 460]
