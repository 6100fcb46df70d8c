"""Template sentences: text with references in braces, read once and checked against what may be referred to.

``{采购预算金额}`` is a data item with its unit, ``{上年:x}`` last year's, ``{数:x}`` and ``{上年数:x}`` without the unit (for
tables), ``{=甲 / 乙}`` an expression of the rule language, ``{得分:2.1.4}`` ``{分值:…}`` ``{依据:…}`` a leaf, ``{封面:单位负责人}``
a line of the cover, and the words of ``Word``. A brace that is meant is doubled: ``{{``.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hengji.language import ExpressionError, Vocabulary, parse, unit_of
from hengji.model.expression import Expression
from hengji.model.patterns import pattern
from hengji.model.system import IndicatorSystem


class Word(StrEnum):
    """References that stand alone."""

    YEAR = "年度"
    LAST_YEAR = "上年度"
    DEPARTMENT = "单位"
    TOTAL = "总分"
    BASE = "基础分"
    BONUS = "加分"
    DEDUCTION = "扣分"
    RAW = "合计分"
    GRADE = "等次"


class Kind(StrEnum):
    """What stands before the colon of a reference; ``ITEM`` and ``EXPRESSION`` are written without one."""

    ITEM = "数据项"
    LAST_YEAR = "上年"
    BARE = "数"
    BARE_LAST_YEAR = "上年数"
    SCORE = "得分"
    POINTS = "分值"
    REASON = "依据"
    COVER = "封面"
    WORD = "词"
    EXPRESSION = "算式"


LEAF_KINDS = (Kind.SCORE, Kind.POINTS, Kind.REASON)
ITEM_KINDS = (Kind.ITEM, Kind.LAST_YEAR, Kind.BARE, Kind.BARE_LAST_YEAR)
_WORDS = frozenset(word.value for word in Word)
_WRITTEN = {kind.value: kind for kind in (*LEAF_KINDS, *ITEM_KINDS[1:], Kind.COVER)}
_PIECE = pattern(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: its kind, the one name of what it refers to, and its expression where it is one."""

    kind: Kind
    name: str
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut at its references."""

    pieces: tuple[str | Reference, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references in their order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))


class ReferenceProblem(Exception):  # noqa: N818 - it is a problem of the text, not an error of the program
    """References that cannot be resolved: one Chinese sentence each."""

    def __init__(self, *messages: str) -> None:
        self.messages = messages
        super().__init__("；".join(messages))


@dataclass(frozen=True)
class Referable:
    """Everything a template of one indicator system may refer to."""

    system: IndicatorSystem

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of data items and registers."""
        return Vocabulary(self.system.dictionary)

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The ids of the scored leaves."""
        return frozenset(leaf.id for leaf in self.system.leaves())

    def template(self, text: str) -> Template:
        """The template a text spells. Raises ReferenceProblem with every reference that leads nowhere."""
        pieces: list[str | Reference] = []
        wrong: list[str] = []
        place = 0
        for match in _PIECE.finditer(text):
            pieces.append(text[place : match.start()])
            place = match.end()
            if match[0] in ("{{", "}}"):
                pieces.append(match[0][0])
            elif match[1] is None:
                wrong.append(f"“{text}”里的“{match[0]}”没有配对；要写这个符号本身，请写两遍")
            else:
                try:
                    pieces.append(self.reference(match[1].strip()))
                except ReferenceProblem as problem:
                    wrong.extend(problem.messages)
        if wrong:
            raise ReferenceProblem(*wrong)
        pieces.append(text[place:])
        return Template(_joined(pieces))

    def reference(self, text: str) -> Reference:
        """What the text between two braces refers to. Raises ReferenceProblem."""
        if text.startswith(("=", "＝")):
            return self._expression(text[1:])
        if text in _WORDS:
            return Reference(Kind.WORD, text)
        prefix, colon, name = text.replace("：", ":").partition(":")
        if not colon:
            return Reference(Kind.ITEM, self._item(text, text))
        kind = _WRITTEN.get(prefix.strip())
        name = name.strip()
        if kind is None:
            raise ReferenceProblem(f"引用“{{{text}}}”冒号前应是其中之一：{'、'.join(_WRITTEN)}")
        if kind in LEAF_KINDS and name not in self.leaves:
            raise ReferenceProblem(f"引用“{{{text}}}”的指标编号“{name}”不在“{self.system.name}”里")
        return Reference(kind, self._item(name, text) if kind in ITEM_KINDS else name)

    def _item(self, name: str, text: str) -> str:
        found = self.vocabulary.items.get(name)
        if found is None:
            raise ReferenceProblem(f"引用“{{{text}}}”不是已声明的数据项，也不是 {'、'.join(Word)}")
        return found

    def _expression(self, text: str) -> Reference:
        try:
            expression = parse(text, self.vocabulary)
            unit_of(expression.tree, self.system.dictionary)
        except ExpressionError as error:
            raise ReferenceProblem(str(error)) from error
        return Reference(Kind.EXPRESSION, text.strip(), expression)


def _joined(pieces: list[str | Reference]) -> tuple[str | Reference, ...]:
    """Pieces without empty texts, neighbouring texts made one."""
    joined: list[str | Reference] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        elif piece:
            joined.append(piece)
    return tuple(joined)
