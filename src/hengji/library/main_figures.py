"""The main figures of a department, by the words that call them so."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "main_figures.yaml"


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure that a report has once: its name, its unit, the words that mean it and nothing else, the data items that do.

    ``part`` where it is told as a part of another by nature.
    """

    name: str
    unit: str
    words: re.Pattern[str]
    items: tuple[str, ...]
    part: bool


@cache
def load_main_figures() -> tuple[MainFigure, ...]:
    """The figures of main_figures.yaml."""
    listed = load_yaml(_FILE)["figures"]
    assert isinstance(listed, list)
    return tuple(
        MainFigure(
            each["name"], each["unit"], pattern(str(each["words"])), tuple(each["items"]), bool(each.get("part"))
        )
        for each in listed
    )


@cache
def load_blank() -> re.Pattern[str]:
    """Words that say nothing of which figure is meant."""
    return pattern(str(load_yaml(_FILE)["blank"]))
