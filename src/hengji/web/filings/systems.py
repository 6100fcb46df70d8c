"""Pinned indicator systems: the text a filing was begun with is the text it is scored with."""

from functools import lru_cache

from hengji.library import load_dictionary, load_system, load_system_text
from hengji.model.system import IndicatorSystem, in_year
from hengji.web.filings.models import PinnedSystem

_MOST = 64
_read: dict[str, IndicatorSystem] = {}


def system_of(pinned: PinnedSystem) -> IndicatorSystem:
    """The system behind a pinned text; each is read once a process, and its text asked for only then."""
    known = _read.get(pinned.sha256)
    if known is None:
        if len(_read) >= _MOST:
            _read.clear()
        known = _read[pinned.sha256] = load_system_text(pinned.text, load_dictionary())
    return known


@lru_cache(maxsize=_MOST)
def _in_year(sha256: str, year: int) -> IndicatorSystem:
    return in_year(_read[sha256], year)


def system_in(pinned: PinnedSystem, year: int) -> IndicatorSystem:
    """The same, as it stands for one year."""
    system_of(pinned)
    return _in_year(pinned.sha256, year)


def pin(system_id: str) -> PinnedSystem:
    """The library's system of that id, pinned as it stands today."""
    system = load_system(system_id)
    said = {"system": system.id, "version": system.version, "name": system.name, "text": system.text}
    return PinnedSystem.objects.get_or_create(sha256=system.sha256, defaults=said)[0]
