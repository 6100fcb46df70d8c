"""Pattern -> initials: the characters that a match can begin with, read off the tree of Python's own parser."""

import re
from collections.abc import Sequence
from typing import Any

_MOST = 128  # characters above which looking for them costs as much as the scan
_PASSED = frozenset(("",))  # what a node that may match nothing can begin with besides
_DIGITS = "0123456789"
_ZERO_WIDTH = frozenset(("ASSERT", "ASSERT_NOT", "AT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_Tree = Any  # the parser has no types


def initials_of(items: _Tree) -> frozenset[str]:
    """The characters one of which begins every match of a sequence of nodes; none where they are many, or not known.

    A digit is one of ASCII here.
    """
    found = _initials(items)
    return frozenset() if found is None or "" in found or len(found) > _MOST else found


def _initials(items: _Tree) -> frozenset[str] | None:
    """The same of a part of a pattern: with the empty string where it may match nothing; None where anything can begin it."""
    found = _PASSED
    for op, value in items:
        name = str(op)
        if name not in _ZERO_WIDTH:
            own = _of_node(name, value)
            if own is None or "" not in own:
                return own if own is None else own | (found - _PASSED)
            found |= own
    return found


def _of_node(name: str, value: _Tree) -> frozenset[str] | None:
    if name == "LITERAL":
        return frozenset(chr(value))
    if name == "IN":
        return _class(value)
    if name == "SUBPATTERN" and not value[1] & re.IGNORECASE:
        return _initials(value[3])
    if name == "ATOMIC_GROUP":
        return _initials(value)
    if name in _REPEATS:
        own = _initials(value[2])
        return own if own is None or value[0] else own | _PASSED
    if name == "BRANCH":
        each = [own for own in map(_initials, value[1]) if own is not None]
        return frozenset[str]().union(*each) if len(each) == len(value[1]) else None
    return None


def _class(members: Sequence[tuple[object, Any]]) -> frozenset[str] | None:
    """The characters of a class, None where they are many."""
    found: set[str] = set()
    for op, value in members:
        if str(op) == "LITERAL":
            found.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_DIGIT":
            found.update(_DIGITS)
        else:
            return None
    return frozenset(found)
