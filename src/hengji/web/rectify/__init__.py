"""Inquiry letters and rectification (问询函与整改)."""
