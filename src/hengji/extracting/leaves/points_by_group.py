"""Leaves of running text that tells only scores and losses, in paragraphs that open with their group's points and score.

「投入类指标20分，自评得19分。……目标合理性得4分；……指标明确性扣1分，得3分。」: a leaf's points are its score and its loss, proved where they make
the group's points and the scores make the group's score. What no sum proves stays as it was.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.leaves.narrative import NEVER_ITEMS, Narrative, closed_sections, path_of
from hengji.extracting.leaves.settled import proven_converted, totals_in
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import ScoredGroup, ScoredItem
from hengji.model.patterns import pattern

_HUNDRED = Decimal(100)
_N = r"\d{1,2}(?:\.\d{1,2})?"
_GOT = r"(?:自评|实际|实|共|合计)*(?:得分|得|自评分|自评|评分|计)(?:为|是|:)?\s?"
_HEAD = pattern(
    rf"(?P<name>[\u4e00-\u9fff]{{2,8}}?)(?P<word>类?指标|类|部分|方面)?(?:\(|【|,)?(?:共|满分|分值|总分|权重|应得|计|占|为|是|:)*\s?(?P<points>{_N})\s?分"
    rf"[)】]?[,、;:(/]?\s?(?:(?:共|合计)?扣(?P<loss>{_N})\s?分)?[,、]?\s?(?:{_GOT}(?P<claim>{_N})\s?分)?[)】]?(?=[,。;:(、]|$)"
)
_MARK = pattern(
    rf"(?P<loss>(?:扣|失|丢)(?:除|减|掉|去|了|分)*:?\s?(?P<l>{_N})\s?分)|(?P<got>{_GOT}(?P<g>{_N})\s?分)|(?P<full>(?:得|计|为|是)满分|不扣分|未扣分|没有扣分|未失分|无扣分)"
    rf"|(?P<worth>(?:满分|分值|标准分)(?:为|:)?\s?(?P<w>{_N})\s?分)|(?P<bare>[(【]?\s?(?P<b>{_N})\s?分)"
)
# What stands in every such opening and is found fast.
_PAIRED = pattern(r"\d\s?分[)】]?[,、;:(/]?\s?(?:自评|实际|实|共|合计|得|计|评|扣)[^\d,。;]{0,8}\d")
_STOPS = pattern(r"[。;\n]")
_CLAUSES = pattern(r"[,:()【】]|、(?=[\u4e00-\u9fff\"])|(?:其中|分别)[:,]?")
_VALUE = pattern(r"(?:为|达到?|是)?(?:-?\d[\d.,]*\s?%?|零|负[数值]?|正[数值]?)$")
_TAILS = pattern(r"(?:方面|指标|一项|[这该]项|自评|应|均|也|被|实际|因.*)+$")
_OPENER = ("方面", "指标")
_OF_RATE = pattern(r"[率性度]$")
_FEWEST = 2
_FEW = 6  # items: no more can be groups
_FURTHER = 12  # paragraphs behind the one that opens a group
_SCORES = 3
_WHOLE = Decimal(60)  # a total below it may be a group's score


@dataclass(frozen=True, slots=True)
class _Head:
    """A group with its points and score, and where it stands."""

    name: str
    points: Decimal
    claim: Decimal
    start: int
    end: int


@dataclass(slots=True)
class _Leaf:
    """What is said of a name: score, loss, points, and where."""

    name: str
    passage: Passage
    start: int
    end: int
    got: Decimal | None = None
    loss: Decimal | None = None
    points: Decimal | None = None
    full: bool = False


def by_groups(told: Narrative, passages: Sequence[Passage], tree: Outline) -> Narrative:
    """The same with the leaves that groups' points and scores prove, where the whole then makes a hundred or the report's total."""
    if _is_proven(told.items) or proven_converted(told.items, passages):
        return told
    places = [at for at, passage in enumerate(passages) if passage.cell is None and _opens(passage.flat)]
    if not places:
        return told
    closed = closed_sections(tree, NEVER_ITEMS)
    found: list[ScoredItem] = []
    groups: list[ScoredGroup] = []
    heads: dict[str, _Head] = {}
    elsewhere = _losses(passages)
    for at in places:
        owner = tree.of_passage[at]
        if owner is None or owner in closed:
            continue
        for head, parts in _parts(at, passages, tree):
            leaves = _proved(head, parts, elsewhere)
            if leaves or _summed(head, told, frozenset(tree.within(owner))):
                heads[head.name] = head
            if leaves:
                path = (*path_of(tree.sections[owner], tree), head.name)
                found.extend(_item(leaf, path, owner) for leaf in leaves)
                span = passages[at].span(head.start, head.end)
                groups.append(ScoredGroup(head.name, head.points, head.claim, span, len(path) - 1, section=owner))
    return _with(told, found, groups, heads, totals_in(passages), tree) if found else told


def _is_proven(items: Sequence[ScoredItem]) -> bool:
    """Whether the leaves read make a hundred, all with a score, and are too many for groups."""
    scored = len(items) > _FEW and all(item.claimed is not None for item in items)
    return scored and _sum(item.points for item in items) == _HUNDRED


def _opens(text: str) -> bool:
    """Whether a paragraph tells scores and the points and score of a group in front."""
    return text.count("分") > 1 and _is_head(text)


def _summed(head: _Head, told: Narrative, inside: frozenset[int]) -> bool:
    """Whether the leaves read under a group make its points."""
    below = [item for item in told.items if item.section in inside and not _is_group(item, {head.name: head})]
    return len(below) >= _FEWEST and _sum(item.points for item in below) == head.points


def _parts(
    at: int, passages: Sequence[Passage], tree: Outline
) -> Iterator[tuple[_Head, list[tuple[Passage, int, int]]]]:
    """The groups that a paragraph opens, each with the ranges of text that may tell its leaves."""
    text = passages[at].flat
    heads = [head for match in _HEAD.finditer(text) if (head := _head(match)) is not None]
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        parts = [(passages[at], head.end, after.start if after is not None else len(text))]
        if after is None:
            parts.extend(_behind(at, passages, tree))
        yield head, parts


def _behind(at: int, passages: Sequence[Passage], tree: Outline) -> Iterator[tuple[Passage, int, int]]:
    """The paragraphs of the same section behind one that opens a group."""
    inside = set(tree.within(tree.of_passage[at] or 0))
    for place in range(at + 1, min(at + 1 + _FURTHER, len(passages))):
        passage = passages[place]
        if passage.cell is not None or tree.of_passage[place] not in inside or _is_head(passage.flat):
            return
        yield passage, 0, len(passage.flat)


def _is_head(text: str) -> bool:
    return _PAIRED.search(text) is not None and any(_head(match) is not None for match in _HEAD.finditer(text))


def _head(match: re.Match[str]) -> _Head | None:
    """The group of a match; a leaf's own 「甲5分，得4分」 has no word of a group and does not open its sentence's list."""
    if not (match["claim"] or match["loss"]):
        return None
    points = Decimal(match["points"])
    claim = Decimal(match["claim"]) if match["claim"] else points - Decimal(match["loss"] or 0)
    if claim > points or points < _SCORES * _FEWEST:
        return None
    name = match["name"] + ("类" if (match["word"] or "").startswith("类") else "")
    return _Head(name, points, claim, match.start(), match.end())


def _losses(passages: Sequence[Passage]) -> dict[str, Decimal]:
    """What lists tell of losses by name: 「扣分情况：甲扣1分，乙扣0.5分」."""
    found: dict[str, Decimal] = {}
    for passage in passages:
        if passage.cell is None and passage.flat.count("扣") > 1:
            for leaf in _leaves(((passage, 0, len(passage.flat)),)):
                if leaf.loss is not None and leaf.got is None:
                    found.setdefault(leaf.name, leaf.loss)
    return found


def _leaves(parts: Sequence[tuple[Passage, int, int]]) -> list[_Leaf]:
    """The names of texts with what is said of them, in order."""
    found: list[_Leaf] = []
    for part in parts:
        _read_into(found, part)
    return found


def _read_into(found: list[_Leaf], part: tuple[Passage, int, int]) -> None:
    """Adds what a range of text says."""
    passage, low, end = part
    text, last = passage.flat, low
    title = _title(text) if low == 0 else None
    for mark in _MARK.finditer(text, low, end):
        opened = max((stop.end() for stop in _STOPS.finditer(text, last, mark.start())), default=last)
        own = opened > last or last == low
        named = title if title is not None else _name(text, opened, mark.start())
        if title is not None and found and found[-1].passage is passage:
            named = None
            own = False
        if named is None and mark["bare"]:
            continue
        if named is not None:
            found.append(_Leaf(named[0], passage, named[1], mark.end()))
        elif own or not found:
            last = mark.end()
            continue
        _say(found[-1], mark)
        last = mark.end()


def _title(text: str) -> tuple[str, int] | None:
    """The name that opens a numbered paragraph: 「1.目标合理性。目标与职责对应，得4分。」."""
    first = text.split("。", 1)[0]
    words = bare_words(first).strip()
    bare = leaf_name(_TAILS.sub("", words))
    return (bare, text.find(bare)) if words != first.strip() and is_name(bare) else None


def _say(leaf: _Leaf, mark: re.Match[str]) -> None:
    """Keeps what a mark says of a leaf."""
    leaf.end = mark.end()
    if mark["loss"]:
        leaf.loss = (leaf.loss or Decimal(0)) + Decimal(mark["l"])
    elif mark["got"]:
        leaf.got = Decimal(mark["g"])
    elif mark["worth"] or (mark["bare"] and leaf.points is None):
        leaf.points = Decimal(mark["w"] or mark["b"])
    elif mark["full"]:
        leaf.full = True


def _name(text: str, low: int, end: int) -> tuple[str, int] | None:
    """The name in front of a score: right there, or in the clause of its value, or in the first clause of the sentence."""
    bounds = [low, *(at for stop in _CLAUSES.finditer(text, low, end) for at in stop.span()), end]
    clauses = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if text[a:b].strip()]
    if not clauses:
        return None
    attached = clauses[-1][1] == end
    order = [clauses[-1]] if attached else []
    if text[slice(*clauses[0])].endswith(_OPENER):
        order.append(clauses[0])
    order += [each for each in reversed(clauses) if _VALUE.search(text[each[0] : each[1]])]
    for a, b in (*order, clauses[0]):
        words = bare_words(text[a:b].strip())
        bare = _VALUE.sub("", words)
        bare = leaf_name(_TAILS.sub("", bare).strip())
        valued = len(words) > len(bare) and (a, b) != clauses[0] and not (attached and (a, b) == clauses[-1])
        if is_name(bare) and (not valued or _OF_RATE.search(bare)):
            return bare, text.find(bare, a)
    return None


def _proved(head: _Head, parts: list[tuple[Passage, int, int]], elsewhere: Mapping[str, Decimal]) -> list[_Leaf]:
    """The leaves that make the points and the score of the group, from as few paragraphs as do; none where none do."""
    read: list[_Leaf] = []
    for part in parts:
        before = len(read)
        _read_into(read, part)
        if _sum(leaf.got for leaf in read) > head.claim:
            break
        leaves = [replace(leaf) for leaf in read] if len(read) > before else []
        if _FEWEST <= len(leaves) == len({leaf.name for leaf in leaves}) and _made(head, leaves, elsewhere):
            return leaves
    return []


def _made(head: _Head, leaves: Sequence[_Leaf], elsewhere: Mapping[str, Decimal]) -> bool:
    """Fills in what follows from the rest; whether the sums then hold."""
    for leaf in leaves:
        leaf.name = _whole(leaf, elsewhere)
        if leaf.loss is None and leaf.points is None and leaf.got is not None:
            leaf.loss = elsewhere.get(leaf.name)
        if leaf.got is None and leaf.points is not None and (leaf.full or leaf.loss is not None):
            leaf.got = leaf.points - (leaf.loss or Decimal(0))
        if leaf.points is None and leaf.got is not None:
            leaf.points = leaf.got + (leaf.loss or Decimal(0))
    open_ones = [leaf for leaf in leaves if leaf.got is None]
    if len(open_ones) > 1:
        return False
    for leaf in open_ones:
        leaf.got = head.claim - _sum(each.got for each in leaves)
        leaf.points = leaf.points or leaf.got + (leaf.loss or Decimal(0))
    fits = all(leaf.got is not None and leaf.points and 0 <= leaf.got <= leaf.points for leaf in leaves)
    return (
        fits and _sum(each.got for each in leaves) == head.claim and _sum(each.points for each in leaves) == head.points
    )


def _whole(leaf: _Leaf, elsewhere: Mapping[str, Decimal]) -> str:
    """The name in full where a list of losses has it and the sentence tells what is left out: 「政府采购预算……，执行率90%，扣0.5分」."""
    if leaf.name in elsewhere:
        return leaf.name
    opened = max(leaf.passage.flat.rfind(stop, 0, leaf.start) for stop in "。;") + 1
    before = leaf.passage.flat[opened : leaf.start]
    longer = [name for name in elsewhere if name.endswith(leaf.name) and name[: -len(leaf.name)] in before]
    return longer[0] if len(longer) == 1 else leaf.name


def _sum(figures: Iterator[Decimal | None]) -> Decimal:
    return sum((each for each in figures if each is not None), Decimal(0))


def _item(leaf: _Leaf, path: tuple[str, ...], section: int) -> ScoredItem:
    text = leaf.passage.flat
    opened = max(text.rfind(stop, 0, leaf.start) for stop in "。;") + 1
    closed = _STOPS.search(text, leaf.end)
    span, quote = leaf.passage.span(leaf.start, leaf.start + 1), leaf.passage.span(leaf.start, leaf.end)
    body = leaf.passage.span(opened, closed.start() if closed else len(text))
    return ScoredItem(leaf.name, path, leaf.points, leaf.got, span, quote, body, section=section)


def _with(
    told: Narrative,
    found: Sequence[ScoredItem],
    groups: Sequence[ScoredGroup],
    heads: Mapping[str, _Head],
    totals: frozenset[Decimal],
    tree: Outline,
) -> Narrative:
    """The leaves found in place of what was read in their sections, and no group among them, where sums prove the whole."""
    scored = all(item.claimed is not None for item in told.items)
    if scored and _sum(i.points for i in told.items) == _HUNDRED and not any(_is_group(i, heads) for i in told.items):
        return told
    own = {item.section for item in found}
    names = {item.name for item in found}
    kept = [
        item for item in told.items if item.section not in own and item.name not in names and not _is_group(item, heads)
    ]
    items = tuple(sorted((*kept, *found), key=lambda item: item.span.start))
    beside = {tree.sections[index].parent for index in own if index is not None}
    if any(item.section is not None and tree.sections[item.section].parent in beside for item in kept):
        return told  # a heading beside the groups' own may be a group that was taken for a leaf
    if len({item.name for item in items}) < len(items):
        return told
    claims = _sum(item.claimed for item in items)
    if len(items) <= len(told.items) - len(heads) or (
        _sum(i.points for i in items) != _HUNDRED and (claims not in totals or claims < _WHOLE)
    ):
        return told
    branches = [group for group in told.groups if group.section not in own]
    return replace(told, items=items, groups=tuple(sorted((*branches, *groups), key=lambda group: group.span.start)))


def _is_group(item: ScoredItem, heads: Mapping[str, _Head]) -> bool:
    """Whether an item is one of the groups."""
    head = next(
        (each for name, each in heads.items() if item.name.startswith(name) or name.startswith(item.name)), None
    )
    return head is not None and (item.points, item.claimed) == (head.points, head.claim)
