"""The answer to a save: the field as it now stands, and beside it the score, the counts and what else has changed."""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.asking import Question
from hengji.web.filings.bridge import Change, Clash, Closed, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.gate import Request
from hengji.web.people.acts import Act
from hengji.web.refusals import Refused, overtaken, unable

OK, CONFLICT, UNFIT = 200, 409, 422
Draw = Callable[[Folder, "Said"], str]


class Said:
    """What there is to say about the field that was to be saved: a sentence, the typed text, the other's value, a question."""

    def __init__(
        self,
        *,
        problem: str = "",
        typed: str | None = None,
        clash: Clash | None = None,
        question: Question | None = None,
    ) -> None:
        self.problem, self.typed, self.clash, self.question = problem, typed, clash, question


def version_of(request: Request) -> int:
    """The version a field was shown with; what is no number is a row that never was."""
    text = request.POST.get("version", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - no revision is longer


def save_one(request: Request, filing: FilingRow, changes: Sequence[Change], typed: str, draw: Draw) -> HttpResponse:
    """Saves what one field states and answers as the contract says: 200, 409 or 403."""
    try:
        revision = bridge.save(filing.pk, request.user, changes, request.POST.get("why", "")[:500])
    except Conflict as conflict:
        if not request.htmx:  # type: ignore[attr-defined]
            return overtaken(request, conflict.clashes[0].who)
        folder = Folder.open(filing.pk, brief=True)
        return HttpResponse(draw(folder, Said(typed=typed, clash=conflict.clashes[0])), status=CONFLICT)
    except Closed as closed:
        raise Refused(str(closed), Act.FILL, filing.pk) from closed
    if revision != filing.revision:
        filing.revision, filing.changed_at = revision, timezone.now()
    return answer(request, Folder.open(filing, brief=True), draw)


def answer(request: Request, folder: Folder, draw: Draw) -> HttpResponse:
    """The field as it stands now, with what else the save has changed; a browser without scripts gets its page again."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(request.headers.get("Referer") or "filing", folder.row.pk)
    return HttpResponse(draw(folder, Said()) + beside(request, folder))


def unfit(request: Request, filing: FilingRow, problem: str, typed: str, draw: Draw) -> HttpResponse:
    """What was typed cannot be saved: it stays in the field with one sentence under it; without scripts that is a page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return unable(request, HengjiError(f"“{typed}”没有保存：{problem}"))
    return HttpResponse(draw(Folder.open(filing, brief=True), Said(problem=problem, typed=typed)), status=UNFIT)


def asked(request: Request, filing: FilingRow, question: Question, typed: str, draw: Draw) -> HttpResponse:
    """Nothing is saved before the question is answered; what was typed stays in the field."""
    if not request.htmx:  # type: ignore[attr-defined]
        return unable(request, HengjiError(f"“{typed}”没有保存：{question.text}"))
    return HttpResponse(draw(Folder.open(filing, brief=True), Said(question=question, typed=typed)), status=UNFIT)


def beside(request: Request, folder: Folder) -> str:
    """Out of band: saved state, counts, score panel."""
    feeding = request.POST.get("feeding", "")
    context = {"folder": folder, "filing": folder.row, "writable": True, "oob": True, "feeding": feeding.split()}
    return "".join(
        (
            '<span id="save" hx-swap-oob="innerHTML">',
            render_to_string("save_state.html", context),
            '</span><span id="counts" hx-swap-oob="innerHTML">',
            render_to_string("counts.html", context),
            _later(folder),
            "</span>",
            render_to_string("filings/_score.html", context),
        )
    )


def _later(folder: Folder) -> str:
    """Asks for the counts again once nobody has saved for a moment; the text is examined then, not at every save."""
    if folder.examination.revision == folder.row.revision:
        return ""
    ask = '<span hx-get="{}" hx-trigger="load delay:3s" hx-target="#counts" hx-swap="innerHTML"></span>'
    return format_html(ask, reverse("counts", args=[folder.row.pk]))


def fragment(name: str, context: Mapping[str, object]) -> str:
    """A fragment's text."""
    return render_to_string(f"filings/{name}", dict(context))
