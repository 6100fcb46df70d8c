"""Which indicator system a report follows, told by points and names; and its figures scored by that system."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengji.extracting.filing import filing_of
from hengji.library import load_system, system_ids
from hengji.model.extraction import DocumentKind, Extraction
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import Confidence, Indicator, IndicatorSystem
from hengji.scoring import score

_ENOUGH = 0.7  # of the system's leaves that the report names with the same points
_FEWEST = 8
_TRUSTED = (Confidence.OFFICIAL, Confidence.SOURCED)  # rules that may contradict a report unasked


@dataclass(frozen=True, slots=True)
class Recognised:
    """The system, which of its leaves each item is, and the report's figures scored by it."""

    system: IndicatorSystem
    leaf_ids: Mapping[str, str]
    scorecard: Scorecard
    exact: bool = True  # every leaf of the system is in the report, and no other


def recognised(
    found: Extraction, given: IndicatorSystem | None = None, library: Path | None = None
) -> Recognised | None:
    """The given system, or the one of the library that most of the report's items match; None where none does."""
    if found.kind is not DocumentKind.OVERALL or len(found.items) < _FEWEST:
        return None
    systems = ((given, _leaves(given)),) if given is not None else _systems(library)
    best: tuple[float, IndicatorSystem, dict[str, str]] | None = None
    for system, leaves in systems:
        ids = _matched(found, leaves)
        share = len(ids) / max(1, len(leaves), len(found.items))
        if (best is None or share > best[0]) and len(ids) >= _FEWEST:
            best = (share, system, ids)
    if best is None or (best[0] < _ENOUGH and given is None):
        return None
    _, system, ids = best
    if given is None and found.year not in system.years:
        return None  # last year's report, or one without a year, is read all the same
    exact = len(ids) == len(system.leaves()) == len(found.items)
    return Recognised(
        system,
        ids,
        score(system, filing_of(found, system, ids)),
        given is not None or (exact and system.confidence in _TRUSTED),
    )


@cache
def _systems(library: Path | None) -> tuple[tuple[IndicatorSystem, dict[str, Indicator]], ...]:
    """Every system of the library that has leaves with points; one that does not load is left out."""
    systems: list[tuple[IndicatorSystem, dict[str, Indicator]]] = []
    for system_id in system_ids(library):
        if system_id.startswith("examples/"):
            continue
        try:
            system = load_system(system_id, library)
        except HengjiError:
            continue
        systems.append((system, _leaves(system)))
    return tuple(systems)


def _plain(name: str) -> str:
    return re.sub(r"[\s“”\"'、,，()（）]", "", name)


def _leaves(system: IndicatorSystem) -> dict[str, Indicator]:
    return {_plain(leaf.name): leaf for leaf in system.leaves()}


def leaf_ids_of(found: Extraction, system: IndicatorSystem) -> dict[str, str]:
    """Item name -> leaf id, by name and, where both print them, by points."""
    return _matched(found, _leaves(system))


def _matched(found: Extraction, leaves: Mapping[str, Indicator]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for item in found.items:
        leaf = leaves.get(_plain(item.name))
        if leaf is not None and (item.points is None or leaf.points is None or leaf.points == item.points):
            ids[item.name] = leaf.id
    return ids
