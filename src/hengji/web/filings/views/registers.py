"""台账: registers as grids; a cell saves by itself, a pasted block is shown before it is kept."""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hengji.model.filing import Register, Row
from hengji.model.item import ItemType, RegisterColumn, RegisterKind
from hengji.model.numerals import plain, read_decimal
from hengji.model.problem import HengjiError
from hengji.scoring.facts import RowScope
from hengji.web.filings import asking, bridge, needs, pasting
from hengji.web.filings.bridge import Change, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, Stated
from hengji.web.filings.rail import rail
from hengji.web.filings.saving import Said, asked, beside, fragment, save_one, unfit, version_of
from hengji.web.filings.slugs import named, slug
from hengji.web.filings.tables import MARK, ROW
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act

PAGE = 200
_NARROWEST, _WIDEST = 8, 36


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a row as its fragment takes it."""

    column: RegisterColumn
    number: int
    id: str
    typed: str
    version: int
    computed: str = ""
    problem: str = ""
    theirs: str = ""
    who: str = ""
    ask: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """How wide the cell is made, in the browser's unit: a Chinese character is two."""
        if self.column.type is ItemType.NUMBER:
            return 8
        return max(_NARROWEST, min(_WIDEST, 2 * len(self.typed)))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a register: its number, version and cells."""

    number: int
    version: int
    boxes: tuple[Box, ...]


def kind_of(folder: Folder, short: str) -> RegisterKind:
    """The register behind an address."""
    kinds = {kind.name: kind for kind in needs.registers(folder.system)}
    return kinds[named(short, kinds)]


@asks(Act.READ)
def register(request: Request, row: FilingRow, register: str) -> HttpResponse:
    """One register as a grid, 200 rows a page."""
    folder = Folder.lately(row)
    kind = kind_of(folder, register)
    rows = rows_of(folder, kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    stated = folder.filing.registers.get(kind.name, Register())
    context = frame(
        request,
        "data",
        folder,
        rail=rail(folder),
        stop=register,
        kind=kind,
        page=page,
        lines=[line_of(folder, kind, each) for each in page],
        marks=stated,
        mark_version=folder.rows.version(MARK, kind.name),
        sums=sums(kind, stated),
        feeding=[leaf.id for leaf in needs.fed_by(folder.system, f"台账:{kind.name}")],
    )
    return render(request, "filings/register.html", context)


def rows_of(folder: Folder, kind: RegisterKind) -> list[Stated]:
    """The rows of one register, in order."""
    found = [row for place, row in folder.rows.of(ROW).items() if place[0] == kind.name]
    return sorted(found, key=lambda row: int(str(row.place[1])))


def sums(kind: RegisterKind, stated: Register) -> list[str]:
    """The sum of each column of amounts; nothing under the others."""
    found = []
    for column in kind.columns:
        numbers = [read_decimal(row.cells.get(column.name, "")) for row in stated.rows]
        total = sum((Fraction(number) for number in numbers if number is not None), Fraction(0))
        found.append(plain(total, 6) if column.type is ItemType.NUMBER and column.unit and any(numbers) else "")
    return found


def line_of(folder: Folder, kind: RegisterKind, row: Stated, said: tuple[str, Said] | None = None) -> Line:
    """One row as its fragment takes it; ``said`` is about one of its columns."""
    number = int(str(row.place[1]))
    cells = row.says["cells"]
    assert isinstance(cells, dict)
    scope = RowScope(folder.facts, kind, Row(cells), number)
    boxes = []
    for column in kind.columns:
        about = said[1] if said and said[0] == column.name else Said()
        clash = about.clash
        now = clash.now.get("cells") if clash and clash.now else None
        computed = ""
        if column.formula is not None and not cells.get(column.name):
            result = scope.cell(column.name)
            computed = plain(result, 6) if isinstance(result, Fraction) and not isinstance(result, bool) else ""
        boxes.append(
            Box(
                column=column,
                number=number,
                id=f"b-{slug(kind.name)}-{number}-{slug(column.name)}",
                typed=about.typed if about.typed is not None else cells.get(column.name, ""),
                version=clash.version if clash else row.version,
                computed=computed,
                problem=about.problem,
                ask=about.question.text if about.question else "",
                choices=about.question.choices if about.question else (),
                theirs=(now.get(column.name) or "（已清空）")
                if isinstance(now, dict)
                else ("（这一行已删除）" if clash else ""),
                who=clash.who if clash else "",
            )
        )
    return Line(number, row.version, tuple(boxes))


@asks(Act.FILL)
@require_POST
def cell(request: Request, row: FilingRow, register: str, number: int) -> HttpResponse:
    """Saves one cell. The version is the row's: a neighbour's cell that changed meanwhile is no clash."""
    folder = Folder.open(row)
    kind = kind_of(folder, register)
    names = {column.name: column for column in kind.columns}
    column = names[named(request.POST.get("column", ""), names)]
    stated = folder.rows.of(ROW).get((kind.name, number))
    if stated is None:
        raise Http404
    typed = request.POST.get("value", "")[:2000]
    register_now = folder.filing.registers.get(kind.name, Register())
    question = asking.about_cell(register_now, column, typed)
    meant = request.POST.get("meant", "")

    def draw(now: Folder, said: Said) -> str:
        there = now.rows.of(ROW).get((kind.name, number))
        if there is None:
            return '<p class="note error" role="alert">这一行已被删除，请刷新。</p>'
        line = line_of(now, kind, there, (column.name, said))
        context = {"filing": now.row, "kind": kind, "line": line, "writable": True, "column": column.name}
        text = fragment("_box_answer.html", context)
        return text if said.problem or said.clash or said.question else text + _table_beside(now, kind)

    if question is not None and meant not in question.answers:
        return asked(request, row, question, typed, draw)
    converted = question is not None and meant == asking.CONVERTED
    taken = asking.cell_in_unit(column, typed, question) if question is not None and converted else typed
    kept, problem = pasting.read_box(column, taken)
    if problem:
        return unfit(request, row, problem, typed, draw)
    data = dict(stated.says)
    before = data["cells"]
    assert isinstance(before, dict)
    version = version_of(request)
    if version != stated.version and before.get(column.name, "") == request.POST.get("saved", ""):
        version = stated.version  # another cell of the row has changed, not this one
    data["cells"] = {name: text for name, text in {**before, column.name: kept}.items() if text}
    change = Change(ROW, (kind.name, number), data, version, f"填的是 {typed.strip()[:60]}" if converted else "")
    return save_one(request, row, [change], typed, draw)


@asks(Act.FILL)
@require_POST
def add(request: Request, row: FilingRow, register: str) -> HttpResponse:
    """Adds an empty row at the end."""
    folder = Folder.open(row)
    kind = kind_of(folder, register)
    number = next_number(folder, kind)
    bridge.save(row.pk, request.user, [Change(ROW, (kind.name, number), _empty(), 0)])
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("register", row.pk, register)
    folder = Folder.open(row.pk)
    line = line_of(folder, kind, folder.rows.of(ROW)[kind.name, number])
    return HttpResponse(_table_beside(folder, kind, line) + beside(request, folder))


def _table_beside(folder: Folder, kind: RegisterKind, line: Line | None = None) -> str:
    """Out of band: a new row, the sums, how many rows there are."""
    stated = folder.filing.registers.get(kind.name, Register())
    context = {"filing": folder.row, "kind": kind, "line": line, "writable": True}
    return fragment("_row_beside.html", {**context, "sums": sums(kind, stated), "count": len(stated.rows)})


def _empty() -> dict[str, object]:
    return {"cells": {}, "locator": "", "unit": ""}


def next_number(folder: Folder, kind: RegisterKind) -> int:
    """The number after the last row's."""
    return max((int(str(place[1])) for place in folder.rows.of(ROW) if place[0] == kind.name), default=0) + 1


@asks(Act.FILL)
@require_POST
def remove(request: Request, row: FilingRow, register: str, number: int) -> HttpResponse:
    """Takes one row out; the trail keeps what stood in it.

    What the same person has typed into the row since it was shown is no clash.
    """
    folder = Folder.open(row)
    kind = kind_of(folder, register)
    change = Change(ROW, (kind.name, number), None, version_of(request))
    try:
        bridge.save(row.pk, request.user, [change])
    except Conflict as conflict:
        if bridge.changed_by_others(row.pk, request.user, change):
            raise HengjiError("这一行刚被别人改过，请刷新看过以后再删") from None
        bridge.save(row.pk, request.user, [replace(change, version=conflict.clashes[0].version)])
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("register", row.pk, register)
    folder = Folder.open(row.pk)
    gone = fragment("_row_gone.html", {"kind": kind, "number": number})
    return HttpResponse(gone + _table_beside(folder, kind) + beside(request, folder))


@asks(Act.FILL)
@require_POST
def mark(request: Request, row: FilingRow, register: str) -> HttpResponse:
    """Saves the two marks: 已填完 and 本年无此项."""
    folder = Folder.open(row)
    kind = kind_of(folder, register)
    stated = request.POST.get("mark", "")
    if stated == "none" and any(place[0] == kind.name for place in folder.rows.of(ROW)):
        raise HengjiError("台账里已有内容，不能标“本年无此项”，请先删去各行或标“已填完”")
    data = {"complete": stated == "complete", "none_this_year": stated == "none"}
    try:
        bridge.save(row.pk, request.user, [Change(MARK, (kind.name,), data, version_of(request))])
    except Conflict:
        raise HengjiError("标记刚被别人改过，请刷新后再定") from None
    return redirect("register", row.pk, register)


@asks(Act.FILL)
@require_POST
def paste(request: Request, row: FilingRow, register: str) -> HttpResponse:
    """A block from Excel: a preview with what will be added and what cannot be read; kept when confirmed."""
    folder = Folder.open(row)
    kind = kind_of(folder, register)
    text = request.POST.get("block", "")
    block = pasting.read(kind, text)
    if request.POST.get("confirmed") == "1" and block.good:
        first = next_number(folder, kind)
        changes = [
            Change(ROW, (kind.name, first + n), {"cells": cells, "locator": "", "unit": ""}, 0)
            for n, cells in enumerate(block.good)
        ]
        bridge.save(row.pk, request.user, changes, "从 Excel 粘贴")
        return redirect(f"{reverse('register', args=[row.pk, register])}?page=last")
    context = frame(request, "data", folder, rail=rail(folder), stop=register, kind=kind, pasted=block, text=text)
    return render(request, "filings/paste.html", context)
