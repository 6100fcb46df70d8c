"""Indicators in running text: headings with their points, the score and the reason in the paragraphs under them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.aspects import aspect_names, aspects_in, count_of
from hengji.extracting.leaves.extras import extras_of, is_extra, told_extras, unheaded_extras
from hengji.extracting.leaves.given_together import with_given_together
from hengji.extracting.leaves.leaf_names import is_name, leaf_name
from hengji.extracting.leaves.nodes import Node, heading_text, node_of
from hengji.extracting.leaves.promised_leaves import with_promised
from hengji.extracting.leaves.scored import Found, claim_in, points_of
from hengji.extracting.leaves.summed_parts import with_summed_parts
from hengji.extracting.leaves.told_leaves import Inline
from hengji.extracting.outline import Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Section, Span
from hengji.model.patterns import pattern

# Chapters that hold no leaves, and those that hold them only where no other does.
NEVER_ITEMS = ("存在问题", "相关建议")
NOT_ITEMS = (*NEVER_ITEMS, "主要绩效", "自评结论", "基本情况")
_ENOUGH = 3  # leaves with a score: fewer, and they may stand in a chapter that elsewhere holds none


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the running text says of indicators."""

    items: tuple[ScoredItem, ...]
    groups: tuple[ScoredGroup, ...]
    extras: tuple[Extra, ...]


def narrative(passages: tuple[Passage, ...], tree: Outline) -> Narrative:
    """The leaves, groups and extras of the running text, in order.

    Conclusions and descriptions repeat scores rather than give them; where no other chapter gives any, they are what there is.
    """
    usual = _narrative(passages, tree, NOT_ITEMS)
    if sum(item.claimed is not None for item in usual.items) >= _ENOUGH:
        return usual
    wider = _narrative(passages, tree, NEVER_ITEMS)
    wider = replace(wider, items=tuple(item for item in wider.items if not _is_chapter(item, tree)))
    return wider if sum(item.claimed is not None for item in wider.items) >= _ENOUGH else usual


def _counts(section: Section) -> bool:
    """Whether a section can hold leaves: a heading, or a number in front of several leaves (which has no title)."""
    return section.heading or not section.title


def _is_chapter(item: ScoredItem, tree: Outline) -> bool:
    """Whether an item is a chapter itself, which tells the total."""
    return (
        item.section is not None
        and bool(tree.sections[item.section].key)
        and item.name == tree.sections[item.section].title
    )


def _narrative(passages: tuple[Passage, ...], tree: Outline, without: tuple[str, ...]) -> Narrative:
    """The same, leaving out the chapters named."""
    own: dict[int, list[Passage]] = {}
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        if owner is not None and passage.cell is None:
            own.setdefault(owner, []).append(passage)
    said = {index: node_of(index, tree, tuple(own.get(index, ()))) for index in range(len(tree.sections))}
    nodes = with_summed_parts(said, tree)
    bonus = frozenset(index for index, section in enumerate(tree.sections) if is_extra(section))
    closed = closed_sections(tree, without)
    items: list[ScoredItem] = []
    groups: list[ScoredGroup] = []
    extras: list[Extra] = []
    for index, node in nodes.items():
        section = tree.sections[index]
        below = [nodes[i] for i in tree.within(index)[1:]]
        if index in bonus:
            extras.extend(extras_of(section, node, below))
        elif index in closed:
            continue
        elif node.inline and _counts(section) and not _has_parts(node, nodes, tree) and not _breaks_down(node, below):
            if section.title and not is_title(section):
                groups.append(_group(section, node, tree))
            items.extend(with_given_together(tuple(_inline_items(section, node, tree))))
        elif any(other.speaks for other in below if _counts(tree.sections[other.index])):
            if (not section.key or node.points is not None) and not is_title(section):
                groups.append(_group(section, node, tree))
        elif node.speaks and section.heading and not _tells_the_total(node, section):
            items.append(_item(section, node, tree, below))
    found = tuple(extras) or tuple(unheaded_extras(passages)) or tuple(told_extras(passages))
    whole = with_promised(items, own, tree, closed)
    if len(whole) != len(items):
        groups.extend(_promising(whole, items, nodes, groups, tree))
    return Narrative(whole, tuple(sorted(groups, key=lambda group: group.span.start)), found)


def _has_parts(node: Node, nodes: dict[int, Node], tree: Outline) -> bool:
    """Whether a heading is a leaf whose text tells the points of its few parts: all headings of its rank are leaves of about its worth."""
    section, parts = tree.sections[node.index], [leaf.points for _, leaf in node.inline]
    if node.claim is None or node.points != sum(parts, Decimal(0)) or not 1 < len(parts) < _MOST_PARTS:
        return False
    others = (i for i in nodes if tree.sections[i].rank == section.rank and i != node.index)
    beside = [nodes[i] for i in others if nodes[i].points is not None and nodes[i].claim is not None]
    if len(beside) < _ENOUGH or any(
        each.inline or any(nodes[i].speaks for i in tree.within(each.index)[1:]) for each in beside
    ):
        return False
    return node.points <= 2 * max(each.points or Decimal(0) for each in beside)


_MOST_PARTS = 4


# A level of the system, or execution beside them, in a breakdown of the total: 「其中资金执行9.72分、产出指标49.2分、效益29.65分」.
_PART_OF_TOTAL = pattern(
    r"(?:决策|投入|过程|产出|效果|效益|满意度|管理|成本|履职)(?:类|方面|部分)?(?:指标)?|(?:年度|部门|项目)?(?:预算|资金)(?:执行|支出)(?:率|情况)?"
)
_FEWEST_PARTS = 3


def _breaks_down(node: Node, below: list[Node]) -> bool:
    """Whether the leaves in the text of a heading are the levels that its own leaves below make, which tell no leaf."""
    names = [leaf.name for _, leaf in node.inline]
    told = len(names) >= _FEWEST_PARTS and all(_PART_OF_TOTAL.fullmatch(name) for name in names)
    return told and sum(1 for other in below if other.points is not None) > len(names)


def closed_sections(tree: Outline, without: tuple[str, ...] = NOT_ITEMS) -> frozenset[int]:
    """The sections that hold no leaves: those of chapters that are left out, and those of a bonus."""
    bonus = frozenset(index for index, section in enumerate(tree.sections) if is_extra(section))
    return frozenset(
        index
        for index in range(len(tree.sections))
        if not bonus.isdisjoint(tree.path(index)) or _chapter(index, tree) in without
    )


def _promising(
    whole: tuple[ScoredItem, ...],
    items: list[ScoredItem],
    nodes: dict[int, Node],
    groups: list[ScoredGroup],
    tree: Outline,
) -> Iterator[ScoredGroup]:
    """The groups whose list promised leaves that no heading tells."""
    known = {group.section for group in groups}
    for index in sorted({item.section for item in whole if item not in items and item.section is not None} - known):
        section = tree.sections[index]
        if not section.key and not is_title(section):
            node = nodes[index]
            heading = heading_text(node.passages[0], section) if node.passages else ""
            points, claim = points_of(heading), claim_in(heading)
            claim = claim or next((told for passage in node.passages if (told := _sum_of_list(passage.flat))), None)
            yield _group(section, replace(node, points=points.number if points else None, claim=claim), tree)


# What a list of leaves is summed up to behind it: 「甲（8分）、乙（6分）、丙（6分）三项，得19.5分」.
_SUM_OF_LIST = pattern(
    r"分\)?[一二两三四五六七八九十\d]{1,2}[项个](?:三级)?(?:指标)?,(?:自评|实际|共|合计)?(?:得分|得)\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def _sum_of_list(text: str) -> Found | None:
    """The score of a group that stands behind the list of its leaves."""
    match = _SUM_OF_LIST.search(text)
    return Found(Decimal(match["n"]), match.start("n"), match.end("n")) if match is not None else None


def _tells_the_total(node: Node, section: Section) -> bool:
    """Whether a heading without points has a score that no leaf has, or only the points of the whole: it tells the whole's."""
    if node.points is None:
        return node.claim is not None and node.claim.number > _LEAFS_MOST
    whole = bool(section.key) or _OF_THE_WHOLE.search(section.title) is not None
    of_all = node.claim is None or (node.claim.number > _LEAFS_MOST and whole)
    if node.points >= _WHOLE and node.absence is None and of_all:
        return True
    return node.points > _LEAFS_MOST and node.points != _WHOLE


_OF_THE_WHOLE = pattern(r"(?:自评|评价|评分)(?:情况|结果|得分|结论|总体)")


_LEAFS_MOST = 60  # points
_WHOLE = 100


def _chapter(index: int, tree: Outline) -> str:
    """The canonical chapter that the top of a section's path opens."""
    found = ""
    at: int | None = index
    while at is not None:
        section = tree.sections[at]
        found = section.key if section.key in NOT_ITEMS and not _REACHED.search(section.title) else found
        at = section.parent
    return found


_REACHED = pattern(r"目标(?:完成|实现)情况$")  # what was reached, which may be scored


def _inline_items(section: Section, node: Node, tree: Outline) -> Iterator[ScoredItem]:
    path = (*path_of(section, tree), *(() if section.key or not section.title else (section.title,)))
    for number, (passage, leaf) in enumerate(node.inline):
        following = node.inline[number + 1] if number + 1 < len(node.inline) else None
        same = following is not None and following[0] is passage
        whole = max(len(passage.flat), leaf.end)
        stop = _opening(passage, leaf, following[1]) if same and following is not None else whole
        before = node.inline[number - 1] if number else None
        alone = before is None or before[0] is not passage
        start = leaf.start if alone or before is None else _opening(passage, before[1], leaf)
        absence = leaf.absence if leaf.claim is None else None
        yield ScoredItem(
            name=leaf.name.rstrip("·|—"),
            path=path,
            points=leaf.points,
            claimed=leaf.claim,
            span=passage.span(leaf.start, leaf.named),
            quote=passage.span(leaf.start, leaf.end),
            body=passage.span(start, stop),
            not_applicable=absence is not None,
            reason=passage.text[leaf.start : stop][:120] if absence is not None else "",
            receiver=absence.receiver if absence else "",
            moved=absence.moved if absence else None,
            section=node.index,
        )


def _opening(passage: Passage, before: Inline, leaf: Inline) -> int:
    """Where the sentence that holds a leaf begins, behind the leaf before: its facts may stand in front of its name."""
    opens = max(passage.flat.rfind(mark, before.end - 1, leaf.start) for mark in "。;") + 1
    return opens or leaf.start


def is_title(section: Section) -> bool:
    """Whether a heading is the document's own title."""
    return section.style and re.search(r"(?:自评|评价|绩效)(?:情况)?(?:报告|表)", section.title) is not None


def path_of(section: Section, tree: Outline) -> tuple[str, ...]:
    """The names of the groups above a section, from the top."""
    names: list[str] = []
    at = section.parent
    while at is not None:
        above = tree.sections[at]
        if not above.key and above.rank > 5 and not is_title(above):
            names.append(above.title)
        at = above.parent
    return tuple(reversed(names))


# A group of one leaf: 「4.人员管理。该指标考核财政供养人员控制率（2分）。」
_SINGLE = pattern(
    r"该指标(?:主要)?(?:考核|从)(?P<name>[^,。;()、]{3,24}?)(?:\((?:满分|分值|权重)?:?(?P<n>\d{1,3}(?:\.\d+)?)分[^()]*\)|方面|进行)"
)
# The same, the leaf named behind the heading: 「4.人员管理。财政供养人员控制率（2分）。」
_NAMED_BEHIND = pattern(
    r"[。:,(\s—→>-]*(?:即|考核|指标为)?(?P<name>[^,。;:()、\d—→>-][^,。;:()、\d]{2,23}?)[(,]?(?:满分|分值|权重)?:?(?P<n>\d{1,3}(?:\.\d+)?)\s?分\)?(?=[。;:]|\s*$|\s?,?(?:自评|实际)?(?:得分|得)[:为]?\s?\d)"
)
# A heading that names a level only: its one leaf is named with its target.
_LEVEL_NAMES = (
    "满意度指标",
    "服务对象满意度指标",
    "服务对象满意度",
    "成本指标",
    "时效指标",
    "质量指标",
    "数量指标",
    "社会效益指标",
)
_TARGETED = pattern(
    r"\s*(?P<name>(?!年初|全年)[\u4e00-\u9fff]{3,14}?)(?:年度)?(?:目标值?|指标值)(?P<n>)(?:为|是|:|≥|≤)?\d"
)
_CHAPTER = 10  # the rank of 「一、」
_PARTED = pattern(
    r"(?P<group>[\u4e00-\u9fff]{2,12})(?:—{1,2}|－{1,2}|-{2})(?P<leaf>[\u4e00-\u9fff\"].{2,24})"
)  # 「内控管理——内控制度」
_ABOUT = pattern(r"关于(?P<name>[\u4e00-\u9fff\"\d]{3,22}?)(?:方面|指标)?")
_EXECUTION = pattern(r"(?:当年|年度|部门|全年)?预算执行情况")


def _item(section: Section, node: Node, tree: Outline, below: list[Node]) -> ScoredItem:
    claimed = node.claim.number if node.claim else None
    single = _single(section, node.passages[0]) if node.passages else None
    if single is None and section.title in _LEVEL_NAMES:
        texts = [
            p.flat[max(section.span.end - p.whole.start, 0) :] if p is node.passages[0] else p.flat
            for p in node.passages
        ]
        single = next((m for text in texts if (m := _TARGETED.match(text))), None)
    absence = node.absence
    end = max([section.body.end, *(tree.sections[other.index].body.end for other in below)])
    reason = ""
    if absence is not None:
        reason = "".join(passage.text for passage in node.passages)[:120]
    name = "预算执行率" if section.rank <= _CHAPTER and _EXECUTION.fullmatch(section.title) else section.title
    about = _ABOUT.fullmatch(name)
    name = about["name"] if about is not None else name
    path = (*path_of(section, tree), section.title) if single else path_of(section, tree)
    parted = _PARTED.fullmatch(name)
    if parted is not None and not single:
        name, path = parted["leaf"], (*path, parted["group"])
    return ScoredItem(
        name=single["name"] if single else name,
        path=path,
        points=Decimal(single["n"]) if single and single["n"] else _points_of(node),
        claimed=None if absence is not None else claimed,
        span=section.span,
        quote=node.claim_span or section.span,
        body=Span(section.span.start, end),
        not_applicable=absence is not None,
        reason=reason,
        receiver=absence.receiver if absence else "",
        moved=absence.moved if absence else None,
        section=node.index,
    )


def _single(section: Section, head: Passage) -> re.Match[str] | None:
    """The only leaf of a group, where the group's heading or first sentence names it."""
    told = _SINGLE.search(head.flat)
    if told is not None:
        return told
    points = points_of(heading_text(head, section))
    behind = _NAMED_BEHIND.match(head.flat, max(section.span.end - head.whole.start, 0))
    if behind is None or (points is not None and Decimal(behind["n"]) != points.number):
        return None  # 「4.资金管理（22分）。支出率（3分）。」 names the first of several
    return behind if is_name(leaf_name(behind["name"])) else None


def _points_of(node: Node) -> Decimal | None:
    """The points of a leaf; those that it gave away where it tells no others: 「（不考核，6分调入……）」."""
    return node.points if node.points is not None or node.absence is None else node.absence.moved


def _group(section: Section, node: Node, tree: Outline) -> ScoredGroup:
    names: tuple[str, ...] = ()
    count, span = None, None
    for passage in node.passages:
        match = aspects_in(passage.flat)
        if match is not None:
            names = aspect_names(match["names"] or "")
            word = match.groupdict().get("count") or match.groupdict().get("number")
            count = count_of(word) if word else None
            span = passage.span(match.start(), match.end())
            break
    own = node.claim_span if node.inline and node.claim_span is not None else section.span
    return ScoredGroup(
        section.title,
        node.points,
        node.claim.number if node.claim else None,
        own if node.passages and own.start >= node.passages[0].whole.end else section.span,
        len(path_of(section, tree)),
        names,
        count,
        span,
        node.index,
    )


_SCORED = pattern(r"\d\s?分.{0,12}得|得.{0,6}\d\s?分")


def loose_items(passages: tuple[Passage, ...], tree: Outline, taken: Narrative) -> Iterator[ScoredItem]:
    """Indicators named in one sentence with their score: 「年初目标值≥90%,实际完成值≥90%,自评得分20分」 under no heading of their own."""
    known = {item.section for item in taken.items} | {group.section for group in taken.groups}
    known |= {extra.section for extra in taken.extras}
    form = re.compile(
        r"(?P<name>[\u4e00-\u9fff\"“”、()]{2,24}?)(?:指标)?\s?\(?(?:满分|分值|权重)?\s?(?P<points>\d{1,3}(?:\.\d+)?)\s?分\)?\s?[,:;、]\s?(?:自评|实际|本项)?(?:得分|得|自评分?)\s?[:为]?\s?(?P<claim>\d{1,3}(?:\.\d+)?)\s?分"
    )
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        if passage.cell is not None or owner in known or (owner is not None and _chapter(owner, tree) in NOT_ITEMS):
            continue
        if not _SCORED.search(passage.flat):
            continue
        for match in form.finditer(passage.flat):
            name = re.split(r"[,。;]", match["name"])[-1].strip('"“”、() ')
            if not is_name(name) or re.search(r"总|合计|共", name[:2]):
                continue
            span = passage.span(match.start(), match.end())
            yield ScoredItem(
                name, (), Decimal(match["points"]), Decimal(match["claim"]), span, span, passage.whole, section=owner
            )
