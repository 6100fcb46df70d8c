"""Where the points of leaves that are not assessed go: the policy table of the real case, chains and circles."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hengji.library import BUILT_IN, load_dictionary, load_system_text
from hengji.library.nodes import read_tree, read_tree_file
from hengji.library.overlay import overlay
from hengji.library.systems import read_system
from hengji.model.filing import Claim, Exemption, Filing, Total
from hengji.model.item import Dictionary
from hengji.model.problem import Problem
from hengji.model.scorecard import Scorecard, Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import score
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
