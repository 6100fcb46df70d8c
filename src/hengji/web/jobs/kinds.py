"""Kinds of jobs: each one function, registered by name, that takes a ``Work`` and gives an ``Outcome``."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hengji.web.filings.models import FilingRow
from hengji.web.jobs.models import Job, State
from hengji.web.people.models import User

_PAUSE = 0.5  # seconds between two notes of progress: a page asks every two


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: a sentence, where to look at it, or the name of the file it wrote to ``Work.place``."""

    sentence: str = ""
    address: str = ""
    file: str = ""


class Overtaken(Exception):
    """Another process has taken this job over; whoever is at it stops."""


@dataclass(slots=True)
class Work:
    """What the function of a job is given, and how it tells how far it is."""

    job: int
    run: int
    user: User
    filing: FilingRow | None
    arguments: dict[str, object]
    told: float = field(default=0.0)

    @property
    def place(self) -> Path:
        """Where the file of the result is written."""
        return place_of(self.job)

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """Notes how far the work is. May be called for every single file: it writes no more often than pages ask.

        Raises Overtaken where another process is at it by now.
        """
        now = time.monotonic()
        if now - self.told < _PAUSE and done < total:
            return
        self.told = now
        noted = {"done": done, "total": total, "sentence": sentence, "beat_at": timezone.now()}
        if not Job.objects.filter(pk=self.job, run=self.run, state=State.RUNNING).update(**noted):
            raise Overtaken


Function = Callable[[Work], Outcome]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name in the database, what pages call it, and the function."""

    name: str
    title: str
    function: Function


KINDS: dict[str, Kind] = {}


def kind(name: str, title: str) -> Callable[[Function], Function]:
    """Registers a function as a kind of job; the module must be called ``background`` and lie in an app."""

    def register(function: Function) -> Function:
        assert KINDS.get(name, Kind(name, title, function)).function is function, f"two kinds are called {name}"
        KINDS[name] = Kind(name, title, function)
        return function

    return register


def place_of(job: int) -> Path:
    """The file of a job's result."""
    return Path(settings.JOBS) / str(job)
