"""统计 pages: can these scores be believed?"""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hengji.model.problem import HengjiError
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.jobs import queue
from hengji.web.people.acts import Act
from hengji.web.results.charts import charts_of, percent, sheets_of, sources
from hengji.web.results.statistics import LEAST, METHOD, of_year
from hengji.web.results.summary import FORMS, READERS
from hengji.web.results.years import years_of
from hengji.web.sheets import answer

_LONGEST = 40


@general(Act.STATISTICS)
def stats_now(request: Request) -> HttpResponse:
    """统计 of the latest year."""
    years = years_of(request.user)
    return redirect("stats", years[0] if years else date.today().year - 1)


def _kind(request: Request) -> str:
    return request.GET.get("kind", "")[:_LONGEST]


@general(Act.STATISTICS)
def stats(request: Request, year: int) -> HttpResponse:
    """统计 of a year: a whole page, or what a filter changes."""
    kind = _kind(request)
    said = of_year(request.user.region_id or 0, year, kind)
    query = f"?{urlencode({'kind': kind})}" if kind else ""
    charts = charts_of(said, reverse("stats", args=[year]), query)
    sheets = sheets_of(said)
    context: dict[str, object] = {
        "year": year,
        "kind": kind,
        "query": query,
        "said": said,
        "charts": charts,
        "sheets": sheets,
        "leaves": [(leaf, percent(leaf.rate)) for leaf in said.leaves],
        "outliers": [(outlier, sources(outlier.sources)) for outlier in said.outliers],
        "shares": [percent(share) for share in said.full_shares] if said.full_shares else None,
        "best": said.by_grade[0] if said.by_grade else None,
        "least": LEAST,
        "method": METHOD,
        "several": len({leaf.system for leaf in said.leaves}) > 1,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "results/_stats.html", context)
    more = frame(request, "stats", years=years_of(request.user))
    return render(request, "results/stats.html", {**more, **context})


@general(Act.STATISTICS)
def stats_file(request: Request, year: int, name: str, form: str) -> HttpResponse:
    """One table of the statistics as csv or xlsx; ``all`` gives every table in one workbook."""
    sheets = sheets_of(of_year(request.user.region_id or 0, year, _kind(request)))
    if form not in ("csv", "xlsx") or (name not in sheets and (name, form) != ("all", "xlsx")):
        raise Http404
    chosen = list(sheets.values()) if name == "all" else [sheets[name]]
    return answer(form, f"{year}年度统计-{chosen[0].name if name != 'all' else '全部'}", *chosen)


@general(Act.STATISTICS)
@require_http_methods(["GET", "POST"])
def summary(request: Request, year: int) -> HttpResponse:
    """Asks for whom and in which form, and starts writing the summary report."""
    if request.method == "GET":
        context = frame(request, "stats", year=year, readers=READERS, forms=FORMS)
        return render(request, "results/summary.html", context)
    to, form = request.POST.get("to", ""), request.POST.get("form", "")
    if to not in READERS or form not in FORMS:
        raise HengjiError("请选择报送对象和文件格式")
    if request.user.region_id is None:
        raise HengjiError("你的账号没有地区，不能写汇总报告")
    arguments = {"region": request.user.region_id, "year": year, "to": to, "form": form}
    return redirect("job", queue.once("summary", request.user, None, arguments).pk)
