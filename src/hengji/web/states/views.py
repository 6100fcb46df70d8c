"""Pages that move a filing on: any move with its reason, and the head's page, ten minutes to a signature."""

from dataclasses import dataclass
from fractions import Fraction

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hengji.model.filing import ValueKey
from hengji.model.finding import Severity
from hengji.model.numerals import fixed, plain
from hengji.model.problem import HengjiError
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.printed import figure
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.people import second
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.states.guards import wanting
from hengji.web.states.machine import Step, move_of
from hengji.web.states.models import Snapshot
from hengji.web.states.moves import Blocked, Moved, digest_of, take
from hengji.web.trail.models import Entry

_DOUBTS, _CHANGES = 6, 12


@general()
@require_http_methods(["GET", "POST"])
def move(request: Request, filing_id: int, act: str) -> HttpResponse:
    """One move: a page that says what will happen, then the move itself."""
    row = FilingRow.objects.select_related("department__region", "system").filter(pk=filing_id).first()
    if row is None or act not in {each.value for each in Act}:
        raise Http404
    wanted = move_of(Act(act))
    if wanted is None or wanted.act is Act.SIGN:
        raise Http404
    verdict = may(request.user, wanted.act, row)
    if not verdict:
        raise Refused(verdict.reason, act, filing_id)
    if request.method == "GET" and wanted.act in (Act.PASS, Act.REJECT):
        return redirect("formal", filing_id)  # both are taken where the points are looked at
    folder = Folder.open(row)
    problem = ""
    if request.method == "POST":
        try:
            moved = take(filing_id, request.user, wanted.act, request.POST.get("opinion", "")[:2000])
        except Blocked as blocked:
            problem = str(blocked)
        else:
            messages.success(request, f"已{wanted.name}，现在处于“{moved.step_word}”。")
            return redirect("workbench")
    context = frame(
        request,
        "move",
        folder,
        own_primary=True,
        move=wanted,
        problem=problem,
        lacking="" if problem else wanting(wanted.act, row, request.user),
        opinion=request.POST.get("opinion", ""),
    )
    return render(request, "states/move.html", context, status=422 if problem else 200)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure beside last year's."""

    name: str
    unit: str
    before: str
    now: str
    change: str
    share: str


@asks(Act.READ)
@require_http_methods(["GET", "POST"])
def sign(request: Request, row: FilingRow) -> HttpResponse:
    """签批: what was lost, what is doubtful, what changed, what is there; then the head signs a hash, or returns."""
    folder = Folder.open(row)
    problem = ""
    if request.method == "POST":
        if request.POST.get("act") == Act.RETURN:
            try:
                take(row.pk, request.user, Act.RETURN, request.POST.get("opinion", "")[:2000])
            except Blocked as blocked:
                problem = str(blocked)
            else:
                messages.success(request, "已退回填报人。")
                return redirect("workbench")
        else:
            problem = _signed(request, row, folder)
            if not problem:
                return redirect("signed", row.pk)
    context = frame(
        request,
        "sign",
        folder,
        problem=problem,
        own_primary=bool(may(request.user, Act.SIGN, row)),
        digest=digest_of(folder.filing),
        may_sign=may(request.user, Act.SIGN, row),
        doubts=_doubts(folder)[:_DOUBTS],
        doubts_all=len(_doubts(folder)),
        compared=compared(folder),
        materials=materials(folder),
        since=_since(row),
        second=second.is_on(request.user),
        opinion=request.POST.get("opinion", ""),
    )
    return render(request, "states/sign.html", context, status=422 if problem else 200)


def _signed(request: Request, row: FilingRow, folder: Folder) -> str:
    """Takes the signature, or says what is wanting."""
    verdict = may(request.user, Act.SIGN, row)
    if not verdict:
        raise Refused(verdict.reason, Act.SIGN, row.pk)
    if not request.user.check_password(request.POST.get("password", "")):
        return "登录口令不对，没有签批。"
    if second.is_on(request.user) and not second.passes(request.user, request.POST.get("code", "")[:40]):
        return "验证码不对或已用过，没有签批。"
    if _doubts(folder) and request.POST.get("acknowledged") != "1":
        return "还有存疑没有答复，请先勾选“仍同意报送”，或退回填报人。"
    if request.POST.get("declared") != "1":
        return "请勾选声明。"
    try:
        opinion = request.POST.get("opinion", "")[:2000]
        take(row.pk, request.user, Act.SIGN, opinion, request.POST.get("digest", "-"), _scan(request))
    except (Blocked, Moved, HengjiError) as error:
        return str(error)
    return ""


def _scan(request: Request) -> files.Kept | None:
    """The sealed page, where one was attached: a PDF or a picture. Raises HengjiError for anything else."""
    upload = request.FILES.get("scan")
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError("盖章扫描件过大，没有签批")
    if upload is None:
        return None
    name = files.plain_name(upload.name or "")
    if not name.lower().endswith((".pdf", *files.IMAGES)):
        raise HengjiError("盖章扫描件要 PDF 或图片（jpg、png），没有签批")
    return files.keep(name, upload.chunks())


def _doubts(folder: Folder) -> list[object]:
    """Open doubts, those with most points at stake first."""
    worth = {leaf.id: leaf.full or leaf.points or Fraction(0) for leaf in folder.card.leaves}
    grave = (Severity.ERROR, Severity.WARNING)
    found = [each for each in folder.found if each.finding.severity in grave and not each.waived]
    return [(each, worth.get(each.finding.leaf)) for each in sorted(found, key=lambda f: -worth.get(f.finding.leaf, 0))]


def compared(folder: Folder) -> list[Compared]:
    """The figures that a head knows by heart, this year and last."""
    found = []
    for name, item in folder.system.dictionary.items.items():
        year = folder.row.year
        if ValueKey(name, year) not in folder.filing.values or ValueKey(name, year - 1) not in folder.filing.values:
            continue
        now, before = folder.facts.datum(name), folder.facts.datum(name, 1)
        if isinstance(now.result, Fraction) and isinstance(before.result, Fraction):
            difference = now.result - before.result
            sign = "+" if difference > 0 else ""
            share = f"{sign}{fixed(difference / abs(before.result) * 100)}%" if before.result else "—"
            change = sign + figure(plain(difference), item.unit)
            found.append(Compared(name, item.unit, before.stated, now.stated, change, share.replace("-", "−")))
    return found[:_CHANGES]


def materials(folder: Folder) -> list[tuple[str, bool, str]]:
    """Whether everything that goes to the bureau is there: what, whether, in words."""
    bare = [each.finding.leaf for each in folder.found if each.finding.code == "R21" and not each.waived]
    unwritten = [each.finding.item for each in folder.found if each.finding.code == "R20" and not each.waived]
    files = sum(bool(each.sha256) for each in folder.filing.evidence)
    more = "；满分而没有佐证：" + "、".join(bare) if bare else ""
    missing = f"还有{folder.missing}项没有得分" if folder.missing else "每项都有得分或不考核的理由"
    return [
        ("自评报告", not unwritten, f"未写：{'、'.join(unwritten)}" if unwritten else "必写的章节已写"),
        ("评分表", not folder.missing, missing),
        ("佐证材料", not bare, f"{len(folder.filing.evidence)}份，其中有文件{files}份{more}"),
    ]


def _since(row: FilingRow) -> Entry | None:
    """Who sent it for signature, and when."""
    return Entry.objects.filter(filing=row, act=Act.SEND.value).order_by("-number").first()


@asks(Act.READ)
def signed(request: Request, row: FilingRow) -> HttpResponse:
    """What was signed, when, by whom, and its hash."""
    snapshot = Snapshot.objects.filter(filing=row, act=Act.SIGN.value).select_related("by").first()
    if snapshot is None or row.step in (Step.FILLING.value, Step.SIGNING.value):
        raise Http404
    return render(request, "states/signed.html", frame(request, "sign", Folder.open(row), snapshot=snapshot))


@asks(Act.DOWNLOAD)
def sealed(request: Request, row: FilingRow) -> FileResponse:
    """The sealed page that was attached to the signature."""
    del request
    snapshot = Snapshot.objects.filter(filing=row, act=Act.SIGN.value).exclude(scan="").first()
    if snapshot is None or not files.path_of(snapshot.scan).exists():
        raise Http404
    answer = FileResponse(files.path_of(snapshot.scan).open("rb"), as_attachment=True, filename=snapshot.scan_name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
