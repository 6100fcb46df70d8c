"""Commands read files in the test's own process."""

from tests.here import read_here

__all__ = ["read_here"]
