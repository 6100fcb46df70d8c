"""Leaves whose text scores their parts and sums them up: 「甲，满分6分。①乙（4分），事实，得4分；②丙（2分），得1分。本项得5分。」."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.chosen_score import POINTING
from hengji.extracting.leaves.list_marks import lost_in
from hengji.extracting.leaves.nodes import Node
from hengji.extracting.leaves.score_marks import Mark, Role, score_marks
from hengji.extracting.leaves.score_rules import is_rule
from hengji.extracting.leaves.scored import Found, claim_in
from hengji.extracting.leaves.told_leaves import Inline
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.patterns import pattern

_ENOUGH = 3  # leaves that prove that a report sums up parts
_SEVERAL = 2  # parts
_TWICE = 2
_HUNDRED = Decimal(100)
_LEAFS_MOST = 30  # points
_ORDER = pattern(r"[①-⑳]|(?<![A-Za-z\d])[a-hA-H][.、)]|(?<![\u4e00-\u9fff])[一二三四五六七八]是")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A leaf as its parts make it: its points, its score, and the mark that tells the sum, where one does."""

    worth: Mark
    claim: Decimal
    told: Mark | None
    ends: Mark
    parts: int
    ordered: bool  # the parts have marks that no indicator has where others are above it

    @property
    def pointed(self) -> bool:
        """Whether the sum is told as the score of one indicator: 「本项得5分」."""
        return self.told is not None and self.told.label.startswith(POINTING)


def with_summed_parts(nodes: Mapping[int, Node], tree: Outline) -> dict[int, Node]:
    """What sections say, those as leaves that sum up their parts, where several do: their parts are no leaves.

    Groups of leaves have the same sums. What is a leaf is told as one (「本项得5分」), or it stands in a group whose points it makes
    with others, and its parts are numbered as the last of levels (①, a., 一是).
    """
    told_apart = _with_scored_headings(nodes, tree)
    folded = _folded(told_apart, tree)
    found = _leaves_among(told_apart | folded, tree)
    leaves = {index for index in folded if not found[index].inline}
    silent = {below for index in leaves for below in tree.within(index)[1:]}
    return {
        index: _silenced(node)
        if index in silent
        else node
        if index in leaves or index not in folded
        else told_apart[index]
        for index, node in found.items()
    }


def _silenced(node: Node) -> Node:
    """A section that tells nothing of its own, since what it tells is a part."""
    return replace(node, points=None, claim=None, claim_span=None, absence=None, inline=(), leads=False)


def _folded(nodes: Mapping[int, Node], tree: Outline) -> dict[int, Node]:
    """The sections whose lines are numbered as the last of levels and tell points each, as if these stood in their own text."""
    found: dict[int, Node] = {}
    for index, node in nodes.items():
        below = tree.within(index)[1:]
        if node.inline or not below or any(_rank(i, tree) != _LAST_RANK or nodes[i].points is None for i in below):
            continue
        parts = [(nodes[i].passages[0], inline) for i in below for inline in _line_of(nodes[i], tree)]
        if len(parts) == len(below):
            passages = (*node.passages, *(passage for i in below for passage in nodes[i].passages))
            found[index] = replace(node, passages=passages, inline=tuple(parts))
    return found


def _line_of(node: Node, tree: Outline) -> Iterator[Inline]:
    """A section as a part told in its line."""
    if node.points is not None and node.passages:
        title = tree.sections[node.index].title
        start = max(node.passages[0].flat.find(title), 0)
        claim = node.claim.number if node.claim is not None else None
        yield Inline(title, node.points, claim, start, start + len(title), start + len(title))


_LAST_RANK = 60  # of 「①」


def _leaves_among(nodes: Mapping[int, Node], tree: Outline) -> dict[int, Node]:
    """The sections, those that are leaves with parts as leaves."""
    wholes = {index: whole for index, node in nodes.items() if (whole := _whole_of(node)) is not None}
    summed = {index for index, whole in wholes.items() if whole.parts >= _SEVERAL}
    told = [index for index in summed if wholes[index].told is not None or wholes[index].ordered]
    pointed = sum(1 for index in told if wholes[index].pointed)
    ordered = sum(1 for index in told if wholes[index].ordered and _is_grouped(index, wholes, nodes, tree))
    if max(pointed, ordered) < _ENOUGH:
        return _of_one_rank(nodes, wholes, tree)
    ranks = {tree.sections[index].rank for index in told}
    alike = {i: wholes.get(i) or _whole_of(node, proven=False) for i, node in nodes.items() if _rank(i, tree) in ranks}
    return dict(nodes) | {i: _as_leaf(nodes[i], whole, tree) for i, whole in alike.items() if whole is not None}


def _rank(index: int, tree: Outline) -> int:
    return tree.sections[index].rank


def _with_scored_headings(nodes: Mapping[int, Node], tree: Outline) -> dict[int, Node]:
    """What sections say, without the scores of parts that have no points of their own, under a heading that tells points and score."""
    silent: set[int] = set()
    for index, node in nodes.items():
        if node.points is None or node.claim is None or node.inline:
            continue
        below = tree.within(index)[1:]
        speaking = [i for i in below if nodes[i].speaks]
        if speaking and all(nodes[i].points is None and not nodes[i].inline for i in speaking):
            silent.update(below)
    return {index: _silenced(node) if index in silent else node for index, node in nodes.items()}


def _of_one_rank(nodes: Mapping[int, Node], wholes: Mapping[int, _Whole], tree: Outline) -> dict[int, Node]:
    """What sections say, all of a rank as leaves where they make the hundred, each tells its score and most have no parts."""
    anew = dict(nodes)
    for rank in {tree.sections[index].rank for index, node in nodes.items() if node.inline}:
        beside = [i for i, node in nodes.items() if tree.sections[i].rank == rank and _worth(i, nodes, wholes)]
        parted = [i for i in beside if nodes[i].inline]
        plain = [i for i in beside if i not in parted and not any(nodes[j].speaks for j in tree.within(i)[1:])]
        if len(plain) < max(_ENOUGH, len(parted)) or len(plain) + len(parted) != len(beside) or not parted:
            continue
        worths = {i: _worth(i, nodes, wholes) for i in beside}
        most = _TWICE * max(worths[i] for i in plain)
        if sum(worths.values(), Decimal(0)) != _HUNDRED or any(worths[i] > most for i in parted):
            continue
        leaves = {i: _scored_leaf(nodes[i], wholes.get(i), worths[i], tree) for i in parted}
        anew |= {i: leaf for i, leaf in leaves.items() if leaf is not None} if all(leaves.values()) else {}
    return anew


def _worth(index: int, nodes: Mapping[int, Node], wholes: Mapping[int, _Whole]) -> Decimal:
    """The points of a section, 0 where it tells none."""
    return nodes[index].points or (wholes[index].worth.number if index in wholes else Decimal(0))


def _scored_leaf(node: Node, whole: _Whole | None, worth: Decimal, tree: Outline) -> Node | None:
    """A section as a leaf with the score that it tells of itself, in front of its parts or behind them; nothing where it tells none."""
    passage, leaf = node.inline[0]
    begins = tree.sections[node.index].span.end - passage.whole.start
    told = claim_in(passage.flat[: leaf.start], worth) if 0 <= begins <= leaf.start else None
    if told is not None:
        span = passage.span(told.start, told.end)
        return replace(node, points=worth, claim=told, claim_span=span, inline=(), leads=True)
    whole = whole or _whole_of(node, proven=False)
    return _as_leaf(node, whole, tree) if whole is not None and whole.told is not None else None


def _is_grouped(index: int, wholes: Mapping[int, _Whole], nodes: Mapping[int, Node], tree: Outline) -> bool:
    """Whether a section stands in a group whose points it makes with others."""
    above = tree.sections[index].parent
    if above is None:
        return False
    beside = [other for other in tree.within(above)[1:] if tree.sections[other].parent == above]
    worths = (wholes[i].worth.number if i in wholes else nodes[i].points or Decimal(0) for i in beside)
    return len(beside) > 1 and sum(worths, Decimal(0)) == nodes[above].points


def _text_of(passages: Sequence[Passage]) -> str:
    return "\n".join(passage.flat for passage in passages)


def _whole_of(node: Node, *, proven: bool = True) -> _Whole | None:
    """The leaf that a section's parts make; nothing where their sums do not, unless others prove what it is and it tells its own score."""
    if not node.inline:
        return None
    text = _text_of(node.passages)
    marks = [mark for mark in score_marks(text) if not is_rule(text, mark)]
    return _whole_in(text, marks, proven=proven)


def _whole_in(text: str, marks: list[Mark], *, proven: bool) -> _Whole | None:
    if marks and marks[-1].role is Role.BARE and marks[-1].label.startswith(POINTING):
        marks[-1] = replace(marks[-1], role=Role.GOT)  # 「本项8分。」 behind its parts
    if len(marks) < _SEVERAL or marks[0].role not in (Role.WORTH, Role.BARE) or marks[0].number > _LEAFS_MOST:
        return None
    worth, rest = marks[0], marks[1:]
    first = rest[0] if rest[0].role is Role.GOT else None
    parts = _parts(rest[1:] if first is not None else rest, worth.number)
    ordered = len(parts) > 1 and len(_ORDER.findall(text)) >= len(parts)
    made = sum((opener.number for opener, _ in parts), Decimal(0)) == worth.number
    if not parts or not (made or (ordered and not proven)):
        return None
    for told, scores in _readings(parts, first):
        own = told is not None and (told is first or told.label.startswith(POINTING))
        if not proven and told is not None and own:
            return _Whole(worth, told.number, told, told, len(parts), ordered)
        got = sum((score for score in scores if score is not None), Decimal(0))
        if None not in scores and (told is None or told.number == got):
            return _Whole(worth, got, told, told or rest[-1], len(parts), ordered)
    return None


_Part = tuple[Mark, list[Mark]]


def _parts(marks: Sequence[Mark], most: Decimal) -> list[_Part]:
    """The points of parts, each with the marks behind it."""
    found: list[_Part] = []
    for mark in marks:
        if mark.role in (Role.WORTH, Role.BARE, Role.PAIR) and mark.number <= most:
            found.append((mark, []))
        elif found:
            found[-1][1].append(mark)
    return found


def _readings(parts: list[_Part], first: Mark | None) -> Iterator[tuple[Mark | None, list[Decimal | None]]]:
    """The scores of parts with the mark that sums them up: in front of them, behind them, or nowhere."""
    *others, (opener, behind) = parts
    if first is None and behind and behind[-1].role is Role.GOT:
        yield behind[-1], [_score(*part) for part in (*others, (opener, behind[:-1]))]
    yield first, [_score(*part) for part in parts]


def _score(opener: Mark, behind: Sequence[Mark]) -> Decimal | None:
    """The score of a part."""
    if opener.role is Role.PAIR:
        return opener.other
    got = [mark for mark in behind if mark.role is Role.GOT and mark.number <= opener.number]
    if got:
        return got[-1].number
    lost = [mark for mark in behind if mark.role is Role.LOST]
    if lost:
        return max(opener.number - lost_in(lost), Decimal(0))
    return opener.number if any(mark.role is Role.FULL for mark in behind) else None


def _as_leaf(node: Node, whole: _Whole, tree: Outline) -> Node:
    """What a section says where it is a leaf itself; one without a title keeps its name from the text."""
    passage, at = _place(node.passages, whole.ends)
    ends = at + whole.ends.end - whole.ends.start
    if tree.sections[node.index].title:
        claim, span = Found(whole.claim, at, ends), passage.span(at, ends)
        return replace(node, points=whole.worth.number, claim=claim, claim_span=span, inline=(), leads=True)
    first, leaf = node.inline[0]
    if leaf.points != whole.worth.number:
        return node
    end = ends if passage is first else leaf.end
    return replace(node, inline=((first, replace(leaf, claim=whole.claim, end=end, absence=None)),))


def _place(passages: Sequence[Passage], mark: Mark) -> tuple[Passage, int]:
    """The passage that a mark of the joined text stands in, and where."""
    at = mark.start
    for passage in passages:
        if at <= len(passage.flat):
            return passage, at
        at -= len(passage.flat) + 1
    return passages[-1], len(passages[-1].flat)
