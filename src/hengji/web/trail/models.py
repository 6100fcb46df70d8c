"""One entry of the trail; entries are added and read, never changed or removed."""

from typing import ClassVar

from django.db import models

from hengji.web.filings.models import FilingRow

_SHA = 64


class Entry(models.Model):
    """修改记录: who did what, when, to which place, before and after, why; and the hash that chains it to the last.

    Everything hashed is kept as the text that was hashed.
    """

    filing = models.ForeignKey(FilingRow, on_delete=models.PROTECT, related_name="trail")
    number = models.PositiveIntegerField()
    at = models.CharField(max_length=40)  # ISO 8601, UTC
    who = models.PositiveBigIntegerField(null=True)
    name = models.CharField(max_length=120)
    act = models.CharField(max_length=20)
    table = models.CharField(max_length=20)
    place = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    previous = models.CharField(max_length=_SHA, blank=True)
    sha256 = models.CharField(max_length=_SHA)

    class Meta:
        """Numbered without gaps within a filing."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "number"], name="entry_once")]
        ordering: ClassVar = ["filing_id", "number"]

    def __str__(self) -> str:
        return f"{self.filing_id}#{self.number} {self.act}"
