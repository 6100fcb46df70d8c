"""What tests of the bureau's side begin with: a filing under review, judged, answered."""

from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import PROBLEM, REVIEW
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.rectify.models import ProblemRow
from hengji.web.reviews.judging import exact_text
from hengji.web.reviews.subjects import subjects
from hengji.web.states.moves import take
from tests.web.conftest import County

WHO = {
    Act.SEND: "clerk", Act.SIGN: "head", Act.RECEIVE: "reviewer", Act.PASS: "reviewer", Act.HAND_UP: "reviewer",
    Act.APPROVE: "admin", Act.OPINE: "reviewer", Act.REPLY: "head", Act.SETTLE: "admin", Act.SEND_DOWN: "admin",
    Act.DEMAND: "admin", Act.RECTIFY: "reviewer", Act.REOPEN: "reviewer", Act.PUBLISH: "admin", Act.ARCHIVE: "admin",
}  # fmt: skip


def go(county: County, *acts: Act) -> FilingRow:
    """The county's filing after these moves."""
    for act in acts:
        take(county.filing.pk, county.people[WHO[act]], act, "原因写在这里")
    county.filing.refresh_from_db()
    return county.filing


def under_review(county: County) -> FilingRow:
    """The county's filing at 复核."""
    return go(county, Act.SEND, Act.SIGN, Act.RECEIVE, Act.PASS)


def judgement(score: str, amount: str = "", **more: object) -> dict[str, object]:
    """A judgement's data."""
    blank = {"gravity": "", "part": "", "reason": "", "basis": "", "code": "", "judge": None}
    return {"score": score, "amount": amount, **blank, **more}


def judge_all(row: FilingRow, judge: User, **deducted: dict[str, object]) -> None:
    """Accepts everything but what is named (by its id, dots as underscores)."""
    own = {name.replace("_", "."): data for name, data in deducted.items()}
    changes = [
        Change(REVIEW, (each.id,), {**own.get(each.id, judgement(exact_text(each.claimed))), "judge": judge.pk})
        for each in subjects(Folder.open(row.pk))
    ]
    bridge.save(row.pk, judge, changes, act=Act.REVIEW.value)
    row.refresh_from_db()


def accept_all(filing_id: int, user: User) -> None:
    """Accepts every problem, whatever was done about it."""
    rows = ProblemRow.objects.filter(filing_id=filing_id)
    changes = [Change(PROBLEM, (row.number,), {**row.says, "state": "accepted"}) for row in rows]
    bridge.save(filing_id, user, changes, act=Act.ACCEPT.value)
