"""Opinions, objections and problems put right, written through the interface: the pages' own acts, with their checks."""

from django.http import Http404, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from hengji.model.problem import HengjiError
from hengji.web.api import shapes
from hengji.web.api.reading import router as listing  # one address answers from one router
from hengji.web.api.service import opened
from hengji.web.api.shapes import Number, said
from hengji.web.api.tokens import WRITE
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify import problems
from hengji.web.rectify.models import ProblemRow
from hengji.web.reviews import opinions
from hengji.web.reviews.models import OpinionRow
from hengji.web.reviews.overview import Line, Overview
from hengji.web.reviews.subjects import subject_id
from hengji.web.uploads import MOST_BYTES

router = Router()


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    return user


def _line(row: FilingRow, slug: str) -> Line:
    line = Overview(Folder.open(row)).line(subject_id(slug))
    if line is None:
        raise Http404
    return line


def _kept(row: FilingRow, version: int) -> dict[str, object]:
    row.refresh_from_db(fields=["revision"])
    return {"revision": row.revision, "versions": [version]}


def _of_opinion(row: FilingRow, leaf: str) -> dict[str, object]:
    return _kept(row, OpinionRow.objects.get(filing=row, leaf=leaf).version)


@router.put("/filings/{filing_id}/opinions/{subject}", response=said(shapes.Kept), tags=["复核"])
def opinion(request: HttpRequest, filing_id: Number, subject: shapes.Name, body: shapes.OpinionIn) -> dict[str, object]:
    """复核意见 in the bureau's own words, before it is sent."""
    row = opened(request, Act.OPINE, filing_id, WRITE)
    leaf = _line(row, subject).subject.id
    opinions.draft(row, _user(request), leaf, body.text, body.version)
    return _of_opinion(row, leaf)


@router.put("/filings/{filing_id}/opinions/{subject}/answer", response=said(shapes.Kept), tags=["复核"])
def answer(
    request: HttpRequest, filing_id: Number, subject: shapes.Name, body: shapes.ObjectionIn
) -> dict[str, object]:
    """单位答复: accepts an opinion or objects to it."""
    row = opened(request, Act.ANSWER, filing_id, WRITE)
    leaf = _line(row, subject).subject.id
    opinions.answer(row, _user(request), leaf, body.answer, body.reason, (), body.version)
    return _of_opinion(row, leaf)


@router.post("/filings/{filing_id}/opinions/{subject}/files", response=said(shapes.Kept), tags=["复核"])
def answer_file(
    request: HttpRequest,
    filing_id: Number,
    subject: shapes.Name,
    file: File[UploadedFile],
    body: Form[shapes.AttachedIn],
) -> dict[str, object]:
    """答复的附件: one file that goes with an answer already given."""
    row = opened(request, Act.ANSWER, filing_id, WRITE)
    leaf = _line(row, subject).subject.id
    now = OpinionRow.objects.filter(filing=row, leaf=leaf).first()
    if now is None:
        raise Http404
    if not now.answer:
        raise HengjiError("请先写明接受或申诉，再加附件")
    opinions.answer(row, _user(request), leaf, now.answer, now.reason, [_within(request, file)], body.version)
    return _of_opinion(row, leaf)


def _within(request: HttpRequest, file: UploadedFile) -> UploadedFile:
    if request.META.get("HENGJI_TOO_LARGE"):
        raise HengjiError(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请压缩或分成几个文件")
    return file


@router.put("/filings/{filing_id}/opinions/{subject}/decision", response=said(shapes.Kept), tags=["复核"])
def decision(
    request: HttpRequest, filing_id: Number, subject: shapes.Name, body: shapes.DecisionIn
) -> dict[str, object]:
    """申诉决定: keeps the reviewed score or sets the final one, with the reason."""
    row = opened(request, Act.DECIDE, filing_id, WRITE)
    line = _line(row, subject)
    opinions.decide(row, _user(request), line, body.decision, body.why, body.final, body.version)
    return _of_opinion(row, line.subject.id)


@listing.post("/filings/{filing_id}/problems", response=said(shapes.Numbered), tags=["整改"])
def problem(request: HttpRequest, filing_id: Number, body: shapes.ProblemIn) -> dict[str, object]:
    """列出问题: one more problem; its number is in the answer."""
    row = opened(request, Act.PROBLEM, filing_id, WRITE)
    given = {name: getattr(body, name) for name in ("source", "leaf", "owner", "due")}
    number = problems.add(row, _user(request), body.text, given)
    return {"number": number, **_kept(row, ProblemRow.objects.get(filing=row, number=number).version)}


def _of_problem(row: FilingRow, number: int) -> dict[str, object]:
    return _kept(row, problems.problem(row, number).version)


def _known(row: FilingRow, number: int) -> None:
    if not ProblemRow.objects.filter(filing=row, number=number).exists():
        raise Http404


@router.put("/filings/{filing_id}/problems/{number}/answer", response=said(shapes.Kept), tags=["整改"])
def mended(request: HttpRequest, filing_id: Number, number: Number, body: shapes.MendedIn) -> dict[str, object]:
    """整改情况: measure and owner; ``done`` puts it forward for acceptance."""
    row = opened(request, Act.MEND, filing_id, WRITE)
    _known(row, number)
    problems.mend(row, _user(request), number, body.version, done=body.done, measure=body.measure, owner=body.owner)
    return _of_problem(row, number)


@router.post("/filings/{filing_id}/problems/{number}/files", response=said(shapes.Kept), tags=["整改"])
def mended_file(
    request: HttpRequest, filing_id: Number, number: Number, file: File[UploadedFile], body: Form[shapes.AttachedIn]
) -> dict[str, object]:
    """整改的附件: one file that proves what was done, before it is put forward."""
    row = opened(request, Act.MEND, filing_id, WRITE)
    _known(row, number)
    if problems.problem(row, number).state != problems.STILL_OPEN:
        raise HengjiError("这个问题的整改情况已经报送，不能再加附件")
    problems.mend(row, _user(request), number, body.version, [_within(request, file)], done=False)
    return _of_problem(row, number)


@router.put("/filings/{filing_id}/problems/{number}/acceptance", response=said(shapes.Kept), tags=["整改"])
def acceptance(request: HttpRequest, filing_id: Number, number: Number, body: shapes.AcceptedIn) -> dict[str, object]:
    """验收 of one problem, or back with a reason."""
    row = opened(request, Act.ACCEPT, filing_id, WRITE)
    _known(row, number)
    problems.judge(row, _user(request), number, body.version, body.note, accepted=body.accepted)
    return _of_problem(row, number)
