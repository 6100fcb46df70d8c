"""The sum in which a rule works a score out: 「预算完成率×分值」, 「(满意度-60%)÷40%×10」, 「实际与目标之比乘以8分」."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.patterns import pattern

_WORTH = pattern(
    r"(?:本项|该项|指标|本指标|该指标|此项|的)*(?:分值|满分(?:值|分值)?|满值|权重(?:分|值)?|标准分(?:值)?|总分|应得分|全分)"
)
_SPELLED = (
    (pattern(r"再?(?:乘以|乘上|相乘|乘|[xX*])"), "×"),
    (pattern(r"(?:再?除以|[/])"), "÷"),
    (
        pattern(
            r"(?P<a>[\u4e00-\u9fff\"]{1,10})[与和同](?P<b>[\u4e00-\u9fff\"]{1,10}?)(?:之比|的?(?:比例|比值|比率|百分比))"
        ),
        r"\g<a>÷\g<b>",
    ),
    (
        pattern(r"(?P<a>[\u4e00-\u9fff\"]{1,10})占(?P<b>[\u4e00-\u9fff\"]{1,10}?)的?(?:比例|比重|比值|百分比|比率)"),
        r"\g<a>÷\g<b>",
    ),
    (pattern(r"加上|[+]"), "+"),
    (pattern(r"减去|[－]"), "-"),
    (pattern(r"[\[【]"), "("),
    (pattern(r"[\]】]"), ")"),
)
_TOKEN = pattern(
    r"(?P<n>\d+(?:\.\d+)?)(?P<p>%?)(?P<unit>分|[\u4e00-\u9fff]{0,2}(?=[×÷+)-]|$))?|(?P<word>[\u4e00-\u9fff\"\"A-Z]+)|(?P<sign>[×÷()+-])"
)
Node = Fraction | str | tuple["Node", str, "Node"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum read whole, the names in it that are not the points, in their order."""

    tree: Node
    names: tuple[str, ...]
    text: str

    def value(self, points: Fraction, names: Mapping[str, Fraction]) -> Fraction | None:
        """What it comes to; None where something is divided by nothing."""
        try:
            return _value(self.tree, {**names, "分值": points})
        except ZeroDivisionError:
            return None


def _value(node: Node, names: Mapping[str, Fraction]) -> Fraction:
    if isinstance(node, Fraction):
        return node
    if isinstance(node, str):
        return names[node]
    left, sign, right = _value(node[0], names), node[1], _value(node[2], names)
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    return left * right if sign == "×" else left / right


def expression(text: str) -> Expression | None:
    """The sum of a text in one spelling; None where a part of it is not understood."""
    for form, sign in _SPELLED:
        text = form.sub(sign, text)
    tokens: list[Fraction | str] = []
    names: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["n"]:
            tokens.append(Fraction(match["n"]) / (100 if match["p"] else 1))
        elif match["word"]:
            worth = _WORTH.fullmatch(match["word"]) is not None
            tokens.append("分值" if worth else match["word"])
            if not worth and match["word"] not in names:
                names.append(match["word"])
        else:
            tokens.append(match["sign"])
    try:
        tree, rest = _sum(tokens)
    except (IndexError, ValueError):
        return None
    return Expression(tree, tuple(names), text) if not rest and not isinstance(tree, str | Fraction) else None


_Tokens = list[Fraction | str]
_SIGNS = frozenset("×÷()+-")


def _sum(tokens: _Tokens) -> tuple[Node, _Tokens]:
    node, tokens = _product(tokens)
    while tokens and tokens[0] in ("+", "-"):
        other, rest = _product(tokens[1:])
        node, tokens = (node, str(tokens[0]), other), rest
    return node, tokens


def _product(tokens: _Tokens) -> tuple[Node, _Tokens]:
    node, tokens = _atom(tokens)
    while tokens and tokens[0] in ("×", "÷"):
        other, rest = _atom(tokens[1:])
        node, tokens = (node, str(tokens[0]), other), rest
    return node, tokens


def _atom(tokens: _Tokens) -> tuple[Node, _Tokens]:
    first = tokens[0]
    if first == "(":
        node, rest = _sum(tokens[1:])
        if not rest or rest[0] != ")":
            raise ValueError
        return node, rest[1:]
    if isinstance(first, str) and first in _SIGNS:
        raise ValueError
    return first, tokens[1:]
