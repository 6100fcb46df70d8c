"""How well lines are one cell of a column that was broken over them: a name, a level, a figure, a remark."""

import itertools
from collections.abc import Sequence
from functools import lru_cache

from hengji.extracting.tables.grid import cell_number
from hengji.extracting.tables.level_words import LEVEL
from hengji.extracting.tables.token_rows import NUMBER_KINDS, fit
from hengji.model.patterns import pattern

ENDLESS = 99  # the width of a column whose names are not broken
MOST_LINES = {"level1": 8, "level2": 9, "level3": 4, "name": 4, "remark": 8, "rule": 8, "telling": 8, "target": 3, "actual": 3, "": 2}  # fmt: skip
PLACEHOLDER = pattern(r"(?:绩效|三级)?指标\d{1,2}:?|[…\.·]+|\.\.\.")
_REMARK = pattern(
    r".*(?:[,。;、:\d]|不[^动良锈]|没有|因|已|较|偏|延|尚|仍|正在|待[^遇]|慢|原因|措施|困难).*|[无未].*|.*[少低慢晚迟涨]"
)
_ALONE = pattern(r"[—－/\\-]{1,2}|无")  # an empty cell
_NAMED_ANEW = pattern(r"指标\d{1,2}[:：]?")
_FRAMED = pattern(r"[【〔\[].*[】〕\]]")
_RESULT = pattern(
    r"(?:较|基本|已|不断|持续|全部|效果|显著|很|非常)?(?:合理|健全|明确|完成|达标|好|良好|优秀|有效|明显|及时|齐全|规范|符合|合规|真实|完整|提高|提升|改善|显著|稳定|达到|达成|按时|到位|无|是|否)"
)
_COUNTED = pattern(r"\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}")
_HALF = pattern(r"[A-Za-z0-9.%<>=+*/-]")
_NO_START = ',。;:、)》"%'  # marks that begin no line
_NO_NAME = ",。;:、)"  # and no name
_UNIT_FIRST = pattern(
    r"[\u4e00-\u9fff]{1,3}[≥≤=<>]?\d|[^是否优良中差高好有无]$"
)  # 「人次312人次」, the end of the cell before
_WORDS, _NO_WORDS = pattern(r".*[\u4e00-\u9fff]{2}"), pattern(r"[^\u4e00-\u9fff]+")
_PER_CENT = 2.5  # what a score in per cent, which may be a result, is worth less
_SHORT = 2  # characters of what is hardly a name
_LONGEST_LEVEL, _LONGEST_LINE = 16, 6
_EVEN = 1


@lru_cache(maxsize=4096)
def width_of(text: str) -> int:
    """The width of a text in Chinese characters."""
    return len(text) - len(_HALF.findall(text)) // 2


@lru_cache(maxsize=65536)
def worth_of_cell(lines: tuple[str, ...], kind: str, leaf: bool, width: int) -> float | None:  # noqa: FBT001
    """How well lines are one cell of a column of a kind; None where they cannot be. Names are broken at a width."""
    text = "".join(lines)
    joins = len(lines) - 1
    if PLACEHOLDER.fullmatch(text) or (joins and any(map(_ALONE.fullmatch, lines))):
        return None
    if kind == "order":
        return 1.0 if _COUNTED.fullmatch(text) and not joins else None
    if kind in (*NUMBER_KINDS, "both", "lost", "rate"):
        return _figure(text, kind)
    if leaf:
        return _name(lines, text, kind, width)
    if any(map(_NAMED_ANEW.match, lines)):
        return None
    if kind in ("level1", "level2", "name", "level3"):
        return _level(lines, text)
    return _words(lines, text, kind, width) if not joins or _runs_on(lines) else None


def _figure(text: str, kind: str) -> float | None:
    if kind in ("score", "weighted") and _ALONE.fullmatch(text):
        return 0.0
    told = fit(kind, text, False) - (_PER_CENT if text.endswith("%") else 0)
    return told if told > 0 else None


def _name(lines: Sequence[str], text: str, kind: str, width: int) -> float | None:
    told = fit(kind, text, True)
    inner = lines[:-1]
    if told < 0 or any(abs(width_of(line) - width) > _EVEN for line in inner) or width_of(lines[-1]) > width + _EVEN:
        return None
    if _RESULT.fullmatch(text) or any(map(_NAMED_ANEW.match, lines[1:])) or text[0] in _NO_NAME:
        return None
    if inner and _FRAMED.match(text):
        return None
    short = 1.0 if width_of(text) <= _SHORT else 0.0
    return told - short - sum(_shortfall(*pair, width) for pair in itertools.pairwise(lines))


def _shortfall(line: str, following: str, width: int) -> float:
    """What a break inside a name is worth less: least at the width of the column, where figures and marks may leave a rest."""
    rest = abs(width_of(line) - width)
    return 0.1 + rest * (0.3 if _HALF.search(line) or _HALF.match(following) or following[0] in _NO_START else 0.9)


def _level(lines: Sequence[str], text: str) -> float | None:
    if not _WORDS.match(text) or cell_number(text) is not None or width_of(text) > _LONGEST_LEVEL:
        return None
    inner = lines[:-1]
    if any(map(_NO_WORDS.fullmatch, inner)) or (inner and width_of(lines[-1]) > _LONGEST_LINE):
        return None
    if LEVEL.fullmatch(text):
        return 2.0 - 0.15 * len(inner)
    even = not inner or max(map(width_of, inner)) - min(map(width_of, inner)) <= _EVEN
    return -0.8 - (0.3 if even else 1.0) * len(inner)


def _words(lines: Sequence[str], text: str, kind: str, width: int) -> float:
    """How well lines are a remark, a target or a result."""
    if kind in ("remark", "rule", "telling"):
        plain = _REMARK.fullmatch(text) or _ALONE.fullmatch(text) or len(text) > 2 * width
        return (0.5 if plain else -0.6) - 0.3 * (len(lines) - 1) - (2 if LEVEL.fullmatch(text) else 0)
    return 0.5 - sum(_break(*pair) for pair in itertools.pairwise(lines)) - (0.6 if _UNIT_FIRST.match(text) else 0)


def _break(before: str, after: str) -> float:
    """What a break inside a target or result is worth less: least between a figure and its unit or a bracket, most between two figures."""
    if after.startswith("(") or (before[-1].isdigit() and not after[0].isdigit()):
        return 0.1
    return 1.2 if _FIGURE.match(after) and not before[-1].isdigit() else 0.4


_FIGURE = pattern(r"[≥≤=<>]?\d")


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether every line but the last is about as wide as the widest, so that the cell was broken there."""
    widest = max(map(width_of, lines))
    return all(width_of(line) + 2 >= widest for line in lines[:-1]) or lines[1].startswith("(")
