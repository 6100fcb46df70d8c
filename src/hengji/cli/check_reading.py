"""What `hengji check` has a child process do with one file; it must be found by name there, and load little here."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengji.model.extraction import Extraction


def extracted(path: Path, year: int | None = None) -> "Extraction":
    """What the document in a file says. Raises HengjiError where it cannot be read, or holds no readable character."""
    from hengji.extracting import extract
    from hengji.model.problem import HengjiError
    from hengji.reading import read_document

    document = read_document(path)
    if not document.has_words:
        why = f"（{'；'.join(document.unread)}）" if document.unread else ""
        raise HengjiError(f"{path.name} 没有读出文字{why}，没有核查")
    return extract(document, year)
