"""The documents of the corpus that are written upon: all layouts of the first ones, and every sixth of the reports added since."""

import os
import pickle
from pathlib import Path
from tempfile import NamedTemporaryFile

from hengji.auditing import audit_document
from hengji.model.document import Document
from hengji.model.finding import Finding
from hengji.reading import read_document
from tests.conftest import FIRST_STARTS

CORPUS = Path(__file__).parent.parent / "corpus"
_EVERY = 6  # a copy, its rendering and its comparison take a second; the later reports differ in words, not in layout


def documents(ending: str) -> list[Path]:
    """The paths of one format, in the order of their names."""
    paths = sorted(CORPUS.glob(f"*/*.{ending}"))
    later = [path for path in paths if path.stem.startswith("w_")]
    return sorted({*paths} - {*later} | {*later[::_EVERY]})


def audited(path: Path) -> tuple[Document, tuple[Finding, ...]]:
    """A document of the corpus as it is read, and its findings; worked out once in a test run, by whichever worker comes first."""
    folder = Path(os.environ[FIRST_STARTS])
    kept = folder / f"{path.parent.name}-{path.name}.audited"
    if not kept.exists():
        document = read_document(path)
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(pickle.dumps((document, audit_document(document).findings)))
        Path(file.name).replace(kept)
    told: tuple[Document, tuple[Finding, ...]] = pickle.loads(kept.read_bytes())
    return told
