"""Charts (图): what is drawn, and the table that says the same. Figures are exact; a browser only places marks by them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.http import HttpResponse

from hengji.model.numerals import fixed, plain
from hengji.web.sheets import safe

Number = Fraction | Decimal | int


class Kind(StrEnum):
    """The four drawings there are."""

    GAP = "gap"  # one row a label, marks joined by a line: 自评 against 复核
    MARKS = "marks"  # one column a label, marks joined by a line
    BARS = "bars"  # groups of columns, hollow and solid
    LINES = "lines"  # over the years, greys by lightness, named at the end


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures; ``shape`` is claimed, computed, reviewed or final, or nothing for a line of years."""

    name: str
    values: tuple[Number | None, ...]
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A dashed line with its word."""

    at: Number
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as pages take it: ``{% chart it %}``."""

    id: str  # ASCII, one of its kind on a page
    title: str
    kind: Kind
    head: str  # over the labels, in the table
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "分"
    places: int = 2
    references: tuple[Reference, ...] = ()
    low: Number | None = None  # where the axis begins; 0 where nothing is said
    high: Number | None = None
    note: str = ""
    download: str = ""  # the address of the same as CSV

    @property
    def spoken(self) -> str:
        """One sentence for those who cannot see it."""
        return (
            f"{self.title}：{self.head}{len(self.labels)}项，{'、'.join(each.name for each in self.series)}，数据见表。"
        )

    def shown(self, number: Number | None) -> str:
        """A figure as it is printed."""
        if number is None:
            return "—"
        text = fixed(Fraction(number), self.places) if self.places else plain(Fraction(number))
        return text.replace("-", "−")

    @property
    def rows(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The table: a label and its figures."""
        for at, label in enumerate(self.labels):
            yield label, tuple(self.shown(each.values[at]) for each in self.series)

    @property
    def data(self) -> dict[str, object]:
        """What the browser draws from: figures as text, as printed."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "unit": self.unit,
            "places": self.places,
            "labels": self.labels,
            "low": None if self.low is None else plain(Fraction(self.low)),
            "high": None if self.high is None else plain(Fraction(self.high)),
            "series": [
                {"name": each.name, "shape": each.shape, "values": [None if v is None else self.shown(v).replace("−", "-") for v in each.values]}
                for each in self.series
            ],
            "references": [{"at": plain(Fraction(each.at)), "name": each.name} for each in self.references],
        }  # fmt: skip


def as_csv(chart: Chart) -> HttpResponse:
    """The chart's table as a file that Excel opens; no cell of it is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [chart.head, *(f"{each.name}（{chart.unit}）" if chart.unit else each.name for each in chart.series)]
    )
    for label, figures in chart.rows:
        writer.writerow([safe(label), *(figure.replace("−", "-").replace("—", "") for figure in figures)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{chart.id}.csv"'
    return response
