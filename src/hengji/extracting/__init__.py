"""Document -> Extraction: what a report claims and states, every piece with its place in the text."""

from hengji.extracting.extract import extract

__all__ = ["extract"]
