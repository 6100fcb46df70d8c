"""The documents of the corpus that are written upon: all layouts of the first ones, and every sixth of the reports added since."""

from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus"
_EVERY = 6  # a copy, its rendering and its comparison take a second; the later reports differ in words, not in layout


def documents(ending: str) -> list[Path]:
    """The paths of one format, in the order of their names."""
    paths = sorted(CORPUS.glob(f"*/*.{ending}"))
    later = [path for path in paths if path.stem.startswith("w_")]
    return sorted({*paths} - {*later} | {*later[::_EVERY]})
