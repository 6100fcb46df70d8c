"""Leaves told in running text: a name with its points, and the score that belongs to it, in whatever order a clerk puts them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from hengji.extracting.leaves.absences import Absence, absence_in
from hengji.extracting.leaves.chosen_score import BETWEEN, NEAR, POINTING, chosen_score
from hengji.extracting.leaves.leaf_names import bare_words, name_behind, name_of
from hengji.extracting.leaves.list_marks import is_gap, lost_there, of_a_list, own_before_sum, sums_up
from hengji.extracting.leaves.listed_leaves import Listed, full_ahead, listed
from hengji.extracting.leaves.score_leads import lead_of, score_ahead
from hengji.extracting.leaves.score_marks import Mark, Role, score_marks
from hengji.extracting.leaves.score_rules import is_rule
from hengji.model.patterns import pattern

_GLUE = pattern(r"[\s,:;(\[{【〔—→=|/\t…-]*(?:(?:这(?:一|1)?项?)?指标)?[\s,:(\[{【〔—-]*$")
_OPENING = pattern(r"[^,:。;(|\n]{2,32}?(?=[,:。(;|]|$)")
_TWICE = 2
_WHOLE = 100
_LEAF_WORTH = 10  # points: what has more and parts with points of their own is a group
_WORTHIEST = 30  # points: what has more and no score is a fact or a group


@dataclass(frozen=True, slots=True)
class Inline:
    """A leaf told in running text: its name, points and score (None where it is not assessed), and where it stands.

    ``direct`` says that points or score stand right at the name, not behind its facts.
    """

    name: str
    points: Decimal
    claim: Decimal | None
    start: int
    named: int  # where its name ends
    end: int
    absence: Absence | None = None
    direct: bool = True
    worth: int = 0  # where its points end


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A name with points, before its score is known; ``marks`` of its own stand in ``used``."""

    name: str
    start: int
    named: int
    mark: Mark
    got: Mark | None = None
    direct: bool = True

    @property
    def end(self) -> int:
        """Where points (and a score before them) end."""
        return max(self.mark.end, self.named, self.got.end if self.got else 0)


@lru_cache(maxsize=4096)
def inline_leaves(text: str) -> tuple[Inline, ...]:
    """The leaves that a text tells by name and points, in order; those without a score and without 不考核 too."""
    marks = score_marks(text)
    if not marks:
        return ()
    told = listed(text, marks)
    if told:
        return tuple(map(_of_list, told))
    ahead, start, end = full_ahead(text)
    if ahead:
        rest = inline_leaves(f"{text[:start]}{' ' * (end - start)}{text[end:]}")
        return tuple(sorted((*map(_of_list, ahead), *rest), key=lambda leaf: leaf.start))
    anchors = _anchors(text, marks)
    found: list[Inline] = []
    leads = [
        lead_of(text, (anchor.start, anchor.named), anchor.mark, marks) if anchor.direct else None for anchor in anchors
    ]
    for number, anchor in enumerate(anchors):
        stop = anchors[number + 1].start if number + 1 < len(anchors) else len(text)
        lead, following = leads[number], leads[number + 1] if number + 1 < len(anchors) else None
        stop = following.start if lead is not None and following is not None else stop
        leaf = _leaf(text, anchor, marks, stop)
        told_behind = leaf.claim is not None or leaf.absence is not None
        if lead is not None and not (told_behind and lead.role is Role.BARE):
            leaf = replace(leaf, claim=lead.number, absence=None, start=lead.start)
        found.append(leaf)
    return tuple(_of_one_level(text, _without_sum(text, found, marks)))


def _without_sum(text: str, leaves: list[Inline], marks: Sequence[Mark]) -> list[Inline]:
    """The leaves, the last one with its own score where the sum of all stands behind it, or with none where that alone does."""
    last = leaves[-1] if len(leaves) > 1 else None
    if last is not None and all(leaf.claim is None for leaf in leaves[:-1]) and _COUNTS_ALL.match(text, last.worth):
        return [*leaves[:-1], replace(last, claim=None, end=last.worth)]
    own = own_before_sum(marks, [x.claim for x in leaves[:-1]], last.points, last.worth) if last is not None else None
    return leaves if last is None or own is None else [*leaves[:-1], replace(last, claim=own.number, end=own.end)]


# 「……、非遗传承（7分）、公众满意度（12分）三项，得22.6分」
_COUNTS_ALL = pattern(
    r"\s?[)\]】]?\s?等?[两二三四五六七八九十\d]{1,2}(?:项|个|类|方面)(?:三级)?(?:指标|内容|方面)?,?[^。;\d]{0,6}得"
)
_OPENS_LIST = pattern(r"\s?[)\]】]?\s?(?:[:。]|,?\s?(?:其中|包括|包含|分别是|下设))")


def _of_one_level(text: str, leaves: Sequence[Inline]) -> Sequence[Inline]:
    """The leaves without their group in front (「过程类30分：预算执行10分，扣0.2分；……」), or without parts behind the leaf that they make."""
    if len(leaves) == _TWICE and _holds(text, leaves[0], leaves[1]):
        return leaves[1:]
    if len(leaves) <= _TWICE:
        return leaves
    first, rest = leaves[0], leaves[1:]
    made = sum((leaf.points for leaf in rest), Decimal(0)) == first.points
    level = _LEVELS.fullmatch(first.name) is not None
    if first.claim is None and _OPENS_LIST.match(text, first.worth):
        return rest if made or (level and not text.startswith(("。", ")。"), first.worth)) else leaves
    if made and level and _HOLDS.fullmatch(text, first.end, rest[0].start) is not None:
        return rest  # whatever score it tells
    scored = first.claim is not None and first.points <= _LEAF_WORTH and text.startswith("。", first.end)
    return leaves[:1] if made and scored and not level else leaves


_HOLDS = pattern(r"\s?[)\]】]?\s?[,:。]?\s?(?:其中|包括|包含|即|下设|只有)[一1]?[项个]?(?:指标)?\s?[:,]?\s?")


def _holds(text: str, group: Inline, leaf: Inline) -> bool:
    """Whether a level is told with its points, its score and its only leaf: 「效益（20分），自评18分，包括：患者满意度（20分）得18分」."""
    same = group.points == leaf.points
    named = _LEVELS.fullmatch(group.name) is not None and not _LEVELS.fullmatch(leaf.name)
    return same and named and _HOLDS.fullmatch(text, group.end, leaf.start) is not None


def _of_list(leaf: Listed) -> Inline:
    return Inline(leaf.name, leaf.points, leaf.claim, leaf.start, leaf.named, leaf.end, worth=leaf.end)


def inline_scores(text: str) -> list[Inline]:
    """Those of them that have a score or are said not to be assessed."""
    leaves = inline_leaves(text)
    several = len(leaves) > 1
    return [
        leaf
        for leaf in leaves
        if leaf.claim is not None or leaf.absence is not None or (several and _open_leaf(leaf, leaves))
    ]


def _open_leaf(leaf: Inline, others: tuple[Inline, ...]) -> bool:
    """Whether a leaf without a score stands among others that have one."""
    return leaf.direct and leaf.points <= _WORTHIEST and any(other.claim is not None for other in others)


def _anchors(text: str, marks: Sequence[Mark]) -> list[_Anchor]:
    anchors: list[_Anchor] = []
    low = 0
    for index, mark in enumerate(marks):
        after = marks[index + 1] if index + 1 < len(marks) else None
        if after is not None and _is_score(text, mark, after):
            continue
        lost = lost_there(text, mark) and not _scored_next(text, marks, index)
        if lost or of_a_list(text, marks, index) or sums_up(text, marks, index) or is_gap(marks, index):
            continue
        if mark.role not in (Role.WORTH, Role.BARE, Role.PAIR) or mark.start < low:
            continue
        if mark.number <= 0 or mark.number > 100 or is_rule(text, mark):
            continue
        anchor = _anchor(text, marks, index, low)
        if anchor is not None:
            anchors.append(anchor)
            low = max(low, anchor.end)
        elif not anchors or mark.role is not Role.BARE:
            low = max(low, mark.end) if anchors and mark.start - anchors[-1].end < NEAR else low
    return [_headed(text, anchors[0])] if len(anchors) == 1 else anchors


def _is_far(text: str, opened: int, anchor: _Anchor) -> bool:
    """Whether facts stand between the name that opens a text and the clause in front of the points, which then is a fact itself."""
    return anchor.direct and text.startswith(",", anchor.named) and "。" in text[opened : anchor.start]


_HEADED = pattern(r"(?P<name>[^,:。;(\n]{2,32}):|(?P<opens>[^,:。;(\n]{2,16})。")
_LEVELS = pattern(
    r"(?:投入|过程|产出|效果|效益|满意度|成本|数量|质量|时效|管理|履职|预算执行|决策)(?:类|方面)?(?:指标)?"
)
_KINDS = pattern(
    r"(?:(?:经济|社会|生态)(?:效益)?|可持续影响|服务对象满意度)(?:类)?(?:指标)?"
)  # some name a leaf themselves


def _headed(text: str, anchor: _Anchor) -> _Anchor:
    """The only leaf of a text, by the name that opens it where facts stand between: 「甲：事实（5分，得4.5分）」, 「甲。事实，应得5分」."""
    begins = len(text) - len(bare_words(text))
    match = _HEADED.match(text, begins)
    named = (
        name_of(text, begins, match.end(match.lastgroup or 0))
        if match is not None and match.end() <= anchor.start
        else None
    )
    if named is None or _LEVELS.fullmatch(named[0]):
        return anchor
    if match is not None and match[0].endswith("。") and not _is_far(text, match.end(), anchor):
        return anchor
    if _KINDS.fullmatch(named[0]) and anchor.direct and text.startswith("(", anchor.named):
        return anchor
    return replace(anchor, name=named[0], start=named[1], named=named[2], direct=False)


def _anchor(text: str, marks: Sequence[Mark], index: int, low: int) -> _Anchor | None:
    mark = marks[index]
    before = marks[index - 1] if index else None
    ahead = _ahead(text, mark, low)
    if ahead is not None:
        return _Anchor(*ahead, mark)
    if mark.number == _WHOLE and (mark.label.startswith(("共", "合计", "总")) or "权重" not in text):
        return None  # 「效果25分，共100分」 tells what all parts make, 「省级考核满分100分，得93.2分」 another score
    if (
        before is not None
        and before.start >= low
        and before.role in (Role.GOT, Role.BARE)
        and _near(text, before, mark)
    ):
        named = _direct(text, before, _behind(marks, index - 1, low))  # 甲得4.5分（满分5分）
        if named is not None and mark.role is not Role.BARE and before.number <= mark.number * _TWICE:
            return _Anchor(*named, mark, before)
        if named is not None and "权重" in mark.label:
            return _Anchor(*named, mark)  # 「甲：得分90分，权重7%，折算6.3分」
        shared = mark.label.startswith("占") or text[: mark.start].endswith(("占", "("))
        opened = _opened(text, mark, low) if named is None and shared else None
        if opened is not None and before.number <= mark.number:
            return _Anchor(*opened, mark, before, direct=False)  # 「甲：事实，自评得分4.5分，占该项分值5分的90%」
    named = _given(text, marks, index, low) or _direct(text, mark, _behind(marks, index, low))
    pointing = low == 0 and mark.label.startswith(POINTING)
    if named is not None and not pointing:
        return _Anchor(*named, mark)
    if named is None and mark.role is Role.BARE:
        follows = _scored_next(text, marks, index) or (pointing and _scored_on(text, marks, index))
        if not follows:
            return None
    told = (m for m in marks[:index] if m.role in (Role.GOT, Role.LOST, Role.FULL) and not _near(text, m, mark))
    scored = max((m.end for m in told), default=0)
    opened = _opened(text, mark, max(low, scored)) or named
    return _Anchor(*opened, mark, direct=named is not None and opened[1] == named[1]) if opened is not None else None


_BRACKET = pattern(r"[(\[{【〔][^()\[\]{}【】〔〕。;]{0,16}$")
_CLOSED = pattern(r"[^()\[\]{}【】〔〕。;]{0,16}[)\]}】〕]\s?")
_SET_APART = pattern(r"\s*(?:[|:—]+|\s{2}|\t|的(?=[\u4e00-\u9fff\"]))\s*")
_TELLS = pattern(r"[了均已]|未(?!成年)|没有|不足")  # what a fact says and no name
_AHEAD = pattern(r"(?:指标)?[^,:。;(\[【〔|\s]{2,32}(?=[,:。;(\[【〔|\s]|$)")


def _ahead(text: str, mark: Mark, low: int) -> tuple[str, int, int] | None:
    """The name behind points that open a line or stand behind the leaf before: 「［5分］甲。…」, 「满分5分｜甲｜…」."""
    opened, closed = _BRACKET.search(text, low, mark.start), _CLOSED.match(text, mark.end)
    start = opened.start() if opened is not None and closed is not None else mark.start
    behind = closed if opened is not None else _SET_APART.match(text, mark.end) if not low else None
    if behind is None or not _opens(text, start, low) or (not low and text[:start].rstrip().endswith("。")):
        return None
    match = _AHEAD.match(text, behind.end())
    named = name_of(text, match.start(), match.end()) if match is not None else None
    if named is None or named[1] != behind.end() or _TELLS.search(named[0]):
        return None
    return named[0], start, named[2]


def _behind(marks: Sequence[Mark], index: int, low: int) -> int:
    """Where a name in front of a mark can begin: behind the mark before it."""
    return max(low, marks[index - 1].end) if index else low


def _is_score(text: str, mark: Mark, after: Mark) -> bool:
    """Whether a bare number is a score whose points follow."""
    return mark.role is Role.BARE and (_score_first(text, mark, after) or score_ahead(text, mark, after))


def _score_first(text: str, mark: Mark, after: Mark) -> bool:
    """Whether a bare score stands in front of its points: 「甲：4.5分（满分5分）」."""
    return (
        after.role is Role.WORTH
        and mark.number <= after.number
        and _near(text, mark, after)
        and "(" in text[mark.end : after.start]
    )


def _near(text: str, left: Mark, right: Mark) -> bool:
    between = text[left.end : right.start]
    return len(between) <= NEAR and BETWEEN.fullmatch(between) is not None


_PARTS, _PARTS_WORDS = pattern(r"[,:。(]"), pattern(r"[,;:—]")


def _direct(text: str, mark: Mark, low: int) -> tuple[str, int, int] | None:
    """The name right in front of a mark; behind a comma it must open its sentence."""
    glue = _GLUE.search(text, low, mark.start)
    end = glue.start() if glue is not None else mark.start
    named = name_behind(text, low, end)
    if named is None:
        return None
    between = text[named[2] : mark.start]
    if mark.role is Role.BARE and mark.label and not mark.label.startswith("这") and not _PARTS.search(between):
        return None  # 「甲本项5分」 is nobody's way, 「甲这一项5分」 is
    if _PARTS_WORDS.search(between) and not _opens(text, named[1], low):
        return None
    return named


_GIVES = pattern(r"(?:[有按]|(?:应|的)?[为是])$")


def _given(text: str, marks: Sequence[Mark], index: int, low: int) -> tuple[str, int, int] | None:
    """The name that a verb parts from its points, where a score follows at once: 「甲为10分，得9.5分」."""
    mark = marks[index]
    verb = _GIVES.search(text, low, mark.start) if mark.role is Role.BARE and not mark.label else None
    if verb is None or not _scored_next(text, marks, index):
        return None
    named = name_behind(text, _behind(marks, index, low), verb.start())
    return named if named is not None and _opens(text, named[1], low) else None


_ENDS_SENTENCE = pattern(r"[。;:\n]")
_NUMBERED = pattern(r"[\d.、()①-⑳一二三四五六七八九十是指标:\s·●◆*-]*|其中:?")


def _opens(text: str, at: int, low: int) -> bool:
    """Whether a name opens its sentence, its line or the text behind the last leaf."""
    before = bare_words(text[low:at]).rstrip(' 、,)】("《')
    return _NUMBERED.fullmatch(_ENDS_SENTENCE.split(before)[-1]) is not None


def _scored_next(text: str, marks: Sequence[Mark], index: int) -> bool:
    following = marks[index + 1] if index + 1 < len(marks) else None
    return (
        following is not None
        and following.role in (Role.GOT, Role.LOST, Role.FULL)
        and len(text[marks[index].end : following.start]) <= NEAR
    )


def _scored_on(text: str, marks: Sequence[Mark], index: int) -> bool:
    """Whether a score within the points follows behind facts: 「该指标15分，合同归档晚了半个月，我们自评13.4分」."""
    points = marks[index].number
    following = [m for m in marks[index + 1 :] if not is_rule(text, m)]
    whole = any(m.role is Role.FULL or (m.role is Role.PAIR and m.number == points) for m in following)
    return whole or any(m.role is Role.GOT and m.number <= points for m in following)


def _opened(text: str, mark: Mark, low: int) -> tuple[str, int, int] | None:
    """The name that opened what stands before a mark: 「甲：事实。满分5分，实得4.5分」."""
    start = low or len(text) - len(bare_words(text))
    while start < mark.start and text[start] in " ,;。:、)】\n\t":
        start += 1
    titled = _TITLED.match(text, max(start - 1, 0), mark.start)
    if titled is not None:
        return name_of(text, titled.start("name"), titled.end("name"))
    match = _OPENING.match(text, start, mark.start)
    if match is None:
        return None
    valued = _VALUED.search(text, match.start() + 2, match.end())
    named = name_of(text, match.start(), valued.start() if valued is not None else match.end())
    if named is not None and named[0].endswith("方面"):
        return named[0].removesuffix("方面"), named[1], named[2] - 2
    return named


_TITLED = pattern(r"[【〔\[](?P<name>[^【】〔〕\[\]\d]{2,24})[】〕\]](?=[^,。;:(\s\d])")  # 「【甲】事实」
# What a leaf's goal or result begins with, where its name runs on into it: 「甲年初目标12场」, 「甲为98.31%」.
_VALUED = pattern(
    r"(?:年度|年初|全年|预期|设定|计划)*(?:目标值?|指标值|计划值?|得分率)(?:为|是|[≥≤><=])*\s?\d|(?:为|达到?|是)[≥≤><=]?\s?\d"
)


def _leaf(text: str, anchor: _Anchor, marks: Sequence[Mark], stop: int) -> Inline:
    claim, end, absence = _claim(text, anchor, marks, stop)
    name, start, named, worth = anchor.name, anchor.start, anchor.named, anchor.end
    return Inline(name, anchor.mark.number, claim, start, named, max(worth, end), absence, anchor.direct, worth)


def _claim(text: str, anchor: _Anchor, marks: Sequence[Mark], stop: int) -> tuple[Decimal | None, int, Absence | None]:
    """The score of a leaf and where it ends, or that the leaf is not assessed."""
    points = anchor.mark.number
    if anchor.mark.role is Role.PAIR:
        return anchor.mark.other, 0, None
    if anchor.got is not None:
        return anchor.got.number, 0, None
    within = [mark for mark in marks if anchor.mark.end <= mark.start < stop]
    chosen = chosen_score(text, within, points, anchor.mark.end)
    implied = chosen is not None and chosen[1].role is Role.FULL
    if chosen is not None and not (implied and "考" in text and absence_in(text[anchor.mark.end : stop]) is not None):
        return chosen[0], chosen[1].end, None
    absence = absence_in(text[anchor.mark.end : stop])
    if absence is None and not anchor.direct:
        absence = absence_in(text[anchor.named : stop])
    return None, 0, absence


_FIRST_PART = pattern(r"[。:]\s?①")


def opening_on_parts(text: str) -> Inline | None:
    """The leaf or group that opens a text with its points, in front of parts numbered as the last of levels: 「A1 甲（8分）。①乙3分，得3分；…」."""
    stop = _FIRST_PART.search(text) if "①" in text[:_OPENING_ENDS] else None
    opening = inline_leaves(text[: stop.start()]) if stop is not None else ()
    if len(opening) != 1 or not opening[0].direct or opening[0].start > len(text) - len(bare_words(text)):
        return None
    end = stop.end() - 1 if stop is not None else 0
    return replace(opening[0], worth=end)


_OPENING_ENDS = 60  # characters
