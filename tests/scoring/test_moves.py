"""Where the points of leaves that are not assessed go: the policy table of the real case, chains and circles."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hengji.library import BUILT_IN, load_dictionary, load_system_text
from hengji.library.nodes import read_tree, read_tree_file
from hengji.library.overlay import overlay
from hengji.library.systems import read_system
from hengji.model.filing import Claim, Exemption, Filing, Register, Row, Total, Value, ValueKey
from hengji.model.item import Dictionary
from hengji.model.problem import Problem
from hengji.model.scorecard import Scorecard, Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import derivation, differences, score
from hengji.workbook import open_filing

_CASE = BUILT_IN.parents[2] / "examples" / "lechang-2023.yaml"


def _lechang(policy: str) -> IndicatorSystem:
    """The real case's system with another policy for its one inapplicable leaf."""
    problems: list[Problem] = []
    base = read_tree_file(BUILT_IN / "systems/guangdong/lechang/department-overall.yaml", problems)
    text = f"id: x\nversion: 1\nname: 试\nindicators:\n  - id: 2.1.6\n    not_applicable: {{when: 无(转移支付), {policy}}}\n"
    over = read_tree(text, "试", problems)
    assert base is not None
    assert over is not None
    return read_system(overlay(base, over, problems), load_dictionary(), problems)


@pytest.mark.parametrize(
    ("policy", "base", "final"),
    [
        ("policy: to_item, to: 2.1.1", "98", "100"),
        ("policy: full", "98", "100"),
        ("policy: to_siblings", "97.68", "100"),
        ("policy: to_all", "97.94", "100"),
        ("policy: rescale", "97.94", "100"),
        ("policy: zero", "95", "98.5"),
        ("policy: to_node, to: '2.2'", "98", "100"),
    ],
)
def test_the_policy_table_holds_to_the_digit(policy: str, base: str, final: str) -> None:
    filing = open_filing(_CASE).filing
    if "to_item" not in policy:
        # The department printed 6 of 3 because the points had moved to that leaf; elsewhere it claims its own 3.
        filing = _with_claim(filing, "2.1.1", "3")
    totals = score(_lechang(policy), filing).totals
    assert totals is not None
    assert round(totals.base, 2) == Fraction(base)
    assert round(totals.final, 2) == Fraction(final)


def _with_claim(filing: Filing, leaf: str, points: str) -> Filing:
    return replace(filing, claims={**filing.claims, leaf: Claim(Decimal(points))})


def test_the_real_case_says_what_it_rests_on() -> None:
    opened = open_filing(_CASE)
    totals = score(opened.system, opened.filing).totals
    assert totals is not None
    assert (totals.title, totals.base, totals.raw, totals.final, totals.grade) == (
        "自评口径得分",
        98,
        Fraction(203, 2),
        100,
        "优",
    )
    resting = {rest.standing: (rest.leaves, rest.score, rest.full) for rest in totals.resting}
    assert resting[Standing.COMPUTED] == (5, 14, 16)
    assert resting[Standing.CLAIMED] == (21, 84, 84)
    assert Standing.JUDGED not in resting


_FIVE = """
id: t
version: 1
name: 五项
total: {points: 20}
indicators:
  - id: g
    name: 甲组
    points: 10
    parts:
      - {id: a, name: 一, points: 2, not_applicable: {policy: to_item, to: b, otherwise: %s}}
      - {id: b, name: 二, points: 3, not_applicable: {policy: %s}}
      - {id: c, name: 三, points: 5}
  - {id: d, name: 四, points: 6, not_applicable: {policy: rescale}}
  - {id: e, name: 五, points: 4}
"""


def _card(otherwise: str, of_b: str, exempt: str, claims: str = "abcde") -> Scorecard:
    system = load_system_text(_FIVE % (otherwise, of_b), Dictionary())
    points = {"a": 2, "b": 3, "c": 5, "d": 6, "e": 4}
    filing = Filing(
        department="测试局",
        year=2023,
        claims={leaf: Claim(Decimal(points[leaf])) for leaf in claims if leaf not in exempt},
        exemptions={leaf: Exemption("本年没有") for leaf in exempt},
    )
    return score(system, filing)


@pytest.mark.parametrize(
    ("of_b", "exempt", "full"),
    [
        ("full", "a", {"b": "5", "c": "5", "d": "6", "e": "4"}),
        ("to_siblings", "ab", {"c": "10", "d": "6", "e": "4"}),
        ("rescale", "ab", {"c": "20/3", "d": "8", "e": "16/3"}),
        ("to_item, to: a", "ab", {"c": "140/17", "d": "120/17", "e": "80/17"}),
        ("full", "d", {"a": "20/7", "b": "30/7", "c": "50/7", "e": "40/7"}),
        ("full", "ad", {"b": "50/7", "c": "50/7", "e": "40/7"}),
    ],
)
def test_points_follow_their_receiver_and_none_are_lost(of_b: str, exempt: str, full: dict[str, str]) -> None:
    card = _card("to_siblings", of_b, exempt)
    assert {leaf.id: leaf.full for leaf in card.leaves if leaf.full} == {k: Fraction(v) for k, v in full.items()}
    assert sum(leaf.full or 0 for leaf in card.leaves) == 20


def test_everything_not_applicable_moves_nowhere_and_says_so() -> None:
    card = _card("to_siblings", "to_siblings", "abd", claims="")
    assert all(leaf.standing in (Standing.NOT_APPLICABLE, Standing.MISSING) for leaf in card.leaves)
    assert card.totals is not None
    assert card.totals.base == 0


def test_a_leaf_that_may_not_be_exempted_is_assessed() -> None:
    card = _card("to_siblings", "none", "b")
    assert card.leaf("b").standing is Standing.MISSING


def test_total_keys_are_the_words_of_the_form() -> None:
    assert [str(total) for total in Total] == ["基础分", "加分", "扣分", "总分"]


_AWARDS = """
id: t
version: 1
name: 甲
indicators: [{id: a, name: 甲, points: 100}]
bonus: {tariff: {register: 表彰, by: 级别, points: {省: 2, 市: 1}}}
registers:
  - name: 表彰
    columns: [{name: 荣誉}, {name: 级别}, {name: 年度}, {name: 日期, type: date}]
"""


@pytest.mark.parametrize(
    ("year", "dated", "counts"),
    [
        ("", "2023-05-01", True),
        ("", "2021-05-01", False),
        ("", "2024-02-01", False),
        ("2023年度", "2024-02-01", True),
        ("2023", "2021-05-01", False),
        ("2022", "2023-05-01", False),
        ("", "", True),
    ],
)
def test_an_honour_counts_in_the_year_it_is_for(year: str, dated: str, counts: bool) -> None:
    row = Row({"荣誉": "先进", "级别": "省", "年度": year, "日期": dated})
    filing = Filing(department="局", year=2023, registers={"表彰": Register((row,), complete=True)})
    totals = score(load_system_text(_AWARDS, Dictionary()), filing).totals
    assert totals is not None
    assert totals.bonus is not None
    assert totals.bonus.score == (2 if counts else 0)
    assert bool(totals.bonus.trace.notes) is not counts


_VETOES = """
id: t
version: 1
name: 甲
items: [{name: 挪用, type: flag}, {name: 造假, type: flag}, {name: 数, unit: 个}]
indicators:
  - id: "1"
    name: 甲
    points: 60
    parts: [{id: a, name: 甲一, points: 40, rule: {kind: condition, when: 数 > 1}}, {id: b, name: 甲二, points: 20}]
  - {id: "2", name: 乙, points: 40, vetoes: [{when: 挪用, scope: node, node: "1", because: 挪用资金}]}
grades: [{name: 优, from: 90}, {name: 差, from: 0}]
vetoes: [{when: 造假, scope: grade, grade: 差, because: 弄虚作假}]
"""


def test_a_veto_on_a_section_is_said_by_each_of_its_leaves() -> None:
    system = load_system_text(_VETOES, Dictionary())
    values = {ValueKey(name, 2023): Value(text) for name, text in (("挪用", "是"), ("数", "2"), ("造假", "否"))}
    card = score(system, Filing(department="局", year=2023, values=values, claims={"2": Claim(Decimal(40))}))
    for leaf in (card.leaf("a"), card.leaf("b")):
        assert (leaf.score, leaf.standing) == (0, Standing.COMPUTED)
        assert leaf.trace.sentence == "挪用资金，一票否决，本项不得分。"
    assert card.totals is not None
    assert (card.totals.final, card.totals.unsettled) == (40, ())


def test_a_veto_nobody_can_tell_is_said() -> None:
    system = load_system_text(_VETOES, Dictionary())
    card = score(system, Filing(department="局", year=2023, claims={"a": Claim(Decimal(40))}))
    assert card.totals is not None
    said = "\n".join(text for name, text in derivation(system, card) if name == "一票否决")
    assert "挪用资金的，一票否决；挪用未填，是否触发未能判断" in said
    assert "造假未填" in said


_UNITS = "id: t\nversion: 1\nname: 甲\nitems: [{name: 支出, unit: 万元}]\nindicators: [{id: a, name: 甲, points: 100, rule: {kind: condition, when: 支出 > 0}}]"


def _of_units(**stated: str) -> Filing:
    values = {ValueKey("支出", 2023, "" if unit == "本级" else unit): Value(text) for unit, text in stated.items()}
    return Filing(department="局", year=2023, units=("甲站", "乙站"), values=values)


def test_a_total_that_its_units_do_not_make_is_shown() -> None:
    system = load_system_text(_UNITS, Dictionary())
    assert [f.message for f in differences(system, _of_units(本级="100", 甲站="60", 乙站="30"))] == [
        "支出采用100万元（填报），另有90万元（2个单位合计），两者不同"
    ]
    assert differences(system, _of_units(本级="90", 甲站="60", 乙站="30")) == ()


def test_units_that_only_some_state_are_no_sum() -> None:
    leaf = score(load_system_text(_UNITS, Dictionary()), _of_units(甲站="60")).leaf("a")
    assert leaf.trace.missing == ("乙站的支出未填",)


@pytest.mark.parametrize("reason", ["本年没有这项任务。", "本年没有这项任务；", "本年没有这项任务"])
def test_a_reason_written_as_a_sentence_goes_on_without_its_stop(reason: str) -> None:
    system = load_system_text(_FIVE % ("to_siblings", "full"), Dictionary())
    filing = Filing(department="测试局", year=2023, exemptions={"a": Exemption(reason)})
    told = next(leaf.trace.sentence for leaf in score(system, filing).leaves if leaf.id == "a")
    assert told.startswith("本年没有这项任务，本项不考核")
