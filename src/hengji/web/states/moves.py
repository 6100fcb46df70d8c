"""Taking a move (流转): checked again under the lock, frozen where it matters, entered in the trail."""

import hashlib
from fractions import Fraction

from django.db import transaction

from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.web.filings.bridge import state_of
from hengji.web.filings.files import Kept
from hengji.web.filings.folder import Folder
from hengji.web.filings.models import FilingRow
from hengji.web.filings.tables import STATE
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.people.permissions import may
from hengji.web.refusals import Refused
from hengji.web.scores.refresh import final_of, refresh, reviewed_of, settled_card
from hengji.web.states.guards import follow, wanting
from hengji.web.states.machine import hindrance, move_of
from hengji.web.states.models import Snapshot
from hengji.web.trail.chain import Note, append, text_of
from hengji.workbook import filing_data

_FROZEN = (Act.SEND, Act.SIGN, Act.TAKE_IN, Act.PASS, Act.SETTLE)


class Blocked(Exception):
    """Something in the filing keeps it from moving on; the message says what."""


class Moved(Exception):
    """The filing is no longer what the person read: it changed since the page was made."""


def digest_of(filing: Filing) -> str:
    """The hash of everything a filing states, the hashes of its files included; this is what a head signs."""
    return hashlib.sha256(text_of(filing_data(filing)).encode()).hexdigest()


@transaction.atomic
def take(
    filing_id: int, user: User, act: Act, opinion: str = "", digest: str = "", scan: Kept | None = None
) -> FilingRow:
    """Moves a filing on. ``digest``, where given, is what the person read; ``scan`` a sealed page that goes with it.

    Raises Refused, Blocked or Moved; nothing is changed then.
    """
    row = (
        FilingRow.objects.select_for_update(of=("self",))
        .select_related("department__region", "system")
        .get(pk=filing_id)
    )
    move = move_of(act)
    assert move is not None
    verdict = may(user, act, row)
    if not verdict:
        raise Refused(verdict.reason, act, filing_id)
    assert not hindrance(move, row)
    if move.opinion and not opinion.strip():
        raise Blocked("请写明原因，对方才知道怎样改。")
    lacking = wanting(act, row, user)
    if lacking:
        raise Blocked(lacking)
    folder = Folder.open(row)
    if act is Act.SEND and folder.blocking:
        raise Blocked(f"还有{len(folder.blocking)}条错误没有改正，请先看核查发现。")
    now = digest_of(folder.filing)
    if digest and digest != now:
        raise Moved("打开这一页以后数据有修改，请先看一遍再签批。")
    before = state_of(row)
    row.step = move.target.value
    for mark, value in move.sets:
        setattr(row, mark, value)
    note = Note(act.value, STATE.name, (), before, state_of(row), opinion.strip())
    frozen = f"数据校验值 {now}" if act in _FROZEN else ""
    if scan is not None:
        frozen += f"；盖章扫描件 {scan.sha256}"
    row.revision = append(row, user, [note if not frozen else _with(note, frozen)])
    row.save()
    if act in _FROZEN:
        scores = text_of(_scores(act, folder))
        Snapshot.objects.create(
            filing=row,
            act=act.value,
            by=user,
            revision=row.revision,
            digest=now,
            stated=text_of(filing_data(folder.filing)),
            scores=scores,
            scan=scan.sha256 if scan else "",
            scan_name=scan.name if scan else "",
        )
    follow(act, row, user)
    row.refresh_from_db(fields=["revision"])  # what followed may have made entries of its own
    refresh(folder)
    return row


def _scores(act: Act, folder: Folder) -> dict[str, object]:
    """What is frozen of the scores: the department's at first, the final ones at 定稿, never one over the other."""
    scores = scores_of(folder.card)
    if act is Act.SETTLE:
        scores["reviewed"] = scores_of(settled_card(folder, reviewed_of(folder.row.pk)))
        scores["final"] = scores_of(settled_card(folder, final_of(folder.row.pk)))
    return scores


def _with(note: Note, more: str) -> Note:
    why = f"{note.why}（{more}）" if note.why else more
    return Note(note.act, note.table, note.place, note.before, note.after, why)


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def scores_of(card: Scorecard) -> dict[str, object]:
    """A scorecard as exact texts: claimed, computed and counted score per leaf, and the totals."""
    leaves = {
        leaf.id: {
            "standing": leaf.standing.value,
            "claimed": _exact(leaf.claimed),
            "computed": _exact(leaf.computed),
            "score": _exact(leaf.score),
            "full": _exact(leaf.full),
            "sentence": leaf.trace.sentence,
        }
        for leaf in card.leaves
    }
    totals = card.totals
    summed = (
        None
        if totals is None
        else {
            "title": totals.title,
            "base": _exact(totals.base),
            "raw": _exact(totals.raw),
            "final": _exact(totals.final),
            "grade": totals.grade,
        }
    )
    return {"system": card.system_hash, "leaves": leaves, "totals": summed}
