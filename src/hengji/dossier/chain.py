"""The chain (校验链): the one text of a value, and the hash of everything an entry says."""

import hashlib
import json
import re
from collections.abc import Mapping

from hengji.model.patterns import pattern

HASHED = ("number", "at", "who", "name", "act", "table", "place", "before", "after", "why", "previous")


def text_of(value: object) -> str:
    """The one text of a value; nothing is an empty text."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(filing: int, said: Mapping[str, object]) -> str:
    """The hash of what an entry of a filing says, its forerunner's hash included."""
    hashed = {name: said[name] for name in HASHED} | {"filing": filing}
    return hashlib.sha256(text_of(hashed).encode()).hexdigest()


def said_in(text: str) -> dict[str, object]:
    """What a text of the chain says of a row; nothing where it says nothing readable."""
    try:
        said = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


_PROOF = pattern(r"^([0-9a-f]{64}) \d+ (.+)$", re.MULTILINE)


def named_in(says: Mapping[str, object]) -> list[tuple[str, str]]:
    """The files that go with an answer or a problem, by hash and name: its text names them, a line each."""
    text = says.get("evidence")
    return _PROOF.findall(text) if isinstance(text, str) else []


def state_text(says: Mapping[str, object], told: str) -> str:
    """Where a filing stands, as text to be compared with what was told of it last.

    A mark that did not exist when the last entry was made must be unset.
    """
    known = said_in(told)
    return text_of({name: mark for name, mark in says.items() if name in known or not told or mark})


def differences(
    told: Mapping[tuple[str, str], str], found: Mapping[tuple[str, str], str], words: Mapping[str, str]
) -> list[str]:
    """The places at which the rows (``found``) are not what the last entries about them say (``told``)."""
    stated = {place: after for place, after in told.items() if after}
    return [
        f"{words.get(table, table)}{place}与修改记录不一致"
        for table, place in sorted(stated.keys() | found.keys())
        if stated.get((table, place)) != found.get((table, place))
    ]
