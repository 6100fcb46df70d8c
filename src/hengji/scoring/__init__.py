"""Exact scoring with a trace: the rule kinds, moved points, totals, and the sentences that explain them."""

from hengji.scoring.score import differences, explain, score
from hengji.scoring.sentences import derivation

__all__ = ["derivation", "differences", "explain", "score"]
