"""Cuts an expression into tokens; declared names match longest first."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lark import Token
from lark.lexer import Lexer

from hengji.language.vocabulary import Vocabulary
from hengji.model.expression import Function, Operator
from hengji.model.patterns import pattern

_OPERATORS: tuple[tuple[str, str, Operator | str], ...] = (
    ("COMPARE", ">=", Operator.AT_LEAST),
    ("COMPARE", "<=", Operator.AT_MOST),
    ("COMPARE", "!=", Operator.NOT_EQUAL),
    ("COMPARE", "≥", Operator.AT_LEAST),
    ("COMPARE", "≧", Operator.AT_LEAST),
    ("COMPARE", "≤", Operator.AT_MOST),
    ("COMPARE", "≦", Operator.AT_MOST),
    ("COMPARE", "≠", Operator.NOT_EQUAL),
    ("COMPARE", ">", Operator.GREATER),
    ("COMPARE", "＞", Operator.GREATER),
    ("COMPARE", "<", Operator.LESS),
    ("COMPARE", "＜", Operator.LESS),
    ("COMPARE", "=", Operator.EQUAL),
    ("COMPARE", "＝", Operator.EQUAL),
    ("PLUS", "+", Operator.ADD),
    ("PLUS", "＋", Operator.ADD),
    ("MINUS", "-", Operator.SUBTRACT),
    ("MINUS", "−", Operator.SUBTRACT),
    ("MINUS", "－", Operator.SUBTRACT),
    ("TIMES", "*", Operator.MULTIPLY),
    ("TIMES", "×", Operator.MULTIPLY),
    ("TIMES", "/", Operator.DIVIDE),
    ("TIMES", "÷", Operator.DIVIDE),
    ("LPAR", "(", "("),
    ("LPAR", "（", "("),
    ("RPAR", ")", ")"),
    ("RPAR", "）", ")"),
    ("COMMA", ",", ","),
    ("COMMA", "，", ","),
)
_AGGREGATES = (Function.SUM, Function.COUNT, Function.NONE)
_FUNCTION = pattern("(" + "|".join(map(re.escape, Function)) + r")(?=\s*[(（])")
_JOINER = pattern(r"(?<=[\s()（）])([且或])(?=[\s()（）])")
_TRUTH = pattern(r"[是否](?![\w])")
_NUMBER = pattern(r"[\d０-９]+(?:[.．][\d０-９]+)?\s*[%％‰]?")
_TEXT = pattern("\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
_QUOTED_NAME = pattern("「([^」]+)」")
_WORD = pattern(r"[\w“”]+")


class Cut(NamedTuple):
    """An expression's text and the names it may use: what the parser is given."""

    text: str
    vocabulary: Vocabulary


class UnknownWordError(Exception):
    """A place where nothing declared begins; ``word`` is what stands there."""

    def __init__(self, word: str, position: int) -> None:
        super().__init__(word)
        self.word = word
        self.position = position


class ExpressionLexer(Lexer):
    """The lexer that lark calls; it keeps no state of its own."""

    def __init__(self, lexer_conf: Any) -> None:  # noqa: ANN401 - lark's own signature
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]  # noqa: ANN401 - lark passes input through
        """The tokens of a ``Cut``; UnknownWordError where nothing declared begins."""
        yield from tokens(data)


def tokens(cut: Cut) -> Iterator[Token]:
    """The tokens of an expression, each with its position in the text."""
    position = 0
    while position < len(cut.text):
        if cut.text[position].isspace():
            position += 1
            continue
        kind, value, length = _token(cut, position)
        yield Token(kind, value, start_pos=position)
        position += length


def _token(cut: Cut, position: int) -> tuple[str, str, int]:
    text = cut.text
    if match := _JOINER.match(text, position):
        return ("AND" if match[1] == Operator.AND else "OR", match[1], 1)
    if match := _FUNCTION.match(text, position):
        return ("AGGREGATE" if match[1] in _AGGREGATES else "FUNCTION", match[1], len(match[0]))
    if match := cut.vocabulary.pattern.match(text, position):
        return ("NAME", match[0], len(match[0]))
    if match := _QUOTED_NAME.match(text, position):
        return ("NAME", match[1].strip(), len(match[0]))
    if match := _TRUTH.match(text, position):
        return ("TRUTH", match[0], 1)
    if match := _NUMBER.match(text, position):
        return ("NUMBER", match[0], len(match[0]))
    if match := _TEXT.match(text, position):
        return ("TEXT", next(group for group in match.groups() if group is not None), len(match[0]))
    for kind, spelling, operator in _OPERATORS:
        if text.startswith(spelling, position):
            return (kind, str(operator), len(spelling))
    word = _WORD.match(text, position)
    raise UnknownWordError(word[0] if word else text[position], position)
