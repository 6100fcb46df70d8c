"""What the bureau writes beside a filing: formal check, judgement of each leaf, questions, opinions and objections."""

from typing import ClassVar

from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.models import Stated, once


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

    ``gravity`` is a share of the published tariff (30, 60, 100), ``free`` for an amount of one's own, or nothing where the
    score was accepted. ``code`` is the finding it rests on; ``judge`` the number of the person who judged.
    """

    table = tables.REVIEW
    leaf = models.CharField(max_length=40)
    score = models.CharField(max_length=40)
    gravity = models.CharField(max_length=10, blank=True)
    amount = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    code = models.CharField(max_length=10, blank=True)
    judge = models.PositiveBigIntegerField(null=True)

    class Meta:
        """One leaf once."""

        constraints: ClassVar = once(tables.REVIEW)


class MessageRow(Stated):
    """问答: one message; ``thread`` is the number of the message that began it, ``closed`` is kept on that one."""

    table = tables.MESSAGE
    number = models.PositiveIntegerField()
    thread = models.PositiveIntegerField()
    leaf = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=10)  # bureau, department
    text = models.TextField()
    closed = models.BooleanField(default=False)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.MESSAGE)


class OpinionRow(Stated):
    """意见与申诉 of one leaf: the bureau's opinion, the department's answer, the decision and the final score.

    ``answer`` is accept, object or nothing yet; ``decision`` keep, change or nothing yet; ``final`` a score as text.
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
