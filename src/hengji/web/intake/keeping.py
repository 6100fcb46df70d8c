"""An audit as bytes and back: frozen values of ours as JSON, told by their types. No code is ever read back."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hengji.auditing import Audit
from hengji.auditing.recognise import recognised
from hengji.model.extraction import Extraction
from hengji.model.finding import Finding

_MOST = 200_000_000  # bytes unpacked


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an audit; the scorecard is worked out anew from what was read."""

    found: Extraction
    findings: tuple[Finding, ...]
    not_checked: tuple[tuple[str, str], ...] = ()

    def audit(self) -> Audit:
        """The audit that this was."""
        return Audit(self.found, self.findings, self.not_checked, recognised(self.found))


def pack(kept: Kept) -> bytes:
    """The bytes of an audit."""
    return zlib.compress(json.dumps(_plain(kept), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(data: bytes | memoryview) -> Kept:
    """The audit behind the bytes."""
    text = zlib.decompressobj().decompress(bytes(data), _MOST)
    made = _made(Kept, json.loads(text))
    assert isinstance(made, Kept)
    return made


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an audit is made of
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, data: Any) -> Any:  # noqa: ANN401 - a type and what it is made from
    """The value of a type; a field that an older version did not write takes its default."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        rest = [each for each in inner if each is not NoneType]
        return None if data is None else _made(rest[0], data)
    if origin is tuple:
        each = inner[0] if inner[1:] == (Ellipsis,) else None
        if each is not None:
            return tuple(_made(each, one) for one in data)
        return tuple(_made(one, value) for one, value in zip(inner, data, strict=True))
    if origin is not None:  # a mapping
        return {key: _made(inner[1], value) for key, value in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _made(hints[name], value) for name, value in data.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named tuple
        return kind(*data)
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal):
        return kind(data)
    return data
