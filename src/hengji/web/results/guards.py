"""What making public needs, and what follows it."""

from hengji.model.problem import HengjiError
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.results.publishing import freeze
from hengji.web.states.guards import after, guard
from hengji.writing.masked import compose_masked_report


@guard(Act.PUBLISH)
def _writable(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - a guard is told who asks
    """The masked report can be written; where it cannot, the first sentence that says why."""
    folder = Folder.open(filing)
    try:
        compose_masked_report(folder.filing, folder.system, folder.card)
    except HengjiError as error:
        return f"公开稿写不出来：{error.problems[0]}"
    return ""


@after(Act.PUBLISH)
def _freeze(filing: FilingRow, user: User) -> None:
    freeze(filing, user)
