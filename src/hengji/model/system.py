"""The indicator system (指标体系): a tree of indicators with points, rules, validity and sources, as data."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from hengji.model.expression import Expression
from hengji.model.item import Dictionary
from hengji.model.rules import Guard, NotApplicable, Rule, Tariff, Veto, ZeroDenominator


class Confidence(StrEnum):
    """How well a rule is founded."""

    OFFICIAL = "official"
    SOURCED = "sourced"
    RECONSTRUCTED = "reconstructed"
    UNVERIFIED = "unverified"


CONFIDENCE_CN = {
    Confidence.OFFICIAL: "官方",
    Confidence.SOURCED: "有出处",
    Confidence.RECONSTRUCTED: "重建，待核实",
    Confidence.UNVERIFIED: "示例，未核实",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """A source: title, document number (文号), clause."""

    title: str
    doc_no: str = ""
    clause: str = ""

    def __str__(self) -> str:
        number = f"（{self.doc_no}）" if self.doc_no else ""
        return f"《{self.title}》{number}{self.clause}"


@dataclass(frozen=True, slots=True)
class Years:
    """The evaluation years something is valid for, both ends included; None is open."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One node of the tree. A leaf has no parts and is scored; a branch is summed.

    ``points`` is None where no source gives them. ``year_offset`` shifts the year its data are taken from (-1: last
    year). ``place`` is the file and line it was read from.
    """

    id: str
    name: str
    points: Fraction | None = None
    parts: tuple["Indicator", ...] = ()
    aliases: tuple[str, ...] = ()
    about: str = ""
    standard: str = ""
    measure: Expression | None = None
    measure_name: str = ""
    rule: Rule | None = None
    guards: tuple[Guard, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    zero_denominator: ZeroDenominator | None = None
    not_applicable: NotApplicable | None = None
    evidence: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    confidence: Confidence = Confidence.UNVERIFIED
    years: Years = Years()
    year_offset: int = 0
    note: str = ""
    place: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether it is scored itself: it has no parts, or it has points and none of its parts has any."""
        return not self.parts or (self.points is not None and not any(p.has_points for p in self.parts))

    @property
    def has_points(self) -> bool:
        """Whether it or anything below it carries points."""
        return self.points is not None or any(part.has_points for part in self.parts)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次) from a score upwards, the bound included."""

    name: str
    low: Fraction


@dataclass(frozen=True, slots=True)
class Extra:
    """Points outside the tree (加分 or 扣分): tariff, cap and scope are data; without a tariff it is a claim.

    ``scope`` is 「total」 or the id of a branch, whose own points then cap it.
    """

    name: str
    scope: str = "total"
    tariff: Tariff | None = None
    cap: Fraction | None = None
    basis: tuple[Basis, ...] = ()
    confidence: Confidence = Confidence.UNVERIFIED
    note: str = ""


@dataclass(frozen=True, slots=True)
class SystemTest:
    """A built-in test: what is given, what is expected by leaf id or by the name of a part of the total.

    ``given`` is a filing as the text form spells it; it is kept as text so that loading stays cheap.
    """

    name: str
    filing: object
    expect: tuple[tuple[str, str], ...]
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSystem:
    """An indicator system, resolved: nothing in it points to another file.

    Its identity is id, version and ``sha256`` of ``text``, the resolved YAML, which notices and filings pin.
    """

    id: str
    version: str
    name: str
    region: str = ""
    years: Years = Years()
    basis: tuple[Basis, ...] = ()
    confidence: Confidence = Confidence.UNVERIFIED
    about: str = ""
    indicators: tuple[Indicator, ...] = ()
    total_points: Fraction | None = Fraction(100)
    cap: Fraction | None = None
    floor: Fraction = Fraction(0)
    bonus: Extra | None = None
    deduction: Extra | None = None
    grades: tuple[Grade, ...] = ()
    grade_on: str = "final"
    vetoes: tuple[Veto, ...] = ()
    outline: str = ""
    dictionary: Dictionary = field(default_factory=Dictionary)
    tests: tuple[SystemTest, ...] = ()
    text: str = ""
    sha256: str = ""
    place: str = ""

    def walk(self) -> Iterator[tuple[Indicator, tuple[Indicator, ...]]]:
        """Every indicator with the branches above it, in the order of the table."""

        def below(
            indicators: tuple[Indicator, ...], above: tuple[Indicator, ...]
        ) -> Iterator[tuple[Indicator, tuple[Indicator, ...]]]:
            for indicator in indicators:
                yield indicator, above
                yield from below(indicator.parts, (*above, indicator))

        yield from below(self.indicators, ())

    def leaves(self) -> tuple[Indicator, ...]:
        """The indicators that are scored, in the order of the table."""

        def scored(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
            for indicator in indicators:
                if indicator.is_leaf:
                    yield indicator
                else:
                    yield from scored(indicator.parts)

        return tuple(scored(self.indicators))

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator of that id, or None."""
        return next((found for found, _ in self.walk() if found.id == indicator_id), None)


def in_year(system: IndicatorSystem, year: int) -> IndicatorSystem:
    """The system as it stands for one evaluation year: indicators outside their validity are gone."""

    def kept(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(
            replace(indicator, parts=kept(indicator.parts)) if indicator.parts else indicator
            for indicator in indicators
            if year in indicator.years
        )

    if all(year in indicator.years for indicator, _ in system.walk()):
        return system
    return replace(system, indicators=kept(system.indicators))
