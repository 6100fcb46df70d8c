"""What kind of thing an expression gives (number, text, date, condition), and kinds that must not meet."""

from collections.abc import Callable
from enum import StrEnum

from hengji.language.parser import ExpressionError
from hengji.language.printing import formula
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
from hengji.model.item import Dictionary, Item, ItemType, RegisterColumn


class Kind(StrEnum):
    """What an expression gives, in the words of a message."""

    NUMBER = "数"
    TEXT = "文字"
    DATE = "日期"
    TRUTH = "条件"


_OF_TYPE = {
    ItemType.NUMBER: Kind.NUMBER,
    ItemType.TEXT: Kind.TEXT,
    ItemType.DATE: Kind.DATE,
    ItemType.FLAG: Kind.TRUTH,
    ItemType.CHOICE: Kind.TEXT,
}
_YES_NO = {"是", "否"}
_LOGIC = (Operator.AND, Operator.OR)
_SAMENESS = (Operator.EQUAL, Operator.NOT_EQUAL)
_ORDER = (Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)


def kind_of_type(type_: ItemType) -> Kind:
    """The kind of a data item or a column of that type."""
    return _OF_TYPE[type_]


def require(tree: Node, wanted: Kind, dictionary: Dictionary, register: str = "") -> None:
    """Raises ExpressionError where the tree does not give the wanted kind, or mixes kinds on the way."""
    found = kind_of(tree, dictionary, register)
    if found is not wanted and not (wanted is Kind.TRUTH and _says_yes_or_no(tree, dictionary, register)):
        hint = "，例如 在编人数 > 编制数" if wanted is Kind.TRUTH else ""
        raise ExpressionError(f"这里要写{wanted}{hint}，“{formula(tree)}”是{found}")


def kind_of(tree: Node, dictionary: Dictionary, register: str = "") -> Kind:
    """The kind of what the tree gives. Raises ExpressionError where kinds meet that cannot."""
    match tree:
        case Number():
            return Kind.NUMBER
        case Text():
            return Kind.TEXT
        case Truth():
            return Kind.TRUTH
        case Name() | Column():
            return _OF_TYPE[_declared(tree, dictionary, register).type]
        case Negative(operand):
            require(operand, Kind.NUMBER, dictionary, register)
            return Kind.NUMBER
        case Binary():
            return _joined(tree, dictionary, register)
        case Call():
            return _called(tree, dictionary, register)
        case Aggregate():
            return _aggregated(tree, dictionary)


def _declared(tree: Name | Column, dictionary: Dictionary, register: str) -> Item | RegisterColumn:
    if isinstance(tree, Name):
        return dictionary.items[tree.name]
    column = dictionary.registers[register].column(tree.name)
    assert column is not None  # the parser resolved it
    return column


def _choices(tree: Node, dictionary: Dictionary, register: str) -> tuple[str, ...]:
    """The words a data item or column may hold; empty where it may hold any."""
    return _declared(tree, dictionary, register).choices if isinstance(tree, Name | Column) else ()


def _says_yes_or_no(tree: Node, dictionary: Dictionary, register: str) -> bool:
    """Whether it is text that can only be 是 or 否."""
    choices = _choices(tree, dictionary, register)
    return bool(choices) and set(choices) <= _YES_NO


def _joined(tree: Binary, dictionary: Dictionary, register: str) -> Kind:
    if tree.operator in _LOGIC:
        require(tree.left, Kind.TRUTH, dictionary, register)
        require(tree.right, Kind.TRUTH, dictionary, register)
        return Kind.TRUTH
    if tree.operator in _SAMENESS:
        _check_sameness(tree, dictionary, register)
        return Kind.TRUTH
    left, right = kind_of(tree.left, dictionary, register), kind_of(tree.right, dictionary, register)
    allowed = (Kind.NUMBER, Kind.DATE) if tree.operator in _ORDER else (Kind.NUMBER,)
    if left is right and left in allowed:
        return Kind.TRUTH if tree.operator in _ORDER else Kind.NUMBER
    what = "比较大小" if tree.operator in _ORDER else "相加减、相乘除"
    more = "；两个日期相差几天写 天数(起, 止)" if Kind.DATE in (left, right) else ""
    raise ExpressionError(
        f"“{formula(tree)}”不能这样{what}：“{formula(tree.left)}”是{left}，“{formula(tree.right)}”是{right}{more}"
    )


def _check_sameness(tree: Binary, dictionary: Dictionary, register: str) -> None:
    left, right = kind_of(tree.left, dictionary, register), kind_of(tree.right, dictionary, register)
    for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
        word = _word(other)
        choices = _choices(side, dictionary, register)
        if word is not None and choices and word not in choices:
            raise ExpressionError(
                f"“{formula(tree)}”：“{formula(side)}”没有“{word}”这个选项，可以选：{'、'.join(choices)}"
            )
    yes_or_no = {left, right} == {Kind.TEXT, Kind.TRUTH} and _meet_as_yes_or_no(tree, dictionary, register)
    if left is not right and not yes_or_no:
        raise ExpressionError(
            f"“{formula(tree)}”永远不会相等：“{formula(tree.left)}”是{left}，“{formula(tree.right)}”是{right}"
        )


def _word(tree: Node) -> str | None:
    """The literal word a side of a comparison states."""
    match tree:
        case Text(value):
            return value
        case Truth(value):
            return "是" if value else "否"
    return None


def _meet_as_yes_or_no(tree: Binary, dictionary: Dictionary, register: str) -> bool:
    """A flag may be compared with 「是」 in quotes, and a text item with 是."""
    literals = [word for word in (_word(tree.left), _word(tree.right)) if word is not None]
    if literals:
        return set(literals) <= _YES_NO
    return any(_says_yes_or_no(side, dictionary, register) for side in (tree.left, tree.right))


def _called(tree: Call, dictionary: Dictionary, register: str) -> Kind:
    def each(kind: Kind) -> Callable[[Node], None]:
        return lambda argument: require(argument, kind, dictionary, register)

    match tree.function:
        case Function.NOT:
            each(Kind.TRUTH)(tree.arguments[0])
            return Kind.TRUTH
        case Function.IF:
            each(Kind.TRUTH)(tree.arguments[0])
            yes, no = (kind_of(argument, dictionary, register) for argument in tree.arguments[1:])
            if yes is not no:
                raise ExpressionError(f"“{formula(tree)}”的两种结果应是同一类：一个是{yes}，一个是{no}")
            return yes
        case Function.DAYS:
            for argument in tree.arguments:
                each(Kind.DATE)(argument)
            return Kind.NUMBER
        case Function.LAST_YEAR:
            return kind_of(tree.arguments[0], dictionary, register)
        case _:
            for argument in tree.arguments:
                each(Kind.NUMBER)(argument)
            return Kind.NUMBER


def _aggregated(tree: Aggregate, dictionary: Dictionary) -> Kind:
    if tree.value is not None:
        require(tree.value, Kind.NUMBER, dictionary, tree.register)
    if tree.where is not None:
        require(tree.where, Kind.TRUTH, dictionary, tree.register)
    return Kind.TRUTH if tree.function is Function.NONE else Kind.NUMBER
