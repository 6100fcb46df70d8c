"""Evidence files on disk: kept by hash in a folder that no server serves, taken only within limits of size and kind."""

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError
from hengji.web.uploads import MOST_BYTES

_SHA = pattern(r"[0-9a-f]{64}")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
# What an ending promises, and how such a file begins.
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (_ZIP,),
    ".xlsx": (_ZIP,),
    ".pptx": (_ZIP,),
    ".ods": (_ZIP,),
    ".odt": (_ZIP,),
    ".ofd": (_ZIP,),
    ".doc": (_OLE,),
    ".xls": (_OLE,),
    ".wps": (_OLE, _ZIP),
    ".et": (_OLE, _ZIP),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n",),
}
IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was taken: its plain name, hash and size."""

    name: str
    sha256: str
    size: int


def plain_name(name: str) -> str:
    """A file's name without folders, control characters or anything that changes the direction of reading."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    text = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip(" .")
    stem, dot, ending = text.rpartition(".")
    return (f"{stem[:_LONGEST_NAME]}{dot}{ending[:8]}" if dot else text[:_LONGEST_NAME]) or "未命名"


def path_of(sha256: str) -> Path:
    """Where the file of that hash lies. Raises HengjiError for what is no hash."""
    if not _SHA.fullmatch(sha256):
        raise HengjiError("没有这个文件")
    return Path(settings.FILES) / sha256[:2] / sha256


def intact(sha256: str) -> bool:
    """Whether the file is there and is still what its hash says."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def keep(name: str, chunks: Iterable[bytes], *, whatever: bool = False, most: int = MOST_BYTES) -> Kept:
    """Takes a file in: within the limits, of a kind we know by its first bytes, written whole and under its hash.

    ``whatever`` takes any kind, a damaged or empty file among them: what was sent in is kept as it came.
    """
    plain = plain_name(name)
    ending = Path(plain).suffix.lower()
    if ending not in KINDS and not whatever:
        kinds = "、".join(kind[1:] for kind in KINDS)
        raise HengjiError(f"“{plain}”的类型不收，可以交：{kinds}")
    root = Path(settings.FILES)
    root.mkdir(parents=True, exist_ok=True)
    digest, size, begins = hashlib.sha256(), 0, b""
    with tempfile.NamedTemporaryFile(dir=root, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            for chunk in chunks:
                begins = begins or chunk[:16]
                size += len(chunk)
                if size > most:
                    raise HengjiError(f"“{plain}”超过{most // 1024 // 1024} MB，请压缩或分成几个文件")
                digest.update(chunk)
                file.write(chunk)
            if not size and not whatever:
                raise HengjiError(f"“{plain}”是空文件")
            if not whatever and not begins.startswith(KINDS[ending]):
                raise HengjiError(f"“{plain}”的内容与扩展名不符，请另存后再交")
            file.flush()
            os.fsync(file.fileno())
            target = path_of(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                shutil.copyfile(temporary, target.with_suffix(".part"))
                target.with_suffix(".part").replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return Kept(plain, digest.hexdigest(), size)
