"""A block from Excel pasted into a section of data items: a preview first, kept when confirmed."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.filing import ValueKey
from hengji.model.item import Item
from hengji.model.problem import HengjiError
from hengji.web.filings import asking, bridge, needs
from hengji.web.filings.bridge import Change, value_data
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.slugs import named, slug
from hengji.web.filings.tables import VALUE
from hengji.web.filings.views.data import read, shown
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act

_MOST = 500
_YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Cell:
    """One pasted cell: where it goes, what stands there now, what would, and what is wrong with it."""

    name: str
    year: int
    before: str
    after: str
    problem: str = ""
    change: Change | None = None
    note: str = ""
    doubtful: bool = False
    imported: bool = False


@asks(Act.FILL)
@require_POST
def paste_data(request: Request, row: FilingRow, section: str) -> HttpResponse:
    """One column is this year's figures, two are last year's and this year's; a first column of names says which item."""
    folder = Folder.open(row)
    items = list(dict(needs.sections(folder.system))[named(section, dict(needs.sections(folder.system)))])
    text, start = request.POST.get("block", ""), request.POST.get("from", "")
    confirmed, why = request.POST.get("confirmed", ""), request.POST.get("why", "").strip()[:400]
    cells = read_block(folder, items, text, start.removeprefix("row-"), in_yuan=confirmed == _YUAN)
    changes = [cell.change for cell in cells if cell.change is not None]
    imported = sum(cell.imported for cell in cells)
    lacking = imported > 0 and len(why) < asking.LEAST_REASON
    if confirmed in ("1", _YUAN) and changes and not lacking:
        if request.POST.get("revision") != str(row.revision):
            raise HengjiError("预览以后有人改过数据，请重新粘贴，看过再加入")
        bridge.save(row.pk, request.user, changes, "；".join(filter(None, ("从 Excel 粘贴", why))))
        return redirect("data", row.pk, section)
    doubtful = sum(cell.doubtful for cell in cells)
    more = {"cells": cells, "good": len(changes), "text": text, "start": start, "doubtful": doubtful, "why": why}
    more |= {"imported": imported, "lacking": lacking and confirmed != "", "least": asking.LEAST_REASON}
    context = frame(request, "data", folder, rail=rail(folder), stop=section, own_primary=True, **more)
    return render(request, "filings/paste_data.html", context, status=422 if more["lacking"] else 200)


def read_block(folder: Folder, items: list[Item], text: str, start: str, *, in_yuan: bool = False) -> list[Cell]:
    """The cells of a block; without names they go from the focused row down."""
    dictionary = folder.system.dictionary
    here = next((at for at, item in enumerate(items) if slug(item.name) == start), 0)
    found = []
    for line in [each for each in text.replace("\r\n", "\n").split("\n") if each.strip()][:_MOST]:
        values = [each.strip() for each in line.split("\t")]
        known = dictionary.canonical(values[0])
        if known is not None:
            item, values = dictionary.items[known], values[1:]
        elif here < len(items):
            item, here = items[here], here + 1
        else:
            found.append(Cell(values[0], folder.row.year, "", "、".join(values), "比这一节多出的行"))
            continue
        years = (folder.row.year,) if len(values) == 1 else (folder.row.year - 1, folder.row.year)
        found += [
            _cell(folder, item, year, typed, in_yuan) for year, typed in zip(years, values, strict=False) if typed
        ]
    return found


def _cell(folder: Folder, item: Item, year: int, typed: str, in_yuan: bool) -> Cell:  # noqa: FBT001 - one answer for the whole block
    key = ValueKey(item.name, year)
    before = shown(folder.filing.values.get(key), item)
    value, problem = read(item, typed)
    if problem or value is None:
        return Cell(item.name, year, before, typed, problem or "没有内容")
    question = asking.about_unit(folder, item, key, value)
    doubtful = question is not None and asking.TYPED in question.answers
    note = question.text if question is not None else ""
    if question is not None and (in_yuan or not doubtful):
        value = asking.converted(item, value, question)
    after = shown(value, item)
    if after == before:
        return Cell(item.name, year, before, after)
    place = tuple(key)
    change = Change(VALUE, place, value_data(value), folder.rows.version(VALUE, *place))
    imported = asking.overrides(folder, key, value)
    return Cell(item.name, year, before, after, "", change, note, doubtful, imported)
