"""Scores a filing against an indicator system."""

from collections.abc import Collection, Mapping, Sequence

from hengji.model.filing import Filing
from hengji.model.finding import Finding
from hengji.model.problem import HengjiError
from hengji.model.scorecard import LeafScore, Scorecard, Standing, Trace
from hengji.model.system import IndicatorSystem, in_year
from hengji.scoring.facts import Facts
from hengji.scoring.leaf import Exempt, exemptions, score_leaf
from hengji.scoring.moves import Moves, reallocate
from hengji.scoring.totals import struck, sum_branches, total, triggered


def score(system: IndicatorSystem, filing: Filing, peers: Sequence[Filing] = ()) -> Scorecard:
    """The scorecard of one department's year, exact, with a trace for every leaf.

    ``peers`` are other departments of the year, needed only where a rule ranks. Raises HengjiError where the filing's
    year is outside the system's validity.
    """
    return _scored(system, filing, peers)


def rescore(system: IndicatorSystem, filing: Filing, before: Scorecard, touched: Collection[str]) -> Scorecard:
    """The same scorecard as ``score`` gives, where ``before`` was that of a filing in which only values were other.

    ``touched`` are the leaves that read the items of those values. A leaf that is neither touched nor given or deprived of
    points is taken over as it was.
    """
    return _scored(system, filing, (), None if system.vetoes else (before, touched))


def _scored(
    system: IndicatorSystem,
    filing: Filing,
    peers: Sequence[Filing],
    known: tuple[Scorecard, Collection[str]] | None = None,
) -> Scorecard:
    if filing.year not in system.years:
        raise HengjiError(f"“{system.name}”不适用于{filing.year}年度，请换用该年度的指标体系或改正年度")
    system = in_year(system, filing.year)
    facts = Facts(filing, system.dictionary)
    exempt = exemptions(system, filing, facts)
    moves = reallocate(system, {leaf_id: found.rule for leaf_id, found in exempt.items()})
    above = {indicator.id: path for indicator, path in system.walk()}
    names = {leaf.id: leaf.name for leaf in system.leaves()}
    others = tuple(Facts(peer, system.dictionary) for peer in peers)
    kept = _kept(known, exempt, moves)
    leaves = tuple(
        kept.get(leaf.id) or score_leaf(leaf, above[leaf.id], filing, facts, exempt, moves, names, others)
        for leaf in system.leaves()
    )
    vetoes = triggered(system, facts)
    leaves = struck(system, leaves, vetoes)
    branches = sum_branches(system, leaves)
    return Scorecard(
        department=filing.department,
        year=filing.year,
        system=system.id,
        system_version=system.version,
        system_hash=system.sha256,
        leaves=leaves,
        branches=branches,
        totals=total(system, filing, facts, leaves, branches, vetoes),
    )


def _kept(
    known: tuple[Scorecard, Collection[str]] | None, exempt: Mapping[str, Exempt], moves: Moves
) -> dict[str, LeafScore]:
    """The leaves of an earlier scorecard that cannot have changed."""
    if known is None:
        return {}
    before, touched = known
    return {
        leaf.id: leaf
        for leaf in before.leaves
        if leaf.id not in touched
        and leaf.id not in exempt
        and leaf.standing is not Standing.NOT_APPLICABLE
        and leaf.moved_in == moves.into(leaf.id)
        and leaf.moved_out == moves.out_of(leaf.id)
    }


def explain(system: IndicatorSystem, filing: Filing, leaf_id: str) -> Trace:
    """The trace of one leaf. Raises KeyError when the system has no such leaf."""
    return score(system, filing).leaf(leaf_id).trace


def differences(system: IndicatorSystem, filing: Filing, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Where a typed figure and its register, its parts or its units disagree, over all items of the dictionary."""
    facts = facts or Facts(filing, system.dictionary)
    stated = dict.fromkeys((key.item, key.year) for key in filing.values if key.item in system.dictionary.items)
    for name, year in stated:
        facts.datum(name, filing.year - year)
    return facts.findings()
