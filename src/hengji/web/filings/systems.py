"""Pinned indicator systems: the text a filing was begun with is the text it is scored with."""

from functools import lru_cache

from hengji.library import load_dictionary, load_system, load_system_text
from hengji.model.system import IndicatorSystem
from hengji.web.filings.models import PinnedSystem


@lru_cache(maxsize=64)
def _read(sha256: str, text: str) -> IndicatorSystem:  # noqa: ARG001 - the hash is the cache's key in short
    return load_system_text(text, load_dictionary())


def system_of(pinned: PinnedSystem) -> IndicatorSystem:
    """The system behind a pinned text; each is read once a process."""
    return _read(pinned.sha256, pinned.text)


def pin(system_id: str) -> PinnedSystem:
    """The library's system of that id, pinned as it stands today."""
    system = load_system(system_id)
    said = {"system": system.id, "version": system.version, "name": system.name, "text": system.text}
    return PinnedSystem.objects.get_or_create(sha256=system.sha256, defaults=said)[0]
