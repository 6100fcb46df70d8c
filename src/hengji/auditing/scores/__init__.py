"""R01–R05, R28 and R34: what the scored tree says of itself."""
