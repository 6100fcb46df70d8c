"""What a cell says beyond its value: shown as a percentage, with so many decimals, or in trouble."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hengji.model.patterns import pattern
from hengji.model.problem import HengjiError

MAX_CELLS = 1_000_000
_BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00", 40: "#,##0.00"}
_DECIMALS = pattern(r"0\.(0+)")
_LITERAL = pattern(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
_UNIT = pattern(r'[0#?][^"]*"(?P<unit>[^"\d]*[\u4e00-\u9fff][^"\d]*)"\s*$')  # 「0.00"万元"」
# A point that is only drawn between the digits: 「0!.0,」 shows 12345678 as 1234.6.
_DRAWN_POINT = pattern(r'[0#?](?:!\.|\\\.|"\.")([0#?]+)')
_SCALED = pattern(r"[0#?],+(?![,0#?])")

STALE = "公式没有保存计算结果，请用 Excel 或 WPS 打开后另存一次"
SCALED = "单元格按千或万显示，看到的数不是存着的数，请改成普通数字格式"


@dataclass(frozen=True, slots=True)
class Style:
    """How one cell is shown, and what is wrong with it as a sentence (an empty text where nothing is).

    ``shift`` is by how many places a number is shown smaller than it is stored (4 where 元 are shown as 万元); ``unit`` is
    what the format writes behind it.
    """

    percent: bool = False
    decimals: int = 0
    trouble: str = ""
    shift: int = 0
    unit: str = ""


Styles = Mapping[tuple[int, int], Style]


def style_of(code: str) -> Style | None:
    """What a number format says; None for one that shows a number as it is."""
    code = code.partition(";")[0]
    behind_it = _UNIT.search(code)
    unit = behind_it["unit"].strip() if behind_it is not None else ""
    drawn = _DRAWN_POINT.search(code)
    behind = len(re.sub("[^0#?]", "", drawn[1])) if drawn else 0
    code = _LITERAL.sub("", code)
    scaled = _SCALED.search(code)
    if scaled or behind:
        real = _DECIMALS.search(code)
        thousands = scaled[0].count(",") if scaled else 0
        return Style(False, behind or (len(real[1]) if real else 0), SCALED, 3 * thousands + behind, unit)
    decimals = _DECIMALS.search(code)
    percent = "%" in code
    shown = percent or decimals or unit
    return Style(percent, len(decimals[1]) if decimals else 0, unit=unit) if shown else None


def built_in(number: int) -> str:
    """The code of a built-in number format that matters here."""
    return _BUILT_IN.get(number, "")


def refuse_wide(name: str, rows: int, columns: int) -> None:
    """Raises HengjiError for a sheet whose used area is beyond the limit: a parser would lay all of it out."""
    if rows * columns > MAX_CELLS:
        raise HengjiError(f"{name} 的单元格超过{MAX_CELLS // 10_000}万个，请删去空行空列再存")
