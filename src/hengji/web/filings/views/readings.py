"""读报告: a report dropped here is read in the background; what it proposes is taken or left by a person, one save."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings import books, bridge, offers
from hengji.web.filings.background import READ_REPORT
from hengji.web.filings.bridge import Closed, Conflict
from hengji.web.filings.files import plain_name
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.jobs import queue
from hengji.web.people.acts import Act
from hengji.web.refusals import Refused
from hengji.web.uploads import MOST_BYTES

_MOST_KEYS = 2000


@asks(Act.FILL)
@require_POST
def read(request: Request, row: FilingRow) -> HttpResponse:
    """Takes a report in and has it read."""
    how, upload = request.POST.get("kind", ""), request.FILES.get("file")
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请拆开或压缩图片后再试")
    if how not in books.REPORTS or upload is None:
        raise HengjiError("请选择文件和种类")
    name = plain_name(upload.name or "")
    token = books.keep(upload.chunks(), name, MOST_BYTES)
    job = queue.start(READ_REPORT, request.user, row, {"token": token, "how": how, "name": name})
    return redirect("job", job.pk)


@asks(Act.FILL)
@require_http_methods(["GET", "POST"])
def reading(request: Request, row: FilingRow, token: str) -> HttpResponse:
    """What a report proposes, beside what is there; what was ticked is kept in one save."""
    found = offers.kept(token, row.pk)
    late: list[int] = []
    if request.method == "POST":
        if request.POST.get("how") == "none":
            offers.forget(token)
            return redirect("imports", row.pk)
        keys = request.POST.getlist("take")[:_MOST_KEYS]
        if request.POST.get("how") == "empty":
            keys = [each.key for each in offers.shown(Folder.open(row).rows, found) if each.empty]
        late = _taken(request, row, found, keys)
        if not late and keys:
            return redirect("reading", row.pk, token)
    folder = Folder.open(row.pk)
    shown = offers.shown(folder.rows, found, late)
    context = frame(
        request,
        "data",
        folder,
        reading=found,
        kind=books.REPORTS[found.how],
        shown=shown,
        late=late,
        nothing=request.method == "POST" and not late,
        empty=sum(each.empty for each in shown),
    )
    return render(request, "filings/reading.html", context, status=409 if late else 422 if context["nothing"] else 200)


def _taken(request: Request, row: FilingRow, found: offers.Reading, keys: list[str]) -> list[int]:
    """Saves what was chosen, or tells which offers somebody else was faster than."""
    changes = offers.chosen(found, keys)
    try:
        bridge.save(row.pk, request.user, changes, f"取自{books.REPORTS[found.how]}“{found.name}”", "import")
    except Closed as closed:
        raise Refused(str(closed), Act.FILL, row.pk) from closed
    except Conflict as conflict:
        places = {(clash.change.table.name, clash.change.place) for clash in conflict.clashes}
        return [
            number
            for number, offer in enumerate(found.offers)
            if any((change.table.name, change.place) in places for change in offer.changes)
        ]
    return []
