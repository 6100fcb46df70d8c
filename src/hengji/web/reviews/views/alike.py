"""同类问题 of a year: every finding with how it was judged, one finding in full, and making judgements one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hengji.library.check_texts import load_checks
from hengji.model.problem import HengjiError
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.notices.views import years_of
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.reviews.alike import Verdict, kinds, most_frequent, verdicts
from hengji.web.reviews.subjects import SLUGS, subject_id
from hengji.web.reviews.tariff import tariff
from hengji.web.reviews.unifying import unify as unified
from hengji.web.scores.models import LeafLine


@general(Act.ALIKE)
def alike(request: Request, year: int) -> HttpResponse:
    """Every finding and leaf that was judged this year; those judged differently first."""
    found = kinds(request.user.region_id or 0, year)
    names = _names(request, year)
    context = frame(
        request,
        "alike",
        year=year,
        years=years_of(request),
        kinds=[(kind, SLUGS.get(kind.key, kind.key), names.get(kind.key, "")) for kind in found],
        apart=sum(not kind.agreed for kind in found),
    )
    return render(request, "reviews/alike.html", context)


@general(Act.ALIKE)
def alike_now(request: Request) -> HttpResponse:
    """The latest year."""
    years = years_of(request)
    return redirect("alike", years[0] if years else 2000)


def _names(request: Request, year: int) -> dict[str, str]:
    """What codes and leaves are called."""
    lines = LeafLine.objects.filter(filing__year=year, filing__department__region_id=request.user.region_id or 0)
    leaves = dict(lines.order_by().values_list("leaf", "name").distinct())
    return leaves | {code: text.title for code, text in load_checks().items()}


@general(Act.ALIKE)
def alike_one(request: Request, year: int, key: str) -> HttpResponse:
    """One finding (or leaf) across the departments; those off the most frequent judgement first."""
    return render(request, "reviews/alike_one.html", _one(request, year, subject_id(key)))


def _one(request: Request, year: int, key: str, problem: str = "") -> dict[str, object]:
    found = _verdicts(request, year, key)
    return frame(
        request,
        "alike",
        year=year,
        key=key,
        slug=SLUGS.get(key, key),
        open_ones=any(not each.locked for each in found),
        name=_names(request, year).get(key, ""),
        verdicts=found,
        usual=most_frequent(each.row for each in found),
        off=sum(each.off for each in found),
        tariff=tariff(),
        may_unify=bool(may(request.user, Act.UNIFY)),
        problem=problem,
        reason=request.POST.get("reason", ""),
        choice=request.POST.get("choice", ""),
        ticked=request.POST.getlist("row"),
    )


def _verdicts(request: Request, year: int, key: str) -> list[Verdict]:
    return verdicts(request.user.region_id or 0, year, key)


@general(Act.UNIFY)
@require_POST
def unify(request: Request, year: int, key: str) -> HttpResponse:
    """统一为…: one change per filing with a common reason."""
    key = subject_id(key)
    ticked = set(request.POST.getlist("row"))
    chosen = [each for each in _verdicts(request, year, key) if str(each.row.pk) in ticked]
    try:
        done = unified(request.user, chosen, request.POST.get("choice", ""), request.POST.get("reason", ""))
    except HengjiError as error:
        return render(request, "reviews/alike_one.html", _one(request, year, key, f"{error}。"), status=422)
    if done.changed:
        messages.success(request, f"已统一 {done.changed} 处判定。")
    for sentence in done.refused:
        messages.warning(request, f"没有改：{sentence}")
    return redirect("alike_one", year, SLUGS.get(key, key))
