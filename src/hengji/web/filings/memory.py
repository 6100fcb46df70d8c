"""What this process remembers of filings (记忆): rows, the value they compose, its scorecard, as of a revision.

The trail says every change, so a filing that is remembered is brought up to date by the entries since, in one query,
instead of being read again. The hash of the last entry tells whether what is remembered is of this very history.
"""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from hengji.model.filing import Filing
from hengji.model.problem import Problem
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.scoring import rescore, score
from hengji.web.filings import needs
from hengji.web.filings.bridge import Place, Rows, compose, load_rows
from hengji.web.filings.examining import Examination
from hengji.web.filings.models import FilingRow, Stated, model_of
from hengji.web.filings.tables import VALUE
from hengji.web.trail.models import Entry

_MOST = 64  # filings
_FAR = 200  # entries behind which reading anew is cheaper

Tables = dict[str, dict[Place, Stated]]


def _work() -> "Work":
    return Work()


@dataclass(frozen=True)
class Held:
    """One filing as it was: every part is of the same revision. ``stamp`` is what else it depends on."""

    stamp: tuple[object, ...]
    revision: int
    head: str
    tables: Tables
    work: "Work" = field(default_factory=_work)


@dataclass
class Work:
    """What was worked out of a held filing; filled as it is asked for, each part once."""

    filing: Filing | None = None
    card: Scorecard | None = None
    earlier: tuple[Scorecard, frozenset[str]] | None = None  # a scorecard before, and the items changed since
    examination: Examination | None = None  # the last there was, perhaps of an earlier revision
    faults: tuple[Problem, ...] | None = None  # likewise
    by_intake: frozenset[int] | None = None  # the versions of the values that intake put in


_held: "OrderedDict[int, Held]" = OrderedDict()
_lock = threading.Lock()


def forget() -> None:
    """Forgets everything."""
    with _lock:
        _held.clear()


def hold(row: FilingRow) -> Held:
    """The filing as of the row's revision: remembered and brought up to date, or read."""
    with _lock:
        known = _held.get(row.pk)
    found = None
    if known is not None and known.stamp == _stamp(row) and known.revision <= row.revision < known.revision + _FAR:
        found = _caught_up(row, known)
    if found is None:
        found = _read(row)
    with _lock:
        there = _held.get(row.pk)
        if there is None or there is known or there.revision <= found.revision:
            _held[row.pk] = found
            _held.move_to_end(row.pk)
        while len(_held) > _MOST:
            _held.popitem(last=False)
    return found


def _stamp(row: FilingRow) -> tuple[object, ...]:
    return row.year, row.system.sha256, row.department.name


def _read(row: FilingRow) -> Held:
    rows = load_rows(row.pk, row)
    head = Entry.objects.filter(filing_id=row.pk, number=row.revision).values_list("sha256", flat=True).first() or ""
    return Held(_stamp(row), row.revision, head, {name: dict(table) for name, table in rows.by_table.items()})


def _caught_up(row: FilingRow, known: Held) -> Held | None:
    """What is remembered with the entries since; None where they do not follow on it."""
    fields = ("number", "previous", "sha256", "table", "place", "after")
    since = list(
        Entry.objects.filter(filing_id=row.pk, number__gte=known.revision, number__lte=row.revision)
        .order_by("number")
        .values_list(*fields)
    )
    if known.revision and (not since or since[0][0] != known.revision or since[0][2] != known.head):
        return None
    fresh = [entry for entry in since if entry[0] > known.revision]
    if len(fresh) != row.revision - known.revision:
        return None
    if not fresh:
        return known
    tables = dict(known.tables)
    copied: set[str] = set()
    for number, _, _, table, place, after in fresh:
        if table not in tables:
            continue
        if table not in copied:
            tables[table] = dict(tables[table])
            copied.add(table)
        _apply(row, tables[table], (number, table, place, after))
    names = frozenset(json.loads(place)[0] for _, _, _, table, place, _ in fresh if table == VALUE.name)
    only_values = all(table == VALUE.name or table not in tables for _, _, _, table, _, _ in fresh)
    work = Work(examination=known.work.examination, faults=known.work.faults if only_values else None)
    work.earlier = _earlier(known, names) if only_values else None
    return Held(known.stamp, row.revision, fresh[-1][2], tables, work)


def _earlier(known: Held, names: frozenset[str]) -> tuple[Scorecard, frozenset[str]] | None:
    if known.work.card is not None:
        return known.work.card, names
    return (known.work.earlier[0], known.work.earlier[1] | names) if known.work.earlier is not None else None


def _apply(row: FilingRow, table: dict[Place, Stated], entry: tuple[int, str, str, str]) -> None:
    """One entry upon a table: the row it states takes the entry's number as its version."""
    number, name, text, after = entry
    place: Place = tuple(json.loads(text))
    if not after:
        table.pop(place, None)
        return
    model = model_of(name)
    key = dict(zip(model.table.key, place, strict=True))
    table[place] = model(filing_id=row.pk, version=number, **key, **json.loads(after))


def filing_of(row: FilingRow, held: Held) -> Filing:
    """The filing as a value."""
    if held.work.filing is None:
        held.work.filing = compose(Rows(row, held.tables))
    return held.work.filing


def card_of(row: FilingRow, held: Held, system: IndicatorSystem) -> Scorecard:
    """The scorecard; where only figures have changed, only the leaves they feed are scored again."""
    if held.work.card is None:
        filing = filing_of(row, held)
        if held.work.earlier is None:
            held.work.card = score(system, filing)
        else:
            before, names = held.work.earlier
            touched = frozenset(leaf.id for name in names for leaf in needs.fed_by(system, name))
            held.work.card = rescore(system, filing, before, touched)
        held.work.earlier = None
    return held.work.card
