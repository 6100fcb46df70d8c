"""Loads indicator systems: reads, overlays, checks, and reports every mistake at once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hengji.language import Vocabulary
from hengji.library.dictionary import read_dictionary
from hengji.library.nodes import Fields, Mapping, Scalar, Tree, dump, plain_data, read_tree, read_tree_file
from hengji.library.overlay import overlay
from hengji.library.rules import RuleReader, check_measure
from hengji.model.item import Dictionary
from hengji.model.numerals import plain
from hengji.model.problem import HengjiError, Problem
from hengji.model.rules import Policy, VetoScope
from hengji.model.system import (
    Basis,
    Confidence,
    Extra,
    Grade,
    Indicator,
    IndicatorSystem,
    SystemTest,
    Years,
    in_year,
)

_MAX_CHAIN = 10


def find_system_files(folders: Iterable[Path]) -> dict[str, Path]:
    """The system files of the library folders by id; a later folder's file replaces an earlier one's."""
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder / "systems"
        for path in sorted(root.rglob("*.yaml")):
            found[path.relative_to(root).with_suffix("").as_posix()] = path
    return found


def load_system_file(system_id: str, files: dict[str, Path], dictionary: Dictionary) -> IndicatorSystem:
    """The resolved system of that id. Raises HengjiError with every problem of it and of the files it extends."""
    problems: list[Problem] = []
    tree = _resolved(system_id, files, problems, ())
    if tree is None:
        raise HengjiError(*problems)
    return read_system(tree, dictionary, problems, expected_id=system_id)


def load_system_text(text: str, dictionary: Dictionary, file: str = "指标体系") -> IndicatorSystem:
    """A system from one resolved text, as a notice or a filing has pinned it. Raises HengjiError."""
    problems: list[Problem] = []
    tree = read_tree(text, file, problems)
    if tree is None:
        raise HengjiError(*problems)
    return read_system(tree, dictionary, problems)


def _resolved(
    system_id: str, files: dict[str, Path], problems: list[Problem], below: tuple[str, ...]
) -> Mapping | None:
    """The tree of a system with everything it extends laid under it."""
    if system_id in below or len(below) >= _MAX_CHAIN:
        circle = " → ".join((*below, system_id))
        problems.append(Problem(f"systems/{below[-1]}.yaml extends", f"指标体系循环继承：{circle}"))
        return None
    path = files.get(system_id)
    if path is None:
        where = f"systems/{below[-1]}.yaml extends" if below else ""
        near = _near(system_id, files)
        problems.append(
            Problem(
                where,
                f"没有编号为“{system_id}”的指标体系{near}；用 hengji systems list 查看全部，自有规则的要加 --library",
            )
        )
        return None
    tree = read_tree_file(path, problems, f"systems/{system_id}.yaml")
    if tree is None:
        return None
    parent = Fields(tree, problems).text("extends")
    if not parent:
        if "remove" in tree.entries:
            problems.append(Problem(tree.entries["remove"].place, "没有 extends 的指标体系不能写 remove"))
        return tree
    base = _resolved(parent, files, problems, (*below, system_id))
    return None if base is None else overlay(base, tree, problems)


def _near(system_id: str, files: Iterable[str]) -> str:
    last = system_id.rsplit("/", 1)[-1]
    near = [known for known in files if last and (last in known or known.startswith(system_id))][:3]
    return f"，您是不是要找：{'、'.join(near)}" if near else ""


def read_system(
    tree: Mapping, dictionary: Dictionary, problems: list[Problem], expected_id: str = ""
) -> IndicatorSystem:
    """The system behind a resolved tree. Raises HengjiError with all problems, those given included."""
    fields = Fields(tree, problems)
    local = [(item, "本体系数据项") for item in fields.items("items")]
    _check_names("数据项", fields.items("items"), problems)
    _check_names("台账", fields.items("registers"), problems)
    dictionary = read_dictionary(local, fields.items("registers"), dictionary, problems)
    system = _read(fields, _SystemReader(Vocabulary(dictionary), problems))
    system = replace(system, dictionary=dictionary)
    if expected_id and system.id != expected_id:
        fields.problem(f"id 应与文件位置一致，写成 {expected_id}", "id")
    _check(system, tree, problems)
    if problems:
        raise HengjiError(*sorted(set(problems), key=_by_place))
    text = dump(tree)
    return replace(system, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def _check_names(what: str, declared: Sequence[Tree], problems: list[Problem]) -> None:
    """Reports what is declared twice in one system."""
    seen: dict[str, str] = {}
    for tree in declared:
        name = Fields.of(tree, []).text("name")
        if name and name in seen:
            problems.append(Problem(tree.place, f"{what}“{name}”已在{seen[name]}声明过"))
        seen[name] = tree.place


def _by_place(problem: Problem) -> tuple[str, int, str]:
    file, _, rest = problem.where.partition(":")
    line = rest.split(" ")[0]
    return file, int(line) if line.isdigit() else 0, problem.message


def _read(fields: Fields, reader: "_SystemReader") -> IndicatorSystem:
    points, cap, floor = _total(fields)
    confidence = fields.choice("confidence", Confidence, Confidence.UNVERIFIED)
    system = IndicatorSystem(
        id=fields.text("id", required=True),
        version=fields.text("version", required=True),
        name=fields.text("name", required=True),
        region=fields.text("region"),
        years=_years(fields),
        basis=_basis(fields),
        confidence=confidence,
        about=fields.text("about"),
        indicators=tuple(reader.indicator(child, confidence) for child in fields.children("indicators")),
        total_points=points,
        cap=cap,
        floor=floor,
        bonus=reader.outside(fields, "bonus", "加分项"),
        deduction=reader.outside(fields, "deduction", "扣分项"),
        grades=_grades(fields),
        grade_on=fields.text("grade_on", "final"),
        vetoes=reader.rules().vetoes(fields),
        outline=fields.text("outline", "general"),
        tests=tuple(_test(test) for test in fields.children("tests")),
        place=fields.place,
    )
    if system.grade_on not in ("final", "base"):
        fields.problem("应是 final（按最终得分）或 base（按基础分）", "grade_on")
    if not system.indicators:
        fields.problem("缺少 indicators（指标）")
    fields.finish()
    return system


def _total(fields: Fields) -> tuple[Fraction | None, Fraction | None, Fraction]:
    tree = fields.get("total")
    if tree is None:
        return Fraction(100), Fraction(100), Fraction(0)
    if isinstance(tree, Scalar):
        if tree.text != "none":
            fields.problem("应写 {points, cap, floor}，或写 none（不计分）", "total")
        return None, None, Fraction(0)
    inner = Fields.of(tree, fields.problems)
    points = inner.number("points", Fraction(100), above=0)
    cap = None if inner.text("cap") == "none" else inner.number("cap", points, above=0)
    floor = inner.number("floor", Fraction(0), least=0, most=cap) or Fraction(0)
    inner.finish()
    return points, cap, floor


def _years(fields: Fields) -> Years:
    inner = fields.fields("years")
    if inner is None:
        return Years()
    years = Years(inner.integer("from"), inner.integer("to"))
    if years.first is not None and years.last is not None and years.first > years.last:
        inner.problem("from 不能晚于 to")
    inner.finish()
    return years


def _basis(fields: Fields) -> tuple[Basis, ...]:
    found = []
    for basis in fields.children("basis"):
        found.append(Basis(basis.text("title", required=True), basis.text("doc_no"), basis.text("clause")))
        basis.finish()
    return tuple(found)


def _grades(fields: Fields) -> tuple[Grade, ...]:
    grades = []
    for grade in fields.children("grades"):
        low = grade.number("from", required=True, least=0)
        grades.append(Grade(grade.text("name", required=True), low or Fraction(0)))
        grade.finish()
    grades.sort(key=lambda grade: -grade.low)
    if len({grade.low for grade in grades}) < len(grades):
        fields.problem("两个等次的起点分相同", "grades")
    if len({grade.name for grade in grades}) < len(grades):
        fields.problem("等次的名称不能重复", "grades")
    return tuple(grades)


def _test(fields: Fields) -> SystemTest:
    name = fields.text("name", required=True)
    expect = fields.fields("expect")
    wanted = tuple((key, expect.text(key)) for key in expect.tree.entries) if expect else ()
    given = {
        key: plain_data(tree)
        for key in ("given", "last_year", "registers", "judgements", "claims", "not_applicable")
        if (tree := fields.get(key)) is not None
    }
    fields.text("year")
    given["year"] = fields.text("year")
    if not wanted:
        fields.problem("测试要写 expect（期望得分）")
    fields.finish()
    return SystemTest(name, given, wanted, fields.place)


class _SystemReader:
    """Reads the tree of indicators and what stands outside it."""

    def __init__(self, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.vocabulary = vocabulary
        self.problems = problems

    def rules(self, points: Fraction | None = None) -> RuleReader:
        return RuleReader(self.vocabulary, self.problems, points)

    def indicator(self, fields: Fields, confidence: Confidence) -> Indicator:
        points = fields.number("points", least=0)
        confidence = fields.choice("confidence", Confidence, confidence)
        reader = self.rules(points)
        rule_fields = fields.fields("rule")
        indicator = Indicator(
            id=fields.text("id", required=True),
            name=fields.text("name", required=True),
            points=points,
            parts=tuple(self.indicator(part, confidence) for part in fields.children("parts")),
            aliases=fields.texts("aliases"),
            about=fields.text("about"),
            standard=fields.text("standard"),
            measure=reader.expression(fields, "measure"),
            measure_name=fields.text("measure_name"),
            rule=reader.rule(rule_fields) if rule_fields else None,
            guards=reader.guards(fields),
            vetoes=reader.vetoes(fields),
            zero_denominator=reader.zero_denominator(fields),
            not_applicable=reader.not_applicable(fields),
            evidence=fields.texts("evidence"),
            basis=_basis(fields),
            confidence=confidence,
            years=_years(fields),
            year_offset=fields.integer("year_offset", 0) or 0,
            note=fields.text("note"),
            place=fields.place,
        )
        check_measure(indicator.rule, indicator.measure, fields)
        if indicator.parts and not indicator.is_leaf and indicator.rule is not None:
            fields.problem("有下级且下级有分值的指标不能再写 rule", "rule")
        fields.finish()
        return indicator

    def outside(self, fields: Fields, key: str, name: str) -> Extra | None:
        """Bonus or deduction."""
        inner = fields.fields(key)
        if inner is None:
            return None
        cap = None if inner.text("cap", "none") == "none" else inner.number("cap", least=0)
        extra = Extra(
            name=inner.text("name", name),
            scope=inner.text("scope", "total"),
            tariff=self.rules().tariff(inner),
            cap=cap,
            basis=_basis(inner),
            confidence=inner.choice("confidence", Confidence, Confidence.UNVERIFIED),
            note=inner.text("note"),
        )
        inner.finish()
        return extra


def _check(system: IndicatorSystem, tree: Mapping, problems: list[Problem]) -> None:
    """What only the whole tree shows: ids, point sums of every year, targets of moved points, vetoes, grades."""
    _check_ids(system, problems)
    for year in _boundary_years(system):
        _check_sums(in_year(system, year) if year is not None else system, problems)
    _check_targets(system, problems)
    _check_struck(system, tree, problems)
    if system.grades and min(grade.low for grade in system.grades) > system.floor:
        problems.append(Problem(_place_of(tree, "grades"), "等次没有覆盖最低分，请加一个从0分起的等次（grades）"))


def _boundary_years(system: IndicatorSystem) -> Sequence[int | None]:
    """The years in which the tree may differ; None where nothing depends on the year."""
    years = {
        year
        for indicator, _ in system.walk()
        for bound in (indicator.years.first, indicator.years.last)
        if bound is not None
        for year in (bound - 1, bound, bound + 1)
        if year in system.years
    }
    return sorted(years) or [None]


def _check_ids(system: IndicatorSystem, problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    for indicator, _ in system.walk():
        if indicator.id in seen:
            problems.append(Problem(indicator.place, f"指标编号“{indicator.id}”重复，另一处在 {seen[indicator.id]}"))
        seen[indicator.id] = indicator.place


def _check_sums(system: IndicatorSystem, problems: list[Problem]) -> None:
    for indicator, _ in system.walk():
        if indicator.parts and not indicator.is_leaf:
            _check_sum(indicator.points, indicator.parts, f"“{indicator.name}”", indicator.place, problems)
    if system.total_points is not None:
        _check_sum(system.total_points, system.indicators, "总分", system.place, problems)


def _check_sum(
    whole: Fraction | None, parts: tuple[Indicator, ...], name: str, place: str, problems: list[Problem]
) -> None:
    if whole is None:
        return
    if any(_points(part) is None for part in parts):
        problems.append(Problem(place, f"{name}的下级有的写了分值、有的没写；没有出处时请都不写"))
        return
    total = sum((_points(part) or Fraction(0) for part in parts), Fraction(0))
    if total != whole:
        terms = "+".join(plain(_points(part) or Fraction(0)) for part in parts)
        terms = f"{terms}=" if len(parts) > 1 else ""
        problems.append(Problem(place, f"{name}是{plain(whole)}分，下级合计{terms}{plain(total)}分，两者不符"))


def _points(indicator: Indicator) -> Fraction | None:
    """The points of an indicator, summed from below where it states none."""
    if indicator.points is not None or not indicator.parts:
        return indicator.points
    below = [_points(part) for part in indicator.parts]
    stated = [points for points in below if points is not None]
    return sum(stated, Fraction(0)) if len(stated) == len(below) else None


def _check_targets(system: IndicatorSystem, problems: list[Problem]) -> None:
    leaves = {leaf.id: leaf for leaf in system.leaves()}
    ids = {indicator.id for indicator, _ in system.walk()}
    for leaf in leaves.values():
        na = leaf.not_applicable
        if na is None:
            continue
        if na.policy is Policy.TO_ITEM and (na.to not in leaves or na.to == leaf.id):
            problems.append(Problem(leaf.place, f"不考核时分值转到“{na.to}”，但没有这个计分指标（或就是它自己）"))
        elif na.policy is Policy.TO_ITEM and not leaves[na.to].points:
            problems.append(Problem(leaf.place, f"不考核时分值转到“{na.to}”，但它没有分值，无法承接"))
        elif na.policy is Policy.TO_NODE and na.to not in ids:
            problems.append(Problem(leaf.place, f"不考核时分值转到“{na.to}”，但没有这个指标"))


def _check_struck(system: IndicatorSystem, tree: Mapping, problems: list[Problem]) -> None:
    """Vetoes must strike something that is there, and a bonus must belong to a section."""
    ids = {indicator.id for indicator, _ in system.walk()}
    grades = {grade.name for grade in system.grades}
    top = _place_of(tree, "vetoes")
    vetoes = [(veto, top) for veto in system.vetoes]
    vetoes += [(veto, indicator.place) for indicator, _ in system.walk() for veto in indicator.vetoes]
    for veto, place in vetoes:
        if veto.node and veto.node not in ids:
            problems.append(Problem(place, f"一票否决指向的指标“{veto.node}”不存在"))
        if veto.grade and veto.grade not in grades:
            problems.append(Problem(place, f"一票否决写的等次“{veto.grade}”不在 grades 里"))
        if veto.scope is VetoScope.ITEM and veto in system.vetoes:
            problems.append(Problem(place, "写在体系上的一票否决没有“本项”，scope 要写 node、total 或 grade"))
    sections = {indicator.id for indicator, above in system.walk() if not indicator.is_leaf or not above}
    for key, extra in (("bonus", system.bonus), ("deduction", system.deduction)):
        if extra is not None and extra.scope != "total" and extra.scope not in sections:
            problems.append(
                Problem(
                    _place_of(tree, key), f"{extra.name}的范围（scope）“{extra.scope}”应是 total 或一个有下级的指标编号"
                )
            )


def _place_of(tree: Mapping, key: str) -> str:
    found = tree.entries.get(key)
    return found.place if found is not None else tree.place
