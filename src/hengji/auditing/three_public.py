"""R15: 三公经费, its parts and its change."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates import money_columns
from hengji.model.extraction import Span
from hengji.model.finding import Finding, Severity
from hengji.model.numerals import read_decimal

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
    yield from _kept_parts(case)
    if (
        budget
        and office
        and "三公" in case.text(budget[0].sentence) + budget[0].name
        and in_unit(budget[0], "万元") > in_unit(office[0], "万元")
    ):
        yield case.finding(
            "R15",
            budget[0].span,
            f"“三公”经费预算{budget[0].value}万元，比公用经费{office[0].value}万元还多，请核对",
            severity=Severity.WARNING,
            stated=budget[0].value,
            recomputed=office[0].value,
        )


_PARTS = re.compile(r"公务接待|公务用车|公车|用车购置|运行维护|运维费|因公出国|出国\(境\)|接待费")
_KEPT = re.compile(r"(?:未|没有?)(?:有)?(?:超出?|突破|超过)|(?:控制在|不超|低于)[^,。;]{0,14}预算")


def _kept_parts(case: Case) -> Iterator[Finding]:
    """Parts that together, or one that alone, went over what was budgeted, where the text says that nothing did."""
    for sentence, quantities in case.by_sentence.items():
        text = case.text(sentence)
        kept = _KEPT.search(text) if _PARTS.search(text) else None
        if kept is None:
            continue
        money = [q for q in quantities if q.unit == "万元"]
        parts = [q for q in money if _PARTS.search(q.name) and q.about != "预算"]
        plans = [
            q
            for q in money
            if q.about == "预算" and not _PARTS.search(q.name) and q.span.start > sentence.start + kept.start()
        ]
        total = sum((in_unit(q, "万元") for q in parts), Fraction(0))
        if len(parts) > 1 and len(plans) == 1 and total > in_unit(plans[0], "万元"):
            span = Span(parts[0].span.start, plans[0].span.end)
            message = f"各项相加{number(total, 6)}万元，超过预算{plans[0].value}万元，却写没有超过预算"
            yield case.finding("R15", span, message, stated=plans[0].value, recomputed=number(total, 6))
    claim = _CLAIM.search(case.flat)
    over = next(iter(_rows_over(case)), None) if claim is not None else None
    if claim is not None and over is not None:
        name, plan, spent = over
        message = f"这里写各项都在预算以内，附表“{name}”预算{number(plan, 6)}万元，决算{number(spent, 6)}万元"
        yield case.finding(
            "R15", Span(claim.start(), claim.end()), message, stated=number(spent, 6), recomputed=number(plan, 6)
        )


_CLAIM = re.compile(
    r"(?:各分?项|三项|分项|接待)[^。;]{0,14}(?:均|都)[^。;]{0,6}(?:控制在|未超|没有超|没有突破|低于)[^。;]{0,8}预算[^,。;]{0,4}"
)


def _rows_over(case: Case) -> Iterator[tuple[str, Fraction, Fraction]]:
    """The rows of 三公 parts in tables whose spending is above the budget as it stood last."""
    for grid in case.grids:
        columns: Mapping[str, int] = {}
        for row in range(grid.rows):
            kinds = money_columns(grid.row(row))
            if {"budget", "spent"} <= kinds.keys():
                columns = kinds
                continue
            name = next((text for text in grid.row(row) if _PARTS.search(text)), "")
            values = (
                [read_decimal(grid.text(row, columns[key])) for key in ("budget", "spent")] if columns and name else []
            )
            plan, spent = values if len(values) > 1 else (None, None)
            if plan is not None and spent is not None and spent > plan:
                yield name, Fraction(plan), Fraction(spent)


_EXPLAINED = re.compile(r"原因|由于|因[^此]|推迟|收回|调减|取消|未实施|暂缓")
