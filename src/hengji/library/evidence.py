"""How evidence is told of, and what it can prove (evidence.yaml)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.library.texts import _texts, load_yaml
from hengji.model.patterns import pattern

_FILE = Path(__file__).parent / "evidence.yaml"


@dataclass(frozen=True, slots=True)
class Subject:
    """What papers of such ``titles`` show, and the ``words`` by which a leaf speaks of it."""

    titles: re.Pattern[str]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """How a list says that a paper is wanting and what excuses it; until when papers go on or hold; what goes on through a year; the kinds of papers."""

    wanting: re.Pattern[str]
    excused: re.Pattern[str]
    kept_until: re.Pattern[str]
    valid_until: re.Pattern[str]
    running: re.Pattern[str]
    kinds: tuple[re.Pattern[str], ...]
    subjects: tuple[Subject, ...]


_DAY = r"\s?(?P<y>20\d\d)\s?年(?:(?P<m>\d{1,2})月)?"


@cache
def load_evidence_words() -> EvidenceWords:
    """Such words of evidence.yaml."""
    data = load_yaml(_FILE)
    subjects = data["subjects"]
    assert isinstance(subjects, list)
    return EvidenceWords(
        pattern(str(data["wanting"])),
        pattern(str(data["excused"])),
        pattern(f"(?:{data['kept_until']}){_DAY}"),
        pattern(f"(?:{data['valid_until']}){_DAY}"),
        pattern(str(data["running"])),
        tuple(pattern(each) for each in _texts(data["kinds"])),
        tuple(Subject(pattern(str(each["titles"])), pattern(str(each["words"]))) for each in subjects),
    )
