"""Formal check, review, questions, opinions and objections (形式审核、复核、意见与申诉)."""
