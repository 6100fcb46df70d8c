"""How the approval and the disclosure of budgets and accounts are told (publicity.yaml)."""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from hengji.library.texts import load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "publicity.yaml"


@dataclass(frozen=True, slots=True)
class Publicity:
    """The words of publicity.yaml, each field one form."""

    approved: re.Pattern[str]
    public: re.Pattern[str]
    matters: re.Pattern[str]
    required: re.Pattern[str]
    others: re.Pattern[str]
    online: re.Pattern[str]
    gone: re.Pattern[str]
    exempt: re.Pattern[str]
    foreign: re.Pattern[str]


@cache
def load_publicity() -> Publicity:
    """How disclosure is told."""
    data = load_yaml(_FILE)
    return Publicity(*(pattern(str(data[field.name])) for field in fields(Publicity)))
