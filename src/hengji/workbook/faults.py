"""What may be wrong with one stated value: said the same way wherever it was stated."""

from hengji.model.filing import State, Value
from hengji.model.item import Item, ItemType, RegisterColumn
from hengji.model.numerals import read_decimal
from hengji.model.system import IndicatorSystem
from hengji.model.units import dimension, factor
from hengji.workbook import layout
from hengji.workbook.cells import read_cell
from hengji.workbook.grid import Cell

YEARS = range(1990, 2100)
_SIGNED = ("调整", "增减", "差异", "变动", "差额")  # amounts that may be negative


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
    if number is not None and number < 0 and not any(word in item.name for word in _SIGNED):
        return f"是负数（{reading.text}），请核对"
    return ""


def cell_fault(column: RegisterColumn, text: str) -> str:
    """What is wrong with a cell of a register, as a sentence; an empty text where nothing is."""
    reading = read_cell(Cell(text), column.type, column.choices)
    if reading is None or not reading.problem:
        return ""
    return reading.problem


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
