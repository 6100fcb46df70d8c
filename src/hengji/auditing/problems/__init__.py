"""R18 and R19: what a report admits, against its marks; and what it does about it."""
