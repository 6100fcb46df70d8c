"""What the bureau writes beside a filing: formal check, judgement of each leaf, questions, opinions and objections."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.models import FilingRow, Stated, once
from hengji.web.people.models import Region


class FormalRow(Stated):
    """形式审核: one point of the formal check, whether it passed, and what is missing."""

    table = tables.FORMAL
    point = models.CharField(max_length=40)
    passed = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        """One point once."""

        constraints: ClassVar = once(tables.FORMAL)


class ReviewRow(Stated):
    """复核判定 of one leaf: the reviewed score as text, and the deduction that led to it.

    ``score`` and ``amount`` are exact, a decimal or a fraction (500/97); together they are the claimed score that was
    judged, so that a judgement of what has changed since is known. ``gravity`` is a share of the published tariff (30,
    60, 100), ``system`` for the computed score, ``free`` for an amount of one's own, or nothing where the score was
    accepted. ``part`` is the part of the leaf the share is of (nothing: the whole leaf), ``code`` the finding it rests
    on, ``judge`` the number of the person who judged.
    """

    table = tables.REVIEW
    leaf = models.CharField(max_length=40)
    score = models.CharField(max_length=40)
    gravity = models.CharField(max_length=10, blank=True)
    amount = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    code = models.CharField(max_length=10, blank=True)
    judge = models.PositiveBigIntegerField(null=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.REVIEW)


class MessageRow(Stated):
    """问答: one message; ``thread`` is the number of the message that began it, ``closed`` is kept on that one.

    ``evidence`` are its files as ``hengji.web.reviews.proofs`` writes them.
    """

    table = tables.MESSAGE
    number = models.PositiveIntegerField()
    thread = models.PositiveIntegerField()
    leaf = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=10)  # bureau, department
    text = models.TextField()
    evidence = models.TextField(blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.MESSAGE)


class OpinionRow(Stated):
    """意见与申诉 of one leaf: the bureau's opinion, the department's answer, the decision and the final score.

    ``answer`` is accept, object or nothing yet; ``decision`` keep, change or nothing yet; ``final`` an exact score.
    ``evidence`` are files as ``hengji.web.reviews.proofs`` writes them.
    """

    table = tables.OPINION
    leaf = models.CharField(max_length=40)
    opinion = models.TextField(blank=True)
    answer = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    decision = models.CharField(max_length=10, blank=True)
    why = models.TextField(blank=True)
    final = models.CharField(max_length=40, blank=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.OPINION)


class Sample(models.Model):
    """抽样: a draw of filings of one year; the seed may be typed before the draw and is frozen after."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="samples")
    year = models.PositiveSmallIntegerField("评价年度")
    name = models.CharField("名称", max_length=120)
    by = models.CharField("分层", max_length=10, blank=True)  # kind, grade or nothing
    seed = models.CharField("种子", max_length=60)
    sizes = models.JSONField(default=dict)  # stratum: how many to draw
    method = models.PositiveSmallIntegerField(default=1)  # of sampling.METHODS
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-year", "-pk"]

    def __str__(self) -> str:
        return self.name


class SampleUnit(models.Model):
    """One filing of a drawn sample's frame, as it stood at the draw: its stratum, draw number and place."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="units")
    filing = models.ForeignKey(FilingRow, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=120)  # as it was hashed
    stratum = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()  # within its stratum, from 1
    drawn = models.BooleanField(default=False)

    class Meta:
        """Once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["sample", "filing"], name="sample_unit_once")]
        ordering: ClassVar = ["stratum", "place"]

    def __str__(self) -> str:
        return f"{self.department} {self.place}"
