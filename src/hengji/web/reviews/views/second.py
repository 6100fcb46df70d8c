"""复审: the differences that a second reader looks at, and what is still open."""

from django.http import HttpResponse
from django.shortcuts import render

from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.frame import frame
from hengji.web.gate import Request, asks
from hengji.web.people.acts import Act
from hengji.web.people.permissions import may
from hengji.web.reviews import alike
from hengji.web.reviews.guards import judged_by
from hengji.web.reviews.overview import Overview
from hengji.web.reviews.threads import threads


@asks(Act.REVIEWS)
def second(request: Request, row: FilingRow) -> HttpResponse:
    """差异清单: what was deducted with reason and basis, what was accepted in spite of doubts, what is open."""
    overview = Overview(Folder.open(row))
    names = alike.judges(overview.rows.values())
    judged = [line for line in overview.lines if line.judged and not line.lost]
    context = frame(
        request,
        "reviews",
        overview.folder,
        overview=overview,
        deducted=[(line, names.get(_judge(line), "—")) for line in overview.deducted],
        accepted=[(line, names.get(_judge(line), "—")) for line in judged if line.doubts or line.subject.differs],
        threads=threads(row, overview.messages),
        may_approve=bool(may(request.user, Act.APPROVE, row)),
        may_send_down=bool(may(request.user, Act.SEND_DOWN, row)),
        may_hand_up=bool(may(request.user, Act.HAND_UP, row)),
        own=request.user.pk in judged_by(row),
    )
    return render(request, "reviews/second.html", context)


def _judge(line: object) -> int:
    row = getattr(line, "row", None)
    return row.judge or 0 if row is not None else 0
