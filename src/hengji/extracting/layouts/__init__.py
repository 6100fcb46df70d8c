"""Leaves of layouts that nobody described: the report repeats its own layout from leaf to leaf, and its sums prove what was learnt."""
