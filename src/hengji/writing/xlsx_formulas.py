"""The rule language as spreadsheet formulas: every data item is a cell, every operator its Excel counterpart."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from hengji.model.expression import (
    Aggregate,
    Binary,
    Call,
    Column,
    Function,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    Text,
    Truth,
)
from hengji.model.item import Dictionary, ItemType

_PLACES = 9  # binary noise is far below it, differences between stated figures far above
_ARITHMETIC = {Operator.ADD: "+", Operator.SUBTRACT: "-", Operator.MULTIPLY: "*", Operator.DIVIDE: "/"}
_COMPARISON = {
    Operator.GREATER: ">",
    Operator.AT_LEAST: ">=",
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
    Operator.EQUAL: "=",
    Operator.NOT_EQUAL: "<>",
}
_CALLS = {Function.LEAST: "MIN", Function.MOST: "MAX", Function.ABSOLUTE: "ABS", Function.IF: "IF", Function.NOT: "NOT"}
_TRUTHS = (*_COMPARISON, Operator.AND, Operator.OR)


class Untranslatable(Exception):  # noqa: N818 - the leaf is then a value with this as its note
    """Something a cell cannot state; the message says what, in words for the sheet."""


class Cells(Protocol):
    """Where the figures stand."""

    def item(self, name: str, back: int = 0) -> str:
        """The cell of a data item, ``back`` years before the leaf's. Raises Untranslatable where it has no value."""
        raise NotImplementedError

    def aggregate(self, node: Aggregate) -> str:
        """The cell of what a register comes to. Raises Untranslatable where it has no value."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Translator:
    """Writes trees as formulas over cells."""

    cells: Cells
    dictionary: Dictionary

    def excel(self, node: Node) -> str:
        """The formula of a tree, without the leading 「=」. Raises Untranslatable."""
        match node:
            case Number(value):
                return number(value)
            case Text(value):
                return quoted(value)
            case Truth(value):
                return "TRUE" if value else "FALSE"
            case Name(name):
                cell = self.cells.item(name)
                return f'({cell}="是")' if self.dictionary.items[name].type is ItemType.FLAG else cell
            case Negative(operand):
                return f"(-{self.excel(operand)})"
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Call(function, arguments):
                return self._call(function, arguments)
            case Aggregate():
                return self.cells.aggregate(node)
            case Column(name):
                raise Untranslatable(f"“{name}”是台账的列，逐行计算")

    def _binary(self, operator: Operator, left: Node, right: Node) -> str:
        if operator in _ARITHMETIC:
            return f"({self.excel(left)}{_ARITHMETIC[operator]}{self.excel(right)})"
        if operator in (Operator.AND, Operator.OR):
            return f"{'AND' if operator is Operator.AND else 'OR'}({self.truth(left)},{self.truth(right)})"
        kinds = {self._kind(left), self._kind(right)}
        if "truth" in kinds:
            return f"({self.truth(left)}{_COMPARISON[operator]}{self.truth(right)})"
        if "text" in kinds:
            return f"({self.excel(left)}{_COMPARISON[operator]}{self.excel(right)})"
        return compared(self.excel(left), _COMPARISON[operator], self.excel(right))

    def truth(self, node: Node) -> str:
        """A tree as a condition: a text reads 是 or 否."""
        return f'({self.excel(node)}="是")' if self._kind(node) == "text" else self.excel(node)

    def _kind(self, node: Node) -> str:
        match node:
            case Text():
                return "text"
            case Truth() | Call(Function.NOT, _):
                return "truth"
            case Name(name):
                kind = self.dictionary.items[name].type
                return {ItemType.FLAG: "truth", ItemType.TEXT: "text", ItemType.CHOICE: "text"}.get(kind, "number")
            case Binary(operator, _, _):
                return "truth" if operator in _TRUTHS else "number"
            case Aggregate(function, _, _, _):
                return "truth" if function is Function.NONE else "number"
            case Call(Function.IF, (_, yes, _)):
                return self._kind(yes)
        return "number"

    def _call(self, function: Function, arguments: tuple[Node, ...]) -> str:
        if function is Function.LAST_YEAR:
            (name,) = arguments
            assert isinstance(name, Name)  # the parser saw to it
            cell = self.cells.item(name.name, 1)
            return f'({cell}="是")' if self.dictionary.items[name.name].type is ItemType.FLAG else cell
        if function is Function.DAYS:
            first, last = (self.excel(argument) for argument in arguments)
            return f"({last}-{first})"
        if function not in _CALLS:
            raise Untranslatable(f"“{function}”没有对应的表格公式")
        first_argument = self.truth if function in (Function.IF, Function.NOT) else self.excel
        texts = [first_argument(arguments[0]), *(self.excel(argument) for argument in arguments[1:])]
        return f"{_CALLS[function]}({','.join(texts)})"


def number(value: Fraction) -> str:
    """An exact number as a formula spells it: 0.95, or (22/19) where decimals do not end."""
    if value < 0:
        return f"(-{number(-value)})"
    digits = 0
    while digits <= _PLACES and (value * 10**digits).denominator != 1:
        digits += 1
    scaled = value * 10**digits
    if scaled.denominator != 1:
        return f"({value.numerator}/{value.denominator})"
    text = str(scaled.numerator).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def quoted(text: str) -> str:
    """A text literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def compared(left: str, sign: str, right: str) -> str:
    """A comparison of numbers that binary noise cannot tip: the difference is rounded first."""
    return f"(ROUND({left}-{right},{_PLACES}){sign}0)"
