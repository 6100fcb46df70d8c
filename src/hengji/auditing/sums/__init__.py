"""R07: parts and their wholes, in running text and in tables."""
