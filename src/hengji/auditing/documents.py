"""From a file to what it says, as one piece of work that a child process can do without knowing the web."""

from pathlib import Path

from hengji.extracting import extract
from hengji.extracting.extract import as_self_evaluation
from hengji.model.extraction import Extraction
from hengji.reading import read_document


def extracted(path: Path) -> Extraction:
    """What the document in a file says. Raises HengjiError where it cannot be read."""
    return extract(read_document(path))


def extracted_as_report(path: Path, year: int) -> Extraction:
    """The same for a file that is known to be the self-evaluation of a year: our own report, come back."""
    return as_self_evaluation(read_document(path), year)
