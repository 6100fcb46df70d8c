"""Asking before saving (先问再存): an amount in another unit, and another value than the one that was imported."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hengji.model.filing import SOURCE_CN, Source, State, Value, ValueKey
from hengji.model.item import Item, ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.units import canonical_unit, dimension, factor
from hengji.web.filings.bridge import value_at
from hengji.web.filings.folder import Folder

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
    kept = _in_unit(value.stated, _YUAN, item.unit)
    return Question(
        f"这一格的单位是万元，{value.stated} 像是按元填的，按元是 {kept} 万元。",
        ((CONVERTED, f"是元，按 {kept} 万元保存"), (TYPED, f"就是 {value.stated} 万元")),
        _YUAN,
    )


def _too_large(folder: Folder, key: ValueKey, number: Fraction) -> bool:
    """Whether the number is some ten thousand times the other year's, or more than anybody spends."""
    this_year = folder.row.year
    other = value_at(folder.rows, key._replace(year=this_year - 1 if key.year == this_year else this_year))
    known = None
    if other is not None and canonical_unit(other.unit or "万元") == "万元":
        known = read_decimal(other.stated)
    if known:
        low, high = _LIKELY
        return low <= abs(number / Fraction(known)) <= high
    return abs(number) >= _HUGE


def converted(item: Item, value: Value, question: Question) -> Value:
    """The value in the item's own unit; what was typed stays as the quotation."""
    kept = _in_unit(value.stated, question.unit, item.unit)
    return replace(value, stated=kept, unit=item.unit, quote=f"{value.stated}{question.unit}")


def _in_unit(stated: str, unit: str, wanted: str) -> str:
    scale = factor(unit, wanted)
    assert scale is not None
    return plain(Fraction(stated) * scale, _PLACES)


def is_imported(value: Value | None) -> bool:
    """Whether a value came out of a document that is not the department's own workbook: it has a place there."""
    if value is None or value.state is State.BLANK:
        return False
    return value.source in (Source.IMPORTED, Source.READ) and value.locator != ""


def overrides(before: Value | None, after: Value | None) -> bool:
    """Whether a value that was imported or read would become another one."""
    if before is None or not is_imported(before):
        return False
    return after is None or (before.stated, before.state) != (after.stated, after.state)


def about_override(before: Value, meant: str) -> Question:
    """Why an imported value is to change; the trail keeps the answer. ``meant`` is the answer given before."""
    where = f"（{before.locator}）" if before.locator else ""
    text = f"原来的 {before.stated or '无'} 是{SOURCE_CN[before.source]}的{where}，改动请写明理由，至少{LEAST_REASON}个字。"
    return Question(text, ((meant, "按理由保存"),), reason=True)
