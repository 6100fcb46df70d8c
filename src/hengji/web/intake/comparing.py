"""Reports of one batch beside each other (R32): passages that two departments share, added to what each was told."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db import transaction

from hengji.auditing.case import Case
from hengji.auditing.text.likeness import Passages, of_peers, passages, shared, told_of_peers
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.web.intake.keeping import Kept, pack, unpack
from hengji.web.intake.models import Batch, Outcome, Part, Received, State

_OUT = (State.DOUBLE, State.REFUSED, State.LITTER)
Progress = Callable[[int, int, str], None]


def compare(batch: Batch, progress: Progress) -> int:
    """Compares the reports of a batch; returns how many passages are shared. Repeated, it replaces what it said."""
    rows = list(batch.files.filter(part=Part.REPORT, outcome__isnull=False).exclude(state__in=_OUT))
    reports: list[tuple[str, Passages]] = []
    before: list[bool] = []
    for number, row in enumerate(rows, start=1):
        kept = _kept(row)
        reports.append((kept.found.department, passages(kept.found)))
        before.append(any(map(of_peers, kept.findings)))
        progress(number, len(rows), f"正在比对 {row.short[:60]}")
    found = shared(reports)
    names = [department or row.short for row, (department, _) in zip(rows, reports, strict=True)]
    for row, spans, told in zip(rows, found, before, strict=True):
        if spans or told:
            _tell(row, {span: names[other] for span, other in spans.items()})
    return sum(map(len, found))


def _kept(row: Received) -> Kept:
    return unpack(Outcome.objects.get(received=row).data)


def _tell(row: Received, spans: Mapping[Span, str]) -> None:
    """Writes the findings of one report down, those of an earlier comparison replaced."""
    kept = _kept(row)
    case = Case(kept.found)
    findings = [each for each in kept.findings if not of_peers(each)]
    findings = sorted([*findings, *told_of_peers(case, spans)], key=_place)
    row.hints = sum(each.severity is Severity.INFO for each in findings)
    with transaction.atomic():
        row.save(update_fields=["hints"])
        Outcome.objects.filter(received=row).update(data=pack(replace(kept, findings=tuple(findings))))


def _place(finding: Finding) -> tuple[int, str]:
    return (finding.start if finding.start is not None else -1, finding.code)
