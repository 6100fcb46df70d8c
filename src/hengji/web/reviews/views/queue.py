"""我的复核: the filings that wait for the viewer, by what is to be done."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, general
from hengji.web.people.acts import Act
from hengji.web.people.models import Role, User
from hengji.web.reviews.models import MessageRow, ReviewRow
from hengji.web.reviews.subjects import SLUGS
from hengji.web.scores.models import Summary
from hengji.web.states.machine import DONE, OPEN, Step

_MOST = 400


@dataclass(frozen=True, slots=True)
class Waiting:
    """One filing of the queue: how far it is, and what is open."""

    row: FilingRow
    summary: Summary | None
    judged: int
    asked: int
    mine: bool  # the viewer judged a leaf of it, so another must read it again


def reachable(user: User) -> Q:
    """The filings a person of the bureau, a third party or an auditor may read."""
    if Role(user.role) is Role.FIRM:
        return Q(assignments__user=user)
    if user.department_id is not None:
        return Q(department_id=user.department_id)
    return Q(department__region_id=user.region_id or 0)


@general(Act.REVIEWS)
def queue(request: Request) -> HttpResponse:
    """First readings, second readings, and what waits to be sent out."""
    rows = FilingRow.objects.filter(reachable(request.user), step=Step.REVIEW)
    rows = rows.select_related("department", "summary").order_by("-year", "department_id")[:_MOST]
    found = _waiting(request.user, list(rows))
    heaps = [
        ("待初审", [each for each in found if each.row.second not in (OPEN, DONE)]),
        ("待复审", [each for each in found if each.row.second == OPEN]),
        ("复审已通过，待送出意见", [each for each in found if each.row.second == DONE]),
    ]
    first = next((each for each in heaps[0][1]), None)
    context = frame(
        request,
        "reviews",
        heaps=[(title, lines) for title, lines in heaps if lines],
        whole=len(found),
        first=first,
        firm=Role(request.user.role) is Role.FIRM,
    )
    return render(request, "reviews/queue.html", context)


def _waiting(user: User, rows: list[FilingRow]) -> list[Waiting]:
    numbers = [row.pk for row in rows]
    judged = dict(
        ReviewRow.objects.filter(filing__in=numbers)
        .exclude(leaf__in=SLUGS)
        .values_list("filing_id")
        .annotate(number=Count("pk"))
    )
    mine = set(ReviewRow.objects.filter(filing__in=numbers, judge=user.pk).values_list("filing_id", flat=True))
    messages = MessageRow.objects.filter(filing__in=numbers, closed=False).values_list("filing_id", "number", "thread")
    asked = Counter(filing for filing, number, thread in messages if number == thread)
    return [
        Waiting(row, getattr(row, "summary", None), judged.get(row.pk, 0), asked[row.pk], row.pk in mine)
        for row in rows
    ]
