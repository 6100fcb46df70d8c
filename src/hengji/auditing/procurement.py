"""R16: 政府采购, planned, carried out and by kind."""

import re
from collections.abc import Iterator
from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit, number
from hengji.auditing.rates import DERIVED
from hengji.model.extraction import Quantity, Span
from hengji.model.finding import Finding

_KINDS = (
    ("货物", "货物类采购预算", "政府采购货物支出"),
    ("工程", "工程类采购预算", "政府采购工程支出"),
    ("服务", "服务类采购预算", "政府采购服务支出"),
)
# That more was allowed is said with a paper or an amount; that much was bought beyond the plan is said by 「追加采购较多」.
_ADDED = re.compile(
    r"追加[^,。;]{0,8}采购(?!较|过|偏|频|情况)|采购[^,。;]{0,10}(?:追加(?:至|到|后|了|\d)|调整(?:后|为))|调整后的?(?:政府)?采购预算"
)


def procurement(case: Case) -> Iterator[Finding]:
    """R16: procurement beyond its plan, in all or in a category that had none."""
    plan, actual = case.quantities("采购预算金额"), case.quantities("实际采购金额")
    if plan and actual and not _ADDED.search(case.flat) and in_unit(actual[0], "万元") > in_unit(plan[0], "万元"):
        p, a = in_unit(plan[0], "万元"), in_unit(actual[0], "万元")
        share = f"，是预算的{number(a / p * 100)}%" if p else ""
        yield case.finding(
            "R16",
            actual[0].span,
            f"实际采购{number(a, 6)}万元，超过预算{number(p, 6)}万元{share}，超出{number(a - p, 6)}万元",
            stated=number(a, 6),
            recomputed=number(p, 6),
        )
    listed = _kinds_listed(case)
    for name, planned, bought in _KINDS:
        budgets, spent = case.quantities(planned), case.quantities(bought)
        if not (budgets and spent) and name in listed:
            yield from _kind_beyond(case, name, *listed[name])
        if budgets and spent and in_unit(spent[0], "万元") > in_unit(budgets[0], "万元"):
            p, a = in_unit(budgets[0], "万元"), in_unit(spent[0], "万元")
            told = "没有预算" if p == 0 else f"预算{number(p, 6)}万元"
            yield case.finding(
                "R16",
                spent[0].span,
                f"{name}类采购{told}，实际支出{number(a, 6)}万元",
                stated=number(a, 6),
                recomputed=number(p, 6),
            )


_KIND = re.compile(r"货物|工程|服务")


def _kinds_listed(case: Case) -> dict[str, tuple[Fraction, Quantity]]:
    """What was planned and bought of each kind, where both wholes list their kinds: 「采购预算120万元，其中货物80万元、服务40万元」.

    A kind that a complete list of the plan leaves out was planned with nothing.
    """
    listed: dict[str, dict[str, Quantity]] = {}
    for quantities in case.by_sentence.values():
        whole = next((q for q in quantities if q.item in ("采购预算金额", "实际采购金额")), None)
        if whole is None:
            continue
        parts = {
            m[0]: q for q in quantities if q is not whole and (m := _KIND.search(q.name)) and q.unit.endswith("元")
        }
        total = sum((in_unit(q, "万元") for q in parts.values()), Fraction(0))
        if parts and whole.unit.endswith("元") and total == in_unit(whole, "万元"):
            listed.setdefault(whole.item, parts)
    plan, bought = listed.get("采购预算金额"), listed.get("实际采购金额")
    if plan is None or bought is None:
        return {}
    return {kind: (in_unit(plan[kind], "万元") if kind in plan else Fraction(0), q) for kind, q in bought.items()}


def _kind_beyond(case: Case, name: str, planned: Fraction, bought: Quantity) -> Iterator[Finding]:
    spent = in_unit(bought, "万元")
    if spent > planned and not _ADDED.search(case.flat):
        told = f"预算{number(planned, 6)}万元" if planned else "没有预算"
        message = f"{name}类采购{told}，实际支出{number(spent, 6)}万元"
        yield case.finding("R16", bought.span, message, stated=number(spent, 6), recomputed=number(planned, 6))


def procurement_rates(case: Case) -> Iterator[Finding]:
    """R16: a rate of procurement above 100 % in the row or paragraph that scores it, where no amounts are named."""
    if case.quantities("采购预算金额") or _ADDED.search(case.flat):
        return
    for item in case.found.items:
        match = DERIVED.search(case.flat, item.body.start, item.body.end) if "采购" in item.name else None
        if match is not None and Fraction(match["a"].replace(",", "")) > Fraction(match["b"].replace(",", "")):
            message = f"实际采购{match['a']}，超过计划{match['b']}"
            span = Span(match.start(), match.end())
            yield case.finding("R16", span, message, stated=match["a"], recomputed=match["b"], item=item.name)


_OF_PROCUREMENT = re.compile(r"占(?:全部|全年|本年)?(?:政府)?采购[^,。;\d%]{0,10}的?\s?(?P<rate>\d{3}(?:\.\d+)?)\s?%")
_UNPLANNED = re.compile(
    r"(?P<kind>货物|工程|服务)类?(?:采购)?(?:未安排|没有|无|未编制)(?:采购)?预算[^。;]{0,16}?实际[^。;\d]{0,10}(?P<n>\d+(?:\.\d+)?)\s?万元"
    r"|(?:未安排|没有|无|未编制)(?P<kind2>货物|工程|服务)类?采购预算[^。;]{0,16}?实际[^。;\d]{0,10}(?P<n2>\d+(?:\.\d+)?)\s?万元"
)


def unplanned_procurement(case: Case) -> Iterator[Finding]:
    """R16: a category that the text itself says had no budget, and was bought: 「工程类采购未安排预算，实际采购6.00万元」."""
    for match in _UNPLANNED.finditer(case.flat) if "采购" in case.flat else ():
        amount = match["n"] or match["n2"]
        if Fraction(amount) > 0 and not _ADDED.search(case.flat):
            kind = match["kind"] or match["kind2"]
            span = Span(match.start(), match.end())
            yield case.finding(
                "R16", span, f"{kind}类采购没有预算，实际支出{amount}万元", stated=amount, recomputed="0"
            )


def procurement_shares(case: Case) -> Iterator[Finding]:
    """R16: a part of procurement that is more than all of it: 「占政府采购支出总额的108.11%」."""
    for match in _OF_PROCUREMENT.finditer(case.flat):
        if Fraction(match["rate"]) > _FULL_RATE:
            message = f"一部分采购占采购总额的{match['rate']}%，超过100%，不可能"
            yield case.finding("R16", Span(match.start(), match.end()), message, stated=f"{match['rate']}%")


_FULL_RATE = Fraction(100)
