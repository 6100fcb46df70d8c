"""Indicators in running text: headings with their points, the score and the reason in the paragraphs under them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengji.extracting.leaves.absences import Absence, absence_in
from hengji.extracting.leaves.leaf_names import is_name, leaf_name
from hengji.extracting.leaves.named_above import named_above
from hengji.extracting.leaves.promised_leaves import with_promised
from hengji.extracting.leaves.scored import Found, claim_in, own_scores, points_in, points_of, surest
from hengji.extracting.leaves.told_leaves import Inline, inline_scores
from hengji.extracting.outline import UNASSESSED, Outline
from hengji.extracting.passages import Passage
from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Section, Span

_ASPECTS = re.compile(
    r"(?:从|围绕|包括|分为|设置|下设|设有|考核)(?P<names>[^。;:]{2,160}?)(?:等)?(?P<count>[一二两三四五六七八九十\d]{1,2})(?:个|项)?(?:方面|(?:三级|末级|具体)?指标|部分|维度|内容)(?:进行|开展|来|分别)?"
)
_ASPECTS_END = re.compile(r"[一二两三四五六七八九十\d][个项]?(?:方面|三级|末级|具体|指标|部分|维度|内容)")
# 「下设三级指标3个，分别是甲、乙、丙」
_COUNTED_ASPECTS = re.compile(
    r"(?:下设|共?设置?|设有|共有?|包括|包含)(?:(?:三级|末级|具体)?指标(?P<count>[一二两三四五六七八九十\d]{1,2})[个项]|(?P<number>[一二两三四五六七八九十\d]{1,2})[个项](?:三级|末级|具体)?指标)"
    r"(?=[,:。])[,:]?(?:分别|依次|即)?(?:是|为|:|有)?(?P<names>[^。;:,\d]{4,160})?"
)
_OPEN_ASPECTS = re.compile(r"(?:从)(?P<names>[^。;:]{2,160}?)(?:等)方面(?:进行|开展|来)")
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_EXTRA = re.compile(r"加减分|加分|附加分|奖励分|扣分项|减分")
_OPENING = 10  # characters
_SHORT = 14  # characters of a heading that names a bonus and nothing else
_NEVER_ITEMS = ("存在问题", "相关建议")
_NOT_ITEMS = (*_NEVER_ITEMS, "主要绩效", "自评结论", "基本情况")
_WORDING = 4  # characters that a heading adds to a name: 履职效能分析, 投入情况
_IMPLIED = 2  # the rank of a score that no number tells: 按满分计
_ENOUGH = 3  # leaves with a score: fewer, and they may stand in a chapter that elsewhere holds none


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the running text says of indicators."""

    items: tuple[ScoredItem, ...]
    groups: tuple[ScoredGroup, ...]
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True)
class _Node:
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
        return (
            bool(self.inline)
            or (self.absence is not None and UNASSESSED.search(self.passages[0].flat[:_OPENS]) is not None)
            or self.points is not None
            or (self.claim is not None and (self.claim.strong or self.leads))
        )


def narrative(passages: tuple[Passage, ...], tree: Outline) -> Narrative:
    """The leaves, groups and extras of the running text, in order.

    Conclusions and descriptions repeat scores rather than give them; where no other chapter gives any, they are what there is.
    """
    usual = _narrative(passages, tree, _NOT_ITEMS)
    if sum(item.claimed is not None for item in usual.items) >= _ENOUGH:
        return usual
    wider = _narrative(passages, tree, _NEVER_ITEMS)
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
    nodes = {index: _node(index, tree, tuple(own.get(index, ()))) for index in range(len(tree.sections))}
    bonus = frozenset(index for index, section in enumerate(tree.sections) if _is_extra(section))
    closed = frozenset(
        index
        for index in range(len(tree.sections))
        if not bonus.isdisjoint(tree.path(index)) or _chapter(index, tree) in without
    )
    items: list[ScoredItem] = []
    groups: list[ScoredGroup] = []
    extras: list[Extra] = []
    for index, node in nodes.items():
        section = tree.sections[index]
        below = [nodes[i] for i in tree.within(index)[1:]]
        if index in bonus:
            extras.append(_extra(section, node, below))
        elif index in closed:
            continue
        elif node.inline and _counts(section):
            if section.title and not is_title(section):
                groups.append(_group(section, node, tree))
            items.extend(_inline_items(section, node, tree))
        elif any(other.speaks for other in below if _counts(tree.sections[other.index])):
            if (not section.key or node.points is not None) and not is_title(section):
                groups.append(_group(section, node, tree))
        elif node.speaks and section.heading and not _tells_the_total(node):
            items.append(_item(section, node, tree, below))
    found = tuple(extras) or tuple(_unheaded_extras(passages)) or tuple(_told_extras(passages))
    whole = with_promised(items, own, tree, closed)
    if len(whole) != len(items):
        groups.extend(_promising(whole, items, nodes, groups, tree))
    return Narrative(whole, tuple(sorted(groups, key=lambda group: group.span.start)), found)


def _promising(
    whole: tuple[ScoredItem, ...],
    items: list[ScoredItem],
    nodes: dict[int, _Node],
    groups: list[ScoredGroup],
    tree: Outline,
) -> Iterator[ScoredGroup]:
    """The groups whose list promised leaves that no heading tells."""
    known = {group.section for group in groups}
    for index in sorted({item.section for item in whole if item not in items and item.section is not None} - known):
        section = tree.sections[index]
        if not section.key and not is_title(section):
            yield _group(section, replace(nodes[index], claim=None), tree)


def _tells_the_total(node: _Node) -> bool:
    """Whether a heading without points has a score that no leaf has, or only the points of the whole: it tells the whole's."""
    if node.points is None:
        return node.claim is not None and node.claim.number > _LEAFS_MOST
    return node.points >= _WHOLE and node.claim is None and node.absence is None


_OPENS = 40  # characters of a heading
_LEAFS_MOST = 60  # points
_WHOLE = 100
_TOLD = re.compile(
    r"(?<![每不])加\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分|加分(?:项)?(?:得分|合计|共计|共|为|得)?\s?(?P<m>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def _told_extras(passages: tuple[Passage, ...]) -> Iterator[Extra]:
    """A bonus told in passing: 「被评为先进单位，按考核办法加1分」; the same bonus told twice counts once."""
    found: dict[Decimal, Extra] = {}
    for passage in passages:
        for match in _TOLD.finditer(passage.flat) if "加" in passage.flat else ():
            clause = re.split(r"[。;]", passage.flat[: match.start()])[-1] + match[0]
            points = Decimal(match["n"] or match["m"])
            honoured = re.search(r"评为|荣获|获|表彰|命名|授予", clause)
            if re.search(r"每|最高|可|不超过|标准", clause) or not (honoured or "加分" in clause):
                continue
            if points not in found or honoured:
                found[points] = Extra("加分", points, passage.span(match.start(), match.end()), passage.whole)
    yield from found.values()


_UNHEADED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.]\s?)?(?P<name>加分|加减分|附加分|扣分|减分)(?:项|情况)?(?:自评)?(?:得分|合计|共计|共)\s?(?:为|:)?\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def _unheaded_extras(passages: tuple[Passage, ...]) -> Iterator[Extra]:
    """A bonus told in a paragraph without a heading: 「加分得分4分」; what follows in numbered lines belongs to it."""
    for index, passage in enumerate(passages):
        match = _UNHEADED.match(passage.flat) if passage.cell is None else None
        if match is None:
            continue
        end = passage.whole.end
        for after in passages[index + 1 :]:
            if (
                re.match(
                    r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六]部分)", after.flat
                )
                or after.cell is not None
            ):
                break
            end = after.whole.end
        yield Extra(
            match["name"],
            Decimal(match["n"]),
            passage.span(match.start(), match.end()),
            Span(passage.whole.start, end),
            match["name"] in ("扣分", "减分"),
        )


def _chapter(index: int, tree: Outline) -> str:
    """The canonical chapter that the top of a section's path opens."""
    found = ""
    at: int | None = index
    while at is not None:
        section = tree.sections[at]
        found = section.key if section.key in _NOT_ITEMS else found
        at = section.parent
    return found


def _is_extra(section: Section) -> bool:
    return len(section.title) <= _SHORT and _EXTRA.search(section.title) is not None


def _node(index: int, tree: Outline, passages: tuple[Passage, ...]) -> _Node:
    section = tree.sections[index]
    if not passages:
        return _Node(index, None, None, None, None, ())
    head = passages[0]
    points = points_of(_heading_text(head, section))
    inline = tuple(_inline(section, passages, points.number if points else None))
    above = named_above(passages[1:]) if section.heading else []
    if len(above) > sum(1 for _, leaf in inline if leaf.direct):
        inline = tuple(above)
    if inline:
        headed = claim_in(head.flat[: section.span.end - section.span.start])
        if points is None:
            points = _told_points(head.flat, section.span.end - section.span.start)
        span = head.span(headed.start, headed.end) if headed else None
        return _Node(index, points.number if points else None, headed, span, None, passages, inline)
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
        told = [(passage, found) for passage, text in texts if (found := claim_in(text, worth)) is not None]
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
    return _Node(index, points.number if points else None, claim, span, absence, passages, (), leads)


_OPENS_WITH_POINTS = re.compile(
    r"[,:]\s?(?:共计?|合计|总分|满分|分值)\s?(?:为|:)?\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?分[,。;:]"
)


def _told_points(text: str, end: int) -> Found | None:
    """A group's points right behind its heading: 「（一）投入方面，共12分。」."""
    match = _OPENS_WITH_POINTS.match(text, end)
    return Found(Decimal(match["n"]), match.start("n"), match.end("n")) if match else None


def _inline(section: Section, passages: tuple[Passage, ...], points: Decimal | None) -> list[tuple[Passage, Inline]]:
    """The leaves that paragraphs under a heading tell by name; the heading's own score is none of them."""
    told = [
        (passage, leaf)
        for passage in passages
        for leaf in inline_scores(passage.flat)
        if passage.at(leaf.start) >= section.span.end and not _of_heading(leaf.name, section.title)
    ]
    if len(told) == 1 and not told[0][1].direct:
        passage, leaf = told[0]
        fact = points == leaf.points and passage.flat.startswith(",", leaf.named)
        if points is None or fact:
            return []  # facts and score of the heading itself: 「两份合同归档晚了半个月。分值5分，得4分」
    return told


def _of_heading(name: str, title: str) -> bool:
    return name in (title, f"{title}指标") or (title.startswith(name) and len(title) <= len(name) + _WORDING)


def _inline_items(section: Section, node: _Node, tree: Outline) -> Iterator[ScoredItem]:
    path = (*_path(section, tree), *(() if section.key or not section.title else (section.title,)))
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
            name=leaf.name,
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


def _heading_text(head: Passage, section: Section) -> str:
    end = section.span.end - section.span.start
    text = head.flat
    rest = re.match(r"[^。;]{0,40}", text[end:]) if end < len(text) else None
    return text[: max(end, 0)] + (rest[0] if rest and "(" in rest[0][:2] else "")


def is_title(section: Section) -> bool:
    """Whether a heading is the document's own title."""
    return section.style and re.search(r"(?:自评|评价|绩效)(?:情况)?(?:报告|表)", section.title) is not None


def _path(section: Section, tree: Outline) -> tuple[str, ...]:
    names: list[str] = []
    at = section.parent
    while at is not None:
        above = tree.sections[at]
        if not above.key and above.rank > 5 and not is_title(above):
            names.append(above.title)
        at = above.parent
    return tuple(reversed(names))


# A group of one leaf: 「4.人员管理。该指标考核财政供养人员控制率（2分）。」
_SINGLE = re.compile(
    r"该指标(?:主要)?(?:考核|从)(?P<name>[^,。;()、]{3,24}?)(?:\((?:满分|分值|权重)?:?(?P<n>\d{1,3}(?:\.\d+)?)分[^()]*\)|方面|进行)"
)


# The same, the leaf named behind the heading: 「4.人员管理。财政供养人员控制率（2分）。」
_NAMED_BEHIND = re.compile(
    r"[。:,(\s]*(?:即|考核|指标为)?(?P<name>[^,。;:()、\d]{3,24}?)[(,](?:满分|分值|权重)?:?(?P<n>\d{1,3}(?:\.\d+)?)\s?分\)?(?=[。;:]|\s*$)"
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
_TARGETED = re.compile(
    r"\s*(?P<name>(?!年初|全年)[\u4e00-\u9fff]{3,14}?)(?:年度)?(?:目标值?|指标值)(?P<n>)(?:为|是|:|≥|≤)?\d"
)


_CHAPTER = 10  # the rank of 「一、」
_PARTED = re.compile(
    r"(?P<group>[\u4e00-\u9fff]{2,12})(?:—{1,2}|－{1,2}|-{2})(?P<leaf>[\u4e00-\u9fff\"].{2,24})"
)  # 「内控管理——内控制度」
_ABOUT = re.compile(r"关于(?P<name>[\u4e00-\u9fff\"\d]{3,22}?)(?:方面|指标)?")
_EXECUTION = re.compile(r"(?:当年|年度|部门|全年)?预算执行情况")


def _item(section: Section, node: _Node, tree: Outline, below: list[_Node]) -> ScoredItem:
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
    path = (*_path(section, tree), section.title) if single else _path(section, tree)
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
    if told is not None or points_of(_heading_text(head, section)) is not None:
        return told
    behind = _NAMED_BEHIND.match(head.flat, max(section.span.end - head.whole.start, 0))
    return behind if behind is not None and is_name(leaf_name(behind["name"])) else None


def _points_of(node: _Node) -> Decimal | None:
    """The points of a leaf; those that it gave away where it tells no others: 「（不考核，6分调入……）」."""
    return node.points if node.points is not None or node.absence is None else node.absence.moved


def _group(section: Section, node: _Node, tree: Outline) -> ScoredGroup:
    names: tuple[str, ...] = ()
    count, span = None, None
    for passage in node.passages:
        match = _aspects(passage.flat)
        if match is not None:
            names = _names(match["names"] or "")
            word = match.groupdict().get("count") or match.groupdict().get("number")
            count = _count(word) if word else None
            span = passage.span(match.start(), match.end())
            break
    return ScoredGroup(
        section.title,
        node.points,
        node.claim.number if node.claim else None,
        section.span,
        len(_path(section, tree)),
        names,
        count,
        span,
        node.index,
    )


def _aspects(text: str) -> re.Match[str] | None:
    """Where a group names its parts or says how many they are; the costly forms only where their last words stand."""
    match = _COUNTED_ASPECTS.search(text)
    if match is None and _ASPECTS_END.search(text):
        match = _ASPECTS.search(text)
    if match is None and "等方面" in text:
        match = _OPEN_ASPECTS.search(text)
    return match


def _names(text: str) -> tuple[str, ...]:
    parts = re.split(r"[、,]|(?<=[\u4e00-\u9fff])(?:和|与|及|以及)(?=[\u4e00-\u9fff]{3})", text)
    return tuple(part.strip(" \"'") for part in parts if part.strip())


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _COUNTS.get(word)


_MOST_EXTRA = 30  # points: no bonus is larger
_EACH_EXTRA = re.compile(r"(?<![每可最高])[,，、)(]\s?(?:计|自评)?加\s?(?P<n>\d{1,2}(?:\.\d{1,2})?)\s?分")


def _extra(section: Section, node: _Node, below: list[_Node]) -> Extra:
    claim, span = node.claim, node.claim_span
    if claim is not None and claim.number > _MOST_EXTRA:
        claim, span = None, None  # the total, told under the last heading
    for passage in node.passages:
        match = next((m for m in _EXTRA_CLAIM.finditer(passage.flat) if not _of_a_tariff(passage.flat, m)), None)
        if match is not None and (claim is None or not claim.strong):
            claim = Found(Decimal(match[1]), match.start(), match.end())
            span = passage.span(match.start(), match.end())
    each = [Decimal(m["n"]) for p in node.passages for m in _EACH_EXTRA.finditer(p.flat)]
    if len(each) > 1 and (claim is None or not claim.strong or claim.number == each[0]):
        claim = Found(sum(each, Decimal(0)), 0, 0)  # told honour by honour, without their sum
    end = max([section.body.end, *(p.whole.end for other in below for p in other.passages)])
    deduction = bool(re.search(r"扣分|减分", section.title)) and "加" not in section.title
    return Extra(
        section.title,
        claim.number if claim else None,
        span or section.span,
        Span(section.span.start, end),
        deduction,
        node.index,
    )


_EXTRA_CLAIM = re.compile(
    r"(?:加分|加减分|得分|附加分|奖励分|扣分|减分|加|扣|计|共)[^\d。;]{0,8}(\d{1,2}(?:\.\d{1,2})?)\s?分"
)


def _of_a_tariff(text: str, match: re.Match[str]) -> bool:
    """Whether a number of points is what each honour is worth, or the most that there is: 「每项加1分，最高加2分」."""
    clause = re.split(r"[,。;:(\"]", text[: match.start()])[-1] + match[0]
    return re.search(r"每|最高|最多|上限|不超过|可加|可得", clause) is not None


_SCORED = re.compile(r"\d\s?分.{0,12}得|得.{0,6}\d\s?分")


def loose_items(passages: tuple[Passage, ...], tree: Outline, taken: Narrative) -> Iterator[ScoredItem]:
    """Indicators named in one sentence with their score: 「年初目标值≥90%,实际完成值≥90%,自评得分20分」 under no heading of their own."""
    known = {item.section for item in taken.items} | {group.section for group in taken.groups}
    known |= {extra.section for extra in taken.extras}
    form = re.compile(
        r"(?P<name>[\u4e00-\u9fff\"“”、()]{2,24}?)(?:指标)?\s?\(?(?:满分|分值|权重)?\s?(?P<points>\d{1,3}(?:\.\d+)?)\s?分\)?\s?[,:;、]\s?(?:自评|实际|本项)?(?:得分|得|自评分?)\s?[:为]?\s?(?P<claim>\d{1,3}(?:\.\d+)?)\s?分"
    )
    for passage, owner in zip(passages, tree.of_passage, strict=True):
        if passage.cell is not None or owner in known or (owner is not None and _chapter(owner, tree) in _NOT_ITEMS):
            continue
        if not _SCORED.search(passage.flat):
            continue
        for match in form.finditer(passage.flat):
            name = re.split(r"[,。;]", match["name"])[-1].strip('"“”、() ')
            if len(name) < 2 or re.search(r"总|合计|共", name[:2]):
                continue
            span = passage.span(match.start(), match.end())
            yield ScoredItem(
                name, (), Decimal(match["points"]), Decimal(match["claim"]), span, span, passage.whole, section=owner
            )
