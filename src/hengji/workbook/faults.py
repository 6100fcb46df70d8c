"""What may be wrong with one stated value: said the same way wherever it was stated."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.model.evaluated_year import YEARS
from hengji.model.filing import Register, State, Value
from hengji.model.item import Item, ItemType, RegisterColumn, RegisterKind
from hengji.model.numerals import plain, read_decimal
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension, factor
from hengji.workbook import layout
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell

_SIGNED = ("调整", "增减", "差异", "变动", "差额")  # amounts that may be negative
_POINTS, _CLAIM = "分值", "自评得分"  # columns of registers whose rows are scored
_REVERSED = ("金额",)  # a payment or a transfer may be taken back


def value_fault(item: Item, value: Value) -> str:
    """What is wrong with a value of an item, as a sentence; an empty text where nothing is."""
    if value.state is not State.GIVEN:
        return ""
    reading = read_cell(Cell(value.stated), item.type, item.choices)
    if reading is None:
        return "没有写数值" if item.type is not ItemType.TEXT else ""
    if reading.problem:
        return reading.problem
    if item.type is not ItemType.NUMBER or reading.state is not State.GIVEN:
        return ""
    if reading.unit and reading.unit != value.unit:
        return f"数值“{value.stated}”里的单位与注明的单位“{value.unit}”不同，请只留一处"
    if value.unit and factor(value.unit, item.unit) is None:
        return f"单位应是“{item.unit}”，这里是“{value.unit}”"
    number = read_decimal(reading.text)
    if number is not None and number < 0 and not _may_be_negative(item.name):
        return f"是负数（{reading.text}），请核对"
    return ""


def _may_be_negative(name: str) -> bool:
    return any(word in name for word in _SIGNED)


def cell_fault(column: RegisterColumn, text: str) -> str:
    """What is wrong with a cell of a register, as a sentence; an empty text where nothing is."""
    reading = read_cell(Cell(text), column.type, column.choices)
    if reading is None or reading.problem:
        return reading.problem if reading else ""
    number = read_decimal(reading.text) if column.type is ItemType.NUMBER else None
    if number is not None and reading.unit and factor(reading.unit, column.unit) is None:
        return f"单位应是“{column.unit}”，这里是“{reading.unit}”"
    if number is not None and number < 0 and column.name not in _REVERSED and not _may_be_negative(column.name):
        return f"是负数（{reading.text}），请核对"
    return ""


def row_faults(kind: RegisterKind, register: Register, number: int) -> Iterator[tuple[str, str]]:
    """Column and sentence for a claim above its row's points, and for each number a row of a finished register lacks.

    Rows count from 0.

    A missing word is no reason to refuse: a published figure often comes without it, and nothing is invented.
    """
    cells = register.rows[number].cells
    points, claim = (read_decimal(cells.get(column, "")) for column in (_POINTS, _CLAIM))
    if points is not None and claim is not None and claim > points:
        yield _CLAIM, f"自评得分{claim}高于这一行的分值{points}，请核对"
    if not register.complete:
        return
    for column in kind.columns:
        needed = column.required and column.type is ItemType.NUMBER
        if needed and not cells.get(column.name, "").strip():
            yield column.name, f"{column.name}必填，台账标了已填完而这一格空着"


def claim_fault(key: str, score: Decimal, system: IndicatorSystem, exempted: Collection[str]) -> str:
    """What is wrong with a claimed score, as a sentence; an empty text where nothing is.

    Points of what does not apply may have moved to any indicator, so they are allowed for everywhere.
    """
    if score < 0:
        return f"自评得分是负数（{score}），扣分请在“扣分”里写正数"
    indicator = system.indicator(key)
    if indicator is None or indicator.points is None:
        return ""
    moved = sum((found.points or 0 for each in exempted if (found := system.indicator(each)) is not None), Fraction(0))
    if score > indicator.points + moved:
        return f"自评得分{score}高于“{indicator.name}”的分值{plain(indicator.points, 2)}，请核对"
    return ""


def year_fault(year: int, system: IndicatorSystem) -> str:
    """What is wrong with the evaluated year, as a sentence; an empty text where nothing is."""
    if year not in YEARS:
        return f"{layout.YEAR}“{year}”不对，请填四位年份，例如 2023"
    if year not in system.years:
        return f"{layout.YEAR}{year}不在“{system.name}”的适用年度内，请核对年度或换用指标体系"
    return ""


def looks_like_ratio(number: str, unit: str) -> bool:
    """Whether a percentage was probably typed as a ratio: 0.95 where 95 is meant."""
    value = read_decimal(number)
    return dimension(unit) == "ratio" and unit == "%" and value is not None and 0 < value <= 1


def chapter_fault(chapter: str, system: IndicatorSystem) -> str:
    """What is wrong with the name of a narrative chapter, as a sentence; an empty text where nothing is."""
    if chapter in layout.CHAPTERS:
        return ""
    if chapter.startswith(layout.LEAF_CHAPTER):
        leaf = chapter.removeprefix(layout.LEAF_CHAPTER)
        return "" if system.indicator(leaf) is not None else f"“{leaf}”不是本体系的指标编号"
    known = "、".join(layout.CHAPTERS)
    return f"不认识的章节“{chapter}”，可以写：{known}；写给某项指标的用“{layout.LEAF_CHAPTER}编号”"
