"""Every rule kind at its edges: thresholds hit exactly, zero, missing, blank, beyond the target."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengji.model.filing import Answer, Claim, Judgement, Register, Row, State, Value, ValueKey
from hengji.model.scorecard import Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring import score

from .conftest import filing, scored

Build = Callable[[str], IndicatorSystem]
_RATIO = "measure: 甲 / 乙\n"


def _check(system: IndicatorSystem, top: str, bottom: str, expected: str) -> None:
    leaf = scored(system, filing({"甲": top, "乙": bottom}))
    assert leaf.computed == Fraction(expected), leaf.trace.sentence


@pytest.mark.parametrize(
    ("top", "expected"), [("0", "0"), ("1", "0.33"), ("2", "0.67"), ("30", "10"), ("31", "10"), ("-3", "0")]
)
def test_proportional_is_capped_and_never_negative(one_leaf: Build, top: str, expected: str) -> None:
    _check(one_leaf(_RATIO + "rule: {kind: proportional, to: 100%}"), top, "30", expected)


@pytest.mark.parametrize(("top", "expected"), [("0", "10"), ("45", "10"), ("90", "5"), ("60", "7.5")])
def test_lower_is_better(one_leaf: Build, top: str, expected: str) -> None:
    _check(one_leaf(_RATIO + "rule: {kind: proportional, to: 45%, lower_is_better: true}"), top, "100", expected)


@pytest.mark.parametrize(
    ("top", "expected"),
    [("90", "10"), ("89.99", "7"), ("75", "7"), ("74.99", "4"), ("60", "4"), ("59.99", "0"), ("-1", "0")],
)
def test_steps_hit_exactly_at_their_bounds(one_leaf: Build, top: str, expected: str) -> None:
    rule = "rule: {kind: steps, steps: [{from: 90%, score: 10}, {from: 75%, share: 70%}, {from: 60%, share: 40%}, {score: 0}]}"
    _check(one_leaf(_RATIO + rule), top, "100", expected)


@pytest.mark.parametrize(("top", "expected"), [("110", "5"), ("90", "5"), ("110.01", "3"), ("85", "3"), ("79.99", "0")])
def test_two_sided_steps(one_leaf: Build, top: str, expected: str) -> None:
    rule = "rule: {kind: steps, around: 100%, steps: [{to: 10%, score: 5}, {to: 15%, score: 3}, {to: 20%, score: 1}, {score: 0}]}"
    _check(one_leaf(_RATIO + rule), top, "100", expected)


@pytest.mark.parametrize(
    ("whole", "top", "expected"),
    [("", "101.5", "9.25"), (", whole_steps: up", "101.5", "9"), (", whole_steps: down", "101.5", "9.5"),
     ("", "100", "10"), ("", "130", "0"), (", whole_steps: up", "100.01", "9.5")],
)  # fmt: skip
def test_excess_by_part_or_whole_steps(one_leaf: Build, whole: str, top: str, expected: str) -> None:
    _check(one_leaf(_RATIO + f"rule: {{kind: excess, beyond: 100%, step: 1%, each: 0.5{whole}}}"), top, "100", expected)


@pytest.mark.parametrize(("top", "expected"), [("95", "8"), ("105", "8"), ("100", "10"), ("70", "0")])
def test_two_sided_excess(one_leaf: Build, top: str, expected: str) -> None:
    _check(one_leaf(_RATIO + "rule: {kind: excess, beyond: 100%, step: 5%, each: 2, side: both}"), top, "100", expected)


@pytest.mark.parametrize(("top", "expected"), [("59.99", "0"), ("60", "0"), ("80", "5"), ("100", "10"), ("140", "10")])
def test_pass_mark(one_leaf: Build, top: str, expected: str) -> None:
    _check(one_leaf(_RATIO + "rule: {kind: pass_mark, mark: 60%}"), top, "100", expected)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [("10", "10", "10"), ("0", "0", "10"), ("1", "0", "0"), ("10.2", "10", "9"), ("9", "10", "10")],
)
def test_difference_rate_from_nothing(one_leaf: Build, now: str, before: str, expected: str) -> None:
    system = one_leaf(
        "rule: {kind: difference, of: 甲, against: 上年(甲), rule: {kind: excess, beyond: 0%, step: 1%, each: 0.5}}"
    )
    leaf = scored(system, filing({"甲": now}, {"甲": before}))
    assert leaf.computed == Fraction(expected)


@pytest.mark.parametrize(
    ("policy", "top", "expected"),
    [("", "0", None), ("", "5", None), ("zero_denominator: {both: full, only: zero}", "0", "10"),
     ("zero_denominator: {both: full, only: zero}", "5", "0")],
)  # fmt: skip
def test_a_zero_denominator_is_what_the_rule_says_or_nothing(
    one_leaf: Build, policy: str, top: str, expected: str | None
) -> None:
    system = one_leaf(_RATIO + "rule: {kind: proportional}\n" + policy)
    leaf = scored(system, filing({"甲": top, "乙": "0"}))
    assert leaf.computed == (None if expected is None else Fraction(expected))
    if expected is None:
        assert "乙为0" in leaf.trace.missing[0]


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (None, Standing.MISSING),
        (Value("", state=State.BLANK), Standing.MISSING),
        (Value("三十", state=State.UNREADABLE), Standing.MISSING),
        (Value("三十"), Standing.MISSING),
        (Value("", state=State.NONE), Standing.COMPUTED),
        (Value("0"), Standing.COMPUTED),
    ],
)
def test_missing_blank_unreadable_none_and_zero_are_not_confused(
    one_leaf: Build, value: Value | None, standing: Standing
) -> None:
    given_ = filing({"乙": "10"})
    if value is not None:
        given_ = given_.with_values({ValueKey("甲", 2023): value})
    leaf = scored(one_leaf(_RATIO + "rule: {kind: proportional}"), given_)
    assert (leaf.standing, leaf.score) == (standing, Fraction(0) if standing is Standing.COMPUTED else None)


def test_a_leaf_without_inputs_keeps_the_claim_as_unverified(one_leaf: Build) -> None:
    system = one_leaf(_RATIO + "rule: {kind: proportional}")
    card = score(system, filing({"乙": "10"}, claims={"a": Claim(Decimal("8.5"))}))
    leaf = card.leaves[0]
    assert (leaf.standing, leaf.score, leaf.computed) == (Standing.CLAIMED, Fraction(17, 2), None)
    assert "未核实" in leaf.trace.sentence
    assert card.totals is not None
    assert card.totals.title == "自评口径得分"


def test_figures_beat_the_claim(one_leaf: Build) -> None:
    leaf = scored(
        one_leaf(_RATIO + "rule: {kind: proportional}"),
        filing({"甲": "5", "乙": "10"}, claims={"a": Claim(Decimal(10))}),
    )
    assert (leaf.score, leaf.claimed) == (5, 10)


def _answers(*holds: bool | None) -> Judgement:
    return Judgement({str(number): Answer(each) for number, each in enumerate(holds, start=1)})


@pytest.mark.parametrize(
    ("answers", "computed", "low", "high"),
    [((True, True, True, False), "7.5", None, None), ((False,) * 4, "0", None, None),
     ((True, None, False, True), None, "5", "7.5"), ((), None, "0", "10")],
)  # fmt: skip
def test_checklist_is_three_valued(
    one_leaf: Build, answers: tuple[bool | None, ...], computed: str | None, low: str | None, high: str | None
) -> None:
    system = one_leaf("rule: {kind: checklist, statements: [一, 二, 三, 四]}")
    leaf = scored(system, filing(judgements={"a": _answers(*answers)}))
    assert leaf.computed == (None if computed is None else Fraction(computed))
    assert (leaf.trace.low, leaf.trace.high) == (low and Fraction(low), high and Fraction(high))
    if computed is not None:
        assert leaf.standing is Standing.JUDGED


def test_a_statement_decided_by_figures_is_computed(one_leaf: Build) -> None:
    system = one_leaf(
        'rule: {kind: checklist, statements: [{text: 不超编, when: "人数 <= 30"}, {text: 有预算, when: "乙 > 0"}]}'
    )
    leaf = scored(system, filing({"人数": "31", "乙": "5"}))
    assert (leaf.standing, leaf.computed) == (Standing.COMPUTED, 5)


@pytest.mark.parametrize(("count", "expected"), [("0", "10"), ("3", "7"), ("11", "0")])
def test_defects_stop_at_nothing(one_leaf: Build, count: str, expected: str) -> None:
    leaf = scored(one_leaf("rule: {kind: defects, each: 1, count: 人数}"), filing({"人数": count}))
    assert leaf.computed == Fraction(expected)


_BANDS = "rule: {kind: judgement, bands: [{name: 达成, from: 80%, to: 100%}, {name: 部分, from: 60%, to: 80%}, {name: 未达成, from: 0%, to: 60%}]}"


@pytest.mark.parametrize(
    ("judgement", "computed"),
    [
        (Judgement(band="达成", share=Decimal("0.9"), reason="有统计公报"), "9"),
        (Judgement(share=Decimal("0.7"), reason="部分完成"), "7"),
        (Judgement(band="达成", share=Decimal("0.9")), None),
        (Judgement(band="达成", reason="有"), None),
        (Judgement(band="达成", share=Decimal("0.5"), reason="有"), None),
        (Judgement(band="优", share=Decimal("0.9"), reason="有"), None),
        (Judgement(), None),
    ],
)
def test_a_judgement_needs_a_band_a_share_in_it_and_a_reason(
    one_leaf: Build, judgement: Judgement, computed: str | None
) -> None:
    leaf = scored(one_leaf(_BANDS), filing(judgements={"a": judgement}))
    assert leaf.computed == (None if computed is None else Fraction(computed))


def test_condition(one_leaf: Build) -> None:
    system = one_leaf("rule: {kind: condition, when: 人数 <= 30}")
    assert [scored(system, filing({"人数": n})).computed for n in ("30", "31")] == [10, 0]
    assert scored(system, filing()).standing is Standing.MISSING


def test_a_guard_stands_before_the_rule_and_the_rule_stays_visible(one_leaf: Build) -> None:
    system = one_leaf(_RATIO + "rule: {kind: proportional}\nguards: [{when: 甲 > 乙, score: 0, because: 超计划}]")
    leaf = scored(system, filing({"甲": "26.12", "乙": "5"}))
    assert leaf.computed == 0
    assert "522.4%" in leaf.trace.sentence
    assert [step.taken for step in leaf.trace.steps] == [True, True, False]


def test_an_unknown_veto_leaves_the_leaf_open(one_leaf: Build) -> None:
    system = one_leaf(_RATIO + "rule: {kind: proportional}\nvetoes: [{when: 挪用, because: 挪用资金}]")
    values = {"甲": "1", "乙": "1"}
    assert scored(system, filing(values | {"挪用": "是"})).computed == 0
    assert scored(system, filing(values | {"挪用": "否"})).computed == 10
    assert scored(system, filing(values)).computed is None


_COMPOSITE = """
rule:
  kind: composite
  parts:
    - {name: 支出率, points: 6, measure: 甲 / 乙, rule: {kind: proportional}}
    - {name: 控编, points: 4, rule: {kind: condition, when: 人数 <= 30}}
"""


def test_composite_adds_its_parts_or_says_what_is_settled(one_leaf: Build) -> None:
    system = one_leaf(_COMPOSITE)
    assert scored(system, filing({"甲": "1", "乙": "2", "人数": "9"})).computed == 7
    leaf = scored(system, filing({"甲": "1", "乙": "2"}))
    assert (leaf.computed, leaf.trace.low, leaf.trace.high) == (None, 3, 7)


_CHOICE = """
rule:
  kind: choose
  by: {by}
  options:
    - {{name: 结转率, measure: 甲 / 乙, rule: {{kind: excess, beyond: 0%, step: 10%, each: 1}}}}
    - {{name: 变动率, rule: {{kind: difference, of: 甲, against: 上年(甲), rule: {{kind: excess, beyond: 0%, step: 10%, each: 1}}}}}}
"""


def test_choose_the_best_only_when_the_best_is_certain(one_leaf: Build) -> None:
    system = one_leaf(_CHOICE.format(by="best"))
    values = {"甲": "2", "乙": "10"}
    assert scored(system, filing(values, {"甲": "2"})).computed == 10
    assert scored(system, filing(values)).computed is None


def test_the_department_chooses(one_leaf: Build) -> None:
    system = one_leaf(_CHOICE.format(by="department"))
    given_ = filing({"甲": "2", "乙": "10"}, {"甲": "2"}, judgements={"a": Judgement(choice="结转率")})
    assert scored(system, given_).computed == 8
    assert scored(system, filing({"甲": "2", "乙": "10"}, {"甲": "2"})).computed is None


def test_outside_score(one_leaf: Build) -> None:
    system = one_leaf("rule: {kind: outside, score: 外部得分, of: 100}")
    assert scored(system, filing({"外部得分": "87.65"})).computed == Fraction("8.77")
    assert scored(system, filing({"外部得分": "101"})).computed is None


def _rows(*cells: dict[str, str], complete: bool = True) -> Register:
    return Register(tuple(Row(each) for each in cells), complete=complete)


def test_weighted_average_of_rows(one_leaf: Build) -> None:
    system = one_leaf("rule: {kind: weighted, register: 项目, value: 得分, weight: 金额, of: 100}")
    rows = ({"金额": "30", "得分": "90"}, {"金额": "10", "得分": "70"})
    assert scored(system, filing(registers={"项目": _rows(*rows)})).computed == Fraction("8.5")
    assert scored(system, filing(registers={"项目": _rows(*rows, complete=False)})).computed is None
    assert scored(system, filing(registers={"项目": _rows(*rows, {"金额": "", "得分": "5"})})).computed is None


def test_rank_needs_the_others(one_leaf: Build) -> None:
    system = one_leaf(_RATIO + "rule: {kind: rank, steps: [{to: 50%, score: 10}, {score: 5}]}")
    mine = filing({"甲": "8", "乙": "10"})
    peers = [filing({"甲": n, "乙": "10"}) for n in ("9", "5", "4")]
    assert score(system, mine, peers).leaves[0].computed == 10
    assert score(system, mine, peers[:1]).leaves[0].computed == 5
    assert score(system, mine).leaves[0].computed is None


def test_no_score_is_recorded_only(one_leaf: Build) -> None:
    leaf = scored(one_leaf(_RATIO + "rule: {kind: none}"), filing({"甲": "1", "乙": "2"}))
    assert (leaf.standing, leaf.score) == (Standing.RECORDED, None)
    assert "50%" in leaf.trace.sentence


def test_overshoot_is_said_and_may_cost(one_leaf: Build) -> None:
    free = one_leaf(_RATIO + "rule: {kind: proportional, overshoot: {limit: 130%}}")
    leaf = scored(free, filing({"甲": "131", "乙": "100"}))
    assert leaf.computed == 10
    assert "目标设置偏低" in leaf.trace.notes[0]
    costly = one_leaf(_RATIO + "rule: {kind: proportional, overshoot: {limit: 130%, share: 80%}}")
    assert scored(costly, filing({"甲": "131", "乙": "100"})).computed == 8
    assert scored(costly, filing({"甲": "130", "乙": "100"})).computed == 10


_FREE = """
rule:
  kind: free
  register: 绩效目标
  where: 一级指标 = "产出"
  qualitative: {kind: judgement, bands: [{name: 达成预期指标, from: 80%, to: 100%}, {name: 未达成, from: 0%, to: 60%}]}
"""


def _goal(target: str, actual: str, points: str, **more: str) -> dict[str, str]:
    return {"一级指标": "产出", "三级指标": "培训", "指标值": target, "实际完成值": actual, "分值": points, **more}


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [("≥50个", "40个", "4"), ("≥50个", "60", "5"), ("≤90万元", "100万元", "4.5"), ("≤90万元", "850000元", "5"),
     ("=100%", "102.59%", "4.87"), ("≤0次", "0", "5"), ("≤0次", "2", "0"), (">=100百分比", "100%", "5"), ("≥90%", "≥90%", "5")],
)  # fmt: skip
def test_target_grammar(one_leaf: Build, target: str, actual: str, expected: str) -> None:
    rows = _rows(_goal(target, actual, "5"), _goal("≥1场", "1场", "5"))
    leaf = scored(one_leaf(_FREE), filing(registers={"绩效目标": rows}))
    assert leaf.computed == Fraction(expected) + 5, leaf.trace


@pytest.mark.parametrize(
    ("target", "actual"), [("≥90%", "0.92"), ("≥90", "92%"), ("≤90", "80万元"), ("≥50个", "50次"), ("≥50个", "80%")]
)
def test_a_unit_that_only_one_side_states_is_not_guessed(one_leaf: Build, target: str, actual: str) -> None:
    rows = _rows(_goal(target, actual, "5"), _goal("≥1场", "1场", "5"))
    leaf = scored(one_leaf(_FREE), filing(registers={"绩效目标": rows}))
    assert leaf.computed is None
    assert "对不上" in leaf.trace.missing[0]


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥50", "40个", "4"),
        ("≤90万元", "100", "4.5"),
        ("≥90%", "81", "4.5"),
        ("≥0.9", "81%", "4.5"),
        ("≥90", "81", "4.5"),
    ],
)
def test_a_unit_that_only_one_side_states_is_the_others_where_nothing_else_can_be_meant(
    one_leaf: Build, target: str, actual: str, expected: str
) -> None:
    rows = _rows(_goal(target, actual, "5"), _goal("≥1场", "1场", "5"))
    assert scored(one_leaf(_FREE), filing(registers={"绩效目标": rows})).computed == Fraction(expected) + 5


def test_free_leaves_must_fill_their_node_and_inapplicable_ones_share_out(one_leaf: Build) -> None:
    system = one_leaf(_FREE)
    short = _rows(_goal("≥1场", "1场", "4"))
    assert "合计4分，应为10分" in scored(system, filing(registers={"绩效目标": short})).trace.missing[0]
    shared = _rows(_goal("≥2场", "1场", "4"), _goal("≥1场", "", "6", 是否适用="否"))
    assert scored(system, filing(registers={"绩效目标": shared})).computed == 5


@pytest.mark.parametrize(
    ("operator", "target", "unit", "actual", "shown", "said"),
    [
        ("≥", "50", "个", "1,260个", "≥50个", "培训1,260个，"),
        ("≥", "≥50个", "个", "52", "≥50个", "培训52个，"),
        ("", "90", "%", "92.5%", "90%", "培训92.5%，"),
    ],
)
def test_a_unit_is_said_once(
    one_leaf: Build, operator: str, target: str, unit: str, actual: str, shown: str, said: str
) -> None:
    rows = _rows(_goal(target, actual, "10", 运算符=operator, 计量单位=unit))
    leaf = scored(one_leaf(_FREE), filing(registers={"绩效目标": rows}))
    assert leaf.trace.steps[0].formula == shown
    assert said in leaf.trace.sentence


def test_a_qualitative_goal_needs_band_share_and_reason(one_leaf: Build) -> None:
    system = one_leaf(_FREE)
    judged = _goal("效果明显", "效果明显", "10", 完成档次="达成预期指标", 评定比例="95%")
    leaf = scored(system, filing(registers={"绩效目标": _rows(judged)}))
    assert (leaf.computed, leaf.standing) == (Fraction("9.5"), Standing.JUDGED)
    assert scored(system, filing(registers={"绩效目标": _rows(_goal("定性", "好", "10"))})).computed is None


def test_rows_claims_stand_where_a_row_cannot_be_computed(one_leaf: Build) -> None:
    rows = _rows(_goal("≥50个", "", "4", 自评得分="4"), _goal("≥1场", "1场", "6", 自评得分="5.5"))
    leaf = scored(one_leaf(_FREE), filing(registers={"绩效目标": rows}))
    assert (leaf.standing, leaf.score) == (Standing.CLAIMED, Fraction("9.5"))


_ANY_RULE = st.sampled_from(
    [
        "{kind: proportional, to: 80%}",
        "{kind: proportional, to: 50%, lower_is_better: true}",
        "{kind: steps, steps: [{from: 90%, score: 10}, {from: 33%, share: 40%}, {score: 0}]}",
        "{kind: excess, beyond: 50%, step: 3%, each: 0.7, side: both, whole_steps: up}",
        "{kind: pass_mark, mark: 60%}",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(rule=_ANY_RULE, top=st.decimals(-500, 500, places=2), bottom=st.decimals("0.01", 500, places=2))
def test_no_figure_earns_less_than_nothing_or_more_than_all(
    one_leaf: Build, rule: str, top: Decimal, bottom: Decimal
) -> None:
    leaf = scored(one_leaf(_RATIO + f"rule: {rule}"), filing({"甲": str(top), "乙": str(bottom)}))
    assert leaf.computed is not None
    assert 0 <= leaf.computed <= 10
    assert (leaf.computed * 100).denominator == 1


def test_rows_claims_above_the_leafs_points_are_not_taken(one_leaf: Build) -> None:
    rows = _rows(_goal("≥50个", "", "4", 自评得分="40"), _goal("≥1场", "1场", "6", 自评得分="6"))
    leaf = scored(one_leaf(_FREE), filing(registers={"绩效目标": rows}))
    assert (leaf.standing, leaf.score) == (Standing.MISSING, None)
    assert "高于本项分值10分" in leaf.trace.notes[0]
