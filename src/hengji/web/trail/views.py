"""修改记录: the history of a filing, and whether it is unaltered."""

import json
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from hengji.web.filings.books import words
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import TABLE_OF
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import ACT_CN, Act
from hengji.web.trail.models import Entry
from hengji.web.trail.verify import verify as verified

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words."""

    entry: Entry
    act: str
    what: str
    before: str
    after: str


_MORE = {"import": "导入", "upload": "上传佐证"}


def told(entry: Entry) -> Told:
    """What an entry says, as a person reads it."""
    table = TABLE_OF[entry.table]
    place = " ".join(str(part) for part in json.loads(entry.place) if part != "")
    before, after = (words(entry.table, json.loads(text)) if text else "" for text in (entry.before, entry.after))
    act = _MORE.get(entry.act) or ("修改" if entry.act == Act.FILL else ACT_CN[Act(entry.act)])
    return Told(entry, act, f"{table.word} {place}".strip(), before, after)


@asks(Act.READ)
def history(request: Request, row: FilingRow) -> HttpResponse:
    """Every change, the newest first."""
    folder = Folder.lately(row)
    entries = Entry.objects.filter(filing=row).order_by("-number")
    page = Paginator(entries, _PAGE).get_page(request.GET.get("page"))
    context = frame(request, "history", folder, page=page, entries=list(page))
    return render(request, "trail/history.html", context)


@asks(Act.READ)
def verify(request: Request, row: FilingRow) -> HttpResponse:
    """Recomputes the chain and compares every row and file with it."""
    context = frame(request, "history", Folder.lately(row), result=verified(row))
    return render(request, "trail/verify.html", context)
