"""Database changes, in order; written by Django."""
