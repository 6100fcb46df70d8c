"""What rectification asks of moves, and what follows them."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import STATE
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify import carrying, problems
from hengji.web.rectify.models import LetterRow, ProblemRow
from hengji.web.states.guards import after, guard
from hengji.web.trail.models import Entry


@after(Act.PASS)
def _last_year(filing: FilingRow, user: User) -> None:
    carrying.into_review(filing, user)


@after(Act.DEMAND)
def _at_least_one(filing: FilingRow, user: User) -> None:
    """What is demanded without a list of problems is itself the one problem."""
    if not ProblemRow.objects.filter(filing=filing).exists():
        demand = Entry.objects.filter(filing=filing, table=STATE.name, act=Act.DEMAND).order_by("-number").first()
        assert demand is not None
        problems.add(filing, user, demand.why, {"source": problems.OF_DEMAND}, Act.DEMAND)


@guard(Act.RECTIFY)
def _all_accepted(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - a guard is told who
    left = ProblemRow.objects.filter(filing=filing).exclude(state=problems.ACCEPTED).count()
    if left:
        return f"还有{left}个问题没有验收，请先逐项验收。"
    letters = LetterRow.objects.filter(filing=filing, closed=False).count()
    return f"还有{letters}份问询函没有办结。" if letters else ""


@receiver(post_save, sender=FilingRow, dispatch_uid="last-year's problems")
def _begun(instance: FilingRow, *, created: bool, **more: object) -> None:  # noqa: ARG001 - Django says more
    if created:
        carrying.into_register(instance)
