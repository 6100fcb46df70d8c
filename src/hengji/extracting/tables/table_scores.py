"""What the tables of a document say of scores, gathered while they are read."""

from dataclasses import dataclass, field
from decimal import Decimal

from hengji.model.extraction import Extra, ScoredGroup, ScoredItem, Stated


@dataclass(frozen=True, slots=True)
class OpenBonus:
    """A row of a bonus whose parts may follow: its name, and what of its score they have not told yet (nothing where it has none)."""

    name: str
    left: Decimal | None


@dataclass(slots=True)
class TableScores:
    """What the tables of a document say of scores."""

    items: list[ScoredItem] = field(default_factory=list)
    groups: list[ScoredGroup] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    points_total: list[Stated] = field(default_factory=list)
    grades: list[Stated] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # starts of the blocks that hold scores
    extras: list[Extra] = field(default_factory=list)
    bases: list[Stated] = field(default_factory=list)
    marks: dict[int, str] = field(
        default_factory=dict
    )  # the form of number in front of the name of a row, by its start
    bonus: OpenBonus | None = None  # while the rows of a table are read
