"""公开, inside: what is public, what waits for it with the days left, and everything about one result."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks, general
from hengji.web.jobs import queue
from hengji.web.notices.terms import days_left, term
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.results.models import Publication
from hengji.web.results.pages import rectification, sheet_of_year
from hengji.web.results.publishing import content_of, intact, said_by, standing, withdraw
from hengji.web.results.years import years_of
from hengji.web.reviews.models import OpinionRow, ReviewRow
from hengji.web.scores.refresh import exact, shown
from hengji.web.sheets import answer
from hengji.web.states.machine import DONE, Step


@dataclass(frozen=True, slots=True)
class Line:
    """One filing that is public or waits to be."""

    row: FilingRow
    publication: Publication | None
    ends: date | None
    left: int | None

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.publication is not None:
            return "已公开"
        return "待公开" if self.row.step == Step.FINAL else self.row.step_word

    @property
    def final(self) -> str:
        """The final score as it was frozen, or as it stands."""
        if self.publication is not None:
            return shown(self.publication.final)
        summary = getattr(self.row, "summary", None)
        return shown(summary.final) if summary is not None else ""

    @property
    def mending(self) -> str:
        """The state of 整改."""
        return rectification(self.row)


def lines_of(region_id: int, year: int) -> list[Line]:
    """The year's filings: those that wait first, by days left; then what is public; then what is not so far yet."""
    rows = FilingRow.objects.filter(department__region_id=region_id, year=year)
    public = {each.filing_id: each for each in standing().filter(filing__in=rows).defer("content")}
    found = []
    for row in rows.select_related("department", "summary", "notice"):
        waiting = row.step == Step.FINAL and row.publication != DONE
        found.append(Line(row, public.get(row.pk), term(row) if waiting else None, days_left(row) if waiting else None))
    order = {"待公开": 0, "已公开": 1}
    return sorted(found, key=lambda line: (order.get(line.state, 2), line.left or 0, line.row.department_id))


@general(Act.BOARD)
def publications_now(request: Request) -> HttpResponse:
    """公开 of the latest year."""
    years = years_of(request.user)
    return redirect("publications", years[0] if years else date.today().year - 1)


@general(Act.BOARD)
def publications(request: Request, year: int) -> HttpResponse:
    """公开 of a year."""
    lines = lines_of(request.user.region_id or 0, year)
    context = frame(
        request,
        "publications",
        year=year,
        years=years_of(request.user),
        lines=lines,
        waiting=[line for line in lines if line.state == "待公开"],
        public=sum(line.publication is not None for line in lines),
        late=sum((line.left or 0) < 0 for line in lines),
        may_publish=bool(may(request.user, Act.PUBLISH)),
    )
    return render(request, "results/publications.html", context)


@general(Act.BOARD)
def publications_file(request: Request, year: int, form: str) -> HttpResponse:
    """What is public of a year, as a table."""
    if form not in ("csv", "xlsx"):
        raise Http404
    found = standing().filter(filing__year=year, filing__department__region_id=request.user.region_id or 0)
    return answer(form, f"{year}年度公开结果", sheet_of_year(list(found)))


@general(Act.BOARD)
@require_POST
def site(request: Request) -> HttpResponse:
    """Starts writing the public site as files."""
    if request.user.region_id is None:
        raise HengjiError("你的账号没有地区，不能导出公开站点")
    return redirect("job", queue.once("site", request.user, None, {"region": request.user.region_id}).pk)


@asks(Act.BOARD)
def publication(request: Request, row: FilingRow) -> HttpResponse:
    """内部版: the same result with everything: the bureau's reasons, the answers, and what was public when."""
    folder = Folder.open(row)
    history = list(Publication.objects.filter(filing=row).order_by("-number"))
    current = next((each for each in history if each.withdrawn_at is None), None)
    said = said_by(current) if current is not None else content_of(folder)
    context = frame(
        request,
        "publications",
        folder,
        said=said,
        leaves=_inner(row, said),
        current=current,
        sound=current is None or intact(current),
        history=history,
        ends=term(row),
        left=days_left(row),
        may_withdraw=current is not None and bool(may(request.user, Act.UNPUBLISH, row)),
    )
    return render(request, "results/publication.html", context)


def _inner(row: FilingRow, said: dict[str, Any]) -> list[dict[str, Any]]:
    """The leaves with what the bureau and the department wrote about each."""
    reviews = {each.leaf: each for each in ReviewRow.objects.filter(filing=row)}
    opinions = {each.leaf: each for each in OpinionRow.objects.filter(filing=row)}
    found = []
    for leaf in said["leaves"]:
        review = reviews.get(leaf["id"])
        reviewed = exact(review.score) if review is not None else None
        found.append({**leaf, "review": review, "reviewed": reviewed, "told": opinions.get(leaf["id"])})
    return found


@asks(Act.UNPUBLISH)
@require_http_methods(["GET", "POST"])
def unpublish(request: Request, row: FilingRow) -> HttpResponse:
    """撤下公开, with its reason."""
    problem = ""
    if request.method == "POST":
        try:
            withdraw(row.pk, request.user, request.POST.get("reason", "")[:500])
        except HengjiError as error:
            problem = f"{error}。"
        else:
            messages.success(request, "已撤下，公开站点上不再有这份内容；更正后请重新公开。")
            return redirect("publications", row.year)
    context = frame(request, "publications", Folder.open(row), problem=problem, reason=request.POST.get("reason", ""))
    return render(request, "results/unpublish.html", context, status=422 if problem else 200)
