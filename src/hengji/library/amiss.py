"""Facts amiss in whatever field, and the things by which they are held against a leaf (amiss.yaml)."""

import re
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "amiss.yaml"


def _listed(key: str) -> list[object]:
    listed = load_yaml(_FILE)[key]
    assert isinstance(listed, list)
    return listed


@cache
def load_amiss() -> re.Pattern[str]:
    """What by itself tells that something is broken, gone, stopped, feigned or out of time."""
    return pattern("|".join(str(each) for each in _listed("facts")))


@cache
def load_feigned() -> re.Pattern[str]:
    """What tells that something counted as done was feigned."""
    return pattern(str(load_yaml(_FILE)["feigned"]))


@cache
def load_of_itself() -> re.Pattern[str]:
    """What a leaf may tell of itself, and keep no full marks."""
    return pattern("|".join(str(each) for each in _listed("of_itself")))


@cache
def load_good() -> re.Pattern[str]:
    """How a leaf says that all is well."""
    return pattern("|".join(str(each) for each in _listed("good")))


@cache
def load_states() -> re.Pattern[str]:
    """The words in the names of leaves that answer for how things stand, and not for how many were done."""
    return pattern(str(load_yaml(_FILE)["states"]))


@cache
def load_kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The words of things in a fact, each with the words of the leaves that answer for them."""
    return tuple((pattern(str(fact)), pattern(str(leaf))) for fact, leaf in map(_pair, _listed("things")))


def _pair(listed: object) -> tuple[object, object]:
    assert isinstance(listed, list)
    fact, leaf = listed
    return fact, leaf
