"""R12: two figures told side by side, a power of ten or a unit apart: 「计划3.2公里，完成32公里」, 「每台82.50万元」 and 「每台17.50元」."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import number
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_PLANNED = (
    r"(?:计划|目标|任务|应|预算|年初目标)(?:数|值|量|任务)?(?:完成|新建|建设|改造|治理|支出|安排)?(?:为|是|:)?\s?"
)
_DONE = r"(?:实际|年末|全年|已|共)*(?:完成|建成|新建|改造|治理|支出|决算|实现|执行|使用|加固|修复)(?:数|值|量)?(?:了|为|是|:)?\s?"
_PLAN_AND_DONE = pattern(
    rf"{_PLANNED}(?P<a>{_N})\s?(?P<unit>万?[\u4e00-\u9fff]{{1,4}}?)[,;、](?P<gap>{_DONE})(?P<b>{_N})\s?(?P=unit)"
)
_PRICED = pattern(rf"(?P<all>{_N})\s?万元\s?\((?P<lead>每[\u4e00-\u9fff]{{1,2}}|单价)(?P<one>{_N})\s?(?P<unit>万?元)\)")
_TENFOLD, _HUNDRED = 10, 100


def side_by_side(case: Case) -> Iterator[Finding]:
    """R12: what was done is ten times what was planned to the digit, or so much for one beside its like."""
    yield from _tenfold(case)
    yield from _priced(case)


def _value(match: re.Match[str], part: str) -> Fraction:
    return Fraction(read_decimal(match[part]) or 0)


def _tenfold(case: Case) -> Iterator[Finding]:
    for match in _PLAN_AND_DONE.finditer(case.flat):
        planned, done = _value(match, "a"), _value(match, "b")
        pointed = "." in match["a"].rstrip("0") or "." in match["b"].rstrip("0")  # whole numbers may well be
        digits = match["a"].replace(".", "").strip("0")
        if (
            not planned
            or not pointed
            or len(digits) < 2
            or done / planned not in (_TENFOLD, _HUNDRED, Fraction(1, _TENFOLD))
        ):
            continue
        if case.flat.startswith(("%", "倍"), match.end()):
            continue
        span, also = Span(match.start("gap"), match.end()), Span(match.start("a"), match.end("unit"))
        message = f"计划{match['a']}{match['unit']}，这里写{match['b']}{match['unit']}，相差{number(max(done / planned, planned / done))}倍，可能是小数点有误"
        yield case.finding("R12", span, message, stated=match["b"], recomputed=match["a"], also=(also,))


def _priced(case: Case) -> Iterator[Finding]:
    """「设备165.00万元（每台82.50万元），分析仪70.00万元（每台17.50元）」: of several, one price alone is in 元."""
    places: dict[Span, list[re.Match[str]]] = {}
    for match in _PRICED.finditer(case.flat):
        places.setdefault(case.sentence(match.start()), []).append(match)
    for told in places.values():
        odd = [m for m in told if m["unit"] == "元"]
        if len(odd) != 1 or len(told) < 2:
            continue
        match = odd[0]
        count = _value(match, "all") / (_value(match, "one") or 1)
        if count.denominator != 1 or count > _HUNDRED:
            continue
        message = f"共{match['all']}万元，{match['lead']}{match['one']}元，应为{match['one']}万元（{number(count)}个）"
        span = Span(match.start("lead"), match.end("unit"))
        yield case.finding("R12", span, message, stated=f"{match['one']}元", recomputed=f"{match['one']}万元")
