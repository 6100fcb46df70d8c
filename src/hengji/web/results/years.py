"""The years that a viewer's region has filings of."""

from hengji.web.filings.models import FilingRow
from hengji.web.people.models import User


def years_of(user: User) -> list[int]:
    """The latest first."""
    rows = FilingRow.objects.filter(department__region_id=user.region_id or 0).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())
