"""Leaves in running text: their names, points and scores, in whatever order they are told."""
