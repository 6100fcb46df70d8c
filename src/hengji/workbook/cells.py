"""Reads single cells: numbers, dates, choices, and the words that mean nothing was there."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hengji.model.filing import State
from hengji.model.item import ItemType
from hengji.model.numerals import plain, read_decimal
from hengji.model.patterns import pattern
from hengji.model.units import canonical_unit, factor
from hengji.workbook.grid import Cell

_MOST_PLACES = 12  # a conversion between units of tens always ends
_NOTHING = ("", "/", "／", "—", "-", "－", "―", "――", "——", "--", "\\", "…", "……")
_NONE = ("无", "没有", "未发生")
_AMOUNT = pattern(
    r"([¥￥])?\s*([+-]?[0-9][0-9,]*\.?[0-9]*|[+-]?\.[0-9]+)\s*"
    r"(%|‰|亿元|百万元|万元|千元|元|亿|万|人|个|件|项|份|次|辆|平方米|㎡|m2|天|日|分)?"
)
_UNITS = {"m2": "平方米", "日": "天"}  # as NFKC leaves them, and as people write them
_DATE = pattern(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+[\d:.]+)?|(\d{4})(\d{2})(\d{2})")
_FLAGS = {
    "是": "是", "√": "是", "✓": "是", "有": "是", "y": "是", "yes": "是", "true": "是", "符合": "是",
    "否": "否", "×": "否", "✗": "否", "无": "否", "没有": "否", "n": "否", "no": "否", "false": "否", "不符合": "否",
}  # fmt: skip
_SIGNS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "不小于": "≥", "不超过": "≤", "等于": "="}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell states: text, unit where the cell says one, state; ``problem`` where it is not what was asked for."""

    text: str
    unit: str = ""
    state: State = State.GIVEN
    problem: str = ""


def read_cell(cell: Cell, kind: ItemType, choices: tuple[str, ...] = ()) -> Reading | None:
    """The reading of a cell as a type, or None when it says nothing (empty, 「—」, 「/」)."""
    if cell.trouble:
        return Reading(cell.text, state=State.UNREADABLE, problem=cell.trouble)
    text = cell.text
    if text.strip() in _NOTHING:
        return None
    match kind:
        case ItemType.NUMBER:
            return _number(cell)
        case ItemType.DATE:
            return None if text.strip() in _NONE else _date(text)
        case ItemType.FLAG:
            return _flag(text)
        case ItemType.CHOICE:
            return _choice(text, choices)
        case ItemType.TEXT:  # a percentage keeps its sign: 97% in a column of texts is not 97
            return Reading(f"{text}%" if cell.percent else text)


def in_unit(number: str, stated: str, wanted: str) -> str | None:
    """A number stated in one unit as a decimal in another, exact; None where the two do not measure the same."""
    scale, exact = factor(stated, wanted), read_decimal(number)
    return None if scale is None or exact is None else plain(Fraction(exact) * scale, _MOST_PLACES)


def yes_or_no(text: str) -> bool | None:
    """是 and its like as True, 否 and its like as False, anything else as None."""
    found = _FLAGS.get(_plain(text).lower())
    return None if found is None else found == "是"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("−", "-")


def _number(cell: Cell) -> Reading:
    text = cell.text
    if cell.number:
        return Reading(text, unit="%" if cell.percent else "")
    if text.strip() in _NONE:
        return Reading("", state=State.NONE)
    plain = _plain(text)
    match = _AMOUNT.fullmatch(plain)
    if match is not None and read_decimal(match[2]) is not None:
        unit = _UNITS.get(match[3] or "", match[3] or ("元" if match[1] else ""))
        return Reading(match[2].replace(",", ""), unit=canonical_unit(unit))
    if read_decimal(plain) is not None:  # 1.2E+3
        return Reading(plain)
    return Reading(text, state=State.UNREADABLE, problem=f"“{text}”不是数，请填数字，例如 912.97")


def _date(text: str) -> Reading:
    match = _DATE.fullmatch(_plain(text))
    if match is not None:
        year, month, day = (int(part) for part in (match.groups()[:3] if match[1] else match.groups()[3:]))
        try:
            return Reading(date(year, month, day).isoformat())
        except ValueError:
            pass
    return Reading(text, state=State.UNREADABLE, problem=f"“{text}”不是日期，请填成 2023-05-01")


def _flag(text: str) -> Reading:
    found = yes_or_no(text)
    if found is None:
        return Reading(text, state=State.UNREADABLE, problem=f"“{text}”应填“是”或“否”")
    return Reading("是" if found else "否")


def _choice(text: str, choices: tuple[str, ...]) -> Reading:
    if not choices or text in choices:
        return Reading(text)
    plain = _plain(text)
    found = next((choice for choice in choices if _plain(choice) == _SIGNS.get(plain, plain)), None)
    if found is None and set(choices) == {"是", "否"}:
        return _flag(text)
    if found is None:
        return Reading(text, state=State.UNREADABLE, problem=f"“{text}”应是其中之一：{'、'.join(choices)}")
    return Reading(found)
