"""A job (后台工作) in the database: who asked for what, how far it is, and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings.models import FilingRow


class State(models.TextChoices):
    """How a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有办成"


class Job(models.Model):
    """One piece of work. ``arguments`` is plain JSON; ``run`` tells a repeated run from the one it replaces."""

    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    filing = models.ForeignKey(FilingRow, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sentence = models.TextField(blank=True)
    address = models.TextField(blank=True)  # where the result is looked at
    file = models.CharField(max_length=160, blank=True)  # the name under which the result is downloaded
    error = models.TextField(blank=True)
    run = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)  # the last sign of life of who is at it
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["by", "-id"]), models.Index(fields=["state", "beat_at"])]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"

    @property
    def title(self) -> str:
        """What the job is called on pages."""
        from hengji.web.jobs.kinds import KINDS  # noqa: PLC0415 - kinds are registered after the models are there

        kind = KINDS.get(self.kind)
        return kind.title if kind is not None else self.kind

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (State.DONE, State.FAILED)
