"""What lies in a dossier, and the manifest (清单) that names every part with its hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from hengji.dossier.chain import text_of

FORMAT = "hengji-dossier/2"
FIRST_FORMAT = "hengji-dossier/1"  # had no sealed pages and was whole; it is verified all the same
ABOUT, CHAIN, ROWS, MANIFEST = "说明.txt", "chain.jsonl", "rows.jsonl", "manifest.json"
SNAPSHOTS = "快照"  # <revision>-<act>-填报.json is what was frozen, byte for byte what was hashed

PUBLISHED = "公开"  # <number>.json is what was made public, byte for byte what was hashed


def manifest_bytes(said: Mapping[str, object]) -> bytes:
    """The manifest with its own seal, in the one way it is written."""
    return _written({**said, "seal": seal_of(said)})


def seal_of(said: Mapping[str, object]) -> str:
    """The hash of everything a manifest says beside the seal itself."""
    rest = {name: value for name, value in said.items() if name != "seal"}
    return hashlib.sha256(text_of(rest).encode()).hexdigest()


def read_manifest(data: bytes) -> dict[str, Any] | None:
    """The manifest, where it is written as we write it and bears its seal; None otherwise."""
    try:
        said = json.loads(data)
        if isinstance(said, dict) and _written(said) == data and said["seal"] == seal_of(said):
            return said
    except (ValueError, KeyError, RecursionError):
        pass
    return None


def _written(said: Mapping[str, object]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
