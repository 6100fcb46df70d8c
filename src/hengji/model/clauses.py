"""Pattern -> clauses: the words one of which every match must hold, read off the tree of Python's own parser.

As RE2's FilteredRE2 does it: a text without any word of a clause holds no match, and needs no scan. What is not
understood gives no clause, never a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hengji.model.initials import initials_of

UNBOUNDED = 1 << 16  # characters from which on a width is no bound
_MOST_SPELLED = 32  # words that a stretch of a pattern may be spelled out as
_MOST_WORDS = 128  # words of a clause above which looking for them costs as much as the scan
_MOST_CLAUSES = 6  # of a pattern: the rarest by their look
_SMALL = 12  # characters of a class that may stand for so many words
_ZERO_WIDTH = frozenset(("ASSERT", "ASSERT_NOT", "AT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_WORDLESS = frozenset(("ANY", "CATEGORY", "FAILURE", "GROUPREF", "GROUPREF_EXISTS", "IN", "NOT_LITERAL"))
_EMPTY = frozenset(("",))
_Tree = Any  # the parser has no types


@dataclass(frozen=True, slots=True)
class Clause:
    """Words one of which every match holds, and the most characters of the match that can stand in front of it."""

    words: tuple[str, ...]
    before: int
    heads: frozenset[str] = field(init=False, repr=False, compare=False)  # the first two characters of each word

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset([word[:2] for word in self.words]))


def clauses_of(text: str, flags: int = 0) -> tuple[Clause, ...]:
    """What every match of a pattern holds: a word of each of these clauses, the characters that can begin it among them.

    None where a letter may match in another case, where a match may be empty, and where the parser says what is not
    known here.
    """
    try:
        tree = re._parser.parse(text, flags)  # noqa: SLF001 - there is no public one
        if tree.state.flags & re.IGNORECASE or tree.getwidth()[0] < 1:
            return ()
        clauses = sorted(_clauses(tree, 0), key=_commonness)[:_MOST_CLAUSES]
        initials = initials_of(tree) if all(clause.before for clause in clauses) else ()
        return (*clauses, Clause(tuple(sorted(initials)), 0)) if initials else tuple(clauses)
    except (AttributeError, LookupError, TypeError, ValueError):  # a parser of another Python
        return ()


def _commonness(clause: Clause) -> int:
    """How often the words are likely to stand in a text: Chinese characters alone often, marks and digits oftener."""
    return sum(1 if len(word) > 1 else 12 if word > "\u3400" else 60 for word in clause.words)


def _clauses(items: _Tree, before: int) -> list[Clause]:
    """The clauses of a sequence of nodes that has so many characters in front of it at most."""
    found: list[Clause] = []
    run, at = _EMPTY, before
    for op, value in items:
        name = str(op)
        if name in _ZERO_WIDTH:  # what stands on its two sides still stands together
            if name == "ASSERT" and value[0] > 0:
                found += _clauses(value[1], at + _longest(run))
            continue
        words = _words(name, value)
        if words and len(run) * len(words) <= _MOST_SPELLED:
            run = _joined(run, words)
            continue
        found += _said(run, at)
        at += _longest(run)
        run = words or _EMPTY
        if not words:
            found += _within(name, value, at)
            at = min(at + _width(items, op, value), UNBOUNDED)
    return found + _said(run, at)


def _said(run: frozenset[str], before: int) -> list[Clause]:
    return [] if "" in run else [Clause(tuple(sorted(run)), before)]


def _longest(run: Iterable[str]) -> int:
    return max(map(len, run))


def _joined(run: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    return frozenset(one + word for one in run for word in words)


def _width(items: _Tree, op: object, value: object) -> int:
    """The most characters that a node of a sequence takes."""
    return min(int(type(items)(items.state, [(op, value)]).getwidth()[1]), UNBOUNDED)


def _words(name: str, value: _Tree) -> frozenset[str]:
    """All that a node can match where that is a few words, else nothing."""
    if name == "LITERAL":
        return frozenset(chr(value))
    if name == "IN":
        return _class(value)
    if name == "SUBPATTERN":
        if value[1] & re.IGNORECASE:
            raise ValueError(name)
        return _spelled(value[3])
    if name == "BRANCH":
        each = [_spelled(part) for part in value[1]]
        words = frozenset[str]().union(*each)
        return words if all(each) and len(words) <= _MOST_SPELLED else frozenset()
    return frozenset()


def _spelled(items: _Tree) -> frozenset[str]:
    """All that a sequence of nodes can match where that is a few words, else nothing."""
    run = _EMPTY
    for op, value in items:
        words = _words(str(op), value)
        if not words or len(run) * len(words) > _MOST_SPELLED:
            return frozenset()
        run = _joined(run, words)
    return run


def _class(members: Sequence[tuple[object, Any]]) -> frozenset[str]:
    """The characters of a small class, else nothing."""
    found: set[str] = set()
    for op, value in members:
        if str(op) == "LITERAL":
            found.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _SMALL:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return frozenset()
    return frozenset(found) if len(found) <= _SMALL else frozenset()


def _within(name: str, value: _Tree, before: int) -> list[Clause]:
    """The clauses of a node that can match more than a few words."""
    if name == "BRANCH":
        return _of_one_branch(_clauses(part, before) for part in value[1])
    if name in _REPEATS:
        return _clauses(value[2], before) if value[0] else []
    if name == "SUBPATTERN":
        return _clauses(value[3], before)
    if name == "ATOMIC_GROUP":
        return _clauses(value, before)
    if name not in _WORDLESS:
        raise ValueError(name)
    return []


def _of_one_branch(branches: Iterator[list[Clause]]) -> list[Clause]:
    """One clause that holds whichever branch is taken: the best of each together."""
    words: set[str] = set()
    before = 0
    for clauses in branches:
        if not clauses:
            return []
        best = min(clauses, key=_commonness)
        words.update(best.words)
        before = max(before, best.before)
    return [Clause(tuple(sorted(words)), before)] if len(words) <= _MOST_WORDS else []
