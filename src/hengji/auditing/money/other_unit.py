"""R12: the very digits of a figure told elsewhere, here in a unit that is ten thousand times or a ten-thousandth of it."""

from collections.abc import Iterator

from hengji.auditing.case import Case, Check, once
from hengji.auditing.slips import digits_of
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_LARGER = {
    "万元": "亿元",
    "人": "万人",
    "户": "万户",
    "亩": "万亩",
    "人次": "万人次",
    "吨": "万吨",
    "立方米": "万立方米",
}
_FOUR, _THREE = 4, 3  # digits: so many are no chance; of fewer the names must be one
_RUN = 2


def in_another_unit(case: Case) -> Iterator[Finding]:
    """「新增供水人口3260万人」 where 3260人 were told before; 「投入248.10亿元」 beside 248.10万元."""
    figures = [q for q in case.found.quantities if not q.table and q.number]
    known: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in figures:
        if quantity.unit in _LARGER:
            known.setdefault((quantity.value, _LARGER[quantity.unit]), []).append(quantity)
    for quantity in figures if known else ():
        others = known.get((quantity.value, quantity.unit), [])
        digits = len(quantity.value.replace(",", "").replace(".", "").lstrip("0"))
        other = next((q for q in others if _one_name(quantity, q) or digits > _FOUR), None)
        if other is None or digits < _FOUR or len(digits_of(quantity.value)) < _THREE:
            continue
        message = f"这里写{quantity.value}{quantity.unit}，另一处写{other.value}{other.unit}，数字相同而单位不同"
        yield case.finding(
            "R12", quantity.span, message, stated=f"{quantity.value}{quantity.unit}",
            recomputed=f"{other.value}{other.unit}", also=(other.span,),
        )  # fmt: skip
    yield from _of_one_name(case, figures)


_NAME = 4  # characters of a name that is a figure's own


def _of_one_name(case: Case, figures: list[Quantity]) -> Iterator[Finding]:
    """Another figure of the very name, ten thousand times as much to within its half: 3200人 aimed at, 3260万人 reached."""
    small = {(q.name, _LARGER[q.unit]): q for q in figures if q.unit in _LARGER and len(q.name) >= _NAME}
    for quantity in figures if small else ():
        other = small.get((quantity.name, quantity.unit))
        if other is None or quantity.value == other.value or quantity.unit == "亿元":
            continue
        if abs(quantity.number - other.number) * 2 <= other.number and len(digits_of(quantity.value)) >= _THREE:
            message = f"“{quantity.name}”这里写{quantity.value}{quantity.unit}，另一处写{other.value}{other.unit}，单位相差一万倍"
            yield case.finding(
                "R12", quantity.span, message, stated=f"{quantity.value}{quantity.unit}",
                recomputed=f"{quantity.value}{other.unit}", also=(other.span,),
            )  # fmt: skip


def _one_name(one: Quantity, other: Quantity) -> bool:
    """Whether the names of two figures share a run of characters, or one of them has no name of its own."""
    return any(one.name[k : k + _RUN] in other.name for k in range(len(one.name) - _RUN + 1))


_IN_YUAN = pattern(r"(?:单位|金额单位|计量单位)\s?:?\s?元(?![\u4e00-\u9fff])")
_AT_LEAST, _MOST = 2, 40  # amounts that must be the same; lines of a table that are looked at
_AMOUNT = pattern(r"(?<![\d.,])\d[\d,]*\.\d{2}(?![\d%])")


def table_of_another_unit(case: Case) -> Iterator[Finding]:
    """A table 「单位：元」 with the amounts that the text tells in 万元, digit by digit."""
    for unit, _, same in _tables(case):
        message = f"表的单位写元，表中{'、'.join(same[:3])}等数在正文里都以万元为单位"
        yield case.finding("R12", unit, message, stated="元", recomputed="万元")


def unless_of_such_a_table(check: Check) -> Check:
    """The same check without what it finds of the figures of such a table, which are one mistake."""

    def checked(case: Case) -> Iterator[Finding]:
        tables = [table for _, table, _ in _tables(case)]
        return (f for f in check(case) if not any(t.start <= at < t.end for t in tables for at in _places(f)))

    return checked


def _places(finding: Finding) -> Iterator[int]:
    if finding.start is not None:
        yield finding.start
    yield from (other.start for other in finding.also if other.start is not None)


@once
def _tables(case: Case) -> tuple[tuple[Span, Span, list[str]], ...]:
    """Such tables: where their unit is told, their lines, and the amounts that the text has in 万元."""
    large = {q.value.replace(",", "") for q in case.found.quantities if q.unit == "万元" and not q.table}
    found = []
    for match in _IN_YUAN.finditer(case.flat) if large else ():
        lines = _lines_below(case.flat, match.end())
        cells = {n.replace(",", "") for n in _AMOUNT.findall(lines)}
        same = sorted(text for text in cells if text in large and len(digits_of(text)) >= _THREE)
        if len(same) >= _MANY or (len(same) >= _AT_LEAST and len(same) * 2 >= len(cells)):
            start = case.flat.find("\n", match.end()) + 1
            found.append((Span(*match.span()), Span(start, start + len(lines)), same))
    return tuple(found)


_MANY = 4  # the same amounts in both: more than chance


def _lines_below(text: str, start: int) -> str:
    """The lines of a table below its unit: cells, but no sentence."""
    lines = text[start:].split("\n", _MOST)[1:_MOST]
    end = next((n for n, line in enumerate(lines) if "。" in line or "万元" in line), len(lines))
    return "\n".join(lines[:end])
