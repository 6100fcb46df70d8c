"""Takes the streams out of an OLE compound file (the wrapping of xls and doc), without trusting its pointers."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER, _ENTRY = 512, 128
_MINI_CUTOFF, _MINI_SHIFT = 4096, 6
_SHIFTS = (9, 12)
_LAST_SECTOR = 0xFFFFFFFA  # what is above ends a chain or marks a sector
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Sectors:
    """The sectors of a file and which follows which."""

    data: bytes
    shift: int
    next: tuple[int, ...]
    skip: int  # sectors begin behind the header

    def chain(self, first: int) -> bytes:
        """The bytes of a chain. Raises ValueError for one that runs in a circle or out of the file."""
        size, parts, seen = 1 << self.shift, [], 0
        sector = first
        while sector < _LAST_SECTOR:
            start = self.skip + (sector << self.shift)
            if seen > len(self.next) or sector >= len(self.next) or start >= len(self.data):
                raise ValueError(f"sector {sector}")
            parts.append(self.data[start : start + size])
            sector = self.next[sector]
            seen += 1
        return b"".join(parts)


def streams(data: bytes) -> Mapping[str, bytes]:
    """The streams of a compound file by name. Raises ValueError or struct.error where it is damaged."""
    shift = struct.unpack_from("<H", data, 0x1E)[0]
    if shift not in _SHIFTS or len(data) < _HEADER:
        raise ValueError("sector size")
    directory, mini_first = struct.unpack_from("<I", data, 0x30)[0], struct.unpack_from("<I", data, 0x3C)[0]
    big = _Sectors(data, shift, _allocation(data, shift), 1 << shift)
    entries = big.chain(directory)
    found: dict[str, tuple[int, int]] = {}
    root = b""
    for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, place + 64)
        first, size = struct.unpack_from("<II", entries, place + 116)
        if kind == _ROOT:
            root = big.chain(first) if size else b""
        elif kind == _STREAM and length <= 64:  # noqa: PLR2004 - the room for a name
            found[entries[place : place + max(length - 2, 0)].decode("utf-16-le")] = (first, size)
    small = _Sectors(root, _MINI_SHIFT, _numbers(big.chain(mini_first)), 0)
    return {
        name: (big if size >= _MINI_CUTOFF else small).chain(first)[:size] if size else b""
        for name, (first, size) in found.items()
    }


def _allocation(data: bytes, shift: int) -> tuple[int, ...]:
    """The table of which sector follows which, itself scattered over sectors."""
    size = 1 << shift
    first, count = struct.unpack_from("<II", data, 0x44)
    places = [*struct.unpack_from("<109I", data, 0x4C)]
    seen = 0
    while first < _LAST_SECTOR and seen < count:
        block = struct.unpack_from(f"<{size // 4}I", data, (first + 1) << shift)
        places += block[:-1]
        first = block[-1]
        seen += 1
    table: list[int] = []
    for place in places:
        if place < _LAST_SECTOR:
            table += struct.unpack_from(f"<{size // 4}I", data, (place + 1) << shift)
    return tuple(table)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
