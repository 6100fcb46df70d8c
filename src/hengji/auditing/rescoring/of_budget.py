"""What was added to the budget, as a rate of the first one, where a rule asks for it and the leaf tells only the amount."""

from fractions import Fraction

from hengji.auditing.case import Case
from hengji.auditing.numbers import in_unit
from hengji.auditing.rescoring.leaf_facts import Fact, Facts
from hengji.model.patterns import pattern
from hengji.model.units import dimension, factor

_ASKED = pattern(
    r"(?:追加|调[整增])[^,;。|\d]{0,12}年初[^,;。|\d]{0,6}预算[^,;。|\d]{0,4}(?:之比|比[例重率]|的?百分比)"
)
_ADDED = pattern(r"(?:追加|调增)(?:预算|资金|数|额)*(?:为|是|:|共|合计)*$")


def added_rate(case: Case, rule: str, facts: Facts) -> Fact | None:
    """The rate of the one amount that a leaf tells as added; None where it tells a rate, or no one budget beside it."""
    if _ASKED.search(rule) is None or any(f.unit == "%" for f in facts.figures):
        return None
    amounts = {
        f.number * (factor(f.unit, "万元") or 1)
        for f in facts.figures
        if _ADDED.search(f.lead) and factor(f.unit, "万元")
    }
    if len(amounts) != 1:
        return None
    added = amounts.pop()
    firsts = _first_budgets(case, added)
    if len(firsts) != 1:
        return None
    first = firsts.pop()
    return Fact(added / first * 100, "%", "追加占年初预算", "", 0, 0) if first > 0 else None


def _first_budgets(case: Case, added: Fraction) -> set[Fraction]:
    """The first budgets beside which a sentence tells what was added."""
    told = [q for q in case.found.quantities if q.year == case.year and not q.table and dimension(q.unit) == "money"]
    sentences = {q.sentence for q in told if in_unit(q, "万元") == added and "追加" in q.name + q.scope}
    first = (in_unit(q, "万元") for q in told if q.sentence in sentences and q.name.startswith("年初"))
    return {Fraction(amount) for amount in first if amount}
