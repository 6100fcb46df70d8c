"""The figures of one filing as exact values: which of several sources is used, and where each came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from hengji.language import formula
from hengji.model.expression import Expression
from hengji.model.filing import SOURCE_CN, Filing, Register, Row, State, Value, ValueKey
from hengji.model.finding import Finding, Severity
from hengji.model.item import Dictionary, Item, ItemType, RegisterKind
from hengji.model.numerals import plain, read_decimal
from hengji.model.units import dimension, factor
from hengji.scoring.evaluate import evaluate
from hengji.scoring.results import Known, Missing, Result, ZeroBase

DIFFERENCE = "R44"  # a typed figure that its own register, its parts or its units do not confirm
_YES = ("是", "有", "√", "✓", "true", "yes", "y", "1")
_NO = ("否", "无", "没有", "×", "✗", "false", "no", "n", "0")


@dataclass(frozen=True, slots=True)
class Datum:
    """One data item of one year: its exact value or why there is none, as stated, and its provenance."""

    name: str
    year: int
    result: Result
    stated: str = ""
    unit: str = ""
    source: str = ""
    locator: str = ""
    finding: Finding | None = None


@dataclass
class Facts:
    """Resolves the items of one filing once each; ``offset`` shifts the year for a leaf that says so."""

    filing: Filing
    dictionary: Dictionary
    offset: int = 0
    _known: dict[tuple[str, int], Datum] = field(default_factory=dict)

    def shifted(self, offset: int) -> "Facts":
        """The same facts read from another year."""
        return self if offset == self.offset else Facts(self.filing, self.dictionary, offset, self._known)

    def item(self, name: str, back: int = 0) -> Result:
        """The exact value of an item, ``back`` years before this scope's."""
        return self.datum(name, back).result

    def datum(self, name: str, back: int = 0) -> Datum:
        """The value of an item with its provenance."""
        year = self.filing.year + self.offset - back
        if (name, year) not in self._known:
            self._known[name, year] = self._resolve(self.dictionary.items[name], year)
        return self._known[name, year]

    def cell(self, column: str) -> Result:
        """A column has no value outside the rows of a register."""
        return Missing((f"“{column}”是台账的列，只能在台账的行里取值",))

    def rows(self, register: str) -> "Rows | Missing":
        """The rows of a register that may be counted, or why they may not."""
        stated = self.filing.registers.get(register, Register())
        if not stated.counts:
            return Missing((f"台账“{register}”没有标明“已填完”或“本年无此项”",))
        rows = () if stated.none_this_year else stated.rows
        return Rows(self, self.dictionary.registers[register], rows)

    def entered(self, register: str) -> "Rows":
        """The rows entered so far, whatever the marks."""
        rows = self.filing.registers.get(register, Register()).rows
        return Rows(self, self.dictionary.registers[register], rows)

    def findings(self) -> tuple[Finding, ...]:
        """Differences between typed figures and what registers, parts or units give, for the items looked at so far."""
        return tuple(datum.finding for datum in self._known.values() if datum.finding is not None)

    def _resolve(self, item: Item, year: int) -> Datum:
        typed, summed = self._typed(item, year), self._summed(item, year)
        if item.counted is not None and year == self.filing.year:
            counted = evaluate(item.counted.tree, Facts(self.filing, self.dictionary, 0, self._known))
            if not isinstance(counted, Missing | ZeroBase):
                return _counted(item, year, counted, item.counted, typed, summed)
        if typed is not None and not isinstance(typed.result, Missing):
            return _confirmed(typed, summed, "各单位合计")
        if (
            typed is not None and typed.stated
        ):  # something is written there that cannot be read: nothing stands in for it
            return typed
        if summed is not None and not isinstance(summed.result, Missing):
            return summed
        derived = self._derived(item, year)
        return (
            derived
            or typed
            or summed
            or Datum(item.name, year, Missing((f"{_year(self.filing, year)}{item.name}未填",)))
        )

    def _typed(self, item: Item, year: int) -> Datum | None:
        value = self.filing.values.get(ValueKey(item.name, year))
        return None if value is None else _stated(item, year, value, self.filing)

    def _summed(self, item: Item, year: int) -> Datum | None:
        """The sum over the subordinate units: Missing where only some of them state the item, None where none does."""
        if not item.summed_over_units or not self.filing.units or item.type is not ItemType.NUMBER:
            return None
        values = {unit: self.filing.values.get(ValueKey(item.name, year, unit)) for unit in self.filing.units}
        results = {unit: _stated(item, year, v, self.filing).result for unit, v in values.items() if v is not None}
        if not results:
            return None
        known = {unit: result for unit, result in results.items() if isinstance(result, Fraction)}
        lacking = "、".join(unit for unit in self.filing.units if unit not in known)
        if lacking:
            return Datum(item.name, year, Missing((f"{lacking}的{_year(self.filing, year)}{item.name}未填",)))
        total = sum(known.values(), Fraction(0))
        return Datum(item.name, year, total, plain(total, 6), item.unit, f"{len(self.filing.units)}个单位合计")

    def _derived(self, item: Item, year: int) -> Datum | None:
        if item.formula is None:
            return None
        scope = Facts(self.filing, self.dictionary, year - self.filing.year, self._known)
        result = evaluate(item.formula.tree, scope)
        if isinstance(result, Missing | ZeroBase):
            return None
        return Datum(item.name, year, result, _shown(result), item.unit, f"算出：{formula(item.formula.tree)}")


def _year(filing: Filing, year: int) -> str:
    """「2022年」 before a figure of another year than the evaluated one."""
    return "" if year == filing.year else f"{year}年"


def _stated(item: Item, year: int, value: Value, filing: Filing) -> Datum:
    """A stated value as an exact one in the item's unit."""
    source = SOURCE_CN[value.source]
    unit = value.unit or item.unit

    def datum(result: Result, stated: str = value.stated, shown_unit: str = unit) -> Datum:
        return Datum(item.name, year, result, stated, shown_unit, source, value.locator)

    name = f"{_year(filing, year)}{item.name}"
    match value.state:
        case State.BLANK:
            return datum(Missing((f"{name}未填",)))
        case State.UNREADABLE:
            return datum(Missing((f"{name}填的“{value.stated}”读不出来",)))
        case State.NONE if item.type is ItemType.NUMBER and dimension(item.unit) != "ratio":
            return datum(Fraction(0), "0", item.unit)
        case State.NONE if item.type is ItemType.FLAG:
            return datum(False)
        case State.NONE:
            return datum(Missing((f"{name}填的是“无”",)))
    return datum(exact(value.stated, item.type, unit, item.unit, name))


def exact(stated: str, kind: ItemType, unit: str, into: str, name: str) -> Known | Missing:
    """A stated text as an exact value of a type, converted to a unit; Missing says why it cannot be."""
    if not stated.strip():
        return Missing((f"{name}未填",))
    match kind:
        case ItemType.NUMBER:
            return _exact_number(stated, unit, into, name)
        case ItemType.DATE:
            try:
                return date.fromisoformat(stated.strip())
            except ValueError:
                return Missing((f"{name}填的“{stated}”不是日期",))
        case ItemType.FLAG:
            return _exact_flag(stated, name)
    return stated.strip()


def _exact_number(stated: str, unit: str, into: str, name: str) -> Fraction | Missing:
    text = stated.strip()
    for mark in ("%", "％"):
        if text.endswith(mark):
            text, unit = text[: -len(mark)], "%"
    number = read_decimal(text)
    if number is None:
        return Missing((f"{name}填的“{stated}”不是数",))
    scale = factor(unit, into)
    if scale is None:
        return Missing((f"{name}的单位“{unit}”换算不成“{into}”",))
    # A percentage is held as the ratio it is: rules compare it with 95%, which is 0.95.
    ratio = factor(into, "") if dimension(into) == "ratio" else None
    return Fraction(number) * scale * (ratio if ratio is not None else 1)


def _exact_flag(stated: str, name: str) -> bool | Missing:
    text = stated.strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    return Missing((f"{name}填的“{stated}”应是“是”或“否”",))


def _shown(result: Known) -> str:
    if isinstance(result, bool):
        return "是" if result else "否"
    return plain(result, 6) if isinstance(result, Fraction) else str(result)


def _counted(
    item: Item, year: int, result: Known, rule: Expression, typed: Datum | None, summed: Datum | None
) -> Datum:
    """What the register gives; a typed figure, or a sum of the units, that says otherwise is kept as a finding."""
    counted = Datum(item.name, year, result, _shown(result), item.unit, f"台账：{formula(rule.tree)}")
    checked = _confirmed(counted, typed, "台账计数")
    return checked if checked.finding is not None else _confirmed(counted, summed, "台账计数")


def _confirmed(used: Datum, other: Datum | None, what: str) -> Datum:
    """The datum used, with a finding where another one of the same item is known and differs."""
    if other is None or isinstance(other.result, Missing) or other.result == used.result:
        return used
    return _differing(used, other, what)


def _differing(used: Datum, other: Datum, what: str) -> Datum:
    finding = Finding(
        code=DIFFERENCE,
        severity=Severity.WARNING,
        message=f"{used.name}采用{used.stated}{used.unit}（{used.source}），另有{other.stated}{other.unit}（{other.source}），两者不同",
        item=used.name,
        stated=f"{other.stated}{other.unit}",
        recomputed=f"{used.stated}{used.unit}",
        locator=other.locator,
        advice=f"核对{what}与填报数，改正其中不对的一个。",
    )
    return Datum(used.name, used.year, used.result, used.stated, used.unit, used.source, used.locator, finding)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a register, each a scope of its own for the conditions on it."""

    facts: Facts
    kind: RegisterKind
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator["RowScope"]:
        for number, row in enumerate(self.rows, start=1):
            yield RowScope(self.facts, self.kind, row, number)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class RowScope:
    """One row: its cells by column, everything else from the filing."""

    facts: Facts
    kind: RegisterKind
    row: Row
    number: int

    def item(self, name: str, back: int = 0) -> Result:
        """An item of the filing."""
        return self.facts.item(name, back)

    def rows(self, register: str) -> Rows | Missing:
        """Another register."""
        return self.facts.rows(register)

    def cell(self, column: str) -> Result:
        """The exact value of a cell; a computed column is computed unless something is typed in it."""
        kind = self.kind.column(column)
        assert kind is not None  # the parser resolved it
        stated = self.stated(column)
        if not stated and kind.formula is not None:
            return evaluate(kind.formula.tree, self)
        return exact(stated, kind.type, kind.unit, kind.unit, f"台账“{self.kind.name}”第{self.number}行{column}")

    def stated(self, column: str) -> str:
        """The text of a cell as stated."""
        return self.row.cells.get(column, "").strip()
