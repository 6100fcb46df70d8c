"""Scores that a rule works out of a measure: in proportion, by a formula, against last year, a budget or a plan, at several points in time."""
