"""Loads the facts by which a field of work is breached."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Breach:
    """One field: which leaves judge it, those that do so first standing first, and the facts that breach it.

    ``near`` asks for a word of its own that a leaf and the fact share, ``named`` only of leaves whose names have such words; ``things`` is what the fact must speak of.
    """

    name: str
    leaves: tuple[re.Pattern[str], ...]
    told: tuple[re.Pattern[str], ...]
    things: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    near: bool
    named: bool


@cache
def load_breaches() -> tuple[Breach, ...]:
    """The fields of breaches.yaml."""
    listed = load_yaml(_FOLDER / "breaches.yaml")["breaches"]
    assert isinstance(listed, list)
    return tuple(
        Breach(
            str(each["breach"]),
            tuple(pattern(str(form)) for form in each["leaves"]),
            tuple(pattern(str(form)) for form in each["told"]),
            _optional(each, "things"),
            _optional(each, "unless"),
            each.get("near") in ("true", "named"),
            each.get("near") == "named",
        )
        for each in listed
    )


def _optional(each: dict[str, object], key: str) -> re.Pattern[str] | None:
    return pattern(str(each[key])) if each.get(key) else None
