"""What was frozen when a filing moved on (快照): the whole filing, its scorecard, and the hash that was signed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings.models import FilingRow

_SHA = 64


class Snapshot(models.Model):
    """快照: taken at 签批 and at every later settling step, never changed."""

    filing = models.ForeignKey(FilingRow, on_delete=models.PROTECT, related_name="snapshots")
    act = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=_SHA)
    stated = models.TextField()
    scores = models.TextField()
    scan = models.CharField(max_length=_SHA, blank=True)  # of the sealed page, where one was attached
    scan_name = models.CharField(max_length=160, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.filing} {self.act} {self.digest[:8]}"
