"""Reports against the final accounts (R37): those its filing imported, else a document of them that came in for the same department."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from hengji.auditing import against_accounts
from hengji.auditing.case import Accounts
from hengji.model.extraction import DocumentKind, Extraction
from hengji.model.finding import Severity
from hengji.web.filings.examining import official
from hengji.web.filings.models import FilingRow
from hengji.web.intake.keeping import Kept, pack, unpack
from hengji.web.intake.models import Outcome, Part, Received, State
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.people.permissions import may

CODE = "R37"
_OUT = (State.DOUBLE, State.REFUSED, State.LITTER)


def hold(files: Iterable[Received]) -> int:
    """Holds reports against the accounts that are at hand by now, and says how many; the others stay as they were. Repeatable."""
    held = 0
    for file in files:
        accounts = _accounts(file) if file.part in (Part.REPORT, Part.TABLE) else None
        outcome = Outcome.objects.filter(received=file).first() if accounts is not None else None
        if accounts is not None and outcome is not None:
            _tell(file, unpack(outcome.data), accounts)
            held += 1
    return held


def wanting(kept: Kept) -> bool:
    """Whether a report was not held against any accounts yet."""
    return any(code == CODE for code, _ in kept.not_checked)


def _accounts(file: Received) -> Accounts | Extraction | None:
    department = file.department_id or (file.first_id if file.state == State.MATCHED else None) or _named(file)
    if department is None or not file.year:
        return None
    filing = FilingRow.objects.select_related("department").filter(department_id=department, year=file.year).first()
    if filing is not None and may(file.by, Act.READ, filing):
        figures = official(filing)
        if figures is not None:
            return figures
    whose = Q(department_id=department) | Q(first_id=department, state__in=(State.MATCHED, State.OTHER))
    sent = Received.objects.filter(whose, region_id=file.region_id, kind=DocumentKind.ACCOUNTS.value, year=file.year)
    found = Outcome.objects.filter(received__in=sent.exclude(state__in=_OUT)).order_by("-pk").first()
    return unpack(found.data).found if found is not None else None


def _named(file: Received) -> int | None:
    """The department that a report names, where somebody had it read who is of no department."""
    if file.batch_id is not None or not file.unit:
        return None
    found = Department.objects.filter(region_id=file.region_id, name=file.unit).first()
    return found.pk if found is not None else None


def _tell(file: Received, kept: Kept, accounts: Accounts | Extraction) -> None:
    found, why = against_accounts(kept.found, accounts)
    rest = [each for each in kept.findings if each.code != CODE]
    findings = sorted([*rest, *found], key=lambda each: (each.start if each.start is not None else -1, each.code))
    others = tuple(each for each in kept.not_checked if each[0] != CODE)
    now = replace(kept, findings=tuple(findings), not_checked=(*others, (CODE, why)) if why else others)
    file.errors = sum(each.severity is Severity.ERROR for each in findings)
    with transaction.atomic():
        file.save(update_fields=["errors"])
        Outcome.objects.filter(received=file).update(data=pack(now))
