"""Scoring rules that are read whole, so that they leave one score for one figure."""
