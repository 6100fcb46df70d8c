"""Inquiry letters and the problems to be put right."""

from typing import ClassVar

from django.db import models

from hengji.web.filings import tables
from hengji.web.filings.models import Stated, once


class LetterRow(Stated):
    """问询函: what the bureau asks in writing, until when, and what the department answered."""

    table = tables.LETTER
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    dated = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    due = models.CharField(max_length=10, blank=True)
    answer = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.LETTER)

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"l{self.number}"


class ProblemRow(Stated):
    """整改: one problem, who mends it until when, how, the proof, and whether it was accepted.

    ``state`` is open, done (put forward by the department) or accepted; ``since`` the year in which it was first found.
    """

    table = tables.PROBLEM
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=40, blank=True)
    leaf = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    owner = models.CharField(max_length=60, blank=True)
    due = models.CharField(max_length=10, blank=True)
    measure = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="open")
    note = models.TextField(blank=True)
    since = models.PositiveSmallIntegerField()

    class Meta:
        """One number once."""

        constraints: ClassVar = once(tables.PROBLEM)

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"p{self.number}"
