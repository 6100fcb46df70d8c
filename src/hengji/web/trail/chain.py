"""The chain (校验链): how entries are hashed, added and verified."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hengji.dossier import chain
from hengji.dossier.chain import HASHED, text_of
from hengji.web.filings.models import FilingRow
from hengji.web.people.models import User
from hengji.web.trail.models import Entry

__all__ = ["Note", "append", "hash_of", "said", "text_of"]


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be entered: an act on a place of a table, before and after (None where there was or is nothing)."""

    act: str
    table: str
    place: Sequence[object]
    before: object
    after: object
    why: str = ""


def said(entry: Entry) -> dict[str, object]:
    """Everything of an entry that its hash covers."""
    return {name: getattr(entry, name) for name in HASHED}


def hash_of(entry: Entry) -> str:
    """The hash of everything an entry says, its forerunner's hash included."""
    return chain.hash_of(entry.filing_id, said(entry))


def append(filing: FilingRow, user: User | None, notes: Iterable[Note]) -> int:
    """Adds entries to a filing's chain; the caller holds the filing's lock and its transaction.

    Returns the filing's new revision, which is the number of its last entry.
    """
    last = Entry.objects.filter(filing=filing).order_by("-number").values_list("number", "sha256").first()
    number, previous = last or (0, "")
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    name = user.shown if user is not None else "系统"
    entries = []
    for note in notes:
        number += 1
        entry = Entry(
            filing=filing,
            number=number,
            at=at,
            who=user.pk if user is not None else None,
            name=name,
            act=note.act,
            table=note.table,
            place=text_of(list(note.place)),
            before=text_of(note.before),
            after=text_of(note.after),
            why=note.why,
            previous=previous,
        )
        entry.sha256 = previous = hash_of(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    return number
