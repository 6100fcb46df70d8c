"""R06: what a scoring rule gives for the facts of its leaf, against the score that is claimed."""
