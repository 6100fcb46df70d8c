"""R42 of one thing: its price was below its budget, and yet all of the budget was spent on it."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.money.savings import WHERE_TO
from hengji.auditing.numbers import in_unit, number
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.units import dimension

_PRICED = pattern(r"中标|成交|合同|签约|采购价|结算|审定|定标")
_SAVED = pattern(r"节约|节省|节支|节减|省下|少支|下浮|降低|结余")
_SPENT = pattern(r"(?:支出|支付|执行|列支|拨付|付款)(?:了|资金|金额|数|为)*$")
_LEAD = 14  # characters before a figure that say what it is
_FEWEST = 4  # budget, price, what was saved, what was spent


def saved_and_spent(case: Case) -> Iterator[Finding]:
    """「预算1560.00万元，中标价1473.60万元，节约86.40万元，全年支出1560.00万元」."""
    for sentence, figures in case.by_sentence.items():
        text = case.text(sentence)
        if not (_PRICED.search(text) and _SAVED.search(text)) or WHERE_TO.search(text):
            continue
        money = [q for q in figures if dimension(q.unit) == "money"]
        for place in range(len(money) - _FEWEST + 1):
            budget, price, saved = money[place : place + _FEWEST - 1]
            spent = _spent_whole(case, budget, money[place + _FEWEST - 1 :])
            told = spent is not None and _value(budget) - _value(price) == _value(saved) != 0
            if told and spent is not None and _says(case, price, _PRICED) and _says(case, saved, _SAVED):
                message = (
                    f"预算{number(_value(budget), 6)}万元，写节约{number(_value(saved), 6)}万元，"
                    f"支出却仍是{number(_value(spent), 6)}万元，没有说明节约的钱用到哪里"
                )
                span = Span(saved.span.start, spent.span.end)
                yield case.finding(
                    "R42", span, message, severity=Severity.WARNING, stated=saved.value, also=(budget.span,)
                )


def _spent_whole(case: Case, budget: Quantity, behind: Sequence[Quantity]) -> Quantity | None:
    """The figure behind a saving that says the whole budget was spent."""
    first = next(iter(behind), None)
    return first if first is not None and _value(first) == _value(budget) and _says(case, first, _SPENT) else None


def _says(case: Case, figure: Quantity, words: re.Pattern[str]) -> bool:
    lead = case.flat[max(figure.sentence.start, figure.span.start - _LEAD) : figure.span.start].rpartition(",")[2]
    return words.search(lead) is not None


def _value(figure: Quantity) -> Fraction:
    return in_unit(figure, "万元")
