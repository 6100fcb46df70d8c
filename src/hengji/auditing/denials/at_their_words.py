"""A contradiction is told once: at the words that a reviewer strikes out, not again at the fact that they deny."""

from collections.abc import Iterable, Iterator

from hengji.auditing.case import Case
from hengji.auditing.denials.denied import contradictions
from hengji.auditing.denials.of_all import public_of_all
from hengji.model.finding import Finding


def at_their_words(case: Case, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those that stand where another of the same rule says that its words are denied; what was made public late is a fault of its own."""
    told = list(findings)
    words = [*contradictions(case), *public_of_all(case)]
    words = [finding for finding in words if finding in told]
    for finding in told:
        if finding in words or not any(_same(finding, other) for other in words):
            yield finding


def _same(finding: Finding, other: Finding) -> bool:
    """Whether a finding stands at the facts of another, or says of a reason what the other says of the words."""
    if finding.code == other.code:
        again = _meet(finding.start, finding.end, other.start, other.end)
        return again or any(_meet(finding.start, finding.end, place.start, place.end) for place in other.also)
    if finding.code != "R34":
        return False
    return any(_meet(p.start, p.end, q.start, q.end) for p in finding.also for q in other.also)


def _meet(start: int | None, end: int | None, low: int | None, high: int | None) -> bool:
    return start is not None and end is not None and low is not None and high is not None and start < high and low < end
