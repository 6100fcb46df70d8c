"""What was made public, as it was frozen; and what is proposed to be done with a result."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.models import FilingRow, Stated, once

_SHA = 64


class PublicationRow(Stated):
    """公开 in a filing's chain: the hash of what was made public, and whether it was withdrawn."""

    table = tables.PUBLICATION
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=_SHA)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.PUBLICATION)


class UseRow(Stated):
    """结果应用: what is proposed for a budget year where it is not what the rule says, and why."""

    table = tables.USE
    budget_year = models.PositiveSmallIntegerField()
    proposal = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta:
        """One budget year once."""

        constraints: ClassVar = once(tables.USE)


class Publication(models.Model):
    """公开内容: frozen on the day, exact and masked; ``digest`` is the hash of ``content`` that the chain holds.

    The figures beside it are there for lists: whole hundredths, taken from the content.
    """

    filing = models.ForeignKey(FilingRow, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.TextField()
    digest = models.CharField(max_length=_SHA)
    claimed = models.IntegerField(null=True)
    final = models.IntegerField(null=True)
    grade = models.CharField(max_length=20, blank=True)
    docx = models.CharField(max_length=_SHA, blank=True)
    pdf = models.CharField(max_length=_SHA, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One number once; one that stands, a filing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["filing"], condition=models.Q(withdrawn_at=None), name="publication_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.number}"
