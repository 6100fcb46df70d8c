"""R15: 三公经费, its parts and its change."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity

_LOW = Fraction(1, 2)


def three_public(case: Case) -> Iterator[Finding]:
    """R15: 三公 spending over its budget or far below it; a 三公 budget larger than the whole 公用经费."""
    budget, actual = case.quantities("三公经费预算数"), case.quantities("三公经费决算数")
    office = case.quantities("公用经费预算数")
    if actual and not budget:
        beside = case.by_sentence.get(actual[0].sentence, ())
        budget = tuple(
            q for q in beside if re.fullmatch(r"(?:年初|年度|全年)?预算(?:数|额)?", q.name) and q.unit == actual[0].unit
        )
    if budget and actual:
        unit = "万元"
        plan, spent = in_unit(budget[0], unit), in_unit(actual[0], unit)
        if spent > plan:
            yield case.finding(
                "R15",
                actual[0].span,
                f"“三公”经费决算{number(spent, 6)}万元，超过预算{number(plan, 6)}万元",
                stated=number(spent, 6),
                recomputed=number(plan, 6),
            )
        elif (
            plan > 0
            and spent / plan < _LOW
            and plan - spent > 1
            and not _EXPLAINED.search(case.text(case.paragraph(actual[0].span.start)))
        ):
            shown = number(spent / plan * 100)
            same = budget[0].sentence == actual[0].sentence
            yield case.finding(
                "R15",
                Span(min(budget[0].span.start, actual[0].span.start), max(budget[0].span.end, actual[0].span.end))
                if same
                else budget[0].span,
                f"“三公”经费预算{number(plan, 6)}万元，只支出{number(spent, 6)}万元，执行率{shown}%，预算可能偏大或小数点有误",
                stated=number(plan, 6),
                recomputed=f"{shown}%",
            )
    if budget and office and in_unit(budget[0], "万元") > in_unit(office[0], "万元"):
        yield case.finding(
            "R15",
            budget[0].span,
            f"“三公”经费预算{budget[0].value}万元，比公用经费{office[0].value}万元还多，请核对",
            severity=Severity.WARNING,
            stated=budget[0].value,
            recomputed=office[0].value,
        )


_EXPLAINED = re.compile(r"原因|由于|因[^此]|推迟|收回|调减|取消|未实施|暂缓")
