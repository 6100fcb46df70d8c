"""Files that go with an answer (佐证): kept under their hash, named in the row's text, a line each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hengji.web.filings import files

_PARTS = 3


class Upload(Protocol):
    """A file as it was sent."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its bytes, piece by piece."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One file as a row names it."""

    sha256: str
    size: int
    name: str


def proofs(text: str) -> tuple[Proof, ...]:
    """The files that a row's text names."""
    found = []
    for line in text.splitlines():
        parts = line.split(" ", _PARTS - 1)
        if len(parts) == _PARTS and parts[1].isdigit():
            found.append(Proof(parts[0], int(parts[1]), parts[2]))
    return tuple(found)


def kept(before: str, uploads: Iterable[Upload]) -> str:
    """The text with these files taken in too. Raises HengjiError where one is not accepted."""
    lines = before.splitlines()
    known = {each.sha256 for each in proofs(before)}
    for upload in uploads:
        taken = files.keep(upload.name or "", upload.chunks())
        if taken.sha256 not in known:
            known.add(taken.sha256)
            lines.append(f"{taken.sha256} {taken.size} {taken.name}")
    return "\n".join(lines)
