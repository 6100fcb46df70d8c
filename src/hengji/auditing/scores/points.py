"""R01: the points of the parts make the points of the whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.moved_points import worth_in_group
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import (
    HUNDRED,
    NAMES_AT_LEAST,
    chapter_leaves,
    children,
    is_whole_below,
    leaves_below,
    level_name,
    many_hundreds,
    sum_of,
    tables,
    told_as,
)
from hengji.model.extraction import ScoredGroup, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_FIRST_LEVEL = 20  # the rank of 「（一）」


def points_add_up(case: Case) -> Iterator[Finding]:
    """R01: the points of leaves make their group's, and those of the top 100; silent where a leaf may not have been read."""
    if not case.certainty.tree:
        return
    for group in case.found.groups:
        if group.section is None or group.points is None or not (is_whole_below(case) or _stand_beside(case)):
            continue
        groups, items = children(case, group)
        parts = [
            *(g.points if g.points is not None else _own_sum(case, g) or None for g in groups),
            *(i.points for i in items),
        ]
        known = [part for part in parts if part is not None]
        if not known or len(known) != len(parts) or len(parts) < 1 or sum(known) == group.points:
            continue
        if (
            sum((_own_sum(case, g) for g in groups), Decimal(0))
            + sum((i.points or Decimal(0) for i in items), Decimal(0))
            == group.points
        ):
            continue  # told of the group below, whose own parts make it up
        if _after_moves(case, items) + sum((_own_sum(case, g) for g in groups), Decimal(0)) == group.points:
            continue  # printed as they are after points were moved
        if _rows_hold(case, group):
            continue  # the table beside the running text has all of its leaves
        if _not_one(case, group) or any(_not_one(case, g) for g in groups):
            continue  # a leaf that is not assessed was taken for a group of the next ones
        if _CHANGED.search(case.flat, group.span.start, case.paragraph(group.span.start).end):
            continue  # 「30分，承接不考核指标3分后为33分」
        if abs(group.points - sum(known, Decimal(0))) * 2 > group.points or _is_conclusion(case, group):
            continue  # a heading that is no group, or leaves whose place under headings is not known
        printed = re.search(r"\d\s?分", case.text(group.span))
        yield case.finding(
            "R01",
            group.span if printed else Span(group.span.start, case.sentence(group.span.end).end),
            f"“{group.name}”分值{number(group.points)}分，下级指标分值之和是{sum_of(known)}",
            stated=number(group.points),
            recomputed=number(sum(known, Decimal(0))),
        )
    yield from _top_points(case)
    yield from _table_points(case)
    yield from _chapter_points(case)


def _rows_hold(case: Case, group: ScoredGroup) -> bool:
    """Whether the rows under a group's name, which are all leaves there are, make its points."""
    name = level_name(group.name)
    rows = [i for i in case.found.items if name in {level_name(each) for each in i.path}]
    whole = all(i.table for i in case.found.items) and all(i.points is not None for i in rows)
    return whole and bool(rows) and sum((i.points or Decimal(0) for i in rows), Decimal(0)) == group.points


def _not_one(case: Case, group: ScoredGroup) -> bool:
    return "不考核" in case.text(case.paragraph(group.span.start))


_CHANGED = pattern(r"(?:承接|调入|并入|移入)[^。]{0,24}\d\s?分|后为\d+(?:\.\d+)?分")


def _after_moves(case: Case, items: list[ScoredItem]) -> Decimal:
    """What leaves are worth together after points were moved."""
    return sum((worth_in_group(case, item) or Decimal(0) for item in items), Decimal(0))


def _is_conclusion(case: Case, group: ScoredGroup) -> bool:
    return group.section is not None and case.found.sections[group.section].key in ("自评结论", "自评组织")


def _own_sum(case: Case, group: ScoredGroup) -> Decimal:
    """What the parts of a group make; its own points where they cannot be told."""
    groups, items = children(case, group)
    parts = [*(g.points for g in groups), *(i.points for i in items)]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(parts) else group.points or Decimal(0)


def _top_points(case: Case) -> Iterator[Finding]:
    told = [g for g in case.found.groups if g.section is not None]
    inner = {g.section for group in told for g in children(case, group)[0]}
    top = [g for g in told if g.section not in inner]
    items = {i.section for group in told for i in children(case, group)[1]}
    alone = [i for i in case.found.items if not i.table and i.section is not None and i.section not in items]
    parts = [*(g.points for g in top), *(i.points for i in alone if i.section is not None)]
    known = [part for part in parts if part is not None]
    first_level = [i for i in alone if i.section is not None and case.found.sections[i.section].rank <= _FIRST_LEVEL]
    if len(top) + len(first_level) < 2 or len(alone) != len(first_level):
        return
    if len(known) != len(parts) or sum(known) == HUNDRED or (not top and len(alone) < NAMES_AT_LEAST):
        return
    if (
        sum((_made(case, g) for g in top), Decimal(0)) + sum((i.points or Decimal(0) for i in alone), Decimal(0))
        == HUNDRED
    ):
        return  # told of the one whose leaves make another sum, with which all is right
    if sum(known) + _outside(case, top) == HUNDRED:
        return  # other first levels are told without points, or only by their leaves
    if _others_in_table(case, known):
        return  # the text tells some first levels, the table all
    last = max([*(g.span for g in top), *(i.span for i in alone)])
    yield case.finding(
        "R01",
        last,
        f"各一级指标分值之和是{sum_of(known)}，不是100分",
        stated="100",
        recomputed=number(sum(known, Decimal(0))),
    )


def _made(case: Case, group: ScoredGroup) -> Decimal:
    """What the leaves that stand right under a group make; where there are none, or other groups, its own points."""
    groups, items = children(case, group)
    return group.points or Decimal(0) if groups or not items else _own_sum(case, group)


def _outside(case: Case, groups: list[ScoredGroup]) -> Decimal:
    """The points of the leaves that stand under none of these groups."""
    names = {level_name(group.name) for group in groups}
    return sum(
        (i.points or Decimal(0) for i in case.found.items if not names & {level_name(each) for each in i.path}),
        Decimal(0),
    )


def _others_in_table(case: Case, told: list[Decimal]) -> bool:
    """Whether the first levels of the table make 100 and are those of the text and some more."""
    groups = [g for g in case.found.groups if g.table and g.points is not None]
    top = min((g.depth for g in groups), default=0)
    every = [g.points for g in groups if g.depth == top and g.points is not None]
    return sum(every, Decimal(0)) == HUNDRED and Counter(told) < Counter(every)


def _stand_beside(case: Case) -> bool:
    """Whether the leaves outside the groups of running text are first levels themselves: with the groups' points theirs make 100."""
    groups = [g for g in case.found.groups if g.section is not None]
    low = min((g.depth for g in groups), default=0)
    first = [g for g in groups if g.depth == low]
    told = [g.points for g in first if g.points is not None]
    return len(told) == len(first) > 1 and sum(told) + _outside(case, first) == HUNDRED


def _table_points(case: Case) -> Iterator[Finding]:
    for group in case.found.groups:
        if group.table and group.points is not None:
            below = leaves_below(case, group)
            told = told_as(case, group)
            if told is not None and told.points == group.points:
                continue
            known = [i.points for i in below if i.points is not None]
            if _cut_off(case, group):
                continue
            held = group.points in (sum(known), _after_moves(case, below))
            apart = _of_a_part(case, group) or _beside_another(case, group, below)
            if below and len(known) == len(below) and not held and not apart:
                yield case.finding(
                    "R01",
                    group.span,
                    f"“{group.name}”分值{number(group.points)}分，下级指标分值之和是{number(sum(known, Decimal(0)))}分",
                    stated=number(group.points),
                    recomputed=number(sum(known, Decimal(0))),
                )
    if any(g.table and g.points is not None and _sum_differs(case, g) for g in case.found.groups):
        return  # said of the group already
    for items in tables(case):
        known = [item.points for item in items if item.points is not None]
        if (
            len(known) != len(items)
            or len(items) < NAMES_AT_LEAST
            or any(i.doubtful or i.weighted is not None for i in items)
        ):
            continue
        whole = sum(known, Decimal(0))
        without = sum((i.points or Decimal(0) for i in items if not i.of_execution), Decimal(0))
        elsewhere = sum(
            (i.points or Decimal(0) for i in case.found.items if i.of_execution and i not in items), Decimal(0)
        )
        every = sum((i.points or Decimal(0) for i in case.found.items), Decimal(0))
        after = _after_moves(case, items)
        if HUNDRED in (whole, without, whole + elsewhere, every, after) or whole < Decimal(50):
            continue
        if re.search(rf"满分(?:为|是|:)?\s?{number(whole)}\s?分", case.flat):
            continue  # a scale of its own: 「满分120分，折算百分制为96分」
        if many_hundreds(case) and whole == Decimal(90):
            continue  # one form a project, its ten points of execution in a table of their own
        yield case.finding(
            "R01",
            items[-1].span if items[-1].span.end > items[-1].span.start else None,
            f"表中各项分值之和是{number(whole)}分，不是100分",
            stated="100",
            recomputed=number(whole),
        )


def _chapter_points(case: Case) -> Iterator[Finding]:
    """A group of running text whose leaves stand in a table, of its own chapter or under its name, where all others make their points."""
    if any(not item.table for item in case.found.items):
        return
    groups = [g for g in case.found.groups if g.section is not None and g.points is not None]
    held: list[tuple[ScoredGroup, Decimal]] = []
    for group in groups:
        leaves = [] if _bears_its_groups_name(groups, group) else _rows_of(case, group)
        if leaves and None not in [i.points for i in leaves]:
            held.append((group, sum((i.points or Decimal(0) for i in leaves), Decimal(0))))
    wrong = [(group, made) for group, made in held if made not in (group.points, _added(case, group))]
    whole = case.certainty.points or _stand_beside(case)
    for group, made in wrong if len(held) > len(wrong) == 1 and whole else ():
        yield case.finding(
            "R01",
            group.span,
            f"“{group.name}”分值{number(group.points or Decimal(0))}分，本部分各项指标分值之和是{number(made)}分",
            stated=number(group.points or Decimal(0)),
            recomputed=number(made),
        )


def _bears_its_groups_name(groups: Sequence[ScoredGroup], group: ScoredGroup) -> bool:
    """Whether a group further up has the same name, whose rows are then none of this one's."""
    name = level_name(group.name)
    return any(level_name(other.name) == name and other.depth < group.depth for other in groups)


def _rows_of(case: Case, group: ScoredGroup) -> list[ScoredItem]:
    name = level_name(group.name)
    named = [i for i in case.found.items if name in {level_name(each) for each in i.path}]
    return named or chapter_leaves(case, group)


_ADDED = pattern(r"(\d{1,2}(?:\.\d)?)分?\+(\d{1,2}(?:\.\d)?)分")


def _added(case: Case, group: ScoredGroup) -> Decimal | None:
    """The points of a group that its heading adds up: 「效益与满意度（16分+9分）」."""
    told = _ADDED.search(case.text(case.sentence(group.span.start)))
    return Decimal(told[1]) + Decimal(told[2]) if told is not None else None


def _of_a_part(case: Case, group: ScoredGroup) -> bool:
    """Whether a group misses its sum only by what a group within it misses, which is told there."""
    below = leaves_below(case, group)
    gap = (group.points or Decimal(0)) - sum((i.points or Decimal(0) for i in below), Decimal(0))
    for other in case.found.groups:
        if not other.table or other.points is None or other.depth <= group.depth:
            continue
        inner = leaves_below(case, other)
        inside = bool(inner) and len(inner) < len(below) and all(item in below for item in inner)
        if inside and other.points - sum((i.points or Decimal(0) for i in inner), Decimal(0)) == gap:
            return True
    return False


def _beside_another(case: Case, group: ScoredGroup, below: list[ScoredItem]) -> bool:
    """Whether another group stands over the same rows, which it makes up with this one: two lists side by side in one table."""
    return any(
        other.table
        and other.span != group.span
        and other.points
        and other.points + (group.points or Decimal(0)) == sum((i.points or Decimal(0) for i in below), Decimal(0))
        and leaves_below(case, other) == below
        for other in case.found.groups
    )


def _cut_off(case: Case, group: ScoredGroup) -> bool:
    """Whether a group reaches to the end of a table that goes on in the next one (a page's end)."""
    block = case.found.document.block_at(group.span.start)
    if block is None or group.cover is None or group.cover.end < block.end - 1:
        return False
    later = [i for i in case.found.items if i.table and i.span.start > block.end]
    if not later:
        return False
    after = case.found.document.block_at(later[0].span.start)
    if after is not None and any(g.table and g.points and g.span.start == after.start for g in case.found.groups):
        return False  # the next table opens with a group of its own
    between = case.flat[block.end : after.start] if after is not None else "x"
    return len(between.strip()) < _TITLE_BETWEEN


_TITLE_BETWEEN = 30  # characters: a page's header or footer may stand between


def _sum_differs(case: Case, group: ScoredGroup) -> bool:
    known = [item.points for item in leaves_below(case, group)]
    return (
        not _cut_off(case, group)
        and bool(known)
        and None not in known
        and group.points not in (sum(p for p in known if p is not None), _after_moves(case, leaves_below(case, group)))
    )
