"""What a template or a model text leaves behind, by form (residue.yaml)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "residue.yaml"


@dataclass(frozen=True, slots=True)
class Leftover:
    """One kind of what is left: what a message calls it, its form, and whether a ticked box in its line makes it none."""

    told: str
    form: re.Pattern[str]
    empty: bool


@cache
def load_leftovers() -> tuple[Leftover, ...]:
    """The forms of residue.yaml."""
    listed = load_yaml(_FILE)["forms"]
    assert isinstance(listed, list)
    return tuple(
        Leftover(str(each["told"]), pattern(str(each["form"]), re.MULTILINE), "empty" in each) for each in listed
    )


@cache
def load_instructions() -> re.Pattern[str]:
    """By which words brackets are known to tell the writer what to write."""
    return pattern(str(load_yaml(_FILE)["instructs"]))
