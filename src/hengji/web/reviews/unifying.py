"""统一判定: one common judgement proposed for the same problem; one change per filing, never to a final one."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.model.problem import HengjiError
from hengji.web.filings import bridge
from hengji.web.filings.bridge import Change, Closed, Conflict
from hengji.web.filings.folder import Folder
from hengji.web.filings.tables import REVIEW
from hengji.web.people.acts import Act
from hengji.web.people.models import User
from hengji.web.reviews.alike import Verdict
from hengji.web.reviews.judging import ACCEPT, exact_text
from hengji.web.reviews.subjects import Subject, by_id, subjects
from hengji.web.reviews.tariff import tariff
from hengji.web.scores.refresh import refresh


@dataclass(frozen=True, slots=True)
class Unified:
    """What came of it: how many were changed, and a sentence for each that was not."""

    changed: int
    refused: tuple[str, ...]


def proposal(verdict: Verdict, subject: Subject, choice: str) -> Fraction:
    """What the common judgement would deduct from this subject. Raises HengjiError where it does not fit."""
    if choice == ACCEPT:
        return Fraction(0)
    gravity = next((each for each in tariff().gravities if each.key == choice), None)
    if gravity is None or subject.fixed or subject.adds:
        raise HengjiError(f"{verdict.filing.department} {subject.name}不能按这一档判")
    return min(gravity.of(subject.points_of(verdict.row.part)), subject.claimed)


def unify(user: User, chosen: Sequence[Verdict], choice: str, reason: str) -> Unified:
    """Writes the common judgement into each filing that can still be changed, with the common reason."""
    reason = reason.strip()[:2000]
    if not chosen:
        raise HengjiError("请先选择要统一的单位")
    if not reason:
        raise HengjiError("请写明统一的理由")
    scale = tariff()
    gravity = next((each for each in scale.gravities if each.key == choice), None)
    if gravity is None and choice != ACCEPT:
        raise HengjiError("请选择统一为哪一档")
    changed, refused = 0, []
    for verdict in chosen:
        name = f"{verdict.filing.department} {verdict.row.leaf}"
        if verdict.locked:
            refused.append(f"{name}：{verdict.locked}。")
            continue
        folder = Folder.open(verdict.filing.pk)
        subject = by_id(subjects(folder)).get(verdict.row.leaf)
        if subject is None:
            refused.append(f"{name}：指标体系里已没有这一项。")
            continue
        try:
            amount = proposal(verdict, subject, choice)
            data = {
                **verdict.row.says,
                "score": exact_text(subject.claimed - amount),
                "amount": exact_text(amount) if amount else "",
                "gravity": str(gravity.share) if gravity is not None and amount else "",
                "reason": reason,
                "basis": str(gravity.article) if gravity is not None else "",
                "judge": user.pk,
            }
            change = Change(REVIEW, (subject.id,), data, verdict.row.version)
            folder.row.revision = bridge.save(folder.row.pk, user, [change], reason, Act.UNIFY.value)
        except (HengjiError, Closed, Conflict) as error:
            refused.append(f"{name}：{error}。")
            continue
        refresh(folder)
        changed += 1
    return Unified(changed, tuple(refused))
