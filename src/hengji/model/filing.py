"""The filing (填报数据): all that one department says for one year, as it was stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Four things that must never be confused, and a fifth that is none of them: the stated value."""

    GIVEN = "given"
    BLANK = "blank"  # asked for and left empty
    NONE = "none"  # 「无」: it did not happen this year
    UNREADABLE = "unreadable"


class Source(StrEnum):
    """How a value came into the filing."""

    TYPED = "typed"
    COUNTED = "counted"
    IMPORTED = "imported"
    READ = "read"


SOURCE_CN = {Source.TYPED: "填报", Source.COUNTED: "台账计数", Source.IMPORTED: "导入", Source.READ: "读自报告"}


class ValueKey(NamedTuple):
    """Which value: item, year, and the subordinate unit it belongs to (empty for the department itself)."""

    item: str
    year: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One figure or text as stated: the typed decimals are kept, 39.7 is not 39.70.

    ``stated`` is the decimal string (or the text of a text item), ``unit`` what it was stated in, ``locator`` the
    place it came from (sheet and cell, page, table), ``quote`` the words around it.
    """

    stated: str
    unit: str = ""
    state: State = State.GIVEN
    source: Source = Source.TYPED
    locator: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register: stated cells by column name, and where the row stands."""

    cells: Mapping[str, str]
    locator: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The rows of a register and its two marks; no rows and no mark is missing, not zero."""

    rows: tuple[Row, ...] = ()
    complete: bool = False  # 已填完
    none_this_year: bool = False  # 本年无此项

    @property
    def counts(self) -> bool:
        """Whether what is counted from it may be used."""
        return self.complete or self.none_this_year


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement of a checklist: it holds, it does not, or nobody has said (None); with its evidence."""

    holds: bool | None
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided on a leaf: answers by statement key, a share of the points in a band, or a choice.

    ``share`` is the awarded fraction of the points (0 to 1), ``band`` the grade's name, ``choice`` the option taken
    where one of several is assessed; ``reason`` is mandatory for a band.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    band: str = ""
    share: Decimal | None = None
    choice: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A score the department states for a leaf or a part of the total, and why it differs from the computed one."""

    score: Decimal
    reason: str = ""
    locator: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """不考核 as the department declares it for one leaf: the reason is mandatory, the evidence expected."""

    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of the evidence list (佐证材料清单) and what it proves: leaf ids or data items."""

    title: str
    proves: tuple[str, ...] = ()
    file: str = ""
    locator: str = ""
    sha256: str = ""


class Total(StrEnum):
    """What a department may claim beside its leaves: keys of ``Filing.claims``."""

    BASE = "基础分"
    BONUS = "加分"
    DEDUCTION = "扣分"
    TOTAL = "总分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """All that one department says for one year.

    ``system`` pins the indicator system by id (``system_version`` and ``system_hash`` where known). ``claims`` is
    keyed by leaf id or by ``Total``; ``narrative`` by chapter key of the report outline; ``cover`` by the printed label.
    """

    department: str
    year: int
    system: str = ""
    system_version: str = ""
    system_hash: str = ""
    units: tuple[str, ...] = ()
    cover: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[ValueKey, Value] = field(default_factory=dict)
    registers: Mapping[str, Register] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    claimed_grade: str = ""
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    narrative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def value(self, item: str, year: int | None = None) -> Value | None:
        """The department's own value of an item (this year's unless another is asked for), or None."""
        return self.values.get(ValueKey(item, self.year if year is None else year))

    def with_values(self, values: Mapping[ValueKey, Value]) -> "Filing":
        """The same filing with these values added or replaced."""
        return replace(self, values={**self.values, **values})
