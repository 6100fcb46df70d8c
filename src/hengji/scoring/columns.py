"""Columns of exact numbers, and the second evaluator: the same trees over many departments at once.

A column holds integer numerators and denominators. They stay machine integers while every product is sure to fit, and become
Python's unbounded ones where it is not, so that nothing is ever rounded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

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
    Truth,
)
from hengji.model.item import Dictionary, Item, ItemType
from hengji.model.numerals import read_decimal

Array = np.ndarray[Any, Any]
Stated = str | int | Decimal | None
_SAFE = 2**62
_USUAL_SCALES = (100, 1_000_000)  # amounts in 万元 have two decimals, those converted from 元 six
_YES, _NO = ("是", "有", "true"), ("否", "无", "没有", "false")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers num ÷ den; den 0 marks a zero denominator, whose numerator's sign num keeps."""

    num: Array
    den: Array
    known: Array

    @property
    def usable(self) -> Array:
        """Where there is a number at all."""
        return np.asarray(self.known & (self.den != 0))


@dataclass(frozen=True, slots=True)
class Truths:
    """A column of conditions."""

    value: Array
    known: Array


Values = Numbers | Truths


def _largest(array: Array) -> int:
    return int(abs(array).max()) if array.size else 0


def times(a: Array, b: Array) -> Array:
    """The exact product."""
    if object in (a.dtype, b.dtype) or _largest(a) * _largest(b) >= _SAFE:
        return np.asarray(a.astype(object) * b.astype(object))
    return np.asarray(a * b)


def plus(a: Array, b: Array) -> Array:
    """The exact sum."""
    if object in (a.dtype, b.dtype) or _largest(a) + _largest(b) >= _SAFE:
        return np.asarray(a.astype(object) + b.astype(object))
    return np.asarray(a + b)


def constant(number: Fraction) -> Numbers:
    """A column of one number, as long as it is asked to be."""
    return Numbers(_array([number.numerator]), _array([number.denominator]), np.array([True]))


def _array(numbers: Sequence[int]) -> Array:
    fits = not numbers or (max(numbers) < _SAFE and min(numbers) > -_SAFE)
    return np.array(numbers, dtype=np.int64 if fits else object)


def nothing(size: int = 1) -> Numbers:
    """A column of which nothing is known."""
    return Numbers(np.zeros(size, np.int64), np.ones(size, np.int64), np.zeros(size, bool))


def numbers_of(stated: Sequence[Stated], divisor: int = 1) -> Numbers:
    """A column of decimals over one denominator (times a divisor: 100 for percentages); None and text are unknown."""
    for scale in _USUAL_SCALES:
        num = _scaled(stated, scale)
        if num is not None:
            return Numbers(num, _array([scale * divisor]), np.ones(len(stated), bool))
    return _numbers_one_by_one(stated, divisor)


def _scaled(stated: Sequence[Stated], scale: int) -> Array | None:
    """Decimals as whole multiples of 1 ÷ scale; None where one of them is none, or no decimal at all."""
    with localcontext() as context:
        context.prec = 200
        factor = Decimal(scale)
        try:
            multiples = [each * factor for each in stated]  # type: ignore[operator]
            whole = list(map(int, multiples))
        except (TypeError, ValueError):
            return None
        return _array(whole) if multiples == whole else None


def _numbers_one_by_one(stated: Sequence[Stated], divisor: int) -> Numbers:
    ratios = [None if each is None else _ratio(each) for each in stated]
    scale = lcm(*{ratio[1] for ratio in ratios if ratio is not None})
    num = _array([0 if ratio is None else ratio[0] * (scale // ratio[1]) for ratio in ratios])
    known = np.array([ratio is not None for ratio in ratios])
    return Numbers(num, _array([scale * divisor]), known)


def _ratio(stated: str | int | Decimal) -> tuple[int, int] | None:
    if isinstance(stated, str):
        number = read_decimal(stated)
        return None if number is None else number.as_integer_ratio()
    return stated.as_integer_ratio()


def add(a: Numbers, b: Numbers, sign: int = 1) -> Numbers:
    """The sum, or with sign −1 the difference."""
    known = a.usable & b.usable
    if a.den.size == b.den.size == 1 and a.den[0] == b.den[0]:
        return Numbers(plus(a.num, b.num * sign), a.den, known)
    return Numbers(plus(times(a.num, b.den), times(b.num, a.den) * sign), times(a.den, b.den), known)


def multiply(a: Numbers, b: Numbers) -> Numbers:
    """The product."""
    return Numbers(times(a.num, b.num), times(a.den, b.den), a.usable & b.usable)


def divide(a: Numbers, b: Numbers) -> Numbers:
    """The quotient; where b is 0 the denominator is."""
    if a.den.size == b.den.size == 1 and a.den[0] == b.den[0]:
        num, den = a.num, b.num
    else:
        num, den = times(a.num, b.den), times(a.den, b.num)
    sign = np.where(den < 0, -1, 1)
    return Numbers(times(num, sign), times(den, sign), a.usable & b.usable)


def difference(a: Numbers, b: Numbers) -> Array:
    """A column with the sign of a − b, where both are usable."""
    if a.den.size == b.den.size == 1 and a.den[0] == b.den[0]:
        return plus(a.num, -b.num)
    return plus(times(a.num, b.den), -times(b.num, a.den))


def chosen(condition: Array, a: Numbers, b: Numbers) -> Numbers:
    """Takes a where the condition holds, else b."""
    return Numbers(
        np.where(condition, a.num, b.num), np.where(condition, a.den, b.den), np.where(condition, a.known, b.known)
    )


_SIGNS: dict[Operator, Callable[[Array], Array]] = {
    Operator.GREATER: lambda sign: sign > 0,
    Operator.AT_LEAST: lambda sign: sign >= 0,
    Operator.LESS: lambda sign: sign < 0,
    Operator.AT_MOST: lambda sign: sign <= 0,
    Operator.EQUAL: lambda sign: sign == 0,
    Operator.NOT_EQUAL: lambda sign: sign != 0,
}


@dataclass
class ColumnFacts:
    """The items of many departments as columns, resolved once each; ``offset`` shifts the year."""

    dictionary: Dictionary
    years: Mapping[int, Mapping[str, Sequence[Stated]]]  # by years before the evaluated one
    size: int
    offset: int = 0
    resolved: dict[tuple[str, int], Values] | None = None

    def shifted(self, offset: int) -> "ColumnFacts":
        """The same columns read from another year."""
        return ColumnFacts(self.dictionary, self.years, self.size, offset, self._resolved)

    @property
    def _resolved(self) -> dict[tuple[str, int], Values]:
        if self.resolved is None:
            self.resolved = {}
        return self.resolved

    def item(self, name: str, back: int = 0) -> Values:
        """The column of an item, ``back`` years before this scope's."""
        ago = back - self.offset
        if (name, ago) not in self._resolved:
            self._resolved[name, ago] = self._resolve(self.dictionary.items[name], ago)
        return self._resolved[name, ago]

    def _resolve(self, item: Item, ago: int) -> Values:
        stated = self.years.get(ago, {}).get(item.name)
        if item.type is ItemType.FLAG:
            return _flags(stated or [None] * self.size)
        if item.type is not ItemType.NUMBER:
            return nothing()
        values = numbers_of(stated, 100 if item.unit == "%" else 1) if stated is not None else nothing(self.size)
        if item.formula is None or bool(values.known.all()):
            return values
        derived = evaluate(item.formula.tree, self.shifted(-ago))
        if not isinstance(derived, Numbers):
            return values
        # A cell with text that is no number is unreadable: nothing stands in for it.
        blank = np.array([each is None or each == "" for each in stated]) if stated is not None else np.ones(1, bool)
        usable = Numbers(derived.num, np.where(derived.den == 0, 1, derived.den), derived.usable & blank)
        return chosen(values.known, values, usable)


def _flags(stated: Sequence[Stated]) -> Truths:
    words = [str(each).strip().lower() for each in stated]
    return Truths(np.array([word in _YES for word in words]), np.array([word in _YES or word in _NO for word in words]))


def evaluate(tree: Node, facts: ColumnFacts) -> Values:
    """What the tree comes to for every department; what registers would be needed for is unknown."""
    match tree:
        case Number(value):
            return constant(value)
        case Truth(value):
            return Truths(np.array([value]), np.array([True]))
        case Name(name):
            return facts.item(name)
        case Negative(operand):
            return add(constant(Fraction(0)), number(operand, facts), -1)
        case Binary(operator, left, right):
            return _binary(operator, left, right, facts)
        case Call(function, arguments):
            return _call(function, arguments, facts)
        case Column() | Aggregate():
            return Truths(np.zeros(1, bool), np.zeros(1, bool)) if _is_none(tree) else nothing()
    return nothing()


def _is_none(tree: Node) -> bool:
    return isinstance(tree, Aggregate) and tree.function is Function.NONE


def number(tree: Node, facts: ColumnFacts) -> Numbers:
    """The tree as numbers; unknown where it is none."""
    values = evaluate(tree, facts)
    return values if isinstance(values, Numbers) else nothing()


def condition(tree: Node, facts: ColumnFacts) -> Truths:
    """The tree as conditions; unknown where it is none."""
    values = evaluate(tree, facts)
    return values if isinstance(values, Truths) else Truths(np.zeros(1, bool), np.zeros(1, bool))


def _binary(operator: Operator, left: Node, right: Node, facts: ColumnFacts) -> Values:
    if operator in (Operator.AND, Operator.OR):
        a, b = condition(left, facts), condition(right, facts)
        settles = operator is Operator.OR
        settled = (a.known & (a.value == settles)) | (b.known & (b.value == settles))
        return Truths(settled == settles, settled | (a.known & b.known))
    x, y = evaluate(left, facts), evaluate(right, facts)
    if isinstance(x, Truths) and isinstance(y, Truths) and operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        return Truths((x.value == y.value) == (operator is Operator.EQUAL), x.known & y.known)
    if not (isinstance(x, Numbers) and isinstance(y, Numbers)):
        return nothing()
    match operator:
        case Operator.ADD:
            return add(x, y)
        case Operator.SUBTRACT:
            return add(x, y, -1)
        case Operator.MULTIPLY:
            return multiply(x, y)
        case Operator.DIVIDE:
            return divide(x, y)
    return Truths(_SIGNS[operator](difference(x, y)), x.usable & y.usable)


def _call(function: Function, arguments: tuple[Node, ...], facts: ColumnFacts) -> Values:
    match function:
        case Function.NOT:
            inner = condition(arguments[0], facts)
            return Truths(~inner.value, inner.known)
        case Function.IF:
            return _if(arguments, facts)
        case Function.ABSOLUTE:
            inner_number = number(arguments[0], facts)
            return Numbers(abs(inner_number.num), inner_number.den, inner_number.usable)
        case Function.LAST_YEAR if isinstance(arguments[0], Name):
            return facts.item(arguments[0].name, 1)
        case Function.LEAST | Function.MOST:
            return _extreme(function, [number(argument, facts) for argument in arguments])
    return nothing()


def _if(arguments: tuple[Node, ...], facts: ColumnFacts) -> Values:
    asked = condition(arguments[0], facts)
    a, b = evaluate(arguments[1], facts), evaluate(arguments[2], facts)
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        found = chosen(asked.value, a, b)
        return Numbers(found.num, found.den, found.known & asked.known)
    if isinstance(a, Truths) and isinstance(b, Truths):
        return Truths(np.where(asked.value, a.value, b.value), np.where(asked.value, a.known, b.known) & asked.known)
    return nothing()


def _extreme(function: Function, columns: list[Numbers]) -> Numbers:
    found, known = columns[0], columns[0].usable
    for other in columns[1:]:
        known = known & other.usable
        sign = difference(other, found)
        found = chosen(sign < 0 if function is Function.LEAST else sign > 0, other, found)
    return Numbers(found.num, found.den, known)
