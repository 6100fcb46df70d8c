"""Drafts of indicator systems: begun from something, edited with live sums and tests, tried, published."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.evaluated_year import YEARS
from hengji.model.problem import HengjiError
from hengji.reading.guarded import read_many
from hengji.scoring.compare import compare
from hengji.web.authoring import publishing, sources
from hengji.web.authoring.checking import MOST, Checked, check
from hengji.web.authoring.models import Draft, Trial
from hengji.web.authoring.simulating import moved
from hengji.web.authoring.tables import as_yaml, read_table
from hengji.web.filings.files import plain_name
from hengji.web.filings.models import FilingRow, PinnedSystem
from hengji.web.filings.systems import system_of
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.jobs import queue
from hengji.web.people.acts import Act

_CONFLICT, _UNFIT = 409, 422


def _own(request: Request, number: int) -> Draft:
    rows = Draft.objects.select_related("region", "base", "changed_by")
    return get_object_or_404(rows, pk=number, region_id=request.user.region_id or 0)


@general(Act.SYSTEM)
@require_POST
def begin(request: Request) -> HttpResponse:
    """A draft from the library, from a version, or from a table of scores."""
    region = request.user.region
    assert region is not None
    upload = request.FILES.get("file")
    source = request.POST.get("source", "")
    base: PinnedSystem | None = None
    if upload is not None:
        name, text, words = _from_table(request, upload)
    elif source:
        words, system = sources.named(request.user, source)
        kind, _, which = source.partition(":")
        base = sources.pinned_in(request.user.region_id).filter(pk=which).first() if kind == "pinned" else None
        text = sources.library_text(which) if kind == "library" else system.text
        text = sources.written(region.pk, base) if base is not None else text
        name = system.name
    else:
        raise HengjiError("请选择一套指标体系，或选择一份评分表")
    user = request.user
    made = Draft.objects.create(
        region=region, name=name[:200], source=words[:200], base=base, text=text, by=user, changed_by=user
    )
    return redirect("draft", made.pk)


def _from_table(request: Request, upload: "UploadedFile[bytes]") -> tuple[str, str, str]:
    """Name, text and source of a draft from an uploaded table, read in a child process."""
    year = request.POST.get("year", "")
    if not (year.isascii() and year.isdigit() and int(year) in YEARS):
        raise HengjiError("请填适用年度，例如 2024")
    region = request.user.region
    assert region is not None
    shown = plain_name(upload.name or "")
    with tempfile.TemporaryDirectory(prefix="hengji-") as folder:
        path = Path(folder) / shown
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        table = next(result for _, result in read_many([path], read_table, jobs=1))
    if isinstance(table, HengjiError):
        raise table
    number = Draft.objects.filter(region=region).count() + 1
    name = f"{region.name}部门整体支出绩效自评指标体系"
    text = as_yaml(table, f"region-{region.pk}/table-{year}-{number}", name, region.name, int(year))
    return name, text, f"评分表：{shown}"


def _panels(found: Checked) -> dict[str, object]:
    failed_first = sorted(found.tests, key=lambda each: each.passed)
    return {"checked": found, "tests": failed_first}


@general(Act.SYSTEM)
@require_http_methods(["GET", "POST"])
def draft(request: Request, draft_id: int) -> HttpResponse:
    """The draft's text with its tree and tests; saving keeps it, mistakes and all."""
    row = _own(request, draft_id)
    text, problem, status = row.text, "", 200
    if request.method == "POST":
        text = _typed(request)
        problem, status = _kept(request, row, text)
        if not problem:
            messages.success(request, "已保存草稿。")
            return redirect("draft", row.pk)
    trial = row.trials.filter(done=True).first()
    context = frame(request, "systems", draft=row, text=text, problem=problem, trial=trial, **_panels(check(text)))  # type: ignore[arg-type]
    return render(request, "systems/draft.html", context, status=status)


def _typed(request: Request) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def _kept(request: Request, row: Draft, text: str) -> tuple[str, int]:
    """Saves what was typed; a sentence and a status where it was not."""
    if len(text) > MOST:
        return f"超过 {MOST // 10_000} 万字，没有保存。", _UNFIT
    if request.POST.get("revision") != str(row.revision):
        return f"{row.changed_by.shown}刚改过这份草稿，没有保存；你写的还在下面，请先另存再刷新。", _CONFLICT
    system = check(text).system
    name = system.name if system is not None else row.name
    changed = Draft.objects.filter(pk=row.pk, revision=row.revision).update(
        text=text, name=name[:200], revision=row.revision + 1, changed_by=request.user
    )
    return ("", 200) if changed else ("别人刚改过这份草稿，没有保存；你写的还在下面。", _CONFLICT)


@general(Act.SYSTEM)
@require_POST
def check_text(request: Request, draft_id: int) -> HttpResponse:
    """What there is to say about the text as it is typed now; nothing is kept."""
    row = _own(request, draft_id)
    context = {"draft": row, "oob": True, **_panels(check(_typed(request)))}
    return render(request, "systems/_checked.html", context)


@general(Act.SYSTEM)
@require_http_methods(["GET", "POST"])
def trial(request: Request, draft_id: int) -> HttpResponse:
    """试算: asked for by POST; the latest one is shown."""
    row = _own(request, draft_id)
    years = (
        FilingRow.objects.filter(department__region_id=row.region_id).order_by("-year").values_list("year", flat=True)
    )
    if request.method == "POST":
        if check(row.text).system is None:
            raise HengjiError("草稿有错误，不能试算，请先改正并保存")
        year = request.POST.get("year", "")
        if year not in {str(each) for each in years}:
            raise HengjiError("这个年度没有填报，请换一个年度")
        made = Trial.objects.create(draft=row, revision=row.revision, year=int(year))
        made.job = queue.start("simulate", request.user, None, {"trial": made.pk})
        made.save(update_fields=["job"])
        return redirect("draft_trial", row.pk)
    found = row.trials.select_related("job").first()
    lines = sorted(found.lines, key=lambda line: -abs(moved(line))) if found is not None else []
    context = frame(
        request,
        "systems",
        draft=row,
        trial=found,
        lines=[(line, moved(line)) for line in lines],
        changed=sum(bool(moved(line)) for line in lines),
        years=sorted(set(years), reverse=True),
        stale=found is not None and found.revision != row.revision,
    )
    return render(request, "systems/trial.html", context)


@general(Act.SYSTEM)
@require_http_methods(["GET", "POST"])
def publish_draft(request: Request, draft_id: int) -> HttpResponse:
    """发布新版本: a page that says what changes and for whom, then the act itself."""
    row = _own(request, draft_id)
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        number = int(revision) if revision.isascii() and revision.isdigit() else 0
        pinned = publishing.publish(row.pk, number, request.user, request.POST.get("note", ""))
        messages.success(request, f"已发布{pinned}，下达通知时可以选用。")
        return redirect("system", pinned.pk)
    found = check(row.text)
    system = found.system
    before = publishing.latest(row, system.id) if system is not None else None
    context = frame(
        request,
        "systems",
        draft=row,
        checked=found,
        wanting=publishing.hindrances(row),
        version=publishing.next_version(system) if system is not None else None,
        before=before,
        changes=compare(system_of(before), system) if system is not None and before is not None else (),
        affected=publishing.affected(row, system.id) if system is not None else {},
        trial=row.trials.filter(done=True, revision=row.revision).first(),
    )
    return render(request, "systems/publish.html", context)


@general(Act.SYSTEM)
@require_POST
def discard(request: Request, draft_id: int) -> HttpResponse:
    """删除草稿; what was published stays."""
    row = _own(request, draft_id)
    row.delete()
    messages.success(request, f"已删除草稿“{row.name}”。")
    return redirect("systems")
