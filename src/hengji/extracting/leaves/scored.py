"""Points and scores of one indicator in the text under its heading: a number tied to a word of points, never any number next to 「分」."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.leaves.chosen_score import chosen_score
from hengji.extracting.leaves.score_marks import Mark, Role, score_marks
from hengji.extracting.leaves.score_rules import is_rule
from hengji.extracting.leaves.told_leaves import Inline, inline_leaves
from hengji.model.patterns import pattern

_NEAR = 8  # characters between the points of 「本项20分」 and its score


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a text, and where; ``rank`` says how sure it is the one: 0 by its own word, then bare, full, points lost."""

    number: Decimal
    start: int
    end: int
    rank: int = 0

    @property
    def strong(self) -> bool:
        """Whether a word of its own tells it, so that no other sign is needed."""
        return self.rank == 0


def points_of(title: str) -> Found | None:
    """The points a heading prints: 「（5分）」, 「(4分,自评得分4分)」, 「，分值5分」."""
    leaf = next((leaf for leaf in inline_leaves(title) if leaf.direct), None)
    if leaf is not None:
        return _with_added(title, Found(leaf.points, leaf.named, leaf.worth))
    marks = score_marks(title)
    mark = next((m for m in marks if m.role in (Role.WORTH, Role.PAIR) or _bracketed(title, m)), None)
    return _with_added(title, Found(mark.number, mark.at, mark.end)) if mark is not None else None


_ADDED = pattern(r"\s?(?:分)?\s?[+＋]\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分(?!\s?[=＝])")


def _with_added(title: str, points: Found) -> Found:
    """Points with those that are added to them: 「效益与满意度（16分+9分）」."""
    while (more := _ADDED.match(title, points.end)) is not None:
        points = Found(points.number + Decimal(more["n"]), points.start, more.end())
    return points


def _bracketed(text: str, mark: Mark) -> bool:
    return mark.role is Role.BARE and text[: mark.start].rstrip().endswith(("(", "【", "["))


_POINT_WORDS = pattern(r"^标准$|分值|满分|权重|标准分|应得|赋分|赋值|配分|基准分|标准值")


def points_in(text: str) -> Found | None:
    """The points that running text states: 「指标分值18分」, 「本项20分，自评18.80分」."""
    marks = score_marks(text)
    for index, mark in enumerate(marks):
        if is_rule(text, mark) or mark.number <= 0:
            continue
        following = marks[index + 1] if index + 1 < len(marks) else None
        scored = (
            following is not None
            and following.role in (Role.GOT, Role.LOST, Role.FULL)
            and following.start - mark.end <= _NEAR
        )
        before = marks[index - 1] if index else None
        behind = (
            before is not None and before.role is Role.GOT and mark.start - before.end <= 1
        )  # 「得分：7.5（总分8）」
        fits = before is not None and before.number <= mark.number
        worth = mark.role is Role.WORTH and (scored or (behind and fits) or _POINT_WORDS.search(mark.label))
        if (
            worth
            or mark.role is Role.PAIR
            or (mark.role is Role.BARE and scored and (mark.label or _bracketed(text, mark)))
            or (mark.role is Role.BARE and mark.label and _scored_later(text, mark.number, marks[index + 1 :]))
            or (index == 0 and mark.start <= 1 and following is not None and _bracketed(text, mark))
        ):
            return Found(mark.number, mark.start, mark.end)
    return None


def _scored_later(text: str, points: Decimal, marks: Sequence[Mark]) -> bool:
    """Whether a score within the points follows behind the facts: 「该指标15分，两份合同归档晚了半个月，我们自评13.4分」."""
    return any(mark.role is Role.GOT and mark.number <= points and not is_rule(text, mark) for mark in marks)


def own_scores(text: str, title: str) -> Inline | None:
    """What a heading's own line tells of it: 「（1）预算编制合理性5分，得5分。」."""
    return next((leaf for leaf in inline_leaves(text) if leaf.name == title), None)


def claim_in(text: str, points: Decimal | None = None, behind: int = 0) -> Found | None:
    """The score that a text claims for one indicator; rule text (每…扣0.5分, 达到90%的得5分) claims nothing."""
    marks = [mark for mark in score_marks(text) if mark.start >= behind]
    chosen = chosen_score(text, marks, points, behind or -1) if marks else None
    if chosen is None:
        return None
    number, mark = chosen
    return Found(number, mark.start, mark.end, _rank(mark))


def lone_score(text: str, points: Decimal | None) -> Found | None:
    """The score that opens or closes the paragraph under a heading with its points: 「5.5分。测算没有包含涵洞，扣0.5分。」."""
    marks = score_marks(text)
    if points is None or any(mark.role is Role.GOT for mark in marks):
        return None
    for mark in marks[:1] + marks[-1:]:
        before, behind = text[: mark.start].strip(), text[mark.end :].strip()
        opens = not before and behind[:1] in ("", "。", ";", ":", ",", "(")
        closes = before.endswith("(") and behind in (")", ")。")
        if (opens or closes) and mark.role is Role.BARE and not mark.label and mark.number <= points:
            return Found(mark.number, mark.start, mark.end, 1)
    return None


def _rank(mark: Mark) -> int:
    if mark.role is Role.FULL:
        return 2
    if mark.role is Role.LOST:
        return 3
    return 0 if mark.role is Role.PAIR or mark.strong or mark.label.endswith("分") else 1


def surest(claims: Iterable[Found]) -> Found | None:
    """Of the scores that the paragraphs of one indicator give: the first with a word of its own, else the last bare one."""
    told = list(claims)
    if len(told) == 1:
        return told[0]
    best = min((claim.rank for claim in told), default=None)
    alike = [claim for claim in told if claim.rank == best]
    return (alike[-1] if best == 1 else alike[0]) if alike else None
