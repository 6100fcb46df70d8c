"""How honours are told that do not count for a unit (honours.yaml)."""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "honours.yaml"


@dataclass(frozen=True, slots=True)
class HonourWords:
    """Each field one form of honours.yaml."""

    pending: re.Pattern[str]
    unwritten: re.Pattern[str]
    personal: re.Pattern[str]
    persons_count: re.Pattern[str]


@cache
def load_honour_words() -> HonourWords:
    """The words on honours."""
    data = load_yaml(_FILE)
    return HonourWords(*(pattern(str(data[field.name])) for field in fields(HonourWords)))
