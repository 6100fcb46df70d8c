"""Reads single cells: numbers, dates, choices, and the words that mean nothing was there."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from hengji.model.filing import State
from hengji.model.item import ItemType
from hengji.model.numerals import read_decimal
from hengji.model.units import canonical_unit
from hengji.workbook.grid import Cell

_NOTHING = ("", "/", "／", "—", "-", "－", "――", "——", "\\", "…", "……")
_NONE = ("无", "没有", "未发生")
_AMOUNT = re.compile(
    r"([+-]?[0-9][0-9,]*\.?[0-9]*|[+-]?\.[0-9]+)\s*(%|‰|亿元|万元|千元|元|万|人|个|件|项|份|次|辆|平方米|㎡|天|分)?"
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?|(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell states: text, unit where the cell says one, state; ``problem`` where it is not what was asked for."""

    text: str
    unit: str = ""
    state: State = State.GIVEN
    problem: str = ""


def read_cell(cell: Cell, kind: ItemType, choices: tuple[str, ...] = ()) -> Reading | None:
    """The reading of a cell as a type, or None when it says nothing (empty, 「—」, 「/」)."""
    if cell.stale:
        return Reading("", state=State.UNREADABLE, problem="公式没有保存计算结果，请用 Excel 或 WPS 打开后另存一次")
    text = cell.text
    if text.strip() in _NOTHING:
        return None
    if kind is ItemType.NUMBER:
        return _number(cell)
    if kind is ItemType.DATE:
        return _date(text)
    if kind is ItemType.FLAG:
        return _flag(text)
    if kind is ItemType.CHOICE and choices and text not in choices:
        return Reading(text, problem=f"“{text}”应是其中之一：{'、'.join(choices)}")
    return Reading(text)


def _number(cell: Cell) -> Reading:
    text = cell.text
    if cell.number:
        return Reading(text, unit="%" if cell.percent else "")
    if text.strip() in _NONE:
        return Reading("", state=State.NONE)
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    match = _AMOUNT.fullmatch(plain)
    if match is None or read_decimal(match[1]) is None:
        return Reading(text, state=State.UNREADABLE, problem=f"“{text}”不是数，请填数字，例如 912.97")
    return Reading(match[1].replace(",", ""), unit=canonical_unit(match[2] or ""))


def _date(text: str) -> Reading:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is not None:
        year, month, day = (int(part) for part in (match.groups()[:3] if match[1] else match.groups()[3:]))
        try:
            return Reading(date(year, month, day).isoformat())
        except ValueError:
            pass
    return Reading(text, state=State.UNREADABLE, problem=f"“{text}”不是日期，请填成 2023-05-01")


def _flag(text: str) -> Reading:
    word = {
        "√": "是",
        "✓": "是",
        "有": "是",
        "y": "是",
        "yes": "是",
        "×": "否",
        "无": "否",
        "没有": "否",
        "n": "否",
        "no": "否",
    }
    found = word.get(text.lower(), text)
    return Reading(found, problem="" if found in ("是", "否") else f"“{text}”应填“是”或“否”")
