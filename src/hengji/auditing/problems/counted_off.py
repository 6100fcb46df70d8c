"""R19: measures in running text that name by its number which problem each of them answers: 「针对第1个问题，……。针对第2个问题，……」."""

from collections.abc import Sequence

from hengji.auditing.problems.closed import is_closed
from hengji.auditing.wording import pairs_of
from hengji.model.patterns import pattern

_NUMERALS = "零一二三四五六七八九十"
_N = r"(?:\d{1,2}|[一二三四五六七八九十])"
_ANSWERS = pattern(
    rf"(?:针对|对于?|就|关于|围绕)?(?:上述|前述|存在的)?第(?P<n>{_N})(?P<more>(?:[、和及]第?{_N})*)[个项条点类](?:方面)?(?:的)?(?:问题|不足|短板)?"
)
_NUMBER = pattern(_N)
_MARK = pattern(rf"\s*\(?(?P<n>{_N})[)、.是]")
_PARTS = pattern(r"[。;\n]")
_OF_ALL = pattern(r"上述|以上|其余|其他|所有|各项|逐[项条一个]|至第|到第|均")
_ASKS = pattern(r"\s*(?:同时|另外|此外)?,?(?:建议|请|希望|恳请)")
_FEW = 2  # measures that name their problem: one is no custom
_SHARED = 2  # pairs of characters by which another sentence may answer it


def not_counted(problems: Sequence[str], given: str) -> int | None:
    """Which one of numbered problems no measure names, where every other is named by its number; not one that is over."""
    if "第" not in given or _OF_ALL.search(given):
        return None
    marks = [_MARK.match(text) for text in problems]
    numbers = [_value(mark["n"]) for mark in marks if mark is not None]
    if len(numbers) != len(problems) or numbers != list(range(1, len(problems) + 1)):
        return None
    parts = _PARTS.split(given)
    named = {_value(n) for part in parts for match in _ANSWERS.finditer(part) for n in _NUMBER.findall(match[0])}
    left = sorted(set(numbers) - named)
    if len(named) < _FEW or not named <= set(numbers) or len(left) != 1:
        return None
    own = pairs_of(problems[left[0] - 1])
    rest = (part for part in parts if not _ANSWERS.search(part) and not _ASKS.match(part))
    answered = any(len(own & pairs_of(part)) >= _SHARED for part in rest)
    return None if answered or is_closed(problems[left[0] - 1]) else left[0] - 1


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else _NUMERALS.index(numeral)
