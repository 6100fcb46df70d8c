"""What of a person is nobody else's business, and whom a unit deals with (persons.yaml)."""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "persons.yaml"


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """Each field one form of persons.yaml."""

    clients: re.Pattern[str]
    health: re.Pattern[str]
    home: re.Pattern[str]
    young: re.Pattern[str]
    paid: re.Pattern[str]
    named_columns: re.Pattern[str]
    private_columns: re.Pattern[str]


@cache
def load_private_words() -> PrivateWords:
    """The words on private matters."""
    data = load_yaml(_FILE)
    return PrivateWords(*(pattern(str(data[field.name])) for field in fields(PrivateWords)))
