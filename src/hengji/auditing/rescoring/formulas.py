"""A scoring rule that is a formula of one rate: 「8×（执行率-60%）/（1-60%）」, read and worked out exactly."""

from fractions import Fraction

from hengji.model.patterns import pattern

_TERM = r"(?:\d{1,3}(?:\.\d+)?%?分?|分值|满分|权重分?|标准分)"
FORMULA = pattern(
    rf"(?:{_TERM}[×xX*])?\(+[\u4e00-\u9fff]{{2,10}}[率度](?:-\d{{1,3}}(?:\.\d+)?%)\)+(?:[÷/×xX*+-]\(*{_TERM}(?:-{_TERM})?\)*)*"
)
_TOKEN = pattern(r"(?P<n>\d+(?:\.\d+)?)(?P<p>%?)分?|(?P<word>[\u4e00-\u9fff]+)|(?P<sign>[×xX*÷/+()-])")
_WORTH = pattern(r"分值|满分|权重分?|标准分")


def worked_out(formula: str, rate: Fraction, points: Fraction, aim: Fraction | None = None) -> Fraction | None:
    """What a formula gives for a rate (in per cent) of a leaf of so many points, its target too where that is known; None where it cannot be read."""
    tokens: list[Fraction | str] = []
    for match in _TOKEN.finditer(formula):
        if match["n"]:
            tokens.append(Fraction(match["n"]) / (100 if match["p"] else 1))
        elif match["word"]:
            value = _named(match["word"], rate, points, aim)
            if value is None:
                return None
            tokens.append(value)
        else:
            tokens.append({"x": "×", "X": "×", "*": "×", "÷": "/"}.get(match["sign"], match["sign"]))
    try:
        value, rest = _sum(tokens)
    except (IndexError, ZeroDivisionError, TypeError):
        return None
    return min(max(value, Fraction(0)), points) if not rest else None


def _named(word: str, rate: Fraction, points: Fraction, aim: Fraction | None) -> Fraction | None:
    """What a word of a formula stands for."""
    if _WORTH.fullmatch(word):
        return points
    if _AIMED.search(word):
        return aim / 100 if aim is not None else None
    return rate / 100


_AIMED = pattern(r"目标|指标值|计划|标准值|基准")
_Tokens = list[Fraction | str]


def _sum(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in ("+", "-"):
        other, rest = _product(tokens[1:])
        value, tokens = (value + other if tokens[0] == "+" else value - other), rest
    return value, tokens


def _product(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    value, tokens = _atom(tokens)
    while tokens and tokens[0] in ("×", "/"):
        other, rest = _atom(tokens[1:])
        value, tokens = (value * other if tokens[0] == "×" else value / other), rest
    return value, tokens


def _atom(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    first = tokens[0]
    if isinstance(first, Fraction):
        return first, tokens[1:]
    if first != "(":
        raise TypeError
    value, rest = _sum(tokens[1:])
    if rest[0] != ")":
        raise TypeError
    return value, rest[1:]
