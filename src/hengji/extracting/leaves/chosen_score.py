"""Which of the marks behind a leaf's points tell its score."""

from collections.abc import Sequence
from decimal import Decimal

from hengji.extracting.leaves.list_marks import lost_in, of_a_piece, proven
from hengji.extracting.leaves.score_marks import Mark, Role, is_converted
from hengji.extracting.leaves.score_rules import is_rule
from hengji.model.patterns import pattern

NEAR = 6  # characters between points and score that stand together
BETWEEN = pattern(r"[\s,:;。、()\[\]{}【】〔〕—→=|/\t中…-]*(?:本项|该项|此项|其中|实际|占)?")
POINTING = ("本", "该", "此", "这")  # 「该指标满分5分」 is said of what was named before its facts
_SCORING = (Role.GOT, Role.PAIR, Role.LOST, Role.FULL)
_TWICE = 2


def chosen_score(text: str, marks: Sequence[Mark], points: Decimal | None, behind: int) -> tuple[Decimal, Mark] | None:
    """The score among the marks that follow a leaf's points (or its heading): at once, by a word of its own, or the last."""
    bare = next((mark for mark in marks if mark.start - behind <= NEAR and mark.role is Role.BARE), None)
    if (
        bare is not None
        and behind >= 0
        and points is not None
        and BETWEEN.fullmatch(text[behind : bare.start])
        and bare.number <= points
    ):
        return bare.number, bare
    usable = [mark for mark in marks if mark.role in _SCORING and not is_rule(text, mark)]
    usable = usable or proven(marks, points)
    got = [mark for mark in usable if mark.role is Role.GOT and (_fits(mark, points) or _fits_after_move(mark, marks))]
    got = [mark for mark in got if points is None or not of_a_piece(text, mark, points)]
    got = [mark for mark in got if is_converted(mark)] or got
    pair = next((mark for mark in usable if mark.role is Role.PAIR and mark.number == points), None)
    at_once = bool(got) and got[0].start - behind <= NEAR and BETWEEN.fullmatch(text[behind : got[0].start])
    if pair is not None and not (at_once and pair.start > got[0].end and text.startswith(")", got[0].end)):
        return pair.other, pair
    if got:
        strong = [mark for mark in got if mark.strong]
        chosen = got[0] if at_once else strong[0] if strong else got[-1]
        return chosen.number, chosen
    lost = [mark for mark in usable if mark.role is Role.LOST and (points is None or mark.number <= points)]
    full = next((mark for mark in usable if mark.role is Role.FULL), None)
    if points is None:
        return None
    if not lost and full is None and (last := _at_the_end(text, marks, points, behind)) is not None:
        return last.number, last
    points = _after_move(text, marks, points)
    if full is not None and not lost:
        return points, full
    return (points - lost_in(lost), lost[-1]) if lost and lost_in(lost) <= points else None


_MOVED = pattern(r"(?:调整?|并|转|移|划|计)[入来]|承接|接过|调剂|平移|加上")


def _after_move(text: str, marks: Sequence[Mark], points: Decimal) -> Decimal:
    """The points of a leaf that took in others, as a pointing word tells them: 「加上调入的6分，本项满分14分」."""
    told = [m for m in marks if m.role is Role.WORTH and m.label.startswith(POINTING) and m.number > points]
    return told[-1].number if told and _MOVED.search(text, 0, told[-1].start) else points


_ENDS = pattern(r"[)\]】〕][。;]?\s*$")
_SUMS = ("共", "合计", "小计")


def _at_the_end(text: str, marks: Sequence[Mark], points: Decimal, behind: int) -> Mark | None:
    """The score that ends a text: alone in a bracket, 「甲［8分］事实。［7.5分］」, or what the numbers before it make, 「事实，3分；事实，2分；共5分」."""
    if not marks or marks[-1].number > points or marks[-1].start < len(text) - _LAST:
        return None
    if behind < 0 and (len(marks) < len(("points", "score")) or marks[0].number != points):
        return None  # the points themselves
    last, before = marks[-1], marks[1 if behind < 0 else 0 : -1]
    if last.role is Role.BARE and text[last.start - 1 : last.start] in tuple("([【〔") and _ENDS.match(text, last.end):
        return last
    summed = last.role is Role.WORTH and last.label.startswith(_SUMS) and all(m.role is Role.BARE for m in before)
    return last if summed and before and sum((m.number for m in before), Decimal(0)) == last.number else None


_LAST = 12  # characters that such a score has


def _fits_after_move(mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether a leaf tells by a pointing word that it is worth as much as a score: 「自评7分，含并入的4分，本项满分7分」."""
    most = (m.number for m in marks if m.role is Role.WORTH and m.label.startswith(POINTING))
    return mark.strong and max(most, default=Decimal(0)) >= mark.number


def _fits(mark: Mark, points: Decimal | None) -> bool:
    return points is None or mark.number <= points * _TWICE or mark.number <= points + 3
