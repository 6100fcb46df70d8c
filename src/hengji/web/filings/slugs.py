"""ASCII names for addresses and ids: a data item, a register and a chapter are known by Chinese names."""

import hashlib
from collections.abc import Iterable

from django.http import Http404


def slug(name: str) -> str:
    """The short name of a Chinese name: always the same, and of letters and digits only."""
    return "n" + hashlib.sha256(name.encode()).hexdigest()[:10]


def named(short: str, names: Iterable[str]) -> str:
    """The name behind a short name. Raises Http404 where none of them is meant."""
    for name in names:
        if slug(name) == short:
            return name
    raise Http404
