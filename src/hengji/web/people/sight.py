"""When a person sees what the bureau writes (何时可见), decided here and nowhere else.

Before the opinion is sent a department sees what was addressed to it: questions, letters, terms, and why a filing came
back. Formal check, review, second reading, drafted opinions and problems are the bureau's own until then, and decisions
on objections until the filing is settled. A third party
reads the review and never what bureau and department settle between them. Proposals for the budget stay in the bureau.
"""

from django.db.models import Q

from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import FORMAL, LETTER, OPINION, PROBLEM, REVIEW, STATE, USE, Table
from hengji.web.people.acts import Act
from hengji.web.people.models import OF_DEPARTMENT, Role, User
from hengji.web.states.machine import Step

SENT = (Step.OPINION, Step.FINAL, Step.ARCHIVED)  # the steps at which the opinion has been sent
_WITH_OPINION = (FORMAL, REVIEW, OPINION, PROBLEM)
_READINGS = (Act.HAND_UP, Act.APPROVE, Act.SEND_DOWN)  # moves between first and second reader
_NEVER: dict[Role, tuple[Table, ...]] = {
    Role.CLERK: (USE,),
    Role.HEAD: (USE,),
    Role.FIRM: (OPINION, LETTER, PROBLEM, USE),
}


def opened(user: User, filing: FilingRow) -> bool:
    """Whether the review of a filing is open to this person: to its department once the opinion was sent."""
    return Role(user.role) not in OF_DEPARTMENT or filing.step in SENT


def sees(user: User, filing: FilingRow, table: Table) -> bool:
    """Whether this person sees the rows of a table; that the filing is in reach is not asked again."""
    if table in _NEVER.get(Role(user.role), ()):
        return False
    return table not in _WITH_OPINION or opened(user, filing)


def told_decisions(user: User, filing: FilingRow) -> bool:
    """Whether the decisions on objections are open to this person: to its department once the filing is settled."""
    return Role(user.role) not in OF_DEPARTMENT or filing.step in (Step.FINAL, Step.ARCHIVED)


def seen(user: User) -> Q:
    """The entries of the trail that this person sees, among those of filings in reach."""
    role = Role(user.role)
    never = ~Q(table__in=[table.name for table in _NEVER.get(role, ())])
    if role not in OF_DEPARTMENT:
        return never
    own = Q(table__in=[table.name for table in _WITH_OPINION])
    own |= Q(table=STATE.name, act__in=[act.value for act in _READINGS])
    never &= ~Q(act=Act.DECIDE.value, filing__step=Step.OPINION.value)
    return never & (Q(filing__step__in=[step.value for step in SENT]) | ~own)
