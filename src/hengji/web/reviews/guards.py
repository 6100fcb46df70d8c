"""What review asks of moves: every leaf judged, a second pair of eyes, nothing left open."""

from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import REVIEW
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.reviews import opinions
from hengji.web.reviews.overview import Overview
from hengji.web.states.guards import after, guard
from hengji.web.trail.models import Entry

_FEW = 5


def judged_by(filing: FilingRow) -> set[int]:
    """The people who ever judged a leaf of this filing, by the trail."""
    entries = Entry.objects.filter(filing=filing, table=REVIEW.name, who__isnull=False)
    return {who for who in entries.values_list("who", flat=True).distinct() if who is not None}


@guard(Act.HAND_UP)
def _all_judged(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - a guard is told who
    pending = Overview(Folder.open(filing)).pending
    if not pending:
        return ""
    named = "、".join(line.subject.name for line in pending[:_FEW])
    return f"还有{len(pending)}项没有判定：{named}{'等' if len(pending) > _FEW else ''}。"


@guard(Act.APPROVE)
def _another(filing: FilingRow, user: User) -> str:
    return "你判定过其中的指标，请另一位审核员复审。" if user.pk in judged_by(filing) else ""


@guard(Act.OPINE)
def _nothing_open(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - the same
    number = len(Overview(Folder.open(filing)).open_threads)
    return f"还有{number}条问答没有关闭，请先在“问答”里处理。" if number else ""


@after(Act.OPINE)
def _opinions(filing: FilingRow, user: User) -> None:
    opinions.begin(filing, user)


@after(Act.SEND_DOWN)
@after(Act.REOPEN)
def _drafts(filing: FilingRow, user: User) -> None:
    opinions.discard(filing, user)


@guard(Act.REPLY)
def _answered(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - the same
    return opinions.wanting_reply(filing)


@guard(Act.SETTLE)
def _decided(filing: FilingRow, user: User) -> str:  # noqa: ARG001 - the same
    return opinions.wanting_settlement(filing)
