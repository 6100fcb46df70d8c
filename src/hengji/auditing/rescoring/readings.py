"""A rule held against the facts of a leaf, and the scores that it can mean."""

from dataclasses import dataclass
from fractions import Fraction

from hengji.auditing.rescoring.leaf_facts import Facts
from hengji.auditing.rescoring.scoring_rule import ScoringRule
from hengji.model.extraction import Span


@dataclass(frozen=True, slots=True)
class Scoring:
    """A rule, the facts that it is held against, and the leaf's points and score."""

    rule: ScoringRule
    facts: Facts
    points: Fraction
    claimed: Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores that a rule can mean, the words of the rule, and those that tell the sum."""

    scores: tuple[Fraction, ...]
    rule: str
    told: str
    sure: bool = False  # whether less than that is wrong too
    place: Span | None = None  # of a passage outside the leaf that tells its facts
