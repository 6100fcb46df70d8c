"""Asking before saving (先问再存): an amount in another unit, and another value than the one that was imported."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hengji.model.filing import SOURCE_CN, Register, Source, State, Value, ValueKey
from hengji.model.item import Item, ItemType, RegisterColumn
from hengji.model.numerals import plain, read_decimal
from hengji.model.units import canonical_unit, dimension, factor
from hengji.web.filings.bridge import value_at
from hengji.web.filings.folder import Folder
from hengji.web.filings.tables import VALUE
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell

CONVERTED, TYPED = "converted", "typed"
LEAST_REASON = 4
_YUAN = "元"
_PLACES = 6
_LIKELY = (Fraction(2000), Fraction(50_000))  # times the other year's figure, where yuan were typed for 10,000 yuan
_HUGE = 1_000_000  # 万元: nobody of a county spends ten billion yuan


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the answers as (value of ``meant``, words), the unit that may be meant, and whether a reason is."""

    text: str
    choices: tuple[tuple[str, str], ...]
    unit: str = ""
    reason: bool = False

    def said(self, words: str) -> str:
        """The answer that these words are, where a form answers by them; nothing where it is none, or to another figure."""
        return next((answer for answer, each in self.choices if each == words), "")

    @property
    def answers(self) -> tuple[str, ...]:
        """What ``meant`` may say."""
        return tuple(answer for answer, _ in self.choices)


def about_unit(folder: Folder, item: Item, key: ValueKey, value: Value) -> Question | None:
    """A question where an amount is stated in another unit, or looks as if it were; None where all is plain."""
    number = read_decimal(value.stated)
    if item.type is not ItemType.NUMBER or dimension(item.unit) != "money" or number is None:
        return None
    if value.state is not State.GIVEN or not number:
        return None
    stated = canonical_unit(value.unit)
    if stated != item.unit:
        said, kept = f"{value.stated}{stated}", _in_unit(value.stated, stated, item.unit)
        return Question(
            f"这一格的单位是{item.unit}，填的是 {said}，换算后是 {kept} {item.unit}。",
            ((CONVERTED, f"按 {kept} {item.unit}保存"),),
            stated,
        )
    if item.unit != "万元" or not _too_large(folder, key, Fraction(number)):
        return None
    return _in_yuan(f"这一格的单位是{item.unit}", value.stated, item.unit)


def about_cell(stated: Register, column: RegisterColumn, typed: str) -> Question | None:
    """The same about a cell of a register: another unit, or an amount some thousand times the column's largest."""
    reading = read_cell(Cell(typed.strip()), column.type, column.choices)
    number = read_decimal(reading.text) if reading is not None and not reading.problem else None
    if column.type is not ItemType.NUMBER or dimension(column.unit) != "money" or reading is None or not number:
        return None
    unit = canonical_unit(reading.unit) if reading.unit else column.unit
    if unit != column.unit:
        if factor(unit, column.unit) is None:
            return None
        said, kept = f"{reading.text}{unit}", _in_unit(reading.text, unit, column.unit)
        return Question(
            f"这一列的单位是{column.unit}，填的是 {said}，换算后是 {kept} {column.unit}。",
            ((CONVERTED, f"按 {kept} {column.unit}保存"),),
            unit,
        )
    others = [read_decimal(row.cells.get(column.name, "")) for row in stated.rows]
    most = max((abs(Fraction(each)) for each in others if each is not None and each != number), default=Fraction(0))
    if reading.unit or column.unit != "万元" or not _so_many(Fraction(number), most):
        return None
    return _in_yuan(f"这一列的单位是{column.unit}", reading.text, column.unit)


def _in_yuan(where: str, stated: str, unit: str) -> Question:
    kept = _in_unit(stated, _YUAN, unit)
    return Question(
        f"{where}，{stated} 像是按元填的，按元是 {kept} {unit}。",
        ((CONVERTED, f"是元，按 {kept} {unit}保存"), (TYPED, f"就是 {stated} {unit}")),
        _YUAN,
    )


def _too_large(folder: Folder, key: ValueKey, number: Fraction) -> bool:
    """Whether the number is some ten thousand times the other year's, or more than anybody spends."""
    this_year = folder.row.year
    other = value_at(folder.rows, key._replace(year=this_year - 1 if key.year == this_year else this_year))
    known = None
    if other is not None and canonical_unit(other.unit or "万元") == "万元":
        known = read_decimal(other.stated)
    return _so_many(number, abs(Fraction(known or 0)))


def _so_many(number: Fraction, known: Fraction) -> bool:
    low, high = _LIKELY
    return low <= abs(number) / known <= high if known else abs(number) >= _HUGE


def converted(item: Item, value: Value, question: Question) -> Value:
    """The value in the item's own unit; what was typed stays as the quotation."""
    kept = _in_unit(value.stated, question.unit, item.unit)
    return replace(value, stated=kept, unit=item.unit, quote=f"{value.stated}{question.unit}")


def _in_unit(stated: str, unit: str, wanted: str) -> str:
    scale = factor(unit, wanted)
    assert scale is not None
    return plain(Fraction(stated) * scale, _PLACES)


def cell_in_unit(column: RegisterColumn, typed: str, question: Question) -> str:
    """What was typed into a cell in the column's own unit."""
    reading = read_cell(Cell(typed.strip()), column.type, column.choices)
    assert reading is not None
    return _in_unit(reading.text, question.unit, column.unit)


def is_imported(folder: Folder, key: ValueKey) -> bool:
    """Whether a value came out of a document that is not the department's own workbook: it has a place there.

    What the bureau's intake read out of a report is a proposal of the machine: nobody of the department took it, so it may be mended freely.
    """
    value = folder.filing.values.get(key)
    if value is None or value.state is State.BLANK or value.locator == "":
        return False
    if value.source is Source.READ:
        return folder.rows.version(VALUE, *key) not in folder.by_intake
    return value.source is Source.IMPORTED


def overrides(folder: Folder, key: ValueKey, after: Value | None) -> bool:
    """Whether a value that was imported or read would become another one."""
    if not is_imported(folder, key):
        return False
    return after is None or not same(folder.filing.values[key], after)


def same(before: Value, after: Value) -> bool:
    """Whether two values say the same, however they are written: 39.7 and 39.70, 9129700元 and 912.97万元."""
    if before.state is not after.state:
        return False
    one, other = read_decimal(before.stated), read_decimal(after.stated)
    scale = factor(after.unit, before.unit) if after.unit and before.unit else Fraction(1)
    if one is None or other is None or scale is None:
        return before.stated == after.stated
    return Fraction(one) == Fraction(other) * scale


def about_override(before: Value, meant: str) -> Question:
    """Why an imported value is to change; the trail keeps the answer. ``meant`` is the answer given before."""
    where = f"（{before.locator}）" if before.locator else ""
    text = f"原来的 {before.stated or '无'} 是{SOURCE_CN[before.source]}的{where}，改动请写明理由，至少{LEAST_REASON}个字。"
    return Question(text, ((meant, "按理由保存"),), reason=True)
