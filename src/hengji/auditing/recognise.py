"""Which indicator system a report follows, told by points and names; and its figures scored by that system."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, cached_property
from pathlib import Path

from hengji.extracting.filing import filing_of
from hengji.library import load_system, system_ids
from hengji.model.extraction import DocumentKind, Extraction, ScoredItem
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard
from hengji.model.system import Confidence, Indicator, IndicatorSystem
from hengji.scoring import score

_ENOUGH = 0.7  # of the system's leaves that the report names with the same points
_FEWEST = 8
_TRUSTED = (Confidence.OFFICIAL, Confidence.SOURCED)  # rules that may contradict a report unasked


@dataclass(frozen=True)
class Recognised:
    """The system that a report follows, and which of its leaves each item is."""

    found: Extraction
    system: IndicatorSystem
    leaf_ids: Mapping[str, str]
    exact: bool = True  # every leaf of the system is in the report, and no other
    scored: Scorecard | None = None  # where it is there already: of a given system, or with persons covered

    @cached_property
    def scorecard(self) -> Scorecard:
        """The report's figures scored by the system: worked out when first asked for, which most checks do not."""
        return self.scored or score(self.system, filing_of(self.found, self.system, self.leaf_ids))


def prepare(library: Path | None = None) -> None:
    """Loads what recognising needs, for whoever has to wait for something else anyway."""
    _systems(library)


def recognised(
    found: Extraction, given: IndicatorSystem | None = None, library: Path | None = None
) -> Recognised | None:
    """The given system, or the one of the library that most of the report's items match; None where none does."""
    if found.kind is not DocumentKind.OVERALL or len(found.items) < _FEWEST:
        return None
    systems = ((given, _leaves(given)),) if given is not None else _systems(library)
    named = [(item, _plain(item.name)) for item in found.items]
    best: tuple[float, IndicatorSystem, dict[str, str]] | None = None
    for system, leaves in systems:
        if given is None and found.year and found.year not in system.years:
            continue  # a table of other years: its scores would not be these
        ids = _matched(found, named, leaves)
        if len(ids) < _FEWEST:
            continue
        share = _share(found, leaves, ids)
        if best is None or share > best[0]:
            best = (share, system, ids)
    if best is None or (best[0] < _ENOUGH and given is None):
        return None
    _, system, ids = best
    if given is None and found.year not in system.years:
        return None  # last year's report, or one without a year, is read all the same
    exact = len(ids) == len(system.leaves()) == len(found.items)
    known = Recognised(found, system, ids, given is not None or (exact and system.confidence in _TRUSTED))
    # A given system is scored at once: it may not be for this year, and that is told before anything else.
    return replace(known, scored=known.scorecard) if given is not None else known


def nearest(found: Extraction, library: Path | None = None) -> tuple[IndicatorSystem, int, int] | None:
    """The system that shares most leaves with a report that follows none, how many they share and how many it has."""
    named = [(item, _plain(item.name)) for item in found.items]
    counted = [(len(_matched(found, named, leaves)), system) for system, leaves in _systems(library)]
    count, system = max(counted, key=lambda each: (each[0], each[1].id), default=(0, None))
    return (system, count, len(system.leaves())) if system is not None and count else None


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


_MARKS = pattern(r"[\s“”\"'、,，()（）]")


def _plain(name: str) -> str:
    return _MARKS.sub("", name)


def _leaves(system: IndicatorSystem) -> dict[str, Indicator]:
    return {_plain(leaf.name): leaf for leaf in system.leaves()}


def leaf_ids_of(found: Extraction, system: IndicatorSystem) -> dict[str, str]:
    """Item name -> leaf id, by name and, where both print them, by points."""
    return _matched(found, [(item, _plain(item.name)) for item in found.items], _leaves(system))


def _share(found: Extraction, leaves: Mapping[str, Indicator], ids: Mapping[str, str]) -> float:
    """How much of the system and of the report match: a leaf that the report splits further counts with its parts."""
    paths = {item.name: {_plain(name) for name in item.path} for item in found.items}
    split = leaves.keys() & set().union(*paths.values())
    parts = sum(1 for item in found.items if item.name not in ids and split & paths[item.name])
    of_system = (len(set(ids.values())) + len(split - {_plain(name) for name in ids})) / max(1, len(leaves))
    of_report = (len(ids) + parts) / max(1, len(found.items))
    return min(of_system, of_report)


def _matched(
    found: Extraction, named: Iterable[tuple[ScoredItem, str]], leaves: Mapping[str, Indicator]
) -> dict[str, str]:
    ids: dict[str, str] = {}
    for item, name in named:
        leaf = leaves.get(name)
        if leaf is not None and (item.points is None or leaf.points is None or leaf.points == item.points):
            ids[item.name] = leaf.id
    if len(ids) >= _FEWEST:
        ids |= _nearly(found, leaves, ids)
    return ids


def _nearly(found: Extraction, leaves: Mapping[str, Indicator], ids: Mapping[str, str]) -> dict[str, str]:
    """Leaves under a shorter or a local name, told by their points: 内控 is 内部控制, where no other leaf fits as well."""
    taken = set(ids.values())
    open_leaves = [(name, leaf) for name, leaf in leaves.items() if leaf.id not in taken and leaf.points is not None]
    near: dict[str, list[str]] = {}
    for item in found.items:
        if item.name in ids or item.points is None:
            continue
        plain = _plain(item.name)
        fits = [leaf.id for name, leaf in open_leaves if leaf.points == item.points and _alike(plain, name)]
        if len(fits) == 1:
            near.setdefault(fits[0], []).append(item.name)
    return {names[0]: leaf for leaf, names in near.items() if len(names) == 1}


_CLOSE = 0.75


def _alike(left: str, right: str) -> bool:
    """Whether one name holds all characters of the other in order, or nearly all are the same."""
    short, long = sorted((left, right), key=len)
    rest = iter(long)
    return (len(short) > 1 and all(character in rest for character in short)) or (
        SequenceMatcher(None, left, right).ratio() >= _CLOSE
    )
