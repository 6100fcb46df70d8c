"""读报告: a report with its findings at the words; own uploads; and what a department takes over of what was read."""

import json
from collections.abc import Callable
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from hengji.auditing import Audit
from hengji.auditing.masking import masked_audit
from hengji.library.check_texts import load_checks
from hengji.model.finding import Severity
from hengji.model.problem import HengjiError
from hengji.reading.guarded import read_many
from hengji.web.filings import books, bridge, files
from hengji.web.filings.bridge import Conflict
from hengji.web.filings.findings import LEAST_REASON, key_of
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.intake import gathering, official, verdict
from hengji.web.intake.accepting import as_filing, kept_of
from hengji.web.intake.keeping import unpack
from hengji.web.intake.models import Aside, Outcome, Part, Received, State
from hengji.web.intake.reach import sees, sees_persons
from hengji.web.intake.reading import annotated, masked
from hengji.web.jobs import queue
from hengji.web.people.acts import Act
from hengji.web.people.models import Role
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.states.machine import Step
from hengji.web.uploads import MOST_BYTES
from hengji.writing.audit_data import audits_data
from hengji.writing.audit_html import marked
from hengji.writing.audit_xlsx import audits_workbook

_SANDBOX = "default-src 'none'; sandbox"
_BLOCKS = 160  # of a document at a time; the rest comes when it is scrolled to
_LISTED = 60  # findings at a time
_OWN = 100
_PROPOSED = 300


def _file(request: Request, number: int) -> Received:
    """The file, if it is there and this person may see it."""
    rows = Received.objects.select_related(
        "region", "department", "filing__department__region", "filing__system", "job"
    )
    file = rows.filter(pk=number).first()
    if file is None:
        raise Http404
    found = sees(request.user, file)
    if not found:
        raise Refused(found.reason, Act.READ, file.filing_id)
    return file


def _audit(request: Request, file: Received, *, anew: bool = False) -> Audit:
    """The audit, persons covered for everybody but the owner and the bureau.

    ``anew``: where it could not be held against final accounts, these may have been imported since.
    """
    outcome = Outcome.objects.filter(received=file).first()
    if outcome is None:
        raise Http404
    kept = unpack(outcome.data)
    if anew and official.wanting(kept) and official.hold([file]):
        outcome.refresh_from_db()
        kept = unpack(outcome.data)
    audit = kept.audit()
    return audit if sees_persons(request.user, file) else masked_audit(audit)


@general()
@require_http_methods(["GET", "POST"])
def audits(request: Request) -> HttpResponse:
    """Reports that one had read for oneself, and where another is uploaded."""
    user = request.user
    problem = ""
    if request.method == "POST":
        if user.region is None:
            raise HengjiError("你的账号不属于任何地区，不能上传")
        problem, file = _uploaded(request)
        if file is not None:
            return redirect("audit", file.pk)
    own = Received.objects.filter(batch=None, by=user).select_related("job").order_by("-pk")[:_OWN]
    ours = Received.objects.filter(filing__department_id=user.department_id or 0, state=State.CONFIRMED)
    filings = FilingRow.objects.filter(pk__in=ours.values("filing")).select_related("department").order_by("-year")
    context = frame(request, "audits", files=own, filings=filings, problem=problem, most=MOST_BYTES // 1024 // 1024)
    return render(request, "audits/audits.html", context, status=422 if problem else 200)


@transaction.atomic
def _uploaded(request: Request) -> tuple[str, Received | None]:
    upload = request.FILES.get("file")
    if request.META.get("HENGJI_TOO_LARGE"):
        return f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件。", None
    if upload is None:
        return "请先选择文件。", None
    user, region = request.user, request.user.region
    assert region is not None
    name = files.plain_name(upload.name or "")
    file = Received.objects.create(region=region, name=name, by=user, department=user.department)
    gathering.put_one(file.pk, upload)
    file.job = queue.start("audit", user, None, {"file": file.pk})
    file.save(update_fields=["job"])
    return "", file


@general()
def audit(request: Request, received_id: int) -> HttpResponse:
    """One report: the total and its verdict, the outline, the document with marks, the findings."""
    file = _file(request, received_id)
    if not file.read:
        context = frame(request, _here(request, file), file=file, plain=sees_persons(request.user, file))
        return render(request, "audits/unread.html", context)
    outcome = _audit(request, file, anew=True)
    filing = file.filing
    formal = filing is not None and filing.step == Step.FORMAL and bool(may(request.user, Act.CHECK_FORM, filing))
    persons = sees_persons(request.user, file)
    checks = load_checks()
    context = frame(
        request,
        _here(request, file),
        file=file,
        part=Part(file.part).label if file.part else "",
        audit=outcome,
        strip=verdict.strip(outcome),
        counts=verdict.counts(outcome),
        outline=verdict.outline(outcome),
        reading=verdict.reading(outcome),
        unread=[*outcome.found.document.unread, *outcome.found.doubts],
        not_checked=[(code, checks[code].title, why) for code, why in outcome.not_checked if code in checks],
        pages=_pages(outcome, 0),
        later=_later(outcome, 0),
        persons=persons,
        annotatable=file.form in ("docx", "pdf"),
        formal=filing if formal else None,
    )
    return render(request, "audits/audit.html", context | _listing(request, file, outcome))


def _here(request: Request, file: Received) -> str:
    return "intake" if file.batch_id is not None and may(request.user, Act.INTAKE) else "audits"


def _pages(outcome: Audit, start: int) -> list[tuple[int | None, SafeString]]:
    """A run of blocks as sheets of paper: by page where the file has pages, else as one."""
    blocks = marked(0, outcome)[start : start + _BLOCKS]
    return [
        (page, mark_safe("".join(text for _, text in group)))  # noqa: S308 - every word was escaped where it was written
        for page, group in groupby(blocks, key=lambda each: each[0].page)
    ]


def _later(outcome: Audit, start: int) -> int | None:
    """Where the next run of blocks begins, if there is one."""
    following = start + _BLOCKS
    return following if following < len(outcome.found.document.blocks) else None


@general()
def text(request: Request, received_id: int, number: int) -> HttpResponse:
    """A further run of the document's blocks."""
    file = _file(request, received_id)
    outcome = _audit(request, file)
    context = {"file": file, "pages": _pages(outcome, number), "later": _later(outcome, number)}
    return render(request, "audits/_pages.html", context)


def _listing(request: Request, file: Received, outcome: Audit) -> dict[str, object]:
    wanted = [each for each in request.GET.getlist("severity") if each in set(Severity)]
    by = request.GET.get("by", "")
    asides = dict(Aside.objects.filter(received=file).values_list("finding", "reason"))
    found = verdict.listed(outcome, by, wanted, asides)
    start = int(request.GET["from"]) if request.GET.get("from", "").isdecimal() else 0
    return {
        "listed": found[start : start + _LISTED],
        "rest": max(0, len(found) - start - _LISTED),
        "following": start + _LISTED,
        "chosen": wanted or [each.value for each in Severity],
        "by": by,
        "whole": len(outcome.findings),
        "may_set_aside": _may_set_aside(request, file),
        "least": LEAST_REASON,
        "severities": list(Severity),
    }


@general()
def findings(request: Request, received_id: int) -> HttpResponse:
    """The findings alone, filtered and ordered as asked."""
    file = _file(request, received_id)
    return render(request, "audits/_findings.html", {"file": file, **_listing(request, file, _audit(request, file))})


def _may_set_aside(request: Request, file: Received) -> bool:
    """Whoever had the report read, its department while it fills, and the bureau."""
    return Role(request.user.role) is not Role.AUDITOR and sees_persons(request.user, file)


@general()
@require_POST
def set_aside(request: Request, received_id: int, finding: str) -> HttpResponse:
    """记为不成立: with a reason that the bureau reads; an empty one takes it back."""
    file = _file(request, received_id)
    if not _may_set_aside(request, file):
        raise Refused("只有本单位和财政局能把发现记为不成立。", Act.READ, file.filing_id)
    outcome = _audit(request, file)
    if finding not in {key_of(each) for each in outcome.findings}:
        raise Http404
    reason = request.POST.get("reason", "").strip()[:2000]
    if reason and len(reason) < LEAST_REASON:
        raise HengjiError(f"不成立的理由请写满{LEAST_REASON}个字，财政局会看到")
    if reason:
        said = {"reason": reason, "by": request.user}
        Aside.objects.update_or_create(received=file, finding=finding, defaults=said)
    else:
        Aside.objects.filter(received=file, finding=finding).delete()
    return redirect("audit", file.pk)


_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@general()
def download(request: Request, received_id: int, form: str) -> HttpResponseBase:
    """The findings as JSON or workbook, the copy with remarks, or the file as it came (``file``)."""
    file = _file(request, received_id)
    persons = sees_persons(request.user, file)
    stem = file.short.rpartition(".")[0] or file.short
    covered = not persons or request.GET.get("covered") == "1"
    if form == "file" and not persons:
        raise Refused("原文里有人名和电话，只有本单位和财政局能下载。", Act.DOWNLOAD, file.filing_id)
    if form == "file":
        return _original(file)
    if form not in _TYPES or not file.read:
        raise Http404
    outcome = _audit(request, file)
    if form == "json":
        data = json.dumps(audits_data([outcome]), ensure_ascii=False, indent=2).encode()
    elif form == "xlsx":
        data = audits_workbook([outcome])
    else:
        data = _annotated(file, form, masked if covered else annotated)
    if covered:
        stem = masked_audit(outcome).found.document.file.rpartition("/")[2].rpartition(".")[0] or "报告"
    what = "核查" if form not in ("docx", "pdf") else "批注-已遮盖" if covered else "批注"
    name = f"{stem}-{what}.{form}"
    answer = HttpResponse(data, content_type=_TYPES[form])
    answer.headers["Content-Security-Policy"] = _SANDBOX
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _original(file: Received) -> FileResponse:
    if not file.sha256 or not files.path_of(file.sha256).exists():
        raise Http404
    answer = FileResponse(files.path_of(file.sha256).open("rb"), as_attachment=True, filename=file.short)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def _annotated(file: Received, form: str, how: Callable[..., bytes]) -> bytes:
    """The copy with remarks, as it is or with persons covered, made in a child process: the file is still nobody's word."""
    if file.form != form:
        raise HengjiError(f"原文不是 {form}，不能在原文上批注，请下载核查底稿（xlsx）")
    kept = kept_of(file)
    assert kept is not None
    for _, data in read_many([files.path_of(file.sha256)], partial(how, form=form, kept=kept), jobs=1):
        if isinstance(data, HengjiError):
            raise data
        return data
    raise Http404


@asks(Act.READ)
def received(request: Request, row: FilingRow) -> HttpResponse:
    """收到的文件 of a filing: each with its audit, and what of it could be taken into the filing."""
    folder = Folder.open(row)
    found = Received.objects.filter(filing=row).exclude(state=State.DOUBLE).select_related("batch").order_by("pk")
    may_fill = bool(may(request.user, Act.FILL, row))
    offers = [(file, _proposals(folder, file) if may_fill and not file.filled else []) for file in found]
    context = frame(request, "evidence", folder, offers=offers, may_fill=may_fill, most=_PROPOSED)
    return render(request, "audits/received.html", context)


def _proposals(folder: Folder, file: Received) -> list[books.Proposal]:
    """What a report says otherwise than the filing, or that the filing does not say."""
    kept = kept_of(file) if file.part in (Part.REPORT, Part.TABLE) else None
    if kept is None:
        return []
    return books.proposals(folder.rows, as_filing(kept.found, folder.row))[:_PROPOSED]


@asks(Act.FILL)
@require_POST
def take_over(request: Request, row: FilingRow, received_id: int) -> HttpResponse:
    """The clerk takes over what was ticked; nothing else is changed."""
    file = Received.objects.filter(pk=received_id, filing=row).first()
    if file is None:
        raise Http404
    if request.POST.get("revision") != str(row.revision):
        raise HengjiError("打开这一页以后填报又有修改，请刷新后再带入")
    wanted = set(request.POST.getlist("take"))
    found = [each for n, each in enumerate(_proposals(Folder.open(row), file)) if str(n) in wanted]
    if not found:
        raise HengjiError("没有勾选要带入的内容")
    try:
        bridge.save(row.pk, request.user, [each.change for each in found], f"取自{file.short[:100]}", "import")
    except Conflict:
        raise HengjiError("打开这一页以后填报又有修改，请刷新后再带入") from None
    messages.success(request, f"已带入 {len(found)} 处。")
    return redirect("received", row.pk)
