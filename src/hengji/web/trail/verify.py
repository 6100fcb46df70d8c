"""Verifies a filing: its chain, that the rows are what the chain says, and that the files are what was uploaded."""

import hashlib
import json
from dataclasses import dataclass

from hengji.web.filings import files
from hengji.web.filings.models import ROW_MODELS, FilingRow, bureau_models
from hengji.web.filings.tables import STATE, TABLE_OF
from hengji.web.states.models import Snapshot
from hengji.web.trail.chain import hash_of, text_of
from hengji.web.trail.models import Entry


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and every sentence about what is not as it was."""

    filing: FilingRow
    entries: int
    files: int
    faults: tuple[str, ...]
    head: str

    @property
    def sentence(self) -> str:
        """The result as one sentence."""
        if not self.faults:
            return f"未改动，{self.entries}条记录、{self.files}个文件"
        return self.faults[0]


def verify(filing: FilingRow) -> Verification:
    """Recomputes the chain of a filing and compares rows and files with it; finds a single altered byte."""
    faults: list[str] = []
    stated: dict[tuple[str, str], str] = {}
    previous, number = "", 0
    for entry in Entry.objects.filter(filing=filing).order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number != number or entry.previous != previous or hash_of(entry) != entry.sha256:
            faults.append(f"第{number}条记录被改动或缺失")
            break
        previous = entry.sha256
        stated[entry.table, entry.place] = entry.after
    else:
        if number != filing.revision:
            faults.append(f"记录应有{filing.revision}条，现有{number}条")
    if not faults:
        faults += _rows(filing, stated)
        faults += _snapshots(filing)
    scans = Snapshot.objects.filter(filing=filing).exclude(scan="").values_list("scan_name", "scan")
    hashes = [*_evidence(stated), *scans]
    faults += [f"文件“{title}”与上传时不同或已丢失" for title, sha in hashes if not files.intact(sha)]
    return Verification(filing, number, len(hashes), tuple(faults), previous)


def _rows(filing: FilingRow, stated: dict[tuple[str, str], str]) -> list[str]:
    """Rows that are not what the last entry about them says."""
    found = {(STATE.name, "[]"): _state(filing, stated.get((STATE.name, "[]"), ""))}
    for model in (*ROW_MODELS, *bureau_models()):
        for row in model._default_manager.filter(filing=filing):
            found[row.table.name, text_of(list(row.place))] = text_of(row.says)
    # A filing begins at 填报 without an entry that says so.
    stated.setdefault((STATE.name, "[]"), found[STATE.name, "[]"] if filing.step == "filling" else "")
    told = {place: after for place, after in stated.items() if after}
    return [
        f"{TABLE_OF[table].word}{place}与修改记录不一致"
        for table, place in sorted(told.keys() | found.keys())
        if told.get((table, place)) != found.get((table, place))
    ]


def _state(filing: FilingRow, told: str) -> str:
    """Where the filing stands, as text. A mark that did not exist when the last entry was made must be unset."""
    known = json.loads(told) if told else {}
    now = {name: getattr(filing, name) for name in STATE.data}
    return text_of({name: mark for name, mark in now.items() if name in known or not told or mark})


def _snapshots(filing: FilingRow) -> list[str]:
    """Snapshots that are not what was frozen, by the hash that the trail names."""
    told = Entry.objects.filter(filing=filing, table=STATE.name).values_list("number", "why")
    why = dict(told)
    return [
        f"第{snapshot.revision}条记录时的快照被改动"
        for snapshot in Snapshot.objects.filter(filing=filing)
        if hashlib.sha256(snapshot.stated.encode()).hexdigest() != snapshot.digest
        or snapshot.digest not in why.get(snapshot.revision, "")
    ]


def _evidence(stated: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    rows = [json.loads(after) for (table, _), after in stated.items() if table == "evidence" and after]
    return [(row["title"], row["sha256"]) for row in rows if row["sha256"] and row["size"]]
