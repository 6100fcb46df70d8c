"""R21–R25, R33, R35, R36 and R40: results that are claimed and what proves them."""
