"""Loads the aspects in which work is well done or lacking."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect: how a leaf says that all is well in it, how it is told to be lacking; ``state`` is mended by what comes later."""

    name: str
    kept: re.Pattern[str]
    told: re.Pattern[str]
    state: bool


@cache
def load_aspects() -> tuple[Aspect, ...]:
    """The aspects of aspects.yaml."""
    listed = load_yaml(_FOLDER / "aspects.yaml")["aspects"]
    assert isinstance(listed, list)
    return tuple(
        Aspect(str(each["aspect"]), pattern(str(each["kept"])), pattern(str(each["told"])), each.get("state") == "true")
        for each in listed
    )
