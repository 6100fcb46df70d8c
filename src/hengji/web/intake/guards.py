"""What taking in by the bureau needs: content that came by intake, and nothing written by hand."""

from hengji.web.filings.models import FilingRow
from hengji.web.intake.accepting import wanting
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.states.guards import guard


@guard(Act.TAKE_IN)
def _by_intake(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - whoever takes it
    return wanting(filing)
