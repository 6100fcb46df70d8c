"""Where a command may write: over what it wrote itself and nobody has touched since, beside everything else."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from hengji.files import written_whole

_RECORD = ".hengji.json"  # the hashes of what was written into this folder


@dataclass
class Outputs:
    """The files of one folder that this program wrote, by the hash they had then."""

    folder: Path
    written: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Outputs":
        """What the folder's record says; a record that is missing or spoilt says nothing, and nothing is overwritten."""
        try:
            said = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            said = {}
        return cls(folder, {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {})

    def place(self, name: str) -> Path:
        """The file of that name, or the first of 「name（2）」, 「name（3）」 … that holds nobody's work."""
        path, number = self.folder / name, 1
        while path.exists() and self.written.get(path.name) != _hash(path):
            number += 1
            path = self.folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        return path

    def record(self, path: Path) -> None:
        """Remembers a file as it was just written."""
        self.written[path.name] = _hash(path)
        with written_whole(self.folder / _RECORD) as draft:
            draft.write_text(json.dumps(self.written, ensure_ascii=False, indent=1), encoding="utf-8")


def _hash(path: Path) -> str:
    """The hash of a file; of a folder, or a file that cannot be read, one that matches nothing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "—"
