"""Pages of the notice: writing, issuing, extending, reminding, and the board."""

from datetime import date, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.charts import as_csv
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.notices import board as boards
from hengji.web.notices.forms import NoticeForm
from hengji.web.notices.issuing import copy, hindrances, issue, tasks
from hengji.web.notices.models import Attachment, ExtensionRow, Notice, Reminder
from hengji.web.notices.terms import SOON, days_left, extend, overdue, term, to_remind
from hengji.web.people.acts import Act
from hengji.web.people.models import Department
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.scores.refresh import catch_up
from hengji.web.uploads import MOST_BYTES

_SANDBOX = "default-src 'none'; sandbox"


def _own(request: Request) -> QuerySet[Notice]:
    return Notice.objects.filter(region_id=request.user.region_id or 0)


def _departments(request: Request) -> QuerySet[Department]:
    return Department.objects.filter(region_id=request.user.region_id or 0).order_by("kind", "pk")


@general(Act.NOTICE)
def notices(request: Request) -> HttpResponse:
    """通知下达: the region's notices, newest first."""
    found = _own(request).prefetch_related("departments", "systems")
    return render(request, "notices/notices.html", frame(request, "notices", notices=found))


@general(Act.NOTICE)
@require_http_methods(["GET", "POST"])
def write(request: Request, notice_id: int | None = None) -> HttpResponse:
    """One notice: a form while it is a draft, as text once it was issued."""
    notice = get_object_or_404(_own(request), pk=notice_id) if notice_id is not None else None
    if notice is not None and notice.issued_at:
        if request.method == "POST":
            raise HengjiError("通知已经下达，不能再改；要延期请在单位的一行里延期，或另发一份通知")
        return render(request, "notices/issued.html", frame(request, "notices") | _issued(notice))
    year = date.today().year - 1
    begin = {"year": year, "name": f"关于开展{year}年度部门整体支出绩效自评的通知"}
    instance = notice or Notice(region=request.user.region)
    form = NoticeForm(
        request.POST or None,
        instance=instance,
        departments=_departments(request),
        initial=begin if notice is None else None,
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        kept = form.keep()
        problems = _attach(kept, request)
        if not problems:
            messages.success(request, "已保存，还没有下达。")
            return redirect("notice", kept.pk)
        notice = kept
    found = tasks(notice) if notice is not None else []
    context = frame(
        request,
        "notices",
        form=form,
        notice=notice,
        tasks=found,
        wanting=hindrances(notice, found) if notice is not None else [],
        problems=problems,
        most=MOST_BYTES // 1024 // 1024,
    )
    return render(request, "notices/write.html", context, status=422 if form.errors or problems else 200)


def _attach(notice: Notice, request: Request) -> list[str]:
    """Takes attachments in; what is wrong with a file is a sentence, the others go on."""
    if request.META.get("HENGJI_TOO_LARGE"):
        return [f"附件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件；其余已保存。"]
    problems = []
    for upload in request.FILES.getlist("files"):
        try:
            kept = files.keep(upload.name or "", upload.chunks())
        except HengjiError as error:
            problems.append(f"{error}。")
            continue
        if not notice.attachments.filter(sha256=kept.sha256).exists():
            Attachment.objects.create(notice=notice, file=kept.name, sha256=kept.sha256, size=kept.size)
    return problems


def _issued(notice: Notice) -> dict[str, object]:
    rows = (
        FilingRow.objects.filter(notice=notice)
        .select_related("department", "system")
        .defer("system__text")
        .order_by("department_id")
    )
    numbers = [row.pk for row in rows]
    return {
        "notice": notice,
        "rows": [(row, term(row), days_left(row), overdue(row)) for row in rows],
        "extensions": ExtensionRow.objects.filter(filing__in=numbers).select_related("filing__department"),
    }


@general(Act.NOTICE)
@require_http_methods(["GET", "POST"])
def issue_notice(request: Request, notice_id: int) -> HttpResponse:
    """下达: a page that lists what will be sent to whom, then the act itself."""
    notice = get_object_or_404(_own(request), pk=notice_id)
    if request.method == "POST":
        begun = issue(notice.pk, request.user)
        messages.success(request, f"已下达 {begun} 个单位；其余已有该年度填报，没有改动。")
        return redirect("board", notice.year)
    found = tasks(notice)
    systems = {task.system for task in found if task.system is not None}
    wanting = hindrances(notice, found)
    context = frame(request, "notices", notice=notice, tasks=found, systems=systems, wanting=wanting)
    return render(request, "notices/issue.html", context)


@general(Act.NOTICE)
@require_POST
def copy_notice(request: Request, notice_id: int) -> HttpResponse:
    """复制为下一年: a draft with the same terms, systems, departments and attachments."""
    fresh = copy(get_object_or_404(_own(request), pk=notice_id))
    messages.success(request, f"已复制为 {fresh.year} 年度的草稿，请核对期限和指标体系。")
    return redirect("notice", fresh.pk)


@general(Act.NOTICE)
@require_POST
def discard(request: Request, notice_id: int) -> HttpResponse:
    """删除草稿; a notice that was issued stays."""
    notice = get_object_or_404(_own(request), pk=notice_id)
    if notice.issued_at:
        raise HengjiError("通知已经下达，不能删除")
    notice.delete()
    return redirect("notices")


@general(Act.NOTICE)
@require_POST
def detach(request: Request, attachment_id: int) -> HttpResponse:
    """Takes an attachment off a draft."""
    attachment = get_object_or_404(Attachment, pk=attachment_id, notice__in=_own(request))
    if attachment.notice.issued_at:
        raise HengjiError("通知已经下达，附件不能再改")
    attachment.delete()
    return redirect("notice", attachment.notice_id)


@general()
def attachment_file(request: Request, attachment_id: int) -> HttpResponseBase:
    """An attachment: for the bureau, and for whoever may read a filing that the notice began."""
    attachment = get_object_or_404(Attachment.objects.select_related("notice"), pk=attachment_id)
    notice = attachment.notice
    own = may(request.user, Act.BOARD) and notice.region_id == request.user.region_id
    if not own and not any(may(request.user, Act.READ, row) for row in _filings_near(request, notice)):
        raise Refused("这份附件属于别的地区或单位的通知。", Act.READ)
    path = files.path_of(attachment.sha256)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=attachment.file)
    answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def _filings_near(request: Request, notice: Notice) -> QuerySet[FilingRow]:
    rows = FilingRow.objects.filter(notice=notice).select_related("department")
    if request.user.department_id is not None:
        return rows.filter(department_id=request.user.department_id)
    return rows.filter(assignments__user=request.user)


@asks(Act.READ)
def filing_notice(request: Request, row: FilingRow) -> HttpResponse:
    """What was asked of this department: the notice, its attachments, the term and how it was put off."""
    if row.notice is None:
        raise Http404
    Reminder.objects.filter(filing=row, read_at=None).update(read_at=timezone.now())
    extensions = ExtensionRow.objects.filter(filing=row).order_by("number")
    context = frame(request, "notice", Folder.open(row), notice=row.notice, extensions=extensions, ends=term(row))
    return render(request, "notices/filing.html", context)


@asks(Act.EXTEND)
@require_http_methods(["GET", "POST"])
def extend_filing(request: Request, row: FilingRow) -> HttpResponse:
    """延期 of the present step, with its reason."""
    problem, given = "", request.POST.get("until", "")
    if request.method == "POST":
        try:
            until = date.fromisoformat(given)
            extend(row.pk, request.user, until, request.POST.get("reason", "")[:500])
        except ValueError:
            problem = "请填延到哪一天，例如 2024-06-30。"
        except HengjiError as error:
            problem = f"{error}。"
        else:
            messages.success(request, f"已延期到 {until:%Y-%m-%d}，已记入修改记录。")
            return redirect("board", row.year)
    context = frame(
        request,
        "board",
        Folder.open(row),
        ends=term(row),
        problem=problem,
        until=given or (date.today() + timedelta(days=7)).isoformat(),
        reason=request.POST.get("reason", ""),
    )
    return render(request, "notices/extend.html", context, status=422 if problem else 200)


@general(Act.BOARD)
def board(request: Request, year: int) -> HttpResponse:
    """进度看板 of a year: the strip of states, and a table of all filings."""
    rows = list(boards.filings_of(request.user, year))
    refreshed, waiting = catch_up(row.pk for row in rows)
    if refreshed:
        rows = list(boards.filings_of(request.user, year))
    everything = boards.lines(request.user, rows)
    at, kind, words = (request.GET.get(name, "")[:60] for name in ("at", "kind", "q"))
    by = request.GET.get("by", "")
    shown = boards.ordered(boards.kept(everything, at, kind, words), by)
    stops = boards.strip(everything)
    states = boards.states_chart(year, stops)
    if request.GET.get("form") == "csv":
        return as_csv(states)
    context = frame(
        request,
        "board",
        year=year,
        years=years_of(request),
        lines=shown,
        stops=stops,
        states=states,
        columns=boards.COLUMNS,
        whole=len(everything),
        to_remind=sum(to_remind(line.row) for line in everything),
        soon=SOON,
        kinds=sorted({line.row.department.kind for line in everything} - {""}),
        at=at,
        kind=kind,
        words=words,
        by=by,
        waiting=waiting,
        may_remind=bool(may(request.user, Act.REMIND)),
        may_extend=bool(may(request.user, Act.EXTEND)),
    )
    return render(request, "notices/_rows.html" if request.headers.get("HX-Request") else "notices/board.html", context)


@general(Act.BOARD)
def board_now(request: Request) -> HttpResponse:
    """The board of the latest year there is."""
    years = years_of(request)
    return redirect("board", years[0] if years else date.today().year - 1)


def years_of(request: Request) -> list[int]:
    """The years in which the region has filings, the latest first."""
    rows = FilingRow.objects.filter(department__region_id=request.user.region_id or 0)
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)


@general(Act.REMIND)
@require_POST
def remind(request: Request, year: int) -> HttpResponse:
    """提醒 the departments that are late or soon will be (or those chosen); each sees it on the workbench until it is read."""
    rows = list(boards.filings_of(request.user, year))
    chosen = {int(each) for each in request.POST.getlist("filing") if each.isascii() and each.isdigit()}
    late = [row for row in rows if (row.pk in chosen if chosen else to_remind(row))]
    there = set(
        Reminder.objects.filter(filing__in=[row.pk for row in late], read_at=None).values_list("filing_id", flat=True)
    )
    fresh = [
        Reminder(filing=row, by=request.user, text=reminder_of(row), read_at=None)
        for row in late
        if row.pk not in there
    ]
    Reminder.objects.bulk_create(fresh)
    if fresh:
        messages.success(request, f"已提醒 {len(fresh)} 个单位。")
    elif late:
        messages.info(request, "这些单位已经提醒过，对方还没有打开。")
    else:
        messages.info(request, "没有逾期或快到期、等单位办理的。")
    return redirect("board", year)


def reminder_of(row: FilingRow) -> str:
    """What a reminder says."""
    ends, left = term(row), days_left(row)
    name = f"{row.year}年度部门整体支出绩效自评"
    if ends is None or left is None:
        return f"{name}现在处于“{row.step_word}”，请尽快办理。"
    if left < 0:
        return f"{name}应在{ends:%m月%d日}前办理，已逾期{-left}天，请尽快办理；确有困难请向财政局申请延期。"
    return f"{name}请在{ends:%m月%d日}前办理，还有{left}天。"
