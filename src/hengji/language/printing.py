"""Writes a tree back as the Chinese formula a document prints, with names or with figures in it."""

from collections.abc import Callable

from hengji.model.expression import (
    Aggregate,
    Binary,
    Call,
    Column,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    Text,
    Truth,
)

_BINDING = {
    Operator.OR: 1,
    Operator.AND: 2,
    Operator.ADD: 4,
    Operator.SUBTRACT: 4,
    Operator.MULTIPLY: 5,
    Operator.DIVIDE: 5,
}
_COMPARISON_BINDING = 3
_SIGN_BINDING = 6


def formula(tree: Node, figure: Callable[[Node], str | None] | None = None) -> str:
    """The formula as text. ``figure`` may give the text of a Name, an Aggregate or 上年(…): the number in its place."""
    return _text(tree, 0, figure or (lambda _: None))


def _text(tree: Node, binding: int, figure: Callable[[Node], str | None]) -> str:
    if (stated := figure(tree)) is not None:
        return stated
    match tree:
        case Number(_, text):
            return text
        case Text(value):
            return f"“{value}”"
        case Truth(value):
            return "是" if value else "否"
        case Name(name) | Column(name):
            return name
        case Negative(operand):
            return f"-{_text(operand, _SIGN_BINDING, figure)}"
        case Binary(operator, left, right):
            own = _BINDING.get(operator, _COMPARISON_BINDING)
            text = f"{_text(left, own, figure)} {operator} {_text(right, own + 1, figure)}"
            return f"（{text}）" if own < binding else text
        case Call(function, arguments):
            return f"{function}（{'，'.join(_text(argument, 0, figure) for argument in arguments)}）"
        case Aggregate(function, register, value, where):
            inner = [part for part in (value, where) if part is not None]
            return f"{function}（{'，'.join([register, *(_text(part, 0, figure) for part in inner)])}）"
