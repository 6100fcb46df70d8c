"""Scores that open a line or a sentence in front of the leaf and its points: 「4分　甲（标准分5分）」."""

from collections.abc import Sequence

from hengji.extracting.leaves.leaf_names import bare_words
from hengji.extracting.leaves.score_marks import Mark, Role
from hengji.model.patterns import pattern

_AT_NAME = pattern(r"[)\]】〕]?[\s|:、—·-]*")  # between a score and the name behind it
_NAMED_BETWEEN = pattern(r"[)\]】〕]?[\s|:、—·-]*[^,。;:()\[\]【】|]{2,30}[(\[【]")
_OPENERS = "([【〔 "


def lead_of(text: str, name: tuple[int, int], points: Mark, marks: Sequence[Mark]) -> Mark | None:
    """The score in front of a name (from where to where) whose points are told behind it by a word of their own."""
    start, end = name
    if points.role is not Role.WORTH or points.start < end:
        return None
    before = next((mark for mark in reversed(marks) if mark.end <= start), None)
    if before is None or before.role not in (Role.BARE, Role.GOT) or before.number > points.number:
        return None
    return before if _AT_NAME.fullmatch(text, before.end, start) and _opens_line(text, before.start) else None


def score_ahead(text: str, mark: Mark, after: Mark) -> bool:
    """Whether a bare number is such a score: a name and its points follow at once."""
    return (
        after.role is Role.WORTH
        and mark.number <= after.number
        and _NAMED_BETWEEN.fullmatch(text, mark.end, after.start) is not None
        and _opens_line(text, mark.start)
    )


def _opens_line(text: str, at: int) -> bool:
    """Whether a mark opens the text or a sentence of it, but for numbers and brackets."""
    before = text[:at].rstrip(_OPENERS)
    return not bare_words(before).strip(" (") or before[-1:] in "。;\n"
