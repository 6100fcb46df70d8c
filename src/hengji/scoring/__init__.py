"""Exact scoring with a trace: the rule kinds, moved points, totals, and the sentences that explain them."""

from hengji.scoring.score import differences, explain, rescore, score
from hengji.scoring.sentences import derivation
from hengji.scoring.table import TableScores, score_table

__all__ = ["TableScores", "derivation", "differences", "explain", "rescore", "score", "score_table"]
