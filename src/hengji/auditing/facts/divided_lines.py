"""R08: an amount in the division of a leaf on one line of money, whose digits are those of the line told elsewhere, two of them swapped."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact
from hengji.auditing.slips import digits_of, swapped
from hengji.model.extraction import Quantity, ScoredItem, Span
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_LINE = pattern("公用经费|人员经费|基本支出|项目支出|三公|政府采购|培训费|会议费|接待费|公务用车")
_DIVIDED = pattern(r"(?<![\d.])(?P<a>\d[\d,]*\.\d{1,2})\s?(?:万元)?\s?[÷/]\s?(?P<b>\d[\d,]*\.\d{1,2})(?![\d.])")
_LEAST = 3  # digits of an amount: fewer are alike by chance


def divided_lines(case: Case) -> Iterator[Finding]:
    """R08: 「27.53÷28.00=98.32%」 under 公用经费控制率, where the table of the year has 公用经费 27.35."""
    for item in case.found.items:
        line = _LINE.search(item.name)
        if line is None:
            continue
        divisions = list(_DIVIDED.finditer(case.flat, item.span.start, max(item.body.end, item.quote.end)))
        if len(divisions) != 1:
            continue
        match = divisions[0]
        for part in ("a", "b"):
            yield from _otherwise(case, item, line[0], match[part], Span(match.start(part), match.end(part)))


def _otherwise(case: Case, item: ScoredItem, line: str, written: str, span: Span) -> Iterator[Finding]:
    """The finding of one amount of a division; silent where it is told elsewhere too, or the line is told with several such amounts."""
    digits = written.replace(",", "")
    if len(digits_of(digits).strip("0")) < _LEAST:
        return
    value = Fraction(digits)
    others = [q for q in case.found.quantities if _is_money(q) and not item.span.start <= q.span.start < item.body.end]
    if any(exact(q.number) == value for q in others):
        return
    alike = [q for q in others if line in q.name and q.year == case.year and swapped(_written(q, digits), digits)]
    if len({q.number for q in alike}) == 1:
        right = alike[0]
        message = f"“{item.name}”这里写{written}，另一处“{line}”是{right.value}，两个数字前后颠倒"
        yield case.finding(
            "R08", span, message, stated=written, recomputed=right.value, also=(right.span,), item=item.name
        )


def _is_money(quantity: Quantity) -> bool:
    return dimension(quantity.unit) == "money" or not quantity.unit


def _written(quantity: Quantity, like: str) -> str:
    """An amount with as many decimals as another one."""
    wanted = len(like.partition(".")[2])
    whole, _, decimals = quantity.value.replace(",", "").partition(".")
    return f"{whole}.{decimals.ljust(wanted, '0')}" if wanted else whole
