"""The search of long texts for a pattern: only where a word stands that every match must hold."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from hengji.model.clauses import Clause
from hengji.model.places import Places, places_in

LONG = 1000  # characters from which on a text is worth more than a plain scan
_DENSE = 6  # a try to match costs as much as the scan of so many characters
_FEW = 16  # tries that cost no more than looking at another clause


class Scan:
    """``search`` and ``finditer`` of a pattern with clauses, with the same results as those of ``re``."""

    def __init__(self, compiled: re.Pattern[str], clauses: tuple[Clause, ...]) -> None:
        self._compiled = compiled
        self._clauses = clauses

    def search(self, string: str, *span: int) -> re.Match[str] | None:
        """The first match."""
        starts = self._starts(string, span)
        if starts is None:
            return self._compiled.search(string, *span)
        return next(self._at(string, starts), None)

    def finditer(self, string: str, *span: int) -> Iterator[re.Match[str]]:
        """The matches in order, none overlapping the one before."""
        starts = self._starts(string, span)
        return self._compiled.finditer(string, *span) if starts is None else self._at(string, starts)

    def _at(self, text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
        """The matches that begin at these places; a pattern with clauses has no empty ones."""
        end = 0
        for match in filter(None, map(partial(self._compiled.match, text), starts)):
            if match.start() >= end:
                yield match
                end = match.end()

    def _starts(self, text: str, span: tuple[int, ...]) -> Sequence[int] | None:
        """Where alone a match can begin, or None where a plain scan finds out as soon."""
        if span or len(text) < LONG:
            return None
        places = places_in(text)
        return _starts(self._clauses, places, len(text) // _DENSE) if places is not None else None


def _starts(clauses: tuple[Clause, ...], places: Places, most: int) -> Sequence[int] | None:
    """Where a match that holds a word of each clause can begin, by the clause that leaves the fewest starts."""
    best: Clause | None = None
    last = -1  # place of a word, behind which no match begins
    for clause in clauses:
        held = () if places.heads.isdisjoint(clause.heads) else places.of_any(clause.words)
        if not held:
            return ()
        last = held[-1] if last < 0 else min(last, held[-1])
        count = len(held) * (clause.before + 1)
        if count <= most:
            best, most = clause, count
        if most <= _FEW:
            break
    if best is None:
        return None
    starts = _before(best, places)
    return starts[: bisect_right(starts, last)]


def _before(clause: Clause, places: Places) -> Sequence[int]:
    """Every place at which a match that holds a word of a clause can begin."""
    begins = places.of_any(clause.words)
    if not clause.before:
        return begins
    starts: list[int] = []
    done = 0
    for at in begins:
        starts += range(max(at - clause.before, done), at + 1)
        done = at + 1
    return starts
