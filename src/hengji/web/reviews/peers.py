"""同类单位: what the same leaf earned elsewhere, for comparing; names only for the bureau."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengji.web.charts import Chart, Kind, Series
from hengji.web.filings.models import FilingRow
from hengji.web.scores.models import LeafLine

_HUNDRED = 100
_FEW = 5  # of the same kind, below which all departments are taken
_SHOWN = 11  # others beside the own one in the chart


@dataclass(frozen=True, slots=True)
class Spread:
    """Lower quartile, median and upper quartile of some scores."""

    low: Fraction
    middle: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Peers:
    """The same leaf at other departments of the region, year and system."""

    lines: tuple[LeafLine, ...]  # the own one first
    kind: str  # 单位类别, or nothing where all departments are compared
    claimed: Spread | None
    reviewed: Spread | None

    @property
    def others(self) -> int:
        """How many are compared with."""
        return len(self.lines) - 1


def peers(filing: FilingRow, leaf: str) -> Peers | None:
    """The peers of a leaf; None where there are none."""
    lines = LeafLine.objects.filter(
        leaf=leaf,
        filing__year=filing.year,
        filing__system__system=filing.system.system,
        filing__department__region_id=filing.department.region_id,
    ).select_related("filing__department")
    found = list(lines)
    own = [line for line in found if line.filing_id == filing.pk]
    others = [line for line in found if line.filing_id != filing.pk]
    kind = filing.department.kind
    same = [line for line in others if line.filing.department.kind == kind]
    if kind and len(same) >= _FEW:
        others = same
    else:
        kind = ""
    if not own or not others:
        return None
    whole = (*own, *others)
    return Peers(whole, kind, spread([line.claimed for line in whole]), spread([line.reviewed for line in whole]))


def spread(hundredths: Sequence[int | None]) -> Spread | None:
    """Quartiles by linear interpolation, exactly; None for fewer than three scores."""
    known = sorted(Fraction(each, _HUNDRED) for each in hundredths if each is not None)
    if len(known) < 3:  # noqa: PLR2004 - a median of two is no median
        return None
    return Spread(*(_quantile(known, Fraction(part, 4)) for part in (1, 2, 3)))


def _quantile(known: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def chart(found: Peers, full: Fraction | None, region: str) -> Chart:
    """The own department and some others: hollow claimed, solid reviewed."""
    judged_first = sorted(found.lines[1:], key=lambda line: (line.reviewed is None, line.filing.department_id))
    lines = (found.lines[0], *judged_first[:_SHOWN])

    def value(hundredths: int | None) -> Fraction | None:
        return None if hundredths is None else Fraction(hundredths, _HUNDRED)

    names = tuple(
        "本单位" if line is lines[0] else line.filing.department.name.removeprefix(region)[:8] for line in lines
    )
    rest = found.others - len(lines) + 1
    return Chart(
        id="peers",
        title="同类单位本项得分",
        kind=Kind.MARKS,
        head="单位",
        labels=names,
        series=(
            Series("自评", tuple(value(line.claimed) for line in lines), "claimed"),
            Series("复核", tuple(value(line.reviewed) for line in lines), "reviewed"),
        ),
        low=0,
        high=full,
        note=f"另有 {rest} 个单位没有画出，已计入中位数。" if rest > 0 else "",
    )
