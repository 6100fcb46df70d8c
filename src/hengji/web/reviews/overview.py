"""All subjects of a filing at once (总览): ○ ◇ ● ■ of each, what is judged, what is doubtful, and the sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hengji.model.finding import Severity
from hengji.model.scorecard import Scorecard
from hengji.web.filings.findings import Found
from hengji.web.filings.folder import Folder
from hengji.web.reviews.judging import stands
from hengji.web.reviews.models import MessageRow, OpinionRow, ReviewRow
from hengji.web.reviews.subjects import Subject, subjects
from hengji.web.scores.refresh import exact, settled_card
from hengji.web.states.machine import Step

_GRAVE = (Severity.ERROR, Severity.WARNING)
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One subject in the table of all: its four scores, and what a reviewer sees at a glance."""

    subject: Subject
    row: ReviewRow | None
    judged: bool
    final: Fraction | None
    doubts: int
    asked: int  # threads that are open
    top: str  # the branch of the first level it stands under

    @property
    def reviewed(self) -> Fraction | None:
        """● the reviewed score; None while it is not judged."""
        return exact(self.row.score) if self.row is not None and self.judged else None

    @property
    def lost(self) -> Fraction:
        """What the review took away."""
        return self.subject.claimed - self.reviewed if self.reviewed is not None else _NOTHING

    @property
    def stale(self) -> bool:
        """Whether it was judged upon a score that is not claimed any more."""
        return self.row is not None and not self.judged

    @property
    def needs_person(self) -> bool:
        """Whether F8 stops here: doubtful and not judged yet, or a question is open."""
        return ((self.doubts > 0 or self.subject.differs) and not self.judged) or self.asked > 0


@dataclass(frozen=True)
class Overview:
    """A filing under review."""

    folder: Folder

    @cached_property
    def rows(self) -> Mapping[str, ReviewRow]:
        """The judgements there are, by subject."""
        return {row.leaf: row for row in ReviewRow.objects.filter(filing=self.folder.row)}

    @cached_property
    def opinions(self) -> Mapping[str, OpinionRow]:
        """The opinions there are, by subject."""
        return {row.leaf: row for row in OpinionRow.objects.filter(filing=self.folder.row)}

    @cached_property
    def messages(self) -> tuple[MessageRow, ...]:
        """All questions and answers in order."""
        return tuple(MessageRow.objects.filter(filing=self.folder.row).order_by("number"))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """What is judged."""
        return subjects(self.folder)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """A line for each subject."""
        tops = self._tops()
        open_threads = [each.leaf for each in self.messages if each.thread == each.number and not each.closed]
        return tuple(
            Line(
                subject=subject,
                row=self.rows.get(subject.id),
                judged=stands(self.rows.get(subject.id), subject),
                final=self._final(subject),
                doubts=len(doubts_of(self.folder, subject)),
                asked=open_threads.count(subject.id),
                top=tops.get(subject.id, ""),
            )
            for subject in self.subjects
        )

    def _final(self, subject: Subject) -> Fraction | None:
        if self.folder.row.step not in (Step.FINAL, Step.ARCHIVED):
            opinion = self.opinions.get(subject.id)
            return exact(opinion.final) if opinion is not None else None
        opinion, row = self.opinions.get(subject.id), self.rows.get(subject.id)
        decided = exact(opinion.final) if opinion is not None else None
        return decided if decided is not None else (exact(row.score) if row is not None else None)

    def _tops(self) -> dict[str, str]:
        return {
            indicator.id: (above[0].id if above else "")
            for indicator, above in self.folder.system.walk()
            if indicator.is_leaf
        }

    @cached_property
    def groups(self) -> tuple[tuple[str, str, Fraction | None, tuple[Line, ...]], ...]:
        """The lines under their branches of the first level: id, name, points, lines; extras stand alone."""
        names = {top.id: (top.name, top.points) for top in self.folder.system.indicators if not top.is_leaf}
        order = dict.fromkeys(line.top for line in self.lines)
        return tuple(
            (top, *names.get(top, ("", None)), tuple(line for line in self.lines if line.top == top)) for top in order
        )

    def line(self, subject: str) -> Line | None:
        """The line of a subject, or None."""
        return next((line for line in self.lines if line.subject.id == subject), None)

    @cached_property
    def pending(self) -> tuple[Line, ...]:
        """What is still to be judged."""
        return tuple(line for line in self.lines if not line.judged)

    @property
    def judged_number(self) -> int:
        """How many are judged."""
        return len(self.lines) - len(self.pending)

    @cached_property
    def deducted(self) -> tuple[Line, ...]:
        """What the review has changed."""
        return tuple(line for line in self.lines if line.judged and line.lost)

    @property
    def open_threads(self) -> tuple[MessageRow, ...]:
        """The questions that are not closed."""
        return tuple(each for each in self.messages if each.thread == each.number and not each.closed)

    @cached_property
    def scores(self) -> dict[str, Fraction]:
        """The reviewed scores that stand."""
        return {line.subject.id: line.reviewed for line in self.lines if line.reviewed is not None}

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard with the reviewed scores in place."""
        return settled_card(self.folder, self.scores)

    @cached_property
    def final_card(self) -> Scorecard:
        """The scorecard with the final scores in place."""
        decided = {line.subject.id: line.final for line in self.lines if line.final is not None}
        return settled_card(self.folder, self.scores | decided)

    @cached_property
    def base(self) -> tuple[Fraction, Fraction]:
        """The reviewed base so far, and the points of what was reviewed."""
        leaves = [
            line for line in self.lines if line.subject.leaf is not None and line.judged and not line.subject.fixed
        ]
        scored = sum((line.reviewed or _NOTHING for line in leaves), _NOTHING)
        kept = [line.subject for line in self.lines if line.subject.fixed and line.judged]
        scored += sum((subject.claimed for subject in kept), _NOTHING)
        fulls = [line.subject.full or _NOTHING for line in leaves] + [subject.full or _NOTHING for subject in kept]
        return scored, sum(fulls, _NOTHING)


def doubts_of(folder: Folder, subject: Subject) -> tuple[Found, ...]:
    """The findings about a subject that ask for a person."""
    return tuple(found for found in found_of(folder, subject) if found.finding.severity in _GRAVE and not found.waived)


def found_of(folder: Folder, subject: Subject) -> tuple[Found, ...]:
    """All findings about a subject."""
    return folder.about_leaf(subject.id)
