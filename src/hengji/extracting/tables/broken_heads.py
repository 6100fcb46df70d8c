"""Header cells that were broken over lines: 「年度 / 指标值」, 「一级 / 指标」, 「偏差原因及 / 改进措施」."""

from collections.abc import Sequence

from hengji.extracting.tables.header_words import header_kind
from hengji.model.patterns import pattern

_MOST = 3  # lines of one header cell
_SHORT = 8  # characters of a line that is part of a header cell
_LEVELS = ("level1", "level2", "level3")
_REMARK = pattern(
    r"(?:偏差|未完成|未达标|扣分|失分|偏离|差异|存在(?:的)?(?:主要)?问题)?(?:的?(?:原因|情况|理由|依据))?(?:分析|说明)?(?:[及和与、或/](?:拟)?(?:采取的?)?(?:下一?步)?(?:改进|整改)?(?:措施|说明|意见|情况|原因|分析))?"
)
ORDER = pattern(r"序号|编号|指标编[码号]|代码")
_FIGURE = pattern(r"[≥≤=<>]?\d")
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
        fits = all(0 < len(part) <= _SHORT for part in parts[:-1]) and not any(map(_FIGURE.match, parts[1:]))
        if fits and _is_one(first, parts):
            return size
    return 1 if first or ORDER.fullmatch(lines[at]) else 0


def _is_one(first: str, parts: Sequence[str]) -> bool:
    """Whether lines are one header cell: they name a column together, and not each a column of its own."""
    words = "".join(parts)
    whole = header_kind(words)
    if not whole:
        return False
    if whole == "remark" and _REMARK.fullmatch(words):
        return True
    if any(header_kind(part) not in ("", whole) for part in parts[1:]):
        return whole in _LEVELS and first == whole and header_kind("".join(parts[1:])) == "name"  # 「一级 / 指标」
    if whole in _ENDLESS:
        return whole != "remark" and all(_MONEY.fullmatch(part) for part in parts[1:]) and first in ("", whole)
    if not first:
        return all(not header_kind("".join(parts[:n])) for n in range(2, len(parts)))
    return first == whole and header_kind("".join(parts[1:])) in ("", whole)
