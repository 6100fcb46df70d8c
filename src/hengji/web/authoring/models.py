"""Systems that a region writes itself: drafts, versions that were published, and what a draft would change."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings.models import PinnedSystem
from hengji.web.people.models import Region


class Draft(models.Model):
    """草稿 of an indicator system: its YAML as typed, mistakes included. ``revision`` tells who was faster."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="drafts")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)  # what it was begun from, in words
    base = models.ForeignKey(PinnedSystem, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-changed_at"]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """已发布的版本: a text that notices of the region can choose; never changed, never taken back."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="publications")
    pinned = models.ForeignKey(PinnedSystem, on_delete=models.PROTECT, related_name="publications")
    before = models.ForeignKey(PinnedSystem, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    written = models.TextField(blank=True)  # as its author wrote it, comments and all; what counts is the pinned text
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first; one text once in a region."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "pinned"], name="system_publication_once")]

    def __str__(self) -> str:
        return str(self.pinned)


class Trial(models.Model):
    """试算: what a draft would make of this year's filings, a line a department."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="trials")
    revision = models.PositiveIntegerField()  # of the draft that was tried
    year = models.PositiveSmallIntegerField()
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    lines = models.JSONField(default=list)
    done = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"试算 {self.draft}"
