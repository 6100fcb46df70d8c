"""What passing the formal check needs, and what begins anew when a filing comes in again."""

from hengji.web.filings.bridge import Change, save
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import FORMAL
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.reviews.formal import points
from hengji.web.reviews.models import FormalRow
from hengji.web.states.guards import after, guard


@guard(Act.PASS)
def _no_point_failed(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - whoever takes it
    names = {point.key: point.name for point in points()}
    failed = FormalRow.objects.filter(filing=filing, passed=False).order_by("pk").values_list("point", flat=True)
    wanting = "、".join(names.get(key, key) for key in failed)
    return f"“{wanting}”标为不通过，请退回单位，或改为通过再通过形式审核。" if wanting else ""


@after(Act.SIGN)
@after(Act.TAKE_IN)
def _begin_anew(filing: FilingRow, user: User) -> None:
    """What was ticked about an earlier version is taken off; the trail keeps it."""
    rows = FormalRow.objects.filter(filing=filing).order_by("pk")
    changes = [Change(FORMAL, (row.point,), None) for row in rows]
    if changes:
        why = "单位重新报送，形式审核重新进行"
        filing.revision = save(filing.pk, user, changes, why, Act.CHECK_FORM.value)
