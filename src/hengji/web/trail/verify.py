"""Verifies a filing: its chain, that the rows are what the chain says, and that the files are what was uploaded."""

import hashlib
import json
from dataclasses import dataclass

from hengji.dossier.chain import differences, named_in, said_in, state_text
from hengji.web.filings import files
from hengji.web.filings.models import ROW_MODELS, FilingRow, bureau_models
from hengji.web.filings.tables import STATE, TABLE_OF
from hengji.web.results.models import Publication
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
        faults += _published(filing, stated)
    scans = Snapshot.objects.filter(filing=filing).exclude(scan="").values_list("scan_name", "scan")
    hashes = [*_evidence(stated), *scans]
    faults += [f"文件“{title}”与上传时不同或已丢失" for title, sha in hashes if not files.intact(sha)]
    return Verification(filing, number, len(hashes), tuple(faults), previous)


def _rows(filing: FilingRow, stated: dict[tuple[str, str], str]) -> list[str]:
    """Rows that are not what the last entry about them says."""
    state = {name: getattr(filing, name) for name in STATE.data}
    found = {(STATE.name, "[]"): state_text(state, stated.get((STATE.name, "[]"), ""))}
    for model in (*ROW_MODELS, *bureau_models()):
        for row in model._default_manager.filter(filing=filing):
            found[row.table.name, text_of(list(row.place))] = text_of(row.says)
    # A filing begins at 填报 without an entry that says so.
    stated.setdefault((STATE.name, "[]"), found[STATE.name, "[]"] if filing.step == "filling" else "")
    return differences(stated, found, {name: table.word for name, table in TABLE_OF.items()})


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


def _published(filing: FilingRow, stated: dict[tuple[str, str], str]) -> list[str]:
    """What was made public and is not what the trail has the hash of."""
    told = {place: json.loads(after)["digest"] for (table, place), after in stated.items() if table == "publication"}
    found = {
        text_of([each.number]): hashlib.sha256(each.content.encode()).hexdigest()
        for each in Publication.objects.filter(filing=filing)
    }
    return [
        f"第{place.strip('[]')}次公开的内容被改动或缺失"
        for place in sorted(told.keys() | found.keys())
        if told.get(place) != found.get(place)
    ]


def _evidence(stated: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    rows = [json.loads(after) for (table, _), after in stated.items() if table == "evidence" and after]
    found = [(row["title"], row["sha256"]) for row in rows if row["sha256"] and row["size"]]
    named = {sha256: name for after in stated.values() for sha256, name in named_in(said_in(after))}
    return found + [(name, sha256) for sha256, name in named.items()]
