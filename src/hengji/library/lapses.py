"""Loads the lapses that a report tells in passing, and how a leaf says that there was none of them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lapse:
    """One kind of lapse: which leaves answer for it, how they claim that there is none, and how one is told.

    ``near`` asks for a word that both share, ``bare`` for no number, and ``allowed`` holds what was permitted against a leaf too.
    """

    name: str
    leaves: re.Pattern[str]
    claims: re.Pattern[str]
    told: re.Pattern[str]
    things: re.Pattern[str]
    unless: re.Pattern[str] | None
    near: bool
    bare: bool
    allowed: bool


@cache
def load_lapses() -> tuple[Lapse, ...]:
    """The lapses of lapses.yaml."""
    listed = load_yaml(_FOLDER / "lapses.yaml")["lapses"]
    assert isinstance(listed, list)
    return tuple(
        Lapse(
            str(each["lapse"]),
            pattern(str(each["leaves"])),
            pattern(str(each["claims"])),
            pattern(str(each["told"])),
            pattern(str(each["things"])),
            pattern(str(each["unless"])) if each.get("unless") else None,
            each.get("near") == "true",
            each.get("bare") == "true",
            each.get("allowed") == "true",
        )
        for each in listed
    )
