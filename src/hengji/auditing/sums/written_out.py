"""R03, R07: a sum that is written out with its result: 「40分+27分+30分=98分」, 「612.30+248.10=870.40万元」."""

from collections.abc import Iterator
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.numbers import number, places
from hengji.model.extraction import Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern

_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:[万亿]?元|分|人|个|项|[\u4e00-\u9fff]{1,2})?"
_SUM = pattern(
    rf"(?<![\d.+\-−×x*÷/()%])(?<![+\-−×÷]\s)(?P<parts>{_N}\s?{_UNIT}(?:\s?\+\s?{_N}\s?{_UNIT}){{1,11}})\s?=\s?(?P<n>{_N})(?P<unit>\s?{_UNIT})(?![\d%×x*÷/+\-])"
)
_ONE = pattern(rf"(?P<n>{_N})\s?(?P<unit>{_UNIT})")
_HALF = Decimal("0.5")


def scores_written_out(case: Case) -> Iterator[Finding]:
    """R03 of points."""
    return (each for each in _written_out(case) if each.code == "R03")


def amounts_written_out(case: Case) -> Iterator[Finding]:
    """R07 of everything else."""
    return (each for each in _written_out(case) if each.code == "R07")


def _written_out(case: Case) -> Iterator[Finding]:
    """A sum whose parts, all of the unit of the result, do not make it."""
    for match in _SUM.finditer(case.flat) if "=" in case.flat and "+" in case.flat else ():
        parts = list(_ONE.finditer(match["parts"]))
        unit = match["unit"].strip()
        if {part["unit"] for part in parts} - {"", unit}:
            continue
        made = sum((_read(part["n"]) for part in parts), Decimal(0))
        decimals = min(places(match["n"]), *(places(part["n"]) for part in parts))
        off = abs(made - _read(match["n"]))
        if off <= _HALF.scaleb(-decimals) * (len(parts) if decimals else 0) or not made:
            continue
        code = "R03" if unit == "分" else "R07"
        message = f"{match['parts']}是{number(made)}{unit}，这里写{match['n']}{unit}"
        span = Span(*match.span())
        yield case.finding(code, span, message, stated=match["n"], recomputed=number(made))


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
