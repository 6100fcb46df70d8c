"""What else a move needs (流转的条件): functions that the apps bring, each a sentence where something is wanting.

The machine knows steps and marks; what is written in the tables of an app (every leaf judged, every objection decided)
only that app can tell. Guards are asked under the lock, before the move.
"""

from collections.abc import Callable

from hengji.web.filings.models import FilingRow
from hengji.web.people.acts import Act
from hengji.web.people.models import User

Guard = Callable[[FilingRow, User], str]
_GUARDS: dict[Act, list[Guard]] = {}


def guard(act: Act) -> Callable[[Guard], Guard]:
    """Brings a guard for a move; it answers a sentence, or an empty text."""

    def bring(function: Guard) -> Guard:
        _GUARDS.setdefault(act, []).append(function)
        return function

    return bring


def wanting(act: Act, filing: FilingRow, user: User) -> str:
    """The first sentence about what is wanting for this move; empty where nothing is."""
    return next(filter(None, (function(filing, user) for function in _GUARDS.get(act, ()))), "")


After = Callable[[FilingRow, User], None]
_AFTER: dict[Act, list[After]] = {}


def after(act: Act) -> Callable[[After], After]:
    """Brings what an app does once a move was taken, in the same transaction."""

    def bring(function: After) -> After:
        _AFTER.setdefault(act, []).append(function)
        return function

    return bring


def follow(act: Act, filing: FilingRow, user: User) -> None:
    """Everything that follows a move."""
    for function in _AFTER.get(act, ()):
        function(filing, user)
