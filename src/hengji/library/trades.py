"""Whose money a rule is for, and by which words a report speaks of it (trades.yaml)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "trades.yaml"


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade with money of its own: how the titles of its rules name it, and the words of those who have to do with it."""

    titled: re.Pattern[str]
    told: re.Pattern[str]


@cache
def load_trades() -> tuple[Trade, ...]:
    """The trades of trades.yaml."""
    listed = load_yaml(_FILE)["trades"]
    assert isinstance(listed, list)
    return tuple(Trade(pattern(str(each["titles"])), pattern(str(each["words"]))) for each in listed)


@cache
def load_money_titles() -> re.Pattern[str]:
    """How the title of a rule for money ends."""
    return pattern(str(load_yaml(_FILE)["money"]))
