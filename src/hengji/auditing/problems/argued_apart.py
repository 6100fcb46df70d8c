"""R19: what is said of a leaf apart from its score, in a paragraph under its name: 「4.15 校园安全。每发生1起……扣2分」."""

import re

from hengji.auditing.case import Case
from hengji.model.extraction import ScoredItem

_LEAST = 12  # characters that say more than a score


def argued_apart(case: Case, item: ScoredItem) -> str:
    """The paragraphs elsewhere that begin with a leaf's name, of a leaf whose own passage is a line of a list."""
    if item.table or item.body.end - item.body.start > len(item.name) + _SCORE:
        return ""
    headed = re.compile(rf"[\s\d.、()一二三四五六七八九十]*{re.escape(item.name)}[。:,(\s]")
    told = (
        case.text(each)
        for each in case.found.paragraphs
        if not item.body.start <= each.start < item.body.end and headed.match(case.flat, each.start)
    )
    return " ".join(text for text in told if len(text) > len(item.name) + _LEAST)


_SCORE = 24  # characters of the points and the score in such a line
