"""R11 and R15: rates, shares and changes against the figures that they are made of."""
