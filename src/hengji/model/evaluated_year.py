"""The years that may be evaluated."""

YEARS = range(1990, 2100)
