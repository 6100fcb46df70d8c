"""Verifies a dossier: the chain recomputed and replayed against the rows, and every part against its hash.

Needs nothing but the file. Whatever a hostile file holds, it is read a line or a piece at a time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from hengji.dossier.chain import HASHED, differences, hash_of, named_in, said_in, state_text, text_of
from hengji.dossier.container import AlteredError, Part, looks_like_ours, parts_of
from hengji.dossier.form import ABOUT, CHAIN, FIRST_FORMAT, FORMAT, MANIFEST, PUBLISHED, ROWS, SNAPSHOTS, read_manifest
from hengji.files import reason
from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError

_LONGEST_LINE = 16 << 20
_MOST_MANIFEST = 16 << 20
_FAULTS = 200  # more are not told
_STATE = ("state", "[]")
_SCAN = pattern(r"；盖章扫描件 ([0-9a-f]{64})）?$")  # what an entry says of the sealed page
NOT_OURS = "这不是衡绩的档案，请选择“导出档案”得到的 .zip 文件"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, every sentence about what is not as it was, and the entries for whoever wants to see them."""

    title: str = ""
    entries: int = 0
    files: int = 0
    faults: tuple[str, ...] = ()
    head: str = ""  # hash of the last entry
    seal: str = ""  # hash of the whole
    records: tuple[dict[str, Any], ...] = ()
    withheld: int = 0  # entries that the bureau keeps, in a department's own dossier

    @property
    def sentence(self) -> str:
        """The result as one sentence."""
        if self.faults:
            return self.faults[0]
        kept = f"（单位版，另有{self.withheld}条由财政局保管）" if self.withheld else ""
        return f"未改动，{self.entries}条记录、{self.files}个文件{kept}"


@dataclass
class _Reading:
    """What has been read of a dossier so far."""

    filing: int
    stated: dict[tuple[str, str], str] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)  # of the entries about the state
    faults: list[str] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    gaps: bool = False  # whether entries may be left out between two
    number: int = 0  # of the last entry
    entries: int = 0
    head: str = ""


def verify(path: Path, keep: int = 0) -> Checked:
    """Checks a dossier; ``keep`` entries of it are handed back. Raises HengjiError for a file that is none."""
    try:
        with path.open("rb") as file:
            return _verify(file, keep)
    except FileNotFoundError:
        raise HengjiError(f"没有找到 {path}") from None
    except OSError as error:
        raise HengjiError(f"{path} 读不出（{reason(error)}）") from error


def _verify(file: BinaryIO, keep: int) -> Checked:
    if not looks_like_ours(file, ABOUT):
        raise HengjiError(NOT_OURS)
    parts: dict[str, Part] = {}
    broken = []
    try:
        for part in parts_of(file):
            parts[part.name] = part
    except AlteredError as error:
        broken = [str(error)]
    manifest = _manifest(file, parts)
    if manifest is None:
        return Checked(faults=(*broken, "档案的清单（manifest.json）被改动或缺失"))
    withheld = manifest.get("withheld", 0)
    reading = _Reading(int(manifest["filing"]), gaps=bool(withheld))
    _chain(file, parts.get(CHAIN), reading, keep)
    if not reading.faults:
        if (reading.entries, reading.head) != (manifest["chain"]["entries"], manifest["chain"]["head"]):
            reading.faults.append(f"记录应有{manifest['chain']['entries']}条，现有{reading.entries}条")
        reading.faults += _rows(file, parts.get(ROWS), reading)
        reading.faults += _snapshots(parts, reading)
        reading.faults += _published(parts, reading)
        reading.faults += _evidence(parts, reading)
        reading.faults += _scans(parts, reading) if manifest["format"] == FORMAT else []
    faults = [*reading.faults, *_parts(parts, manifest), *broken]
    return Checked(
        title=f"{manifest['department']} {manifest['year']}年度",
        entries=reading.entries,
        files=len(manifest["parts"]),
        faults=tuple(faults[:_FAULTS]),
        head=reading.head,
        seal=str(manifest["seal"]),
        records=tuple(reading.records),
        withheld=withheld,
    )


def _manifest(file: BinaryIO, parts: dict[str, Part]) -> dict[str, Any] | None:
    part = parts.get(MANIFEST)
    if part is None or part.size > _MOST_MANIFEST:
        return None
    file.seek(part.start)
    said = read_manifest(file.read(part.size))
    if said is None or said.get("format") not in (FIRST_FORMAT, FORMAT):
        return None
    listed = said.get("parts")
    shaped = (
        isinstance(said.get("filing"), int)
        and isinstance(said.get("withheld", 0), int)
        and isinstance(said.get("chain"), dict)
        and {"entries", "head"} <= said["chain"].keys()
        and {"department", "year"} <= said.keys()
        and isinstance(listed, list)
        and all(isinstance(each, dict) and {"name", "size", "sha256"} <= each.keys() for each in listed)
    )
    return said if shaped else None


def _lines(file: BinaryIO, part: Part) -> Iterator[tuple[str, Any]]:
    """The lines of a part, each with the value it states; what cannot be read is None."""
    file.seek(part.start)
    left = part.size
    while left:
        line = file.readline(min(left, _LONGEST_LINE))
        left -= len(line)
        if not line:
            return
        try:
            text = line.decode()
            yield text, json.loads(text)
        except (ValueError, RecursionError):
            yield "", None


_KINDS: dict[str, tuple[type, ...]] = dict.fromkeys((*HASHED, "sha256"), (str,)) | {
    "number": (int,),
    "who": (int, type(None)),
}


def _chain(file: BinaryIO, part: Part | None, reading: _Reading, keep: int) -> None:
    """Recomputes the chain; the first entry that is not as it was ends it."""
    if part is None:
        reading.faults.append("档案里没有修改记录")
        return
    for text, entry in _lines(file, part):
        number = reading.number + 1
        if not _sound(entry, text) or entry["previous"] != reading.head or not _next(reading, entry["number"]):
            reading.faults.append(f"第{number}条记录被改动或缺失")
            return
        number = entry["number"]
        if hash_of(reading.filing, entry) != entry["sha256"]:
            reading.faults.append(f"第{number}条记录被改动")
            return
        reading.number, reading.head = number, entry["sha256"]
        reading.entries += 1
        reading.stated[entry["table"], entry["place"]] = entry["after"]
        if entry["table"] == _STATE[0]:
            reading.why[number] = entry["why"]
        if len(reading.records) < keep:
            reading.records.append(entry)


def _next(reading: _Reading, number: int) -> bool:
    """Whether an entry of this number may follow the last one."""
    return number > reading.number if reading.gaps else number == reading.number + 1


def _sound(entry: object, text: str) -> bool:
    """Whether a line is an entry, written as we write it."""
    if not isinstance(entry, dict) or entry.keys() != _KINDS.keys():
        return False
    fits = all(isinstance(entry[name], kinds) for name, kinds in _KINDS.items())
    return fits and f"{text_of(entry)}\n" == text


def _rows(file: BinaryIO, part: Part | None, reading: _Reading) -> list[str]:
    """Rows that are not what the last entry about them says."""
    if part is None:
        return ["档案里没有数据行"]
    found: dict[tuple[str, str], str] = {}
    words: dict[str, str] = {}
    for number, (text, row) in enumerate(_lines(file, part), start=1):
        if not isinstance(row, dict) or {"table", "word", "place", "says"} != row.keys() or f"{text_of(row)}\n" != text:
            return [f"第{number}行数据被改动"]
        table, place = str(row["table"]), text_of(row["place"])
        words[table] = str(row["word"])
        if (table, place) == _STATE and isinstance(row["says"], dict):
            told = reading.stated.get(_STATE, "")
            if not told and row["says"].get("step") == "filling":
                continue  # a filing begins at 填报 without an entry that says so
            found[table, place] = state_text(row["says"], told)
        else:
            found[table, place] = text_of(row["says"])
    return differences(reading.stated, found, words)


def _snapshots(parts: dict[str, Part], reading: _Reading) -> list[str]:
    """Snapshots that are not what was frozen, by the hash that the trail names."""
    faults = []
    for name, part in parts.items():
        if name.startswith(f"{SNAPSHOTS}/") and name.endswith("-填报.json"):
            number = name.removeprefix(f"{SNAPSHOTS}/").split("-")[0]
            if not number.isdecimal() or part.sha256 not in reading.why.get(int(number[:9]), ""):
                faults.append(f"第{number}条记录时的快照被改动")
    return faults


def _published(parts: dict[str, Part], reading: _Reading) -> list[str]:
    """What was made public and is not what the trail has the hash of."""
    faults = []
    for (table, place), after in reading.stated.items():
        if table == "publication" and after:
            number = place.strip("[]")
            part = parts.get(f"{PUBLISHED}/{number}.json")
            if part is None or part.sha256 != said_in(after).get("digest"):
                faults.append(f"第{number}次公开的内容被改动或缺失")
    return faults


def _evidence(parts: dict[str, Part], reading: _Reading) -> list[str]:
    """Files that the trail names and that are not there as they were uploaded."""
    there = {part.sha256 for part in parts.values()}
    faults = []
    for after in reading.stated.values():
        for sha256, name in named_in(said_in(after)):
            if sha256 not in there:
                faults.append(f"文件“{name}”与上传时不同或已丢失")
        row = said_in(after) if '"sha256":"' in after else {}
        if row.get("sha256") and row.get("size") and row["sha256"] not in there:
            faults.append(f"文件“{row.get('title') or row['sha256']}”与上传时不同或已丢失")
    return faults


def _scans(parts: dict[str, Part], reading: _Reading) -> list[str]:
    """Sealed pages that the trail names and that are not there as they were signed."""
    there = {part.sha256 for part in parts.values()}
    return [
        f"第{number}条记录的盖章扫描件与签批时不同或已丢失"
        for number, why in reading.why.items()
        for sha256 in _SCAN.findall(why)
        if sha256 not in there
    ]


def _parts(parts: dict[str, Part], manifest: dict[str, Any]) -> list[str]:
    """Parts that are not what the manifest says of them."""
    listed = {str(each["name"]): (each["size"], each["sha256"]) for each in manifest["parts"]}
    found = {name: (part.size, part.sha256) for name, part in parts.items() if name != MANIFEST}
    faults = [f"文件“{name}”缺失" for name in listed.keys() - found.keys()]
    faults += [f"文件“{name}”不在清单里" for name in found.keys() - listed.keys()]
    faults += [f"文件“{name}”被改动" for name in sorted(listed.keys() & found.keys()) if listed[name] != found[name]]
    return faults
