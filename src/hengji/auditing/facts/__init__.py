"""R08 and R17: one fact told twice and differently; staff against posts."""
