"""R07: what the year left, told anywhere, against the one budget and the one spending of the report."""

from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.slips import digits_of, slip
from hengji.library.ties import load_ties
from hengji.model.finding import Finding
from hengji.model.numerals import fixed
from hengji.model.patterns import pattern

_LEAD = 32  # characters before a figure that say what it is
_TELLING = 3  # digits from which one slip is no chance
_CLAUSE = pattern(r"[,;、。:()\n]")


def left_of_the_whole(case: Case) -> Iterator[Finding]:
    """R07: what the year left, told anywhere, against the one budget and the one spending of the report: one slip apart."""
    budgets = [q for name in _BUDGETS for q in case.quantities(name)]
    spent = [q for name in _SPENT for q in case.quantities(name)]
    firsts = {in_unit(q, "万元") for q in case.quantities("年度部门预算资金")} or {in_unit(q, "万元") for q in budgets}
    seconds = {in_unit(q, "万元") for q in spent}
    if len(firsts) != 1 or len(seconds) != 1:
        return
    whole, used = next(iter(firsts)), next(iter(seconds))
    made = whole - used
    if made in case.amounts:
        return  # what was left is told right: another value of it is R08's
    known = {abs(in_unit(a, "万元") - in_unit(b, "万元")) for a in budgets for b in spent}
    words = load_ties().balances
    for quantity in case.found.quantities:
        if quantity.unit != "万元" or quantity.table or quantity.scope or quantity.year != case.year or made <= 0:
            continue
        value = in_unit(quantity, "万元")
        if _came_in(case, value + used):
            continue
        if value in known or not slip(fixed(value), fixed(made)) or len(digits_of(fixed(made))) <= _TELLING:
            continue
        lead = case.flat[max(quantity.sentence.start, quantity.span.start - _LEAD) : quantity.span.start]
        own = _CLAUSE.split(lead)[-1]
        behind = case.flat[quantity.span.end : quantity.span.end + _LEAD // 4]
        if words.left.fullmatch(own) or (not own and words.left_behind.match(behind)):
            message = (
                f"这里写{quantity.value}万元，{number(whole, 6)} − {number(used, 6)} = {number(made, 6)}万元，"
                f"相差{number(abs(made - value), 6)}万元"
            )
            yield case.finding("R07", quantity.span, message, stated=quantity.value, recomputed=number(made, 6))


def _came_in(case: Case, amount: Fraction) -> bool:
    """Whether an amount is told as what came in, of which something may be left: 「到位600.00万元，支出579.55万元，结余20.45万元」."""
    same = (q for q in case.found.quantities if q.unit == "万元" and Fraction(q.number) == amount)
    return any(_RECEIVED.search(case.flat, max(0, q.span.start - _NEAR), q.span.start) for q in same)


_RECEIVED = pattern(r"到位|到账|收到|下达|拨入|收入|可用")
_NEAR = 12  # characters before an amount in which it is told what it is
_BUDGETS = ("年度部门预算资金", "本年收入合计", "年初预算数")
_SPENT = ("本年支出合计", "部门预算资金实际支出")
