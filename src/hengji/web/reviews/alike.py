"""同类问题: how the same finding, or the same leaf, was judged across the departments of a region and year."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet

from hengji.model.numerals import fixed
from hengji.web.filings.models import FilingRow
from hengji.web.people.models import User
from hengji.web.reviews.models import ReviewRow
from hengji.web.scores.refresh import exact
from hengji.web.states.machine import NOT_NEEDED, Step

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one leaf of one filing was judged."""

    row: ReviewRow
    filing: FilingRow
    judge: str
    off: bool = False  # not the most frequent judgement

    @property
    def amount(self) -> Fraction:
        """What was deducted."""
        return exact(self.row.amount) or _NOTHING

    @property
    def score(self) -> Fraction | None:
        """The reviewed score."""
        return exact(self.row.score)

    @property
    def word(self) -> str:
        """The judgement in a word: 60%, 不扣分, 按系统得分, 另定0.80分."""
        return word_of(self.row.gravity, self.row.amount)

    @property
    def locked(self) -> str:
        """Why it cannot be changed now; an empty text where it can."""
        return locked(self.filing)


def word_of(gravity: str, amount: str) -> str:
    """A judgement in a word."""
    match gravity:
        case "":
            return "不扣分"
        case "system":
            return "按系统得分"
        case "free":
            return f"另定{fixed(exact(amount) or _NOTHING)}分"
    return f"{gravity}%"


def locked(filing: FilingRow) -> str:
    """Why the judgements of a filing stay as they are."""
    if filing.step in (Step.FINAL, Step.ARCHIVED):
        return "已定稿，不再改"
    if filing.step == Step.OPINION:
        return "意见已送出，在申诉里处理"
    if filing.step != Step.REVIEW:
        return "不在复核中"
    return "" if filing.second == NOT_NEEDED else "已送复审，退回初审后再改"


def key_of(row: ReviewRow) -> str:
    """What a judgement is compared by: its finding's code, else its leaf."""
    return row.code or row.leaf


def rows_of(region: int, year: int) -> QuerySet[ReviewRow]:
    """The judgements of a region and year."""
    rows = ReviewRow.objects.filter(filing__department__region_id=region, filing__year=year)
    return rows.select_related("filing__department").order_by("filing__department_id", "leaf")


def verdicts(region: int, year: int, key: str) -> list[Verdict]:
    """The judgements that name one finding, or those of one leaf; within a leaf those off the most frequent one first."""
    return _compared(rows_of(region, year).filter(Q(code=key) | Q(leaf=key)))


def elsewhere(filing: FilingRow, leaf: str) -> list[Verdict]:
    """How the same leaf was judged at the other departments of the region and year, those off the usual first."""
    found = _compared(rows_of(filing.department.region_id, filing.year).filter(leaf=leaf))
    return [each for each in found if each.filing.pk != filing.pk]


def _compared(rows: Iterable[ReviewRow]) -> list[Verdict]:
    """Judgements are compared within their leaf: the same share of another leaf is another matter."""
    listed = list(rows)
    names = judges(listed)
    by_leaf: dict[str, list[ReviewRow]] = defaultdict(list)
    for row in listed:
        by_leaf[row.leaf].append(row)
    usual = {leaf: most_frequent(own) for leaf, own in by_leaf.items()}
    found = [
        Verdict(row, row.filing, names.get(row.judge or 0, "—"), word_of(row.gravity, row.amount) != usual[row.leaf])
        for row in listed
    ]
    return sorted(found, key=lambda each: (not each.off, each.row.leaf))


def judges(rows: Iterable[ReviewRow]) -> dict[int, str]:
    """The offices of those who judged."""
    return {user.pk: user.shown for user in User.objects.filter(pk__in={row.judge for row in rows if row.judge})}


def most_frequent(rows: Iterable[ReviewRow]) -> str:
    """The judgement that most of them got; the graver where two are as frequent."""
    judged = [(word_of(row.gravity, row.amount), exact(row.amount) or _NOTHING) for row in rows]
    worst = dict(judged)
    number = Counter(word for word, _ in judged)
    return max(number, key=lambda word: (number[word], worst[word])) if number else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One finding (or leaf) across departments: how many, how they were judged, and the points deducted."""

    key: str
    departments: int
    spread: tuple[tuple[str, int], ...]  # judgement and how many got it, the most frequent first
    points: Fraction
    agreed: bool  # whether each leaf of it was judged the same way everywhere


def kinds(region: int, year: int) -> list[Kind]:
    """Every finding and leaf that was judged; those judged differently first, then by number of departments."""
    groups: dict[str, list[ReviewRow]] = defaultdict(list)
    for row in rows_of(region, year).exclude(code="", gravity=""):
        groups[key_of(row)].append(row)
    found = [
        Kind(
            key,
            len({row.filing_id for row in rows}),
            tuple(Counter(word_of(row.gravity, row.amount) for row in rows).most_common()),
            sum((exact(row.amount) or _NOTHING for row in rows), _NOTHING),
            len({(row.leaf, word_of(row.gravity, row.amount)) for row in rows}) == len({row.leaf for row in rows}),
        )
        for key, rows in groups.items()
    ]
    return sorted(found, key=lambda kind: (kind.agreed, -kind.departments, kind.key))
