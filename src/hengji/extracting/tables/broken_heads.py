"""Header cells that were broken over lines: 「年度 / 指标值」, 「一级 / 指标」, 「偏差原因及 / 改进措施」."""

from collections.abc import Sequence

from hengji.extracting.tables.header_words import header_kind
from hengji.model.patterns import pattern

_MOST = 3  # lines of one header cell
_SHORT = 8  # characters of a line that is part of a header cell
_LEVELS = ("level1", "level2", "level3")
_GOES_ON = pattern(r"(?:[及和与、/]|原因|分析|改进|整改|措施|说明|情况|备注|\().*")  # the second line of a remark's header
_ENDLESS = ("remark", "spent", "budget", "rate")  # kinds whose wordings take any ending
_MONEY = pattern(r"\(?(?:单位:?)?(?:万元|元)\)?|预?算?数|总?额|金额|\(.{1,6}\)|执行数|资金")


def pieces(lines: Sequence[str], most: int) -> list[int]:
    """How many lines each header cell takes that stand from the first line on, up to so many cells; nothing where none does."""
    found: list[int] = []
    at = 0
    while at < len(lines) and len(found) < most:
        size = _size(lines, at)
        if not size:
            break
        found.append(size)
        at += size
    return found


def _size(lines: Sequence[str], at: int) -> int:
    """How many lines the header cell takes that begins at a line; 0 for what is none."""
    first = header_kind(lines[at])
    for size in range(min(_MOST, len(lines) - at), 1, -1):
        parts = lines[at : at + size]
        if all(0 < len(part) <= _SHORT for part in parts[: -1]) and _is_one(first, parts):
            return size
    return 1 if first else 0


def _is_one(first: str, parts: Sequence[str]) -> bool:
    """Whether lines are one header cell: they name a column together, and not each a column of its own."""
    whole = header_kind("".join(parts))
    if not whole:
        return False
    if whole in _ENDLESS:
        fits = _GOES_ON if whole == "remark" else _MONEY
        return all(fits.fullmatch(part) for part in parts[1:]) and (not first or first == whole)
    if not first:
        return all(not header_kind("".join(parts[:n])) for n in range(2, len(parts)))
    following = header_kind("".join(parts[1:]))
    if first in _LEVELS and following == "name":
        return whole == first  # 「一级 / 指标」
    return first == whole and following in ("", whole)
