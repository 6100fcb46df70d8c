"""抽样 of filings: a draft with seed and layers, the draw, its table as a file, and handing it to a third party."""

import csv
import io
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hengji.model.problem import HengjiError
from hengji.web.filings.models import Assignment
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.people.acts import Act
from hengji.web.people.models import Role, User
from hengji.web.people.permissions import may
from hengji.web.reviews.models import Sample
from hengji.web.reviews.sampling import METHOD, WAYS, draw, frame_of, fresh_seed, strata

_MOST = 9999


def _own(request: Request) -> QuerySet[Sample]:
    return Sample.objects.filter(region_id=request.user.region_id or 0)


def firms(request: Request) -> QuerySet[User]:
    """The third parties of the viewer's region."""
    people = User.objects.filter(role=Role.FIRM, is_active=True, region_id=request.user.region_id or 0)
    return people.order_by("office", "pk")


@general(Act.SAMPLES)
def samples(request: Request) -> HttpResponse:
    """All draws of the region, newest first."""
    found = _own(request).prefetch_related("units")
    listed = [(each, sum(unit.drawn for unit in each.units.all()), len(each.units.all())) for each in found]
    context = frame(request, "samples", samples=listed, ways=WAYS, may_draw=bool(may(request.user, Act.SAMPLE)))
    return render(request, "reviews/samples.html", context)


@general(Act.SAMPLE)
@require_POST
def sample_new(request: Request) -> HttpResponse:
    """A new draw, of last year until another is chosen."""
    year = date.today().year - 1
    latest = _own(request).first()
    text = request.POST.get("year", "")
    if text.isascii() and text.isdigit():
        year = int(text) % 10000
    elif latest is not None:
        year = latest.year
    region = request.user.region
    if region is None:
        raise HengjiError("你的账号不属于任何地区")
    name = f"{year}年度自评抽评"
    made = Sample.objects.create(region=region, year=year, name=name, by="kind", seed=fresh_seed())
    return redirect("sample", made.pk)


@general(Act.SAMPLES)
@require_http_methods(["GET", "POST"])
def sample(request: Request, sample_id: int) -> HttpResponse:
    """One draw: its layers and seed while it is a draft, its result afterwards."""
    found = get_object_or_404(_own(request).select_related("drawn_by"), pk=sample_id)
    problem = ""
    if request.method == "POST":
        problem = _keep(request, found)
        if not problem:
            messages.success(request, "已保存，还没有抽取。")
            return redirect("sample", found.pk)
    return render(request, "reviews/sample.html", _context(request, found, problem), status=422 if problem else 200)


def _keep(request: Request, found: Sample) -> str:
    """Keeps the draft; a sentence where it cannot be."""
    verdict = may(request.user, Act.SAMPLE)
    if not verdict:
        return verdict.reason
    if found.drawn_at is not None:
        return "已经抽过，种子和分层不再改。"
    found.name = request.POST.get("name", "").strip()[:120] or found.name
    found.seed = request.POST.get("seed", "").strip()[:60]
    found.by = request.POST.get("by", "") if request.POST.get("by", "") in WAYS else ""
    year = request.POST.get("year", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4):  # noqa: PLR2004 - a year
        return "年度请填四位数，例如 2023。"
    found.year = int(year)
    if not found.seed:
        return "种子不能空：写一个事先公布的数或词。"
    names = request.POST.getlist("stratum")
    counts = request.POST.getlist("count")
    sizes = {}
    for name, typed in zip(names, counts, strict=False):
        count = typed.strip() or "0"
        if not (count.isascii() and count.isdigit() and int(count) <= _MOST):
            return f"“{name}”抽几个请填整数。"
        sizes[name[:60]] = int(count)
    found.sizes = sizes
    found.save()
    return ""


def _context(request: Request, found: Sample, problem: str = "") -> dict[str, object]:
    layers = strata(found, frame_of(found)) if found.drawn_at is None else []
    units = list(found.units.select_related("filing__department")) if found.drawn_at else []
    return frame(
        request,
        "samples",
        sample=found,
        layers=layers,
        whole=sum(len(layer.filings) for layer in layers) or len(units),
        wanted=sum(layer.wanted for layer in layers) or sum(unit.drawn for unit in units),
        units=units,
        ways=WAYS,
        way=WAYS[found.by],
        method=METHOD,
        problem=problem,
        may_draw=bool(may(request.user, Act.SAMPLE)),
        may_assign=bool(may(request.user, Act.ASSIGN)),
        firms=firms(request),
    )


@general(Act.SAMPLE)
@require_POST
def sample_draw(request: Request, sample_id: int) -> HttpResponse:
    """抽取: freezes seed, layers and frame."""
    found = get_object_or_404(_own(request), pk=sample_id)
    try:
        drawn = draw(found.pk, request.user)
    except HengjiError as error:
        sentences = "；".join(str(each) for each in error.problems)
        return render(request, "reviews/sample.html", _context(request, found, f"{sentences}。"), status=422)
    messages.success(request, f"已抽取 {drawn.units.filter(drawn=True).count()} 个单位。")
    return redirect("sample", found.pk)


@general(Act.SAMPLE)
@require_POST
def sample_discard(request: Request, sample_id: int) -> HttpResponse:
    """删除草稿; what was drawn stays."""
    found = get_object_or_404(_own(request), pk=sample_id)
    if found.drawn_at is not None:
        raise HengjiError("已经抽过的不能删除")
    found.delete()
    return redirect("samples")


@general(Act.SAMPLES)
def sample_file(request: Request, sample_id: int) -> HttpResponse:
    """The whole frame with draw numbers as CSV, so that anybody can draw again."""
    found = get_object_or_404(_own(request), pk=sample_id, drawn_at__isnull=False)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["名称", found.name, "年度", found.year, "种子", _plain(found.seed), "方法", METHOD])
    writer.writerow(["层", "层内次序", "单位", "抽签数（SHA-256）", "是否抽中"])
    for unit in found.units.all():
        drawn = "抽中" if unit.drawn else ""
        writer.writerow([_plain(unit.stratum), unit.place, _plain(unit.department), unit.digest, drawn])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="sample-{found.pk}.csv"'
    return response


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@general(Act.ASSIGN)
@require_POST
def sample_assign(request: Request, sample_id: int) -> HttpResponse:
    """Hands the drawn filings to a third party."""
    found = get_object_or_404(_own(request), pk=sample_id, drawn_at__isnull=False)
    number = request.POST.get("user", "")
    firm = firms(request).filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if firm is None:
        raise HengjiError("请选择第三方人员")
    drawn = list(found.units.filter(drawn=True).values_list("filing_id", flat=True))
    Assignment.objects.bulk_create([Assignment(user=firm, filing_id=filing) for filing in drawn], ignore_conflicts=True)
    messages.success(request, f"已把抽中的 {len(drawn)} 份分配给{firm.shown}。")
    return redirect("assignments")
