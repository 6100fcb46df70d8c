"""YAML as text with line marks: every scalar stays as written, every mistake is kept with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import yaml

from hengji.files import reason
from hengji.model.numerals import percent, plain, read_decimal
from hengji.model.problem import Problem

MAX_BYTES = 4_000_000
MAX_NODES = 200_000
MAX_DEPTH = 60
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written, and where."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it begins."""

    items: tuple["Tree", ...]
    place: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping in the order written, and where it begins."""

    entries: dict[str, "Tree"]
    place: str


Tree = Scalar | Sequence | Mapping


def read_tree(text: str, file: str, problems: list[Problem]) -> Mapping | None:
    """The tree of a YAML text whose top is a mapping; None and a problem where it cannot be read."""
    if len(text.encode()) > MAX_BYTES:
        problems.append(Problem(file, f"文件超过{MAX_BYTES // 1_000_000}MB，不像是一份规则文件"))
        return None
    try:
        tree = _Builder(text, file, problems).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(f"{file}:{line}", "这一行的YAML格式不对，请检查缩进、冒号、引号和括号是否成对"))
        return None
    except yaml.YAMLError:
        problems.append(Problem(file, "文件里有YAML不允许的字符"))
        return None
    except _TooMuchError as error:
        problems.append(Problem(error.place, f"内容过多或嵌套超过{MAX_DEPTH}层"))
        return None
    if tree is None:
        problems.append(Problem(file, "文件是空的"))
        return None
    if not isinstance(tree, Mapping):
        problems.append(Problem(file, "文件的最外层应是“键: 值”"))
        return None
    return tree


def read_tree_file(path: Path, problems: list[Problem], shown: str = "") -> Mapping | None:
    """``read_tree`` of a file; ``shown`` is the name that problems print."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(shown or str(path), "文件不是UTF-8编码，请另存为UTF-8"))
        return None
    except OSError as error:
        problems.append(Problem(shown or str(path), f"文件打不开（{reason(error)}）"))
        return None
    return read_tree(text, shown or str(path), problems)


class _TooMuchError(Exception):
    """A file nested too deeply or holding too much, aliases counted as often as they stand."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class _Builder:
    """Builds our trees from PyYAML's events.

    Its own composer recurses in C without a bound and can be brought down by a line of brackets; ours counts.
    """

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self.file = file
        self.problems = problems
        self.count = 0
        self.anchors: dict[str, tuple[Tree, int]] = {}

    def document(self) -> Tree | None:
        """The first document; another one behind it is a problem."""
        tree: Tree | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if tree is not None:
                    self.problems.append(Problem(self.place(event), "一个文件只写一份内容，请去掉“---”及以后的部分"))
                    return tree
                tree = self.node(next(self.events), "", 0)
        return None if tree == Scalar("", f"{self.file}:1") else tree

    def place(self, event: yaml.Event, key: str = "") -> str:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        return f"{self.file}:{line} {key}".rstrip()

    def node(self, event: yaml.Event, key: str, depth: int) -> Tree:
        place = self.place(event, key)
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise _TooMuchError(place)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, place)
        before = self.count
        tree = self.built(event, key, place, depth)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = (tree, self.count - before + 1)
        return tree

    def built(self, event: yaml.Event, key: str, place: str, depth: int) -> Tree:
        match event:
            case yaml.MappingStartEvent():
                return Mapping(self.entries(depth), place)
            case yaml.SequenceStartEvent():
                items: list[Tree] = []
                while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                    items.append(self.node(inner, key, depth + 1))
                return Sequence(tuple(items), place)
            case yaml.ScalarEvent():
                # `key:` with nothing behind it and `key: null` say nothing; `key: ""` says an empty text.
                nothing = event.style is None and event.value in ("", "null", "~", "Null", "NULL")
                return Scalar("" if nothing else str(event.value), place)
        raise _TooMuchError(place)

    def alias(self, event: yaml.AliasEvent, place: str) -> Tree:
        if event.anchor not in self.anchors:
            self.problems.append(Problem(place, f"引用“*{event.anchor}”没有对应的“&{event.anchor}”，或引用了自己"))
            return Scalar("", place)
        tree, size = self.anchors[event.anchor]
        self.count += size
        if self.count > MAX_NODES:
            raise _TooMuchError(place)
        return tree

    def entries(self, depth: int) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self.node(event, "", depth + 1)
            key = name.text if isinstance(name, Scalar) else ""
            tree = self.node(next(self.events), key, depth + 1)
            place = self.place(event, key)
            if not key:
                self.problems.append(Problem(place, "键应是一个词"))
            elif key in entries:
                self.problems.append(Problem(place, "同一处写了两次这个键，请留一个"))
            else:
                entries[key] = tree
        return entries


def plain_data(tree: Tree) -> object:
    """The tree as dicts, lists and strings, without places."""
    match tree:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain_data(item) for item in items]
        case Mapping(entries):
            return {key: plain_data(value) for key, value in entries.items()}


def dump(tree: Tree) -> str:
    """The tree as canonical YAML text: the same tree always gives the same text."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(plain_data(tree), Dumper=dumper, allow_unicode=True, sort_keys=False, width=4096))


@dataclass
class Fields:
    """The fields of one mapping, taken one by one; ``finish`` reports the ones nobody asked for."""

    tree: Mapping
    problems: list[Problem]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tree: Tree, problems: list[Problem], expected: str = "“键: 值”") -> "Fields":
        """The fields of a tree that should be a mapping; an empty one and a problem where it is not."""
        if isinstance(tree, Mapping):
            return cls(tree, problems)
        problems.append(Problem(tree.place, f"这里应是{expected}"))
        return cls(Mapping({}, tree.place), problems)

    @property
    def place(self) -> str:
        """Where the mapping begins."""
        return self.tree.place

    def problem(self, message: str, key: str = "") -> None:
        """Reports a mistake at a key, or at the mapping."""
        tree = self.tree.entries.get(key)
        self.problems.append(Problem(tree.place if tree is not None else self.place, message))

    def get(self, key: str) -> Tree | None:
        """The tree behind a key, or None when it is absent or says nothing."""
        self.taken.add(key)
        tree = self.tree.entries.get(key)
        return None if tree is None or (isinstance(tree, Scalar) and tree.text == "") else tree

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """The scalar behind a key as written."""
        tree = self.get(key)
        if tree is None:
            if required:
                self.problems.append(Problem(self.place, f"缺少 {key}"))
            return default
        if not isinstance(tree, Scalar):
            self.problems.append(Problem(tree.place, "这里应是一个值，不是列表或“键: 值”"))
            return default
        return tree.text.strip()

    def number(
        self,
        key: str,
        default: Fraction | None = None,
        *,
        required: bool = False,
        least: int | None = None,
        above: int | None = None,
        most: Fraction | int | None = None,
    ) -> Fraction | None:
        """An exact number or percentage (「90%」 is 9/10) within its bounds: at least, above, at most."""
        text = self.text(key, required=required)
        if not text:
            return default
        number = exact_number(text)
        if number is None:
            self.problem(f"“{text}”不是数，应写成 2、0.5 或 90%", key)
            return default
        ratio = text.endswith(("%", "％"))
        wanted = [
            words + (percent(Fraction(bound)) if ratio else plain(Fraction(bound)))
            for words, bound, meets in (
                ("不小于", least, least is None or number >= least),
                ("大于", above, above is None or number > above),
                ("不大于", most, most is None or number <= most),
            )
            if bound is not None and not meets
        ]
        if wanted:
            self.problem(f"写的是“{text}”，应{'、'.join(wanted)}", key)
        return number

    def integer(self, key: str, default: int | None = None) -> int | None:
        """A whole number."""
        number = self.number(key)
        if number is None:
            return default
        if number.denominator != 1:
            self.problem("应是整数", key)
            return default
        return int(number)

    def choice(self, key: str, choices: type[_Choice], default: _Choice) -> _Choice:
        """One of the spellings of an enumeration."""
        text = self.text(key)
        if not text:
            return default
        try:
            return choices(text)
        except ValueError:
            self.problem(f"“{text}”应是其中之一：{'、'.join(choices)}", key)
            return default

    def truth(self, key: str, *, default: bool = False) -> bool:
        """true/false, yes/no or 是/否."""
        text = self.text(key).lower()
        if text in ("", "true", "yes", "是", "false", "no", "否"):
            return text in ("true", "yes", "是") if text else default
        self.problem(f"“{text}”应是 true 或 false", key)
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of scalars; one scalar alone is a list of one."""
        tree = self.get(key)
        if tree is None:
            return ()
        if isinstance(tree, Scalar):
            return (tree.text.strip(),)
        if isinstance(tree, Mapping):
            self.problem("这里应是列表", key)
            return ()
        for item in tree.items:
            if not isinstance(item, Scalar):
                self.problems.append(Problem(item.place, "这里应是一个值"))
        return tuple(item.text.strip() for item in tree.items if isinstance(item, Scalar))

    def items(self, key: str) -> tuple[Tree, ...]:
        """The members of a list."""
        tree = self.get(key)
        if tree is None:
            return ()
        if not isinstance(tree, Sequence):
            self.problem("这里应是列表", key)
            return ()
        return tree.items

    def children(self, key: str) -> Iterator["Fields"]:
        """The mappings of a list; each should be finished by its reader."""
        for item in self.items(key):
            yield Fields.of(item, self.problems)

    def fields(self, key: str) -> "Fields | None":
        """The mapping behind a key, or None."""
        tree = self.get(key)
        return None if tree is None else Fields.of(tree, self.problems)

    def finish(self) -> None:
        """Reports every key that nobody asked for, with the ones that were expected."""
        for key, tree in self.tree.entries.items():
            if key not in self.taken:
                known = "、".join(sorted(self.taken))
                self.problems.append(Problem(tree.place, f"不认识的键“{key}”；这里可以写：{known}"))


def exact_number(text: str) -> Fraction | None:
    """2, 0.5, 90% or 3‰ as an exact number; None for anything else."""
    text = text.strip().replace("％", "%")
    scale = {"%": 100, "‰": 1000}.get(text[-1:], 1)
    number: Decimal | None = read_decimal(text.rstrip("%‰"))
    return None if number is None else Fraction(number) / scale
