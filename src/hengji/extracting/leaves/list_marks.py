"""Which bare numbers of points belong to a list of scores, of lost points or of sums, and so tell no leaf."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hengji.extracting.leaves.score_marks import Mark, Role
from hengji.model.patterns import pattern

_JOINS = frozenset("、,;和")
_LISTED = pattern(r"[、,;和][^()。]*[\u4e00-\u9fff]{2,}[^()。]*")
_TAKEN_IN = pattern(r"[并移调转]入|承接|分后")  # 「5分,并入政府采购5分后按10分计」 is one leaf
_LOSSES = pattern(r"(?:扣分|失分|扣减|减分|丢分)(?:情况|项目|项|指标|原因)?(?:为|是|有|在|:|包括|主要)[^。;\n]*$")


def of_a_list(text: str, marks: Sequence[Mark], index: int) -> bool:
    """Whether a bare number belongs to a list that tells parts of a score: 「投入24分、过程28.5分」, 「共扣1.5分：甲0.5分、乙1分」."""

    def listed_on(left: int) -> bool:
        if not 0 <= left < len(marks) - 1 or not marks[left].role is marks[left + 1].role is Role.BARE:
            return False
        between = text[marks[left].end : marks[left + 1].start]
        return between[:1] in _JOINS and _LISTED.fullmatch(between) is not None and not _TAKEN_IN.search(between)

    return marks[index].role is Role.BARE and (listed_on(index) or listed_on(index - 1))


def sums_up(text: str, marks: Sequence[Mark], index: int) -> bool:
    """Whether points are what the scores in front of them make: 「投入24分、过程28.5分、效益39分，合计91.5分」."""
    mark = marks[index]
    if mark.role is not Role.WORTH or not mark.label.startswith(("合计", "共计", "总计", "共")):
        return False
    made = Decimal(0)
    for before in reversed(marks[:index]):
        if before.role not in (Role.BARE, Role.GOT) or re.search(r"[。\n]", text[before.end : mark.start]):
            return False
        made += before.number
        if made == mark.number and before is not marks[index - 1]:
            return True
    return False


def is_gap(marks: Sequence[Mark], index: int) -> bool:
    """Whether a bare number is what the score of a leaf in front of it lacks to its points: 「得10.79分，差额0.21分为扣分」."""
    if marks[index].role is not Role.BARE or _scored_at_once(marks, index):
        return False
    told = pairwise(marks[:index])
    return any(
        b.role is Role.GOT and a.role is not Role.LOST and a.number - b.number == marks[index].number for a, b in told
    )


def _scored_at_once(marks: Sequence[Mark], index: int) -> bool:
    """Whether a score or a loss of its own follows a number of points."""
    return index + 1 < len(marks) and marks[index + 1].role in (Role.GOT, Role.LOST, Role.FULL, Role.PAIR)


def lost_there(text: str, mark: Mark) -> bool:
    """Whether a bare number stands in a sentence that lists what was lost: 「扣分为预算执行率0.09分、……、青年教师成长1分」."""
    if mark.role is not Role.BARE or "分" not in text[: mark.start]:
        return False
    before = text[max(text.rfind(end, 0, mark.start) for end in "。;\n") + 1 : mark.start]
    return _LOSSES.search(before) is not None and "得" not in before


def proven(marks: Sequence[Mark], points: Decimal | None) -> list[Mark]:
    """The score that ends a rule where it is what its loss leaves of the points: 「标准为每超过1%扣0.5分，扣0.5分，得3.5分」."""
    if points is None or len(marks) < len(("扣", "得")):
        return []
    lost, got = marks[-2:]
    proves = lost.role is Role.LOST and got.role is Role.GOT and lost.number + got.number == points
    return [got] if proves else []


_MULTIPLIED = pattern(r"(?<![\d.])(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分?\s?$")


def of_a_piece(text: str, mark: Mark, points: Decimal) -> bool:
    """Whether a score is worked out from less than the points, for one piece of what the leaf counts: 「1.6分×69%=1.1分」."""
    whole = _MULTIPLIED.search(text, 0, mark.start) if mark.label.endswith("=") else None
    return whole is not None and Decimal(whole["n"]) < points


def lost_in(marks: Sequence[Mark]) -> Decimal:
    """The points that marks take off together: the sum that one of them tells, else theirs."""
    whole = next((mark for mark in marks if re.search(r"共|合计|累计", mark.label)), None)
    return whole.number if whole is not None else sum((mark.number for mark in marks), Decimal(0))


def own_before_sum(marks: Sequence[Mark], before: Sequence[Decimal | None], points: Decimal, worth: int) -> Mark | None:
    """The score of the last leaf of several where the sum of all stands behind it: 「甲得4分；乙（2分），得1分。本项得5分」."""
    got = [mark for mark in marks if mark.start >= worth and mark.role is Role.GOT]
    if len(got) < len(("own", "sum")) or got[0].number > points:
        return None
    made = sum((claim or Decimal(0) for claim in before), got[0].number)
    return got[0] if got[-1].number == made and any(before) else None
