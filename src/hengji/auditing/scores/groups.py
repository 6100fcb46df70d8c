"""R03: groups as claimed in tables and in words, against the claims under them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.auditing.scores.tree import (
    SUBTOTAL,
    beyond_points,
    children,
    is_whole_below,
    leaves_below,
    level_name,
    sum_of,
    told_as,
)
from hengji.model.extraction import ScoredGroup, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern


def told_groups(case: Case) -> Iterator[Finding]:
    """R03 of a sentence that tells the scores group by group: 「投入10分，得9.5分；过程40分，得39.91分」, against the leaves of each."""
    tops = {item.path[0] for item in case.found.items if item.path}
    known = {group.name for group in case.found.groups if group.claimed is not None}
    for name in sorted(tops - known):
        match = _group_told(case.flat, name.removesuffix("指标"))
        items = [i for i in case.found.items if i.path and i.path[0] == name]
        claims = [i.claimed if not i.not_applicable else Decimal(0) for i in items]
        worth = sum((i.points or Decimal(0) for i in items), Decimal(0))
        if match is None or None in claims or worth != Decimal(match["n"]):
            continue
        got, told = sum((c for c in claims if c is not None), Decimal(0)), Decimal(match["m"])
        if got != told <= worth:  # more than its points is the total behind it
            yield case.finding(
                "R03",
                Span(match.start() - len(name.removesuffix("指标")), match.end()),
                f"“{name}”自评{number(told)}分，下级得分之和是{number(got)}分",
                stated=number(told),
                recomputed=number(got),
            )


_SCORE_BEHIND = pattern(
    r"(?:类|方面|部分|指标)*[(,]?(?:满分|分值)?(?P<n>\d{1,3}(?:\.\d+)?)分[),]*(?:自评|实际)?得(?:分)?(?P<m>\d{1,3}(?:\.\d+)?)分"
)
_WORD_BEFORE = pattern(r"[\u4e00-\u9fff]")


def _group_told(text: str, name: str) -> re.Match[str] | None:
    """The points and the score behind a group's name, where it first stands with them and begins a word."""
    at = text.find(name)
    while at >= 0:
        match = _SCORE_BEHIND.match(text, at + len(name))
        if match is not None and not (at and _WORD_BEFORE.match(text, at - 1)):
            return match
        at = text.find(name, at + 1)
    return None


def group_claims(case: Case) -> Iterator[Finding]:
    """Groups with a claim of their own, against the claims of what stands under them."""
    for group in case.found.groups:
        if group.claimed is None:
            continue
        if group.section is not None and not is_whole_below(case):
            continue
        told = told_as(case, group)
        if told is not None and told.claimed == group.claimed:
            continue
        if group.section is not None:
            groups, items = children(case, group)
            parts = [*(g.claimed for g in groups), *(i.claimed if not i.not_applicable else Decimal(0) for i in items)]
            if groups and sum((_made(case, g) for g in groups), _claims(items)) == group.claimed:
                continue  # a group below is off, which is told of it
        else:
            leaves = leaves_below(case, group)
            parts = [Decimal(0) if i.not_applicable and not i.claimed else i.claimed for i in leaves]
        if group.name in SUBTOTAL and _said_in_words(case, group):
            continue  # told of the conclusion's list
        known = [part for part in parts if part is not None]
        if group.section is not None and abs(group.claimed - sum(known, Decimal(0))) * 2 > group.claimed:
            continue  # more is missing than a slip can explain: leaves were read elsewhere
        if sum(known, Decimal(0)) - group.claimed == beyond_points(leaves_below(case, group)):
            continue  # a leaf's score beyond its points was written wrong, which is told of it
        if known and len(known) == len(parts) and sum(known) != group.claimed:
            yield case.finding(
                "R03",
                group.span,
                f"“{group.name}”自评{number(group.claimed)}分，下级得分之和是{sum_of(known)}",
                stated=number(group.claimed),
                recomputed=number(sum(known, Decimal(0))),
            )


def _claims(items: Iterable[ScoredItem]) -> Decimal:
    return sum((i.claimed or Decimal(0) for i in items if not i.not_applicable), Decimal(0))


def _made(case: Case, group: ScoredGroup) -> Decimal:
    """What the leaves of a group make; its own score where it has none."""
    items = leaves_below(case, group)
    return _claims(items) if items else group.claimed or Decimal(0)


def _said_in_words(case: Case, row: ScoredGroup) -> bool:
    """Whether running text tells a subtotal with the name of its level: 「过程类得28.5分」."""
    levels = {item.path[0] for item in leaves_below(case, row) if item.path}
    score = re.escape(number(row.claimed or Decimal(0)))
    return any(re.search(rf"{re.escape(level_name(name))}[^。\d]{{0,8}}{score}分", case.flat) for name in levels)
