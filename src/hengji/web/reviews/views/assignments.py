"""分配: which filings a third party may see and review."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hengji.model.problem import HengjiError
from hengji.web.filings.models import Assignment, FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.people.acts import Act
from hengji.web.reviews.views.samples import firms
from hengji.web.states.machine import Step

_REVIEWABLE = (Step.FORMAL, Step.REVIEW, Step.OPINION)
_MOST = 1000


def _filings(request: Request) -> QuerySet[FilingRow]:
    return FilingRow.objects.filter(department__region_id=request.user.region_id or 0)


@general(Act.ASSIGN)
@require_http_methods(["GET", "POST"])
def assignments(request: Request) -> HttpResponse:
    """Who of the third parties has which filings; give and take back."""
    if request.method == "POST":
        return _change(request)
    given = Assignment.objects.filter(user__in=firms(request)).select_related("filing__department", "filing__system")
    by_user: dict[int, list[Assignment]] = {}
    for each in given.order_by("-filing__year", "filing__department_id"):
        by_user.setdefault(each.user_id, []).append(each)
    rows = _filings(request).filter(step__in=_REVIEWABLE).select_related("department")
    context = frame(
        request,
        "assignments",
        firms=[(firm, by_user.get(firm.pk, [])) for firm in firms(request)],
        filings=rows.order_by("-year", "department_id")[:_MOST],
    )
    return render(request, "reviews/assignments.html", context)


def _change(request: Request) -> HttpResponse:
    number = request.POST.get("user", "")
    firm = firms(request).filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if firm is None:
        raise HengjiError("请选择第三方人员")
    wanted = [int(each) for each in request.POST.getlist("filing") if each.isascii() and each.isdigit()]
    rows = list(_filings(request).filter(pk__in=wanted).values_list("pk", flat=True))
    if not rows:
        raise HengjiError("请选择要分配的填报")
    if request.POST.get("act") == "take":
        Assignment.objects.filter(user=firm, filing__in=rows).delete()
        messages.success(request, f"已收回 {len(rows)} 份。")
    else:
        Assignment.objects.bulk_create([Assignment(user=firm, filing_id=row) for row in rows], ignore_conflicts=True)
        messages.success(request, f"已分配 {len(rows)} 份给{firm.shown}。")
    return redirect("assignments")
