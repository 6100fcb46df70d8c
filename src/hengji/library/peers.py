"""How figures of others are told beside a unit's own, and what those in post may hold at most (norms.yaml)."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "norms.yaml"


@dataclass(frozen=True, slots=True)
class Holding:
    """What those in post hold: the form of its name, its units, the most each."""

    name: str
    form: re.Pattern[str]
    units: tuple[str, ...]
    most: Fraction


@dataclass(frozen=True, slots=True)
class PeerWords:
    """How figures of others and the unit's own are told, which of them are costs and which are results."""

    peers: re.Pattern[str]
    own: re.Pattern[str]
    costs: re.Pattern[str]
    outcomes: re.Pattern[str]


@cache
def load_peer_words() -> PeerWords:
    """The words on peers."""
    data = load_yaml(_FILE)
    return PeerWords(*(pattern(str(data[key])) for key in ("peers", "own", "costs", "outcomes")))


@cache
def load_holdings() -> tuple[Holding, ...]:
    """What is held."""
    listed = load_yaml(_FILE)["holdings"]
    assert isinstance(listed, list)
    return tuple(
        Holding(str(h["name"]), pattern(str(h["form"])), tuple(h["units"]), Fraction(str(h["most"]))) for h in listed
    )
