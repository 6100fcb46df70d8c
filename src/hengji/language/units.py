"""What an expression measures: its unit, and units that must not meet."""

from hengji.language.parser import ExpressionError
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
)
from hengji.model.item import Dictionary, ItemType
from hengji.model.units import canonical_unit, dimension

_ARITHMETIC = (Operator.ADD, Operator.SUBTRACT)
_LOGIC = (Operator.AND, Operator.OR)


def unit_of(tree: Node, dictionary: Dictionary, register: str = "") -> str | None:
    """The unit of what the tree gives: 「%」 for a ratio, None for a bare number, 「」 for text, date or truth.

    Raises ExpressionError where amounts in different units (元 and 万元, 人 and 万元) are added, compared or chosen between.
    """
    match tree:
        case Number(_, text):
            return "%" if text.endswith(("%", "‰")) else None
        case Name(name):
            item = dictionary.items[name]
            return canonical_unit(item.unit) or None if item.type is ItemType.NUMBER else ""
        case Column(name):
            column = dictionary.registers[register].column(name)
            assert column is not None  # the parser resolved it
            return canonical_unit(column.unit) or None if column.type is ItemType.NUMBER else ""
        case Negative(operand):
            return unit_of(operand, dictionary, register)
        case Binary(operator, left, right):
            return _joined(operator, unit_of(left, dictionary, register), unit_of(right, dictionary, register))
        case Call(function, arguments):
            return _called(function, [unit_of(argument, dictionary, register) for argument in arguments])
        case Aggregate(function, name, value, where):
            if where is not None:
                unit_of(where, dictionary, name)
            inner = unit_of(value, dictionary, name) if value is not None else None
            return {Function.SUM: inner, Function.COUNT: None}.get(function, "")
        case _:
            return ""


def _joined(operator: Operator, left: str | None, right: str | None) -> str | None:
    if operator in _LOGIC:
        return ""
    if operator is Operator.MULTIPLY:
        return _product(left, right)
    if operator is Operator.DIVIDE:
        return _quotient(left, right)
    unit = _same(left, right)
    return unit if operator in _ARITHMETIC else ""


def _product(left: str | None, right: str | None) -> str | None:
    for unit, other in ((left, right), (right, left)):
        if unit in (None, "%"):
            return other
    return f"{left}·{right}"


def _quotient(left: str | None, right: str | None) -> str | None:
    if left is not None and right is not None and left != right and dimension(left) == dimension(right):
        raise ExpressionError(f"“{left}”与“{right}”相除前要换成同一单位")
    if left == right or (right is None and left is None):
        return "%"
    return left if right in (None, "%") else f"{left or ''}/{right}"


def _same(left: str | None, right: str | None) -> str | None:
    """The common unit of two sides; a bare number goes with every unit."""
    if left is None or right is None or left == right:
        return left if left is not None else right
    raise ExpressionError(f"单位不同的两个数不能相加减或比较：{left or '文字'}与{right or '文字'}")


def _called(function: Function, units: list[str | None]) -> str | None:
    match function:
        case Function.NOT:
            return ""
        case Function.DAYS:
            return "天"
        case Function.IF:
            return _same(units[1], units[2])
        case Function.LEAST | Function.MOST:
            unit = units[0]
            for other in units[1:]:
                unit = _same(unit, other)
            return unit
        case _:
            return units[0]
