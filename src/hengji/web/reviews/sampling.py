"""抽样: strata with sizes, and a draw that anybody can make again with the seed, the names and a calculator of hashes.

Method 1: each filing's draw number is the SHA-256 of 「seed|year|department's full name」 as UTF-8; within a stratum the
smallest numbers are drawn. No generator of any program library has a part in it.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from hengji.model.problem import HengjiError
from hengji.web.filings.models import FilingRow
from hengji.web.people.models import User
from hengji.web.reviews.models import Sample, SampleUnit
from hengji.web.states.machine import Step

WAYS = {"": "不分层", "kind": "单位类别", "grade": "自评等次"}
METHOD = "对每个单位计算“种子|年度|单位全称”（UTF-8）的 SHA-256，各层内取数值最小的若干个；用同样的种子和名单，任何人都能重新算出同样的结果。"
OTHERS, WHOLE = "未分类", "全部单位"
_EARLY = (Step.FILLING, Step.SIGNING)


@dataclass(frozen=True, slots=True)
class Stratum:
    """One layer: its name, its filings, and how many are to be drawn."""

    name: str
    filings: tuple[FilingRow, ...]
    wanted: int

    @property
    def short(self) -> str:
        """The sentence about a layer with fewer filings than wanted, or nothing."""
        if self.wanted <= len(self.filings):
            return ""
        return f"{self.name}只有 {len(self.filings)} 个，少于要抽的 {self.wanted} 个。"


def digest(seed: str, year: int, department: str) -> str:
    """The draw number of a department."""
    return hashlib.sha256(f"{seed}|{year}|{department}".encode()).hexdigest()


def fresh_seed() -> str:
    """A seed nobody chose."""
    return secrets.token_hex(8)


def frame_of(sample: Sample) -> list[FilingRow]:
    """The filings that a draw chooses from: all of the year that were sent to the bureau."""
    rows = FilingRow.objects.filter(department__region=sample.region, year=sample.year).exclude(step__in=_EARLY)
    return list(rows.select_related("department", "summary").order_by("department_id"))


def strata(sample: Sample, rows: Sequence[FilingRow]) -> list[Stratum]:
    """The layers of a sample, in the order of their names."""
    groups: dict[str, list[FilingRow]] = defaultdict(list)
    for row in rows:
        groups[_layer(sample.by, row)].append(row)
    sizes: Mapping[str, int] = sample.sizes
    return [Stratum(name, tuple(groups[name]), int(sizes.get(name, 0))) for name in sorted(groups)]


def _layer(by: str, row: FilingRow) -> str:
    if by == "kind":
        return row.department.kind or OTHERS
    if by == "grade":
        summary = getattr(row, "summary", None)
        return (summary.grade if summary is not None else "") or OTHERS
    return WHOLE


@transaction.atomic
def draw(sample_id: int, user: User) -> Sample:
    """Draws, and freezes seed, layers and frame. Raises HengjiError where a layer is too small or nothing is wanted."""
    sample = Sample.objects.select_for_update(of=("self",)).get(pk=sample_id)
    if sample.drawn_at is not None:
        raise HengjiError("已经抽过，种子和结果不再改；要另抽，请新建一次抽样")
    layers = strata(sample, frame_of(sample))
    short = [layer.short.rstrip("。") for layer in layers if layer.short]
    if short:
        raise HengjiError(*short)
    if not any(layer.wanted for layer in layers):
        raise HengjiError("请填每层抽几个")
    units = []
    for layer in layers:
        numbered = sorted(
            ((digest(sample.seed, sample.year, row.department.name), row) for row in layer.filings),
            key=lambda pair: pair[0],
        )
        units += [
            SampleUnit(
                sample=sample,
                filing=row,
                department=row.department.name,
                stratum=layer.name,
                digest=number,
                place=place,
                drawn=place <= layer.wanted,
            )
            for place, (number, row) in enumerate(numbered, start=1)
        ]
    SampleUnit.objects.bulk_create(units)
    sample.drawn_at, sample.drawn_by = datetime.now(UTC), user
    sample.save(update_fields=["drawn_at", "drawn_by"])
    return sample
