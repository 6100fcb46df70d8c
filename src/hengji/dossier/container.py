"""The container (外壳): a zip file without compression, laid out in exactly one way.

Every byte of it follows from the names and contents of its parts, so an altered byte anywhere is found, nothing can be
hidden between the parts, and nothing unpacks to more than it is. Any program that opens zip files opens it.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hengji.model.problem import HengjiError

_UTF8, _STORED, _VERSION, _MADE_BY, _DATE, _MODE = 0x800, 0, 20, 0x0314, 0x21, 0o100644 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MOST_PARTS = 20_000
_MOST_BYTES = 0xFFFF_FFFF  # of a zip file with 32 bits
_LONGEST_NAME = 400
_PIECE = 1 << 20


class AlteredError(Exception):
    """The container is not as it was written; the message is the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part as the container's directory names it, and the hash of what lies there."""

    name: str
    start: int
    size: int
    sha256: str


def _local(name: bytes, crc: int, size: int) -> bytes:
    head = _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, _STORED, 0, _DATE, crc, size, size, len(name), 0)
    return head + name


def _central(name: bytes, crc: int, size: int, offset: int) -> bytes:
    begin = (b"PK\x01\x02", _MADE_BY, _VERSION, _UTF8, _STORED, 0, _DATE, crc, size, size)
    return _CENTRAL.pack(*begin, len(name), 0, 0, 0, 0, _MODE, offset) + name


def _end(parts: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, parts, parts, size, offset, 0)


class Writer:
    """Writes parts one after the other to a new file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._directory: list[bytes] = []
        self.parts: list[Part] = []

    def add(self, name: str, pieces: Iterable[bytes]) -> Part:
        """Adds a part; its bytes may come in pieces."""
        offset, encoded = self._file.tell(), name.encode()
        self._file.write(_local(encoded, 0, 0))
        start, crc, size, digest = self._file.tell(), 0, 0, hashlib.sha256()
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            digest.update(piece)
            self._file.write(piece)
        if start + size > _MOST_BYTES - (1 << 24):
            raise HengjiError("材料合计超过 4 GB，装不进一个档案，请分开保存佐证材料")
        self._file.seek(offset)
        self._file.write(_local(encoded, crc, size))
        self._file.seek(start + size)
        self._directory.append(_central(encoded, crc, size, offset))
        self.parts.append(Part(name, start, size, digest.hexdigest()))
        return self.parts[-1]

    def close(self) -> None:
        """Writes the directory."""
        offset, directory = self._file.tell(), b"".join(self._directory)
        self._file.write(directory + _end(len(self._directory), len(directory), offset))


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def looks_like_ours(file: BinaryIO, first: str) -> bool:
    """Whether a file begins as a dossier does, but for one damaged byte at most."""
    wanted = _local(first.encode(), 0, 0)
    file.seek(0)
    head = file.read(len(wanted))
    checksum_and_sizes = range(14, 26)
    wrong = sum(a != b for at, (a, b) in enumerate(zip(head, wanted, strict=False)) if at not in checksum_and_sizes)
    return len(head) == len(wanted) and wrong <= 1


def parts_of(file: BinaryIO) -> Iterator[Part]:
    """The parts of a container, each read and hashed once. Raises AlteredError where a byte of the layout is not as written."""
    size = file.seek(0, io.SEEK_END)
    directory, count = _directory(file, size)
    offset, place = 0, 0
    seen: set[str] = set()
    for _ in range(count):
        if len(directory) < place + _CENTRAL.size:
            raise AlteredError("档案的目录被改动或不完整")
        fields = _CENTRAL.unpack_from(directory, place)
        crc, length = fields[7], fields[8]
        encoded = directory[place + _CENTRAL.size : place + _CENTRAL.size + fields[10]]
        name = _name(encoded, seen)
        record = _central(encoded, crc, length, offset)
        if directory[place : place + len(record)] != record:
            raise AlteredError(f"档案目录里“{name}”一行被改动")
        file.seek(offset)
        head = _local(encoded, crc, length)
        if file.read(len(head)) != head:
            raise AlteredError(f"“{name}”的文件头被改动")
        start = offset + len(head)
        yield Part(name, start, length, _hashed(file, length))
        place, offset = place + len(record), start + length
    if place != len(directory) or offset != size - _END.size - len(directory):
        raise AlteredError("档案里夹有不属于它的内容")


def _directory(file: BinaryIO, size: int) -> tuple[bytes, int]:
    """The directory's bytes and how many parts it names."""
    if size < _END.size:
        raise AlteredError("档案不完整")
    file.seek(size - _END.size)
    end = file.read(_END.size)
    _, _, _, count, _, length, offset, _ = _END.unpack(end)
    if end != _end(count, length, offset) or offset + length + _END.size != size:
        raise AlteredError("档案的结尾被改动或不完整，或者被重新打包过，请用导出的原文件")
    if count > _MOST_PARTS or length > count * (_CENTRAL.size + _LONGEST_NAME):
        raise AlteredError("档案的目录过大，不像是衡绩写出的")
    file.seek(offset)
    return file.read(length), count


def _name(encoded: bytes, seen: set[str]) -> str:
    try:
        name = encoded.decode()
    except UnicodeDecodeError:
        raise AlteredError("档案里有一个文件名被改动") from None
    bad = not name.isprintable() or "\\" in name or name.startswith("/") or ".." in name.split("/")
    if bad or len(encoded) > _LONGEST_NAME or name in seen:
        raise AlteredError("档案里有一个文件名被改动")
    seen.add(name)
    return name


def _hashed(file: BinaryIO, length: int) -> str:
    digest, left = hashlib.sha256(), length
    while left:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise AlteredError("档案不完整")
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()
