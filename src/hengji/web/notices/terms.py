"""Terms (期限): when the step a filing stands at ends, and how many days are left."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from hengji.model.problem import HengjiError
from hengji.web.filings.bridge import Change, save
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import EXTENSION
from hengji.web.notices.models import ExtensionRow, Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.states.guards import after
from hengji.web.states.machine import DONE, OPEN, Step

SOON = 5  # days before a term from which pages speak of it
_USUAL = Notice()  # the terms of a filing that no notice began


def term(filing: FilingRow) -> date | None:
    """The day on which the step that a filing stands at ends; None where it has no term."""
    match Step(filing.step):
        case Step.FILLING | Step.SIGNING:
            return filing.deadline
        case Step.OPINION | Step.FINAL:
            return filing.due
    return None


def days_left(filing: FilingRow, today: date | None = None) -> int | None:
    """Days until the term; negative where it is over."""
    ends = term(filing)
    return None if ends is None else (ends - (today or date.today())).days


def overdue(filing: FilingRow) -> bool:
    """Whether the department or the bureau is late with the step."""
    left = days_left(filing)
    if left is None or left >= 0:
        return False
    return Step(filing.step) is not Step.FINAL or filing.publication != DONE or filing.rectification == OPEN


def to_remind(filing: FilingRow) -> bool:
    """Whether the department has something to do whose term is near or over."""
    left = days_left(filing)
    if left is None or left > SOON:
        return False
    match Step(filing.step):
        case Step.OPINION:
            return not filing.answered
        case Step.FINAL:
            return filing.rectification == OPEN
    return True


def _put(filing: FilingRow, days: int | None) -> None:
    filing.due = None if days is None else date.today() + timedelta(days=days)
    filing.save(update_fields=["due"])


def _terms(filing: FilingRow) -> Notice:
    return filing.notice or _USUAL


@after(Act.OPINE)
def _objection(filing: FilingRow, user: User) -> None:  # noqa: ARG001 - what follows a move is told who took it
    _put(filing, _terms(filing).objection_days)


@after(Act.SETTLE)
def _publication(filing: FilingRow, user: User) -> None:  # noqa: ARG001 - the same
    _put(filing, _terms(filing).publish_days)


@after(Act.DEMAND)
def _rectification(filing: FilingRow, user: User) -> None:  # noqa: ARG001 - the same
    if filing.publication == DONE:
        _put(filing, _terms(filing).rectify_days)


@after(Act.PUBLISH)
def _published(filing: FilingRow, user: User) -> None:  # noqa: ARG001 - the same
    _put(filing, _terms(filing).rectify_days if filing.rectification == OPEN else None)


@after(Act.REOPEN)
@after(Act.REJECT)
def _sent_back(filing: FilingRow, user: User) -> None:  # noqa: ARG001 - the same
    """A filing that was sent back is due when it was; where that is past, in a week."""
    if filing.deadline is not None and filing.deadline < date.today():
        filing.deadline = date.today() + timedelta(days=7)
        filing.save(update_fields=["deadline"])


@transaction.atomic
def extend(filing_id: int, user: User, until: date, reason: str) -> None:
    """Puts the term of the present step off; it is entered in the filing's trail with the reason.

    Raises HengjiError where the day or the reason will not do.
    """
    row = FilingRow.objects.select_for_update(of=("self",)).get(pk=filing_id)
    before = term(row)
    if not reason.strip():
        raise HengjiError("请写明延期的理由")
    if until < date.today() or (before is not None and until <= before):
        raise HengjiError(f"新的期限要晚于今天和原来的期限（{before or '原来没有'}）")
    number = (ExtensionRow.objects.filter(filing=row).aggregate(last=Max("number"))["last"] or 0) + 1
    data = {"before": before.isoformat() if before else "", "until": until.isoformat()}
    save(filing_id, user, [Change(EXTENSION, (number,), data, 0)], reason.strip(), Act.EXTEND.value)
    field = "deadline" if Step(row.step) in (Step.FILLING, Step.SIGNING) else "due"
    FilingRow.objects.filter(pk=filing_id).update(**{field: until})
