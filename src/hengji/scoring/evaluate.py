"""Evaluates the trees of the rule language exactly, with three-valued logic."""

from collections.abc import Callable, Iterator, Sized
from datetime import date
from fractions import Fraction
from typing import Protocol

from hengji.language import formula
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
from hengji.scoring.results import Missing, Result, ZeroBase, unknown


class Scope(Protocol):
    """Where names are looked up: a filing, or one row of a register inside it."""

    def item(self, name: str, back: int = 0) -> Result:
        """A data item, ``back`` years ago."""
        raise NotImplementedError

    def rows(self, register: str) -> "RowsLike | Missing":
        """The countable rows of a register."""
        raise NotImplementedError

    def cell(self, column: str) -> Result:
        """A column of the row; only inside a register."""
        raise NotImplementedError


class RowsLike(Sized, Protocol):
    """Rows to walk over, each a scope."""

    def __iter__(self) -> Iterator[Scope]: ...


_COMPARE: dict[Operator, Callable[[Fraction, Fraction], bool]] = {
    Operator.GREATER: lambda a, b: a > b,
    Operator.AT_LEAST: lambda a, b: a >= b,
    Operator.LESS: lambda a, b: a < b,
    Operator.AT_MOST: lambda a, b: a <= b,
}


def evaluate(tree: Node, scope: Scope) -> Result:
    """What the tree comes to in a scope.

    A missing input makes the result Missing, except 假 且 … and 真 或 …. Dividing by zero gives ZeroBase, which a rule
    may decide; inside a larger expression it is Missing.
    """
    match tree:
        case Number(value) | Text(value) | Truth(value):
            return value
        case Name(name):
            return scope.item(name)
        case Column(name):
            return scope.cell(name)
        case Negative(operand):
            return _number(operand, scope, lambda x: -x)
        case Binary(operator, left, right):
            return _binary(operator, left, right, scope)
        case Call(function, arguments):
            return _call(function, arguments, scope)
        case Aggregate():
            return _aggregate(tree, scope)


def _number(operand: Node, scope: Scope, change: Callable[[Fraction], Fraction]) -> Result:
    result = evaluate(operand, scope)
    if (missing := unknown(result)) is not None:
        return missing
    if isinstance(result, Fraction):
        return change(result)
    return Missing((f"{formula(operand)}不是数",))


def _binary(operator: Operator, left: Node, right: Node, scope: Scope) -> Result:
    if operator in (Operator.AND, Operator.OR):
        return _joined(operator, left, right, scope)
    a, b = evaluate(left, scope), evaluate(right, scope)
    if (missing := unknown(a, b)) is not None:
        return missing
    if operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        return _equal(a, b) is (operator is Operator.EQUAL)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return _arithmetic(operator, a, b, right)
    if isinstance(a, date) and isinstance(b, date) and operator in _COMPARE:
        return _COMPARE[operator](Fraction(a.toordinal()), Fraction(b.toordinal()))
    return Missing((f"{formula(left)}与{formula(right)}不能这样比较或运算",))


def _arithmetic(operator: Operator, a: Fraction, b: Fraction, right: Node) -> Result:
    match operator:
        case Operator.ADD:
            return a + b
        case Operator.SUBTRACT:
            return a - b
        case Operator.MULTIPLY:
            return a * b
        case Operator.DIVIDE:
            return a / b if b else ZeroBase(a, formula(right))
        case _:
            return _COMPARE[operator](a, b)


def _equal(a: Result, b: Result) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return _truth_of(a) is _truth_of(b)
    return a == b


def _truth_of(result: Result) -> bool | None:
    if isinstance(result, bool):
        return result
    return {"是": True, "否": False}.get(result) if isinstance(result, str) else None


def _joined(operator: Operator, left: Node, right: Node, scope: Scope) -> Result:
    """假 且 anything is false, 真 或 anything is true, whatever is missing elsewhere."""
    settles = operator is Operator.OR
    a, b = condition(left, scope), condition(right, scope)
    if a is settles or b is settles:
        return settles
    return unknown(a, b) or (not settles)


def condition(tree: Node, scope: Scope) -> bool | Missing:
    """A condition as true, false or Missing."""
    result = evaluate(tree, scope)
    if (missing := unknown(result)) is not None:
        return missing
    truth = _truth_of(result)
    return truth if truth is not None else Missing((f"{formula(tree)}不是条件",))


def _call(function: Function, arguments: tuple[Node, ...], scope: Scope) -> Result:
    match function:
        case Function.NOT:
            result = condition(arguments[0], scope)
            return result if isinstance(result, Missing) else not result
        case Function.IF:
            chosen = condition(arguments[0], scope)
            return chosen if isinstance(chosen, Missing) else evaluate(arguments[1 if chosen else 2], scope)
        case Function.ABSOLUTE:
            return _number(arguments[0], scope, abs)
        case Function.LAST_YEAR:
            assert isinstance(arguments[0], Name)  # the parser saw to it
            return scope.item(arguments[0].name, 1)
        case Function.DAYS:
            return _days(arguments, scope)
        case _:
            return _extreme(function, arguments, scope)


def _days(arguments: tuple[Node, ...], scope: Scope) -> Result:
    first, last = (evaluate(argument, scope) for argument in arguments)
    if (missing := unknown(first, last)) is not None:
        return missing
    if isinstance(first, date) and isinstance(last, date):
        return Fraction((last - first).days)
    return Missing((f"天数要用两个日期，{formula(arguments[0])}或{formula(arguments[1])}不是日期",))


def _extreme(function: Function, arguments: tuple[Node, ...], scope: Scope) -> Result:
    results = [evaluate(argument, scope) for argument in arguments]
    if (missing := unknown(*results)) is not None:
        return missing
    numbers = [result for result in results if isinstance(result, Fraction)]
    if len(numbers) < len(results):
        return Missing((f"{function}里有不是数的项",))
    return min(numbers) if function is Function.LEAST else max(numbers)


def _aggregate(tree: Aggregate, scope: Scope) -> Result:
    rows = scope.rows(tree.register)
    if isinstance(rows, Missing):
        return rows
    total, counted, missing = Fraction(0), 0, None
    for row in rows:
        wanted = True if tree.where is None else condition(tree.where, row)
        if wanted is False:
            continue
        value: Result = Fraction(0) if tree.value is None else evaluate(tree.value, row)
        lack = unknown(value) if wanted is True else unknown(wanted)
        if lack is not None:
            missing = lack if missing is None else missing + lack
        elif isinstance(value, Fraction):
            total, counted = total + value, counted + 1
        else:
            missing = Missing((f"台账“{tree.register}”的{formula(tree)}不是数",))
    if tree.function is Function.NONE:
        return False if counted else (missing or True)
    if missing is not None:
        return missing
    return total if tree.function is Function.SUM else Fraction(counted)
