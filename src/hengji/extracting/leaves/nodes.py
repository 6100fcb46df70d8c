"""What the paragraphs of one section say of points and scores."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.absences import Absence, absence_in
from hengji.extracting.leaves.named_above import named_above
from hengji.extracting.leaves.scored import Found, claim_in, lone_score, own_scores, points_in, points_of, surest
from hengji.extracting.leaves.told_leaves import Inline, inline_leaves, inline_scores
from hengji.extracting.leaves.unscored import unscored
from hengji.extracting.outline import UNASSESSED, Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import Section, Span
from hengji.model.patterns import pattern

_OPENING = 10  # characters
_WORDING = 4  # characters that a heading adds to a name: 履职效能分析, 投入情况
_SEVERAL = 2  # leaves
_IMPLIED = 2  # the rank of a score that no number tells: 按满分计


@dataclass(frozen=True, slots=True)
class Node:
    """A section and what its heading and own paragraphs say of points, score and absence."""

    index: int
    points: Decimal | None
    claim: Found | None
    claim_span: Span | None
    absence: Absence | None
    passages: tuple[Passage, ...]
    inline: tuple[tuple[Passage, Inline], ...] = ()  # leaves told in the paragraphs under the heading
    leads: bool = False  # whether a bare 「得4分」 opens the text, so that it is this heading's score

    @property
    def speaks(self) -> bool:
        """Whether the section says anything of points: points, a score of its own, leaves, or that it is not assessed."""
        return (
            bool(self.inline)
            or (self.absence is not None and UNASSESSED.search(self.passages[0].flat[:_OPENS]) is not None)
            or self.points is not None
            or (self.claim is not None and (self.claim.strong or self.leads))
        )


_OPENS = 40  # characters of a heading


def node_of(index: int, tree: Outline, passages: tuple[Passage, ...]) -> Node:
    """What a section says, read from its own passages, the heading first."""
    section = tree.sections[index]
    if not passages:
        return Node(index, None, None, None, None, ())
    head = passages[0]
    points = points_of(heading_text(head, section))
    inline = tuple(_inline(section, passages, points.number if points else None))
    made = sum((leaf.points for _, leaf in inline), Decimal(0))
    if points is None or made != points.number or any(leaf.claim is None for _, leaf in inline):
        inline = _all_of(section, passages, points) or inline
    above = named_above(passages[1:]) if section.heading else []
    if len(above) > sum(1 for _, leaf in inline if leaf.direct):
        inline = tuple(above)
    if inline:
        return _group_node(index, section, passages, points, inline)
    own = own_scores(head.flat, section.title)
    if points is None and own is not None:
        points = Found(own.points, own.named, own.worth)
    title = max(section.span.end - head.whole.start, 0)
    texts = [(passage, passage.flat if passage is not head else head.flat) for passage in passages]
    if points is None:
        points = next((found for _, text in texts if (found := points_in(text)) is not None), None)
    worth = points.number if points else None
    claim, span, leads = None, None, False
    if own is not None and own.claim is not None:
        claim = claim_in(head.flat[: own.end], own.points, own.worth) or Found(own.claim, own.named, own.end)
        claim = replace(claim, number=own.claim)
        span, leads = head.span(claim.start, claim.end), True
    else:
        under = passages[1] if len(passages) > 1 and points is not None and points.start < title else None
        told = [
            (passage, found)
            for passage, text in texts
            if (found := (lone_score(text, worth) if passage is under else None) or claim_in(text, worth))
        ]
        claim = surest(found for _, found in told)
        where = next((passage for passage, found in told if found is claim), None)
        if claim is not None and where is not None:
            span = where.span(claim.start, claim.end)
            leads = claim.start <= (title if where is head else 0) + _OPENING
    absence = None
    if claim is None or "不考核" in "".join([passage.flat for passage in passages]):
        absence = next((gone for passage in passages if (gone := absence_in(passage.flat)) is not None), None)
    if absence is not None and claim is not None and claim.number != 0 and claim.rank < _IMPLIED:
        absence = None
    return Node(index, points.number if points else None, claim, span, absence, passages, (), leads)


def _group_node(
    index: int,
    section: Section,
    passages: tuple[Passage, ...],
    points: Found | None,
    inline: tuple[tuple[Passage, Inline], ...],
) -> Node:
    """What a section says of itself where its paragraphs tell leaves."""
    head = passages[0]
    headed = claim_in(head.flat[: section.span.end - section.span.start])
    if points is None:
        points = _told_points(head.flat, section.span.end - section.span.start)
    scored = _scored_behind(head.flat, section.title) if points is None and headed is None else None
    points, headed = scored or (points, headed)
    if headed is None and points is not None:
        headed = _ends_scored(head.flat, section.span.end - section.span.start)
    span = head.span(headed.start, headed.end) if headed else None
    again = _told_again(section, passages) if points is None and headed is None else None
    if again is not None:
        points, headed, span = again
    if points is None and len(passages) > 1:
        points = _told_of(section.title, passages[1].flat)
    return Node(index, points.number if points else None, headed, span, None, passages, inline)


_OPENS_WITH_POINTS = pattern(r"[,:]\s?(?:共计?|合计|总分|满分|分值)\s?(?:为|:)?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分[,。;:]")


_SCORED_BEHIND = pattern(
    r"\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分[,;、(](?:自评|实际)?(?:得分|得|自评)\s?(?P<m>\d{1,3}(?:\.\d+)?)\s?分\)?[。;]"
)


def _scored_behind(text: str, title: str) -> tuple[Found, Found] | None:
    """A group's points and score in its heading's own sentence: 「（一）投入指标15分，得15分。」."""
    at = text.find(title)
    match = _SCORED_BEHIND.match(text, at + len(title)) if at >= 0 else None
    if match is None or Decimal(match["m"]) > Decimal(match["n"]) * 2:
        return None
    return (
        Found(Decimal(match["n"]), match.start("n"), match.end("n")),
        Found(Decimal(match["m"]), match.start("m"), match.end("m")),
    )


_SCORE_ENDS = pattern(
    r"[)\s,;、|—]*(?:(?:自评得分|自评|得分|实得|得)\s?[:为]?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分|得分\s?[:为]?\s?(?P<bare>\d{1,3}(?:\.\d+)?))[。;]?\s*$"
)


# 「（一）管理（40分），自评37.6分，包括：」
_SCORE_OPENS_LIST = pattern(
    r"[)\s]*,\s?(?:自评得分|自评|得分|实得|得)\s?[:为]?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分[,。;:]?(?=\s?(?:其中|包括|包含|下设|分别))(?P<bare>)"
)


def _ends_scored(text: str, end: int) -> Found | None:
    """A group's score where it ends the line of its heading: 「投入（分值25分）　自评得分22分」."""
    match = _SCORE_ENDS.match(text, end) or _SCORE_OPENS_LIST.match(text, end)
    group = "n" if match is not None and match["n"] else "bare"
    return Found(Decimal(match[group]), match.start(group), match.end(group)) if match is not None else None


_OF_WHOLE = pattern(
    r"(?:部分|类|方面|指标)*(?:共计?|合计|总分|满分|分值)\s?(?:为|:)?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分[,。;]"
)


def _told_of(title: str, text: str) -> Found | None:
    """A group's points where its name opens the paragraph under its heading: 「投入部分共20分，由4项指标组成。」."""
    match = _OF_WHOLE.match(text, len(title)) if title and text.startswith(title) else None
    return Found(Decimal(match["n"]), match.start("n"), match.end("n")) if match is not None else None


def _told_again(section: Section, passages: tuple[Passage, ...]) -> tuple[Found, Found, Span] | None:
    """A group's points and score in the line under its heading that says its name again: 「【预算管理】　满分35分　自评34.7分」."""
    for passage in passages[1:2]:
        for leaf in inline_scores(passage.flat)[:1]:
            if leaf.claim is not None and leaf.direct and _of_heading(leaf.name, section.title):
                claim = Found(leaf.claim, leaf.named, leaf.end)
                return Found(leaf.points, leaf.named, leaf.worth), claim, passage.span(leaf.start, leaf.end)
    return None


def _told_points(text: str, end: int) -> Found | None:
    """A group's points right behind its heading: 「（一）投入方面，共12分。」."""
    match = _OPENS_WITH_POINTS.match(text, end)
    return Found(Decimal(match["n"]), match.start("n"), match.end("n")) if match else None


def _inline(section: Section, passages: tuple[Passage, ...], points: Decimal | None) -> list[tuple[Passage, Inline]]:
    """The leaves that paragraphs under a heading tell by name; the heading's own score is none of them."""
    told = [
        (passage, leaf)
        for passage in passages
        for leaf in (
            inline_scores(passage.flat) if section.title or not unscored(passage.flat) else inline_leaves(passage.flat)
        )
        if passage.at(leaf.start) >= section.span.end and not _of_heading(leaf.name, section.title)
    ]
    if len(told) == 1 and not told[0][1].direct:
        passage, leaf = told[0]
        fact = points == leaf.points and passage.flat.startswith(",", leaf.named)
        if points is None or fact:
            return []  # facts and score of the heading itself: 「两份合同归档晚了半个月。分值5分，得4分」
    return told


def _all_of(
    section: Section, passages: tuple[Passage, ...], points: Found | None
) -> tuple[tuple[Passage, Inline], ...]:
    """The leaves of a group, those too of which no score is told, where they make its points and, these in full, its score.

    「（一）投入（15分，得14.8分）。甲10分：事实。乙5分：事实，扣0.2分。」
    """
    head, title = passages[0], section.span.end - section.span.start
    claim = claim_in(heading_text(head, section), points.number) if points is not None else None
    behind = _scored_behind(head.flat, section.title)
    worth, got = behind if behind is not None else (points, claim or _ends_scored(head.flat, title))
    told = [
        (passage, leaf)
        for passage in passages
        for leaf in inline_leaves(passage.flat)
        if passage.at(leaf.start) >= section.span.end and leaf.direct and not _of_heading(leaf.name, section.title)
    ]
    if worth is None or got is None or len(told) < _SEVERAL or not all(_may_be_full(leaf) for _, leaf in told):
        return ()
    full = tuple((passage, replace(leaf, claim=leaf.points) if leaf.claim is None else leaf) for passage, leaf in told)
    made = sum((leaf.claim or Decimal(0) for _, leaf in full), Decimal(0))
    return full if (sum((leaf.points for _, leaf in told), Decimal(0)), made) == (worth.number, got.number) else ()


def _may_be_full(leaf: Inline) -> bool:
    """Whether a leaf lost points or tells no score; where a full score is told of others, one without was forgotten."""
    return leaf.absence is None and (leaf.claim is None or leaf.claim < leaf.points)


def _of_heading(name: str, title: str) -> bool:
    return name in (title, f"{title}指标") or (title.startswith(name) and len(title) <= len(name) + _WORDING)


def heading_text(head: Passage, section: Section) -> str:
    """A heading with the bracket behind it, which may hold its points."""
    end = section.span.end - section.span.start
    text = head.flat
    rest = re.match(r"[^。;]{0,40}", text[end:]) if "(" in text[end:][:2] else None
    return text[: max(end, 0)] + (rest[0] if rest and "(" in rest[0][:2] else "")
