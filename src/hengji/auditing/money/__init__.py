"""R09, R10, R12, R15, R16, R37 and R42: lines of money against each other, their units and their sources."""
