"""Scores a filing against an indicator system."""

from collections.abc import Sequence

from hengji.model.filing import Filing
from hengji.model.finding import Finding
from hengji.model.problem import HengjiError
from hengji.model.scorecard import Scorecard, Trace
from hengji.model.system import IndicatorSystem, in_year
from hengji.scoring.facts import Facts
from hengji.scoring.leaf import exemptions, score_leaf
from hengji.scoring.moves import reallocate
from hengji.scoring.totals import struck, sum_branches, total, triggered


def score(system: IndicatorSystem, filing: Filing, peers: Sequence[Filing] = ()) -> Scorecard:
    """The scorecard of one department's year, exact, with a trace for every leaf.

    ``peers`` are other departments of the year, needed only where a rule ranks. Raises HengjiError where the filing's
    year is outside the system's validity.
    """
    if filing.year not in system.years:
        raise HengjiError(f"“{system.name}”不适用于{filing.year}年度，请换用该年度的指标体系或改正年度")
    system = in_year(system, filing.year)
    facts = Facts(filing, system.dictionary)
    exempt = exemptions(system, filing, facts)
    moves = reallocate(system, {leaf_id: found.rule for leaf_id, found in exempt.items()})
    above = {indicator.id: path for indicator, path in system.walk()}
    names = {leaf.id: leaf.name for leaf in system.leaves()}
    others = tuple(Facts(peer, system.dictionary) for peer in peers)
    leaves = tuple(
        score_leaf(leaf, above[leaf.id], filing, facts, exempt, moves, names, others) for leaf in system.leaves()
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


def explain(system: IndicatorSystem, filing: Filing, leaf_id: str) -> Trace:
    """The trace of one leaf. Raises KeyError when the system has no such leaf."""
    return score(system, filing).leaf(leaf_id).trace


def differences(system: IndicatorSystem, filing: Filing) -> tuple[Finding, ...]:
    """Where a typed figure and its register, its parts or its units disagree, over all items of the dictionary."""
    facts = Facts(filing, system.dictionary)
    stated = dict.fromkeys((key.item, key.year) for key in filing.values if key.item in system.dictionary.items)
    for name, year in stated:
        facts.datum(name, filing.year - year)
    return facts.findings()
