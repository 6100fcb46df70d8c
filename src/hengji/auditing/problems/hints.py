"""R18: weaker words for a defect, held only against a leaf with full marks that boasts of the same topic (topics.yaml)."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.problems.admitting import Admission, is_admitted, leaves_of, spelt_out
from hengji.auditing.problems.claiming import claim_of
from hengji.auditing.problems.qualities import of_its_quality
from hengji.auditing.problems.zones import problem_zones
from hengji.auditing.wording import pairs_of
from hengji.library.texts import Topic, load_throughout, load_topics
from hengji.model.extraction import ScoredItem, Span
from hengji.model.patterns import pattern

_SHARED = 2  # pairs of characters by which a leaf that lost points speaks of the same


def hinted(case: Case, full: list[ScoredItem], lost: list[ScoredItem]) -> Iterator[Admission]:
    """The clauses of the problems that hint at a defect of what a leaf with full marks boasts of."""
    zones = problem_zones(case)
    names = "\n".join(spelt_out(item.name) for item in full)
    for topic in load_topics() if zones else ():
        words = [word for word in (*topic.leaves, *topic.also) if word in names]
        leaves = leaves_of(words, full) if words else []
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


# What costs points in the same breath is held against no leaf.
_ELSEWHERE = pattern(r"扣\s?\d")


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
    named = [item for item in leaves if of_its_quality(item.name, text)]
    for item in sorted(named, key=lambda i: -len(told & pairs_of(f"{i.name} {case.text(i.body)} {i.remark}"))):
        claim = claim_of(case, item, topic.boasts)
        if claim is None and _COUNTED.search(text) and not item.name.endswith("率"):
            claim = claim_of(
                case, item, load_throughout()
            )  # so many amiss is a fact, against any claim that all is well
        alike = (
            sure or topic.plain or told & pairs_of(f"{item.name} {case.text(item.body)} {item.actual} {item.remark}")
        )
        if claim is not None and alike:
            yield Admission(span, item, claim)
            return


_COUNTED = pattern(r"\d\s?(?:万?元|[个笔份件户处台套项名人次批])")


def _pairs(name: str) -> Iterator[str]:
    return (name[k : k + 2] for k in range(len(name) - 1))
