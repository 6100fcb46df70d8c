"""Loads the ties between data items (勾稽关系)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml


@dataclass(frozen=True, slots=True)
class SumTie:
    """A whole that is the sum of its parts; ``optional`` parts may be absent."""

    name: str
    whole: str
    parts: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties of the library."""

    sums: tuple[SumTie, ...]


@cache
def load_ties() -> Ties:
    """The ties of ties.yaml."""
    data = load_yaml(Path(__file__).parent / "ties.yaml")
    sums = data["sums"]
    assert isinstance(sums, list)
    return Ties(tuple(SumTie(t["name"], t["whole"], tuple(t["parts"]), tuple(t.get("optional", ()))) for t in sums))
