"""The only bridge between the database and a filing: ``load(id)`` gives the value, ``save(changes)`` keeps changes.

A change names the version it was made upon. Where a row has moved on, nothing of the whole save is kept and both sides
are told. The trail is written in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from hengji.model.filing import (
    Answer,
    Claim,
    Evidence,
    Exemption,
    Filing,
    Judgement,
    Register,
    Row,
    Source,
    State,
    Value,
    ValueKey,
)
from hengji.web.filings.models import ROW_MODELS, FilingRow, Stated, model_of
from hengji.web.filings.tables import STATE, TABLE_OF, Table
from hengji.web.people.models import User
from hengji.web.states.machine import STEP_CN, Step
from hengji.web.trail.chain import Note, append, text_of
from hengji.web.trail.models import Entry
from hengji.workbook import layout

ANY = -1  # whatever the version: the change was made upon the whole filing, which is locked
_RESERVED = (layout.UNITS, layout.GRADE)
Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row to become ``data`` (None: to go). ``version`` is what its author saw; 0 where there was no row."""

    table: Table
    place: Place
    data: Mapping[str, object] | None
    version: int = ANY
    why: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A change that came too late: what stands there now, whose it is and since when."""

    change: Change
    now: Mapping[str, object] | None
    version: int
    who: str = ""
    at: str = ""


class Conflict(Exception):
    """Somebody else has changed what this save was made upon; nothing was kept."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__("这里刚被别人改过")
        self.clashes = tuple(clashes)


class Closed(Exception):
    """The filing is not open to changes any more."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row of one filing, by table and place."""

    filing: FilingRow
    by_table: Mapping[str, Mapping[Place, Stated]] = field(default_factory=dict)

    def of(self, table: Table) -> Mapping[Place, Stated]:
        """The rows of a table, in their order."""
        return self.by_table[table.name]

    def version(self, table: Table, *place: object) -> int:
        """The version of a row; 0 where there is none."""
        row = self.by_table[table.name].get(place)
        return row.version if row is not None else 0


def load_rows(filing_id: int, filing: FilingRow | None = None) -> Rows:
    """Every row of a filing: one query for the filing, unless it is at hand, and one for each table."""
    filing = filing or FilingRow.objects.select_related("department__region", "system").get(pk=filing_id)
    tables: dict[str, dict[Place, Stated]] = {}
    for model in ROW_MODELS:
        rows = model._default_manager.filter(filing_id=filing_id).order_by("pk")
        tables[model.table.name] = {row.place: row for row in rows}
    return Rows(filing, tables)


def load(filing_id: int) -> Filing:
    """The filing as scoring, checking and writing know it."""
    return compose(load_rows(filing_id))


def compose(rows: Rows) -> Filing:
    """The filing that these rows state."""

    def said(name: str) -> Iterable[tuple[Place, dict[str, object]]]:
        return ((place, row.says) for place, row in rows.by_table[name].items())

    cover = {str(place[0]): str(data["text"]) for place, data in said("cover")}
    system = rows.filing.system
    return Filing(
        department=rows.filing.department.name,
        year=rows.filing.year,
        system=system.system,
        system_version=system.version,
        system_hash=system.sha256,
        units=tuple(filter(None, cover.get(layout.UNITS, "").split("\n"))),
        cover={label: text for label, text in cover.items() if label not in _RESERVED},
        values={ValueKey(*place): _value(data) for place, data in said("value")},  # type: ignore[arg-type]
        registers=_registers(rows),
        judgements=_judgements(rows),
        claims={str(place[0]): _claim(data) for place, data in said("claim")},
        claimed_grade=cover.get(layout.GRADE, ""),
        exemptions={str(place[0]): Exemption(**data) for place, data in said("exemption")},  # type: ignore[arg-type]
        narrative=_narrative(rows),
        evidence=tuple(_evidence(data) for _, data in sorted(said("evidence"))),
    )


def value_at(rows: Rows, key: ValueKey) -> Value | None:
    """One value, without composing the whole filing."""
    row = rows.of(TABLE_OF["value"]).get(tuple(key))
    return None if row is None else _value(row.says)


def _value(data: Mapping[str, object]) -> Value:
    texts = {name: str(data[name]) for name in ("stated", "locator", "quote")}
    return Value(
        texts["stated"],
        str(data["measure"]),
        State(str(data["state"])),
        Source(str(data["source"])),
        texts["locator"],
        texts["quote"],
    )


def _registers(rows: Rows) -> dict[str, Register]:
    entered: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for (register, number), row in rows.by_table["row"].items():
        data = row.says
        cells = data["cells"]
        assert isinstance(cells, dict)
        entered[str(register)].append((int(str(number)), Row(cells, str(data["locator"]), str(data["unit"]))))
    marks = {str(place[0]): row.says for place, row in rows.by_table["mark"].items()}
    return {
        name: Register(
            tuple(row for _, row in sorted(entered[name], key=lambda each: each[0])),
            bool(marks.get(name, {}).get("complete")),
            bool(marks.get(name, {}).get("none_this_year")),
        )
        for name in dict.fromkeys([*marks, *entered])
    }


def _judgements(rows: Rows) -> dict[str, Judgement]:
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)
    for (leaf, statement), row in rows.by_table["answer"].items():
        data = row.says
        holds = data["holds"]
        assert holds is None or isinstance(holds, bool)
        answers[str(leaf)][str(statement)] = Answer(holds, str(data["evidence"]), str(data["note"]))
    judged = {str(place[0]): row.says for place, row in rows.by_table["judgement"].items()}
    found = {}
    for leaf in dict.fromkeys([*judged, *answers]):
        data = judged.get(leaf, {})
        share = str(data.get("share", ""))
        found[leaf] = Judgement(
            dict(answers.get(leaf, {})),
            str(data.get("band", "")),
            Decimal(share) if share else None,
            str(data.get("choice", "")),
            str(data.get("reason", "")),
        )
    return found


def _claim(data: Mapping[str, object]) -> Claim:
    return Claim(Decimal(str(data["score"])), str(data["reason"]), str(data["locator"]), str(data["quote"]))


def _narrative(rows: Rows) -> dict[str, tuple[str, ...]]:
    chapters: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (chapter, number), row in rows.by_table["paragraph"].items():
        chapters[str(chapter)].append((int(str(number)), str(row.says["text"])))
    return {chapter: tuple(text for _, text in sorted(texts)) for chapter, texts in chapters.items()}


def _evidence(data: Mapping[str, object]) -> Evidence:
    proves = data["proves"]
    assert isinstance(proves, list)
    return Evidence(
        str(data["title"]), tuple(map(str, proves)), str(data["file"]), str(data["locator"]), str(data["sha256"])
    )


def stated(filing: Filing) -> list[Change]:
    """The rows that a filing consists of: the way back of ``compose``."""
    rows: list[tuple[str, Place, dict[str, object]]] = []
    cover = {**filing.cover, layout.UNITS: "\n".join(filing.units), layout.GRADE: filing.claimed_grade}
    rows += [("cover", (label,), {"text": text}) for label, text in cover.items() if text]
    for key, value in filing.values.items():
        rows.append(("value", tuple(key), value_data(value)))
    for name, register in filing.registers.items():
        rows.append(("mark", (name,), {"complete": register.complete, "none_this_year": register.none_this_year}))
        for number, row in enumerate(register.rows, start=1):
            data: dict[str, object] = {"cells": dict(row.cells), "locator": row.locator, "unit": row.unit}
            rows.append(("row", (name, number), data))
    for leaf, judgement in filing.judgements.items():
        rows += _judgement_rows(leaf, judgement)
    for leaf, claim in filing.claims.items():
        data = {"score": format(claim.score, "f"), "reason": claim.reason}
        rows.append(("claim", (leaf,), {**data, "locator": claim.locator, "quote": claim.quote}))
    for leaf, exemption in filing.exemptions.items():
        rows.append(("exemption", (leaf,), {"reason": exemption.reason, "evidence": exemption.evidence}))
    for chapter, texts in filing.narrative.items():
        rows += [("paragraph", (chapter, number), {"text": text}) for number, text in enumerate(texts, start=1)]
    for number, each in enumerate(filing.evidence, start=1):
        data = {"title": each.title, "proves": list(each.proves), "file": each.file, "locator": each.locator}
        rows.append(("evidence", (number,), {**data, "sha256": each.sha256, "size": 0}))
    return [Change(TABLE_OF[name], place, data) for name, place, data in rows]


def value_data(value: Value) -> dict[str, object]:
    """What a value's row states."""
    return {
        "stated": value.stated,
        "measure": value.unit,
        "state": value.state.value,
        "source": value.source.value,
        "locator": value.locator,
        "quote": value.quote,
    }


def _judgement_rows(leaf: str, judgement: Judgement) -> list[tuple[str, Place, dict[str, object]]]:
    rows: list[tuple[str, Place, dict[str, object]]] = []
    own = {"band": judgement.band, "choice": judgement.choice, "reason": judgement.reason}
    share = "" if judgement.share is None else format(judgement.share, "f")
    if any((*own.values(), share)) or not judgement.answers:
        rows.append(("judgement", (leaf,), {**own, "share": share}))
    for key, answer in judgement.answers.items():
        rows.append(("answer", (leaf, key), {"holds": answer.holds, "evidence": answer.evidence, "note": answer.note}))
    return rows


@transaction.atomic
def save(filing_id: int, by: User | None, changes: Sequence[Change], why: str = "", act: str = "fill") -> int:
    """Keeps changes, all or none, with their entries in the trail; returns the filing's revision.

    A change that changes nothing leaves no trace. Raises Conflict where somebody was faster, Closed where the filing
    stands at a step at which a table does not change.
    """
    filing = FilingRow.objects.select_for_update().get(pk=filing_id)
    shut = next((change.table for change in changes if filing.step not in change.table.at), None)
    if shut is not None:
        raise Closed(f"现在处于“{STEP_CN[Step(filing.step)]}”，“{shut.word}”不能再修改。")
    present = _present(filing, changes)
    clashes = [clash for change in changes if (clash := _clash(filing, change, present)) is not None]
    if clashes:
        raise Conflict(clashes)
    effective = [change for change in changes if _said(present, change) != _wanted(change)]
    notes = [Note(act, c.table.name, c.place, _said(present, c), _wanted(c), c.why or why) for c in effective]
    _write(filing, effective, present)
    if notes:
        filing.revision = append(filing, by, notes)
        filing.save(update_fields=["revision", "changed_at"])
    return filing.revision


_Present = dict[tuple[str, Place], Stated]
_FEW = 8  # changes up to which rows are asked for one by one


def _present(filing: FilingRow, changes: Sequence[Change]) -> _Present:
    """The rows that the changes are about, as they stand now under the lock."""
    found: _Present = {}
    for table in {change.table.name: change.table for change in changes}.values():
        rows = model_of(table.name)._default_manager.filter(filing=filing)
        wanted = [change.place for change in changes if change.table is table]
        if len(wanted) > _FEW:
            found |= {(table.name, row.place): row for row in rows}
            continue
        for place in wanted:
            row = rows.filter(**dict(zip(table.key, place, strict=True))).first()
            if row is not None:
                found[table.name, place] = row
    return found


def _said(present: _Present, change: Change) -> dict[str, object] | None:
    row = present.get((change.table.name, change.place))
    return row.says if row is not None else None


def _wanted(change: Change) -> dict[str, object] | None:
    return None if change.data is None else {name: change.data[name] for name in change.table.data}


def _clash(filing: FilingRow, change: Change, present: _Present) -> Clash | None:
    row = present.get((change.table.name, change.place))
    version = row.version if row is not None else 0
    if change.version in (ANY, version) or _said(present, change) == _wanted(change):
        return None
    place = text_of(list(change.place))
    last = Entry.objects.filter(filing=filing, table=change.table.name, place=place).order_by("-number").first()
    who, at = (last.name, last.at) if last is not None else ("", "")
    return Clash(change, row.says if row is not None else None, version, who, at)


def changed_by_others(filing_id: int, by: User | None, change: Change) -> bool:
    """Whether anybody else has changed the change's row since the version that its author saw."""
    later = Entry.objects.filter(
        filing=filing_id, table=change.table.name, place=text_of(list(change.place)), number__gt=change.version
    )
    return later.exclude(who=by.pk if by is not None else None).exists()


def _write(filing: FilingRow, changes: Sequence[Change], present: _Present) -> None:
    """Writes rows; each takes as version the number its entry will have."""
    new: dict[str, list[Stated]] = defaultdict(list)
    for version, change in enumerate(changes, start=filing.revision + 1):
        row = present.get((change.table.name, change.place))
        if change.data is None:
            if row is not None:
                row.delete()
            continue
        wanted = _wanted(change) or {}
        if row is None:
            key = dict(zip(change.table.key, change.place, strict=True))
            new[change.table.name].append(model_of(change.table.name)(filing=filing, version=version, **key, **wanted))
            continue
        for name, value in wanted.items():
            setattr(row, name, value)
        row.version = version
        row.save()
    for name, rows in new.items():
        model_of(name)._default_manager.bulk_create(rows, batch_size=500)


def state_of(filing: FilingRow) -> dict[str, object]:
    """What the filing's own row says about where it stands."""
    return {name: getattr(filing, name) for name in STATE.data}
