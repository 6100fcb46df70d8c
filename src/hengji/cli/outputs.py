"""Where a command may write, and under what endings: over what it wrote itself and nobody has touched since, beside everything else."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hengji.files import written_whole
from hengji.model.problem import HengjiError

_ENDINGS = {
    "text": (".txt", ".text", ".md", ".log"),
    "json": (".json",),
    "html": (".html", ".htm"),
    "xlsx": (".xlsx",),
    "docx": (".docx", ".docm"),
    "pdf": (".pdf",),
}
_COPIES = ("docx", "pdf")  # written into a folder, which may have any name that is no file's of another form
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


def refuse_ending(target: Path, endings: Sequence[str], named: Sequence[str] = ()) -> None:
    """Raises HengjiError for a name that does not end as what is written does; ``named`` are the endings worth naming."""
    if target.suffix.lower() not in endings:
        *others, last = named or endings
        listed = f"{'、'.join(others)} 或 {last}" if others else last
        raise HengjiError(f"不能写成“{target.name}”，文件名应以 {listed} 结尾")


def refuse_other_ending(target: Path, form: str, *, text: bool = False) -> None:
    """Raises HengjiError where an audit's outcome would be written under the ending of another form; a name without one is let be."""
    written = "text" if text else form
    ending = target.suffix.lower()
    if written in _COPIES and ending not in {each for endings in _ENDINGS.values() for each in endings}:
        return
    if ending:
        refuse_ending(target, _ENDINGS[written], _ENDINGS[written][:1])


def _hash(path: Path) -> str:
    """The hash of a file; of a folder, or a file that cannot be read, one that matches nothing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "—"
