"""R12: a cell of a column in 万元 that was filled in 元."""

from collections.abc import Iterator

from hengji.auditing.case import Case
from hengji.auditing.numbers import exact, number
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding

_TEN_THOUSAND = 10_000
IN_YUAN = 10**5  # 万元: so much no department spends
_FAR = 1000  # times: so far no budget lies from its spending
_LEAST, _MOST = 20, 2  # the cell, read in 元, is between a twentieth of the largest amount of its row and twice it


def cells_in_yuan(case: Case) -> Iterator[Finding]:
    """R12: 「公务接待费 3.50 3.50 31,600.00」 under 「单位：万元」: beyond every other amount of the tables, and in proportion once it is read in 元."""
    money = [q for q in case.found.quantities if q.table and q.unit == "万元" and q.number]
    if not any(q.number >= _TEN_THOUSAND for q in money):
        return
    rows: dict[Span, list[Quantity]] = {}
    for quantity in money:
        rows.setdefault(quantity.sentence, []).append(quantity)
    odd = [q for q in money if q.number >= _TEN_THOUSAND and _in_yuan(q, rows[q.sentence])]
    most = max((q.number for q in money if q not in odd), default=_TEN_THOUSAND)
    for quantity in odd:
        if quantity.number > most:
            meant = number(exact(quantity.number) / _TEN_THOUSAND, 6)
            message = f"表以万元为单位，这一格写{quantity.value}，按元填列；应为{meant}万元"
            yield case.finding("R12", quantity.span, message, stated=f"{quantity.value}万元", recomputed=f"{meant}万元")


def _in_yuan(quantity: Quantity, row: list[Quantity]) -> bool:
    """Whether an amount is out of all proportion to those of its row, and in proportion once it is read in 元."""
    largest = max((q.number for q in row if q.span != quantity.span), default=0)
    meant = quantity.number / _TEN_THOUSAND
    return 0 < largest * _FAR < quantity.number and largest / _LEAST <= meant <= largest * _MOST


def table_in_yuan(case: Case, quantity: Quantity) -> bool:
    """Whether most amounts of a figure's table are as large: then the table is in 元, wherever that is said."""
    at = quantity.span.start
    grid = next((g for g in case.grids if g.row_spans and g.block.start <= at < max(g.row_spans.values()).end), None)
    if grid is None:
        return False
    place = Span(grid.block.start, max(grid.row_spans.values()).end)
    own = [q for q in case.found.quantities if q.unit == quantity.unit and place.start <= q.span.start < place.end]
    return 2 * sum(1 for q in own if q.number >= IN_YUAN) > sum(1 for q in own if q.number)


def listed_in_yuan(case: Case) -> Iterator[Finding]:
    """R12: a part in 万元 that is more than its whole and makes it once it is read in 元: 「33.20万元，其中…28.00万元，接待费52000万元」."""
    for figures in case.by_sentence.values() if any(q.number >= _TEN_THOUSAND for q in case.found.quantities) else ():
        money = [q for q in figures if q.unit == "万元" and not q.table and q.number]
        for odd in money:
            meant = odd.number / _TEN_THOUSAND
            values = {q.number for q in money if q.span != odd.span}
            whole = next((v for v in values if v > meant and v - meant in values - {v}), None)
            if odd.number < _TEN_THOUSAND or whole is None or "." in odd.value:
                continue
            message = f"这里写{odd.value}万元，比{whole}万元的合计还多；按元应为{number(exact(meant), 6)}万元"
            yield case.finding(
                "R12", odd.span, message, stated=f"{odd.value}万元", recomputed=f"{number(exact(meant), 6)}万元"
            )
