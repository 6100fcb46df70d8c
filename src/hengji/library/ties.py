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
class PairTie:
    """A budget and the spending under it, part by part; a part may be the sum of several items."""

    names: tuple[str, ...]
    budget: str
    budget_parts: tuple[tuple[str, ...], ...]
    actual: str
    actual_parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties of the library."""

    sums: tuple[SumTie, ...]
    pairs: tuple[PairTie, ...]


@cache
def load_ties() -> Ties:
    """The ties of ties.yaml."""
    data = load_yaml(Path(__file__).parent / "ties.yaml")
    sums, pairs = data["sums"], data["pairs"]
    assert isinstance(sums, list)
    assert isinstance(pairs, list)
    return Ties(
        tuple(SumTie(t["name"], t["whole"], tuple(t["parts"]), tuple(t.get("optional", ()))) for t in sums),
        tuple(_pair(t) for t in pairs),
    )


def _pair(tie: dict[str, dict[str, list[list[str]]]]) -> PairTie:
    budget, actual = tie["budget"], tie["actual"]
    return PairTie(
        tuple(str(name) for name in tie["names"]),
        str(budget["whole"]),
        tuple(tuple(part) for part in budget["parts"]),
        str(actual["whole"]),
        tuple(tuple(part) for part in actual["parts"]),
    )
