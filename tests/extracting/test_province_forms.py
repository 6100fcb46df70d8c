"""Score tables and prose scorings of other provinces: targets over several columns, units, codes, bonus, last year's scores beside."""

from collections import Counter
from decimal import Decimal

import pytest

from hengji.extracting import extract
from hengji.model.extraction import Extraction
from hengji.model.units import canonical_unit
from hengji.reading import read_data
from tests.extracting import province_tables
from tests.extracting.province_tables import LEAVES, PLAIN, PROSE, TABLES, TOTAL
from tests.extracting.tables import FORMATS

_HEAD = "某某县林业局2024年度部门整体支出绩效自评报告\n一、部门基本情况\n局机关内设3个股室。\n二、自评结论\n"
_TAIL = "\n四、存在的问题\n1.培训少办1期。\n五、改进措施\n1.培训股2025年6月底前补办。\n"
_GLUED = "代码与权重相连"


def _formats(number: int, layout: str) -> list[str]:
    """Two formats of a layout, in turn, and text wherever that keeps it."""
    slow = ("自评.docx", "自评.xlsx", "自评.pdf", "自评.xlsx")[number % 4]
    return ["自评.html", slow, *(["自评.txt"] if layout not in province_tables.NOT_AS_TEXT else [])]


def _leaves(found: Extraction) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    return Counter((item.name, item.points, item.claimed) for item in found.items)


def _wanted(leaves: province_tables.Leaves) -> Counter[tuple[str, Decimal | None, Decimal | None]]:
    return Counter((x.name, Decimal(x.points), Decimal(x.score)) for x in leaves)


@pytest.mark.parametrize(
    ("layout", "file"), [(layout, file) for number, layout in enumerate(TABLES) for file in _formats(number, layout)]
)
def test_tables_read_to_the_same_leaves(layout: str, file: str) -> None:
    found = extract(read_data(file, FORMATS[file](TABLES[layout](LEAVES))), 2024)
    assert _leaves(found) == _wanted(PLAIN if layout == _GLUED else LEAVES)


@pytest.mark.parametrize("form", PROSE)
def test_prose_reads_to_the_same_leaves(form: str) -> None:
    text = f"{_HEAD}自评得分{TOTAL}分。\n三、绩效指标分析\n{PROSE[form](LEAVES)}{_TAIL}"
    assert _leaves(extract(read_data("自评.txt", text.encode()), 2024)) == _wanted(LEAVES)


def test_a_bonus_and_a_deduction_below_the_hundred_are_no_leaves() -> None:
    found = extract(read_data("自评.html", FORMATS["自评.html"](TABLES["加扣分在下"](LEAVES))), 2024)
    assert [(extra.claimed, extra.deduction) for extra in found.extras if extra.claimed] == [(Decimal(1), False)]


def test_groups_in_one_sentence_are_none_of_the_leaves_though_a_leaf_has_no_score() -> None:
    told = PROSE["组先述：其中产出50分得48.57分"](LEAVES).replace("（8分，得8分）", "（8分）")
    text = f"{_HEAD}自评得分{TOTAL}分。\n三、绩效指标分析\n{told}{_TAIL}"
    assert {item.name for item in extract(read_data("自评.txt", text.encode()), 2024).items} == {x.name for x in LEAVES}


@pytest.mark.parametrize(
    "opening",
    [
        "我局于2024年4月至8月对12个县级部门2023年度整体支出开展了财政评价，现将有关情况报告如下。",
        "县财政局组织专家对十五家预算单位2023年度整体支出实施绩效评价，结果报告如下。",
    ],
)
def test_what_evaluates_many_departments_is_no_self_evaluation(opening: str) -> None:
    text = f"某某县财政局关于2023年度部门整体支出绩效评价情况的报告\n县人民政府：\n{opening}\n一、评价结果\n县水务局得分91.5分，等级为优。\n"
    assert str(extract(read_data("报告.txt", text.encode())).kind) == "not-a-self-evaluation"


@pytest.mark.parametrize(
    ("printed", "unit"), [("件（套）", "件"), ("卷(件)", "卷"), ("元/人", "元/人"), ("（套）", "（套）")]
)
def test_a_unit_with_another_name_behind_it(printed: str, unit: str) -> None:
    assert canonical_unit(printed) == unit


def test_the_row_of_all_funds_is_budget_execution() -> None:
    rows = province_tables.funds_above(LEAVES)
    found = extract(read_data("自评.html", FORMATS["自评.html"](rows)), 2024)
    assert _leaves(found) - _wanted(LEAVES) == Counter([("预算执行率", Decimal(10), Decimal("9.5"))])
