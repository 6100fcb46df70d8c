"""What a system asks for, in the order of the pages (清单): sections of items, and which leaves an item feeds."""

from dataclasses import replace
from functools import lru_cache

from hengji.model import asked
from hengji.model.item import Item, RegisterKind
from hengji.model.system import Indicator, IndicatorSystem
from hengji.workbook import needs

_OTHER = "其他"


@lru_cache(maxsize=64)
def _sections(sha256: str, system: "_Held") -> tuple[tuple[str, tuple[Item, ...]], ...]:  # noqa: ARG001 - the key
    needed = {item.name for item in needs.needed_items(system.system)}
    groups: dict[str, list[Item]] = {}
    for item in system.system.dictionary.items.values():
        groups.setdefault(item.group or _OTHER, []).append(item)
    ordered = sorted(groups.items(), key=lambda pair: not any(item.name in needed for item in pair[1]))
    return tuple((name, tuple(sorted(items, key=lambda i: i.name not in needed))) for name, items in ordered)


class _Held:
    """A system as an argument of a cache that is keyed by the system's hash alone."""

    def __init__(self, system: IndicatorSystem) -> None:
        self.system = system

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


def _key(system: IndicatorSystem) -> str:
    return f"{system.sha256}{len(system.leaves())}"  # the leaves of the year


def sections(system: IndicatorSystem) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The groups of data items, those that feed a score first; within a group likewise."""
    return _sections(_key(system), _Held(system))


@lru_cache(maxsize=64)
def _feeds(sha256: str, held: _Held) -> dict[str, tuple[Indicator, ...]]:  # noqa: ARG001 - the key
    found: dict[str, list[Indicator]] = {}
    for leaf in held.system.leaves():
        alone = replace(held.system, indicators=(leaf,), bonus=None, deduction=None, vetoes=())
        for item in needs.needed_items(alone):
            found.setdefault(item.name, []).append(leaf)
        for kind in needs.needed_registers(alone):
            found.setdefault(f"台账:{kind.name}", []).append(leaf)
    return {name: tuple(leaves) for name, leaves in found.items()}


def fed_by(system: IndicatorSystem, name: str) -> tuple[Indicator, ...]:
    """The leaves whose score an item feeds (or a register, written 台账:name)."""
    return _feeds(_key(system), _Held(system)).get(name, ())


@lru_cache(maxsize=64)
def _registers(sha256: str, held: _Held) -> tuple[RegisterKind, ...]:  # noqa: ARG001 - the key
    return (*needs.needed_registers(held.system), *needs.other_registers(held.system))


def registers(system: IndicatorSystem) -> tuple[RegisterKind, ...]:
    """The registers, those that feed a score first."""
    return _registers(_key(system), _Held(system))


def judged(indicator: Indicator) -> bool:
    """Whether a person judges this leaf: statements, bands or a choice."""
    rule = indicator.rule
    return bool(asked.statements_of(rule) or asked.bands_of(rule) or asked.options_of(rule))
