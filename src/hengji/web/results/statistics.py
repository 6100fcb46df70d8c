"""The statistics of a year (统计): from the summaries and leaf lines, exact, in a handful of queries however many filings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hengji.model.system import Grade
from hengji.web.filings.models import FilingRow
from hengji.web.filings.systems import system_of
from hengji.web.reviews.models import OpinionRow
from hengji.web.scores.models import LeafLine, Summary

LEAST = 5  # filings from which a distribution says something, and peers from which a median does
_FENCE = Fraction(3, 2)  # quartile distances beyond a quartile from which a value is an outlier
_SOURCES = 3
BANDS = (("60以下", None, 6000), ("60–80", 6000, 8000), ("80–90", 8000, 9000), ("90–95", 9000, 9500), ("95–98", 9500, 9800), ("98–100", 9800, None))  # fmt: skip
_ENDED = Coalesce("final", "reviewed")
UNKNOWN_KIND = "未分类"
_REVIEWED = ("opinion", "final", "archived")  # steps at which the bureau has said its opinion


@dataclass(frozen=True, slots=True)
class Counted:
    """One filing that counts: whole hundredths of the self-evaluated score and of the reviewed (or final) one."""

    filing: int
    department: str
    kind: str
    claimed: int
    reviewed: int
    claimed_grade: str
    grade: str
    settled: bool

    @property
    def gap(self) -> int:
        """Self minus review, on the final scores of both."""
        return self.claimed - self.reviewed


@dataclass(frozen=True, slots=True)
class Left:
    """A filing that does not count, and why."""

    filing: int
    department: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The quarter, the middle and the three quarters of some values, by position with linear interpolation."""

    low: Fraction
    median: Fraction
    high: Fraction

    @property
    def fences(self) -> tuple[Fraction, Fraction]:
        """Below and above these a value lies far from the others."""
        distance = (self.high - self.low) * _FENCE
        return self.low - distance, self.high + distance


@dataclass(frozen=True, slots=True)
class Outlier:
    """A filing whose gap lies far from that of its peers, who they are, and which leaves it comes from."""

    counted: Counted
    peers: str
    number: int
    quartiles: Quartiles
    sources: tuple[tuple[str, str, int], ...] = ()  # leaf, name, self minus review


@dataclass(frozen=True, slots=True)
class LeafRate:
    """One leaf over all filings that count and in which it is assessed."""

    system: str
    leaf: str
    name: str
    filings: int
    full_claimed: int
    full_reviewed: int
    points: int
    claimed: int
    reviewed: int

    @property
    def rate(self) -> Fraction:
        """The share of its points that were earned after review."""
        return Fraction(self.reviewed, self.points) if self.points else Fraction(0)

    @property
    def claimed_rate(self) -> Fraction:
        """The same as the departments stated it."""
        return Fraction(self.claimed, self.points) if self.points else Fraction(0)

    @property
    def never_lost(self) -> bool:
        """无人失分."""
        return self.full_reviewed == self.filings


@dataclass(frozen=True, slots=True)
class Group:
    """The means of a kind of department, or of a year."""

    name: str
    filings: int
    claimed: Fraction
    reviewed: Fraction

    @property
    def gap(self) -> Fraction:
        """Self minus review."""
        return self.claimed - self.reviewed


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that is said about a year; ``kind`` is empty for all departments."""

    year: int
    kind: str
    kinds: tuple[str, ...]
    counted: tuple[Counted, ...]
    left: tuple[Left, ...]
    leaves: tuple[LeafRate, ...]
    outliers: tuple[Outlier, ...]
    by_kind: tuple[Group, ...]
    by_year: tuple[Group, ...]
    grades: tuple[Grade, ...]  # where all were scored by one system
    objections: int
    changed: int

    @property
    def enough(self) -> bool:
        """Whether a distribution says something."""
        return len(self.counted) >= LEAST

    @property
    def whole(self) -> Group | None:
        """The means of all that count."""
        return _group("全部", self.counted) if self.counted else None

    @property
    def never_lost(self) -> int:
        """How many leaves nobody lost a point on."""
        return sum(leaf.never_lost for leaf in self.leaves)

    @property
    def full_shares(self) -> tuple[Fraction, Fraction] | None:
        """The share of leaves with full marks as stated, and after review."""
        number = sum(leaf.filings for leaf in self.leaves)
        if not number:
            return None
        claimed = sum(leaf.full_claimed for leaf in self.leaves)
        return Fraction(claimed, number), Fraction(sum(leaf.full_reviewed for leaf in self.leaves), number)

    @property
    def bands(self) -> tuple[tuple[str, int, int], ...]:
        """How many filings lie in each band, as stated and after review."""
        return tuple(
            (name, _within(low, high, (each.claimed for each in self.counted)), _within(low, high, (each.reviewed for each in self.counted)))
            for name, low, high in BANDS
        )  # fmt: skip

    @property
    def by_grade(self) -> tuple[tuple[str, int, int], ...]:
        """How many filings earned each grade, as stated and after review."""
        claimed, reviewed = Counter(e.claimed_grade for e in self.counted), Counter(e.grade for e in self.counted)
        names = [grade.name for grade in sorted(self.grades, key=lambda each: -each.low)]
        names += sorted((claimed.keys() | reviewed.keys()) - {*names, ""})
        return tuple((name, claimed[name], reviewed[name]) for name in names)


def _within(low: int | None, high: int | None, values: Iterable[int]) -> int:
    return sum((low is None or value >= low) and (high is None or value < high) for value in values)


def quartiles(values: Sequence[int]) -> Quartiles:
    """The quartiles of at least one value."""
    ordered = sorted(values)

    def at(share: Fraction) -> Fraction:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return Quartiles(at(Fraction(1, 4)), at(Fraction(1, 2)), at(Fraction(3, 4)))


def _group(name: str, counted: Sequence[Counted]) -> Group:
    claimed, reviewed = sum(each.claimed for each in counted), sum(each.reviewed for each in counted)
    number = len(counted)
    return Group(name, number, Fraction(claimed, 100 * number), Fraction(reviewed, 100 * number))


def of_year(region_id: int, year: int, kind: str = "") -> Year:
    """The statistics of one region and year, of all departments or of one kind."""
    rows = FilingRow.objects.filter(department__region_id=region_id, year=year)
    listed = list(rows.select_related("department", "summary", "system").order_by("department_id"))
    kinds = tuple(sorted({row.department.kind or UNKNOWN_KIND for row in listed}))
    listed = [row for row in listed if not kind or (row.department.kind or UNKNOWN_KIND) == kind]
    counted = [found for row in listed if (found := _counted(row)) is not None]
    numbers = {each.filing for each in counted}
    own = [row.system for row in listed if row.pk in numbers]
    systems = {system.pk: system for system in own}
    grades = system_of(own[0]).grades if len(systems) == 1 else ()
    objections, changed = _objections(region_id, year, kind)
    return Year(
        year=year,
        kind=kind,
        kinds=kinds,
        counted=tuple(counted),
        left=tuple(_left(row) for row in listed if row.pk not in numbers),
        leaves=_leaves(region_id, year, kind),
        outliers=_outliers(counted),
        by_kind=_by_kind(counted),
        by_year=_by_year(region_id, kind),
        grades=grades,
        objections=objections,
        changed=changed,
    )


def _counted(row: FilingRow) -> Counted | None:
    """The filing as it counts, or None where it has not been reviewed yet."""
    summary: Summary | None = getattr(row, "summary", None)
    if summary is None or summary.trouble or row.step not in _REVIEWED:
        return None
    ended = summary.final if summary.final is not None else summary.reviewed
    if summary.claimed is None or ended is None:
        return None
    grades = system_of(row.system).grades
    return Counted(
        row.pk,
        row.department.name,
        row.department.kind or UNKNOWN_KIND,
        summary.claimed,
        ended,
        _grade(grades, summary.claimed),
        _grade(grades, ended),
        summary.final is not None,
    )


def _grade(grades: Sequence[Grade], hundredths: int) -> str:
    """The grade of a score as it is printed."""
    earned = [grade for grade in grades if grade.low * 100 <= hundredths]
    return max(earned, key=lambda grade: grade.low).name if earned else ""


def _left(row: FilingRow) -> Left:
    summary: Summary | None = getattr(row, "summary", None)
    reason = f"现在处于“{row.step_word}”，还没有复核结果"
    if summary is not None and summary.trouble:
        reason = f"得分未算出：{summary.trouble}"
    elif row.step in _REVIEWED:
        reason = "没有自评得分或没有复核得分"
    return Left(row.pk, row.department.name, row.department.kind or UNKNOWN_KIND, reason)


def _that_count(region_id: int, kind: str) -> Q:
    """The filings that count, as a condition on what is related to them by ``filing``."""
    wanted = Q(filing__department__region_id=region_id, filing__step__in=_REVIEWED)
    wanted &= Q(filing__summary__trouble="", filing__summary__claimed__isnull=False)
    wanted &= Q(filing__summary__reviewed__isnull=False) | Q(filing__summary__final__isnull=False)
    return wanted & Q(filing__department__kind="" if kind == UNKNOWN_KIND else kind) if kind else wanted


def _leaves(region_id: int, year: int, kind: str) -> tuple[LeafRate, ...]:
    """Each leaf over all filings; those on which nobody lost a point first, then by rate."""
    lines = LeafLine.objects.filter(_that_count(region_id, kind), filing__year=year, full__gt=0)
    lines = lines.annotate(ended=_ENDED).filter(ended__isnull=False, claimed__isnull=False)
    rows = (
        lines.values("filing__system__name", "filing__system_id", "leaf", "name")
        .annotate(
            number=Count("pk"),
            full_claimed=Count("pk", filter=Q(claimed__gte=F("full"))),
            full_reviewed=Count("pk", filter=Q(ended__gte=F("full"))),
            points=Sum("full"),
            earned=Sum("claimed"),
            kept=Sum("ended"),
        )
        .order_by("filing__system_id", "leaf")
    )
    found = [
        LeafRate(row["filing__system__name"], row["leaf"], row["name"], row["number"], row["full_claimed"], row["full_reviewed"], row["points"], row["earned"], row["kept"])
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda leaf: (not leaf.never_lost, -leaf.rate)))


def _by_kind(counted: Sequence[Counted]) -> tuple[Group, ...]:
    groups: dict[str, list[Counted]] = defaultdict(list)
    for each in counted:
        groups[each.kind].append(each)
    return tuple(_group(name, groups[name]) for name in sorted(groups))


def _by_year(region_id: int, kind: str) -> tuple[Group, ...]:
    summaries: QuerySet[Summary] = Summary.objects.filter(_that_count(region_id, kind))
    rows = summaries.values("filing__year").annotate(number=Count("pk"), stated=Sum("claimed"), kept=Sum(_ENDED))
    return tuple(
        Group(
            str(row["filing__year"]),
            row["number"],
            Fraction(row["stated"], 100 * row["number"]),
            Fraction(row["kept"], 100 * row["number"]),
        )
        for row in rows.order_by("filing__year")
    )


def _outliers(counted: Sequence[Counted]) -> tuple[Outlier, ...]:
    """Filings whose gap lies outside the fences of their kind; of all where their kind has too few."""
    groups: dict[str, list[Counted]] = defaultdict(list)
    for each in counted:
        groups[each.kind].append(each)
    found = []
    known: dict[str, Quartiles] = {}
    for each in counted:
        kind = groups[each.kind]
        peers, name = (kind, each.kind) if len(kind) >= LEAST else (counted, "全部单位")
        if len(peers) < LEAST:
            continue
        if name not in known:
            known[name] = quartiles([peer.gap for peer in peers])
        middle = known[name]
        low, high = middle.fences
        if not low <= each.gap <= high:
            found.append(Outlier(each, name, len(peers), middle))
    found.sort(key=lambda outlier: -abs(outlier.counted.gap - outlier.quartiles.median))
    return _with_sources(found)


def _with_sources(found: Sequence[Outlier]) -> tuple[Outlier, ...]:
    """The leaves that each gap mostly comes from."""
    if not found:
        return ()
    lines = LeafLine.objects.filter(filing__in=[outlier.counted.filing for outlier in found])
    lines = lines.annotate(ended=_ENDED).filter(ended__isnull=False, claimed__isnull=False)
    lost: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for filing, leaf, name, claimed, ended in lines.values_list("filing_id", "leaf", "name", "claimed", "ended"):
        if claimed > ended:
            lost[filing].append((claimed - ended, leaf, name))
    return tuple(
        Outlier(
            each.counted,
            each.peers,
            each.number,
            each.quartiles,
            tuple((leaf, name, gap) for gap, leaf, name in sorted(lost[each.counted.filing], reverse=True)[:_SOURCES]),
        )
        for each in found
    )


def _objections(region_id: int, year: int, kind: str) -> tuple[int, int]:
    """How many leaves were objected to, and how many of those were changed."""
    rows = OpinionRow.objects.filter(filing__department__region_id=region_id, filing__year=year, answer="object")
    if kind:
        rows = rows.filter(filing__department__kind="" if kind == UNKNOWN_KIND else kind)
    said = rows.aggregate(number=Count("pk"), changed=Count("pk", filter=Q(decision="change")))
    return said["number"], said["changed"]


METHOD = (
    f"同类单位指类别相同、已有复核结果的单位；同类不足{LEAST}个时与全部单位比，全部也不足{LEAST}个时不判断。"
    "把这些单位的“自评−复核”从小到大排，取四分之一、二分之一、四分之三处的数（位置落在两数之间按比例取），"
    "即下四分位数、中位数、上四分位数。比上四分位数高出、或比下四分位数低出四分位距1.5倍以上的，列为分差异常。"
    "异常只说明与同类不同，不说明对错。"
)
