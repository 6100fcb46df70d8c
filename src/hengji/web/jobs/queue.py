"""The queue (队列): starting a job, taking up those whose process fell, and forgetting old ones."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hengji.web.filings.models import FilingRow
from hengji.web.jobs import running
from hengji.web.jobs.kinds import KINDS, place_of
from hengji.web.jobs.models import Job, State
from hengji.web.people.models import User

BEAT = 5  # seconds between two signs of life
_SILENT = timedelta(seconds=40)  # longer than a write may wait for the database, and some beats
_RUNS = 3
_KEPT = timedelta(days=30)
_RECENT = timedelta(days=3)
_SHOWN = 8


@transaction.atomic
def start(kind: str, user: User, filing: FilingRow | None = None, arguments: Mapping[str, object] | None = None) -> Job:
    """Puts a job in the queue. Whether the person may ask for it is the caller's to know (``@asks``)."""
    assert kind in KINDS, f"no kind of job is called {kind}"
    job = Job.objects.create(kind=kind, by=user, filing=filing, arguments=dict(arguments or {}))
    running.run.enqueue(job.pk)
    return job


def once(kind: str, user: User, filing: FilingRow | None = None, arguments: Mapping[str, object] | None = None) -> Job:
    """Like ``start``, but a job of the kind with the same arguments that has not ended yet is joined."""
    open_ones = Job.objects.filter(kind=kind, filing=filing, state__in=(State.WAITING, State.RUNNING))
    same = (job for job in open_ones if job.arguments == dict(arguments or {}))
    return next(same, None) or start(kind, user, filing, arguments)


def recent(user: User) -> QuerySet[Job]:
    """What a person asked for lately, for the workbench: what has not ended, and what ended in the last days."""
    lately = Q(state__in=(State.WAITING, State.RUNNING)) | Q(ended_at__gte=timezone.now() - _RECENT)
    return Job.objects.filter(lately, by=user).select_related("filing__department")[:_SHOWN]


def beat(number: int) -> None:
    """A sign of life of who has a job in hand."""
    Job.objects.filter(pk=number, state=State.RUNNING).update(beat_at=timezone.now())


def take_up() -> int:
    """Puts jobs back into the queue whose process shows no sign of life; one that fell each time is given up."""
    silent = Job.objects.filter(state=State.RUNNING, beat_at__lt=timezone.now() - _SILENT)
    number = 0
    for job in silent:
        number += again(job)
    return number


@transaction.atomic
def again(job: Job) -> bool:
    """Puts one running job back into the queue, unless somebody else did or it fell too often."""
    held = Job.objects.filter(pk=job.pk, run=job.run, state=State.RUNNING)
    if job.run >= _RUNS:
        error = f"做了{_RUNS}次都中途停止，没有办成。可能是文件损坏或过大，请换一份再试。"
        held.update(state=State.FAILED, error=error, ended_at=timezone.now())
        return False
    if not held.update(state=State.WAITING, sentence="中途停止，重新排队"):
        return False
    running.run.enqueue(job.pk)
    return True


def tidy() -> None:
    """Forgets jobs that ended long ago, with their files, and what the queue keeps of finished tasks."""
    before = timezone.now() - _KEPT
    for job in Job.objects.filter(ended_at__lt=before)[:200]:
        place_of(job.pk).unlink(missing_ok=True)
        job.delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _RECENT).delete()
