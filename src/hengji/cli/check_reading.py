"""What `hengji check` has a child process do with one file; it must be found by name there, and load little here."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengji.model.extraction import Extraction


def extracted(path: Path, year: int | None = None) -> "Extraction":
    """What the document in a file says. Raises HengjiError where it cannot be read."""
    from hengji.extracting import extract
    from hengji.reading import read_document

    return extract(read_document(path), year)
