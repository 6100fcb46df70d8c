"""A figure alone in a bracket right behind another speaks of that one: 「83.56万元（预算84.70万元）」."""

from hengji.model.patterns import pattern

_OPENS = pattern(r"\s?\([^()\d]{1,12}")
_CLOSES = pattern(r"[^()\d]{0,4}\)")


def is_aside(text: str, behind: int, start: int, end: int) -> bool:
    """Whether the figure at ``start``..``end`` stands alone in a bracket that opens at ``behind``, where another figure ends."""
    return _OPENS.fullmatch(text, behind, start) is not None and _CLOSES.match(text, end) is not None
