"""收件与匹配: batches, every file of a batch accounted for, and what a person decides."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hengji.model.evaluated_year import YEARS
from hengji.model.problem import HengjiError
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.intake import accepting, gathering
from hengji.web.intake.models import Batch, Part, Received, State
from hengji.web.jobs import queue
from hengji.web.jobs.models import Job
from hengji.web.notices.models import Notice
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.states.moves import Blocked
from hengji.web.uploads import takes

_PAGE = 300  # rows of one state that a page shows
# What waits for a person first, then what is settled.
_ORDER = (
    State.DOUBTFUL, State.MATCHED, State.CONFIRMED, State.UNREAD, State.OTHER, State.DOUBLE, State.REFUSED, State.LITTER,
    State.WAITING,
)  # fmt: skip
_ALWAYS = (State.MATCHED, State.DOUBTFUL, State.UNREAD, State.OTHER)


@dataclass(frozen=True, slots=True)
class Tile:
    """One state of a batch with how many files stand there."""

    state: str
    name: str
    number: int


def tiles(counts: dict[str, int]) -> list[Tile]:
    """The states of a batch; their numbers add up to the number of files."""
    states = [state for state in State if counts.get(state) or state in _ALWAYS]
    return [Tile(state.value, state.label, counts.get(state, 0)) for state in states]


def _own(request: Request) -> QuerySet[Batch]:
    return Batch.objects.filter(region_id=request.user.region_id or 0).select_related("by", "region")


def _counts(batch: Batch) -> dict[str, int]:
    return dict(batch.files.order_by().values_list("state").annotate(Count("pk")))


@general(Act.INTAKE)
def batches(request: Request) -> HttpResponse:
    """收件: the region's batches, newest first, and where files are dropped."""
    found = list(_own(request).select_related("by")[:100])
    numbers: dict[int, dict[str, int]] = {batch.pk: {} for batch in found}
    rows = Received.objects.filter(batch__in=found).order_by().values_list("batch_id", "state").annotate(Count("pk"))
    for batch_id, state, number in rows:
        numbers[batch_id][state] = number
    context = frame(
        request,
        "intake",
        lines=[(batch, tiles(numbers[batch.pk]), sum(numbers[batch.pk].values())) for batch in found],
        year=_year(request),
        most=gathering.MOST_BYTES // 1024 // 1024,
        problem="",
    )
    return render(request, "intake/batches.html", context)


def _year(request: Request) -> int:
    """The year of the region's latest notice, which is what files come in for."""
    notice = Notice.objects.filter(region_id=request.user.region_id or 0, issued_at__isnull=False).first()
    return notice.year if notice is not None else date.today().year - 1


@general(Act.INTAKE)
@require_POST
@takes(gathering.MOST_BYTES)
def send_in(request: Request) -> HttpResponse:
    """Takes a zip or several files in and has them read in the background."""
    most = gathering.MOST_BYTES // 1024 // 1024
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过 {most} MB，没有收，请分成几批")
    uploads = request.FILES.getlist("files")
    if not uploads:
        raise HengjiError("请先选择文件，再收件")
    year = _given_year(request.POST.get("year", ""))
    region = request.user.region
    assert region is not None
    names = uploads[0].name if len(uploads) == 1 else f"{uploads[0].name} 等 {len(uploads)} 个文件"
    batch = Batch.objects.create(region=region, year=year, name=(names or "")[:160], by=request.user)
    gathering.put(batch.pk, uploads)
    batch.job = queue.start("intake", request.user, None, {"batch": batch.pk})
    batch.save(update_fields=["job"])
    return redirect("batch", batch.pk)


def _given_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in YEARS):
        raise HengjiError("请填评价年度，例如 2023")
    return int(text)


@general(Act.INTAKE)
def batch(request: Request, batch_id: int) -> HttpResponse:
    """One batch: the line that adds up, and the files, those that wait for a person first."""
    found = get_object_or_404(_own(request).select_related("job"), pk=batch_id)
    fragment = request.htmx  # type: ignore[attr-defined]
    return render(
        request, "intake/_live.html" if fragment else "intake/batch.html", _page(request, found) | {"oob": fragment}
    )


def _by_state(file: Received) -> tuple[int, int]:
    return _ORDER.index(State(file.state)), file.number


def _by_unit(file: Received) -> tuple[bool, str, int, int]:
    """What belongs together: a department's report, its table, its evidence; then what is nobody's."""
    owner = file.department or file.first
    parts = [*Part, ""]
    return owner is None, owner.name if owner else "", parts.index(file.part), file.number


def _page(request: Request, found: Batch) -> dict[str, object]:
    at = request.GET.get("at", "")
    counts = _counts(found)
    files = found.files.select_related("first", "second", "department", "same")
    files = files.filter(state=at) if at in set(State) else files
    by = request.GET.get("by", "")
    rows = sorted(files, key=_by_unit if by == "unit" else _by_state)
    running = found.job if isinstance(found.job, Job) and not found.job.ended else None
    return frame(
        request,
        "intake",
        batch=found,
        tiles=tiles(counts),
        whole=sum(counts.values()),
        at=at,
        by=by,
        rows=rows[:_PAGE],
        more=max(0, len(rows) - _PAGE),
        matched=counts.get(State.MATCHED, 0),
        doubtful=counts.get(State.DOUBTFUL, 0),
        job=found.job,
        running=running,
        departments=list(Department.objects.filter(region_id=found.region_id)),
        parts=Part,
    )


@general(Act.INTAKE)
def batch_list(request: Request, batch_id: int) -> HttpResponse:
    """The whole list as a table for Excel: what was received, and what became of it."""
    found = get_object_or_404(_own(request), pk=batch_id)
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(
        [
            "序号",
            "文件",
            "状态",
            "材料",
            "单位",
            "依据",
            "写的单位",
            "写的年度",
            "自评得分",
            "错误",
            "疑点",
            "说明",
            "SHA-256",
        ]
    )
    for row in found.files.select_related("first", "department"):
        label = Part(row.part).label if row.part else ""
        unit = row.department or row.first or ""
        cells = [
            row.number, row.name, State(row.state).label, label, unit, row.why, row.unit, row.year or "", row.claimed,
            row.errors, row.doubts, row.error or "；".join(filter(None, [row.kind_reason, row.unsure])), row.sha256,
        ]  # fmt: skip
        table.writerow([_calm(str(cell)) for cell in cells])
    answer = HttpResponse("\ufeff" + stream.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="intake-{found.pk}.csv"'
    return answer


def _calm(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@general(Act.INTAKE)
@require_POST
def confirm(request: Request, batch_id: int) -> HttpResponse:
    """全部确认无疑的: only exact matches; in the background, for it may be sixty departments."""
    found = get_object_or_404(_own(request).select_related("job"), pk=batch_id)
    if found.job is not None and not found.job.ended:
        raise HengjiError("这一批还在处理，请等处理完再确认")
    if not found.files.filter(state=State.MATCHED).exists():
        messages.info(request, "没有待确认的完全匹配文件。")
        return redirect("batch", found.pk)
    found.job = queue.start("intake-confirm", request.user, None, {"batch": found.pk})
    found.save(update_fields=["job"])
    return redirect("batch", found.pk)


@general(Act.INTAKE)
@require_POST
def all_audits(request: Request, batch_id: int) -> HttpResponse:
    """核查底稿 of the whole batch, made in the background."""
    found = get_object_or_404(_own(request), pk=batch_id)
    return redirect("job", queue.once("intake-audits", request.user, None, {"batch": found.pk}).pk)


@general(Act.INTAKE)
@require_POST
def again(request: Request, batch_id: int) -> HttpResponse:
    """重新匹配: after departments were added or renamed, or a job fell; what a person has settled stays."""
    found = get_object_or_404(_own(request).select_related("job"), pk=batch_id)
    if found.job is not None and not found.job.ended:
        raise HengjiError("这一批还在处理，请等处理完再重新匹配")
    found.job = queue.start("intake", request.user, None, {"batch": found.pk})
    found.save(update_fields=["job"])
    return redirect("batch", found.pk)


@general(Act.INTAKE)
@require_POST
def decide(request: Request, batch_id: int, number: int) -> HttpResponse:
    """A person says whose a file is: 1 or 2 for the candidates, a department by its number, 0 for nobody's."""
    found = get_object_or_404(_own(request).select_related("job"), pk=batch_id)
    file = get_object_or_404(found.files.select_related("first", "second", "batch"), number=number)
    choice = request.POST.get("choice", "")
    department = {"1": file.first, "2": file.second}.get(choice)
    if choice == "other":
        wanted = request.POST.get("department", "")
        department = Department.objects.filter(
            region_id=found.region_id, pk=int(wanted) if wanted.isdecimal() else 0
        ).first()
    problem = ""
    if choice not in ("0", "1", "2", "other") or (choice != "0" and department is None):
        problem = "请选择一个单位，或选“都不是”。"
    else:
        try:
            accepting.decide(file, department, request.user, request.POST.get("part", ""))
        except HengjiError as error:
            problem = f"{'；'.join(each.message for each in error.problems)}。"
    return _decided(request, found, file.pk, problem)


@general(Act.INTAKE)
@require_POST
def release(request: Request, batch_id: int, number: int) -> HttpResponse:
    """撤销归入 of one file, with the reason."""
    found = get_object_or_404(_own(request).select_related("job"), pk=batch_id)
    file = get_object_or_404(found.files.select_related("filing", "batch"), number=number)
    problem = ""
    try:
        accepting.release(file, request.user, request.POST.get("reason", ""))
    except (HengjiError, Blocked) as error:
        problem = f"{str(error).rstrip('。')}。"
    return _decided(request, found, file.pk, problem)


def _decided(request: Request, found: Batch, file_id: int, problem: str) -> HttpResponse:
    """The file's row as it stands now, with what kept the act from being done."""
    if not request.htmx:  # type: ignore[attr-defined]
        if problem:
            raise HengjiError(problem.rstrip("。"))
        return redirect("batch", found.pk)
    file = found.files.select_related("first", "second", "department", "same").get(pk=file_id)
    context = {**_page(request, found), "row": file, "problem": problem, "oob": True}
    return render(request, "intake/_decided.html", context, status=422 if problem else 200)
