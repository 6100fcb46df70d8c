"""数据项: sections of figures, each saved by itself."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.filing import SOURCE_CN, State, Value, ValueKey
from hengji.model.finding import Severity
from hengji.model.item import Item, ItemType
from hengji.model.numerals import fixed, plain, read_decimal
from hengji.model.system import Indicator
from hengji.model.units import dimension, factor
from hengji.scoring.facts import Datum
from hengji.web.filings import asking, needs
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.findings import Found
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.printed import figure, padded
from hengji.web.filings.rail import rail
from hengji.web.filings.saving import Said, asked, fragment, save_one, unfit, version_of
from hengji.web.filings.slugs import named, slug
from hengji.web.filings.tables import COVER, VALUE
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.workbook import layout
from hengji.workbook.cells import read_cell
from hengji.workbook.faults import value_fault
from hengji.workbook.grid import Cell

_TOO_MUCH = 10**15  # no county spends so many yuan


@dataclass(frozen=True, slots=True)
class Field:
    """The cell of one item and year: what is typed there, its version, and what is said about it."""

    item: Item
    year: int
    unit: str
    id: str
    typed: str
    version: int
    note: str = ""
    problem: str = ""
    theirs: str = ""
    who: str = ""
    computed: str = ""
    imported: bool = False
    ask: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One item: last year, this year, the difference, where it comes from, what it feeds, what proves it."""

    item: Item
    now: Field
    before: Field
    change: str
    source: str
    feeds: tuple[Indicator, ...]
    evidence: tuple[str, ...]
    found: tuple[Found, ...]

    @property
    def worst(self) -> str:
        """The gravest of what was found about it, as the cell's edge shows it."""
        open_ones = [each.finding.severity for each in self.found if not each.waived]
        return (
            {Severity.ERROR: "fault", Severity.WARNING: "doubt"}.get(min(open_ones, key=list(Severity).index), "")
            if open_ones
            else ""
        )


@asks(Act.READ)
def filing(request: Request, row: FilingRow) -> HttpResponse:
    """The filing's first section."""
    del request
    first = needs.sections(Folder.open(row).system)[0][0]
    return redirect("data", row.pk, slug(first))


@asks(Act.READ)
def data(request: Request, row: FilingRow, section: str) -> HttpResponse:
    """One section of data items."""
    folder = Folder.lately(row)
    sections = dict(needs.sections(folder.system))
    name = named(section, sections)
    of_unit = _unit(request.GET.get("unit", ""), folder)
    lines = [line_of(folder, item, of_unit) for item in sections[name]]
    units = [line.item.unit for line in lines if line.item.type is ItemType.NUMBER]
    feeding = sorted({leaf.id for line in lines for leaf in line.feeds})
    context = frame(
        request,
        "data",
        folder,
        rail=rail(folder),
        stop=section,
        section=name,
        of_unit=of_unit,
        lines=lines,
        unit=max(set(units), key=units.count) if units else "",
        feeding=feeding,
    )
    return render(request, "filings/data.html", context)


@asks(Act.FILL)
@require_POST
def item(request: Request, row: FilingRow, item: str) -> HttpResponse:
    """Saves one value: a number, a word or nothing."""
    folder = Folder.open(row)
    items = folder.system.dictionary.items
    wanted = items[named(item, items)]
    year = _year(request, row)
    of_unit = _unit(request.POST.get("unit", ""), folder)
    typed = request.POST.get("value", "")[:2000]
    value, problem = read(wanted, typed)

    def draw(now: Folder, said: Said) -> str:
        return drawn(now, wanted, ValueKey(wanted.name, year, of_unit), said)

    if problem:
        return unfit(request, row, problem, typed, draw)
    key = ValueKey(wanted.name, year, of_unit)
    meant = request.POST.get("meant", "")
    if value is not None:
        question = asking.about_unit(folder, wanted, key, value)
        if question is not None and meant not in question.answers:
            return asked(request, row, question, typed, draw)
        if question is not None and meant == asking.CONVERTED:
            value = asking.converted(wanted, value, question)
    why = request.POST.get("why", "").strip()
    before = folder.filing.values.get(key)
    if before is not None and asking.overrides(folder, key, value) and len(why) < asking.LEAST_REASON:
        return asked(request, row, asking.about_override(before, meant), typed, draw)
    if before is not None and value is not None and asking.is_imported(folder, key) and asking.same(before, value):
        value = before  # typed again as it was: it still comes from where it was read
    place = tuple(key)
    change = Change(VALUE, place, None if value is None else value_data(value), version_of(request))
    return save_one(request, row, [change], typed, draw)


def _year(request: HttpRequest, row: FilingRow) -> int:
    """This year or the last; no other can be typed here."""
    year = request.POST.get("year", "")
    if year not in (str(row.year), str(row.year - 1)):
        raise Http404
    return int(year)


def _unit(named_unit: str, folder: Folder) -> str:
    """A subordinate unit that the cover names, or the department itself."""
    if named_unit and named_unit not in folder.filing.units:
        raise Http404
    return named_unit


def read(wanted: Item, typed: str) -> tuple[Value | None, str]:
    """What was typed as a value (None: nothing), or one sentence about what is wrong with it."""
    reading = read_cell(Cell(typed.strip()), wanted.type, wanted.choices)
    if reading is None:
        return None, ""
    if reading.problem:
        return None, reading.problem
    number = wanted.type is ItemType.NUMBER
    unit = (reading.unit or wanted.unit) if number else ""
    amount = read_decimal(reading.text) if number else None
    if amount is not None and abs(amount) >= _TOO_MUCH:
        return None, "这个数过大，请核对单位和位数"
    value = Value(reading.text, unit, reading.state)
    fault = value_fault(wanted, value)
    return (None, fault) if fault else (value, "")


def drawn(folder: Folder, wanted: Item, key: ValueKey, said: Said) -> str:
    """The cell of an item, and out of band what stands beside it and in the computed cells of its section."""
    line = line_of(folder, wanted, key.unit, said, key.year)
    field = line.now if key.year == folder.row.year else line.before
    context = {"filing": folder.row, "field": field, "line": line, "writable": True}
    text = fragment("_field.html", context)
    if said.problem or said.clash or said.question:
        return text
    section = next(items for _, items in needs.sections(folder.system) if wanted in items)
    lines = [line_of(folder, each, key.unit) for each in section if each is wanted or each.formula is not None]
    return text + fragment("_beside_fields.html", {**context, "lines": lines})


def line_of(folder: Folder, wanted: Item, unit: str = "", said: Said | None = None, year: int = 0) -> Line:
    """Everything a page says about one item, of the department or of one subordinate unit."""
    this_year = folder.row.year
    now = _field(folder, wanted, ValueKey(wanted.name, this_year, unit), said if year == this_year else None)
    before = _field(folder, wanted, ValueKey(wanted.name, this_year - 1, unit), said if year == this_year - 1 else None)
    facts = folder.facts_of(unit)
    datum, earlier = facts.datum(wanted.name), facts.datum(wanted.name, 1)
    proofs = (each.title for each in folder.filing.evidence if wanted.name in each.proves)
    return Line(
        wanted,
        now,
        before,
        _change(datum, earlier),
        datum.source or wanted.table,
        needs.fed_by(folder.system, wanted.name),
        tuple(proofs),
        () if unit else folder.about_item(wanted.name),
    )


def _field(folder: Folder, wanted: Item, key: ValueKey, said: Said | None) -> Field:
    value = folder.filing.values.get(key)
    datum = folder.facts_of(key.unit).datum(wanted.name, folder.row.year - key.year)
    said = said or Said()
    clash = said.clash
    version = clash.version if clash else folder.rows.version(VALUE, *key)
    return Field(
        item=wanted,
        year=key.year,
        unit=key.unit,
        id=f"f-{slug(wanted.name)}-{key.year}",
        typed=said.typed if said.typed is not None else shown(value, wanted),
        version=version,
        note=_note(value, wanted),
        problem=said.problem,
        theirs=_theirs(clash.now, wanted) if clash else "",
        who=clash.who if clash else "",
        computed=_computed(value, datum),
        ask=said.question.text if said.question else "",
        choices=said.question.choices if said.question else (),
        reason=said.question is not None and said.question.reason,
        imported=asking.is_imported(folder, key),
    )


def _theirs(now: object, wanted: Item) -> str:
    if not isinstance(now, dict):
        return "（已清空）"
    value = Value(now["stated"], now["measure"], State(now["state"]))
    return shown(value, wanted)


def shown(value: Value | None, wanted: Item) -> str:
    """A stated value as it stands in its box: the unit is in the header unless it was stated in another."""
    if value is None or value.state is State.BLANK:
        return ""
    if value.state is State.NONE:
        return "无"
    other = wanted.type is ItemType.NUMBER and value.unit not in ("", wanted.unit)
    return value.stated + value.unit if other else padded(value.stated, value.unit or wanted.unit)


def _note(value: Value | None, wanted: Item) -> str:
    """How a value stated in another unit is taken, and what 无 counts as."""
    if value is None or wanted.type is not ItemType.NUMBER:
        return ""
    if value.state is State.NONE:
        return "按 0 计" if dimension(wanted.unit) != "ratio" else ""
    scale = factor(value.unit, wanted.unit) if value.unit else None
    if scale in (None, 1) or value.state is not State.GIVEN:
        return ""
    return f"按{value.unit}换算为 {plain(Fraction(value.stated) * scale, 6)} {wanted.unit}"


def _computed(value: Value | None, datum: Datum) -> str:
    """What is worked out or counted, where it is that which counts."""
    if (
        datum.source
        and (value is None or datum.source not in SOURCE_CN.values())
        and isinstance(datum.result, Fraction)
    ):
        return figure(datum.stated, datum.unit)
    return ""


def _change(now: Datum, before: Datum) -> str:
    """The difference to last year in per cent, with its sign."""
    a, b = now.result, before.result
    if not isinstance(a, Fraction) or not isinstance(b, Fraction) or isinstance(a, bool):
        return ""
    if b == 0:
        return "0.00%" if a == 0 else "新增"
    share = (a - b) / abs(b) * 100
    return ("+" if share > 0 else "−" if share < 0 else "") + fixed(abs(share)) + "%"


@asks(Act.READ)
def cover(request: Request, row: FilingRow) -> HttpResponse:
    """封面: who answers for the filing, and its date."""
    folder = Folder.lately(row)
    labels = dict.fromkeys([*layout.COVER_LABELS, *folder.filing.cover, layout.UNITS, layout.GRADE])
    fields = [cover_field(folder, label) for label in labels]
    context = frame(request, "data", folder, rail=rail(folder), stop="cover", fields=fields)
    return render(request, "filings/cover.html", context)


def cover_field(folder: Folder, label: str, said: Said | None = None) -> dict[str, object]:
    """One line of the cover as its fragment takes it."""
    said = said or Said()
    row = folder.rows.of(COVER).get((label,))
    stated = str(row.says["text"]) if row is not None else ""
    clash = said.clash
    return {
        "label": label,
        "typed": said.typed if said.typed is not None else stated,
        "version": clash.version if clash else folder.rows.version(COVER, label),
        "clash": clash,
        "theirs": (clash.now or {}).get("text", "（已清空）") if clash else "",
        "long": label == layout.UNITS,
        "note": {layout.UNITS: "一行一个；没有可以不填", layout.GRADE: "优、良、中、差"}.get(label, ""),
    }


@asks(Act.FILL)
@require_POST
def cover_line(request: Request, row: FilingRow, label: str) -> HttpResponse:
    """Saves one line of the cover."""
    folder = Folder.open(row)
    wanted = named(label, dict.fromkeys([*layout.COVER_LABELS, *folder.filing.cover, layout.UNITS, layout.GRADE]))
    typed = "\n".join(line.strip() for line in request.POST.get("value", "")[:4000].splitlines()).strip()

    def draw(now: Folder, said: Said) -> str:
        context = {"filing": now.row, "field": cover_field(now, wanted, said), "writable": True}
        return fragment("_cover_field.html", context)

    change = Change(COVER, (wanted,), {"text": typed} if typed else None, version_of(request))
    return save_one(request, row, [change], typed, draw)
