"""Leaves whose points their group's introduction lists and whose scores stand in paragraphs of their own.

「效益类指标17分，含档案安全6分、查档群众满意度11分。」 and below 「档案安全：自评得6分。……」.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengji.extracting.absences import absence_in
from hengji.extracting.leaf_names import bare_words, is_name, leaf_name
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.extracting.scores import Found, claim_in, points_of, surest
from hengji.model.extraction import ScoredGroup, ScoredItem, Section, Span

_N = r"\d{1,3}(?:\.\d{1,2})?"
_PART = rf"(?:12\d{{3}})?[^\d,:。;、+()]{{2,24}}?\(?(?:分值|满分|权重)?{_N}分\)?"
_LIST = re.compile(rf"{_PART}(?:[、,;+和及与]{_PART})+")
_ONE = re.compile(
    rf"(?P<name>(?:12\d{{3}})?[^\d,:。;、+()]{{2,24}}?)\(?(?:分值|满分|权重)?(?P<n>{_N})分\)?(?:[、,;+和及与]|$)"
)
_TURNS = re.compile(
    rf"(?P<names>(?:12\d{{3}}|[^\d,:。;]){{4,160}}?)的?(?:分值|满分|权重)(?:分别|依次)(?:为|是)?(?P<points>(?:{_N}分[、,]?){{2,}})"
)
_LEADS = re.compile(r"^(?:其中|包括了?|包含|含有?|由|分为|设有?|下设|有|即)")
_SCORED = re.compile(r"得|扣|自评|失分?|评分|总分")
_FEWEST = 3
_HEADING = 40  # characters
_BELOW = 3  # paragraphs that tell of one leaf


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    points: Decimal
    at: int  # the passage that lists it


def introduced(passages: Sequence[Passage], tree: Outline) -> tuple[list[ScoredItem], list[ScoredGroup]]:
    """Such leaves in order, and the groups that introduce them with the range of their introduction; nothing where fewer than three are scored."""
    listed = {leaf.name: leaf for at, passage in enumerate(passages) for leaf in _listed(passage, at)}
    if len(listed) < _FEWEST:
        return [], []
    opens = [(at, leaf) for at, passage in enumerate(passages) if (leaf := _opened(passage, listed)) is not None]
    items: list[ScoredItem] = []
    groups: dict[int, ScoredGroup] = {}
    for number, (at, leaf) in enumerate(opens):
        stop = opens[number + 1][0] if number + 1 < len(opens) else len(passages)
        owner, own = tree.of_passage[leaf.at], tree.of_passage[at]
        above = tree.sections[owner] if owner is not None else None
        end = next((k for k in range(at + 1, stop) if tree.of_passage[k] != own), stop)
        item = _item(passages[at:end], leaf, own, (_title(above),) if above is not None and not above.key else ())
        if item is not None and leaf.at < at:
            items.append(item)
            if above is not None and leaf.at not in groups:
                groups[leaf.at] = _group(
                    owner or 0, above, passages[leaf.at], [x.points for x in listed.values() if x.at == leaf.at]
                )
    if len(items) < _FEWEST:
        return [], []
    told = {item.name for item in items}
    for leaf in listed.values():
        group = groups.get(leaf.at)
        if group is not None and leaf.name not in told and leaf.points != group.points:
            items.append(_untold(passages[leaf.at], leaf, group))
    return items, list(groups.values())


def _untold(passage: Passage, leaf: _Listed, group: ScoredGroup) -> ScoredItem:
    """A leaf that is listed and of which nothing is said."""
    start = max(passage.flat.find(leaf.name), 0)
    span = passage.span(start, start + len(leaf.name))
    return ScoredItem(leaf.name, (group.name,), leaf.points, None, span, span, span, section=group.section)


def _group(index: int, section: Section, passage: Passage, points: Sequence[Decimal]) -> ScoredGroup:
    """The group that a list introduces: its points are the list's where the list or its heading says their sum."""
    whole = sum(points, Decimal(0))
    whole = whole / 2 if whole / 2 in points else whole  # the group opens its own list
    cover = Span(min(section.span.start, passage.whole.start), passage.whole.end)
    said = re.compile(rf"(?<![\d.]){whole.normalize():f}分")
    told = said.search(passage.flat) or said.search(section.title)
    return ScoredGroup(_title(section), whole if told else None, None, section.span, 0, section=index, cover=cover)


def _title(section: Section) -> str:
    return re.sub(rf"(?:指标)?{_N}分$", "", section.title)


def _listed(passage: Passage, at: int) -> Iterator[_Listed]:
    """The leaves that a sentence lists with their points and without scores."""
    text = passage.flat
    if passage.cell is not None or text.count("分") < len("甲乙"):
        return
    for match in _LIST.finditer(text):
        sentence = max(text.rfind("。", 0, match.start()), text.rfind(";", 0, match.start())) + 1
        if _SCORED.search(text, sentence, match.end()) is None:
            for one in _ONE.finditer(match[0]):
                name = _named(one["name"])
                if is_name(name):
                    yield _Listed(name, Decimal(one["n"]), at)
    for match in _TURNS.finditer(text):
        names = [_named(each) for each in re.split(r"[、,]", match["names"])]
        points = re.findall(_N, match["points"])
        if len(names) == len(points) and all(map(is_name, names)):
            yield from (_Listed(name, Decimal(n), at) for name, n in zip(names, points, strict=True))


def _named(words: str) -> str:
    return leaf_name(_LEADS.sub("", words.strip()))


def _opened(passage: Passage, listed: dict[str, _Listed]) -> _Listed | None:
    """The listed leaf whose name opens a passage."""
    if passage.cell is not None:
        return None
    bare = bare_words(passage.flat).lstrip()
    found = [leaf for name, leaf in listed.items() if bare.startswith((name, f'"{name}"'))]
    leaf = max(found, key=lambda each: len(each.name), default=None)
    if (
        leaf is None
        or re.match(r'"?(?:指标|方面)?\s*(?:[:,。;(\s]|得|自评|评|$)', bare[bare.find(leaf.name) + len(leaf.name) :])
        is None
    ):
        return None
    return leaf


def _item(passages: Sequence[Passage], leaf: _Listed, section: int | None, path: tuple[str, ...]) -> ScoredItem | None:
    """The leaf with the score that its paragraphs give, None where they give none."""
    first = passages[0]
    if points_of(first.flat[:_HEADING]) is not None:
        return None  # it has points of its own, so that the list told scores
    start = first.flat.find(leaf.name)
    told: list[tuple[Passage, Found]] = []
    for passage in passages[:_BELOW]:
        found = claim_in(passage.flat, leaf.points, start + len(leaf.name) if passage is first else 0)
        if found is not None and found.number <= leaf.points * 2:
            told.append((passage, found))
            break
    claim = surest(found for _, found in told)
    absence = absence_in(first.flat) if claim is None else None
    if claim is None and absence is None:
        return None
    last = told[0][0] if told else first
    quote = last.span(claim.start, claim.end) if claim is not None else first.span(start, start + len(leaf.name))
    return ScoredItem(
        name=leaf.name,
        path=path,
        points=leaf.points,
        claimed=claim.number if claim is not None else None,
        span=first.span(start, start + len(leaf.name)),
        quote=quote,
        body=Span(first.whole.start, passages[-1].whole.end),
        not_applicable=absence is not None,
        reason=first.text[:120] if absence is not None else "",
        receiver=absence.receiver if absence else "",
        moved=absence.moved if absence else None,
        section=section,
    )
