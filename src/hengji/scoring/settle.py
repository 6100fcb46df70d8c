"""Adds a table up with other people's scores: the bureau's reviewed and final ones, under the same cap, floor and grades."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hengji.model.filing import Filing, Total
from hengji.model.scorecard import LeafScore, Scorecard, Standing
from hengji.model.system import IndicatorSystem
from hengji.scoring.facts import Facts
from hengji.scoring.totals import sum_branches, total, triggered


def settle(system: IndicatorSystem, filing: Filing, card: Scorecard, scores: Mapping[str, Fraction]) -> Scorecard:
    """The scorecard with these scores in place of those that counted; leaves without one keep theirs.

    ``scores`` are by leaf id, and by ``Total.BONUS`` and ``Total.DEDUCTION`` for what stands outside the tree. Vetoes
    upon the total and the grade still hold; those upon leaves are the reviewer's business.
    """
    leaves = tuple(_scored(leaf, scores.get(leaf.id)) for leaf in card.leaves)
    facts = Facts(filing, system.dictionary)
    branches = sum_branches(system, leaves)
    extras = {str(name): scores[name] for name in (Total.BONUS, Total.DEDUCTION) if name in scores}
    totals = total(system, filing, facts, leaves, branches, triggered(system, facts), extras)
    return replace(card, leaves=leaves, branches=branches, totals=totals)


def _scored(leaf: LeafScore, score: Fraction | None) -> LeafScore:
    if score is None or leaf.standing is Standing.NOT_APPLICABLE:
        return leaf
    return replace(leaf, score=score)
