"""Checking a draft: mistakes at their line, the tree with its sums even where the text is faulty, and the tests."""

from collections.abc import Mapping as Map
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import yaml

from hengji.library import load_dictionary, load_system_text
from hengji.library.nodes import Mapping, Scalar, Sequence, Tree, exact_number, read_tree
from hengji.model.numerals import plain
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError, Problem
from hengji.model.system import IndicatorSystem, SystemTest
from hengji.scoring.trials import Met, run_test

FILE = "指标体系"
MOST = 600_000  # characters of a draft
_WHERE = pattern(rf"{FILE}:(\d+)(?: (.*))?")
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its line (0 where it is of the whole), the key, what is wrong, and the line as typed."""

    line: int
    key: str
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One indicator of the tree as typed: its points, and how those of its parts add up."""

    id: str
    name: str
    points: str
    depth: int
    line: int
    leaf: bool
    terms: str = ""  # 5+5+4+4
    total: str = ""  # what they come to
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Tested:
    """One built-in test: what is given in words, and every expectation with what came out."""

    test: SystemTest
    given: str
    met: tuple[Met, ...]

    @property
    def passed(self) -> bool:
        """Whether all of it came out."""
        return all(each.holds for each in self.met)


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say about a text."""

    mistakes: tuple[Mistake, ...]
    nodes: tuple[Node, ...]
    system: IndicatorSystem | None = None
    tests: tuple[Tested, ...] = ()

    @property
    def failing(self) -> int:
        """How many tests do not pass."""
        return sum(not each.passed for each in self.tests)

    @property
    def ready(self) -> bool:
        """Whether it may be published."""
        return self.system is not None and not self.failing


@lru_cache(maxsize=16)
def check(text: str) -> Checked:
    """Everything about a text at once."""
    if len(text) > MOST:
        return Checked((Mistake(0, "", f"超过{MOST // 10_000}万字，不像是一份指标体系"),), ())
    problems: list[Problem] = []
    tree = read_tree(text, FILE, problems)
    nodes = tuple(_nodes(tree)) if tree is not None else ()
    try:
        system = load_system_text(text, load_dictionary(), FILE)
    except HengjiError as error:
        return Checked(_mistakes(error.problems, text), nodes)
    return Checked((), nodes, system, tested(system))


def tested(system: IndicatorSystem) -> tuple[Tested, ...]:
    """The built-in tests, run."""
    return tuple(Tested(test, _words(test.filing), run_test(system, test)) for test in system.tests)


def _mistakes(problems: tuple[Problem, ...], text: str) -> tuple[Mistake, ...]:
    lines = text.split("\n")
    found = []
    for problem in problems:
        match = _WHERE.match(problem.where)
        line = int(match[1]) if match else 0
        typed = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
        found.append(Mistake(line, (match[2] or "") if match else problem.where, problem.message, typed))
    return tuple(sorted(found, key=lambda each: each.line))


def _nodes(tree: Mapping) -> list[Node]:
    found: list[Node] = []
    whole = tree.entries.get("total")
    points = _points(whole.entries.get("points")) if isinstance(whole, Mapping) else Fraction(100)
    parts = _parts(tree, "indicators")
    found.append(_node("", "总分", points, parts, 0, tree.place))
    for part in parts:
        _grow(found, part, 1)
    return found


def _grow(found: list[Node], tree: Mapping, depth: int) -> None:
    parts = _parts(tree, "parts")
    found.append(
        _node(_text(tree, "id"), _text(tree, "name"), _points(tree.entries.get("points")), parts, depth, tree.place)
    )
    for part in parts:
        _grow(found, part, depth + 1)


def _node(name: str, words: str, points: Fraction | None, parts: list[Mapping], depth: int, place: str) -> Node:
    below = [_sum(part) for part in parts]
    known = [each for each in below if each is not None]
    total = sum(known, Fraction(0))
    holds = not known or points is None or (len(known) == len(below) and total == points)
    match = _WHERE.match(place)
    return Node(
        name,
        words,
        plain(points) if points is not None else "",
        depth,
        int(match[1]) if match else 0,
        not parts,
        "+".join(plain(each) for each in known),
        plain(total) if known else "",
        holds,
    )


def _sum(tree: Mapping) -> Fraction | None:
    """The points of an indicator, added from below where it states none."""
    own = _points(tree.entries.get("points"))
    if own is not None:
        return own
    below = [_sum(part) for part in _parts(tree, "parts")]
    known = [each for each in below if each is not None]
    return sum(known, Fraction(0)) if known else None


def _points(tree: Tree | None) -> Fraction | None:
    return exact_number(tree.text) if isinstance(tree, Scalar) else None


def _text(tree: Mapping, key: str) -> str:
    found = tree.entries.get(key)
    return found.text if isinstance(found, Scalar) else ""


def _parts(tree: Mapping, key: str) -> list[Mapping]:
    found = tree.entries.get(key)
    return [each for each in found.items if isinstance(each, Mapping)] if isinstance(found, Sequence) else []


def _words(given: object) -> str:
    """What a test gives, in one line: figures first, then registers and judgements."""
    if not isinstance(given, Map):
        return ""
    said = []
    for key, word in (
        ("given", ""),
        ("last_year", "上年"),
        ("registers", "台账"),
        ("judgements", "判定"),
        ("claims", "自评"),
        ("not_applicable", "不考核"),
    ):
        values = given.get(key)
        if isinstance(values, Map):
            said += [f"{word}{name} {_short(value)}" for name, value in values.items()]
    return "，".join(said)


def _short(value: object) -> str:
    if isinstance(value, str):
        return value
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=4096).strip()
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def excerpt(text: str, line: int) -> str:
    """The lines of one indicator: from where it begins to the next line that is not deeper."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return ""
    first = lines[line - 1]
    depth = len(first) - len(first.lstrip())
    if not first.lstrip().startswith("-") and line > 1:  # the place of a mapping in a list is its first key
        depth -= 2
    end = line
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    return "\n".join(each[max(0, depth) :] for each in lines[line - 1 : end])
