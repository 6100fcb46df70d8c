"""Scores as they stand, one row a filing and one a leaf, so that boards and statistics need not score two hundred filings.

Derived, never a figure of record: whole hundredths of a point, as printed. The exact scores are in the snapshots.
"""

from typing import ClassVar

from django.db import models

from hengji.web.filings.models import FilingRow


class Summary(models.Model):
    """得分摘要 of one filing as of a revision: the four scores, the base beside them, and what is doubtful."""

    filing = models.OneToOneField(FilingRow, on_delete=models.CASCADE, related_name="summary")
    revision = models.PositiveIntegerField()
    claimed = models.IntegerField(null=True)  # ○ 自评
    computed = models.IntegerField(null=True)  # ◇ 系统: only where no leaf rests on the claim
    reviewed = models.IntegerField(null=True)  # ● 复核
    final = models.IntegerField(null=True)  # ■ 定稿
    base = models.IntegerField(null=True)
    raw = models.IntegerField(null=True)
    resting = models.IntegerField(default=0)  # the points that figures or statements bear out
    full = models.IntegerField(null=True)
    grade = models.CharField(max_length=20, blank=True)  # of the furthest score there is
    errors = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    leaves = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)  # why nothing could be scored
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.filing} {self.revision}"


class LeafLine(models.Model):
    """One leaf's points and scores; ``system`` and ``leaf`` compare it across filings."""

    filing = models.ForeignKey(FilingRow, on_delete=models.CASCADE, related_name="leaf_lines")
    number = models.PositiveSmallIntegerField()  # in the order of the tree
    leaf = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    full = models.IntegerField(null=True)
    standing = models.CharField(max_length=20)
    claimed = models.IntegerField(null=True)
    computed = models.IntegerField(null=True)
    reviewed = models.IntegerField(null=True)
    final = models.IntegerField(null=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "leaf"], name="leaf_line_once")]
        ordering: ClassVar = ["filing_id", "number"]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.leaf}"
