"""The findings of each leaf: those that name it, and those whose words stand in its text."""

from collections.abc import Iterable, Iterator

from hengji.auditing.audit import Audit, with_arguments
from hengji.auditing.case import Case
from hengji.auditing.verdict import GRAVITY, PASSED, left_out
from hengji.model.extraction import ScoredItem
from hengji.model.finding import Finding, Severity

_UNVERIFIED, _NOT_ASSESSED, _WAIVED = "未核实", "不考核", "不再提示"
_RESCORING = "R06"


def leaf_findings(audit: Audit, findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """For each leaf of the audit the findings that concern it."""
    case = Case(with_arguments(audit.found))
    places = {id(item): index for index, item in enumerate(case.found.items)}
    told: list[list[Finding]] = [[] for _ in case.found.items]
    for finding in findings:
        inside = {places[id(item)] for at in _positions(finding) if (item := case.item_at(at)) is not None}
        named = {n for n, item in enumerate(case.found.items) if finding.item and item.name == finding.item}
        for index in inside | (named if named.isdisjoint(inside) else set()):  # of two of one name the one it stands in
            told[index].append(finding)
    return [tuple(each) for each in told]


def _positions(finding: Finding) -> Iterator[int]:
    """Where a finding and what it contradicts begin."""
    if finding.start is not None:
        yield finding.start
    yield from (place.start for place in finding.also)


def leaf_verdict(audit: Audit, item: ScoredItem, own: Iterable[Finding], waived: Iterable[Finding]) -> str:
    """The gravest finding's grade; 通过 only for a leaf whose score was recomputed, else that it was not."""
    worst = min((finding.severity for finding in own), key=list(Severity).index, default=None)
    if worst is not None:
        return GRAVITY[worst]
    if any(True for _ in waived):
        return _WAIVED
    if item.not_applicable:
        return _NOT_ASSESSED
    asked = _RESCORING not in {*left_out(audit), *(code for code, _ in audit.not_checked)}
    return PASSED if asked and audit.computed(item) is not None else _UNVERIFIED
