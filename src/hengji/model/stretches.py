"""Which stretches of a long text (its sentences, its paragraphs) may hold a match of a pattern at all."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from hengji.model.clauses import Clause, clauses_of
from hengji.model.places import places_in


def holding(form: re.Pattern[str], text: str, starts: Sequence[int]) -> Sequence[int]:
    """Which of the stretches that begin at these places of a text hold a word that every match must hold; all where none is known."""
    clauses = _clauses(form.pattern, form.flags)
    places = places_in(text) if clauses else None
    if places is None:
        return range(len(starts))
    if any(places.heads.isdisjoint(clause.heads) for clause in clauses):
        return ()
    rarest = min((places.of_any(clause.words) for clause in clauses), key=len)
    held = {bisect_right(starts, at) - 1 for at in rarest}
    return sorted(held - {-1})


@cache
def _clauses(pattern: str, flags: int) -> tuple[Clause, ...]:
    return clauses_of(pattern, flags)
