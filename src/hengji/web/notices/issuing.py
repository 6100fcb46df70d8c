"""下达: what a notice would begin, what keeps it from being issued, and issuing it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from hengji.model.problem import HengjiError
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.notices.forms import OTHERS
from hengji.web.notices.models import Attachment, Notice, NoticeDepartment, NoticeSystem
from hengji.web.people.models import Department, Role, User

_FEW = 5  # names that a sentence can carry


@dataclass(frozen=True, slots=True)
class Task:
    """One department of a notice: the system it will score with, and what there is to say about it."""

    department: Department
    system: PinnedSystem | None
    there: bool  # it has a filing of that year already
    people: bool  # somebody can sign in for it


def tasks(notice: Notice) -> list[Task]:
    """What the notice sends to each of its departments, in their order."""
    systems = {row.kind: row.system for row in notice.systems.select_related("system")}
    departments = [row.department for row in notice.departments.select_related("department").order_by("department_id")]
    filed = FilingRow.objects.filter(department__in=departments, year=notice.year)
    there = set(filed.values_list("department_id", flat=True))
    staffed = set(
        User.objects.filter(department__in=departments, role=Role.CLERK, is_active=True).values_list(
            "department_id", flat=True
        )
    )
    return [
        Task(each, systems.get(each.kind) or systems.get(OTHERS), each.pk in there, each.pk in staffed)
        for each in departments
    ]


def hindrances(notice: Notice, found: list[Task]) -> list[str]:
    """What keeps the notice from being issued, each a sentence."""
    if notice.issued_at:
        return ["这份通知已经下达。"]
    wanting = []
    if not found:
        wanting.append("还没有选择单位。")
    if notice.fill_by is None:
        wanting.append("还没有填报截止日期。")
    bare = [task.department.name for task in found if task.system is None]
    if bare:
        wanting.append(
            f"没有指标体系的单位：{'、'.join(bare[:_FEW])}{'等' if len(bare) > _FEW else ''}。请按类别选择指标体系。"
        )
    return wanting


@transaction.atomic
def issue(notice_id: int, user: User) -> int:
    """Issues a notice: begins a filing for every department that has none of the year; returns how many.

    Raises HengjiError with everything that is wanting.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    found = tasks(notice)
    wanting = hindrances(notice, found)
    if wanting:
        raise HengjiError(*wanting)
    begun = 0
    for task in found:
        assert task.system is not None
        begun += FilingRow.objects.get_or_create(
            department=task.department,
            year=notice.year,
            defaults={"system": task.system, "deadline": notice.fill_by, "notice": notice},
        )[1]
    notice.issued_at, notice.issued_by = datetime.now(UTC), user
    notice.save(update_fields=["issued_at", "issued_by"])
    return begun


@transaction.atomic
def copy(notice: Notice) -> Notice:
    """A draft for the next year with the same terms, systems, departments and attachments; dates a year later."""
    fresh = Notice.objects.create(
        region=notice.region,
        year=notice.year + 1,
        name=notice.name.replace(str(notice.year), str(notice.year + 1)),
        text=notice.text.replace(str(notice.year), str(notice.year + 1)),
        fill_by=_later(notice),
        objection_days=notice.objection_days,
        rectify_days=notice.rectify_days,
        publish_days=notice.publish_days,
        copied_from=notice,
    )
    NoticeSystem.objects.bulk_create(
        NoticeSystem(notice=fresh, kind=row.kind, system=row.system) for row in notice.systems.all()
    )
    NoticeDepartment.objects.bulk_create(
        NoticeDepartment(notice=fresh, department=row.department) for row in notice.departments.all()
    )
    Attachment.objects.bulk_create(
        Attachment(notice=fresh, file=row.file, sha256=row.sha256, size=row.size) for row in notice.attachments.all()
    )
    return fresh


def _later(notice: Notice) -> date | None:
    """The same day a year later; the 28th for the 29th of February."""
    day = notice.fill_by
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
