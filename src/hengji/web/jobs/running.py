"""Running one job: the only task that django-tasks knows; the job's own row says which function it is."""

import contextlib
import logging
import secrets

from django.db import connection
from django.utils import timezone
from django_tasks import task

from hengji.model.problem import HengjiError
from hengji.web.jobs.kinds import KINDS, Outcome, Overtaken, Work, place_of
from hengji.web.jobs.models import Job, State

_log = logging.getLogger("hengji.web")


class Stopped(BaseException):
    """The process is asked to end; the job goes back into the queue."""


@task()
def run(number: int) -> None:
    """Does the job of that number, and writes down what came of it; a job that falls becomes one sentence."""
    job = _claimed(number)
    if job is None:
        return
    try:
        outcome = _done(job)
    except Overtaken:
        return
    except Stopped:
        _back(job)
        raise
    except HengjiError as error:
        _end(job, state=State.FAILED, error="；".join(str(problem) for problem in error.problems[:5]))
    except Exception:  # noqa: BLE001 - whatever it was, the next job is not to suffer
        quoted = secrets.token_hex(4)
        _log.exception("job", extra={"number": quoted})
        _end(job, state=State.FAILED, error=f"系统出错，编号 {quoted}，没有办成。请把编号告诉管理员。")
    else:
        _end(
            job,
            state=State.DONE,
            sentence=outcome.sentence,
            address=outcome.address,
            file=outcome.file if place_of(job.pk).exists() else "",
        )


def _claimed(number: int) -> Job | None:
    """The job as this process has taken it on, or None where there is nothing to do any more."""
    job = Job.objects.select_related("by", "filing__department__region", "filing__system").filter(pk=number).first()
    if job is None:
        return None
    job.run += 1
    job.state = State.RUNNING
    waiting = Job.objects.filter(pk=number, state=State.WAITING, run=job.run - 1)
    return job if waiting.update(state=State.RUNNING, run=job.run, beat_at=timezone.now(), sentence="") else None


def _done(job: Job) -> Outcome:
    kind = KINDS.get(job.kind)
    if kind is None:
        raise HengjiError("这种后台工作在本版本里没有了，请重新做一次")
    place_of(job.pk).parent.mkdir(parents=True, exist_ok=True)
    return kind.function(Work(job.pk, job.run, job.by, job.filing, job.arguments))


def _end(job: Job, **said: object) -> None:
    """Writes the end down, unless another process has taken the job over meanwhile."""
    if connection.needs_rollback:  # a job may have fallen inside its own transaction
        return
    Job.objects.filter(pk=job.pk, run=job.run, state=State.RUNNING).update(**said, ended_at=timezone.now())


def _back(job: Job) -> None:
    from hengji.web.jobs.queue import again  # noqa: PLC0415 - the queue knows this module

    with contextlib.suppress(Exception):
        again(job)
