"""What a report denies or says of all, against what it tells elsewhere of the same kind, scope and year."""
