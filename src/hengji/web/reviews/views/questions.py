"""问答 of a filing as a matrix: asked, explained, closed."""

import mimetypes

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings import files
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow, bureau_models
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Role
from hengji.web.people.permissions import may
from hengji.web.people.sight import sees
from hengji.web.reviews import threads as questions_of
from hengji.web.reviews.proofs import proofs
from hengji.web.reviews.subjects import SLUGS, subject_id
from hengji.web.uploads import MOST_BYTES

_SANDBOX = "default-src 'none'; sandbox"


@asks(Act.READ)
def questions(request: Request, row: FilingRow) -> HttpResponse:
    """Every thread, open ones first; the leaf it is about, what was said, whose turn it is."""
    folder = Folder.open(row)
    found = questions_of.threads(row)
    context = frame(
        request,
        "opinions" if Role(request.user.role) in OF_DEPARTMENT else "reviews",
        folder,
        threads=[(thread, _named(folder, thread.first.leaf)) for thread in found],
        open_number=sum(not thread.closed for thread in found),
        leaves=folder.card.leaves,
        may_ask=bool(may(request.user, Act.ASK, row)),
        may_explain=bool(may(request.user, Act.EXPLAIN, row)),
        may_review=bool(may(request.user, Act.REVIEWS)),
        most=MOST_BYTES // 1024 // 1024,
    )
    return render(request, "reviews/questions.html", context)


def _named(folder: Folder, leaf: str) -> tuple[str, str]:
    """A leaf as address and words."""
    if leaf in folder.indicators:
        return leaf, f"{leaf} {folder.indicators[leaf].name}"
    return SLUGS.get(leaf, ""), leaf or "整份填报"


@asks(Act.ASK)
@require_POST
def question_ask(request: Request, row: FilingRow) -> HttpResponse:
    """Asks the department about a leaf, or about the whole."""
    leaf = subject_id(request.POST.get("leaf", "")[:40])
    known = {each.id for each in Folder.open(row).card.leaves} | set(SLUGS)
    questions_of.ask(row, request.user, leaf if leaf in known else "", request.POST.get("text", ""))
    messages.success(request, "已发给单位。")
    return _back(request, row, request.POST.get("leaf", "") if leaf in known else "")


@asks(Act.ASK)
@require_POST
def question_follow(request: Request, row: FilingRow, thread: int) -> HttpResponse:
    """Asks once more, closes the thread, or opens it again."""
    act = request.POST.get("act", "")
    if act == "ask":
        questions_of.follow_up(row, request.user, thread, request.POST.get("text", ""))
    elif act in ("close", "reopen"):
        questions_of.close(row, request.user, thread, closed=act == "close")
    return _back(request, row, request.POST.get("next", "")[:40])


@asks(Act.EXPLAIN)
@require_POST
def question_answer(request: Request, row: FilingRow, thread: int) -> HttpResponse:
    """The department explains, with files where it has some."""
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")
    text, sent = request.POST.get("text", ""), request.FILES.getlist("files")
    questions_of.answer(row, request.user, thread, text, sent)
    messages.success(request, "已答复财政局。")
    return redirect("questions", row.pk)


def _back(request: Request, row: FilingRow, leaf: str) -> HttpResponse:
    if leaf and may(request.user, Act.REVIEWS, row):
        return redirect("review_leaf", row.pk, leaf)
    return redirect("questions", row.pk)


@asks(Act.DOWNLOAD)
def proof(request: Request, row: FilingRow, sha256: str) -> HttpResponseBase:
    """A file that an answer, an objection or a mended problem of this filing names."""
    for model in bureau_models():
        if "evidence" not in model.table.data or not sees(request.user, row, model.table):
            continue
        for line in model._default_manager.filter(filing=row):
            named = next((each for each in proofs(str(line.says["evidence"])) if each.sha256 == sha256), None)
            if named is not None and files.path_of(sha256).exists():
                kind = mimetypes.guess_type(named.name)[0] or "application/octet-stream"
                response = FileResponse(
                    files.path_of(sha256).open("rb"), as_attachment=True, filename=named.name, content_type=kind
                )
                response.headers["Content-Security-Policy"] = _SANDBOX
                return response
    raise Http404
