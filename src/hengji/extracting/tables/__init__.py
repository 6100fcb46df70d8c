"""Scores and figures in tables: columns by their headers, rows, leaves, groups, totals."""
