"""What was uploaded, laid out: every file in it, what cannot be taken out, and the litter, each counted once."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from hengji.model.problem import HengjiError
from hengji.reading.archive import gather, is_junk
from hengji.web.filings.files import plain_name

MOST_BYTES = 200 * 1024 * 1024  # of one upload; archives of sixty departments are large


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a batch: where it lies, or why it could not be taken out, or that it is litter."""

    name: str
    path: Path | None = None
    error: str = ""
    litter: bool = False


def place_of(batch: int) -> Path:
    """Where a batch's uploads lie until they have been read."""
    return Path(settings.INTAKE) / str(batch)


def put(batch: int, uploads: Iterable["UploadedFile[bytes]"]) -> None:
    """Keeps uploads as they came, each in a folder of its own, so that none replaces another of the same name."""
    for number, upload in enumerate(uploads, start=1):
        folder = place_of(batch) / "in" / f"{number:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / plain_name(upload.name or "")).open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)


def lay_out(batch: int) -> list[Found]:
    """Everything in a batch's uploads, always in the same order."""
    uploads = sorted(path for path in (place_of(batch) / "in").glob("*/*") if path.is_file())
    unpacked = place_of(batch) / "out"
    shutil.rmtree(unpacked, ignore_errors=True)
    found: list[Found] = []
    for number, path in enumerate(uploads, start=1):
        if is_junk(path.name):
            found.append(Found(path.name, litter=True))
            continue
        gathered = gather([path], unpacked / f"{number:04d}")
        found += [Found(each.name, each.path) for each in gathered.files]
        found += [Found(name or path.name, error=said(error)) for name, error in gathered.failures]
        found += [Found(name, litter=True) for name in gathered.litter]
    return found


def put_one(received: int, upload: "UploadedFile[bytes]") -> None:
    """Keeps one report that somebody uploaded for itself, until it has been read."""
    folder = place_of(0) / str(received)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / plain_name(upload.name or "")).open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def clear_one(received: int) -> None:
    """Forgets it."""
    shutil.rmtree(place_of(0) / str(received), ignore_errors=True)


def clear(batch: int) -> None:
    """Forgets a batch's uploads; what was read of them is kept by hash."""
    shutil.rmtree(place_of(batch), ignore_errors=True)


def said(error: HengjiError) -> str:
    """A failure as one sentence."""
    return "；".join(problem.message for problem in error.problems)
