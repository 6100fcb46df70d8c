"""Judging one subject (复核判定): what was chosen becomes an exact score, or a sentence about what is wanting."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengji.model.numerals import plain, read_decimal
from hengji.web.filings.findings import Found
from hengji.web.reviews.models import ReviewRow
from hengji.web.reviews.subjects import Subject
from hengji.web.reviews.tariff import Tariff
from hengji.web.scores.refresh import exact

ACCEPT, SYSTEM, FREE = "0", "4", "9"
_BY_SYSTEM, _FREE = "system", "free"
_NOTHING = Fraction(0)
_LONGEST = 2000


class Unfit(Exception):
    """What was chosen cannot be kept; the message says what is wanting, ``field`` where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reviewer chose and typed, as text."""

    choice: str = ""
    amount: str = ""
    part: str = ""
    reason: str = ""
    basis: str = ""
    code: str = ""


def exact_text(number: Fraction) -> str:
    """An exact number as rows keep it: a decimal where it has one, a fraction (500/97) elsewhere."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(number)
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def stands(row: ReviewRow | None, subject: Subject) -> bool:
    """Whether a judgement is there and is of what is claimed now."""
    if row is None:
        return False
    score, amount = exact(row.score), exact(row.amount) or _NOTHING
    return score is not None and score + amount == subject.claimed


def choice_of(row: ReviewRow | None, tariff: Tariff) -> str:
    """The choice that led to a judgement."""
    if row is None:
        return ""
    gravity = tariff.by_share(row.gravity)
    if gravity is not None:
        return gravity.key
    return {"": ACCEPT, _BY_SYSTEM: SYSTEM}.get(row.gravity, FREE)


def as_chosen(row: ReviewRow, subject: Subject, tariff: Tariff) -> Chosen:
    """A judgement as the form shows it again."""
    choice, amount = choice_of(row, tariff), exact(row.amount)
    typed = ""
    if choice == FREE and amount is not None:
        typed = exact_text(subject.claimed - amount if subject.adds else amount)
    return Chosen(choice, typed, row.part, row.reason, row.basis, row.code)


def proposed(subject: Subject, doubts: tuple[Found, ...]) -> Chosen:
    """What the form begins with: accepted where nothing speaks against it, nothing chosen elsewhere."""
    code = doubts[0].finding.code if doubts else ""
    return Chosen("" if doubts or subject.differs else ACCEPT, code=code)


def deduction(subject: Subject, tariff: Tariff, chosen: Chosen) -> tuple[Fraction, str, str]:
    """What the choice takes from the claimed score, its gravity and its usual basis. Raises Unfit."""
    if chosen.choice == ACCEPT:
        return _NOTHING, "", ""
    if subject.fixed:
        raise Unfit("choice", "本项不考核，只能确认；不认可的，请退回单位。")
    if chosen.choice == SYSTEM and subject.computed is not None:
        return subject.claimed - subject.computed, _BY_SYSTEM, _article(tariff, 10)
    if chosen.choice == FREE:
        return _free(subject, chosen.amount), _FREE, ""
    gravity = next((each for each in tariff.gravities if each.key == chosen.choice), None)
    if gravity is None or subject.adds:
        raise Unfit("choice", "请先选择：认可，或按哪一档扣分。")
    return min(gravity.of(subject.points_of(chosen.part)), subject.claimed), str(gravity.share), str(gravity.article)


def _article(tariff: Tariff, number: int) -> str:
    return next((str(each) for each in tariff.articles if each.number == number), tariff.title)


def _free(subject: Subject, typed: str) -> Fraction:
    number = read_decimal(typed)
    if number is None or number < 0 or (not number and not subject.adds):
        raise Unfit("amount", "请填扣多少分，例如 0.80。")
    amount = Fraction(number)
    if subject.adds:
        return subject.claimed - amount
    if amount > subject.claimed:
        raise Unfit("amount", f"最多扣{plain(subject.claimed)}分。")
    return amount


def judged(
    subject: Subject, tariff: Tariff, chosen: Chosen, found: tuple[Found, ...], judge: int
) -> Mapping[str, object]:
    """The row that the choice becomes. A deduction needs a reason; the words of the finding it rests on are one.

    Raises Unfit.
    """
    amount, gravity, usual = deduction(subject, tariff, chosen)
    reason = chosen.reason.strip()[:_LONGEST]
    if amount and not reason:
        reason = next((each.finding.message for each in found if each.finding.code == chosen.code), "")
        if gravity == _BY_SYSTEM and not reason:
            reason = f"自评{plain(subject.claimed)}分，按填报数据算得{plain(subject.claimed - amount)}分。"
        if gravity == _FREE or not reason:
            raise Unfit("reason", "请写明扣分理由。")
    codes = {each.finding.code for each in found}
    names = {piece.name for piece in subject.pieces}
    return {
        "score": exact_text(subject.claimed - amount),
        "gravity": gravity if amount else "",
        "amount": exact_text(amount) if amount else "",
        "part": chosen.part if amount and chosen.part in names else "",
        "reason": reason,
        "basis": (chosen.basis.strip()[:_LONGEST] or usual) if amount else "",
        "code": chosen.code if chosen.code in codes else "",  # kept where nothing was deducted, to be compared
        "judge": judge,
    }
