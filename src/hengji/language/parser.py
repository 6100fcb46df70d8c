"""Turns the text of an expression into its tree, or says in one sentence what is wrong with it."""

import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import cache, reduce

from lark import Lark, Token, Tree, UnexpectedInput
from lark.exceptions import UnexpectedToken

from hengji.language.lexer import Cut, ExpressionLexer, UnknownWordError
from hengji.language.vocabulary import Vocabulary
from hengji.model.expression import (
    Aggregate,
    Binary,
    Call,
    Column,
    Expression,
    Function,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    Text,
    Truth,
)
from hengji.model.item import RegisterKind

_GRAMMAR = r"""
?start: either
?either: both (OR both)*
?both: comparison (AND comparison)*
?comparison: sum [COMPARE sum]
?sum: product ((PLUS | MINUS) product)*
?product: signed (TIMES signed)*
?signed: MINUS signed -> negative
    | PLUS signed -> positive
    | atom
?atom: NUMBER | TEXT | TRUTH | NAME | call | aggregate | LPAR either RPAR -> bracket
call: FUNCTION LPAR either (COMMA either)* RPAR
aggregate: AGGREGATE LPAR NAME (COMMA either)* RPAR
%declare OR AND COMPARE PLUS MINUS TIMES NUMBER TEXT TRUTH NAME FUNCTION AGGREGATE LPAR RPAR COMMA
"""
_MAX_LENGTH = 2000
_MAX_DEPTH = 40
# How many arguments each function takes, and how its use is written.
_ARGUMENTS: dict[Function, tuple[int, int, str]] = {
    Function.NOT: (1, 1, "非(条件)"),
    Function.IF: (3, 3, "如果(条件, 成立时, 不成立时)"),
    Function.LEAST: (1, 99, "最小(甲, 乙, …)"),
    Function.MOST: (1, 99, "最大(甲, 乙, …)"),
    Function.ABSOLUTE: (1, 1, "绝对值(数)"),
    Function.DAYS: (2, 2, "天数(起, 止)"),
    Function.LAST_YEAR: (1, 1, "上年(数据项)"),
    Function.SUM: (2, 3, "合计(台账, 列, 条件)"),
    Function.COUNT: (1, 2, "计数(台账, 条件)"),
    Function.NONE: (1, 2, "无(台账, 条件)"),
}


class ExpressionError(Exception):
    """An expression that cannot be read: one Chinese sentence that says where and what was expected."""


@cache
def _lark() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=ExpressionLexer, maybe_placeholders=False)


def parse(text: str, vocabulary: Vocabulary, register: RegisterKind | None = None) -> Expression:
    """The expression behind a text.

    Names are those of the vocabulary; inside a register's aggregate (or when ``register`` is given, for conditions on
    its rows) its columns come first. Raises ExpressionError.
    """
    if len(text) > _MAX_LENGTH:
        raise ExpressionError(f"表达式超过{_MAX_LENGTH}字，请拆成几个数据项")
    try:
        tree = _lark().parse(Cut(text, vocabulary))  # our lexer takes the pair
    except UnknownWordError as error:
        raise ExpressionError(
            f"“{text}”中的“{error.word}”（第{error.position + 1}字）不是已声明的数据项、台账或函数；"
            "请核对名称，或在 items 中声明；且、或两侧要有空格"
        ) from error
    except UnexpectedInput as error:
        raise ExpressionError(_syntax_message(text, error)) from error
    return Expression(text, _Builder(text, vocabulary).node(tree, register, 0))


def _syntax_message(text: str, error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        position = (error.token.start_pos or 0) + 1
        return f"“{text}”第{position}字“{error.token}”处读不下去：请检查括号、逗号和运算符"
    return f"“{text}”没有写完：请检查末尾的括号或运算符"


class _Builder:
    """Builds the tree from lark's, resolving each name where it stands."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary

    def node(self, tree: Tree[Token] | Token, register: RegisterKind | None, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise ExpressionError(f"“{self.text[:40]}…”嵌套超过{_MAX_DEPTH}层，请拆成几个数据项")
        if isinstance(tree, Token):
            return self.atom(tree, register)
        parts = [
            part for part in tree.children if not (isinstance(part, Token) and part.type in ("LPAR", "RPAR", "COMMA"))
        ]

        def build(part: Tree[Token] | Token) -> Node:
            return self.node(part, register, depth + 1)

        match tree.data:
            case "bracket":
                return build(parts[0])
            case "negative":
                return Negative(build(parts[1]))
            case "positive":
                return build(parts[1])
            case "call":
                return self.call(str(parts[0]), tuple(build(part) for part in parts[1:]))
            case "aggregate":
                return self.aggregate(str(parts[0]), str(parts[1]), parts[2:], depth)
            case _:
                return _chain(parts, build)

    def atom(self, token: Token, register: RegisterKind | None) -> Node:
        match token.type:
            case "NUMBER":
                return _number(token)
            case "TEXT":
                return Text(str(token))
            case "TRUTH":
                return Truth(str(token) == "是")
            case _:
                return self.name(str(token), register)

    def name(self, name: str, register: RegisterKind | None) -> Node:
        if register is not None and (column := register.column(name)) is not None:
            return Column(column.name)
        if (item := self.vocabulary.items.get(name)) is not None:
            return Name(item)
        if name in self.vocabulary.registers:
            raise ExpressionError(
                f"“{self.text}”中的“{name}”是台账，请写成 合计({name}, 列)、计数({name}) 或 无({name})"
            )
        inside = f"台账“{register.name}”的列，也不是" if register is not None else ""
        raise ExpressionError(f"“{self.text}”中的“{name}”不是{inside}已声明的数据项；请核对名称，或在 items 中声明")

    def call(self, name: str, arguments: tuple[Node, ...]) -> Node:
        function = Function(name)
        self.check_count(function, len(arguments))
        if function is Function.LAST_YEAR and not isinstance(arguments[0], Name):
            raise ExpressionError(f"“{self.text}”：上年(…) 里只能写一个数据项")
        return Call(function, arguments)

    def aggregate(self, name: str, register_name: str, rest: list[Tree[Token] | Token], depth: int) -> Node:
        function = Function(name)
        kind = self.vocabulary.registers.get(register_name)
        if kind is None:
            raise ExpressionError(
                f"“{self.text}”中的“{register_name}”不是台账；{_ARGUMENTS[function][2]}的第一项要写台账名"
            )
        self.check_count(function, len(rest) + 1)
        inner = [self.node(part, kind, depth + 1) for part in rest]
        value = inner.pop(0) if function is Function.SUM else None
        return Aggregate(function, kind.name, value, inner[0] if inner else None)

    def check_count(self, function: Function, count: int) -> None:
        least, most, usage = _ARGUMENTS[function]
        if not least <= count <= most:
            raise ExpressionError(f"“{self.text}”：{function}的写法是 {usage}，这里有{count}项")


def _chain(parts: list[Tree[Token] | Token], build: Callable[[Tree[Token] | Token], Node]) -> Node:
    """Left-associative operators: a − b − c is (a − b) − c."""

    def join(left: Node, pair: tuple[Tree[Token] | Token, Tree[Token] | Token]) -> Node:
        operator, right = pair
        return Binary(Operator(str(operator)), left, build(right))

    return reduce(join, zip(parts[1::2], parts[2::2], strict=True), build(parts[0]))


def _number(token: str) -> Number:
    text = unicodedata.normalize("NFKC", token).replace(" ", "")
    scale = {"%": 100, "‰": 1000}.get(text[-1], 1)
    return Number(Fraction(text.rstrip("%‰")) / scale, text)
