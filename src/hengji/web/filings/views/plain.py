"""整节填写: every section as one plain form, for a browser that runs no scripts."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hengji.web.filings import bridge, needs
from hengji.web.filings.bridge import Clash, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.rail import rail
from hengji.web.filings.slugs import named
from hengji.web.filings.views.plainrows import FormRow, answer_rows, data_rows, paragraph_rows, register_rows
from hengji.web.filings.views.registers import kind_of
from hengji.web.filings.views.text import chapters_of
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act


@asks(Act.FILL)
@require_http_methods(["GET", "POST"])
def data_form(request: Request, row: FilingRow, section: str) -> HttpResponse:
    """A section of data items."""
    folder = Folder.open(row)
    name = named(section, dict(needs.sections(folder.system)))
    return _form(request, folder, name, data_rows(folder, name), reverse("data", args=[row.pk, section]), section)


@asks(Act.FILL)
@require_http_methods(["GET", "POST"])
def register_form(request: Request, row: FilingRow, register: str) -> HttpResponse:
    """A register."""
    folder = Folder.open(row)
    back = reverse("register", args=[row.pk, register])
    return _form(
        request, folder, f"台账：{kind_of(folder, register).name}", register_rows(folder, register), back, register
    )


@asks(Act.FILL)
@require_http_methods(["GET", "POST"])
def judgement_form(request: Request, row: FilingRow, group: str) -> HttpResponse:
    """The statements of a first-level section of the table."""
    folder = Folder.open(row)
    top = next((each for each in folder.system.indicators if each.id == group), None)
    if top is None:
        raise Http404
    leaves = [leaf for leaf in folder.card.leaves if leaf.id == group or top.name in leaf.path]
    return _form(
        request, folder, top.name, answer_rows(folder, leaves), reverse("judgements", args=[row.pk, group]), group
    )


@asks(Act.FILL)
@require_http_methods(["GET", "POST"])
def text_form(request: Request, row: FilingRow, chapter: str) -> HttpResponse:
    """A chapter of the report."""
    folder = Folder.open(row)
    name = named(chapter, chapters_of(folder))
    return _form(request, folder, name, paragraph_rows(folder, name), reverse("text", args=[row.pk, chapter]), chapter)


def _form(request: Request, folder: Folder, title: str, rows: list[FormRow], back: str, stop: str) -> HttpResponse:
    """The form; posted, everything that was changed is kept at once, or nothing, and then what was typed stays."""
    status = 200
    if request.method == "POST":
        form = {name: str(value) for name, value in request.POST.items()}
        rows, changes, problems = _judge([row.filled(form) for row in rows])
        if not problems:
            try:
                bridge.save(folder.row.pk, request.user, changes)
            except Conflict as conflict:
                rows, status = _clashing(rows, conflict.clashes), 409
            else:
                return redirect(back)
        else:
            status = 422
    groups: dict[str, list[FormRow]] = {}
    for row in rows:
        groups.setdefault(row.title, []).append(row)
    more = {"title": title, "groups": groups.items(), "back": back, "status": status}
    return render(
        request,
        "filings/plain.html",
        frame(request, "data", folder, rail=rail(folder), stop=stop, own_primary=True, **more),
        status=status,
    )


def _judge(rows: list[FormRow]) -> tuple[list[FormRow], list[bridge.Change], bool]:
    judged, changes, problems = [], [], False
    for row in rows:
        if not row.changed:
            judged.append(row)
            continue
        now, change = row.judged()
        judged.append(now)
        if change is None:
            problems = True
        else:
            changes.append(change)
    return judged, changes, problems


def _clashing(rows: list[FormRow], clashes: tuple[Clash, ...]) -> list[FormRow]:
    """The rows that came too late say whose value stands there; posted again, one's own is kept."""
    late = {(clash.change.table.name, clash.change.place): clash for clash in clashes}
    found = []
    for row in rows:
        clash = late.get((row.table.name, row.place))
        found.append(row if clash is None else replace(row, version=clash.version, clash=_told(clash)))
    return found


def _told(clash: Clash) -> str:
    now = clash.now or {}
    cells = now.get("cells")
    text = (
        "、".join(map(str, cells.values()))
        if isinstance(cells, dict)
        else now.get("stated") or now.get("text") or now.get("note")
    )
    return f"{clash.who or '别人'}刚改过这里，现在是“{text or '（已清空）'}”。再按一次保存，就用你的。"
