"""The tree of the rule language: what an expression says, before anyone evaluates it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Operator(StrEnum):
    """Everything that joins two parts of an expression, spelled as documents print it."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "×"
    DIVIDE = "÷"
    GREATER = ">"
    AT_LEAST = "≥"
    LESS = "<"
    AT_MOST = "≤"
    EQUAL = "="
    NOT_EQUAL = "≠"
    AND = "且"
    OR = "或"


class Function(StrEnum):
    """The functions of the language, by their Chinese names."""

    NOT = "非"
    IF = "如果"
    LEAST = "最小"
    MOST = "最大"
    ABSOLUTE = "绝对值"
    DAYS = "天数"
    LAST_YEAR = "上年"
    SUM = "合计"
    COUNT = "计数"
    NONE = "无"


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number; ``text`` is how the rule spells it (95%, 0.5)."""

    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """是 or 否."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A data item, by its one name in the dictionary."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the register whose rows are being looked at."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus sign before one part."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts and what joins them."""

    operator: Operator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function over values."""

    function: Function
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """合计, 计数 or 无 over the rows of a register that meet a condition."""

    function: Function
    register: str
    value: "Node | None"
    where: "Node | None"


Node = Number | Text | Truth | Name | Column | Negative | Binary | Call | Aggregate


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as the rule's author wrote it, and its tree."""

    text: str
    tree: Node


def parts(node: Node) -> Iterator[Node]:
    """The node and everything below it, outermost first."""
    yield node
    match node:
        case Binary(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Negative(operand):
            yield from parts(operand)
        case Call(_, arguments):
            for argument in arguments:
                yield from parts(argument)
        case Aggregate(_, _, value, where):
            for part in (value, where):
                if part is not None:
                    yield from parts(part)


def item_names(node: Node) -> tuple[str, ...]:
    """The data items an expression reads, each once, in the order they appear."""
    return tuple(dict.fromkeys(part.name for part in parts(node) if isinstance(part, Name)))


def register_names(node: Node) -> tuple[str, ...]:
    """The registers an expression reads, each once."""
    return tuple(dict.fromkeys(part.register for part in parts(node) if isinstance(part, Aggregate)))
