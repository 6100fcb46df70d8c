"""R07: lists whose whole stands a little apart: line by line without a unit, behind 「…万元中，」, or under the line of money that they are told of."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengji.auditing.case import Case
from hengji.auditing.ledger import SPENT
from hengji.auditing.likely import BY_LITTLE
from hengji.auditing.numbers import number
from hengji.auditing.slips import REPLACED, SWAPPED, slip
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding
from hengji.model.numerals import read_decimal
from hengji.model.patterns import pattern

_N = r"\d[\d,]*\.\d{1,2}"
_OPENS = pattern(rf"(?P<whole>(?<![\d.]){_N})\s?(?:万元)?[^\d。;\n]{{0,16}}:[ \t]*$", re.MULTILINE)
_LINE = pattern(rf"\n[^\d\n。;]{{2,26}}?[\s:](?P<n>{_N})\s?(?:万元)?[;。,]?[ \t]*(?=\n|$)")
_OF_WHICH = pattern(r"(?P<whole>\d[\d,]*\.\d{1,2})\s?万元(?:资金|经费)?中,")
_UNDER = pattern(
    r"(?P<line>项目支出|基本支出|人员经费|公用经费)[^。;:\d]{0,10}?(?P<n>[两三四五六七八])(?:个|大)?(?:项目|项|类|部分|方面|块)[^。;:\d]{0,6}:"
)
_COUNTS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_FEWEST, _MOST = 3, 14


def wholes_of_lists(case: Case) -> Iterator[Finding]:
    """R07: the parts are all told, and miss their whole by one slip or by little."""
    yield from _by_lines(case)
    yield from _of_which(case)
    yield from _under_a_line(case)


def _by_lines(case: Case) -> Iterator[Finding]:
    """「项目支出752.80按项目划分：」, and a line for each project."""
    for match in _OPENS.finditer(case.flat):
        parts: list[Decimal] = []
        at = match.end()
        while (line := _LINE.match(case.flat, at)) is not None and len(parts) < _MOST:
            parts.append(read_decimal(line["n"]) or Decimal(0))
            at = line.end()
        whole = read_decimal(match["whole"]) or Decimal(0)
        total = sum(parts, Decimal(0))
        if (
            len(parts) < _FEWEST
            or total == whole
            or abs(total - whole) > whole * Decimal(BY_LITTLE.numerator) / BY_LITTLE.denominator
        ):
            continue
        yield _finding(case, Span(match.start("whole"), match.end("whole")), whole, parts)


def _of_which(case: Case) -> Iterator[Finding]:
    """「结余17.64万元中，采购节约12.30万元，由财政收回；补贴5.43万元，因离职未发」: one part has two digits changed."""
    for match in _OF_WHICH.finditer(case.flat):
        end = case.paragraph(match.start()).end
        told = [q for q in case.found.quantities if match.end() <= q.span.start < end and q.unit == "万元"]
        whole = read_decimal(match["whole"]) or Decimal(0)
        odd = _swapped_one(whole, told) if 2 <= len(told) <= 4 else None
        if odd is not None:
            yield _finding(case, odd.span, whole, [q.number for q in told])


def _under_a_line(case: Case) -> Iterator[Finding]:
    """「项目支出安排三个项目：甲86.40万元，乙36.50万元，丙17.23万元」, and 「项目支出139.23万元」 elsewhere."""
    for match in _UNDER.finditer(case.flat):
        end = case.sentence(match.start()).end
        told = [q for q in case.found.quantities if match.end() <= q.span.start < end and q.unit == "万元"]
        wholes = {e.amount for e in case.ledger if (e.line, e.stage, e.year) == (match["line"], SPENT, case.year)}
        if len(told) != _COUNTS[match["n"]] or len(wholes) != 1:
            continue
        amount = next(iter(wholes))
        whole = Decimal(amount.numerator) / Decimal(amount.denominator)
        odd = _swapped_one(whole, told)
        if odd is not None:
            yield _finding(case, odd.span, whole, [q.number for q in told])


def _swapped_one(whole: Decimal, told: Sequence[Quantity]) -> Quantity | None:
    """The one part that with two of its digits changed makes the sum right."""
    gap = whole - sum((q.number for q in told), Decimal(0))
    kinds = (SWAPPED, REPLACED) if len(told) > 2 else (SWAPPED,)
    odd = [q for q in told if gap and slip(q.value.replace(",", ""), format(q.number + gap, "f")) in kinds]
    swaps = [q for q in odd if slip(q.value.replace(",", ""), format(q.number + gap, "f")) == SWAPPED]
    return swaps[0] if len(swaps) == 1 else odd[0] if len(odd) == 1 else None


def _finding(case: Case, span: Span, whole: Decimal, parts: Sequence[Decimal]) -> Finding:
    total = sum(parts, Decimal(0))
    added = " + ".join(number(part, 6) for part in parts)
    message = f"所列各项之和是{added} = {number(total, 6)}万元，合计写{number(whole, 6)}万元，相差{number(abs(total - whole), 6)}万元"
    return case.finding("R07", span, message, stated=number(whole, 6), recomputed=number(total, 6))
