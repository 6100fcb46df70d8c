"""Where the points of leaves that are not assessed go (不考核的分值调整)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.rules import NotApplicable, Policy
from hengji.model.scorecard import Move
from hengji.model.system import Indicator, IndicatorSystem

_WIDE = (Policy.TO_ALL, Policy.RESCALE)


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves of one filing, and the leaves that keep their points though not assessed (policy full or zero)."""

    moves: tuple[Move, ...] = ()
    kept: Mapping[str, Policy] | None = None

    def into(self, leaf_id: str) -> tuple[Move, ...]:
        """What a leaf received."""
        return tuple(move for move in self.moves if move.receiver == leaf_id)

    def out_of(self, leaf_id: str) -> tuple[Move, ...]:
        """What a leaf gave away."""
        return tuple(move for move in self.moves if move.giver == leaf_id)


@dataclass(frozen=True, slots=True)
class _Destination:
    """A policy, its target, and the leaf whose neighbours are meant."""

    policy: Policy
    to: str
    origin: str


def reallocate(system: IndicatorSystem, exempt: Mapping[str, NotApplicable]) -> Moves:
    """The moves that the policies of the exempt leaves make.

    Points to one item move first, then those to siblings or a node in proportion to what their leaves then hold, then
    those to the whole table, so that rescaling multiplies every leaf by the same factor. A receiver that is itself not
    assessed passes the points on by its own policy; a circle falls back to the giver's ``otherwise``.
    """
    leaves = {leaf.id: leaf for leaf in system.leaves()}
    above = {leaf.id: tuple(node.id for node in path) for leaf, path in system.walk()}
    open_leaves = [leaf for leaf in leaves.values() if leaf.id not in exempt and leaf.points]
    full = {leaf.id: leaf.points or Fraction(0) for leaf in open_leaves}
    moves: list[Move] = []
    kept: dict[str, Policy] = {}
    waiting: dict[bool, list[tuple[str, Fraction, _Destination]]] = defaultdict(list)
    for giver in exempt:
        points = leaves[giver].points
        if points is None:
            continue
        goes = _destination(giver, exempt)
        if goes.policy is Policy.TO_ITEM:
            moves.append(Move(giver, goes.to, points, goes.policy))
            full[goes.to] += points
        elif goes.policy in (Policy.FULL, Policy.ZERO):
            kept[giver] = goes.policy
        else:
            waiting[goes.policy in _WIDE].append((giver, points, goes))
    for stage in (False, True):
        for giver, points, goes in waiting[stage]:
            moves.extend(_spread(giver, points, goes.policy, _receivers(goes, open_leaves, above), full))
    return Moves(tuple(moves), kept)


def _destination(giver: str, exempt: Mapping[str, NotApplicable]) -> _Destination:
    """Where the points finally go, after following receivers that are themselves not assessed."""
    seen, at = {giver}, giver
    while exempt[at].policy is Policy.TO_ITEM and exempt[at].to in exempt:
        at = exempt[at].to
        if at in seen:
            return _Destination(exempt[giver].otherwise, "", giver)
        seen.add(at)
    return _Destination(exempt[at].policy, exempt[at].to, at)


def _receivers(goes: _Destination, open_leaves: list[Indicator], above: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The leaves that share the points; where a node has none left, the next node up, at last the whole table."""
    if goes.policy in _WIDE:
        return [leaf.id for leaf in open_leaves]
    nodes = (goes.to,) if goes.policy is Policy.TO_NODE else tuple(reversed(above[goes.origin]))
    for node in nodes:
        found = [leaf.id for leaf in open_leaves if node in (leaf.id, *above[leaf.id])]
        if found:
            return found
    return [leaf.id for leaf in open_leaves]


def _spread(giver: str, points: Fraction, policy: Policy, among: list[str], full: dict[str, Fraction]) -> list[Move]:
    """Points shared in proportion to what the receivers hold; ``full`` is brought up to date."""
    total = sum((full[receiver] for receiver in among), Fraction(0))
    moves = [Move(giver, receiver, points * full[receiver] / total, policy) for receiver in among]
    for move in moves:
        full[move.receiver] += move.points
    return moves
