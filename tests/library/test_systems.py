"""Indicator systems as data: what ships is sound, and every mistake in a file is said at once, with its line."""

import re
from pathlib import Path

import pytest

from hengji.library import BUILT_IN, load_dictionary, load_system, load_system_text, system_ids
from hengji.model.problem import HengjiError
from hengji.model.system import Confidence
from hengji.scoring.describe import describe_leaf
from hengji.scoring.trials import run_tests


@pytest.mark.parametrize("system_id", system_ids())
def test_every_shipped_system_passes_its_own_tests_and_says_how_sure_it_is(system_id: str) -> None:
    system = load_system(system_id)
    assert run_tests(system) == ()
    assert system.tests, "一套指标体系至少要有一个测试"
    assert system.about
    assert all(describe_leaf(leaf) for leaf in system.leaves())


@pytest.mark.parametrize("system_id", system_ids())
def test_the_resolved_text_is_the_system(system_id: str) -> None:
    system = load_system(system_id)
    again = load_system_text(system.text, load_dictionary())
    assert again.sha256 == system.sha256
    assert [leaf.rule for leaf in again.leaves()] == [leaf.rule for leaf in system.leaves()]


def test_what_the_reference_calls_unverified_is_never_called_official() -> None:
    unsure = (
        "guangdong/2022-50-50",
        "guangdong/shenzhen/department-overall",
        "hubei/department-overall",
        "beijing/department-overall",
    )
    assert all(load_system(each).confidence is Confidence.UNVERIFIED for each in unsure)
    assert not any(load_system(each).confidence is Confidence.OFFICIAL for each in system_ids())


def test_no_province_in_the_code() -> None:
    names = re.compile(
        "广东|湖南|四川|湖北|北京|深圳|乐昌|达州|guangdong|hunan|sichuan|hubei|beijing|shenzhen|lechang", re.IGNORECASE
    )
    code = list(BUILT_IN.parent.rglob("*.py"))
    assert code
    assert [str(path) for path in code if names.search(path.read_text(encoding="utf-8"))] == []


_WRONG = """
id: t/wrong
version: 1
name: 错误百出
total: {points: 100, cap: 100}
grades: [{name: 优, from: 90}, {name: 良, from: 60}]
indicators:
  - id: "1"
    name: 甲
    points: 60
    points: 61
    parts:
      - {id: "1.1", name: 子, points: 20, measure: 不存在的项 / 采购预算金额, rule: {kind: proportional}}
      - {id: "1.1", name: 丑, points: 30, rule: {kind: proportonal}}
      - {id: "1.3", name: 寅, points: 五, rule: {kind: steps, steps: [{from: 90%, score: 5}, {below: 80%, score: 0}]}, measure: 在编人数 / 编制数}
      - {id: "1.4", name: 卯, points: 1, rule: {kind: checklist, statements: [{text: 一, points: 3}]}, wieght: 2}
      - {id: "1.5", name: 辰, points: 1, not_applicable: {policy: to_item, to: "9.9"}}
      - {id: "1.6", name: 巳, points: 1, rule: {kind: condition, when: 在编人数 > 采购预算金额}}
tests:
  - {name: 空}
"""


def test_every_mistake_is_said_at_once_with_its_line() -> None:
    with pytest.raises(HengjiError) as caught:
        load_system_text(_WRONG, load_dictionary(), "wrong.yaml")
    said = {
        int(match[1]): str(problem)
        for problem in caught.value.problems
        if (match := re.search(r":(\d+)", problem.where))
    }
    text = "\n".join(map(str, caught.value.problems))
    for expected in ("写了两次这个键", "不存在的项", "proportonal", "“五”不是数", "各档没有接上", "与本项分值1分不符", "不认识的键“wieght”",
                     "“9.9”", "单位不同", "编号“1.1”重复", "expect", "等次没有覆盖最低分"):  # fmt: skip
        assert expected in text
    assert {11, 13, 14, 15, 16, 17, 18, 20} <= set(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空的"),
        ("- 一\n- 二", "最外层"),
        ("id: [", "YAML格式"),
        ("id: t\nversion: 1\nname: 甲\n", "缺少 indicators"),
        ("id: t\nversion: 1\nname: 甲\nindicators: [{id: a, name: 甲, points: 99}]\n", "总分是100分，下级合计99分"),
        (
            "id: t\nversion: 1\nname: 甲\nitems: [{name: 甲, formula: 乙}, {name: 乙, formula: 甲}]\nindicators: [{id: a, name: 甲, points: 100}]\n",
            "循环引用",
        ),
        ("id: t\nversion: 1\nname: 甲\nindicators: [{id: a, name: 甲, points: 100}]\na: &x {b: *x}\n", "引用了自己"),
        ("a: " + "[" * 100_000, "嵌套超过"),
        ("".join(" " * depth + "a:\n" for depth in range(500)), "嵌套超过"),
        (
            "a: &a [x, x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)),
            "内容过多",
        ),
        ("a: !!python/object/apply:os.system [ls]", "不认识的键“a”"),
        ("a: 1\n---\nb: 2", "只写一份"),
        ("a: \x00", "不允许的字符"),
    ],
)
def test_a_broken_file_is_one_clear_sentence(text: str, said: str) -> None:
    with pytest.raises(HengjiError, match=said):
        load_system_text(text, load_dictionary())


def _leaf(points: str, text: str, more: str = "") -> str:
    """A system of one leaf whose rule stands on line 5."""
    return f"id: t\nversion: 1\nname: 甲\nindicators:\n  - {{id: a, name: 甲, points: {points}, {text}}}\n{more}"


_RATE = "measure: 在编人数 / 编制数, rule: "


@pytest.mark.parametrize(
    ("rule", "key", "said"),
    [
        (_RATE + "{kind: steps, steps: [{from: 90%, share: 150%}, {below: 90%, score: 0}]}", "share", "应不大于100%"),
        (_RATE + "{kind: steps, steps: [{from: 90%, score: 3}, {below: 90%, score: -3}]}", "score", "应不小于0"),
        (_RATE + "{kind: steps, steps: [{from: 90%, score: 101}, {below: 90%, score: 0}]}", "score", "应不大于100"),
        (_RATE + "{kind: excess, beyond: 100%, step: 0%, each: 1}", "step", "应大于0"),
        (_RATE + "{kind: excess, beyond: 100%, step: 1%, each: -1}", "each", "应大于0"),
        (_RATE + "{kind: proportional, overshoot: {limit: 0}}", "limit", "应不小于1"),
        (_RATE + "{kind: proportional, overshoot: {limit: 130%, share: 130%}}", "share", "应不大于100%"),
        (_RATE + "{kind: steps, steps: [{from: 60%, score: 3}, {from: 90%, score: 5}, {score: 0}]}", "steps", "第2档与前面的档重叠"),
        (_RATE + "{kind: steps, steps: [{from: 75%, to: 95%, score: 3}, {from: 90%, score: 5}, {score: 0}]}", "steps", "90% 同时落在两档"),
        (_RATE + "{kind: steps, steps: [{from: 90%, score: 5}, {from: 80%, to: 90%, score: 3}, {score: 0}]}", "steps", "90% 同时落在两档"),
        (_RATE + "{kind: steps, steps: [{score: 0}, {score: 5}]}", "steps", "第2档永远轮不到"),
        (_RATE + "{kind: rank, steps: [{to: 50%, share: 100%}]}", "steps", "没有接上"),
        ("rule: {kind: condition, when: 在编人数}", "when", "要写条件"),
        ("rule: {kind: condition, when: 涉密单位 = 3}", "when", "永远不会相等"),
        ("rule: {kind: condition, when: '在编人数 > \"三\"'}", "when", "不能这样比较大小"),
        ("rule: {kind: condition, when: '计数(转移支付, 类别 = \"特别\") > 0'}", "when", "没有“特别”这个选项，可以选：一般性、专项"),
        ("rule: {kind: condition, when: '无(转移支付, 金额)'}", "when", "“金额”是数"),
        ("rule: {kind: condition, when: '天数(在编人数, 编制数) > 3'}", "when", "要写日期"),
        ("measure: 在编人数 > 编制数, rule: {kind: proportional}", "measure", "要写数"),
        ("measure: 转移支付, rule: {kind: proportional}", "measure", "是台账"),
        ("measure: '合计(转移支付, 类别)', rule: {kind: proportional}", "measure", "“类别”是文字"),
        ("measure: '如果(涉密单位, 1, 是)', rule: {kind: proportional}", "measure", "应是同一类"),
        ("rule: {kind: defects, each: 1, count: 涉密单位}", "count", "要写数"),
        ("rule: {kind: outside, score: 涉密单位, of: 0}", "of", "应大于0"),
        ("rule: {kind: weighted, register: 项目, value: 项目名称}", "value", "不是数"),
        ("rule: {kind: checklist, statements: [{text: 一, points: 102}, {text: 二, points: -2}]}", "points", "应大于0"),
        ("not_applicable: {policy: full, to: b}", "to", "才写 to"),
        ("guards: [{when: 涉密单位, score: 0}]", "guards", "没有 rule"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant_is_refused_at_its_key(rule: str, key: str, said: str) -> None:
    with pytest.raises(HengjiError) as caught:
        load_system_text(_leaf("100", rule), load_dictionary(), "t.yaml")
    assert any(p.where == f"t.yaml:5 {key}" and said in p.message for p in caught.value.problems)


@pytest.mark.parametrize(
    ("more", "where", "said"),
    [
        ("total: {cap: -100}", "t.yaml:6 cap", "应大于0"),
        ("total: {floor: 200}", "t.yaml:6 floor", "应不大于100"),
        ("bonus: {cap: -3}", "t.yaml:6 cap", "应不小于0"),
        ("deduction: {cap: -3}", "t.yaml:6 cap", "应不小于0"),
        ("bonus: {scope: b}", "t.yaml:6 bonus", "一个有下级的指标编号"),
        ("bonus: {tariff: {register: 表彰奖励, by: 级别, points: {宇宙级: 2}}}", "t.yaml:6 宇宙级", "可以写：国家级"),
        ("bonus: {tariff: {register: 表彰奖励, by: 级别, points: {省级: -2}}}", "t.yaml:6 省级", "应不小于0"),
        ("grades: [{name: 优, from: 0}, {name: 优, from: 80}]", "t.yaml:6 grades", "不能重复"),
        ("vetoes: [{when: 涉密单位, scope: node, node: z}]", "t.yaml:6 vetoes", "“z”不存在"),
        ("items: [{name: 甲数, type: date, formula: 在编人数 + 1}]", "t.yaml:6 formula", "要写日期"),
        ("items: [{name: 甲数}, {name: 甲数, unit: 元}]", "t.yaml:6 items", "“甲数”已在"),
        ("items: [{name: 甲数, aliases: [在编人数]}]", "t.yaml:6 items", "是另一个数据项的名称"),
    ],
)
def test_what_stands_outside_the_tree_is_held_to_its_bounds(more: str, where: str, said: str) -> None:
    with pytest.raises(HengjiError) as caught:
        load_system_text(_leaf("100", "about: 无", more), load_dictionary(), "t.yaml")
    assert any(p.where == where and said in p.message for p in caught.value.problems)


@pytest.mark.parametrize(
    ("rule", "test", "said"),
    [
        ("about: 无", "claims: {b: 3}", "“b”不是指标编号"),
        ("about: 无", "not_applicable: {b: 无}", "“b”不是指标编号"),
        ("rule: {kind: judgement, bands: [{name: 好, from: 0%, to: 100%}]}", "judgements: {a: {band: 优}}", "没有“优”这个档次；有：好"),
        ("rule: {kind: checklist, statements: [一, 二]}", "judgements: {a: {answers: {3: 是}}}", "没有“3”这个要点"),
    ],
)  # fmt: skip
def test_a_built_in_test_that_names_what_is_not_there_fails(rule: str, test: str, said: str) -> None:
    text = _leaf("100", rule, f"tests: [{{name: 试, {test}, expect: {{a: 3}}}}]")
    deviations = run_tests(load_system_text(text, load_dictionary(), "t.yaml"))
    assert [said in str(deviation) for deviation in deviations] == [True]


def _library(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "systems" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


_TOWN = """
id: town/overall
version: 2
name: 某县指标体系
extends: guangdong/lechang/department-overall
remove: [2.1.3]
bonus: {cap: 2}
indicators:
  - {id: 2.1.2, points: 6, rule: {kind: steps, steps: [{to: 0%, score: 6}, {score: 0}]}}
  - {id: 2.1.4, standard: 改过的标准}
tests:
  - {name: 改了分值, given: {年末结转结余: 0, 年度部门预算资金: 5}, expect: {2.1.2: 6}}
"""


def test_an_overlay_changes_by_id_and_deletes_only_by_remove(tmp_path: Path) -> None:
    own = _library(tmp_path, town__overall=_TOWN)
    system = load_system("town/overall", own)
    ids = [leaf.id for leaf in system.leaves()]
    assert "2.1.3" not in ids
    assert len(ids) == 26
    changed = system.indicator("2.1.4")
    assert changed is not None
    assert (changed.standard, changed.points) == ("改过的标准", 2)
    assert system.bonus is not None
    assert (system.bonus.name, system.bonus.cap) == ("加减分项", 2)
    assert run_tests(system) == ()
    assert system.sha256 != load_system("guangdong/lechang/department-overall").sha256


def test_a_system_is_read_again_only_where_a_file_has_changed(tmp_path: Path) -> None:
    own = _library(tmp_path, town__overall=_TOWN)
    (tmp_path / "systems" / "nowhere.yaml").symlink_to(tmp_path / "gone.yaml")
    system = load_system("town/overall", own)
    assert load_system("town/overall", own) is system
    _library(tmp_path, town__overall=_TOWN.replace("改过的标准", "又改过的标准"))
    changed = load_system("town/overall", own).indicator("2.1.4")
    assert changed is not None
    assert changed.standard == "又改过的标准"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"a": "id: a\nversion: 1\nname: 甲\nextends: b\n", "b": "id: b\nversion: 1\nname: 乙\nextends: a\n"},
            "循环继承",
        ),
        ({"a": "id: a\nversion: 1\nname: 甲\nextends: nowhere\n"}, "没有编号为“nowhere”"),
        ({"a": "id: b\nversion: 1\nname: 甲\nindicators: [{id: x, name: 甲, points: 100}]\n"}, "id 应与文件位置一致"),
        ({"a": _TOWN.replace("town/overall", "a").replace("[2.1.3]", "[7.7]")}, "要删除的指标“7.7”"),
        (
            {"a": _TOWN.replace("town/overall", "a").replace("id: 2.1.4,", 'id: 2.1.4, parent: "2.2",')},
            "parent 不能移动它",
        ),
    ],
)
def test_a_bad_overlay_is_said(tmp_path: Path, files: dict[str, str], said: str) -> None:
    own = _library(tmp_path, **files)
    with pytest.raises(HengjiError, match=said):
        load_system("a", own)


def test_numbers_stay_as_they_are_written() -> None:
    text = "id: t\nversion: 1\nname: 甲\nindicators:\n  - {id: 2.10, name: 十, points: 60}\n  - {id: 2.1, name: 一, points: 40}\n"
    system = load_system_text(text, load_dictionary())
    assert [leaf.id for leaf in system.leaves()] == ["2.10", "2.1"]
