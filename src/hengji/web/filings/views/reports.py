"""报告: what will be signed, as text on the page and as files."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from hengji.model.problem import HengjiError, Problem
from hengji.reading.spots import Spot
from hengji.web.filings import books, needs, versions
from hengji.web.filings.background import MAKE_REPORT
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.printing import Piece, pieces
from hengji.web.filings.slugs import slug
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.jobs import queue
from hengji.web.people.acts import Act
from hengji.web.people.sight import seen
from hengji.web.trail.models import Entry
from hengji.workbook import write_workbook
from hengji.writing import compose_report
from hengji.writing.figures import Figures
from hengji.writing.template import Referable

_CHANGES = 12


@asks(Act.READ)
def report(request: Request, row: FilingRow) -> HttpResponse:
    """The report as it will print; one that is behind the data is made anew in the background and stays until then."""
    folder = Folder.lately(row)
    problems: tuple[Problem, ...] = ()
    found: list[Piece] = []
    try:
        found = pieces(compose_report(folder.filing, folder.system, folder.card))
    except HengjiError as error:
        problems = error.problems
    version = versions.latest(row)
    job = None
    if not problems and (version is None or version.revision != row.revision):
        job = queue.once(MAKE_REPORT, request.user, row, {"revision": row.revision})
    places = _places(folder)
    since = Entry.objects.filter(
        seen(request.user), filing=row, number__gt=version.revision if version else row.revision
    )
    context = frame(
        request,
        "report",
        folder,
        pieces=found,
        problems=problems,
        todo=sum(piece.todo for piece in found),
        version=version,
        pages=_pages(version, places) if version else (),
        places=places,
        current=version is not None and version.revision == row.revision,
        job=job,
        changes=list(since.order_by("-number")[:_CHANGES]),
        bound=_bound(folder, places) if not problems else (),
        edited=books.EDITED,
        own_primary=True,
    )
    return render(request, "filings/report.html", context)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a version, and the figures on it that lead to where they are changed."""

    number: int
    spots: tuple[tuple[Spot, str], ...]


def _pages(version: versions.Version, places: Mapping[str, str]) -> list[Page]:
    on = defaultdict(list)
    for spot in version.spots:
        if spot.about in places:
            on[spot.page].append((spot, places[spot.about]))
    return [Page(number, tuple(on[number])) for number in range(1, version.pages + 1)]


def _places(folder: Folder) -> dict[str, str]:
    """Where each data item and each indicator is changed."""
    row = folder.row.pk
    found = {leaf.id: reverse("leaf", args=[row, leaf.id]) for leaf in folder.card.leaves}
    for name, items in needs.sections(folder.system):
        address = reverse("data", args=[row, slug(name)])
        found |= {item.name: f"{address}#row-{slug(item.name)}" for item in items}
    return found


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that the text takes from the data: what it prints, and where it is changed."""

    chapter: str
    name: str
    printed: str
    address: str


def _bound(folder: Folder, places: Mapping[str, str]) -> tuple[Bound, ...]:
    """The figures in the department's own text, which cannot be typed over there."""
    figures, referable = Figures(folder.filing, folder.system, folder.card), Referable(folder.system)
    found: dict[tuple[str, str], Bound] = {}
    for chapter, texts in folder.filing.narrative.items():
        for reference in (each for text in texts for each in referable.template(text).references):
            printed = figures.text(reference)
            address = places.get(reference.name) or reverse("score", args=[folder.row.pk])
            said = printed if isinstance(printed, str) else "还没有"
            found[chapter, reference.name] = Bound(chapter, reference.name, said, address)
    return tuple(found.values())


@asks(Act.DOWNLOAD)
def report_page(request: Request, row: FilingRow, revision: int, page: int) -> HttpResponse:
    """One page of the version that was made last, as a picture."""
    del request
    version = versions.latest(row)
    if version is None or version.revision != revision or not version.page(page).exists():
        raise Http404
    return HttpResponse(version.page(page).read_bytes(), content_type="image/png")


@asks(Act.DOWNLOAD)
def report_file(request: Request, row: FilingRow, form: str) -> HttpResponseBase:
    """The report as docx or PDF, the scorecard as xlsx: always of the data as they stand."""
    del request
    if form not in versions.FORMS:
        raise Http404
    name = f"{row.department.name}{row.year}{versions.FORMS[form]}"
    version = versions.latest(row)
    if version is not None and version.revision == row.revision:
        return _sent(version.file(form), name)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"report.{form}"
        versions.write(Folder.open(row), form, path)
        return _sent(path, name)


@asks(Act.DOWNLOAD)
def workbook(request: Request, row: FilingRow) -> HttpResponseBase:
    """The filing as the workbook it can be filled in with Excel and imported again."""
    del request
    folder = Folder.open(row)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "填报.xlsx"
        write_workbook(folder.filing, folder.system, path)
        return _sent(path, f"{folder.filing.department}{row.year}填报工作簿.xlsx")


def _sent(path: Path, name: str) -> FileResponse:
    """The file, read before its folder goes."""
    return FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=name)
