"""The command line: one module a command, a single way of ending with an error."""

from hengji.cli.main import main

__all__ = ["main"]
