"""R18: weaker words for a defect, held only against a leaf with full marks that boasts of the same topic (topics.yaml)."""

import re
from collections.abc import Iterator

from hengji.auditing.admissions import Admission, claim_of, is_admitted
from hengji.auditing.case import Case
from hengji.auditing.wording import pairs_of
from hengji.auditing.zones import problem_zones
from hengji.library.texts import Topic, load_topics
from hengji.model.extraction import ScoredItem, Span

_SHARED = 2  # pairs of characters by which a leaf that lost points speaks of the same


def hinted(case: Case, full: list[ScoredItem], lost: list[ScoredItem]) -> Iterator[Admission]:
    """The clauses of the problems that hint at a defect of what a leaf with full marks boasts of."""
    zones = problem_zones(case)
    for topic in load_topics() if zones else ():
        words = (*topic.leaves, *topic.also)
        leaves = [item for item in full if any(word in item.name for word in words)]
        for span in _hints(case, topic, zones) if leaves else ():
            if any(_answered(case, topic, item, span) for item in lost):
                continue
            yield from _against(case, topic, leaves, span)


def _hints(case: Case, topic: Topic, zones: list[Span]) -> Iterator[Span]:
    told: set[Span] = set()
    for zone in zones:
        for match in topic.hints.finditer(case.flat, zone.start, zone.end):
            span = is_admitted(case, topic, match)
            if span is not None and span not in told and not _ELSEWHERE.search(case.text(span)):
                told.add(span)
                yield span


# What costs points in the same breath, or is others' doing, is held against no leaf.
_ELSEWHERE = re.compile(r"扣\s?\d|由[^,。;]{0,8}(?:代建|承建|乡镇|街道)[^,。;]{0,8}(?:实施|建设|负责|管理)")


def _answered(case: Case, topic: Topic, lost: ScoredItem, span: Span) -> bool:
    """Whether a leaf that lost points tells of the same, or is of the same topic and shares a word with it."""
    clause = pairs_of(case.text(span))
    told = f"{lost.name} {case.text(lost.body)} {lost.actual} {lost.remark}"
    shared = len(clause & pairs_of(told))
    own = any(word in lost.name for word in topic.leaves)
    alike = topic.hints.search(told) is not None or topic.admits.search(told) is not None
    return (own and (shared > 0 or alike)) or (alike and shared > _SHARED)


def _against(case: Case, topic: Topic, leaves: list[ScoredItem], span: Span) -> Iterator[Admission]:
    """The leaf that boasts of what the clause speaks of most."""
    text = case.text(span)
    told = pairs_of(text)
    own = topic.hints.search(text)
    sure = own is not None and any(word in own[0] for leaf in topic.leaves for word in _pairs(leaf))
    named = [item for item in leaves if _of_its_kind(item.name, text)]
    for item in sorted(named, key=lambda i: -len(told & pairs_of(f"{i.name} {case.text(i.body)} {i.remark}"))):
        claim = claim_of(case, item, topic.boasts)
        alike = (
            sure or topic.plain or told & pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}")
        )
        if claim is not None and alike:
            yield Admission(span, item, claim)
            return


def _pairs(name: str) -> Iterator[str]:
    return (name[k : k + 2] for k in range(len(name) - 1))


_KINDS = ("目标", "指标")


def _of_its_kind(name: str, text: str) -> bool:
    """Whether a problem of indicators is held against a leaf of indicators, one of goals against a leaf of goals."""
    asked = [kind for kind in _KINDS if kind in text]
    has = [kind for kind in _KINDS if kind in name]
    return not asked or not has or any(kind in has for kind in asked)
