"""Small systems for the tests of scoring, written as a rule author would."""

from collections.abc import Callable

import pytest

from hengji.library import load_system_text
from hengji.model.filing import Claim, Exemption, Filing, Judgement, Register, Value, ValueKey
from hengji.model.item import Dictionary
from hengji.model.scorecard import LeafScore
from hengji.model.system import IndicatorSystem
from hengji.scoring import score

ITEMS = """
items:
  - {name: 甲, unit: 万元}
  - {name: 乙, unit: 万元}
  - {name: 人数, unit: 人}
  - {name: 满意率, unit: "%"}
  - {name: 挪用, type: flag}
  - {name: 外部得分, unit: 分}
registers:
  - name: 项目
    columns:
      - {name: 名称}
      - {name: 金额, type: number, unit: 万元}
      - {name: 得分, type: number}
  - name: 表彰
    columns: [{name: 荣誉}, {name: 级别}, {name: 年度}, {name: 颁发单位}]
  - name: 绩效目标
    columns:
      - {name: 一级指标}
      - {name: 二级指标}
      - {name: 三级指标}
      - {name: 运算符}
      - {name: 指标值}
      - {name: 计量单位}
      - {name: 实际完成值}
      - {name: 分值, type: number}
      - {name: 自评得分, type: number}
      - {name: 完成档次}
      - {name: 评定比例}
      - {name: 偏差原因}
      - {name: 是否适用}
"""

System = Callable[..., IndicatorSystem]


@pytest.fixture
def one_leaf() -> Callable[[str], IndicatorSystem]:
    """A system of a single 10-point leaf, given the YAML of what the leaf says beside id, name and points."""

    def build(leaf: str) -> IndicatorSystem:
        lines = "\n".join("    " + line for line in leaf.strip().splitlines())
        text = (
            "id: test/one\nversion: 1\nname: 单项\ntotal: {points: 10}\n"
            f"{ITEMS}\nindicators:\n  - id: a\n    name: 完成率\n    points: 10\n{lines}\n"
        )
        return load_system_text(text, Dictionary())

    return build


def filing(
    values: dict[str, str] | None = None,
    last_year: dict[str, str] | None = None,
    registers: dict[str, Register] | None = None,
    judgements: dict[str, Judgement] | None = None,
    claims: dict[str, Claim] | None = None,
    exemptions: dict[str, Exemption] | None = None,
) -> Filing:
    """A filing of 2023 from plain texts."""
    stated = {ValueKey(name, 2023): Value(text) for name, text in (values or {}).items()}
    stated |= {ValueKey(name, 2022): Value(text) for name, text in (last_year or {}).items()}
    return Filing(
        department="测试局",
        year=2023,
        values=stated,
        registers=registers or {},
        judgements=judgements or {},
        claims=claims or {},
        exemptions=exemptions or {},
    )


def scored(system: IndicatorSystem, given: Filing) -> LeafScore:
    """The one leaf of a one-leaf system."""
    return score(system, given).leaves[0]
